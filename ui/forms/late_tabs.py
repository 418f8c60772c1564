"""Owns the tabs of a record's page, of which only those that were looked at are made.

Must not know what stands in a tab; it is told how to make and fill it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from ui.words import say


@dataclass(frozen=True, slots=True)
class LateTab:
    """A tab: the key of its name, what makes it in its room, and what shows a record in it."""

    label: str
    make: Callable[[QWidget], QWidget]
    show: Callable[[Any], None]


class LateTabs(QTabWidget):
    """Each tab is made when the person looks at it, and shows the record from then on."""

    def __init__(self, tabs: Sequence[LateTab], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setDocumentMode(True)
        self._tabs = tabs
        self._record: object = None
        for tab in tabs:
            room = QVBoxLayout(place := QWidget(self))
            room.setContentsMargins(0, 0, 0, 0)
            self.addTab(place, say(tab.label))
        self.currentChanged.connect(lambda _index: self._look())

    def show_record(self, record: object) -> None:
        """Shows ``record`` in every tab that was looked at, and in the one in sight."""
        self._record = record
        for place, tab in enumerate(self._tabs):
            if self.widget(place).layout().count():
                tab.show(record)
        self._look()

    def make_first(self) -> None:
        """Makes the tab in sight before there is a record for it."""
        place, tab = self.currentWidget(), self._tabs[self.currentIndex()]
        if not place.layout().count():
            place.layout().addWidget(tab.make(place))

    def _look(self) -> None:
        if self._record is not None and not self.currentWidget().layout().count():
            self.make_first()
            self._tabs[self.currentIndex()].show(self._record)
