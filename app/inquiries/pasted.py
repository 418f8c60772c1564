"""Owns recognising an inquiry in pasted text: who asks, for what, how much, at which terms.

Everything recognised names its place in the text, to be shown for correction. Must not record an
inquiry or look the buyer up.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from app.inquiries.asked_line import (
    AskedLine,
    LineFields,
    fields_of,
    price_fields,
    product_words,
    target_of,
)
from app.inquiries.choices import with_choices
from app.inquiries.several_goods import goods_sharing, pieces_of
from app.inquiries.signatures import CLOSING, MAIL, Asker, asker
from app.inquiries.tables import table_rows
from app.kernel.territories import territory_code
from app.kernel.text import clean
from app.kernel.wording.amounts import SpokenQuantity
from app.kernel.wording.reading import Wording, read_wording

_LABELS = {
    "product": r"products?(?:\(s\))?|items?|product names?|article|goods|commodity|产品|产品名称|品名|意向产品|商品",
    "specification": "specification|specifications|spec|specs|description|material|size|规格|材质|要求|描述",
    "quantity": r"quantit(?:y|ies)|qty|(?:(?:estimated|required|purchase|total)\s)?(?:order\s|purchase\s)?(?:quantity|qty)|amount needed|数量|采购数量|采购量|订单量",
    "target": "target|(?:target|expected|desired)(?: unit)? price|price target|budget|unit price|目标价|目标价格|预算|单价",
    "terms": "terms|trade terms?|price terms?|incoterms?|delivery terms?|shipping terms?|成交方式|贸易方式|价格条款",
    "destination": "dest|destination|destination port|port of destination|port of discharge|ship to|deliver to|delivery to|目的港|目的地|目的国",
    "required": "required by|required date|delivery date|needed by|deadline|eta|交货日期|到货日期|需求日期",
    "company": "company|company name|buyer|customer|from company|公司|公司名称|客户|客户名称",
    "contact": "name|buyer name|your name|contact|contact person|contact name|attn|联系人|姓名",
    "sender": "from|发件人",
    "email": "e-?mail|mail|邮箱|电子邮件",
    "country": "country|country/region|region|国家|国家/地区|地区",
    "subject": "subject|re|主题|标题",
    "unit": "units?|单位",
    "certificates": "certificates?|certification|standards?|认证|证书",
}
_LABELLED = re.compile(
    r"^[ \t*•\-–]*(?:{})[ \t]*[:：=][ \t]*(?P<value>\S.*)$".format(
        "|".join(f"(?P<{name}>{words})" for name, words in _LABELS.items())
    ),
    re.IGNORECASE | re.MULTILINE,
)
_DESTINATION = re.compile(
    r"\b(?i:ship(?:ped|ping|ment)?|deliver(?:ed|y)?|destination|send)\s(?:\w+\s){0,2}?to\s(?P<place>[A-Z][\w.'\-]*(?:\s[A-Z][\w.'\-]*){0,2})"
    r"|(?:发(?:货)?到|运到|发往|运往|目的港(?:是|为)?)(?P<place_zh>[\u4e00-\u9fff]{2,8}?)(?=[，。,.\s]|$|港)"
)
#: A line may name the goods, and the rest of them, behind other words: Hello, product: cups, quantity: 500.
_NAMED_WITHIN = (
    "product",
    "quantity",
    "target",
    "terms",
    "destination",
    "required",
    "certificates",
)
_WITHIN = re.compile(
    r"(?:(?<![\w#])(?P<product>(?:product|item|article|goods|commodity)s?|产品|产品名称|品名|商品)|(?<=[.,;，；。])[ \t]*(?:{}))[ \t]*[:：=][ \t]*(?=\S)".format(
        "|".join(f"(?P<{name}>{_LABELS[name]})" for name in _NAMED_WITHIN if name != "product")
    ),
    re.IGNORECASE,
)
#: How a platform's form names the goods it was filled in for.
_INTERESTED = re.compile(
    r"\binterested in your (?:product|item)s?\s?:?[ \t]+(?P<value>[^\n,.;!?][^\n!?]{2,80})",
    re.IGNORECASE,
)
#: The unit of a column: Qty (pcs).
_IN_BRACKETS = re.compile(r"\s*[(（][^()（）]{1,12}[)）]\s*$")
#: What an earlier mail was headed with.
_HEADED = re.compile(
    r"^[ \t>*]*(?:sent|date|发送时间|日期)\*?[ \t]*[:：].*$", re.IGNORECASE | re.MULTILINE
)
#: What stands behind a name in one line: 王芳  电话 13812345678.
_REACHED_BY = re.compile(
    r"[\s,，;；/|]*(?:电话|手机|微信|邮箱|(?:tel|phone|mob(?:ile)?|whatsapp|wechat|e-?mail)\b|\+?\d{5}).*",
    re.IGNORECASE,
)
_DESTINATION_TERMS = {"CIF", "CFR", "CPT", "CIP", "DAP", "DPU", "DDP", "DDU", "DAT"}
_MAX_CHARACTERS = 60_000
_MAX_LINES = 500


@dataclass(frozen=True, slots=True)
class Recognised:
    """Which characters of the text a field was read from; ``line`` counts the lines from 0."""

    field: str
    start: int
    end: int
    line: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PastedInquiry:
    """An inquiry as recognised; what was not said is None or empty."""

    lines: tuple[AskedLine, ...] = ()
    subject: str | None = None
    company: str | None = None
    contact: str | None = None
    email: str | None = None
    phone: str | None = None
    country: str | None = None
    job_title: str | None = None
    website: str | None = None
    #: All ways to reach who asks: kind and what was written.
    points: tuple[tuple[str, str], ...] = ()
    incoterm: str | None = None
    place: str | None = None
    destination: str | None = None
    payment_terms: str | None = None
    currency: str | None = None
    required_by_on: date | None = None
    certificates: tuple[str, ...] = ()
    places: tuple[Recognised, ...] = field(default=())

    @property
    def asker(self) -> Asker:
        """Who asks."""
        return Asker(
            name=self.contact,
            job_title=self.job_title,
            company=self.company,
            country=self.country,
            website=self.website,
            points=self.points,
        )

    def values(self) -> dict[str, object]:
        """The inquiry's own fields by key, as it is recorded; only what is known."""
        fields: dict[str, object] = {
            "subject": self.subject,
            "incoterm": self.incoterm,
            "place": self.place,
            "destination": self.destination,
            "currency": self.currency,
            "required_by_on": self.required_by_on,
            "certificates": ", ".join(self.certificates),
        }
        return {key: value for key, value in fields.items() if value not in (None, "")}


