"""Owns making one record of two in the window: both side by side, and which value wins in each row.

Must not merge by itself, nor know what is merged; a service does, as one operation that can be
undone, and each kind's own dialog says what it shows.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.fields import Field
from app.history.service import Operation
from app.kernel.errors import Removed
from app.kernel.messages import Message
from app.trouble import trouble_of
from ui import formats, theme
from ui.changing import offer_undo, with_step
from ui.context import Context
from ui.forms.sections import plain_label
from ui.tables import dress
from ui.words import say, words

_SIZE = (860, 560)
_LABEL_PX = 160
_KEPT, _OTHER = 1, 2


@dataclass(frozen=True, slots=True)
class Row:
    """What both records say: one of the two wins where it has a ``key``, else both stay."""

    label: str
    kept: str
    other: str
    key: str = ""


def rows_of(
    fields: Sequence[Field], kept: Mapping[str, object], other: Mapping[str, object]
) -> list[Row]:
    """A row for each field that one of the two has."""
    shown = (
        Row(say(f.label), *(formats.shown(f, each.get(f.key)) for each in (kept, other)), f.key)
        for f in fields
    )
    return [row for row in shown if row.kept or row.other]


class MergeDialog(QDialog):
    """Two records of ``kind``; the first is kept, and takes what wins of the other.

    ``read`` gives a record by its id, ``show`` is handed both and calls :meth:`show_rows`,
    ``work`` makes one of them as chosen.
    """

    #: The two are one now, or were said to be two.
    settled = Signal()

    def __init__(
        self,
        context: Context,
        kind: str,
        ids: Sequence[int],
        *,
        read: Callable[[int], Any],
        show: Callable[[Any, Any], None],
        work: Callable[[], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._context, self._kind = context, kind
        self._show, self._work = show, work
        self.keep, self.other = sorted(ids)
        self._rows: Sequence[Row] = ()
        #: The keys of the rows in which the other record's value wins.
        self.taken: set[str] = set()
        self.setWindowTitle(say("window.merge.title"))
        self.resize(*_SIZE)
        self.table = QTableWidget(0, 3)
        self._problem = plain_label("", role="error", wraps=True)
        self._problem.hide()
        self._build()
        context.tasks.read(
            self,
            lambda: (read(self.keep), read(self.other)),
            lambda both: self._begin(*both),
            failed=self._on_gone,
        )

    # -- building ---------------------------------------------------------------------------

    def _build(self) -> None:
        about = QLabel(say(f"window.merge.about.{self._kind}"))
        about.setWordWrap(True)
        about.setProperty("role", "faint")
        self._prepare_table()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.LARGE, theme.LARGE, theme.LARGE, theme.MEDIUM)
        layout.setSpacing(theme.SMALL)
        layout.addWidget(about)
        layout.addWidget(self.table, 1)
        layout.addLayout(self._side_buttons())
        layout.addWidget(self._problem)
        layout.addWidget(self._make_buttons())
        QShortcut(QKeySequence("Ctrl+Return"), self, self.merge)

    def _prepare_table(self) -> None:
        table = self.table
        table.setAccessibleName(say("window.merge.title"))
        dress(table)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setColumnWidth(0, _LABEL_PX)
        for column in (_KEPT, _OTHER):
            table.horizontalHeader().setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        table.itemClicked.connect(lambda item: self.choose(item.row(), item.column()))
        for key in (Qt.Key.Key_Space, Qt.Key.Key_Return):
            shortcut = QShortcut(QKeySequence(key), table)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(
                lambda: self.choose(table.currentRow(), table.currentColumn())
            )

    def _side_buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        hint = QLabel(say("window.merge.how"))
        hint.setProperty("role", "faint")
        row.addWidget(hint)
        row.addStretch(1)
        for key, column in (("window.merge.all_left", _KEPT), ("window.merge.all_right", _OTHER)):
            button = QPushButton(say(key))
            button.setAutoDefault(False)
            button.clicked.connect(lambda _on=False, column=column: self.choose_all(column))
            row.addWidget(button)
        return row

    def _make_buttons(self) -> QDialogButtonBox:
        buttons = QDialogButtonBox()
        role = QDialogButtonBox.ButtonRole
        self.merge_button = buttons.addButton(say("window.merge.do"), role.AcceptRole)
        self.merge_button.setProperty("role", "primary")
        self.merge_button.setEnabled(False)
        leave = buttons.addButton(say("window.cancel"), role.RejectRole)
        for button in (self.merge_button, leave):
            button.setAutoDefault(False)
        buttons.accepted.connect(self.merge)
        buttons.rejected.connect(self.reject)
        self.buttons = buttons
        return buttons

    # -- showing ----------------------------------------------------------------------------

    def _on_gone(self, error: BaseException) -> None:
        self._context.tasks.failed.emit(self, error)
        self.reject()

    def _begin(self, kept: Any, other: Any) -> None:
        self._show(kept, other)
        self.table.setCurrentCell(0, _KEPT)
        self.table.setFocus()
        self.merge_button.setEnabled(not self._context.desk.is_read_only)

    def show_rows(self, rows: Sequence[Row], taken: Collection[str], names: Sequence[str]) -> None:
        """Shows ``rows``, of which the other's wins in ``taken``, below the ``names`` of the two."""
        self._rows, self.taken = rows, set(taken)
        self.table.setHorizontalHeaderLabels([say("window.merge.field"), *names])
        self.table.setRowCount(len(rows))
        for number, row in enumerate(rows):
            for column, text in enumerate((row.label, row.kept, row.other)):
                item = QTableWidgetItem(text)
                tokens = theme.colours()
                item.setForeground(QColor(tokens.text if column else tokens.faint))
                if not row.key:
                    item.setFlags(Qt.ItemFlag.ItemIsEnabled)
                    item.setToolTip(text.replace("<", "‹"))
                self.table.setItem(number, column, item)
            if row.key:
                self._mark(number)

    def _mark(self, number: int) -> None:
        tokens, row = theme.colours(), self._rows[number]
        winner = _OTHER if row.key in self.taken else _KEPT
        for column in (_KEPT, _OTHER):
            item = self.table.item(number, column)
            wins = column == winner or row.kept == row.other
            item.setForeground(QColor(tokens.text if wins else tokens.faint))
            font = item.font()
            font.setBold(wins and row.kept != row.other)
            font.setStrikeOut(not wins)
            item.setFont(font)
            item.setToolTip(say("window.merge.wins") if wins else say("window.merge.goes"))

    # -- choosing ---------------------------------------------------------------------------

    def choose(self, number: int, column: int) -> None:
        """The value in this column wins; an empty one never does."""
        if column not in (_KEPT, _OTHER) or not 0 <= number < len(self._rows):
            return
        row = self._rows[number]
        if not row.key or not (row.kept if column == _KEPT else row.other):
            return
        if column == _OTHER:
            self.taken.add(row.key)
        else:
            self.taken.discard(row.key)
        self._mark(number)

    def choose_all(self, column: int) -> None:
        """All values of one record win, but for the empty ones."""
        for number in range(len(self._rows)):
            self.choose(number, column)

    # -- doing ------------------------------------------------------------------------------

    def merge(self) -> None:
        """Makes one of the two, and offers to undo it."""
        if self.merge_button.isEnabled():
            self.run(self._work, say(f"window.merge.done.{self._kind}"))

    def run(self, work: Callable[[], None], told: str) -> None:
        """Does ``work``, tells ``told`` with a way back, and closes."""
        self.merge_button.setEnabled(False)
        self.table.setEnabled(False)
        self._problem.hide()
        context = self._context
        context.tasks.write(
            self,
            Message("window.saving"),
            lambda _task: with_step(context.desk, work),
            partial(self._on_done, told),
            failed=self._on_refused,
        )

    def _on_refused(self, error: BaseException) -> None:
        """Stays, with all that was chosen, for what passes by: a busy book, a full disk."""
        if isinstance(error, Removed):
            self._on_gone(error)
            return
        self.merge_button.setEnabled(True)
        self.table.setEnabled(True)
        self.table.setFocus()
        message = trouble_of(error)
        if message is None:
            self._context.tasks.failed.emit(self, error)
            return
        self._problem.setText(words.text(message))
        self._problem.show()

    def _on_done(self, told: str, made: tuple[None, Operation | None]) -> None:
        self.settled.emit()
        self.accept()
        offer_undo(self._context, self.parent(), made[1], told)
