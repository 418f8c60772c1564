"""Owns the row of chips: a query part by part, each to change or to take out, the text rewritten.

Text and chips are two views of one tree. Must not ask the query of anything.
"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QToolButton, QWidget

from app.query import And, Not, Or, Parsed, Query, Word, text_of
from app.query.parts import parts_of, with_part, without_part
from app.query.tree import Everything, is_plain
from ui import theme
from ui.forms.condition_editor import ConditionEditor, QueryTerms
from ui.forms.condition_words import described
from ui.forms.flow import Flow
from ui.icons import icon
from ui.keys import tab_through
from ui.words import say

_WIDEST_CHARS = 48
_CLOSE_PX = 10


class Chip(QFrame):
    """One part: Enter or a click changes it, Delete or its cross takes it out."""

    changing = Signal()
    removing = Signal()
    moving = Signal(int)

    def __init__(self, said: str, *, is_mistaken: bool) -> None:
        super().__init__()
        self.setProperty("role", "chip")
        self.setProperty("problem", is_mistaken)
        short = said if len(said) <= _WIDEST_CHARS else said[: _WIDEST_CHARS - 1] + "…"
        # "&" would be read as the mark of a key.
        self.text = _ChipButton(short.replace("&", "&&"))
        self.text.setAccessibleName(said)
        self.text.setToolTip(said if short != said else say("query.chip.change"))
        self.text.clicked.connect(self.changing)
        self.text.key_pressed.connect(self._on_key)
        self.close_button = QToolButton()
        self.close_button.setIcon(icon("close"))
        self.close_button.setIconSize(QSize(_CLOSE_PX, _CLOSE_PX))
        self.close_button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.close_button.setToolTip(say("query.chip.remove"))
        self.close_button.setAccessibleName(say("query.chip.remove_what", what=said))
        self.close_button.clicked.connect(self.removing)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.TINY, 0, 2, 0)
        row.setSpacing(0)
        row.addWidget(self.text)
        row.addWidget(self.close_button)

    def _on_key(self, key: int) -> None:
        if key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.removing.emit()
        else:
            self.moving.emit(-1 if key == Qt.Key.Key_Left else 1)


class _ChipButton(QPushButton):
    key_pressed = Signal(int)

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.setProperty("role", "chip-text")
        self.setAutoDefault(False)

    def event(self, event: QEvent) -> bool:
        """Delete on a chip is not for the page, which would delete the record."""
        if event.type() is QEvent.Type.ShortcutOverride and event.key() in _OWN_KEYS:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _OWN_KEYS:
            self.key_pressed.emit(event.key())
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)


_OWN_KEYS = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace, Qt.Key.Key_Left, Qt.Key.Key_Right)


class ChipBar(QWidget):
    """The parts of a query; hidden as long as there is nothing but words."""

    #: The text of the query after a chip was added, changed or taken out.
    changed = Signal(str)

    def __init__(
        self, terms: QueryTerms, parent: QWidget | None = None, *, after: QWidget | None = None
    ) -> None:
        """In a window Tab comes to the chips ``after`` what stands before them."""
        super().__init__(parent)
        self._terms, self._after = terms, after
        self._query: Query = Everything()
        self.chips: list[Chip] = []
        self._flow = Flow(self)
        self._flow.setContentsMargins(0, 0, 0, 0)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAccessibleName(say("query.chip.all"))
        self.hide()

    def show_query(self, text: str) -> Parsed:
        """Shows the query that ``text`` says; what it was read as."""
        parsed = self._terms.parsed(text)
        mistakes = {text[trouble.start : trouble.end] for trouble in parsed.troubles}
        if parsed.query != self._query or mistakes:
            self._query = parsed.query
            self._make_chips(mistakes)
        self.setVisible(bool(self.chips) and (bool(mistakes) or not is_plain(parsed.query)))
        return parsed

    def add(self, below: QWidget) -> ConditionEditor:
        """Opens the editor for a new condition."""
        return self._edit(None, below)

    def _make_chips(self, mistakes: set[str]) -> None:
        while self._flow.takeAt(0) is not None:
            pass
        for chip in self.chips:
            chip.hide()
            chip.deleteLater()
        fields = self._terms.by_key
        self.chips = []
        for number, part in enumerate(parts_of(self._query)):
            is_mistaken = _words_of(part) & mistakes
            chip = Chip(described(part, fields), is_mistaken=bool(is_mistaken))
            chip.changing.connect(partial(self._edit, number, chip))
            chip.removing.connect(partial(self._remove, number))
            chip.moving.connect(partial(self._move, number))
            self._flow.addWidget(chip)
            chip.show()
            self.chips.append(chip)
        if self._after is not None:
            tab_through(self._after, *(chip.text for chip in self.chips))
        self.updateGeometry()

    def _edit(self, number: int | None, below: QWidget) -> ConditionEditor:
        part = None if number is None else parts_of(self._query)[number]
        editor = ConditionEditor(self._terms, part, self)
        editor.built.connect(lambda built: self._rewrite(with_part(self._query, built, at=number)))
        corner = below.mapToGlobal(QPoint(0, below.height() + theme.TINY))
        room = self.screen().availableGeometry()
        editor.adjustSize()
        editor.move(max(room.left(), min(corner.x(), room.right() - editor.width())), corner.y())
        editor.open()
        return editor

    def _remove(self, number: int) -> None:
        had_focus = self.chips[number].text.hasFocus()
        self._rewrite(without_part(self._query, number))
        if had_focus and self.chips:
            self.chips[min(number, len(self.chips) - 1)].text.setFocus()

    def _move(self, number: int, by: int) -> None:
        if 0 <= number + by < len(self.chips):
            self.chips[number + by].text.setFocus()

    def _rewrite(self, query: Query) -> None:
        text = text_of(query)
        self.show_query(text)
        self.changed.emit(text)


def _words_of(part: Query) -> set[str]:
    """The words of a part, in which a mistake is still as it was typed."""
    match part:
        case Word(text):
            return {text}
        case Not(inner):
            return _words_of(inner)
        case And(parts) | Or(parts):
            return {word for inner in parts for word in _words_of(inner)}
        case _:
            return set()
