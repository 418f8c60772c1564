"""How the time of a work grows with its size: what no machine's speed has a say in."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable

#: Four times the size takes four times as long, and sixteen times where each part looks at all.
IN_PROPORTION = 9


def growth(work: Callable[[int], object], size: int) -> float:
    """How many times as long ``work`` takes for four times ``size``; the best of three turns."""
    work(size)
    return _seconds(work, 4 * size) / _seconds(work, size)


def _seconds(work: Callable[[int], object], size: int) -> float:
    return min(_turn(work, size) for _ in range(3))


def _turn(work: Callable[[int], object], size: int) -> float:
    gc.collect()
    started = time.process_time()
    work(size)
    return time.process_time() - started
