"""Owns the sidebar: the places with their counts.

Must not open pages; it says which place was chosen.
"""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ui import formats, theme
from ui.icons import icon
from ui.keys import IN_SIGHT, give_keys
from ui.places import PLACES, Place
from ui.words import say

WIDTH_PX = 184
_NARROW_PX = 56


def place_keys() -> list[str]:
    """The keys that lead to each of the places, in their order."""
    return [f"Ctrl+{number % 10}" for number in range(1, len(PLACES) + 1)]


class Sidebar(QFrame):
    """The places, one of them chosen."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "sidebar")
        self.setFixedWidth(WIDTH_PX)
        self._group = QButtonGroup(self)
        self._buttons: dict[str, QToolButton] = {}
        self._counts: dict[str, QLabel] = {}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.SMALL, theme.MEDIUM, theme.SMALL, theme.MEDIUM)
        layout.setSpacing(2)
        for place, keys in zip(PLACES, place_keys(), strict=True):
            layout.addWidget(self._entry(place, keys))
        layout.addStretch(1)

    def _entry(self, place: Place, keys: str) -> QToolButton:
        button = QToolButton()
        button.setProperty("role", "place")
        button.setText(say(place.label))
        button.setIcon(icon(place.icon))
        button.setIconSize(QSize(18, 18))
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        button.setCheckable(True)
        button.setToolTip(say(place.label))
        give_keys(button, keys, owner=self, where=IN_SIGHT)
        button.setAccessibleName(say(place.label))
        button.clicked.connect(lambda: self.chosen.emit(place.name))
        count = QLabel()
        count.setProperty("role", "faint")
        count.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        row = QHBoxLayout(button)
        row.setContentsMargins(0, 0, theme.SMALL, 0)
        row.addStretch(1)
        row.addWidget(count)
        self._group.addButton(button)
        self._buttons[place.name] = button
        self._counts[place.kind or place.name] = count
        return button

    def be_narrow(self, is_narrow: bool) -> None:
        """Shows the pictures alone, so that a small window keeps its room for the records."""
        self.setFixedWidth(_NARROW_PX if is_narrow else WIDTH_PX)
        style = Qt.ToolButtonStyle
        for button in self._buttons.values():
            button.setToolButtonStyle(
                style.ToolButtonIconOnly if is_narrow else style.ToolButtonTextBesideIcon
            )
        for count in self._counts.values():
            count.setVisible(not is_narrow)

    def choose(self, name: str) -> None:
        """Shows ``name`` as the place the person is at."""
        self._buttons[name].setChecked(True)

    def choose_none(self) -> None:
        """Shows that the person is at none of the places, as on the page of a search."""
        self._group.setExclusive(False)
        for button in self._buttons.values():
            button.setChecked(False)
        self._group.setExclusive(True)

    def show_counts(self, counts: dict[str, int]) -> None:
        """Puts the numbers of records beside the places."""
        for kind, count in counts.items():
            if kind in self._counts:
                self._counts[kind].setText(formats.number(count) if count else "")
