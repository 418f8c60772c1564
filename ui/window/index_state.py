"""Owns how the foot tells of the search index: how far it is, to stop it, and to go on.

Short work is not told. Must not index.
"""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from app.desk import Desk
from app.search.results import Indexing
from ui import theme
from ui.tasks import SHOW_AFTER_S
from ui.words import say, words


class IndexState(QWidget):
    """Nothing as long as the index is up to date."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._indexing = Indexing()
        self._said = QLabel()
        self._said.setProperty("role", "faint")
        self.button = QPushButton()
        self.button.setProperty("role", "link")
        self.button.clicked.connect(self._on_click)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.TINY)
        row.addWidget(self._said)
        row.addWidget(self.button)
        self._soon = QTimer(self, singleShot=True, interval=round(SHOW_AFTER_S * 1000))
        self._soon.timeout.connect(self._show)
        self.hide()

    @property
    def text(self) -> str:
        """What is told."""
        return self._said.text()

    def show_indexing(self, indexing: Indexing) -> None:
        """Tells of the work on the index once it has lasted a moment."""
        self._indexing = indexing
        if indexing.message is None:
            self._soon.stop()
            self._show()
        elif self.isVisible():
            self._show()
        elif not self._soon.isActive():
            self._soon.start()

    def _show(self) -> None:
        indexing = self._indexing
        self.setVisible(indexing.message is not None or indexing.is_paused)
        if indexing.is_paused:
            self._said.setText(say("search.index_stopped"))
            self.button.setText(say("search.index_go_on"))
        elif indexing.message is not None:
            share = f" {100 * indexing.done // indexing.total}%" if indexing.total else ""
            self._said.setText(words.text(indexing.message) + share)
            self.button.setText(say("window.cancel"))

    def _on_click(self) -> None:
        if self._indexing.is_paused:
            self._desk.indexer.go_on()
        else:
            self._desk.indexer.pause()
