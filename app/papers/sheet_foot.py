"""Owns what stands below the table of goods in a sheet: totals, terms, bank, signature.

Must not write the lines.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from xlsxwriter.utility import xl_rowcol_to_cell

from app.kernel.decimals import decimal_text
from app.papers.amounts import PaperTotals
from app.papers.blocks import (
    adjustment_label,
    bank_facts,
    dues,
    seller_name,
    sum_texts,
    term_facts,
    words_of_total,
)
from app.papers.columns import ColumnKind
from app.papers.content import Adjustment, PictureSource, QuotationPaper
from app.papers.figures import currency_decimals, money_text, sheet_format
from app.papers.geometry import TableGeometry
from app.papers.labels import Labels
from app.papers.look import ACCENT, HAIRLINE, INK, MUTED, TINT
from app.papers.pictures import PaperPicture
from app.papers.sheet_head import write_fact
from app.papers.sheet_pen import SheetPen, Style
from app.papers.sheet_table import TableWriter, WrittenTable, sum_formula

_LABEL = Style(colour=MUTED, align="right", indent=1, bottom=HAIRLINE)
_SUM = Style(align="right", indent=1, bottom=HAIRLINE)
_TOTAL = Style(size_pt=10, bold=True, colour=ACCENT, fill=TINT, align="right", indent=1)
_SECTION = Style(size_pt=9, bold=True, colour=ACCENT, bottom=HAIRLINE)
_WORDS = Style(size_pt=9, italic=True, colour=INK, align="right")


@dataclass(frozen=True, slots=True)
class Foot:
    """Writes the foot of one paper."""

    pen: SheetPen
    paper: QuotationPaper
    labels: Labels
    geometry: TableGeometry
    totals: PaperTotals
    pictures: Mapping[PictureSource, PaperPicture]

    def write(self, table: TableWriter, written: WrittenTable) -> tuple[int, int]:
        """Writes everything below the table; returns the first row of the terms, that after all."""
        terms = self._sums(table, written)
        return terms, self._texts(terms)

    def write_below_cards(self, row: int) -> tuple[int, int]:
        """Writes everything below the cards of a catalogue, whose sums are plain texts; returns the
        first row of the terms and that after all.
        """
        *before, total = sum_texts(self.paper, self.totals, self.labels) or ("",)
        for text in before:
            self.pen.text(row, (0, self.pen.columns - 1), text, _SUM)
            row += 1
        if total:
            self.pen.text(row, (0, self.pen.columns - 1), total, _TOTAL)
            row = self._words(row + 1)
        for label, value in dues(self.paper, self.totals, self.labels):
            text = f"{label}: {money_text(value, self.paper.currency)}"
            self.pen.text(row, (0, self.pen.columns - 1), text, _SUM)
            row += 1
        return row, self._texts(row)

    def _texts(self, row: int) -> int:
        row = self._section(row, "", term_facts(self.paper, self.labels))
        bank = self.labels.say("papers.bank")
        row = self._section(row, bank, bank_facts(self.paper, self.labels))
        return self._signature(row)

    def _sums(self, table: TableWriter, written: WrittenTable) -> int:
        amount = table.column(ColumnKind.AMOUNT)
        row = written.next_row
        if amount is None or self.totals.total is None or self.totals.goods is None:
            return row
        goods_formula = sum_formula(written.counted_rows, amount)
        goods = str(xl_rowcol_to_cell(row, amount))
        if self.paper.adjustments:
            label = self.labels.say("papers.subtotal")
            self._sum_row(row, amount, label, (goods_formula, self.totals.goods))
            row = self._adjustments(row + 1, amount, goods)
            goods_formula = f"SUM({goods}:{xl_rowcol_to_cell(row - 1, amount)})"
        self._total_row(row, amount, (goods_formula, self.totals.total))
        self._cargo(row, table, written)
        total = str(xl_rowcol_to_cell(row, amount))
        return self._dues(self._words(row + 1), amount, total)

    def _dues(self, row: int, amount: int, total: str) -> int:
        """What is paid when; the last is what the others leave of the total."""
        parts, first = dues(self.paper, self.totals, self.labels), row
        places = currency_decimals(self.paper.currency)
        for part, figure in zip(self.paper.instalments, parts, strict=False):
            formula = f"ROUND({total}*{decimal_text(part.percent)}%,{places})"
            if figure is parts[-1]:
                formula = f"{total}-SUM({xl_rowcol_to_cell(first, amount)}:{xl_rowcol_to_cell(row - 1, amount)})"
            self._sum_row(row, amount, figure[0], (formula, figure[1]))
            row += 1
        return row

    def _adjustments(self, row: int, amount: int, goods: str) -> int:
        for adjustment, value in zip(self.paper.adjustments, self.totals.adjustments, strict=True):
            formula = self._adjustment_formula(adjustment, goods)
            self._sum_row(row, amount, adjustment_label(adjustment, self.labels), (formula, value))
            row += 1
        return row

    def _adjustment_formula(self, adjustment: Adjustment, goods: str) -> str:
        if adjustment.percent is None:
            return ""
        places = currency_decimals(self.paper.currency)
        return f"ROUND({goods}*{decimal_text(adjustment.percent)}%,{places})"

    def _sum_row(self, row: int, amount: int, label: str, figure: tuple[str, Decimal]) -> None:
        """A label up to the amount column and the figure in it; an empty formula is a plain number."""
        formula, value = figure
        style = replace(_SUM, number_format=self._money_format())
        self.pen.text(row, (0, amount - 1), label, _LABEL)
        if formula:
            self.pen.formula(row, (amount, amount), f"={formula}", value=value, style=style)
        else:
            self.pen.number(row, (amount, amount), value, style)

    def _total_row(self, row: int, amount: int, figure: tuple[str, Decimal]) -> None:
        self.pen.blank(row, (0, self.pen.columns - 1), _TOTAL)
        label = f"{self.labels.say('papers.total')} ({self.paper.currency})"
        self.pen.text(row, (max(amount - 4, 0), amount - 1), label, _TOTAL)
        style = replace(_TOTAL, number_format=self._money_format())
        self.pen.formula(row, (amount, amount), f"={figure[0]}", value=figure[1], style=style)
        self.pen.at_least(row, 20)

    def _cargo(self, row: int, table: TableWriter, written: WrittenTable) -> None:
        """Cartons and volume below their own columns, in the total's row."""
        for kind, value, decimals in (
            (ColumnKind.CARTONS, self.totals.cartons, 0),
            (ColumnKind.LINE_VOLUME, self.totals.volume_cbm, 3),
        ):
            column = table.column(kind)
            if column is not None and value is not None:
                style = replace(_TOTAL, size_pt=9, number_format=sheet_format(decimals))
                formula = f"={sum_formula(written.counted_rows, column)}"
                self.pen.formula(row, (column, column), formula, value=value, style=style)

    def _money_format(self) -> str:
        return sheet_format(currency_decimals(self.paper.currency))

    def _words(self, row: int) -> int:
        words = words_of_total(self.paper, self.totals, self.labels)
        if words:
            text = f"{self.labels.say('papers.in_words')}: {words}"
            self.pen.text(row, (0, self.pen.columns - 1), text, _WORDS)
            row += 1
        return row

    def _section(self, row: int, title: str, facts: tuple[tuple[str, str], ...]) -> int:
        if not facts:
            return row
        self.pen.at_least(row, 8)
        row += 1
        last = self.pen.columns - 1
        if title:
            self.pen.text(row, (0, last), title, _SECTION)
            row += 1
        for fact in facts:
            row = write_fact(
                self.pen, row, (0, last), fact, labels=self.labels, geometry=self.geometry
            )
        return row

    def _signature(self, row: int) -> int:
        seller = self.paper.seller
        picture = self.pictures.get(seller.signature) if seller.signature else None
        if picture is None and not seller.signatory:
            return row
        first = self.geometry.split(0.66) or 0
        span = (first, self.pen.columns - 1)
        self.pen.at_least(row, 10)
        right = Style(size_pt=9, bold=True, align="center")
        self.pen.text(row + 1, span, seller_name(self.paper, self.labels), right)
        self.pen.blank(row + 2, span, Style(bottom=HAIRLINE))
        self.pen.at_least(row + 2, 40)
        if picture is not None:
            self.pen.picture(row + 2, span, picture)
        text = "\n".join(filter(None, (seller.signatory, self.labels.say("papers.signature"))))
        self.pen.text(row + 3, span, text, Style(size_pt=8, colour=MUTED, align="center"))
        return row + 4