def recognise(text: str, *, written_on: date, ours: Collection[str] = ()) -> PastedInquiry:
    """The inquiry in ``text``, English or Chinese, free or as labelled lines.

    ``written_on`` settles dates without a year, ``ours`` (folded addresses) tell who does not ask. Places count in ``text`` cut to 60,000 characters
    and cleaned as :func:`app.kernel.text.clean` does.
    """
    text = clean(text)[:_MAX_CHARACTERS]
    labels = list(_labels(text))
    found = _Finding(text, written_on, ours)
    found.labelled(labels)
    if not found.lines:
        found.tabled()
    if not found.lines:
        found.free(labels)
    return found.inquiry()


@dataclass(frozen=True, slots=True)
class _Label:
    name: str
    value: str
    start: int
    end: int


def _labels(text: str) -> Iterator[_Label]:
    labels = []
    for line in re.finditer(r".+", text):
        if within := _labels_within(line[0], line.start()):
            labels.extend(within)
        elif match := _LABELLED.match(line[0]):
            name = next(name for name in _LABELS if match[name])
            start, end = line.start() + match.start("value"), line.start() + match.end("value")
            labels.append(_Label(name, match["value"].strip(), start, end))
    names = {label.name for label in labels}
    goods = _INTERESTED.search(text) if "quantity" in names and "product" not in names else None
    if goods:
        yield _Label("product", goods["value"].strip(), goods.start("value"), goods.end("value"))
    yield from labels


