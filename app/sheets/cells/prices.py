"""Owns prices in cells: amount, currency, unit, tax flag and delivery term said in one text.

Must not know columns; what a heading says comes in as hints.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass, replace
from decimal import Decimal

from app.kernel.quantities import unit_named
from app.kernel.wording.numbers import many, per_many
from app.quotations.incoterms import parse_trade_term
from app.sheets.cells.numbers import NUMBER, is_below_zero, number_of, times_after
from app.sheets.cells.reading import NO_HINTS, Hints, Problem, folded, warning
from app.sheets.tiers import Tier, tier_of


@dataclass(frozen=True, slots=True)
class CellPrice:
    """A price a unit; what nobody said is ``None``. The tier counts pieces, ends included."""

    amount: Decimal
    currency: str | None = None
    unit: str | None = None
    includes_vat: bool | None = None
    vat_rate: Decimal | None = None
    incoterm: str | None = None
    place: str | None = None
    at_least: int | None = None
    at_most: int | None = None
    #: The heading's words, where a table has several prices for the same quantity.
    label: str = ""


_CODES = (
    "USD EUR CNY RMB GBP JPY HKD AUD CAD CHF RUB INR BRL KRW TWD THB VND SGD MYR IDR PHP TRY AED "
    "SAR SEK NOK DKK PLN CZK HUF MXN CLP COP PEN ZAR NGN EGP KES ILS NZD UAH KZT "
    "BDT PKR LKR MMK KHR AZN UZS BGN"
)
#: Signs and words → currency; longer ones first. ``¥`` is the yuan unless the heading says yen.
_SIGNS = (
    *(
        (rf"(?<![A-Za-z]){code}(?![A-Za-z])", "CNY" if code == "RMB" else code)
        for code in _CODES.split()
    ),
    (r"(?<![A-Za-z])US\s?\$|美金|美元|美刀|\bdollars?\b|долл", "USD"),
    (r"(?<![A-Za-z])HK\s?\$|港币|港元", "HKD"),
    (r"(?<![A-Za-z])AU?\s?\$|澳元", "AUD"),
    (r"(?<![A-Za-z])C\s?\$|加元", "CAD"),
    (r"(?<![A-Za-z])R\s?\$", "BRL"),
    (r"(?<![A-Za-z])NT\s?\$|新台币|台币", "TWD"),
    (r"(?<![A-Za-z])S\s?\$|新币", "SGD"),
    (r"€|欧元|\beuros?\b|евро", "EUR"),
    (r"£|英镑", "GBP"),
    (r"人民币|¥|￥|元|块|\byuan\b", "CNY"),
    (r"円|日元|日圆", "JPY"),
    (r"₽|руб\.?|(?<![а-яА-Я])р\.", "RUB"),
    (r"₩|원|韩元", "KRW"),
    (r"₹|\bRs\.?", "INR"),
    (r"₫|đồng", "VND"),
    (r"฿|泰铢", "THB"),
    (r"₱", "PHP"),
    (r"৳|\btaka\b", "BDT"),
    # A tyre without a tube is ``TL``, too.
    (r"₺|fiyat\w*\s+\(?TL\b|^[\d.,\s]+TL$", "TRY"),
    (r"₴|грн\.?", "UAH"),
    (r"₸|тенге", "KZT"),
    (r"₪", "ILS"),
    (r"₦", "NGN"),
    (r"zł", "PLN"),
    (r"Kč", "CZK"),
    (r"\$|dólares", "USD"),
)
_SIGN_PATTERNS = tuple((re.compile(pattern, re.IGNORECASE), code) for pattern, code in _SIGNS)
_WITHOUT_VAT = re.compile(
    r"不含税|未税|未含税|不含票|不开票|裸价|excl\w*\.?\s*(?:vat|tax)|w/?o\s*(?:vat|tax)|without\s+(?:vat|tax|invoice)|"
    r"(?:vat|tax)\s*excl|ex\.?\s*vat|без\s+ндс|net of (?:vat|tax)|netto|税抜|税別|부가세\s*별도|"
    r"(?:(?<![^\W\d_])(?:s/|sin|sem|senza|hors|ohne|zzgl\.?|exkl\.?))\s*(?:iva|tva|mwst|ust)(?![^\W\d_])|kdv hari[cç]",
    re.IGNORECASE,
)
_WITH_VAT = re.compile(
    r"含税|含票|含\s*\d{1,2}(?:\.\d+)?\s*%|含[^，。,;；\s]{0,6}增值税|incl\w*\.?\s*(?:of\s*)?(?:\d+\s*%\s*)?(?:vat|tax|mwst|iva|invoice)|"
    r"(?:vat|tax)\s*incl|with\s+(?:vat|tax|invoice)|с\s+ндс|brutto|税込|부가세\s*포함|iva inclu[ií]do|专票|"
    r"(?:(?<![^\W\d_])(?:c/|con|com|inkl\.?|mit))\s*(?:iva|tva|mwst|ust)(?![^\W\d_])|kdv dahil",
    re.IGNORECASE,
)
_LETTER = re.compile(r"[^\W\d_]")
_RATE = re.compile(r"(\d{1,2}(?:[.,]\d+)?)\s*[%％]|(?:含|加)\s*(\d{1,2})\s*(?:个)?(?:点|税)")
_PER = re.compile(
    r"(?:/|per\s|每|за\s|je\s|por\s|[pP]ro\s)\s*1?\s*([^\W\d_]{1,12}\.?)", re.IGNORECASE
)
#: A price of many, as of screws.
_PER_MANY = re.compile(
    rf"(?:/|per\s|每|за\s|je\s|por\s|pro\s)\s*{per_many('many')}\s*(?P<unit>[^\W\d_]{{1,12}}\.?)?",
    re.IGNORECASE,
)
_TERM = re.compile(
    r"(?<![A-Za-z])(?:EXW|FCA|FAS|FOB|CFR|C&F|CNF|CIF|CPT|CIP|DAP|DPU|DDP|DAT|DDU)(?![A-Za-z])",
    re.IGNORECASE,
)
_EX_WORKS = re.compile(r"出厂价|出厂|工厂价|ex[\s-]?works", re.IGNORECASE)
_AMOUNT = re.compile(rf"(?<![\w.,])[-−]?(?:{NUMBER})|(?<=[^\W\d_])(?:{NUMBER})")
#: What stands between the two ends of a range: ``-``, ``to``, and the currency once more.
_TO = re.compile(
    r"(?:[-–—~÷]|(?:至|到|~|から|(?<![^\W\d_])(?:to|bis|до|a|à|até|hasta|tot|đến)(?![^\W\d_])))\s*"
    r"(?:[A-Z]{2,3})?\s?[$€£¥₩₽₹฿₫]?$"
)
#: ``1.20..1.50``, ``1.20…1.50``
_DOTS = re.compile(r"(?<=\d)\s*\.{2,}\s*(?=\d)")
#: A price that is the least or the most of several: ``from $1.20``, 12元起, ``450円~``, ``bis 3,50``.
_BEGINS_OPEN = re.compile(
    r"(?:from|starting at|ab|bis|up to|от|до|desde|hasta|a partir de|à partir de|dès|da|od|fino a)\s+\W?\s?\d.*",
    re.IGNORECASE,
)
_ENDS_OPEN = re.compile(r"[^\d]{0,6}\d[\d.,]*\s?[^\W\d]{0,3}\s?(?:起|[~+]|から|부터)")
#: How such a text ends.
_OPEN_ENDS = ("起", "~", "+", "から", "부터")
#: That a further number is an amount, too, and no quantity: it has cents, or stands beside a currency.
_CENTS = re.compile(r"\d[.,]\d{1,4}")
_MONEY_BEFORE = re.compile(r"(?:[$€£¥₩₽₹฿₫]|(?<![A-Z])(?:USD|EUR|CNY|RMB|GBP|HKD|JPY))\s?$")
_MONEY_BEHIND = re.compile(r"[$€£¥₩₽₹฿₫元円원]|(?:USD|EUR|CNY|RMB|GBP|HKD|JPY)(?![A-Z])")
_ON_REQUEST = re.compile(
    r"面议|电议|议价|另议|询价|咨询|on request|upon request|poa|p\.o\.a|negotiable|to be quoted|tbq|ask|call|"
    r"auf anfrage|a consultar|consultar|договорн\w+|по запросу|협의|応相談|お問い?合わ?せ",
    re.IGNORECASE,
)
#: A negative amount as bookkeepers write it: in brackets, or with the sign at its end or its currency's.
_CREDIT = re.compile(
    rf"\([^\w\s]?\s?(?:{NUMBER})\)|(?:USD|EUR|CNY|RMB)[-−](?:{NUMBER})|(?:{NUMBER})[-−]"
)
_GROUPED = re.compile(r"\d{1,3}(?: \d{3})+(?:[.,]\d+)?|\d+[.,] ?\d+")
_LONGEST_PLACE = 40
_LONGEST_SORTS = 120
#: Where a place ends: at a mark, or at words that go on about prices.
_PLACE_END = re.compile(
    r"[,，;；。(（]|\b(?:prices?|for|per|unit|basis|terms?|quotes?|quotation|cost|only|in)\b|报?价|報?價",
    re.IGNORECASE,
)
_STEPS = re.compile(r"\s*[;；\n|]\s*|,\s+(?=[\d≥>])|[，、]\s*(?=[\d≥>])")
#: ``含税13.5/不含税12``, ``EXW 3.5 / FOB 4.2``: prices told apart by their tax or term.
_SORTS = re.compile(
    r"\s*[;；\n|/／]\s*|[，,、]\s*(?=\D)|(?<=[\d元])\s*(?=不含|未税|含税|含票)|(?<=税[)）])\s*(?=\d)"
)
#: ``原价20现价15``, ``1.20 (was 1.35)``: what it cost before.
_BEFORE = re.compile(
    rf"(?:原价|旧价|(?<![^\W_])(?:was|old price|statt|instead of|antes|vorher)(?![^\W_]))\s*[:：]?\s*\D{{0,4}}(?:{NUMBER})\s*元?",
    re.IGNORECASE,
)
_STEP = re.compile(r"(.{1,24}?)\s*[:：=@]\s*(.+)")
_AND_MORE = r"(?:及?以[上下内]|起批?|\+|(?:and |or )?(?:up|above|more)\b)"
#: ``100个以上3.5元``, ``3.5元/个（100个起）``, ``$1.20 (500pcs up)``: from how many on a price holds.
_MARKED_STEPS = (
    re.compile(
        rf"(?P<step>[≥>]?\d[\d,]*\s?[^\W\d_]{{0,4}}?\s?{_AND_MORE})[\s,，:：]*(?P<price>\D{{0,3}}\d.*)"
    ),
    re.compile(
        rf"(?P<price>.*\d.*?)\s*[(（](?P<step>\s*(?:[≥>]?\d[\d,]*\s?[^\W\d_]{{0,4}}?\s?{_AND_MORE}|MOQ\s?[:：]?\s?\d[\d,]*\s?[^\W\d_]{{0,4}}))\s*[)）]"
    ),
)


@functools.lru_cache(maxsize=20_000)
def currency_of(text: str) -> str | None:
    """The currency (ISO 4217) that ``text`` names by code, sign or word."""
    for pattern, code in _SIGN_PATTERNS:
        if pattern.search(text):
            return code
    return None


@functools.lru_cache(maxsize=5_000)
def vat_flag(text: str) -> bool | None:
    """Whether ``text`` says that prices include VAT; ``None`` when it says nothing."""
    if _LETTER.search(text) is None:
        return None
    if _WITHOUT_VAT.search(text):
        return False
    return True if _WITH_VAT.search(text) else None


def vat_rate(text: str) -> Decimal | None:
    """The VAT rate in ``text`` as a fraction (``含13%税`` → 0.13)."""
    match = _RATE.search(text)
    if match is None:
        return None
    return Decimal((match[1] or match[2]).replace(",", ".")) / 100


def price_hints(heading: str, *, near: Hints = NO_HINTS) -> Hints:
    """What the words of a price column's heading, or a letterhead, say for all its prices."""
    text = folded(heading)
    term = parse_trade_term(text) if _TERM.search(text) else None
    code = term.code if term else ("EXW" if _EX_WORKS.search(text) else None)
    flag = vat_flag(text)
    per, unit = _per(text)
    return replace(
        near,
        currency=currency_of(text) or near.currency,
        includes_vat=flag if flag is not None else near.includes_vat,
        vat_rate=(vat_rate(text) if flag else None) or near.vat_rate,
        incoterm=code or near.incoterm,
        place=_place(term.place) if term else near.place,
        unit=unit or near.unit,
        per=per if unit or per > 1 else near.per,
    )


