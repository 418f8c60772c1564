"""Owns the command palette: every action by name, found by any part of it or by its pinyin.

Must not know what an action does.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from app.kernel.text import fold
from app.search.pinyin import sounds_like
from ui.icons import icon
from ui.words import say

_WIDTH_PX, _HEIGHT_PX = 520, 380


@dataclass(frozen=True, slots=True)
class Command:
    """Something that can be done from anywhere."""

    name: str
    icon: str
    run: Callable[[], object]
    shortcut: str = ""

    def is_found_by(self, word: str) -> bool:
        """Whether a folded word is in the name, or some part of the name is spoken as it."""
        name = fold(self.name)
        return word in name or sounds_like(word, name)


class Palette(QDialog):
    """Type a few letters, press Enter."""

    def __init__(self, commands: Sequence[Command], parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setFixedSize(_WIDTH_PX, _HEIGHT_PX)
        self._commands = commands
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(say("window.palette"))
        self.filter.setAccessibleName(say("window.palette"))
        self.filter.textChanged.connect(self._show)
        self.list = QListWidget()
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.itemClicked.connect(lambda _item: self._run())
        layout = QVBoxLayout(self)
        layout.addWidget(self.filter)
        layout.addWidget(self.list)
        self._show("")
        corner = parent.mapToGlobal(parent.rect().topLeft())
        self.move(corner.x() + (parent.width() - _WIDTH_PX) // 2, corner.y() + 80)
        self.filter.setFocus()

    def _show(self, typed: str) -> None:
        wanted = fold(typed).split()
        self.list.clear()
        for command in self._commands:
            if all(map(command.is_found_by, wanted)):
                text = f"{command.name}    {command.shortcut}" if command.shortcut else command.name
                item = QListWidgetItem(icon(command.icon), text)
                item.setData(Qt.ItemDataRole.UserRole, command)
                self.list.addItem(item)
        self.list.setCurrentRow(0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            by = 1 if key == Qt.Key.Key_Down else -1
            self.list.setCurrentRow(max(0, min(self.list.currentRow() + by, self.list.count() - 1)))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._run()
        else:
            super().keyPressEvent(event)

    def _run(self) -> None:
        item = self.list.currentItem()
        if item is not None:
            self.close()
            item.data(Qt.ItemDataRole.UserRole).run()
