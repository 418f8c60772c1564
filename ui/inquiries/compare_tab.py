"""Owns the tab in which suppliers' offers stand side by side, line by line, and one is chosen.

Must not compare; the rule of comparison does.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.inquiries.comparison import Cell, Comparison, LineComparison
from app.kernel.messages import Message
from ui import formats, theme
from ui.context import Context
from ui.forms.sections import Scroll, Section, plain_label
from ui.inquiries.answer_dialog import choose_and_read
from ui.words import say, words

_COLUMNS = (
    "sourcing.column.supplier",
    "sourcing.column.price",
    "sourcing.column.alike",
    "sourcing.column.moq",
    "sourcing.column.lead_time",
    "sourcing.column.valid_until",
    "sourcing.column.notes",
)


class CompareTab(QWidget):
    """All offers for an inquiry."""

    def __init__(
        self, context: Context, record: Callable[[], None], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._inquiry_id = -1
        self.record = QPushButton(say("sourcing.offer"))
        self.record.clicked.connect(lambda: record())
        self.take_in = QPushButton(say("sourcing.take_answer"))
        self.take_in.clicked.connect(lambda: choose_and_read(context, self))
        self.totals = plain_label("", role="faint")
        self._scroll = Scroll()
        row = QHBoxLayout()
        row.setContentsMargins(theme.LARGE, theme.SMALL, theme.LARGE, 0)
        row.addWidget(self.totals, 1)
        row.addWidget(self.take_in)
        row.addWidget(self.record)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(row)
        layout.addWidget(self._scroll, 1)

    def show_inquiry(self, inquiry_id: int) -> None:
        """Reads the comparison off the GUI thread and shows it."""
        self._inquiry_id = inquiry_id
        desk = self._context.desk
        self._context.tasks.read(
            self,
            lambda: (
                desk.sourcing_views.comparison(inquiry_id),
                desk.sourcing_views.awards(inquiry_id),
            ),
            lambda answer: self._show(inquiry_id, *answer),
            failed=lambda _error: None,
        )

    def _show(self, inquiry_id: int, found: Comparison, awards: Mapping[int, int]) -> None:
        if inquiry_id != self._inquiry_id:
            return
        body = self._scroll.body
        while (item := body.takeAt(0)) is not None:
            if item.widget() is not None:
                item.widget().hide()
                item.widget().deleteLater()
        currency = found.basis.currency
        told = [
            say(key, total=formats.money(total, ""), currency=currency)
            for key, total in (
                ("offers.mixed_total", found.mixed_total),
                ("offers.award_total", found.award_total),
            )
            if total is not None
        ]
        self.totals.setText(" · ".join(told))
        if not any(line.cells for line in found.lines):
            body.addWidget(plain_label(say("sourcing.no_offers"), role="faint"))
        for line in found.lines:
            if line.cells or line.missing:
                body.addWidget(self._line(line, currency, awards.get(line.line.line_id)))
        body.addStretch(1)

    def _line(self, line: LineComparison, currency: str, chosen: int | None) -> QWidget:
        section = Section(line.line.wording)
        table = QWidget()
        grid = QGridLayout(table)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.MEDIUM)
        for column, key in enumerate(_COLUMNS):
            grid.addWidget(plain_label(say(key), role="faint", wraps=False), 0, column)
        grid.setColumnStretch(len(_COLUMNS) - 1, 1)
        for row, cell in enumerate(line.cells, 1):
            self._add_cell(grid, row, line, cell, currency=currency, chosen=chosen)
        section.add_row(table)
        if line.missing:
            names = ", ".join(line.missing)
            section.add_row(plain_label(say("offers.no_answer", suppliers=names), role="warning"))
        return section

    def _add_cell(
        self,
        grid: QGridLayout,
        row: int,
        line: LineComparison,
        cell: Cell,
        *,
        currency: str,
        chosen: int | None,
    ) -> None:
        offered = cell.offered
        term = f" {offered.incoterm}" if offered.incoterm else ""
        days = offered.lead_time_days
        texts = (
            offered.supplier,
            formats.money(cell.price, offered.currency) + term,
            formats.money(round(cell.alike, 4), currency) if cell.alike is not None else "–",
            formats.number(offered.moq) if offered.moq is not None else "–",
            say("negotiation.days", days=days) if days is not None else "–",
            formats.day(offered.valid_until) if offered.valid_until else "–",
        )
        for column, text in enumerate(texts):
            grid.addWidget(plain_label(text, wraps=column == 0), row, column)
        is_chosen = offered.offer_line_id == chosen
        role = "warning" if cell.is_expired else "good"
        grid.addWidget(plain_label(_marks(line, cell, is_chosen), role=role), row, len(texts))
        button = QPushButton(say("sourcing.take_back") if is_chosen else say("sourcing.choose"))
        button.setAccessibleName(f"{button.text()} {offered.supplier}")
        button.clicked.connect(partial(self._choose, line.line.line_id, cell, is_chosen))
        grid.addWidget(button, row, len(_COLUMNS))

    def _choose(self, line_id: int, cell: Cell, is_chosen: bool) -> None:
        offers = self._context.desk.offers
        offer_line_id = cell.offered.offer_line_id

        def work() -> None:
            if is_chosen:
                offers.take_back_award(line_id)
            else:
                offers.award(line_id, offer_line_id)

        self._context.tasks.write(self, Message("window.saving"), lambda _task: work())


def _marks(line: LineComparison, cell: Cell, is_chosen: bool) -> str:
    marks = [say("sourcing.chosen")] if is_chosen else []
    marks += [
        say(key)
        for key, one in (
            ("offers.cheapest", line.cheapest),
            ("offers.fastest", line.fastest),
            ("offers.best", line.best),
        )
        if one is cell
    ]
    if cell.is_expired:
        marks.append(say("sourcing.expired"))
    marks += [words.text(note) for note in cell.notes]
    return " · ".join(marks)
