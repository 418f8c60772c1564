"""Owns work on the GUI thread that is done a step a turn, so that the window answers in between.

Must not know what the steps do.
"""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QObject, QTimer


class Turns(QTimer):
    """Goes from one ``yield`` of its steps to the next whenever the event loop has come round."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent, interval=0)
        self._steps: Iterator[None] = iter(())
        self.timeout.connect(self._take_one)

    def begin(self, steps: Iterator[None]) -> None:
        """Takes up ``steps``; what is left of those before is given up."""
        self._steps = steps
        self.start()

    def finish(self) -> None:
        """Does what is left at once, for who cannot wait."""
        while self.isActive():
            self._take_one()

    def _take_one(self) -> None:
        try:
            next(self._steps)
        except StopIteration:
            self.stop()
