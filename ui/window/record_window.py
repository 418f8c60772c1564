"""Owns the windows that show one record each, beside the main window: two suppliers side by side.

Must not know what is on a record's page.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QCloseEvent, QKeySequence
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.bridge import ChangedRows
from ui.changing import redo, undo
from ui.context import Context
from ui.window.toast import Toast
from ui.words import say

#: More would cover the screen; who selects a hundred records means something else.
MOST_AT_ONCE = 5
_SIZE = (560, 720)
_STEP_PX = 32


class RecordWindow(QWidget):
    """One record's page in a window of its own; the page names it by its own window title."""

    closed = Signal()

    def __init__(
        self, context: Context, make_page: Callable[[Context], QWidget], record_id: int
    ) -> None:
        super().__init__()
        # The program ends with its main window, whatever else is open.
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(*_SIZE)
        self.context = replace(context, toast=Toast(self).say)
        self.page: Any = make_page(self.context)
        self.page.windowTitleChanged.connect(self.setWindowTitle)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.page)
        self._add_keys()
        self.page.show_record(record_id)

    def _add_keys(self) -> None:
        keys = QKeySequence.StandardKey
        doings: tuple[tuple[QKeySequence.StandardKey, Callable[[], object]], ...] = (
            (keys.Undo, lambda: undo(self.context, self)),
            (keys.Redo, lambda: redo(self.context, self)),
            (keys.Close, self.close),
        )
        for key, run in doings:
            action = QAction(self)
            action.setShortcuts(key)
            action.triggered.connect(lambda _on=False, run=run: run())
            self.addAction(action)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Tells that it goes."""
        super().closeEvent(event)
        self.closed.emit()


class RecordWindows(QObject):
    """All such windows of one main window."""

    def __init__(self, main: QWidget) -> None:
        super().__init__(main)
        self._main = main
        self.shown: list[RecordWindow] = []

    def open(
        self, context: Context, make_page: Callable[[Context], QWidget], ids: Sequence[int]
    ) -> None:
        """Opens a window for each record, the first few of them."""
        if len(ids) > MOST_AT_ONCE:
            context.toast(say("window.own_window.most", count=MOST_AT_ONCE))
        for record_id in ids[:MOST_AT_ONCE]:
            window = RecordWindow(context, make_page, record_id)
            corner = self._main.geometry().topLeft()
            step = _STEP_PX * (len(self.shown) + 1)
            window.move(corner.x() + step, corner.y() + step)
            window.closed.connect(partial(self.shown.remove, window))
            self.shown.append(window)
            window.show()

    @property
    def has_focus(self) -> bool:
        """Whether the person works in one of them."""
        return any(window.isActiveWindow() for window in self.shown)

    def on_changes(self, rows: ChangedRows) -> None:
        """Passes on what a commit changed."""
        for window in self.shown:
            window.page.on_changes(rows)

    def close(self) -> None:
        """Closes them all."""
        for window in tuple(self.shown):
            window.close()
