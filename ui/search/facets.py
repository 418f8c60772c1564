"""Owns the facets beside what was found: each value with its count, to narrow the search and back.

A value that is chosen is a condition of the query, as its chip is. Must not search.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from app.query import Query, text_of
from app.query.parts import place_of, toggled
from app.search.known_fields import KnownFields
from ui import formats, theme
from ui.forms.elided import Elided
from ui.forms.sections import Scroll, Section, clear, link
from ui.words import say

_WIDTH_PX = 250
_VALUES_A_FACET = 8
_MOST_VALUES = 200

#: A message's source is what it is.
_MESSAGE_KINDS = frozenset({"note", "call", "chat", "mail", "meeting"})
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class FacetButton(QPushButton):
    """One value with its count; on when the query asks for it."""

    stepped = Signal(int)

    def __init__(self, facet: str, value: str, count: int) -> None:
        super().__init__()
        self.facet, self.value = facet, value
        self.setCheckable(True)
        self.setProperty("role", "facet")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        said, number = _facet_text(facet, value), formats.number(count)
        heading = say(f"search.facet.{facet}")
        self.setAccessibleName(say("search.facet_value", facet=heading, value=said, count=number))
        self._said, counted = Elided(said), QLabel(number)
        counted.setProperty("role", "faint")
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.SMALL, 2, theme.SMALL, 2)
        row.addWidget(self._said, 1)
        row.addWidget(counted)
        for label in (self._said, counted):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def sizeHint(self) -> QSize:
        return self.layout().sizeHint()

    def minimumSizeHint(self) -> QSize:
        return self.layout().minimumSize()

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ToolTip:
            self.setToolTip(self._said.toolTip())
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in _STEPS:
            self.stepped.emit(_STEPS[Qt.Key(key)])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)


class Facets(Scroll):
    """The values of every facet among all that was found. One is reached by Tab, the others by arrows."""

    #: The text of the query after a value was chosen or taken back.
    changed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedWidth(_WIDTH_PX)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(say("search.facets"))
        self._fields = KnownFields()
        self._query: Query | None = None
        self._counts: Mapping[str, Mapping[str, int]] = {}
        self._opened: set[str] = set()
        self.buttons: list[FacetButton] = []

    def show_facets(
        self, query: Query, counts: Mapping[str, Mapping[str, int]], fields: KnownFields
    ) -> None:
        """Shows the values and how many hits have them; those ``query`` asks for are on."""
        self._query, self._counts, self._fields = query, counts, fields
        had_focus = next(((one.facet, one.value) for one in self.buttons if one.hasFocus()), None)
        self._clear()
        for facet, values in counts.items():
            self._add(facet, sorted(values.items(), key=lambda one: (-one[1], one[0])))
        self.body.addStretch(1)
        # Without any, as while there is no index, their room is for what was found.
        self.setVisible(bool(self.buttons))
        again = [one for one in self.buttons if (one.facet, one.value) == had_focus]
        self._reach(next(iter(again or self.buttons), None))
        if had_focus and self.buttons:
            (again or self.buttons)[0].setFocus()

    def _clear(self) -> None:
        self.buttons = []
        clear(self.body)

    def _add(self, facet: str, values: Sequence[tuple[str, int]]) -> None:
        if not values:
            return
        section = Section(say(f"search.facet.{facet}"))
        shown = values[: _MOST_VALUES if facet in self._opened else _VALUES_A_FACET]
        for value, count in shown:
            button = FacetButton(facet, value, count)
            button.setChecked(self._place(facet, value) is not None)
            button.clicked.connect(partial(self._choose, facet, value))
            button.stepped.connect(partial(self._step, button))
            section.add_row(button)
            self.buttons.append(button)
        if len(shown) < min(len(values), _MOST_VALUES):
            more = say("search.more_values", count=formats.number(len(values) - len(shown)))
            section.add_row(link(more, partial(self._open, facet)))
        self.body.addWidget(section)

    def _place(self, facet: str, value: str) -> int | None:
        return place_of(self._query, self._fields.narrowing(facet, value))

    def _choose(self, facet: str, value: str) -> None:
        self.changed.emit(text_of(toggled(self._query, self._fields.narrowing(facet, value))))

    def _open(self, facet: str) -> None:
        self._opened.add(facet)
        self.show_facets(self._query, self._counts, self._fields)

    def _step(self, button: FacetButton, by: int) -> None:
        at = self.buttons.index(button) + by
        if 0 <= at < len(self.buttons):
            self._reach(self.buttons[at])
            self.buttons[at].setFocus()
            self.ensureWidgetVisible(self.buttons[at])

    def _reach(self, button: FacetButton | None) -> None:
        """Tab goes to this one from now on, so that the hits are one step further."""
        for one in self.buttons:
            is_it = one is button
            one.setFocusPolicy(Qt.FocusPolicy.StrongFocus if is_it else Qt.FocusPolicy.ClickFocus)


def _facet_text(name: str, value: str) -> str:
    if name == "kind":
        name = say(f"lists.kind.{value}")
        return name[:1].upper() + name[1:]
    if name == "stage":
        return formats.state(value)
    if name == "source" and value in _MESSAGE_KINDS:
        return say(f"deals.kind.{value}")
    return formats.country(value) if name == "country" else value
