"""Owns the sheet in which offers stand side by side, for ourselves: suppliers and costs are in it.

Must not compare, and must never go to a buyer; it says so in its head.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from app.kernel.safe_write import write_whole
from app.papers.look import ACCENT, HAIRLINE, MUTED, TINT
from app.papers.sheet_pen import SheetPen, Style, StyleBook
from app.papers.workbook import new_workbook, sheet_names

_CHOSEN = "#E3F1E4"


@dataclass(frozen=True, slots=True)
class ComparedRow:
    """One offer: its cells under the paper's headings; chosen ones are tinted, others may be faint."""

    cells: Sequence[str | Decimal | None]
    is_chosen: bool = False
    is_faint: bool = False


@dataclass(frozen=True, slots=True)
class ComparedGroup:
    """One line of the inquiry with its offers; ``note`` names who is silent."""

    title: str
    rows: Sequence[ComparedRow]
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparisonPaper:
    """A comparison in words of one language. ``widths_px`` has one figure for each heading."""

    title: str
    basis: Sequence[str]
    headings: Sequence[str]
    widths_px: Sequence[int]
    groups: Sequence[ComparedGroup]
    totals: Sequence[tuple[str, Decimal]]
    #: The column that totals of lines stand in, from 0; the sums stand under it.
    total_column: int
    language: str = "en"


def write_comparison(
    paper: ComparisonPaper, path: Path, *, add_offers: Callable[[Workbook], None]
) -> None:
    """Writes the comparison as ``path``, an .xlsx; the file is whole or untouched.

    ``add_offers`` adds the list of its offers as another sheet: that one imports back.
    """

    def write(file: Path) -> None:
        book = new_workbook(file, paper.title)
        sheet = book.add_worksheet(*sheet_names([paper.title]))
        _write(paper, sheet, StyleBook(book, paper.language))
        add_offers(book)
        book.close()

    write_whole(path, write)


def _write(paper: ComparisonPaper, sheet: Worksheet, styles: StyleBook) -> None:
    pen = SheetPen(sheet, styles, widths_px=paper.widths_px)
    last = len(paper.headings) - 1
    pen.text(0, (0, last), paper.title, Style(size_pt=15, bold=True, colour=ACCENT))
    row = 1
    for text in paper.basis:
        pen.text(row, (0, last), text, Style(size_pt=9, colour=MUTED))
        row += 1
    shapes = _shapes(paper)
    heading = Style(size_pt=9, bold=True, colour="#FFFFFF", fill=ACCENT, indent=1)
    for index, text in enumerate(paper.headings):
        align = "right" if shapes[index] else "left"
        pen.text(row, (index, index), text, replace(heading, align=align))
    sheet.freeze_panes(row + 1, 1)
    sheet.repeat_rows(row)
    row += 1
    for group in paper.groups:
        row = _write_group(pen, group, row, shapes)
    row += 1
    for label, total in paper.totals:
        style = Style(size_pt=10, bold=True)
        at = paper.total_column
        pen.text(row, (0, at - 1), label, style)
        pen.number(row, (at, at), total, _figure(style, shapes[at] or "#,##0.00"))
        row += 1
    pen.finish()
    sheet.hide_gridlines(2)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.5)


def _shapes(paper: ComparisonPaper) -> Sequence[str]:
    """How the figures of each column are shown, their points one under another; empty for words."""
    columns = zip(*(row.cells for group in paper.groups for row in group.rows), strict=True)
    return [_shape(cells) for cells in columns] or [""] * len(paper.headings)


def _shape(cells: Sequence[str | Decimal | None]) -> str:
    figures = [cell for cell in cells if isinstance(cell, Decimal)]
    if not figures:
        return ""
    places = max(-int(figure.normalize().as_tuple().exponent) for figure in figures)
    return "#,##0" if places <= 0 else "#,##0." + "0" * min(max(places, 2), 4)


def _figure(style: Style, shape: str) -> Style:
    """A figure with a letter's room at its right, so that it stands apart from the words behind it."""
    return replace(style, align="right", number_format=f"{shape}_W")


def _write_group(pen: SheetPen, group: ComparedGroup, row: int, shapes: Sequence[str]) -> int:
    last = len(shapes) - 1
    pen.text(row, (0, last), group.title, Style(bold=True, fill=TINT, colour=ACCENT, indent=1))
    row += 1
    for compared in group.rows:
        style = Style(size_pt=9, bottom=HAIRLINE)
        if compared.is_chosen:
            style = replace(style, fill=_CHOSEN, bold=True)
        elif compared.is_faint:
            style = replace(style, colour=MUTED)
        for index, cell in enumerate(compared.cells):
            if isinstance(cell, Decimal):
                pen.number(row, (index, index), cell, _figure(style, shapes[index]))
            else:
                align = "right" if shapes[index] else "left"
                pen.text(row, (index, index), cell or "", replace(style, indent=1, align=align))
        row += 1
    if group.note:
        pen.text(row, (0, last), group.note, Style(size_pt=9, italic=True, colour=MUTED, indent=1))
        row += 1
    return row
