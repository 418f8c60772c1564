"""Owns when the running window looks for garbage: on the GUI thread alone, and not during heavy work.

Must not free anything itself; the interpreter does.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimerEvent

from app.kernel.background import is_working

_EVERY_MS = 1_000
#: New objects, and collections of each younger generation, after which one is due: the interpreter's own.
_DUE_AFTER = (700, 10, 10)


def keep_what_is_loaded() -> None:
    """Modules and classes stay: looking through them again and again would be felt."""
    gc.freeze()


class GarbageCollection(QObject):
    """Instead of the automatic collection, which runs in whichever thread makes the next object.

    A dead dialog that hangs in a cycle would be freed by a thread that reads the book, and Qt's
    widgets may only be freed where they were made: the program would crash.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        keep_what_is_loaded()
        self.startTimer(_EVERY_MS)

    def timerEvent(self, _event: QTimerEvent) -> None:
        """Collects the youngest objects often, older ones seldom, as the interpreter would."""
        if is_working():
            return
        due = [made > most for made, most in zip(gc.get_count(), _DUE_AFTER, strict=True)]
        if any(due):
            gc.collect(max(generation for generation in range(3) if due[generation]))
