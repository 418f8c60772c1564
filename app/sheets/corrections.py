"""Owns what a person put in the place of cells of a sheet, before it is imported.

The cell as the sheet has it stays known. Must not read cells or judge what is put in.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import NamedTuple

from app.kernel.text import clean
from app.sheets.cells.reading import text_of
from app.sheets.records import Record
from app.sheets.understanding import UnderstoodSheet


class CellPlace(NamedTuple):
    """A cell of a table: the sheet, its row (from 1) and column (from 0), and the column's name."""

    sheet: str
    row: int
    column: int
    name: str


Corrections = Mapping[CellPlace, str]
NO_CORRECTIONS: Corrections = MappingProxyType({})


def place_of(sheet: UnderstoodSheet, record: Record, index: int) -> CellPlace:
    """Where the cell of ``record`` in the table's column ``index`` (from 0) stands."""
    return _place(sheet, record.position, index)


def places_of(sheet: UnderstoodSheet, record: Record) -> frozenset[CellPlace]:
    """Where the cells of ``record`` stand; records of a cross-tab share some."""
    return frozenset(_places(sheet, record.position))


def corrected(
    sheets: Sequence[UnderstoodSheet], corrections: Corrections
) -> tuple[UnderstoodSheet, ...]:
    """The sheets with the corrections in their records, those of before taken back."""
    return tuple(_corrected(sheet, corrections) for sheet in sheets)


def _place(sheet: UnderstoodSheet, position: int, index: int) -> CellPlace:
    row, column = sheet.region.place(position, index)
    return CellPlace(sheet.sheet, row + 1, column, sheet.columns[index].name)


def _places(sheet: UnderstoodSheet, position: int) -> Iterator[CellPlace]:
    return (_place(sheet, position, index) for index in range(len(sheet.columns)))


def _corrected(sheet: UnderstoodSheet, corrections: Corrections) -> UnderstoodSheet:
    rows = {place.row - 1 for place in corrections if place.sheet == sheet.sheet}
    found: dict[int, dict[int, str | None]] = defaultdict(dict)
    for position, number in enumerate(sheet.region.row_numbers if rows else ()):
        if number in rows or sheet.region.shared:
            for index, place in enumerate(_places(sheet, position)):
                if place in corrections:
                    found[position][index] = clean(corrections[place]).strip() or None
    if found == sheet.source.corrections:
        return sheet
    return replace(sheet, source=replace(sheet.source, corrections=dict(found)))


def told(sheets: Sequence[UnderstoodSheet]) -> Iterator[dict[str, object]]:
    """The corrections as they are kept with the import: where, what stood there, what stands now."""
    for sheet in sheets:
        once = {
            _place(sheet, position, index): (sheet.region.rows[position][index], now)
            for position, cells in sheet.source.corrections.items()
            for index, now in cells.items()
        }
        for place, (was, now) in once.items():
            yield {
                "sheet": sheet.sheet,
                "row": place.row,
                "column": place.name,
                "was": text_of(was),
                "now": text_of(now),
            }
