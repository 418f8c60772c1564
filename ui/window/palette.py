"""Owns the command palette: every action by name, found by any part of it or by its pinyin.

Must not know what an action does.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPalette
from PySide6.QtWidgets import (
    QDialog,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from app.kernel.text import fold
from app.search.pinyin import sounds_like
from ui import theme
from ui.icons import icon
from ui.words import say

_WIDTH_PX, _HEIGHT_PX = 520, 380
#: Where it is done and by which keys.
_BESIDE = Qt.ItemDataRole.UserRole + 1


@dataclass(frozen=True, slots=True)
class Command:
    """Something that can be done from anywhere; ``place`` tells it from one of its name elsewhere."""

    name: str
    icon: str
    run: Callable[[], object]
    shortcut: str = ""
    place: str = ""

    def is_found_by(self, word: str) -> bool:
        """Whether a folded word is in the name or the place, or some part of them is spoken as it."""
        name = fold(f"{self.name} {self.place}")
        return word in name or sounds_like(word, name)


class _Rows(QStyledItemDelegate):
    """The name on the left; fainter on the right, where it is done and by which keys."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        super().paint(painter, option, index)
        painter.save()
        painter.setPen(option.palette.color(QPalette.ColorRole.PlaceholderText))
        room = option.rect.adjusted(0, 0, -theme.MEDIUM, 0)
        end = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(room, end, index.data(_BESIDE))
        painter.restore()


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
        self.list.setItemDelegate(_Rows(self.list))
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
                item = QListWidgetItem(icon(command.icon), command.name)
                beside = "   ".join(filter(None, (command.place, command.shortcut)))
                item.setData(_BESIDE, beside)
                told = filter(None, (command.name, beside))
                item.setData(Qt.ItemDataRole.AccessibleTextRole, ", ".join(told))
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
