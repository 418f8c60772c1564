"""Owns the way back through what was chosen of a file, step by step, and forth again.

Must not plan; the preview does.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QWidget

from app.sheets.service import ImportOptions


class Steps(QObject):
    """The options before and after those that are shown.

    Undo and redo go through these while the focus is inside ``page``; where there are none, the
    keys are the window's, for what was done to the book.
    """

    #: The person goes a step: back, else forth.
    asked = Signal(bool)

    def __init__(self, page: QWidget) -> None:
        super().__init__(page)
        self._before: list[ImportOptions] = []
        self._after: list[ImportOptions] = []
        page.installEventFilter(self)

    def forget(self) -> None:
        """Another file is shown."""
        self._before.clear()
        self._after.clear()

    def take(self, before: ImportOptions) -> None:
        """Something else was chosen than ``before``."""
        self._before.append(before)
        self._after.clear()

    def step(self, now: ImportOptions, *, is_back: bool) -> ImportOptions:
        """The options one step away from ``now``, which itself is a step the other way then."""
        steps, others = (self._before, self._after) if is_back else (self._after, self._before)
        # What was stopped before it was planned is no step.
        while len(steps) > 1 and steps[-1] == now:
            steps.pop()
        others.append(now)
        return steps.pop()

    def eventFilter(self, _page: QObject, event: QEvent) -> bool:
        """Takes the keys before the window does."""
        if event.type() not in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress):
            return False
        if not isinstance(event, QKeyEvent):
            return False
        is_back = event.matches(QKeySequence.StandardKey.Undo)
        is_forth = event.matches(QKeySequence.StandardKey.Redo)
        if not (is_back and self._before) and not (is_forth and self._after):
            return False
        event.accept()
        if event.type() is QEvent.Type.KeyPress:
            self.asked.emit(is_back)
        return True
