"""Owns taking sheets and rows from calamine: all rows, from the sheet's own A1.

Must not know which format the sheet came from.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import cast

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum
from python_calamine import SheetVisibleEnum as Visible

from app.kernel.errors import AppError
from app.sheets.grid import CellRange
from app.sheets.reading.drafts import RawValue, SheetDraft


def calamine_book(path: Path, *suffixes: str) -> CalamineWorkbook:
    """The workbook at ``path`` as calamine opens it; raises what calamine raises.

    Calamine goes by the name of a file; one that is not called after its content, whose usual
    names end in ``suffixes``, is handed over as bytes.
    """
    if path.suffix.lower() in suffixes:
        return CalamineWorkbook.from_path(path)
    return CalamineWorkbook.from_object(io.BytesIO(path.read_bytes()))


def rows_of(sheet: CalamineSheet) -> Iterator[list[RawValue]]:
    """All rows of ``sheet`` from A1 on, all of the same length; empty cells are ``""``.

    Calamine gives the empty rows above the first cell, but not the empty columns left of it.
    """
    start = sheet.start
    if start is None:
        return
    padding: list[RawValue] = [""] * start[1]
    rows = cast("Iterator[list[RawValue]]", sheet.iter_rows())
    yield from (padding + row for row in rows) if padding else rows


def calamine_sheets(book: CalamineWorkbook) -> Iterator[SheetDraft]:
    """The tables of a workbook as calamine alone sees them: values, hiding and merges."""
    for listed in book.sheets_metadata:
        if listed.typ != SheetTypeEnum.WorkSheet:
            continue
        try:
            sheet = book.get_sheet_by_name(listed.name)
        except (CalamineError, OSError) as error:
            raise AppError("sheets.damaged") from error
        yield SheetDraft(
            listed.name,
            rows_of(sheet),
            is_hidden=listed.visible != Visible.Visible,
            merges=tuple(
                CellRange(*first, *last) for first, last in sheet.merged_cell_ranges or ()
            ),
        )
