"""Owns where the person is and was: places, records and what was searched for, back and forward.

Pages do not know each other; they meet here. Must not build pages.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

#: Where is shown what a search found.
FOUND = "found"


@dataclass(frozen=True, slots=True)
class Spot:
    """A place, and the record looked at there; or what was searched for."""

    place: str
    record_id: int | None = None
    query: str = ""


class Navigation(QObject):
    """The way through the book."""

    moved = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._spots: list[Spot] = []
        self._at = -1

    @property
    def current(self) -> Spot | None:
        """Where the person is."""
        return self._spots[self._at] if self._spots else None

    @property
    def can_go_back(self) -> bool:
        """Whether there is a way back."""
        return self._at > 0

    @property
    def can_go_forward(self) -> bool:
        """Whether there is a way forward."""
        return self._at < len(self._spots) - 1

    def go(self, place: str, record_id: int | None = None) -> None:
        """Goes to a place or to a record there."""
        self._go(Spot(place, record_id))

    def search(self, query: str) -> None:
        """Goes to what is found for a query."""
        self._go(Spot(FOUND, query=query))

    def _go(self, spot: Spot) -> None:
        if spot != self.current:
            del self._spots[self._at + 1 :]
            self._spots.append(spot)
            self._at = len(self._spots) - 1
        self.moved.emit(spot)

    def back(self) -> None:
        """Goes to where the person was before."""
        self._step(-1)

    def forward(self) -> None:
        """Goes on to where the person came back from."""
        self._step(1)

    def _step(self, by: int) -> None:
        if 0 <= self._at + by < len(self._spots):
            self._at += by
            self.moved.emit(self._spots[self._at])
