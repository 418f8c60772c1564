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
    """A cell of a table: the sheet, the record's row (from 1), the sheet's column and its name."""

    sheet: str
    row: int
    column: int
    name: str


Corrections = Mapping[CellPlace, str]
NO_CORRECTIONS: Corrections = MappingProxyType({})


def can_correct(sheet: UnderstoodSheet) -> bool:
    """Whether a cell of a record is one cell of the sheet: a cross-tab shares some among records."""
    return sheet.region.shape != "crosstab"


def place_of(sheet: UnderstoodSheet, record: Record, index: int) -> CellPlace:
    """Where the cell of ``record`` in the table's column ``index`` (from 0) stands."""
    name = sheet.columns[index].name
    return CellPlace(sheet.sheet, record.number, sheet.region.columns[index], name)


def corrected(
    sheets: Sequence[UnderstoodSheet], corrections: Corrections
) -> tuple[UnderstoodSheet, ...]:
    """The sheets with the corrections in their records, those of before taken back."""
    return tuple(_corrected(sheet, corrections) for sheet in sheets)


def _corrected(sheet: UnderstoodSheet, corrections: Corrections) -> UnderstoodSheet:
    places = {
        (sheet.region.columns[index], column.name): index
        for index, column in enumerate(sheet.columns)
    }
    found: dict[int, dict[int, str | None]] = defaultdict(dict)
    for place, text in corrections.items():
        index = places.get((place.column, place.name))
        if place.sheet == sheet.sheet and index is not None:
            found[place.row][index] = clean(text).strip() or None
    if found == sheet.source.corrections:
        return sheet
    return replace(sheet, source=replace(sheet.source, corrections=dict(found)))


def told(sheets: Sequence[UnderstoodSheet]) -> Iterator[dict[str, object]]:
    """The corrections as they are kept with the import: where, what stood there, what stands now."""
    for sheet in sheets:
        region = sheet.region
        rows = dict(zip(region.row_numbers, region.rows, strict=True))
        for number, cells in sheet.source.corrections.items():
            for index, now in cells.items():
                yield {
                    "sheet": sheet.sheet,
                    "row": number,
                    "column": sheet.columns[index].name,
                    "was": text_of(rows[number - 1][index]),
                    "now": text_of(now),
                }
