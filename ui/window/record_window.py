"""Owns the windows that show one record each, beside the main window: two suppliers side by side.

One whose record is gone says so, and what took it away. Must not know what is on a record's page.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QCloseEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.history.service import Operation
from ui import theme
from ui.bridge import ChangedRows
from ui.changing import redo, undo
from ui.context import Context
from ui.forms.sections import plain_label
from ui.window.toast import Toast
from ui.words import say

#: More would cover the screen; who selects a hundred records means something else.
MOST_AT_ONCE = 5
_SIZE = (560, 720)
_STEP_PX = 32
#: Makes the page of a record.
MakePage = Callable[[Context, QWidget], QWidget]


class Gone(QWidget):
    """What stands in the place of a record that is gone: what took it away, and the way back."""

    def __init__(self, close: Callable[[], object]) -> None:
        super().__init__()
        self.told, self._what = (
            plain_label("", role="title", wraps=True),
            plain_label("", wraps=True),
        )
        self.back = QPushButton()
        self.back.setProperty("role", "primary")
        self._run: Callable[[], None] | None = None
        self.back.clicked.connect(lambda: self._run() if self._run else None)
        leave = QPushButton(say("window.close"))
        leave.clicked.connect(lambda: close())
        row = QHBoxLayout()
        for button in (self.back, leave):
            row.addWidget(button)
        row.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.LARGE, theme.LARGE, theme.LARGE, theme.LARGE)
        layout.setSpacing(theme.MEDIUM)
        layout.addWidget(self.told)
        layout.addWidget(self._what)
        layout.addLayout(row)
        layout.addStretch(1)

    def show_change(
        self, name: str, change: Operation, way_back: Callable[[], None] | None
    ) -> None:
        """Tells by which step the record ``name`` went, and offers to take the step back."""
        self.told.setText(say("window.own_window.gone", name=name))
        self._what.setText(say(f"history.{change.kind}", name=change.message))
        self.back.setText(say("window.redo" if change.kind == "undo" else "window.undo"))
        self.back.setVisible(way_back is not None)
        self._run = way_back
        self.show()
        self.back.setFocus()


class RecordWindow(QWidget):
    """One record's page in a window of its own; the page names it by its own window title."""

    closed = Signal()

    def __init__(self, context: Context, kind: str, record_id: int, page: MakePage) -> None:
        super().__init__()
        self.record = kind, record_id
        # The program ends with its main window, whatever else is open.
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(*_SIZE)
        self.toast = Toast(self)
        self.context = replace(context, toast=self.toast.say)
        self.page: Any = page(self.context, self)
        self.page.windowTitleChanged.connect(self.setWindowTitle)
        self.gone = Gone(self.close)
        self.gone.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.page)
        layout.addWidget(self.gone)
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

    def on_changes(self, rows: ChangedRows) -> None:
        """Passes on what a commit changed, and looks whether the record is still there."""
        self.page.on_changes(rows)
        desk, (kind, record_id) = self.context.desk, self.record
        table = desk.lists.listing(kind).table
        if table not in rows:
            return

        def taken_away() -> Operation | None:
            if desk.lists.has(kind, record_id):
                return None
            return desk.history.last_change(table, record_id)

        self.context.tasks.read(self, taken_away, self._show_taken_away)

    def _show_taken_away(self, change: Operation | None) -> None:
        if change is not None:
            way_back = None
            if not self.context.desk.is_read_only:
                way_back = partial(undo, self.context, self, change.id)
            self.page.hide()
            self.gone.show_change(self.windowTitle(), change, way_back)
        elif self.gone.isVisible():
            self.gone.hide()
            self.page.show()
            self.page.show_record(self.record[1])

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

    def open(self, context: Context, kind: str, page: MakePage, ids: Sequence[int]) -> None:
        """Opens a window for each record, the first few of them; one that is open comes to the front."""
        if len(ids) > MOST_AT_ONCE:
            context.toast(say("window.own_window.most", count=MOST_AT_ONCE))
        there = {window.record: window for window in self.shown}
        for record_id in ids[:MOST_AT_ONCE]:
            if window := there.get((kind, record_id)):
                window.raise_()
                window.activateWindow()
                continue
            window = RecordWindow(context, kind, record_id, page)
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

    def window_of(self, owner: QObject | None) -> RecordWindow | None:
        """The one that ``owner``, a page or a dialog over it, belongs to; None where it is another's."""
        while owner is not None and not isinstance(owner, RecordWindow):
            owner = owner.parent()
        return owner

    def on_changes(self, rows: ChangedRows) -> None:
        """Passes on what a commit changed."""
        for window in self.shown:
            window.on_changes(rows)

    def close(self) -> None:
        """Closes them all."""
        for window in tuple(self.shown):
            window.close()
