"""Owns the ladder of a bargaining: the chart, and every round with what moved, the gap and the margin.

Must not compute; the ladder comes computed.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal, InvalidOperation

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.negotiation.ladder import Step
from app.negotiation.views import RoundView, ThreadDetail
from ui import formats, theme
from ui.forms.sections import plain_label
from ui.icons import icon
from ui.keys import OwnKeys
from ui.negotiation.chart import PriceChart
from ui.negotiation.offered_words import move_words, offered_words, side_words
from ui.tables import dress, fit_rows
from ui.words import say

_HEADINGS = (
    "deals.column.when",
    "deals.column.side",
    "deals.column.price",
    "deals.column.moved",
    "deals.column.gap",
    "deals.column.margin",
)
_NUMBERS = (2, 4, 5)
_MOVED = 3
#: What moved keeps room for its words; a narrow table is scrolled.
_MOVED_PX = 190


class LadderPanel(QWidget):
    """The rounds of a thread, newest first."""

    asked = Signal()

    def __init__(
        self,
        confirm: Callable[[RoundView], None],
        add: Callable[[], None],
        delete: Callable[[int], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._confirm, self._delete = confirm, delete
        self._rounds: list[RoundView] = []
        self.chart = PriceChart()
        self.empty = plain_label(say("deals.no_rounds"), role="faint")
        self.gap = QLabel()
        self.gap.setProperty("role", "heading")
        self.quantity, self.cost, self.currency = QLineEdit(), QLineEdit(), QLineEdit()
        for editor, key, width in (
            (self.quantity, "deals.at_quantity", 110),
            (self.cost, "deals.unit_cost", 110),
            (self.currency, "deals.cost_currency", 70),
        ):
            editor.setPlaceholderText(say(key))
            editor.setAccessibleName(say(key))
            editor.setToolTip(say(key))
            editor.setMaximumWidth(width)
            editor.editingFinished.connect(self._on_asked)
        self.table = QTableWidget(0, len(_HEADINGS))
        self._prepare_table()
        row = QHBoxLayout()
        row.addWidget(self.gap, 1)
        for editor in (self.quantity, self.cost, self.currency):
            row.addWidget(editor)
        self.add = QPushButton(icon("add"), say("deals.add_round"))
        self.add.clicked.connect(lambda: add())
        self.delete = QToolButton()
        self.delete.setIcon(icon("delete"))
        self.delete.setToolTip(f"{say('deals.delete_round')} (Del)")
        self.delete.setAccessibleName(say("deals.delete_round"))
        self.delete.clicked.connect(self._delete_current)
        row.addWidget(self.delete)
        row.addWidget(self.add)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.MEDIUM, theme.MEDIUM, theme.MEDIUM, theme.MEDIUM)
        layout.addLayout(row)
        layout.addWidget(self.empty, 1, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self.chart)
        layout.addWidget(self.table, 1)
        self._told = self.asked_for()

    def _prepare_table(self) -> None:
        table = self.table
        table.setHorizontalHeaderLabels([say(key) for key in _HEADINGS])
        table.setAccessibleName(say("deals.ladder"))
        dress(table)
        table.setWordWrap(True)
        header = table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(_MOVED, QHeaderView.ResizeMode.Fixed)
        table.activated.connect(lambda index: self._confirm(self._rounds[index.row()]))
        table.itemSelectionChanged.connect(self._show_what_can_go)
        OwnKeys(table, {"Del": self._delete_current})

    def _current(self) -> int | None:
        """The id of the selected round, None where it is only suggested."""
        rows = self.table.selectionModel().selectedRows()
        return self._rounds[rows[0].row()].id if rows else None

    def _show_what_can_go(self) -> None:
        self.delete.setEnabled(self._current() is not None)

    def _delete_current(self) -> None:
        current = self._current()
        if current is not None:
            self._delete(current)

    def asked_for(self) -> tuple[Decimal | None, Decimal | None, str | None]:
        """Quantity and unit cost prices are held against, as typed; None where nothing or nonsense."""
        currency = self.currency.text().strip().upper() or None
        return _number(self.quantity), _number(self.cost), currency

    def forget(self) -> None:
        """Empties what was typed for another thread: its cost says nothing about the next one."""
        for editor in (self.quantity, self.cost, self.currency):
            editor.clear()
        self._told = self.asked_for()

    def _on_asked(self) -> None:
        asked = self.asked_for()
        if asked != self._told:
            self._told = asked
            self.asked.emit()

    def show_thread(self, thread: ThreadDetail) -> None:
        """Shows the ladder of ``thread``."""
        steps = thread.ladder.steps
        self.empty.setVisible(not steps)
        self.table.setVisible(bool(steps))
        self.chart.show_steps(steps)
        self._rounds = list(reversed(thread.rounds))
        currency = next((s.offered.currency for s in reversed(steps) if s.offered.currency), None)
        self.gap.setText(
            say("negotiation.gap_left", gap=formats.money(thread.ladder.gap, currency))
            if thread.ladder.gap is not None
            else ""
        )
        if self.currency.text() == "" and currency:
            self.currency.setText(currency)
            self._told = self.asked_for()
        self.table.setRowCount(len(steps))
        for row, (view, step) in enumerate(zip(self._rounds, reversed(steps), strict=True)):
            self._fill(row, view, step)
        self._fit()
        self._show_what_can_go()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What moved takes the room the other columns leave."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        header = self.table.horizontalHeader()
        others = header.length() - header.sectionSize(_MOVED)
        room = self.table.viewport().width() - others
        self.table.setColumnWidth(_MOVED, max(_MOVED_PX, room))
        fit_rows(self.table)

    def _fill(self, row: int, view: RoundView, step: Step) -> None:
        offered = step.offered
        when = formats.day(offered.made_at.astimezone().date()) if offered.made_at else ""
        mark = "" if view.is_confirmed else f"\n{say('negotiation.suggested')}"
        margin = "" if step.margin_on_price is None else f"{step.margin_on_price * 100:.1f}%"
        gap = "" if step.gap is None else formats.number(step.gap)
        if step.gap_percent is not None:
            gap += f"\n{step.gap_percent:.1f}%"
        moves = "\n".join(move_words(move) for move in step.moves) or offered_words(offered)
        price = formats.money(step.price, offered.currency)
        texts = (when, side_words(offered.side) + mark, price, moves, gap, margin)
        for column, text in enumerate(texts):
            item = QTableWidgetItem(text)
            if column in _NUMBERS:
                item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            self.table.setItem(row, column, item)


def _number(editor: QLineEdit) -> Decimal | None:
    try:
        number = Decimal(editor.text().strip())
    except InvalidOperation:
        return None
    return number if number.is_finite() and number > 0 else None