def _labels_within(line: str, start: int) -> list[_Label]:
    """The labels of a line that names its goods by one; none where it tells an amount before."""
    found = list(_WITHIN.finditer(line))
    if not found or found[0]["product"] is None or re.search(r"\d", line[: found[0].start()]):
        return []
    labels = []
    for match, following in itertools.zip_longest(found, found[1:]):
        name = next(name for name in _NAMED_WITHIN if match[name])
        value = line[match.end() : following.start() if following else len(line)]
        value = value.rstrip(" \t.,;，；。")
        labels.append(_Label(name, value, start + match.end(), start + match.end() + len(value)))
    return labels


def _heading(cell: str) -> str | None:
    """The label a cell is, when it is nothing else."""
    match = _LABELLED.match(f"{_IN_BRACKETS.sub('', cell).strip(' *:：')}: -")
    return next((name for name in _LABELS if match[name]), None) if match else None


class _Finding:
    """The inquiry while it is being recognised."""

    def __init__(self, text: str, written_on: date, ours: Collection[str]) -> None:
        self._text = text
        self._ours = ours
        self._written_on = written_on
        self.lines: list[AskedLine] = []
        self._places: list[Recognised] = []
        self._fields: dict[str, Any] = {}

    def labelled(self, labels: list[_Label]) -> None:
        """Takes labelled lines: a product label opens a line, the next labels fill it."""
        for label in labels:
            wording = self._read(label.value)
            if label.name == "product":
                self._open_line(label, wording)
            elif label.name in ("quantity", "target", "specification") and self.lines:
                self._fill_line(label, wording)
            else:
                self._set_field(label, wording)

    def tabled(self) -> None:
        """Takes the rows of a table under headings of product and quantity."""
        for cells, _end in table_rows(self._text, _heading):
            if len(self.lines) >= _MAX_LINES:
                return
            unit = cells.get("unit")
            for name in ("product", "quantity", "target", "specification"):
                if name in cells and cells[name].value:
                    cell = cells[name]
                    value = (
                        f"{cell.value} {unit.value}" if unit and name == "quantity" else cell.value
                    )
                    if name == "product":
                        self._note("wording", cell.start, cell.end, len(self.lines))
                        self.lines.append(AskedLine(wording=value))
                    else:
                        label = _Label(name, value, cell.start, cell.end)
                        self._fill_line(label, self._read(value))

    def free(self, labels: list[_Label]) -> None:
        """Takes each line of the text that names an amount of something as an article."""
        taken = {label.start for label in labels if label.name != "specification"}
        start = 0
        body = self._text[: self._closing()]
        for row in re.split(r"(?<=\n)", body):
            if not any(start <= place < start + len(row) for place in taken):
                self._free_row(row, start)
            start += len(row)
        for label in labels:
            if label.name == "target" and self.lines:
                self._fill_line(label, self._read(label.value))
        if not self.lines:
            self._from_subject(labels)

    def inquiry(self) -> PastedInquiry:
        """What was found, with the buyer and the terms of the whole text."""
        self._terms_of_whole()
        self._buyer()
        self._fields.setdefault("subject", self.lines[0].wording if self.lines else None)
        places = tuple(sorted(self._places, key=lambda place: (place.start, place.field)))
        return PastedInquiry(lines=tuple(self.lines), places=places, **self._fields)

    def _read(self, text: str) -> Wording:
        return with_choices(text, read_wording(text, written_on=self._written_on))

    def _note(self, name: str, start: int, end: int, line: int | None = None) -> None:
        self._places.append(Recognised(name, start, end, line))

    def _open_line(self, label: _Label, wording: Wording) -> None:
        words, specification = product_words(label.value, wording)
        fields = fields_of(label.value, wording)
        product = words or label.value
        line = AskedLine(wording=product, specification=specification, **fields)
        self._note("wording", label.start, label.end, len(self.lines))
        self.lines.append(line)

    def _fill_line(self, label: _Label, wording: Wording) -> None:
        number = len(self.lines) - 1
        line = self.lines[number]
        if label.name == "specification":
            self.lines[number] = replace(line, specification=label.value)
        else:
            self.lines[number] = replace(line, **_figures(label, wording))
        self._note(
            "target_price" if label.name == "target" else label.name, label.start, label.end, number
        )

    def _set_field(self, label: _Label, wording: Wording) -> None:
        name = {"terms": "incoterm", "required": "required_by_on"}.get(label.name, label.name)
        if label.name == "terms":
            if not wording.terms:
                return
            self._fields["incoterm"] = wording.terms[0].value.code
            self._fields["place"] = wording.terms[0].value.place or None
        elif label.name == "required":
            if not wording.dates:
                return
            self._fields[name] = wording.dates[0].value
        elif label.name == "country":
            self._fields[name] = territory_code(label.value)
        elif label.name == "certificates":
            self._fields[name] = tuple(part.strip() for part in re.split(r"[,;、，]", label.value))
        elif label.name in ("company", "contact", "destination", "subject"):
            value = MAIL.sub("", label.value)
            value = _REACHED_BY.sub("", value) if label.name == "contact" else value
            self._fields.setdefault(name, value.strip(" <>") or None)
        else:
            return
        self._note(name, label.start, label.end)

    def _closing(self) -> int:
        """Where the signature begins."""
        found = CLOSING.search(self._text)
        return found.start() if found else len(self._text)

    def _free_row(self, row: str, start: int) -> None:
        wording = _of_the_order(row, self._read(row))
        amounts = [*wording.quantities, *wording.minimum_orders]
        pieces = list(pieces_of(row, wording.quantities, self._product))
        if len(pieces) > 1:
            for at, end in pieces:
                self._free_row(row[at:end], start + at)
            return
        product, _ = product_words(row, wording)
        if amounts and _is_product(product) and len(self.lines) < _MAX_LINES:
            self._free_line(row, start, wording)
        elif wording.prices and self.lines and self.lines[-1].target_price is None:
            number = len(self.lines) - 1
            fields = price_fields(wording.prices[0])
            self.lines[number] = replace(self.lines[number], **fields)
            price = wording.prices[0]
            self._note("target_price", start + price.start, start + price.end, number)

    def _product(self, words: str) -> str:
        return product_words(words, self._read(words))[0]

    def _free_line(self, row: str, start: int, wording: Wording) -> None:
        product, specification = product_words(row, wording)
        fields = fields_of(row, wording)
        number = len(self.lines)
        sharing = goods_sharing(row, wording.quantities[0]) if len(wording.quantities) == 1 else ()
        for goods in map(self._product, sharing) if sharing else (product,):
            at = row.find(goods)
            if at >= 0:
                place = start + at
                self._note("wording", place, place + len(goods), len(self.lines))
            rest = "" if sharing else specification
            self.lines.append(AskedLine(wording=goods, specification=rest, **fields))
        if wording.quantities:
            amount = wording.quantities[0]
            self._note("quantity", start + amount.start, start + amount.end, number)
        if wording.prices:
            price = target_of(row, wording.prices)
            self._note("target_price", start + price.start, start + price.end, number)

    def _from_subject(self, labels: list[_Label]) -> None:
        for label in labels:
            if label.name == "subject" and not self.lines:
                value = re.sub(
                    r"^(?:\s*(?:re|fwd?|inquiry|enquiry|rfq|询价|询盘)\s*[:：])+",
                    "",
                    label.value,
                    flags=re.IGNORECASE,
                )
                product, specification = product_words(value, self._read(value))
                if _is_product(product):
                    fields = fields_of(value, self._read(value))
                    line = AskedLine(wording=product, specification=specification, **fields)
                    self.lines.append(line)
                    self._note("wording", label.start, label.end, 0)

    def _terms_of_whole(self) -> None:
        headed = _HEADED.sub(lambda match: " " * len(match[0]), self._text)
        wording = self._read(headed)
        if wording.terms and "incoterm" not in self._fields:
            term = wording.terms[0]
            self._fields |= {"incoterm": term.value.code, "place": term.value.place or None}
            self._note("incoterm", term.start, term.end)
        if self._fields.get("incoterm") in _DESTINATION_TERMS:
            self._fields.setdefault("destination", self._fields.get("place"))
        destination = _DESTINATION.search(self._text)
        if destination and not self._fields.get("destination"):
            group = "place" if destination["place"] else "place_zh"
            name = destination[group].rstrip(".")
            start = destination.start(group)
            self._fields["destination"] = name
            self._note("destination", start, start + len(name))
        if wording.payments:
            self._fields["payment_terms"] = wording.payments[0].value.strip()
            self._note("payment_terms", wording.payments[0].start, wording.payments[0].end)
        if wording.dates and "required_by_on" not in self._fields:
            self._fields["required_by_on"] = wording.dates[0].value
            self._note("required_by_on", wording.dates[0].start, wording.dates[0].end)
        if wording.certificates and "certificates" not in self._fields:
            names = dict.fromkeys(found.value for found in wording.certificates)
            self._fields["certificates"] = tuple(names)
        currencies = {line.currency for line in self.lines} - {None}
        if len(currencies) == 1:
            self._fields.setdefault("currency", currencies.pop())

    def _buyer(self) -> None:
        """The people and company: labelled, else from who wrote it, the signature and the addresses."""
        read = asker(self._text, ours=self._ours)
        fields = {
            "company": read.company,
            "email": read.email,
            "phone": read.phone,
            "contact": read.name,
            "country": read.country,
            "job_title": read.job_title,
            "website": read.website,
        }
        for name, value in fields.items():
            if value and not self._fields.get(name):
                self._fields[name] = value
                at = self._text.find(value)
                if at >= 0 and name != "country":
                    self._note(name, at, at + len(value))
        self._fields["points"] = read.points


