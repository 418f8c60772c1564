"""Owns one editor for each type of field, and how it gives back what was typed.

Must not save; the form does.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QStringListModel, Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QCompleter, QLineEdit, QPlainTextEdit, QWidget

from app.fields import Field, FieldType
from app.kernel.decimals import decimal_text
from app.kernel.ports import Port, ports
from app.kernel.territories import territories
from ui import formats
from ui.forms.elided import ElidedLine
from ui.keys import UndoOfWindow
from ui.words import say, words

_BETWEEN_NAMES = " · "


class LongText(QPlainTextEdit):
    """Several lines of text; Tab leaves, and leaving ends the edit."""

    editing_finished = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTabChangesFocus(True)
        self.setMinimumHeight(54)
        self.setMaximumHeight(110)

    def focusOutEvent(self, event: object) -> None:
        super().focusOutEvent(event)
        self.editing_finished.emit()


class FieldEditor(QObject):
    """The widget for a field, its value, and the signal when the person is done with it."""

    finished = Signal()

    def __init__(self, field: Field, parent: QWidget) -> None:
        super().__init__(parent)
        self.field = field
        self.widget = self._make(parent)
        if isinstance(self.widget, QLineEdit | QPlainTextEdit):
            UndoOfWindow(self.widget)
        self.widget.setAccessibleName(words.text(field.heading))

    def _make(self, parent: QWidget) -> QWidget:
        if self.field.type is FieldType.LONG_TEXT:
            editor = LongText(parent)
            editor.editing_finished.connect(self.finished)
            return editor
        if self.field.type is FieldType.CHOICE:
            return self._choice(parent)
        if self.field.type is FieldType.YES_NO:
            box = QCheckBox(parent)
            box.toggled.connect(lambda _on: self.finished.emit())
            return box
        line = _OfferingLine(self.field, parent) if _offers(self.field) else ElidedLine(parent)
        line.editingFinished.connect(self.finished)
        if self.field.type is FieldType.DATE:
            line.setPlaceholderText(say("window.date_hint"))
        return line

    def _choice(self, parent: QWidget) -> QComboBox:
        box = QComboBox(parent)
        box.addItem("", None)
        for value in self.field.choices:
            box.addItem(words.text(self.field.choice(value)), value)
        box.activated.connect(lambda _index: self.finished.emit())
        return box

    def value(self) -> object:
        """What is in the editor: text as typed, a choice's value, or a tick."""
        if isinstance(self.widget, QPlainTextEdit):
            return self.widget.toPlainText().strip()
        if isinstance(self.widget, QComboBox):
            return self.widget.currentData()
        if isinstance(self.widget, QCheckBox):
            return self.widget.isChecked()
        text = self.widget.text().strip()
        if self.field.type is FieldType.PERCENT:
            return _share(text)
        if self.field.choices:
            return _choice_named(self.field, text)
        return _country_code(text) if self.field.type is FieldType.COUNTRY else text

    def set_value(self, value: object) -> None:
        """Shows ``value``; what the person is typing at the moment stays."""
        if self.widget.hasFocus() and not isinstance(self.widget, QComboBox | QCheckBox):
            return
        self.widget.blockSignals(True)
        if isinstance(self.widget, QPlainTextEdit):
            self.widget.setPlainText("" if value is None else str(value))
        elif isinstance(self.widget, QComboBox):
            self.widget.setCurrentIndex(max(0, self.widget.findData(value)))
        elif isinstance(self.widget, QCheckBox):
            self.widget.setChecked(bool(value))
        else:
            self.widget.setText(self._text(value))
            self.widget.setCursorPosition(0)
        self.widget.blockSignals(False)

    def _text(self, value: object) -> str:
        if value is None:
            return ""
        if self.field.choices or self.field.type in (FieldType.COUNTRY, FieldType.PLACE):
            return formats.shown(self.field, value)
        if self.field.type is FieldType.PERCENT and isinstance(value, Decimal):
            return f"{decimal_text(value * 100)}%"
        if isinstance(value, datetime):
            return f"{value.astimezone():%Y-%m-%d %H:%M}"
        return value.isoformat() if isinstance(value, date) else str(value)

    def offer(self, names: Sequence[str]) -> None:
        """Offers ``names`` while something is typed, instead of those known beforehand."""
        if isinstance(self.widget, _OfferingLine):
            self.widget.offer(names)

    def mark(self, problem: str) -> None:
        """Shows that the value was refused, and why; an empty ``problem`` takes the mark off."""
        self.widget.setToolTip(problem)
        if bool(problem) != bool(self.widget.property("problem")):
            self.widget.setProperty("problem", bool(problem))
            self.widget.style().unpolish(self.widget)
            self.widget.style().polish(self.widget)


def _share(text: str) -> object:
    """``13`` or ``13 %`` as the share 0.13; what is no number stays for the form to refuse."""
    try:
        return Decimal(text.rstrip("%％ ")) / 100
    except InvalidOperation:
        return text


def _countries() -> dict[str, str]:
    return {name: code for code, name in territories(words.language).items()}


class _OfferingLine(ElidedLine):
    """A line that offers names: all of them are looked for when it is first typed in, not before."""

    def __init__(self, field: Field, parent: QWidget) -> None:
        super().__init__(parent)
        self._field = field

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self.completer() is None:
            self.offer(_offered(self._field))

    def offer(self, names: Sequence[str]) -> None:
        """Offers these."""
        self.setCompleter(_completer(list(names), self))


def _offers(field: Field) -> bool:
    return bool(field.choices) or field.type in (FieldType.COUNTRY, FieldType.PLACE)


def _offered(field: Field) -> list[str]:
    """What a line offers while it is typed in."""
    if field.type is FieldType.COUNTRY:
        return sorted(_countries(), key=formats.place_in_order)
    if field.type is FieldType.PLACE:
        return [_port_line(port) for port in ports().values()]
    return [words.text(field.choice(value)) for value in field.choices]


def _port_line(port: Port) -> str:
    """A port as it is found by any of its names: its name here, then the others."""
    first, second = port.english, port.chinese
    if words.language == "zh_CN":
        first, second = second, first
    return _BETWEEN_NAMES.join((first, second, port.code))


def _choice_named(field: Field, text: str) -> str:
    """The choice whose words were typed or taken; else the text itself."""
    named = {words.text(field.choice(value)).casefold(): value for value in field.choices}
    return named.get(text.casefold(), text)


class _Names(QCompleter):
    """Offers lines of names and puts in the first of them."""

    def pathFromIndex(self, index: QModelIndex | QPersistentModelIndex) -> str:
        return super().pathFromIndex(index).split(_BETWEEN_NAMES)[0]


def _completer(offered: list[str], parent: QWidget) -> QCompleter:
    completer = _Names(parent)
    completer.setModel(QStringListModel(offered, completer))
    completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    completer.setFilterMode(Qt.MatchFlag.MatchContains)
    return completer


def _country_code(text: str) -> str:
    by_name = {name.casefold(): code for name, code in _countries().items()}
    return by_name.get(text.casefold(), text)
