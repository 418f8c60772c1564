"""Owns how rows pasted from a sheet or a bank's page become dated rates: headings, percents, days.

A bank's table of exchange rates (现汇买入价, "Buying Rate") is for 100 units and is read as such.
Must not read files and must not write.
"""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from app.fields import Field, FieldType
from app.kernel.decimals import CALCULATION
from app.kernel.errors import AppError
from app.kernel.language import LANGUAGES, catalogue
from app.kernel.text import fold
from resources import resource

_DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})")
#: What banks and forwarders call the columns, besides the fields' own names.
_HEADINGS: Mapping[str, tuple[str, ...]] = {
    "currency": ("货币名称", "货币", "币种", "currency name", "curr"),
    "rate": ("汇率", "税率", "退税率", "rebate", "rebate rate", "vat"),
    "valid_on": ("发布日期", "发布时间", "日期", "pub time", "date", "day"),
    "valid_from": ("生效日期", "起始日期", "执行日期", "from", "valid from", "date"),
    "valid_until": ("截止日期", "有效期至", "to", "until", "valid until", "valid to"),
    "hs_code": ("商品编码", "税号", "hs", "hscode"),
    "port_of_loading": ("起运港", "pol", "from port"),
    "port_of_destination": ("目的港", "pod", "destination"),
    "amount": ("费率", "运价", "单价", "freight", "price"),
    "mode": ("运输方式", "type"),
    "unit": ("计费单位", "per", "basis"),
    "minimum": ("最低收费", "min"),
    "source": ("来源", "货代", "forwarder", "bank"),
}
#: Columns of a bank's page that are for 100 units.
_PER_HUNDRED = frozenset({"现汇买入价", "buying rate", "tt buying", "spot buying rate"})
_OTHER_NAMES = {"港币": "HKD", "澳大利亚元": "AUD", "加拿大元": "CAD", "卢布": "RUB", "韩国元": "KRW", "泰国铢": "THB"}  # fmt: skip
#: The day a row without one is in force from.
_DAYS = ("valid_on", "valid_from")


@dataclass(frozen=True, slots=True)
class RatesRead:
    """The rows that are rates, and how many others said nothing that could be used."""

    rows: tuple[Mapping[str, object], ...]
    passed_over: int


def read_rates(
    cells: Sequence[Sequence[object]],
    *,
    fields: Sequence[Field],
    required: Sequence[str],
    today: date,
) -> RatesRead:
    """The rates in rows of ``cells``, by their headings, else in the order of ``fields``.

    A row without a day is of ``today``. Raises ``AppError`` naming the first value that can't be
    read.
    """
    filled = [row for row in cells if any(_text(cell) for cell in row)]
    columns, rows = _columns(fields, filled)
    found: list[Mapping[str, object]] = []
    for row in rows:
        values = {
            column.field.key: value
            for column, cell in zip(columns, row, strict=False)
            if column is not None and (value := column.read(cell)) is not None
        }
        values |= {key: today for key in _DAYS if key in required and key not in values}
        if all(values.get(key) not in (None, "") for key in required):
            found.append(values)
    return RatesRead(tuple(found), len(rows) - len(found))


@dataclass(frozen=True, slots=True)
class _Column:
    field: Field
    divisor: int = 1

    def read(self, cell: object) -> object:
        """The value of a cell; ``None`` for an empty one and for a currency that is not known."""
        text = _text(cell)
        if not text:
            return None
        if self.field.type is FieldType.CURRENCY:
            return currency_named(text)
        try:
            return self._typed(cell, text)
        except (ValueError, InvalidOperation) as error:
            raise AppError("lists.bad_value", field=self.field.heading, value=text) from error

    def _typed(self, cell: object, text: str) -> object:
        kind = self.field.type
        if kind is FieldType.DATE:
            return _day(cell, text)
        if kind is FieldType.CHOICE:
            return _choice(self.field, text)
        if not kind.is_number:
            return text
        number = Decimal(text.rstrip("%％ ").replace(",", ""))
        percent = text[-1] in "%％" or (kind is FieldType.PERCENT and number >= 1)
        return CALCULATION.divide(number, Decimal(100 if percent else self.divisor))


def _columns(
    fields: Sequence[Field], rows: Sequence[Sequence[object]]
) -> tuple[list[_Column | None], Sequence[Sequence[object]]]:
    """The columns and the rows below their headings; without headings the fields in their order."""
    for index, row in enumerate(rows[:10]):
        columns: list[_Column | None] = []
        for cell in row:
            column = _headed(fields, _text(cell))
            taken = {each.field.key for each in columns if each}
            columns.append(None if column is None or column.field.key in taken else column)
        if sum(column is not None for column in columns) >= 2:
            return columns, rows[index + 1 :]
    return [_Column(field) for field in fields], rows


def _headed(fields: Sequence[Field], text: str) -> _Column | None:
    heading = fold(re.sub(r"\(.*?\)|（.*?）", "", text)).strip(" .:：%")
    if not heading:
        return None
    for field in fields:
        if field.key == "rate" and heading in _PER_HUNDRED:
            return _Column(field, divisor=100)
        own = {fold(catalogue(language).text(field.heading)) for language in LANGUAGES}
        if heading in own or heading in _HEADINGS.get(field.key, ()):
            return _Column(field)
    return None


def _text(cell: object) -> str:
    return "" if cell is None else " ".join(str(cell).split())


def _day(cell: object, text: str) -> date:
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    match = _DAY.search(text)
    if match is None:
        raise ValueError(text)
    return date(int(match[1]), int(match[2]), int(match[3]))


def _choice(field: Field, text: str) -> str:
    """The value of a choice by its code or its name in either language."""
    wanted = fold(text)
    for value in field.choices:
        names = {fold(catalogue(language).text(field.choice(value))) for language in LANGUAGES}
        if wanted == fold(value) or wanted in names:
            return str(value)
    raise ValueError(text)


def currency_named(text: str) -> str | None:
    """The code of a currency by code or Chinese name; ``None`` where it is none that is known."""
    words = text.upper()
    if re.fullmatch(r"[A-Z]{3}", words):
        return words
    names = _currency_names()
    return next((code for name, code in names.items() if text.startswith(name)), None)


@functools.cache
def _currency_names() -> Mapping[str, str]:
    content = tomllib.loads(resource("reference", "currencies.toml").read_text(encoding="utf-8"))
    return {**{entry["zh"]: code for code, entry in content.items()}, **_OTHER_NAMES}
