"""Owns making one record of two in the window: both side by side, and which value wins in each field.

Must not merge by itself; the service does, as one operation that can be undone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

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

from app.directory.fields import COMPANY_FIELDS, PRODUCT_FIELDS
from app.directory.views import CompanyDetail, ProductDetail
from app.fields import Field
from app.history.service import Operation
from app.kernel.messages import Message
from ui import formats, theme
from ui.changing import offer_undo, with_step
from ui.context import Context
from ui.tables import dress
from ui.words import say

_SIZE = (860, 560)
_FIELD_PX = 160
_KEPT, _OTHER = 1, 2


class MergeDialog(QDialog):
    """Two companies or two products; the first is kept, and takes what wins of the other."""

    #: The two are one now, or were said to be two.
    settled = Signal()

    def __init__(
        self, context: Context, kind: str, ids: Sequence[int], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._context, self._kind = context, kind
        self._keep, self._other = sorted(ids)
        self._fields: Sequence[Field] = PRODUCT_FIELDS if kind == "product" else COMPANY_FIELDS
        self._shown: list[Field] = []
        #: The fields in which the other record's value wins.
        self.taken: set[str] = set()
        self._values: tuple[Mapping[str, object], ...] = ()
        self.setWindowTitle(say("window.merge.title"))
        self.resize(*_SIZE)
        self.table = QTableWidget(0, 3)
        self._build()
        self._read()

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
        layout.addWidget(self._buttons())
        QShortcut(QKeySequence("Ctrl+Return"), self, self.merge)

    def _prepare_table(self) -> None:
        table = self.table
        table.setAccessibleName(say("window.merge.title"))
        dress(table)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setColumnWidth(0, _FIELD_PX)
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

    def _buttons(self) -> QDialogButtonBox:
        buttons = QDialogButtonBox()
        role = QDialogButtonBox.ButtonRole
        self.merge_button = buttons.addButton(say("window.merge.do"), role.AcceptRole)
        self.merge_button.setProperty("role", "primary")
        self.merge_button.setEnabled(False)
        self.apart_button = buttons.addButton(say("window.merge.apart"), role.ActionRole)
        self.apart_button.setVisible(self._kind != "product")
        leave = buttons.addButton(say("window.cancel"), role.RejectRole)
        for button in (self.merge_button, self.apart_button, leave):
            button.setAutoDefault(False)
        buttons.accepted.connect(self.merge)
        self.apart_button.clicked.connect(self.say_apart)
        buttons.rejected.connect(self.reject)
        return buttons

    # -- showing ----------------------------------------------------------------------------

    def _read(self) -> None:
        views = self._context.desk.directory_views
        read: Callable[[int], object] = views.product if self._kind == "product" else views.company
        self._context.tasks.read(
            self, lambda: (read(self._keep), read(self._other)), self._show, failed=self._on_gone
        )

    def _on_gone(self, error: BaseException) -> None:
        self._context.tasks.failed.emit(error)
        self.reject()

    def _show(self, both: tuple[CompanyDetail | ProductDetail, ...]) -> None:
        self._values = tuple(one.values for one in both)
        kept, other = self._values
        self._shown = [
            f for f in self._fields if any(v.get(f.key) not in (None, "") for v in self._values)
        ]
        self.table.setHorizontalHeaderLabels(
            [say("window.merge.field"), say("window.merge.kept"), say("window.merge.other")]
        )
        self.table.setRowCount(len(self._shown))
        for row, field in enumerate(self._shown):
            self.table.setItem(row, 0, QTableWidgetItem(say(field.label)))
            for column, values in ((_KEPT, kept), (_OTHER, other)):
                text = formats.shown(field, values.get(field.key))
                self.table.setItem(row, column, QTableWidgetItem(text))
            if kept.get(field.key) in (None, ""):
                self.taken.add(field.key)
            self._mark(row)
        self._show_what_stays(both)
        self.table.setCurrentCell(0, _KEPT)
        self.table.setFocus()
        self.merge_button.setEnabled(not self._context.desk.is_read_only)

    def _show_what_stays(self, both: tuple[CompanyDetail | ProductDetail, ...]) -> None:
        """What hangs on either: all of it stays, so there is nothing to choose."""
        told = [_hanging(one) for one in both]
        for key in told[0]:
            texts = [one[key] for one in told]
            if any(texts):
                row = self.table.rowCount()
                self.table.setRowCount(row + 1)
                for column, text in enumerate((say(f"window.merge.stays.{key}"), *texts)):
                    item = QTableWidgetItem(text)
                    item.setForeground(
                        QColor(theme.colours().faint if not column else theme.colours().text)
                    )
                    item.setFlags(Qt.ItemFlag.ItemIsEnabled)
                    item.setToolTip(text.replace("<", "‹"))
                    self.table.setItem(row, column, item)

    def _mark(self, row: int) -> None:
        tokens, field = theme.colours(), self._shown[row]
        winner = _OTHER if field.key in self.taken else _KEPT
        is_same = self._values[0].get(field.key) == self._values[1].get(field.key)
        self.table.item(row, 0).setForeground(QColor(tokens.faint))
        for column in (_KEPT, _OTHER):
            item = self.table.item(row, column)
            wins = column == winner or is_same
            item.setForeground(QColor(tokens.text if wins else tokens.faint))
            font = item.font()
            font.setBold(wins and not is_same)
            font.setStrikeOut(not wins)
            item.setFont(font)
            item.setToolTip(say("window.merge.wins") if wins else say("window.merge.goes"))

    # -- choosing ---------------------------------------------------------------------------

    def choose(self, row: int, column: int) -> None:
        """The value in this column wins; an empty one never does."""
        if column not in (_KEPT, _OTHER) or not 0 <= row < len(self._shown):
            return
        key = self._shown[row].key
        if self._values[column - 1].get(key) in (None, ""):
            return
        if column == _OTHER:
            self.taken.add(key)
        else:
            self.taken.discard(key)
        self._mark(row)

    def choose_all(self, column: int) -> None:
        """All values of one record win, but for the empty ones."""
        for row in range(len(self._shown)):
            self.choose(row, column)

    # -- doing ------------------------------------------------------------------------------

    def merge(self) -> None:
        """Makes one of the two, and offers to undo it."""
        if not self.merge_button.isEnabled():
            return
        directory, taken = self._context.desk.directory, frozenset(self.taken)
        self._run(
            lambda: directory.merge(self._kind, self._keep, self._other, take=taken),
            say(f"window.merge.done.{self._kind}"),
        )

    def say_apart(self) -> None:
        """Remembers that the two are two."""
        directory = self._context.desk.directory
        self._run(
            lambda: directory.not_duplicate(self._keep, self._other),
            say("window.merge.said_apart"),
        )

    def _run(self, work: Callable[[], None], told: str) -> None:
        self.merge_button.setEnabled(False)
        context = self._context
        context.tasks.write(
            self,
            Message("window.saving"),
            lambda _task: with_step(context.desk, work),
            partial(self._on_done, told),
            failed=self._on_gone,
        )

    def _on_done(self, told: str, made: tuple[None, Operation | None]) -> None:
        self.settled.emit()
        self.accept()
        offer_undo(self._context, self.parent(), made[1], told)


def _hanging(record: object) -> dict[str, str]:
    """What hangs on a company or a product, shortly, by what it is."""
    if isinstance(record, ProductDetail):
        return {
            "supplier": record.supplier or "",
            "prices": _count(len(record.prices)),
            "pictures": _count(len(record.pictures)),
            "mentions": _count(len(record.mentions)),
        }
    assert isinstance(record, CompanyDetail)
    points = [*record.points, *(point for one in record.contacts for point in one.points)]
    return {
        "people": ", ".join(str(one.values.get("name") or "") for one in record.contacts),
        "points": ", ".join(str(point.values.get("value") or "") for point in points),
        "products": _count(record.product_count),
        "mentions": _count(len(record.mentions)),
    }


def _count(count: int) -> str:
    return formats.number(count) if count else ""
