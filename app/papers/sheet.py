"""Owns the spreadsheet that goes to the buyer: one workbook, a sheet for each paper.

Must not read the book, and must not write anything the paper doesn't say: no author, no machine.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from xlsxwriter.utility import xl_range
from xlsxwriter.worksheet import Worksheet

from app.kernel.safe_write import write_whole
from app.kernel.text import clean
from app.papers.amounts import totals_of
from app.papers.content import PictureSource, QuotationPaper
from app.papers.geometry import TableGeometry
from app.papers.labels import Labels
from app.papers.legible import legible_table
from app.papers.look import (
    CLASSIC,
    LEAST_PRINT_PT,
    LOGO_BOX,
    LOOKS,
    MARGIN_INCHES,
    PAGE_ROOM,
    SIGNATURE_BOX,
    Look,
    PaperSize,
)
from app.papers.pictures import PaperPicture, paper_picture, paper_pictures
from app.papers.sheet_cards import CardWriter, cards_geometry, page_breaks
from app.papers.sheet_foot import Foot
from app.papers.sheet_head import write_head
from app.papers.sheet_pen import SheetPen, StyleBook
from app.papers.sheet_table import TableWriter
from app.papers.workbook import new_workbook, sheet_names

#: A fixed scale keeps the page breaks, which fitting would ignore; columns may print a little wider
#: than they are on the screen.
_FIXED_SCALE_PERCENT = 92
#: What is this much higher than a page at most is drawn smaller to fit on one.
_MOST_OF_ONE_PAGE = 1.22


@dataclass(frozen=True, slots=True)
class WrittenPaper:
    """What was written: lines, pictures put in, and pictures that could not be read."""

    path: Path
    lines: int
    pictures: int
    unreadable_pictures: int


def write_xlsx(
    papers: QuotationPaper | Sequence[QuotationPaper],
    path: Path,
    *,
    template: str = CLASSIC.name,
    language: str = "en",
    paper_size: PaperSize = PaperSize.A4,
) -> WrittenPaper:
    """Writes one paper, or several into one workbook, as ``path`` with a built-in template.

    ``template`` is a name of :data:`~app.papers.look.LOOKS`. The file is whole or untouched; raises
    :class:`~app.kernel.errors.AppError` when it can't be written.
    """
    several = (papers,) if isinstance(papers, QuotationPaper) else tuple(papers)
    look = LOOKS[template]
    labels = Labels(language)
    pictures = sheet_pictures(several, look)

    def write(file: Path) -> None:
        title = f"{labels.title(several[0])} {several[0].full_number}"
        book = new_workbook(file, title, several[0].issued_on)
        styles = StyleBook(book, language)
        names = sheet_names([paper.full_number for paper in several])
        for paper, name in zip(several, names, strict=True):
            sheet = _PaperSheet(paper, labels, look, paper_size, pictures)
            sheet.write(book.add_worksheet(name), styles)
        book.close()

    write_whole(path, write)
    return summary(path, several, pictures)


def sheet_pictures(
    papers: Sequence[QuotationPaper], look: Look
) -> Mapping[PictureSource, PaperPicture]:
    """All pictures of ``papers``, each fitted once."""
    lines = [line.picture for paper in papers for line in paper.lines]
    found = dict(paper_pictures(lines, look.photo))
    for paper in papers:
        for source, box in ((paper.seller.logo, LOGO_BOX), (paper.seller.signature, SIGNATURE_BOX)):
            picture = paper_picture(source, box) if source else None
            if source and picture:
                found[source] = picture
    return found


def summary(
    path: Path, papers: Sequence[QuotationPaper], pictures: Mapping[PictureSource, PaperPicture]
) -> WrittenPaper:
    """What was written to ``path``."""
    wanted = [line.picture for paper in papers for line in paper.lines if line.picture]
    there = sum(source in pictures for source in wanted)
    lines = sum(len(paper.lines) for paper in papers)
    return WrittenPaper(path, lines, there, len(wanted) - there)


@dataclass(frozen=True, slots=True)
class _Rows:
    """The rows of the table's heading and last line, the first of the terms, and that after all."""

    heading: int
    last_line: int
    terms: int
    end: int


def _forced_break(pen: SheetPen, rows: _Rows, *, page_px: float) -> int | None:
    """Before which row a page must end, ``None`` where pages end well by themselves.

    Terms and what follows them stay on one page where one holds them; sums go with the last line.
    """
    repeated = pen.height_px(rows.heading, rows.heading)
    begun, used = 0, 0.0
    for row in range(rows.end):
        height = pen.height_px(row, row)
        if used + height > page_px:
            begun, used = row, repeated
        used += height
    first = rows.terms if begun > rows.terms else rows.last_line
    fits = repeated + pen.height_px(first, rows.end - 1) <= page_px
    return first if fits and rows.heading < rows.last_line < begun else None


