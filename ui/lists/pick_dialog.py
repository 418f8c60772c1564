"""Owns choosing one record by typing a part of it: an inquiry, a thread, a company.

Reads a few records at a time, whatever the size of the book. Must not change anything.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ui import formats, theme
from ui.buttons import answer_buttons
from ui.context import Context
from ui.words import say

_SHOWN = 40
_READ_AFTER_MS = 150


class PickDialog(QDialog):
    """A line to type in and the records it finds; Enter takes the current one.

    ``keys`` are the fields told of a record. ``then`` gets the id; None where "none" was chosen,
    which is offered with ``none``. As long as nothing is typed, ``likely`` stand there, if any.
    """

    def __init__(
        self,
        context: Context,
        kind: str,
        keys: Sequence[str],
        then: Callable[[int | None], None],
        *,
        title: str,
        none: str = "",
        likely: Callable[[], Sequence[int]] = tuple,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.resize(520, 420)
        self._context, self._kind, self._keys, self._then = context, kind, tuple(keys), then
        self._none, self._likely = none, likely
        self.text = QLineEdit()
        self.text.setPlaceholderText(say("window.filter"))
        self.text.setAccessibleName(say("window.filter"))
        self.text.installEventFilter(self)
        self.list = QListWidget()
        self.list.setAccessibleName(title)
        self.list.setWordWrap(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.itemActivated.connect(lambda _item: self.accept())
        self._timer = QTimer(self, singleShot=True, interval=_READ_AFTER_MS)
        self._timer.timeout.connect(self._read)
        self.text.textChanged.connect(lambda _text: self._timer.start())
        buttons, _choose = answer_buttons(self, "window.choose", self.accept)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.LARGE, theme.LARGE, theme.LARGE, theme.MEDIUM)
        layout.addWidget(self.text)
        layout.addWidget(self.list, 1)
        layout.addWidget(buttons)
        self._read()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Up and down walk through the list while the hand stays in the line."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
            if step is not None and self.list.count():
                row = min(max(self.list.currentRow() + step, 0), self.list.count() - 1)
                self.list.setCurrentRow(row)
                return True
        return super().eventFilter(watched, event)

    def _read(self) -> None:
        lists, likely, where = self._context.desk.lists, self._likely, self.text.text()
        kind, keys = self._kind, self._keys

        def work() -> list[tuple[int, tuple[object, ...]]]:
            ids = () if where.strip() else likely()
            ids = ids or lists.ids(kind, where=where.strip(), limit=_SHOWN)
            rows = lists.rows(kind, ids, keys)
            return [(id_, rows[id_]) for id_ in ids if id_ in rows]

        self._context.tasks.read(
            self, work, lambda found: self._show(where, found), failed=lambda _error: None
        )

    def _show(self, where: str, found: list[tuple[int, tuple[object, ...]]]) -> None:
        if where != self.text.text():
            return
        self.list.clear()
        if self._none and not where:
            self.list.addItem(QListWidgetItem(self._none))
        for id_, values in found:
            told = " · ".join(formats.plain(value) for value in values if value not in (None, ""))
            item = QListWidgetItem(told)
            item.setData(Qt.ItemDataRole.UserRole, id_)
            self.list.addItem(item)
        self.list.setCurrentRow(0)

    def accept(self) -> None:
        """Hands the current record on."""
        item = self.list.currentItem()
        if item is None:
            return
        super().accept()
        self._then(item.data(Qt.ItemDataRole.UserRole))
