"""Owns how work in threads treats a window's: short turns, no search for garbage during heavy work.

Must not start threads.
"""

from __future__ import annotations

import gc
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

#: Seconds after which a thread that works hard lets another one on. A window asks for its turn
#: at each call of Qt's and for each cell it paints: a thousand times for a page. The thread that
#: writes an import asks for it after each statement.
_TURN_S = 0.0001
#: So many new objects are the result of a work; looking through them would stop every thread.
_MANY_OBJECTS = 100_000


@dataclass(slots=True)
class _Standing:
    """How the process was before the first of the works that run now."""

    works: int = 0
    was_collecting: bool = False


_standing = _Standing()
_lock = threading.Lock()


def take_short_turns() -> None:
    """From now on a thread waits little for its turn, whatever the others do: a window stays alive.

    It is to be had by small work, too: the page that is shown after an import is made while lists
    are read, and lets go of the interpreter a hundred times.
    """
    sys.setswitchinterval(_TURN_S)


def is_working() -> bool:
    """Whether any heavy work runs now."""
    return _standing.works > 0


@contextmanager
def in_the_background() -> Iterator[None]:
    """Short turns, and no search for garbage among millions of live objects.

    That search would stop every thread; a long turn keeps a thread waiting that only has the
    database's answer to take.

    May be entered by several threads. What a large work leaves behind is never searched for
    garbage: it goes when nothing refers to it.
    """
    with _lock:
        if not _standing.works:
            take_short_turns()
            _standing.was_collecting = gc.isenabled()
            gc.disable()
        _standing.works += 1
    try:
        yield
    finally:
        with _lock:
            _standing.works -= 1
            if not _standing.works:
                if gc.get_count()[0] > _MANY_OBJECTS:
                    gc.freeze()
                if _standing.was_collecting:
                    gc.enable()