def _figures(label: _Label, wording: Wording) -> LineFields:
    """What a label of a quantity or a target says; a bare number is what the label calls it."""
    fields = fields_of(label.value, wording)
    if label.name == "quantity" and not fields.keys() & {"quantity", "quantity_text"}:
        if not wording.bare:
            return {"quantity_text": label.value}
        return {"quantity": wording.bare[0].value.amount}
    if label.name == "target" and "target_price" not in fields and wording.bare:
        return price_fields(wording.bare[0])
    return fields


def _of_the_order(row: str, wording: Wording) -> Wording:
    """``wording`` without what a set holds, in brackets, and how long one is, where more is counted."""
    kept = [
        found
        for found in wording.quantities
        if not (_is_in_brackets(row, found.start) or _is_a_length(found.value))
    ]
    return replace(wording, quantities=tuple(kept)) if kept else wording


def _is_in_brackets(row: str, place: int) -> bool:
    return row.rfind("(", 0, place) > row.rfind(")", 0, place) and ")" in row[place:]


def _is_a_length(quantity: SpokenQuantity) -> bool:
    return quantity.unit == "m" and quantity.amount < 10


def _is_product(words: str) -> bool:
    """Whether the words left of a line can name goods."""
    letters = sum(character.isalpha() for character in words)
    return letters >= 2 and len(words) <= 300 and not MAIL.search(words)
