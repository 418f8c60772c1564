"""Owns the line above the list of past imports that tells of a preview left open, and leads back to it.

Must not open files.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton

from ui import theme
from ui.lists.page import ListPage
from ui.navigation import Navigation
from ui.words import say


class WaitingBar(QFrame):
    """What waits to be imported; hidden while nothing does."""

    def __init__(self, navigation: Navigation, list_: ListPage) -> None:
        super().__init__(list_)
        self.setProperty("role", "bar")
        self._told = QLabel()
        self._told.setTextFormat(Qt.TextFormat.PlainText)
        self._told.setWordWrap(True)
        self.back = QPushButton(say("sheets.back_to_preview"))
        self.back.clicked.connect(lambda: navigation.go("imports"))
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.LARGE, theme.SMALL, theme.LARGE, theme.SMALL)
        row.setSpacing(theme.SMALL)
        row.addWidget(self._told, 1)
        row.addWidget(self.back)
        self.setTabOrder(list_.filter, self.back)
        self.hide()

    def show_waiting(self, path: Path | None, following: int) -> None:
        """Tells of the file in the preview, and how many come after it."""
        self.setVisible(path is not None)
        if path is not None:
            told = [say("sheets.preview_is_open", name=path.name)]
            if following:
                told.append(say("sheets.following", count=following))
            self._told.setText(say("lists.between").join(told))