def _place(text: str) -> str | None:
    """A place has letters; what stands behind a bare term is the amount."""
    place = _PLACE_END.split(text, maxsplit=1)[0].strip()
    has_name = place[:1].isalpha()
    return place if has_name and len(place) <= _LONGEST_PLACE else None


def read_price(
    text: str, hints: Hints, *, field: str, tier: Tier | None = None
) -> tuple[tuple[CellPrice, ...], tuple[Problem, ...]]:
    """The price in ``text``, or its steps (``500-999: $1.20; 1000+: $1.10``), with problems."""
    text = _BEFORE.sub("", text) if _AMOUNT.search(_BEFORE.sub("", text)) else text
    said = folded(text)
    if sorts := _sorts_in(text):
        told = [read_price(sort, hints, field=field, tier=tier) for sort in sorts]
        return sum((prices for prices, _ in told), ()), sum((problems for _, problems in told), ())
    if tier is None and (steps := _steps_in(text)):
        found = [read_price(price, hints, field=field, tier=step) for step, price in steps]
        return (
            tuple(price for prices, _ in found for price in prices),
            tuple(problem for _, problems in found for problem in problems),
        )
    amounts, has_more = _amounts(said, hints)
    if not amounts:
        key = "cells.price_on_request" if _ON_REQUEST.search(said) else "cells.price_not_understood"
        return (), (warning(key, field, text=text),)
    if amounts[0] < 0 or is_below_zero(said) or _CREDIT.fullmatch(said):
        return (), (warning("cells.price_is_negative", field, text=text),)
    if amounts[0] == 0:
        return (), (warning("cells.price_is_zero", field, text=text),)
    own = _own_hints(said, hints)
    price = plain_price(min(amounts), own, tier=tier)
    problems = of_many(price, own, field)
    if has_more:
        problems = (warning("cells.price_of_several", field, text=text), *problems)
    if len(amounts) > 1 or _is_open_ended(said):
        problems = (warning("cells.price_is_range", field, text=text), *problems)
    return (price,), problems


