"""Owns measuring the memory of this process and those it started, while something is done.

A page that several share counts once. Must not be used by the program.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_EVERY_S = 0.5


class Memory:
    """``most_mb`` is the most that was used at once; 0 where the system doesn't tell."""

    most_mb = 0.0


@contextmanager
def memory_watched() -> Iterator[Memory]:
    """Looks again and again while inside."""
    memory, done = Memory(), threading.Event()

    def look() -> None:
        while not done.wait(_EVERY_S):
            memory.most_mb = max(memory.most_mb, sum(map(_share_mb, ("self", *_children()))))

    watching = threading.Thread(target=look)
    watching.start()
    try:
        yield memory
    finally:
        done.set()
        watching.join()


def _children() -> list[str]:
    found: list[str] = []
    for task in Path("/proc/self/task").glob("*/children"):
        with suppress(OSError):
            found += task.read_text().split()
    return found


def _share_mb(process: str) -> float:
    """Its own pages and its share of those that others use, too."""
    with suppress(OSError):
        for line in Path(f"/proc/{process}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) / 1024
    return 0.0