@dataclass(frozen=True, slots=True)
class _PaperSheet:
    paper: QuotationPaper
    labels: Labels
    look: Look
    paper_size: PaperSize
    pictures: Mapping[PictureSource, PaperPicture]

    def write(self, sheet: Worksheet, styles: StyleBook) -> None:
        geometry = self._geometry()
        pen = SheetPen(sheet, styles, widths_px=geometry.widths_px)
        logo = self.pictures.get(self.paper.seller.logo) if self.paper.seller.logo else None
        heading = write_head(pen, self.paper, labels=self.labels, geometry=geometry, logo=logo)
        foot = Foot(pen, self.paper, self.labels, geometry, totals_of(self.paper), self.pictures)
        if self.look.cards:
            cards = CardWriter(pen, self.paper, self.labels, self.look, self.pictures)
            last, blocks = cards.write(heading)
            below, end = foot.write_below_cards(last)
            page_px = PAGE_ROOM[self.paper_size].portrait_height_px * 100 / _FIXED_SCALE_PERCENT
            sheet.set_h_pagebreaks(page_breaks(pen, [*blocks, below], end, page_px=page_px))
        else:
            table = TableWriter(
                pen,
                self.paper,
                columns=geometry.columns,
                labels=self.labels,
                look=self.look,
                pictures=self.pictures,
            )
            written = table.write(heading)
            last = written.last_row
            below, end = foot.write(table, written)
        pen.finish()
        self._page(sheet, geometry, pen, rows=_Rows(heading, last, below, end))

    def _geometry(self) -> TableGeometry:
        if self.look.cards:
            return cards_geometry(self.paper_size)
        return legible_table(
            self.paper,
            labels=self.labels,
            look=self.look,
            paper_size=self.paper_size,
            pictures=self.pictures,
        )

    def _fit(self, sheet: Worksheet, geometry: TableGeometry, pen: SheetPen, rows: _Rows) -> None:
        """Fits the sheet to the width of a page, and to one page where it is little more.

        One page is not filled with letters too small to read. Where terms would be parted, or sums
        stand alone, a page ends before them; a fixed scale then keeps that break, which fitting would
        ignore.
        """
        room = PAGE_ROOM[self.paper_size]
        page_px = room.landscape_height_px if geometry.landscape else room.portrait_height_px
        scale = geometry.scale(self.paper_size)
        least = min(scale, LEAST_PRINT_PT / self.look.body_pt)
        one_page = page_px / pen.height_px(0, rows.end - 1)
        is_one = one_page >= max(scale / _MOST_OF_ONE_PAGE, least)
        sheet.fit_to_pages(1, int(is_one))
        percent = int(scale * _FIXED_SCALE_PERCENT)
        forced = _forced_break(pen, rows, page_px=page_px * 100 / percent)
        if not is_one and forced is not None:
            sheet.set_print_scale(percent)
            sheet.set_h_pagebreaks([forced])

    def _page(
        self,
        sheet: Worksheet,
        geometry: TableGeometry,
        pen: SheetPen,
        *,
        rows: _Rows,
    ) -> None:
        """Print settings."""
        sheet.hide_gridlines(2)
        if self.look.cards:
            sheet.set_print_scale(_FIXED_SCALE_PERCENT)
        else:
            sheet.freeze_panes(rows.heading + 1, 0)
            sheet.repeat_rows(rows.heading)
            self._fit(sheet, geometry, pen, rows)
        sheet.print_area(0, 0, rows.end - 1, len(geometry.columns) - 1)
        sheet.set_paper(9 if self.paper_size is PaperSize.A4 else 1)
        if geometry.landscape:
            sheet.set_landscape()
        sheet.center_horizontally()
        margin = MARGIN_INCHES
        sheet.set_margins(margin, margin, margin * 1.25, margin * 1.75)
        page = self.labels.say("papers.page", " / ", page="&P", pages="&N")
        number = clean(self.paper.full_number).replace("&", "&&")[:80]
        sheet.set_footer(f"&L&8{number}&R&8{page}", {"scale_with_doc": False})
        cells = xl_range(0, 0, rows.end, len(geometry.columns) - 1)
        sheet.ignore_errors({"number_stored_as_text": cells})
