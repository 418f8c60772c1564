"""Owns the values a field is compared with: numbers with unit or currency, days, yes and no, text.

A value remembers how it was written, so that a query prints as it was typed. Must not know fields'
names, only their types.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from app.fields import FieldType
from app.kernel.text import fold
from app.kernel.wording.numbers import without_multiplier

_NUMBER = re.compile(
    r"([$€£¥]|[a-z]{3}(?=[\d ]))?\s*(-?\d+(?:[,_]\d{3})*(?:\.\d+)?)\s*([a-z%\u4e00-\u9fff$€£¥°]*\d?)"
)
_COUNTRY_CODE = re.compile(r"(?!(?i:uk))[A-Za-z]{2}")
_DAY = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
_RELATIVE = re.compile(r"(today|yesterday|tomorrow|今天|昨天|明天)\s*(?:([+-])\s*(\d{1,4}))?")
_NAMED_DAYS = {"today": 0, "今天": 0, "yesterday": -1, "昨天": -1, "tomorrow": 1, "明天": 1}
_CURRENCY_SIGNS = {
    "$": "USD", "美元": "USD", "美金": "USD", "€": "EUR", "欧元": "EUR", "£": "GBP", "英镑": "GBP",
    "¥": "CNY", "元": "CNY", "块": "CNY", "rmb": "CNY", "yuan": "CNY", "人民币": "CNY",
    "港币": "HKD", "日元": "JPY",
}  # fmt: skip
_CURRENCIES = frozenset(
    [
        "usd",
        "eur",
        "cny",
        "gbp",
        "jpy",
        "hkd",
        "aud",
        "cad",
        "chf",
        "sgd",
        "inr",
        "krw",
        "twd",
        "thb",
        "vnd",
        "myr",
        "idr",
        "php",
        "brl",
        "mxn",
        "rub",
        "try",
        "aed",
        "sar",
        "zar",
        "pln",
    ]
)
_YES = frozenset({"yes", "y", "true", "1", "是", "有"})
_NO = frozenset({"no", "n", "false", "0", "否", "无"})
#: How many of the stored unit one of the written unit is.
_UNITS: dict[str, tuple[str, Decimal]] = {
    "kg": ("kg", Decimal(1)), "g": ("kg", Decimal("0.001")), "t": ("kg", Decimal(1000)),
    "公斤": ("kg", Decimal(1)), "千克": ("kg", Decimal(1)), "克": ("kg", Decimal("0.001")),
    "吨": ("kg", Decimal(1000)), "斤": ("kg", Decimal("0.5")), "磅": ("kg", Decimal("0.45359237")),
    "lb": ("kg", Decimal("0.45359237")), "lbs": ("kg", Decimal("0.45359237")),
    "oz": ("kg", Decimal("0.028349523125")), "盎司": ("kg", Decimal("0.028349523125")),
    "cm": ("cm", Decimal(1)), "mm": ("cm", Decimal("0.1")), "m": ("cm", Decimal(100)),
    "厘米": ("cm", Decimal(1)), "毫米": ("cm", Decimal("0.1")), "米": ("cm", Decimal(100)),
    "inch": ("cm", Decimal("2.54")), "inches": ("cm", Decimal("2.54")), "英寸": ("cm", Decimal("2.54")),
    "days": ("days", Decimal(1)), "day": ("days", Decimal(1)), "d": ("days", Decimal(1)),
    "天": ("days", Decimal(1)), "weeks": ("days", Decimal(7)), "week": ("days", Decimal(7)),
    "周": ("days", Decimal(7)), "months": ("days", Decimal(30)), "month": ("days", Decimal(30)),
    "个月": ("days", Decimal(30)), "cbm": ("cbm", Decimal(1)),
    "m3": ("cbm", Decimal(1)), "立方": ("cbm", Decimal(1)),
}  # fmt: skip
#: Numbers and years that a book can hold.
_MOST_DIGITS = 9
_FIRST_YEAR, _LAST_YEAR = 1900, 2200
#: What is counted one by one.
_PIECES = frozenset(
    ["pcs", "pc", "piece", "pieces", "set", "sets", "pair", "pairs", "unit", "units",
     "ctn", "ctns", "carton", "cartons", "个", "件", "只", "套", "台", "双", "把", "支", "条", "张", "箱"]
)  # fmt: skip
_TEXT_TYPES = frozenset({FieldType.TEXT, FieldType.LONG_TEXT, FieldType.PLACE, FieldType.PICTURE})
_NAME_TYPES = frozenset({FieldType.TEXT, FieldType.PLACE})


@dataclass(frozen=True, slots=True)
class Text:
    """A piece of text; compared folded."""

    written: str

    @property
    def folded(self) -> str:
        """As it is compared."""
        return fold(self.written)


@dataclass(frozen=True, slots=True)
class Number:
    """A number in the unit its field is kept in; ``currency`` when one was written."""

    written: str
    amount: Decimal
    currency: str | None = None


@dataclass(frozen=True, slots=True)
class Day:
    """A day, month or year, or a day counted from today; known only when it is asked."""

    written: str

    def span(self, today: date) -> tuple[date, date]:
        """First and last day of what was written."""
        if relative := _RELATIVE.fullmatch(self.written.lower()):
            name, sign, count = relative.groups()
            days = int(count or 0) * (-1 if sign == "-" else 1)
            day = today + timedelta(days=_NAMED_DAYS[name] + days)
            return day, day
        return _calendar_span(self.written) or (today, today)


@dataclass(frozen=True, slots=True)
class YesNo:
    """Yes or no."""

    written: str
    is_yes: bool


Value = Text | Number | Day | YesNo


def value_for(type_: FieldType, key: str, written: str) -> Value | None:
    """``written`` as a value for a field of this type and key; ``None`` when it is not one."""
    if type_.is_number:
        return _number(key, written, is_percent=type_ is FieldType.PERCENT)
    if type_ in {FieldType.DATE, FieldType.INSTANT}:
        return _day(written)
    if type_ is FieldType.YES_NO:
        word = fold(written)
        return YesNo(written, word in _YES) if word in _YES | _NO else None
    if type_ is FieldType.COUNTRY and not _COUNTRY_CODE.fullmatch(written):
        # Babel is slow to import; a code needs no looking up.
        from app.kernel.territories import territory_code

        code = territory_code(written)
        return None if code is None else Text(code)
    return Text(written) if fold(written) else None


def is_text(type_: FieldType) -> bool:
    """Whether a bare value is looked for inside the text, instead of being the whole of it."""
    return type_ in _TEXT_TYPES


def is_name(type_: FieldType) -> bool:
    """Whether a bare value may be the pinyin of what the field says.

    Long texts hold too much: ``women`` would be any 我们.
    """
    return type_ in _NAME_TYPES


def _number(key: str, written: str, *, is_percent: bool) -> Number | None:
    found = _NUMBER.fullmatch(fold(written))
    if found is None:
        return None
    sign, digits, unit = found.groups()
    amount = Decimal(digits.replace(",", "").replace("_", ""))
    times, unit = _multiplied(unit)
    amount *= times
    currency = _currency(sign or unit)
    if sign and currency is None:
        return None
    if unit in _UNITS:
        kept, factor = _UNITS[unit]
        if kept not in key.split("_"):
            return None
        amount *= factor
    elif unit == "%" and is_percent:
        amount /= 100
    elif unit and not _is_plain_unit(unit):
        return None
    return None if amount.adjusted() > _MOST_DIGITS else Number(written, amount, currency)


def _multiplied(word: str) -> tuple[Decimal, str]:
    """What the word behind a number multiplies it with, and its unit: 千克 is a unit, 千元 a thousand 元."""
    return (Decimal(1), word) if _is_plain_unit(word) else without_multiplier(word)


def _currency(word: str | None) -> str | None:
    if word in _CURRENCIES:
        return str(word).upper()
    return _CURRENCY_SIGNS.get(word or "")


def is_unit(word: str) -> bool:
    """Whether a folded ``word`` may stand behind a number."""
    times, unit = _multiplied(word)
    return _is_plain_unit(unit) or (times != 1 and not unit)


def _is_plain_unit(word: str) -> bool:
    return word in _UNITS or word in _CURRENCIES or word in _CURRENCY_SIGNS or word in _PIECES


def _day(written: str) -> Day | None:
    is_known = _RELATIVE.fullmatch(written.lower()) or _calendar_span(written)
    return Day(written) if is_known else None


def _calendar_span(written: str) -> tuple[date, date] | None:
    found = _DAY.fullmatch(written.replace("/", "-").replace(".", "-"))
    if found is None:
        return None
    year, month, day = (int(part) if part else None for part in found.groups())
    if year is None:
        return None
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        return None
    try:
        if month is None:
            return date(year, 1, 1), date(year, 12, 31)
        if day is None:
            return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])
        return date(year, month, day), date(year, month, day)
    except ValueError:
        return None
