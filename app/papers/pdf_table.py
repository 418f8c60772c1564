"""Owns the table of goods in a PDF, with its totals, and the cards of a catalogue.

Must not calculate anything the sheet doesn't: both take their figures from ``amounts``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from reportlab.platypus import Image, Table

from app.papers.amounts import PaperTotals, totals_of
from app.papers.blocks import dues, sum_texts, sums_before_total, words_of_total
from app.papers.cards import CARDS_A_ROW, Card, card_rows, texts_side_by_side
from app.papers.columns import LEFT_ALIGNED, NUMBERS, Column, ColumnKind
from app.papers.content import LineKind, PaperLine, PictureSource, QuotationPaper
from app.papers.figures import currency_decimals, money_text, number_text
from app.papers.geometry import TableGeometry, shown_text
from app.papers.labels import Labels
from app.papers.look import ACCENT, HAIRLINE, MUTED, TINT, Look
from app.papers.pdf_cells import PT_PER_PX, CellGrid, Ink, pdf_picture
from app.papers.pictures import PaperPicture

_HEADING = Ink(bold=True, colour="#FFFFFF", fill=ACCENT, align="CENTER", pad=4)
_GROUP = Ink(bold=True, colour=ACCENT, fill=TINT, below=HAIRLINE)
_SUM = Ink(align="RIGHT", below=HAIRLINE, wrap=False)
_TOTAL = Ink(size=9.5, bold=True, colour=ACCENT, fill=TINT, align="RIGHT", pad=4, wrap=False)
_WORDS = Ink(size=8.5, align="RIGHT", pad=4)
_CARD_HEADING = Ink(size=12, bold=True, colour=ACCENT, below=HAIRLINE, pad=5)
_CARD_GAP_PT = 12.0


@dataclass(frozen=True, slots=True)
class PdfGoods:
    """The goods of one paper over a page ``width_pt`` wide."""

    paper: QuotationPaper
    labels: Labels
    look: Look
    pictures: Mapping[PictureSource, PaperPicture]
    width_pt: float

    def table(self, geometry: TableGeometry) -> Table:
        """The table of goods; its heading comes again on each page."""
        whole_px = geometry.edge(len(geometry.columns))
        scale = min(1.0, self.width_pt / (whole_px * PT_PER_PX))
        stretch = self.width_pt / whole_px
        grid = CellGrid([width * stretch for width in geometry.widths_px])
        size = self.look.body_pt * scale
        self._heading(grid, geometry, size)
        number = 0
        for line in self.paper.lines:
            if line.kind is LineKind.HEADING:
                self._group(grid, line, size)
                continue
            number += line.kind is not LineKind.OPTION
            self._line(grid, geometry, line, number=number, scale=scale)
        self._sums(grid, geometry, scale)
        return grid.table(heading_rows=1)

    def _heading(self, grid: CellGrid, geometry: TableGeometry, size: float) -> None:
        row = grid.add_row()
        for index, column in enumerate(geometry.columns):
            grid.put(row, (index, index), column.heading, replace(_HEADING, size=size))

    def _group(self, grid: CellGrid, line: PaperLine, size: float) -> None:
        row = grid.add_row()
        text = self.labels.text(line.name or line.description, " ")
        grid.put(row, (0, len(grid.widths) - 1), text, replace(_GROUP, size=size))
        if line is not self.paper.lines[-1]:
            grid.keep_together(row, row + 1)

    def _line(
        self,
        grid: CellGrid,
        geometry: TableGeometry,
        line: PaperLine,
        *,
        number: int,
        scale: float,
    ) -> None:
        cells: list[tuple[tuple[int, int], str | Image, Ink]] = []
        for index, column in enumerate(geometry.columns):
            ink = self._ink(column, line, scale)
            content: str | Image = shown_text(column, line, self.paper, self.labels.language)
            if column.kind is ColumnKind.PHOTO:
                picture = self.pictures.get(line.picture) if line.picture else None
                content = pdf_picture(picture, scale) if picture else ""
            elif column.kind is ColumnKind.LINE_NUMBER:
                option = line.kind is LineKind.OPTION
                content = self.labels.say("papers.option", "\n") if option else str(number)
                ink = replace(ink, colour=MUTED, size=ink.size * (0.8 if option else 1))
            cells.append(((index, index), content, ink))
        grid.put_all(cells)

    def _ink(self, column: Column, line: PaperLine, scale: float) -> Ink:
        align = "LEFT" if column.kind in LEFT_ALIGNED else "CENTER"
        if column.kind in NUMBERS:
            align = "RIGHT"
        option = line.kind is LineKind.OPTION
        strong = column.kind in (ColumnKind.AMOUNT, ColumnKind.ITEM_NUMBER) and not option
        ink = Ink(
            size=self.look.body_pt * scale,
            align=align,
            bold=strong,
            below=HAIRLINE,
            pad=4,
            wrap=column.kind not in NUMBERS,
        )
        return replace(ink, colour=MUTED) if option else ink

    def _sums(self, grid: CellGrid, geometry: TableGeometry, scale: float) -> None:
        kinds = [column.kind for column in geometry.columns]
        totals = totals_of(self.paper)
        if ColumnKind.AMOUNT not in kinds or totals.total is None or totals.goods is None:
            return
        amount = kinds.index(ColumnKind.AMOUNT)
        first = len(grid.rows)
        small = replace(_SUM, size=_SUM.size * scale)
        for label, value in sums_before_total(self.paper, totals, self.labels):
            self._figure(grid, grid.add_row(), amount, label=label, value=value, ink=small)
        row = grid.add_row()
        grid.paint(row, (0, len(grid.widths) - 1), _TOTAL)
        label = f"{self.labels.say('papers.total')} ({self.paper.currency})"
        ink = replace(_TOTAL, size=_TOTAL.size * scale)
        self._figure(grid, row, amount, label=label, value=totals.total, ink=ink)
        self._cargo(grid, row, kinds, totals, ink)
        self._words(grid, totals)
        for label, value in dues(self.paper, totals, self.labels):
            self._figure(grid, grid.add_row(), amount, label=label, value=value, ink=small)
        # The last line with them: sums alone on a page are sums of nothing.
        grid.keep_together(max(first - 1, 1), len(grid.rows) - 1)

    def _words(self, grid: CellGrid, totals: PaperTotals) -> None:
        words = words_of_total(self.paper, totals, self.labels)
        if words:
            text = f"{self.labels.say('papers.in_words')}: {words}"
            grid.put(grid.add_row(), (0, len(grid.widths) - 1), text, _WORDS)

    def _figure(
        self, grid: CellGrid, row: int, amount: int, *, label: str, value: Decimal, ink: Ink
    ) -> None:
        # The cartons and the volume stand in the total's row, farther to the left.
        first = max(amount - 4, 0) if ink.fill else 0
        if amount > 0:
            grid.put(row, (first, amount - 1), label, ink)
        text = number_text(value, currency_decimals(self.paper.currency))
        grid.put(row, (amount, amount), text, ink)

    def _cargo(
        self,
        grid: CellGrid,
        row: int,
        kinds: list[ColumnKind],
        totals: PaperTotals,
        ink: Ink,
    ) -> None:
        for kind, value, decimals in (
            (ColumnKind.CARTONS, totals.cartons, 0),
            (ColumnKind.LINE_VOLUME, totals.volume_cbm, 3),
        ):
            if kind in kinds and value is not None:
                index = kinds.index(kind)
                small = replace(ink, size=ink.size * 0.92)
                grid.put(row, (index, index), number_text(value, decimals), small)

    def cards(self) -> list[Table]:
        """The cards of a catalogue, one table a row of cards, so that no card is cut."""
        tables: list[Table] = []
        for heading, cards in card_rows(self.paper, self.labels):
            grid = self._card_grid()
            if heading:
                grid.put(grid.add_row(), (0, len(grid.widths) - 1), heading, _CARD_HEADING)
            if cards:
                self._card_row(grid, cards)
            grid.keep_together(0, len(grid.rows) - 1)
            tables.append(grid.table())
        totals = totals_of(self.paper)
        *before, total = sum_texts(self.paper, totals, self.labels) or ("",)
        if total:
            grid = CellGrid([self.width_pt])
            for text in before:
                grid.put(grid.add_row(), (0, 0), text, _SUM)
            grid.put(grid.add_row(), (0, 0), total, _TOTAL)
            self._words(grid, totals)
            for label, value in dues(self.paper, totals, self.labels):
                text = f"{label}: {money_text(value, self.paper.currency)}"
                grid.put(grid.add_row(), (0, 0), text, _SUM)
            grid.keep_together(0, len(grid.rows) - 1)
            tables.append(grid.table())
        return tables

    def _card_grid(self) -> CellGrid:
        gaps = _CARD_GAP_PT * (CARDS_A_ROW - 1)
        card = (self.width_pt - gaps) / CARDS_A_ROW
        return CellGrid([card, *([_CARD_GAP_PT, card] * (CARDS_A_ROW - 1))])

    def _card_row(self, grid: CellGrid, cards: tuple[Card, ...]) -> None:
        size = self.look.body_pt
        inks = (
            Ink(size=size - 1.5, colour=MUTED, pad=1, most_lines=2),
            Ink(size=size + 0.5, bold=True, valign="TOP", pad=1, most_lines=4),
            Ink(size=size - 1.5, valign="TOP", pad=2, most_lines=14),
            Ink(size=size + 0.5, bold=True, colour=ACCENT, fill=TINT, pad=4, most_lines=8),
            Ink(size=size - 1.5, colour=MUTED, valign="TOP", pad=4, most_lines=16),
        )
        row, frame = grid.add_row(), Ink(align="CENTER", pad=8)
        for place, card in enumerate(cards):
            picture = self.pictures.get(card.line.picture) if card.line.picture else None
            grid.put(row, (place * 2,) * 2, pdf_picture(picture) if picture else "", frame)
        for ink, texts in zip(inks, texts_side_by_side(cards), strict=True):
            if not any(texts):
                continue
            row = grid.add_row()
            for place, text in enumerate(texts):
                grid.put(row, (place * 2,) * 2, text, ink if text else replace(ink, fill=""))
