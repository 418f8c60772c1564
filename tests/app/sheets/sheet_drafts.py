"""Owns sheets drawn in a few lines for the tests of layout and mapping.

Must not read files.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from app.sheets.grid import CellRange, Sheet, Value, Workbook

_NUMBER = re.compile(r"-?\d+(\.\d+)?")
_RANGE = re.compile(r"([A-Z]+)(\d+):([A-Z]+)(\d+)")


def drawn(text: str, *, merges: str = "", name: str = "Sheet1", hidden: bool = False) -> Sheet:
    """A sheet from lines of cells separated by ``|``; ``'007`` is text, ``7`` a number."""
    lines = text.strip("\n").split("\n")
    return grid(
        [[_value(cell) for cell in line.split("|")] for line in lines],
        merges=merges,
        name=name,
        hidden=hidden,
    )


def grid(
    rows: Sequence[Sequence[Value]], *, merges: str = "", name: str = "Sheet1", hidden: bool = False
) -> Sheet:
    """A sheet from rows of values, made equally long."""
    width = max((len(row) for row in rows), default=0)
    return Sheet(
        name,
        tuple(tuple(row) + (None,) * (width - len(row)) for row in rows),
        is_hidden=hidden,
        merges=tuple(_merge(text) for text in merges.split()),
    )


def workbook(*sheets: Sheet, file_name: str = "draft.xlsx") -> Workbook:
    """A workbook of drawn sheets."""
    return Workbook(file_name, "xlsx", tuple(sheets))


def _value(cell: str) -> Value:
    cell = cell.strip().replace("\\n", "\n")
    if cell.startswith("'"):
        return cell[1:]
    return Decimal(cell) if _NUMBER.fullmatch(cell) else cell or None


def _merge(text: str) -> CellRange:
    match = _RANGE.fullmatch(text)
    assert match, text
    first, last = _column(match[1]), _column(match[3])
    return CellRange(int(match[2]) - 1, first, int(match[4]) - 1, last)


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1
