"""Owns work on the GUI thread that is done a step a turn, so that the window answers in between.

Must not know what the steps do.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator

from PySide6.QtCore import QCoreApplication, QObject, Qt, QTimer
from shiboken6 import isValid


class Turns:
    """Goes from one ``yield`` of its steps to the next as the event loop comes round.

    All of the window's stand in one queue, of which one step is done a turn: several at once would
    hold the window up together. What is left goes with its ``owner``.
    """

    def __init__(self, owner: QObject) -> None:
        self._owner = owner
        self._steps: Iterator[None] | None = None

    @property
    def is_active(self) -> bool:
        """Whether steps are left."""
        return self._steps is not None

    def begin(self, steps: Iterator[None]) -> None:
        """Takes up ``steps`` behind those of others; what is left of its own before is given up."""
        self._steps = steps
        _queue().enter(self)

    def finish(self) -> None:
        """Does what is left at once, for who cannot wait."""
        while self.is_active:
            self.take_one()

    def take_one(self) -> None:
        """Does the next step; from within one nothing is left to be done."""
        steps, self._steps = self._steps, None
        if steps is None or not isValid(self._owner):
            return
        for _ in steps:
            self._steps = self._steps or steps
            return


class _Queue(QTimer):
    """Lets the first who waits take a step whenever the event loop has come round."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent, interval=0)
        self._waiting: deque[Turns] = deque()
        self.timeout.connect(self._let_one)

    def enter(self, turns: Turns) -> None:
        """Puts ``turns`` at the end, where it was in the queue before, too."""
        if turns in self._waiting:
            self._waiting.remove(turns)
        self._waiting.append(turns)
        if not self.isActive():
            self.start()

    def _let_one(self) -> None:
        while self._waiting and not self._waiting[0].is_active:
            self._waiting.popleft()
        if self._waiting:
            self._waiting[0].take_one()
        else:
            self.stop()


def are_done() -> bool:
    """Whether nobody waits for a turn."""
    return not _queue().isActive()


def _queue() -> _Queue:
    """The one of the window, made with the first who waits."""
    app = QCoreApplication.instance()
    assert app is not None
    found = app.findChild(_Queue, options=Qt.FindChildOption.FindDirectChildrenOnly)
    return found or _Queue(app)