def _sorts_in(text: str) -> list[str]:
    """The parts of a text of several prices, each with a tax or term of its own; empty for any other."""
    parts = (
        [part for part in _SORTS.split(text) if part.strip()] if len(text) <= _LONGEST_SORTS else []
    )
    sorts = [(vat_flag(folded(part)), _term_of(folded(part))) for part in parts]
    amounts = [len(_AMOUNT.findall(_RATE.sub("", folded(part)))) for part in parts]
    are_apart = len(set(sorts)) == len(sorts) > 1 and (None, None) not in sorts
    return parts if are_apart and amounts == [1] * len(parts) else []


def _term_of(said: str) -> str | None:
    term = _TERM.search(said)
    return term[0].upper() if term else None


def _steps_in(text: str) -> list[tuple[Tier, str]]:
    """The steps of a price and what each says; empty where the text is no row of steps."""
    parts = [part for part in _STEPS.split(text) if part.strip()]
    named = [match.groups() for part in parts if (match := _STEP.fullmatch(folded(part)))]
    if len(named) > 1:
        told = [(tier_of(step), price) for step, price in named]
        return [(step, price) for step, price in told if step] if all(s for s, _ in told) else []
    marked = [found for part in parts if (found := _marked_step(folded(part)))]
    return marked if len(marked) == len(parts) else []


