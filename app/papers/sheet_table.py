"""Owns the table of goods in a sheet: heading, lines, and the live formulas over them.

Must not put anything from outside into a formula but numbers; texts never enter one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from xlsxwriter.utility import xl_rowcol_to_cell

from app.kernel.decimals import decimal_text
from app.papers.amounts import (
    break_points,
    counts,
    price_for,
    tiers_of,
    volume_per_carton,
)
from app.papers.columns import LEFT_ALIGNED, CellValue, Column, ColumnKind, cell_value, price_in
from app.papers.content import LineKind, PaperLine, PictureSource, QuotationPaper
from app.papers.figures import currency_decimals, decimals_shown, sheet_format
from app.papers.labels import Labels
from app.papers.look import ACCENT, HAIRLINE, MUTED, TINT, Look
from app.papers.pictures import PaperPicture
from app.papers.sheet_pen import Placed, SheetPen, Style

_HEADING = Style(bold=True, colour="#FFFFFF", fill=ACCENT, align="center")
_LEAST_LINE_PT = 20.0


@dataclass(frozen=True, slots=True)
class WrittenTable:
    """Where the table stands: its last line's row, the row after it, and the counted rows."""

    last_row: int
    next_row: int
    counted_rows: tuple[int, ...]


class TableWriter:
    """Writes the table of one paper."""

    def __init__(
        self,
        pen: SheetPen,
        paper: QuotationPaper,
        *,
        columns: Sequence[Column],
        labels: Labels,
        look: Look,
        pictures: Mapping[PictureSource, PaperPicture],
    ) -> None:
        self._pen = pen
        self._paper = paper
        self._columns = columns
        self._labels = labels
        self._pictures = pictures
        self._body = Style(size_pt=look.body_pt, bottom=HAIRLINE)
        self._breaks = break_points(paper.lines)
        self._number = 0

    def write(self, row: int) -> WrittenTable:
        """Writes heading and lines from ``row`` on."""
        heading = replace(_HEADING, size_pt=self._body.size_pt)
        for index, column in enumerate(self._columns):
            self._pen.text(row, (index, index), column.heading, heading)
        self._pen.at_least(row, 24)
        last, row = row, row + 1
        counted: list[int] = []
        for line in self._paper.lines:
            following = self._pen.deepen(row, self._texts(line))
            self._write_line(row, line)
            if counts(line):
                counted.append(row)
            last, row = row, following
        return WrittenTable(last, row, tuple(counted))

    def _texts(self, line: PaperLine) -> Iterator[Placed]:
        if line.kind is LineKind.HEADING:
            return
        for index, column in enumerate(self._columns):
            if isinstance(value := self._plain_value(line, column), str):
                yield (index, index), value, self._style(column, line)

    def column(self, kind: ColumnKind) -> int | None:
        """Where the column of ``kind`` stands; ``None`` when the table has none."""
        places = (index for index, column in enumerate(self._columns) if column.kind is kind)
        return next(places, None)

    def _write_line(self, row: int, line: PaperLine) -> None:
        if line.kind is LineKind.HEADING:
            style = replace(self._body, bold=True, colour=ACCENT, fill=TINT)
            text = self._labels.text(line.name or line.description, " ")
            self._pen.text(row, (0, len(self._columns) - 1), text, style)
            return
        self._pen.at_least(row, _LEAST_LINE_PT)
        for index, column in enumerate(self._columns):
            self._write_cell(row, index, line=line, column=column)

    def _write_cell(self, row: int, index: int, *, line: PaperLine, column: Column) -> None:
        style = self._style(column, line)
        if column.kind is ColumnKind.PHOTO:
            self._photo(row, index, line, style)
        elif column.kind is ColumnKind.LINE_NUMBER:
            self._line_number(row, index, line, style)
        elif formula := self._formula(row, line, column.kind):
            value = cell_value(column.kind, line, self._paper, self._labels.language)
            style = self._numbered(style, column.kind, Decimal(value or 0))
            self._pen.formula(row, (index, index), formula, value=Decimal(value or 0), style=style)
        else:
            self._value(row, index, self._plain_value(line, column), (column.kind, style))

    def _plain_value(self, line: PaperLine, column: Column) -> CellValue:
        if column.tier_minimum is not None:
            return price_in(column, line, self._breaks)
        return cell_value(column.kind, line, self._paper, self._labels.language)

    def _value(
        self, row: int, index: int, value: CellValue, look: tuple[ColumnKind, Style]
    ) -> None:
        kind, style = look
        if isinstance(value, Decimal):
            style = self._numbered(style, kind, value)
            self._pen.number(row, (index, index), value, style)
        else:
            self._pen.text(row, (index, index), value or "", style)

    def _numbered(self, style: Style, kind: ColumnKind, value: Decimal) -> Style:
        decimals = decimals_shown(kind, value, self._paper)
        return replace(style, align="right", indent=1, number_format=sheet_format(decimals))

    def _style(self, column: Column, line: PaperLine) -> Style:
        align = "left" if column.kind in LEFT_ALIGNED else "center"
        option = line.kind is LineKind.OPTION
        style = replace(self._body, align=align, indent=1 if align == "left" else 0)
        if option:
            style = replace(style, italic=True, colour=MUTED)
        bold = column.kind in (ColumnKind.AMOUNT, ColumnKind.ITEM_NUMBER) and not option
        return replace(style, bold=bold)

    def _photo(self, row: int, index: int, line: PaperLine, style: Style) -> None:
        self._pen.blank(row, (index, index), style)
        picture = self._pictures.get(line.picture) if line.picture else None
        if picture is not None:
            description = line.item_number or self._labels.text(line.name, " ")
            self._pen.picture(row, (index, index), picture, description=description)

    def _line_number(self, row: int, index: int, line: PaperLine, style: Style) -> None:
        if line.kind is LineKind.OPTION:
            text = self._labels.say("papers.option", "\n")
            self._pen.text(row, (index, index), text, replace(style, size_pt=7))
            return
        self._number += 1
        number = replace(style, number_format="0", colour=MUTED)
        self._pen.number(row, (index, index), Decimal(self._number), number)

    def _formula(self, row: int, line: PaperLine, kind: ColumnKind) -> str:
        """The live formula of a cell, empty where it holds a plain value."""
        quantity = self._cell(row, ColumnKind.QUANTITY)
        if line.quantity is None or not quantity:
            return ""
        if kind is ColumnKind.AMOUNT and price_for(line) is not None:
            places = currency_decimals(self._paper.currency)
            return f"=ROUND({quantity}*{self._price_term(row, line, quantity)},{places})"
        return self._carton_formula(row, line, kind)

    def _carton_formula(self, row: int, line: PaperLine, kind: ColumnKind) -> str:
        packing = line.packing
        cartons = self._cell(row, ColumnKind.CARTONS)
        volume = volume_per_carton(packing)
        each = self._cell(row, ColumnKind.VOLUME_PER_CARTON)
        if kind is ColumnKind.CARTONS and packing.pieces_per_carton:
            quantity = self._cell(row, ColumnKind.QUANTITY)
            return f"=ROUNDUP({quantity}/{self._cell(row, ColumnKind.PIECES_PER_CARTON)},0)"
        is_counted = cartons and packing.pieces_per_carton
        if kind is ColumnKind.LINE_VOLUME and is_counted and volume is not None:
            return f"=ROUND({cartons}*{each or decimal_text(volume)},3)"
        return ""

    def _price_term(self, row: int, line: PaperLine, quantity: str) -> str:
        """The price in a formula: its cell, or the tier the quantity reaches."""
        tiers = tiers_of(line)
        cells = [self._tier_cell(row, tier.minimum, tier.unit_price) for tier in tiers]
        if not line.tiers:
            return self._cell(row, ColumnKind.PRICE)
        term = cells[0]
        for tier, cell in list(zip(tiers, cells, strict=True))[1:]:
            term = f"IF({quantity}>={decimal_text(tier.minimum)},{cell},{term})"
        return term

    def _tier_cell(self, row: int, minimum: Decimal, price: Decimal) -> str:
        for index, column in enumerate(self._columns):
            if column.tier_minimum is not None and column.tier_minimum == minimum:
                return str(xl_rowcol_to_cell(row, index))
        return decimal_text(price)

    def _cell(self, row: int, kind: ColumnKind) -> str:
        index = self.column(kind)
        return "" if index is None else str(xl_rowcol_to_cell(row, index))


def runs(rows: Sequence[int]) -> list[tuple[int, int]]:
    """``rows`` as first and last of each unbroken run."""
    found: list[tuple[int, int]] = []
    for row in rows:
        if found and found[-1][1] == row - 1:
            found[-1] = (found[-1][0], row)
        else:
            found.append((row, row))
    return found


def sum_formula(rows: Sequence[int], column: int) -> str:
    """``SUM`` over the cells of ``column`` in ``rows``; options between them are left out."""
    parts = [
        f"{xl_rowcol_to_cell(first, column)}:{xl_rowcol_to_cell(last, column)}"
        for first, last in runs(rows)
    ]
    groups = [parts[start : start + 200] for start in range(0, len(parts), 200)]
    return "+".join(f"SUM({','.join(group)})" for group in groups)
