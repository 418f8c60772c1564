"""Owns the tabs of a record's page, of which only those that were looked at are made.

Must not know what stands in a tab; it is told how to make and fill it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, runtime_checkable

from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from ui.turns import Turns
from ui.words import say


@dataclass(frozen=True, slots=True)
class LateTab:
    """A tab: the key of its name, what makes it in its room, and what shows a record in it.

    ``fill`` puts into what was made all that would hold up the window with it, a step a turn.
    What is ``at_once`` is made with the tabs: it does something before it is looked at.
    """

    label: str
    make: Callable[[QWidget], QWidget]
    show: Callable[[Any], None]
    fill: Callable[[Any], Iterator[None]] = lambda _made: iter(())
    at_once: bool = False


class LateTabs(QTabWidget):
    """Each tab is made in turns when the person looks at it, and shows the record from then on."""

    def __init__(self, tabs: Sequence[LateTab], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setDocumentMode(True)
        self._tabs = tabs
        self._record: object = None
        #: The tabs whose making began, and whether it is over.
        self._is_made: dict[int, bool] = {}
        self._making = Turns(self)
        for number, tab in enumerate(tabs):
            room = QVBoxLayout(place := QWidget(self))
            room.setContentsMargins(0, 0, 0, 0)
            self.addTab(place, say(tab.label))
            if tab.at_once:
                room.addWidget(tab.make(place))
                self._is_made[number] = True
        self.currentChanged.connect(lambda _index: self._look())

    def show_record(self, record: object) -> None:
        """Shows ``record`` in every tab that was looked at, and in the one in sight."""
        self._record = record
        for number, is_made in self._is_made.items():
            if is_made:
                self._tabs[number].show(record)
        self._look()

    def make_first(self) -> None:
        """Makes the tab in sight before there is a record for it."""
        number = self.currentIndex()
        if number not in self._is_made:
            self._making.finish()
            self._is_made[number] = False
            self._making.begin(self._make(number))

    def make_now(self) -> None:
        """Makes the tab in sight without waiting for a turn, for who goes on in it."""
        self.make_first()
        self._making.finish()

    @property
    def is_made(self) -> bool:
        """Whether the tab in sight is there."""
        return self._is_made.get(self.currentIndex(), False)

    def _look(self) -> None:
        if self._record is not None:
            self.make_first()

    def _make(self, number: int) -> Iterator[None]:
        tab, place = self._tabs[number], self.widget(number)
        made = tab.make(place)
        made.hide()
        place.layout().addWidget(made)
        yield
        yield from tab.fill(made)
        self._is_made[number] = True
        if self._record is not None:
            tab.show(self._record)
        made.show()


@runtime_checkable
class Tabbed(Protocol):
    """A page of a record whose parts stand in late tabs."""

    tabs: LateTabs
