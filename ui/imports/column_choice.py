"""Owns what stands above one column of a preview: its field to be chosen, and why it was taken for it.

Must not map; it says what the person chose.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QMenu,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.sheets.mapping.columns import CUSTOM, IGNORED, NOTE, ColumnMapping
from app.sheets.targets import TARGETS
from ui.forms.elided import Elided, ElidedBox
from ui.icons import icon
from ui.words import say, words


class ColumnChoice(QWidget):
    """The field of a column, a menu with what else can be done with it, and the reason."""

    #: The column's name and the field chosen for it.
    chosen = Signal(str, str)
    #: The column's name and that of another one it is joined with.
    joined = Signal(str, str)
    split_asked = Signal(str)

    def __init__(
        self,
        column: ColumnMapping,
        fields: Sequence[tuple[str, str]],
        others: Sequence[str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.column = column
        self._others = others
        self.box = self._box(fields)
        more = QToolButton()
        more.setIcon(icon("more"))
        more.setToolTip(say("sheets.column.more"))
        more.setAccessibleName(say("sheets.column.more_of", name=column.name))
        # Tab comes to the field alone; a click leaves the hand at this column, not at the bar's first.
        more.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        more.setFocusProxy(self.box)
        more.clicked.connect(lambda: self.menu().exec(more.mapToGlobal(more.rect().bottomLeft())))
        why = Elided(self._why())
        why.setProperty("role", "faint" if column.fields else "warning")
        why.setToolTip(self._why().replace("<", "‹"))
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self.box, 1)
        row.addWidget(more)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2, 3, 4, 2)
        layout.setSpacing(1)
        layout.addLayout(row)
        layout.addWidget(why)

    def _why(self) -> str:
        why = words.text(self.column.why)
        return f"{self.column.confidence:.0%} · {why}" if self.column.fields else why

    def _box(self, fields: Sequence[tuple[str, str]]) -> QComboBox:
        column, box = self.column, ElidedBox()
        box.setAccessibleName(say("sheets.field_of", name=column.name))
        box.setAccessibleDescription(self._why())
        for key, kept in _KEPT:
            box.addItem(say(key), kept)
        box.insertSeparator(len(_KEPT))
        for label, key in fields:
            box.addItem(label, key)
        current = column.field or column.keep_as
        if box.findData(current) < 0:
            names = (words.text(TARGETS[key].label) for key in column.fields)
            box.addItem(" + ".join(names), current)
        box.setCurrentIndex(box.findData(current))
        box.setMinimumContentsLength(8)
        box.activated.connect(lambda _i: self.chosen.emit(column.name, str(box.currentData())))
        # The menu key opens the same menu as the button.
        box.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        box.customContextMenuRequested.connect(
            lambda place: self.menu().exec(box.mapToGlobal(place))
        )
        return box

    def menu(self) -> QMenu:
        """What else can be done with the column."""
        menu, name = QMenu(self), self.column.name
        join = menu.addMenu(say("sheets.column.join"))
        for other in self._others:
            _add(join, other, lambda other=other: self.joined.emit(name, other))
        _add(menu, say("sheets.column.split"), lambda: self.split_asked.emit(name))
        menu.addSeparator()
        for key, kept in _KEPT:
            _add(menu, say(key), lambda kept=kept: self.chosen.emit(name, kept))
        return menu


_KEPT = (
    ("sheets.keep_custom", CUSTOM),
    ("sheets.keep_note", NOTE),
    ("sheets.ignore", IGNORED),
)


def _add(menu: QMenu, text: str, run: Callable[[], object]) -> QAction:
    action = menu.addAction(text.replace("&", "&&"))
    action.triggered.connect(lambda: run())
    return action
