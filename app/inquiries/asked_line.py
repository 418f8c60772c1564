"""Owns one asked-for article as recognised from words, and the short form of the command line.

Must not look at a whole text; :mod:`pasted` does.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypedDict

from app.inquiries.choices import choices_in
from app.kernel.wording.amounts import SpokenPrice
from app.kernel.wording.numbers import counted, priced
from app.kernel.wording.reading import Wording, read_wording
from app.kernel.wording.spans import Found

_EDGES = " \t\n\r\x00.,;:!?&，。；：、-–—*•·|/()（）[]【】\"'"
_ORPHAN = re.compile(
    r"(?:^|\s)(?:for|of|at|to|with|and|or|by|in|on|the|a|an|is|are|target|targets?|price|qty|quantity|each|per|from|need|we|about|abt|approx|also|both"
    r"|目标价?格?(?:每[\u4e00-\u9fff])?|单价|价格|数量|需要|采购|要)(?=\s|$)",
    re.IGNORECASE,
)
_LEAD_IN = re.compile(
    r"^(?:(?:dear|hi|hello|hey)\b[^,:\n]{0,40}[,:]\s*)?(?:\W*\b(?:what|which|how much|please|pls|kindly|could you|can you|would you|we|i|are|am|is|our|your|us|me|need|needs|want|require"
    r"|looking for|look for|dozen(?=\sof\b)|interested in|like to|would|buy|order|purchase|source|import|to|quote|quotation|offer|send|give|provide|best|lowest|good|a|an|the|price|prices|for|on|of|about|inquiry|inquire|enquiry|rfq|wanted|required|rate|you|suppliers?|manufacturers?|sir|madam|plz|kindly|tell|know|lowest|do|have|any|(?<=['’])(?:d|re|m|ve|ll)|hola|buenos|buenas|días|tardes|necesitamos|necesito|cotización|cotizar|precio|para|favor|por|de|bitte|bieten|sie|uns|wir|benötigen|просим|прошу|предложить|цену|цены|на|нужно|нужны|интересует)\b)+[\s:,]*",
    re.IGNORECASE,
)
_LEAD_IN_ZH = re.compile(
    r"^(?:您好|你好|老板|亲|在吗|我们?公司|我们|我司|想要?|需要|采购|询价|求购|请问|请|报价|报一下|报个价|报下价|给个价|订购|定购|求购|采购|一批|麻烦|一下|帮忙|有没有|，|,|：|:|\s)+"
)
_BRACKETS = (("(", ")"), ("（", "）"), ("[", "]"), ("【", "】"))
#: Nothing but a greeting, as it stands before the first comma.
_GREETING = re.compile(
    r"(?:dear|hi|hello|hey|good (?:morning|afternoon|evening|day))\b[^,]{0,40}|(?:尊敬的|亲爱的).{1,12}|您好|你好|老板|亲|在吗",
    re.IGNORECASE,
)
_COURTESY = re.compile(
    r"(?:thanks?|thank you|regards|best regards|谢谢|多谢|ship to|deliver to|per month|month|a month|发到|运到|发往|运往)(?!\w)"
    r"|发到|运到|发往|运往|谢谢|условия|доставка|puerto\b",
    re.IGNORECASE,
)
#: The number of an article of a list, in words: Pos. 1:
_POSITION = re.compile(r"^\s*(?:pos(?:ition)?|item|nr|no)\.?\s?\d{1,3}\s?[:.)]\s", re.IGNORECASE)
#: How often so much is wanted, where the amount before it was taken out: /month of cups.
_EVERY = re.compile(r"^\s*(?:/|per|a|every)\s?(?:month|year|week)\s(?:of\s)?", re.IGNORECASE)
#: What leads to the number of an article: item no. KT-2031, kettle; the number stays with its words.
_CODED = re.compile(
    r"(?<!\w)(?:(?:item|article|art|model|product|style|ref)\.?\s?(?:no\b\.?|nr\b\.?|number|code|#)|货号|款号|型号)\s?[:：#]?\s?"
    r"(?P<code>(?=[\w\-/.]*\d)[A-Za-z0-9][\w\-/.]*\w)(?P<after>\s?[,，:：]\s?(?=[^\W\d_]))?",
    re.IGNORECASE | re.ASCII,
)
_NUMBERING = re.compile(
    r"^\s*(?:[(（]?\d{1,2}(?:[.:]\s+|[)）、．]\s*|\.(?=[^\W\d_]))|[-*•·]\s*|[①-⑳]\s*)"
)


_CALLED_TARGET = re.compile(
    r"(?:\b(?:target|budget)(?:\s(?:price|is|of|at|around|about))*|目标价?格?|预算)[\s:：=为是]*$",
    re.IGNORECASE,
)


class LineFields(TypedDict, total=False):
    """What the figures in words may say of an article; as in :class:`AskedLine`."""

    quantity: Decimal | None
    unit: str | None
    quantity_text: str | None
    target_price: Decimal | None
    currency: str | None
    incoterm: str | None
    place: str | None
    required_by_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedLine:
    """One article asked for; what was not said is None or empty."""

    wording: str
    specification: str = ""
    quantity: Decimal | None = None
    unit: str | None = None
    quantity_text: str | None = None
    target_price: Decimal | None = None
    currency: str | None = None
    incoterm: str | None = None
    place: str | None = None
    required_by_on: date | None = None

    def values(self) -> dict[str, object]:
        """The line by field key, as an inquiry is recorded; only what is known."""
        fields: dict[str, object] = {
            "wording": self.wording,
            "specification": self.specification,
            "quantity": self.quantity,
            "unit": self.unit,
            "quantity_text": self.quantity_text,
            "target_price": self.target_price,
            "currency": self.currency,
            "incoterm": self.incoterm,
            "place": self.place,
            "required_by_on": self.required_by_on,
        }
        return {key: value for key, value in fields.items() if value not in (None, "")}


def line_from_short_form(text: str, *, written_on: date) -> AskedLine | None:
    """The line that ``product; qty unit; target price`` describes; None without a product.

    Parts may come in any order after the product; a bare number is the quantity first and the
    price second. ``保温杯；5000个；13元`` works the same.
    """
    product, *rest = (part.strip() for part in re.split(r"[;；]", text))
    if not product:
        return None
    fields: LineFields = {}
    extras: list[str] = []
    for part in rest:
        read = _part(part, fields, written_on=written_on)
        if read is None and part:
            extras.append(part)
        fields.update(read or {})
    return AskedLine(wording=product, specification="; ".join(extras), **fields)


def _part(part: str, known: LineFields, *, written_on: date) -> LineFields | None:
    plain = re.fullmatch(r"[\d.,]*\d", part)
    if plain and "quantity" not in known:
        return {"quantity": counted(part)}
    if plain:
        return {"target_price": priced(part)}
    wording = read_wording(part, written_on=written_on)
    found = fields_of(part, wording)
    if not wording.prices and not wording.quantities and len(wording.bare) == 1:
        found["target_price"] = wording.bare[0].value.amount
    return found or None


def fields_of(text: str, wording: Wording) -> LineFields:
    """The fields of a line that ``wording``, read from ``text``, names."""
    fields: LineFields = {}
    if wording.quantities:
        first = wording.quantities[0]
        if first.value.container:
            fields["quantity_text"] = first.words(text).strip()
        else:
            fields |= {"quantity": first.value.amount, "unit": first.value.unit}
            if told := choices_in(text, first):
                fields["quantity_text"] = told
    elif wording.minimum_orders:
        first = wording.minimum_orders[0]
        fields |= {"quantity": first.value.amount, "unit": first.value.unit}
    if wording.prices:
        fields |= price_fields(target_of(text, wording.prices))
    if wording.terms:
        fields |= {
            "incoterm": wording.terms[0].value.code,
            "place": wording.terms[0].value.place or None,
        }
    if wording.dates:
        fields["required_by_on"] = wording.dates[0].value
    return fields


def target_of(text: str, prices: Sequence[Found[SpokenPrice]]) -> Found[SpokenPrice]:
    """The price that is called the target, else the first."""
    called = (one for one in prices if _CALLED_TARGET.search(text[: one.start][-40:]))
    return next(called, prices[0])


def price_fields(found: Found[SpokenPrice]) -> LineFields:
    """The fields of a target price."""
    return {"target_price": found.value.amount, "currency": found.value.currency}


def product_words(text: str, wording: Wording) -> tuple[str, str]:
    """What is left of ``text`` without its figures: the product, and the specification behind it.

    Sizes and materials stay; greetings, "please quote" and list numbers go.
    """
    left = list(text)
    for group in (
        wording.quantities,
        wording.prices,
        wording.terms,
        wording.payments,
        wording.lead_times,
        wording.minimum_orders,
        wording.valid_until,
        wording.dates,
        wording.taxes,
        wording.certificates,
    ):
        for found in group:
            left[found.start : found.end] = "\n" * (found.end - found.start)
    told = _CODED.sub(_code_and_goods, _POSITION.sub("", "".join(left)))
    parts = re.split(r"\n+|[,，;；]|\s[-–—]\s|[.?]\s", told)
    pieces = [_tidy(part) for part in parts if not _GREETING.fullmatch(part.strip(_EDGES))]
    words = [piece for piece in pieces if len(piece) > 1 and not _COURTESY.match(piece)]
    if not words:
        return "", ""
    return words[0], ", ".join(words[1:])


def _code_and_goods(match: re.Match[str]) -> str:
    return f"{match['code']} " if match["after"] else match["code"]


def _tidy(piece: str) -> str:
    piece = _EVERY.sub("", _NUMBERING.sub("", piece))
    piece = _LEAD_IN_ZH.sub("", _LEAD_IN.sub("", piece.strip(_EDGES)))
    previous = None
    while previous != piece:
        previous = piece
        piece = piece.strip(_EDGES)
        trailing = re.search(r"(?:^|\s)\S+$", piece)
        if trailing and _ORPHAN.fullmatch(trailing.group()):
            piece = piece[: trailing.start()]
        leading = re.match(r"\S+(?:\s|$)", piece)
        if leading and _ORPHAN.fullmatch(leading.group().strip()):
            piece = piece[leading.end() :]
    return piece + "".join(end for begin, end in _BRACKETS if piece.count(begin) > piece.count(end))
