"""Owns writing down a note, a call or a message in seconds: kind, direction, text, Ctrl+Enter.

Must not save; it says what was written.
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.negotiation.service import MessageDraft
from ui import theme
from ui.keys import UndoOfWindow, give_keys
from ui.words import say

_KINDS = (
    ("note", "deals.kind.note"),
    ("call", "deals.kind.call"),
    ("chat", "deals.kind.chat"),
    ("mail", "deals.kind.mail"),
    ("meeting", "deals.kind.meeting"),
)


class Composer(QFrame):
    """The place at the foot of a thread where something is written down."""

    written = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "foot")
        self.kind, self.direction = QComboBox(), QComboBox()
        for value, key in _KINDS:
            self.kind.addItem(say(key), value)
        self.kind.setAccessibleName(say("deals.kind_of"))
        for value, key in (("in", "deals.direction.in"), ("out", "deals.direction.out")):
            self.direction.addItem(say(key), value)
        for choice in (self.kind, self.direction):
            choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.direction.setAccessibleName(say("deals.whose"))
        self.text = QPlainTextEdit()
        self.text.setPlaceholderText(say("deals.write_here"))
        self.text.setAccessibleName(say("deals.write_here"))
        self.text.setTabChangesFocus(True)
        UndoOfWindow(self.text)
        self.text.setFixedHeight(64)
        self.save = QPushButton(say("deals.write_down"))
        self.save.setProperty("role", "primary")
        self.save.clicked.connect(self._on_save)
        give_keys(self.save, "Ctrl+Return", "Ctrl+Enter", owner=self.text)
        self.kind.currentIndexChanged.connect(lambda _index: self._enable())
        self._lay_out()
        self._enable()

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(theme.SMALL)
        row.addWidget(self.kind)
        row.addWidget(self.direction)
        row.addStretch(1)
        row.addWidget(self.save)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.LARGE, theme.SMALL, theme.LARGE, theme.SMALL)
        layout.setSpacing(theme.TINY)
        layout.addWidget(self.text)
        layout.addLayout(row)

    def _enable(self) -> None:
        self.direction.setEnabled(self.kind.currentData() != "note")

    def _on_save(self) -> None:
        text = self.text.toPlainText().strip()
        if not text:
            self.text.setFocus()
            return
        kind = self.kind.currentData()
        direction = "internal" if kind == "note" else self.direction.currentData()
        self.written.emit(MessageDraft(kind=kind, direction=direction, text=text))

    def clear(self) -> None:
        """Makes room for the next message, once this one is kept."""
        self.text.clear()
