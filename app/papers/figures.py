"""Owns how numbers look on paper: the text in a PDF and the number format in a sheet agree.

Must not round a value that is worked with; only what is shown.
"""

from __future__ import annotations

from decimal import Decimal

from app.kernel.decimals import round_to_step
from app.kernel.money import minor_unit
from app.papers.columns import ColumnKind
from app.papers.content import QuotationPaper

_LEAST_DECIMALS = {ColumnKind.VOLUME_PER_CARTON: 3, ColumnKind.LINE_VOLUME: 3}
_MOST_DECIMALS = 4


def currency_decimals(currency: str) -> int:
    """Digits after the point in amounts of ``currency``."""
    return max(0, -int(minor_unit(currency).as_tuple().exponent))


def decimals_shown(kind: ColumnKind, value: Decimal, paper: QuotationPaper) -> int:
    """How many digits after the point ``value`` shows in a column of ``kind``."""
    if kind is ColumnKind.PRICE:
        return paper.price_decimals
    if kind is ColumnKind.AMOUNT:
        return currency_decimals(paper.currency)
    exponent = value.normalize().as_tuple().exponent
    own = max(0, -exponent) if isinstance(exponent, int) else 0
    return min(max(own, _LEAST_DECIMALS.get(kind, 0)), _MOST_DECIMALS)


def sheet_format(decimals: int, unit: str = "", *, before: str = "") -> str:
    """The sheet's number format: ``#,##0.00``, with ``unit`` after and ``before`` in front."""
    number = "#,##0" + (f".{'0' * decimals}" if decimals else "")
    return _quoted(before, after=" ") + number + _quoted(unit, before=" ")


def _quoted(text: str, *, before: str = "", after: str = "") -> str:
    return f'"{before}{text}{after}"' if text else ""


def number_text(value: Decimal, decimals: int) -> str:
    """``value`` as the sheet shows it: rounded half up, thousands apart."""
    return f"{round_to_step(value, Decimal(1).scaleb(-decimals)):,.{decimals}f}"


def money_text(value: Decimal, currency: str) -> str:
    """``USD 1,234.50``."""
    return f"{currency} {number_text(value, currency_decimals(currency))}"
