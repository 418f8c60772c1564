"""Owns the foot of the window: background work with its progress and cancel, undo, the book's name.

Must not run work; it shows what ``ui.tasks`` tells.
"""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QPushButton, QWidget

from app.desk import Desk
from app.search.results import Indexing
from ui import theme
from ui.icons import icon
from ui.tasks import SHOW_AFTER_S, Tasks
from ui.window.index_state import IndexState
from ui.words import say, words


class Foot(QFrame):
    """One line at the bottom of the window."""

    undo = Signal()

    def __init__(self, desk: Desk, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "foot")
        self._running = tasks.named
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.MEDIUM, theme.TINY, theme.MEDIUM, theme.TINY)
        row.setSpacing(theme.SMALL)
        self._work = QLabel()
        self._bar = QProgressBar()
        self._bar.setFixedWidth(160)
        self._bar.setTextVisible(False)
        self.cancel = QPushButton(say("window.cancel"))
        self.cancel.clicked.connect(self._on_cancel)
        self.undo_button = QPushButton(icon("undo"), "")
        self.undo_button.setProperty("role", "link")
        self.undo_button.clicked.connect(self.undo)
        self.undo_button.hide()
        self.index = IndexState(desk)
        self._book = QLabel(desk.folder.name)
        self._book.setToolTip(str(desk.folder))
        self._book.setProperty("role", "faint")
        for widget in (self._work, self._bar, self.cancel):
            row.addWidget(widget)
            widget.hide()
        row.addStretch(1)
        if desk.is_read_only:
            locked = QLabel(say("window.read_only"))
            locked.setProperty("role", "warning")
            row.addWidget(locked)
        for widget in (self.undo_button, self.index, self._book):
            row.addWidget(widget)
        tasks.started.connect(self._on_started)
        tasks.progressed.connect(self._show)
        tasks.ended.connect(self._show)
        # Made anew in another language, it goes on showing what runs.
        self._show()

    def room(self, window: QWidget) -> tuple[int, int]:
        """From where to where in ``window`` a message covers neither running work nor what is told of the book.

        What can be undone gives way: a message that tells of it has a button for it.
        """
        self.layout().activate()
        left = self.mapTo(window, self.rect().topLeft()).x()
        first = 0 if self.cancel.isHidden() else self.cancel.geometry().right()
        last = self._book if self.index.isHidden() else self.index
        return left + first + theme.LARGE, left + last.x() - theme.LARGE

    def undo_from(self, window: QWidget) -> int:
        """From where in ``window`` it tells what can be undone."""
        told = self._book if self.undo_button.isHidden() else self.undo_button
        return told.mapTo(window, told.rect().topLeft()).x()

    def show_undo(self, text: str) -> None:
        """Offers to take back what was done last; an empty ``text`` offers nothing."""
        self.undo_button.setVisible(bool(text))
        self.undo_button.setText(text.replace("&", "&&"))

    def show_indexing(self, indexing: Indexing) -> None:
        """Shows how far the search index is."""
        self.index.show_indexing(indexing)

    def _on_started(self) -> None:
        QTimer.singleShot(round(SHOW_AFTER_S * 1000), self, self._show)

    def _on_cancel(self) -> None:
        for task in self._running:
            task.cancel()

    def _show(self) -> None:
        for widget in (self._work, self._bar, self.cancel):
            widget.setVisible(bool(self._running))
        if not self._running:
            return
        task = self._running[0]
        self._work.setText(words.text(task.message or task.name))
        self._bar.setRange(0, task.total)
        self._bar.setValue(task.done)
