"""Owns the form in which values stand in an exported cell: words of the language, safe texts.

A text from outside never becomes a formula. Must not write files.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from babel import Locale

from app.kernel.language import catalogue
from app.kernel.messages import Message
from app.kernel.text import clean
from app.sheets.cells.countries import country_of
from app.sheets.entries import FORMULA_STARTS, guarded, joined
from app.sheets.export.columns import ExportRow

_HARMLESS = re.compile(r"[+-]?[\d\s().,/-]*\d[\d\s().,/;-]*")
_COUNTRIES = ("country", "address_country", "origin")
#: Fields that hold one of the values we know → where their words stand.
_CHOICES = {
    "business_type": "directory.business_type",
    "address_kind": "directory.address_kind",
}
#: A cell of a spreadsheet holds no more digits of a number.
_DIGITS = 15

Cell = str | int | Decimal | date | None


def cell(row: ExportRow, key: str, language: str) -> Cell:
    """The value of ``key`` as it is written; ``None`` where there is nothing."""
    value = row.get(key)
    if value in (None, "", ()) or key == "picture":
        return None
    if isinstance(value, bool):
        return catalogue(language).say("kernel.yes" if value else "kernel.no")
    if isinstance(value, Decimal):
        return value if len(value.as_tuple().digits) <= _DIGITS else f"{value:f}"
    if isinstance(value, int | date):
        return value
    if isinstance(value, Message):
        return catalogue(language).text(value)
    if key == "roles" and isinstance(value, tuple):
        return joined(catalogue(language).say(f"export.role.{role}") for role in value)
    if isinstance(value, tuple):
        value = joined(value)
    text = guarded(clean(str(value)))
    if key in _CHOICES:
        return catalogue(language).say(f"{_CHOICES[key]}.{text}")
    if key in _COUNTRIES:
        return _country(text, language)
    return text


def as_csv(value: Cell) -> str:
    """A cell in a CSV file; what a spreadsheet program would take for a formula is escaped."""
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return f"{value:f}"
    text = str(value)
    if text.startswith(FORMULA_STARTS) and not _HARMLESS.fullmatch(text):
        return f"'{text}"
    return text


def _country(code: str, language: str) -> str:
    name = Locale.parse("zh_Hans" if language == "zh_CN" else "en").territories.get(code, code)
    return name if country_of(name) == code else code
