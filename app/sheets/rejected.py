"""Owns the workbook of rejected rows: as they stood in the sheet, with the reason in a column.

Corrected, it imports again: the reason's column is passed over. Must not say why a row is rejected.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from app.kernel.language import catalogue
from app.sheets.cells.reading import text_of
from app.sheets.headings import REASON_HEADING
from app.sheets.plan.outcome import PlannedRow
from app.sheets.understanding import UnderstoodSheet

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet


def write_rejected(
    target: Path, sheets: Sequence[UnderstoodSheet], rows: Sequence[PlannedRow]
) -> None:
    """Writes the rejected ``rows`` of ``sheets`` to ``target``; its folder is made where missing."""
    # Slow to import, and rows are seldom rejected.
    from openpyxl import Workbook
    from openpyxl.styles import Font

    target.parent.mkdir(parents=True, exist_ok=True)
    workbook = Workbook()
    workbook.remove(workbook.active)
    for sheet in sheets:
        own = [row for row in rows if row.sheet == sheet.sheet]
        if own:
            page = workbook.create_sheet(sheet.sheet[:31])
            page.append([REASON_HEADING, *(column.name for column in sheet.columns)])
            for cell in page[1]:
                cell.font = Font(bold=True)
            for row in own:
                _write_row(page, row)
            page.freeze_panes = "A2"
    workbook.save(target)


def _write_row(page: Worksheet, row: PlannedRow) -> None:
    english, chinese = catalogue("en"), catalogue("zh_CN")
    errors = [p.message for p in row.problems if p.severity == "error"]
    reason = "; ".join(f"{english.text(m)} {chinese.text(m)}" for m in errors)
    number = page.max_row + 1
    for column, value in enumerate([reason, *map(text_of, row.record.raw)], 1):
        cell = page.cell(number, column)
        cell.value = value
        cell.data_type = "s"


def rejected_target(folder: Path, source: Path) -> Path:
    """A free name in ``folder`` for the rejected rows of ``source``.

    Not beside the source: that may be a mail's attachment, a stick, or another's folder.
    """
    source = folder / source.name
    for number in range(1, 1000):
        suffix = "" if number == 1 else f"-{number}"
        target = source.with_name(f"{source.stem}-rejected{suffix}.xlsx")
        if not target.exists():
            return target
    raise FileExistsError(source)