def _marked_step(part: str) -> tuple[Tier, str] | None:
    match = next((m for pattern in _MARKED_STEPS if (m := pattern.fullmatch(part))), None)
    step = tier_of(match["step"]) if match is not None else None
    return (step, match["price"]) if match is not None and step is not None else None


def _is_open_ended(said: str) -> bool:
    """Whether a price is the least or the most of several."""
    if said.endswith(_OPEN_ENDS):
        return _ENDS_OPEN.fullmatch(said) is not None
    return said[:1].isalpha() and _BEGINS_OPEN.fullmatch(said) is not None


def of_many(price: CellPrice, hints: Hints, field: str) -> tuple[Problem, ...]:
    """That ``price`` was told for many units, where it was; it is that of one."""
    if hints.per == 1:
        return ()
    return (warning("cells.price_of_many", field, count=hints.per, price=price.amount),)


def plain_price(amount: Decimal, hints: Hints, *, tier: Tier | None = None) -> CellPrice:
    """The price of one unit, from a cell that holds a number only."""
    return CellPrice(
        amount=amount / hints.per,
        currency=hints.currency,
        unit=hints.unit,
        includes_vat=hints.includes_vat,
        vat_rate=hints.vat_rate if hints.includes_vat is not False else None,
        incoterm=hints.incoterm,
        place=hints.place,
        at_least=tier.at_least if tier else None,
        at_most=tier.at_most if tier else None,
        label=hints.label,
    )


