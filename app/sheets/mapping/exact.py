"""Owns the reading of rows that this program wrote: every text as it stands, nothing tidied.

Must not read rows of strangers; ``readers`` does.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation

from app.quotations.incoterms import TradeTerm
from app.sheets.cells.countries import country_of
from app.sheets.cells.measures import Days
from app.sheets.cells.prices import plain_price
from app.sheets.cells.quantities import CellQuantity
from app.sheets.cells.reading import NO_HINTS, Reading, text_of
from app.sheets.entries import parted, unguarded
from app.sheets.grid import ErrorValue, Value
from app.sheets.targets import TARGETS

#: Fields that are read as something else than in the sheets of strangers.
_KINDS = {
    "main_products": "text",
    **dict.fromkeys(("wechat", "whatsapp", "qq", "skype", "linkedin", "im"), "list"),
}
_DAYS = re.compile(r"([≥≤] )?(\d+)(?: - (\d+))? (?:days?|天)")


def exact_reader(field: str, usual: Callable[[Value], Reading]) -> Callable[[Value], Reading]:
    """The reader for a field of such a row.

    ``usual`` reads what loses nothing by it, and what a person has put in the place of ours.
    """
    read = _READERS.get(_KINDS.get(field, TARGETS[field].reader))
    if read is None:
        return usual
    many = TARGETS[field].many

    def reader(value: Value) -> Reading:
        text = exact_text(value)
        found = read(text) if text.strip() else None
        if found is None:
            return usual(value)
        return Reading(((field, (found,) if many and not isinstance(found, tuple) else found),))

    return reader


def exact_text(value: Value) -> str:
    """What a cell says, letter by letter."""
    return "" if isinstance(value, ErrorValue) else unguarded(text_of(value))


def _number(text: str) -> Decimal | None:
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _price(text: str) -> object:
    amount = _number(text)
    return plain_price(amount, NO_HINTS) if amount is not None else None


def _quantity(text: str) -> object:
    amount = _number(text)
    return CellQuantity(amount) if amount is not None else None


def _days(text: str) -> object:
    """``15 - 30 days``, ``15 天``, ``≥ 15 days``, ``≤ 1 day``."""
    match = _DAYS.fullmatch(text)
    if match is None:
        return None
    sign, low, high = match[1], int(match[2]), int(match[3] or match[2])
    return Days(None if sign == "≤ " else low, None if sign == "≥ " else high, text)


def _term(text: str) -> object:
    code, _, place = text.partition(" ")
    try:
        return TradeTerm(code, place)
    except ValueError:
        return None


_READERS: Mapping[str, Callable[[str], object]] = {
    **dict.fromkeys(
        ("text", "code", "uscc", "hs_code", "barcode", "unit", "person", "currency", "webs"), str
    ),
    **dict.fromkeys(("list", "names", "emails", "phones", "booths"), parted),
    **dict.fromkeys(("number", "weight", "volume"), _number),
    "country": lambda text: country_of(text) or text,
    "price": _price,
    "quantity": _quantity,
    "days": _days,
    "term": _term,
}
