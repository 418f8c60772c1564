"""Owns how a value of a condition is chosen or typed: from those in the book, as a day, as a number.

Must not judge what was typed; whoever builds the condition does.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QPainter, QPalette
from PySide6.QtWidgets import (
    QComboBox,
    QCompleter,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from app.fields import Field, FieldType
from ui import formats
from ui.forms.condition_words import shown_value
from ui.words import say

_COUNT = Qt.ItemDataRole.UserRole + 1
_DAYS = ("today", "tomorrow", "yesterday", "today+7", "today+30", "today+90", "today-7", "today-30")
_ORDERED_DAYS = {FieldType.DATE, FieldType.INSTANT}
_MOST_SHOWN = 12


class Chooser(QComboBox):
    """A list to choose from that is also typed into: any part of an entry finds it."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setMaxVisibleItems(_MOST_SHOWN)
        self.setAccessibleName(name)
        self.setItemDelegate(_CountDelegate(self))
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(12)
        completer = QCompleter(self.model(), self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        self.setCompleter(completer)

    def offer(self, entries: Iterable[tuple[str, str, int]]) -> None:
        """Offers entries: the words, the value, and how many records have it (0 shows none)."""
        for shown, value, count in entries:
            self.addItem(shown, value)
            if count:
                self.setItemData(self.count() - 1, formats.number(count), _COUNT)

    def value(self) -> str:
        """The value chosen, or the text as typed where it is no entry."""
        text = self.currentText().strip()
        at = self.findText(text, Qt.MatchFlag.MatchFixedString)
        return text if at < 0 else str(self.itemData(at))


class _CountDelegate(QStyledItemDelegate):
    """An entry with its count at the right."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        super().paint(painter, option, index)
        count = index.data(_COUNT)
        if count:
            painter.save()
            painter.setPen(option.palette.color(QPalette.ColorRole.PlaceholderText))
            side = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(option.rect.adjusted(0, 0, -8, 0), side, count)
            painter.restore()


class ValueInput(Chooser):
    """The value of one field."""

    def __init__(self, field: Field, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self._field = field
        if field.type in _ORDERED_DAYS:
            self.offer((shown_value(field, day), day, 0) for day in _DAYS)
            self.lineEdit().setPlaceholderText(say("window.date_hint"))
        elif field.type is FieldType.CHOICE:
            self.offer((shown_value(field, one), one, 0) for one in field.choices)
        self.setCurrentIndex(-1)

    def show_value(self, typed: str) -> None:
        """Shows a value of the condition as it stands."""
        self.setCurrentText(shown_value(self._field, typed) if typed else "")

    def offer_values(self, values: Sequence[tuple[str, int]]) -> None:
        """Offers the values that the field has in the book, the most frequent first."""
        if self._field.type.is_number or self._field.type in _ORDERED_DAYS:
            return
        text = self.currentText()
        self.clear()
        self.offer((shown_value(self._field, value), value, count) for value, count in values)
        missing = set(self._field.choices) - {value for value, _count in values}
        ordered = (one for one in self._field.choices if one in missing)
        self.offer((shown_value(self._field, one), one, 0) for one in ordered)
        self.setCurrentIndex(-1)
        self.setCurrentText(text)
