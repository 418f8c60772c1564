"""Work given to processes beside the program comes back in order, and its trouble is told."""

from __future__ import annotations

import os
from collections.abc import Callable

import pytest

from app.kernel.workers import Task, WorkerDied, all_done


def _dies(_tell: Callable[[], None]) -> None:
    os._exit(1)


def _breaks(_tell: Callable[[], None]) -> None:
    raise LookupError("gone")


def _counts(upto: int, tell: Callable[[], None]) -> int:
    for _ in range(upto):
        tell()
    return upto


@pytest.mark.parametrize("work", [_dies, _breaks])
def test_a_worker_that_dies_or_breaks_is_told(work: Callable[..., object]) -> None:
    with pytest.raises(WorkerDied):
        all_done([(work, ())], lambda _count: None)


def test_answers_come_in_the_order_of_the_tasks_and_progress_is_told() -> None:
    told: list[int] = []
    tasks: list[Task] = [(_counts, (number,)) for number in (1_500, 10, 600, 0, 3)]
    assert all_done(tasks, told.append) == [1_500, 10, 600, 0, 3]
    assert sum(told) == 2_000
