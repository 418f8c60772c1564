"""Owns how heavy work in a thread treats the others: short turns, no search for garbage meanwhile.

Must not start threads.
"""

from __future__ import annotations

import gc
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

#: Seconds after which a thread that works hard lets another one on.
_TURN_S = 0.001
#: So many new objects are the result of a work; looking through them would stop every thread.
_MANY_OBJECTS = 100_000


@dataclass(slots=True)
class _Standing:
    """How the process was before the first of the works that run now."""

    works: int = 0
    turn_s: float = 0.0
    was_collecting: bool = False


_standing = _Standing()
_lock = threading.Lock()


def is_working() -> bool:
    """Whether any heavy work runs now."""
    return _standing.works > 0


@contextmanager
def in_the_background() -> Iterator[None]:
    """Short turns for all threads, and no search for garbage among millions of live objects.

    A window whose thread waits for its turn stays alive. May be entered by several threads. What a
    large work leaves behind is never searched for garbage: it goes when nothing refers to it.
    """
    with _lock:
        if not _standing.works:
            _standing.turn_s, _standing.was_collecting = sys.getswitchinterval(), gc.isenabled()
            sys.setswitchinterval(min(_standing.turn_s, _TURN_S))
            gc.disable()
        _standing.works += 1
    try:
        yield
    finally:
        with _lock:
            _standing.works -= 1
            if not _standing.works:
                sys.setswitchinterval(_standing.turn_s)
                if gc.get_count()[0] > _MANY_OBJECTS:
                    gc.freeze()
                if _standing.was_collecting:
                    gc.enable()
