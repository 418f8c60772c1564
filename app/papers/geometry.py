"""Owns how wide columns are and how a page's width is shared between blocks.

Must not write anything; all widths are pixels at 96 to the inch.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from app.papers.amounts import break_points, totals_of
from app.papers.columns import NUMBERS, SUMMED, CellValue, Column, ColumnKind, cell_value, price_in
from app.papers.content import LineKind, PaperLine, QuotationPaper
from app.papers.figures import decimals_shown, number_text
from app.papers.labels import Labels
from app.papers.look import PAGE_ROOM, Look, PaperSize
from app.papers.measure import text_width_px, widest_px

_PADDING_PX = 15
_INDENT_PX = 10
_MOST_LINES = 6
_MOST_LINES_OF_A_ROW = 12
_STRETCH_OF_LONG_TEXTS = 4
#: The text size of the sums below the table.
SUM_PT = 10


@dataclass(frozen=True, slots=True)
class TableGeometry:
    """The columns with their widths, and how the page lies."""

    columns: tuple[Column, ...]
    widths_px: tuple[int, ...]
    landscape: bool

    def scale(self, paper_size: PaperSize) -> float:
        """How small the table is drawn so that a page is as wide as it; 1 where it has room."""
        room = PAGE_ROOM[paper_size]
        page_px = room.landscape_px if self.landscape else room.portrait_px
        return min(1.0, page_px / self.edge(len(self.columns)))

    def edge(self, column: int) -> int:
        """Where column ``column`` begins, from the left."""
        return sum(self.widths_px[:column])

    def column_at(self, offset_px: float) -> int:
        """The column whose left edge is nearest to ``offset_px``, never the first or past the last."""
        inner = range(1, len(self.widths_px))
        return min(inner, key=lambda column: abs(self.edge(column) - offset_px))

    def split(self, share: float) -> int | None:
        """The column that begins nearest to ``share`` of the width.

        ``None`` when none begins near it: a table of few columns can't carry two blocks side by side.
        """
        whole = self.edge(len(self.widths_px))
        column = self.column_at(whole * share) if len(self.widths_px) > 1 else 0
        return column if abs(self.edge(column) - whole * share) <= whole * 0.14 else None


def shown_text(column: Column, line: PaperLine, paper: QuotationPaper, language: str) -> str:
    """What stands in a cell of the table, numbers in their printed form."""
    if column.tier_minimum is not None:
        value: CellValue = price_in(column, line, break_points(paper.lines))
    else:
        value = cell_value(column.kind, line, paper, language)
    if isinstance(value, Decimal):
        return number_text(value, decimals_shown(column.kind, value, paper))
    return value or ""


@dataclass(frozen=True, slots=True)
class ColumnWidths:
    """How wide the columns of one paper want to be, each measured once."""

    paper: QuotationPaper
    labels: Labels
    look: Look
    _known: dict[Column, tuple[int, int]] = field(default_factory=dict)

    def of(self, column: Column) -> tuple[int, int]:
        """The width that suits what ``column`` holds, and the least it still reads well with."""
        if column not in self._known:
            told = (column, self.paper, self.labels, self.look)
            self._known[column] = (_natural_px(*told), _least_px(*told))
        return self._known[column]


def table_geometry(
    columns: Sequence[Column], widths: ColumnWidths, *, paper_size: PaperSize
) -> TableGeometry:
    """Widths that suit what the columns hold and fill the page; the page lies when they need it."""
    natural = [widths.of(column)[0] for column in columns]
    least = [widths.of(column)[1] for column in columns]
    room = PAGE_ROOM[paper_size]
    landscape = sum(natural) > room.portrait_px * 1.04
    page = room.landscape_px if landscape else room.portrait_px
    return TableGeometry(tuple(columns), _fitted(columns, (natural, least), page), landscape)


def _natural_px(column: Column, paper: QuotationPaper, labels: Labels, look: Look) -> int:
    size = look.body_pt
    words = max(text_width_px(w, size_pt=size, bold=True) for w in column.heading.split())
    texts = (
        shown_text(column, line, paper, labels.language)
        for line in paper.lines
        if line.kind is not LineKind.HEADING
    )
    if column.kind in NUMBERS:
        figures = [widest_px(text, size_pt=size, bold=True) for text in texts]
        if column.kind in SUMMED:
            figures.append(_sum_px(column.kind, paper))
        wanted = max(figures, default=0.0) + _INDENT_PX
        return round(max(column.room.least_px, words + _PADDING_PX, wanted))
    bold = column.kind is ColumnKind.ITEM_NUMBER
    needed = max((widest_px(text, size_pt=size, bold=bold) for text in texts), default=0.0)
    wanted = max(words, needed) + _PADDING_PX
    most = max(column.room.most_px, words + _PADDING_PX, _for_long_texts(column, needed))
    return round(min(max(wanted, column.room.least_px), most))


def _for_long_texts(column: Column, longest_px: float) -> float:
    """More room than usual for a text that would make a row of very many lines."""
    if column.room.stretch < _STRETCH_OF_LONG_TEXTS:
        return 0.0
    return min(longest_px / _MOST_LINES_OF_A_ROW, column.room.most_px * 1.8)


def _sum_px(kind: ColumnKind, paper: QuotationPaper) -> float:
    """The width of the column's sum, which is set larger than its lines."""
    totals = totals_of(paper)
    sums = {
        ColumnKind.AMOUNT: totals.total,
        ColumnKind.CARTONS: totals.cartons,
        ColumnKind.LINE_VOLUME: totals.volume_cbm,
    }
    value = sums[kind]
    if value is None:
        return 0.0
    text = number_text(value, decimals_shown(kind, value, paper))
    return text_width_px(text, size_pt=SUM_PT, bold=True)


def _least_px(column: Column, paper: QuotationPaper, labels: Labels, look: Look) -> int:
    """How far a text may be drawn in: not to more lines than still read well."""
    if not column.room.stretch:
        return column.room.most_px
    texts = (shown_text(column, line, paper, labels.language) for line in paper.lines)
    longest = max((text_width_px(text, size_pt=look.body_pt) for text in texts), default=0.0)
    return round(min(max(column.room.least_px, longest / _MOST_LINES), column.room.most_px))


def _fitted(
    columns: Sequence[Column], widths: tuple[list[int], list[int]], page_px: int
) -> tuple[int, ...]:
    """The natural widths stretched to the page, or drawn in towards the least ones."""
    natural = widths[0]
    spare = page_px - sum(natural)
    if spare < 0:
        return _drawn_in(columns, widths, -spare)
    shares = [column.room.stretch for column in columns]
    if not any(shares):
        shares = [0 if column.kind is ColumnKind.LINE_NUMBER else 1 for column in columns]
    whole = sum(shares) or 1
    return tuple(
        width + spare * share // whole for width, share in zip(natural, shares, strict=True)
    )


def _drawn_in(
    columns: Sequence[Column], widths: tuple[list[int], list[int]], excess_px: int
) -> tuple[int, ...]:
    """Takes the excess from the texts that are wider than they must be."""
    slack = [
        max(width - floor, 0) if column.room.stretch else 0
        for column, width, floor in zip(columns, *widths, strict=True)
    ]
    share = min(1.0, excess_px / (sum(slack) or 1))
    return tuple(width - round(part * share) for width, part in zip(widths[0], slack, strict=True))