def _amounts(said: str, hints: Hints) -> tuple[list[Decimal], bool]:
    """The amounts of a price, one or two of a range, and whether the text has further ones.

    Rates, terms' years and tiers are none.
    """
    found: list[Decimal] = []
    has_more = False
    said = _DOTS.sub(" - ", said) if ".." in said else said
    for match in _AMOUNT.finditer(said):
        rest = said[match.end() :].lstrip()
        if rest.startswith("%") or (rest[:1] == "点"):
            continue
        # ``1.20 1.50`` are two numbers, ``1 200`` is one.
        digits, *others = _parted(match[0].strip()) if " " in match[0] else (match[0],)
        number = number_of(digits, decimal_comma=hints.decimal_comma)
        if number is None:
            continue
        before = said[: match.start()].rstrip()
        if found and (len(found) > 1 or not _TO.search(before)):
            has_more |= _is_money(digits, before, rest)
            continue
        has_more |= bool(others)
        number *= times_after(said, match.end())
        found.append(number if not found else abs(number))
    return found, has_more


def _parted(digits: str) -> list[str]:
    """The numbers in a run of digits and blanks: blanks stand between them, or group thousands."""
    return [digits] if _GROUPED.fullmatch(digits) else digits.split()


def _is_money(digits: str, before: str, rest: str) -> bool:
    """Whether a further number in a cell is money, and no quantity, size or rate."""
    if _MONEY_BEFORE.search(before) or _MONEY_BEHIND.match(rest):
        return True
    return _CENTS.search(digits) is not None and not _LETTER.match(rest)


def _own_hints(said: str, hints: Hints) -> Hints:
    """What a cell says for itself, beside what its heading does."""
    own = price_hints(said, near=hints)
    currency = own.currency
    # A price in foreign money under a heading "含税" is no domestic price: nothing is said of VAT.
    if hints.includes_vat and own.currency not in (None, "CNY", hints.currency):
        own = replace(own, includes_vat=vat_flag(said), vat_rate=None)
    if hints.currency == "JPY" and currency == "CNY" and ("¥" in said or "￥" in said):
        currency = "JPY"
    return replace(own, currency=currency)


def _per(text: str) -> tuple[int, str | None]:
    """For how many units a price is, and which."""
    for match in _PER.finditer(text):
        if unit := unit_named(match[1]):
            return 1, unit
    for match in _PER_MANY.finditer(text):
        unit = unit_named(match["unit"] or "")
        if unit or not match["many"][0].isdigit():
            return many(match["many"]), unit
    return 1, None
