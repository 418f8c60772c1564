"""Owns processes of our own that do a part of a large work, so that the window keeps its turn.

When one dies, the caller does the work itself. They end with the process that started them.
Must not know what the work is.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from multiprocessing import connection
from typing import Any

from app.kernel.confined import main_module_left_out

PROCESSES = 2
_LOOK_SECONDS = 0.1
_TOLD_EVERY = 500
_NICER = 5


Task = tuple[Callable[..., object], tuple[object, ...]]
"""A function of a module and its arguments; it also takes what it calls with each thing it has done."""


class WorkerDied(Exception):
    """A process could not be started, broke or was ended from outside."""


class _Worker:
    """One process and the task it has."""

    def __init__(self, nicer: int) -> None:
        context = multiprocessing.get_context("spawn")
        self.pipe, theirs = context.Pipe()
        self._process = context.Process(
            target=_serve, args=(theirs, nicer), name="entrepot-worker", daemon=True
        )
        with main_module_left_out():
            self._process.start()
        theirs.close()
        self.task = -1

    def begin(self, number: int, task: Task) -> None:
        """Gives it something to do."""
        self.task = number
        self.pipe.send(task)

    def end(self) -> None:
        """Ends it, whatever it does."""
        self.pipe.close()
        self._process.kill()
        self._process.join()
        self._process.close()


def all_done(
    tasks: Sequence[Task],
    told: Callable[[int], None],
    *,
    processes: int = PROCESSES,
    nicer: int = _NICER,
) -> list[Any]:
    """What each of ``tasks`` answers, worked out side by side by as many ``processes``.

    ``told`` is called again and again with the number of things done since; what it raises ends
    the work. ``nicer`` lets other programs go first: 0 where somebody waits for the answer. Raises
    :class:`WorkerDied`.
    """
    workers: list[_Worker] = []
    try:
        workers += (_Worker(nicer) for _ in range(min(processes, len(tasks))))
        return _answers(workers, tasks, told)
    except (OSError, EOFError) as trouble:
        raise WorkerDied(str(trouble)) from trouble
    finally:
        for worker in workers:
            worker.end()


def _answers(
    workers: Sequence[_Worker], tasks: Sequence[Task], told: Callable[[int], None]
) -> list[Any]:
    answers: list[Any] = [None] * len(tasks)
    waiting = iter(enumerate(tasks))
    busy = {worker.pipe: worker for worker, _ in zip(workers, tasks, strict=False)}
    for worker in busy.values():
        worker.begin(*next(waiting))
    while busy:
        told(0)
        for pipe in connection.wait(list(busy), _LOOK_SECONDS):
            worker = busy[pipe]  # type: ignore[index]
            what, value = worker.pipe.recv()
            if what == "broken":
                raise WorkerDied(value)
            if what == "read":
                told(value)
                continue
            answers[worker.task] = value
            following = next(waiting, None)
            if following is None:
                del busy[worker.pipe]
            else:
                worker.begin(*following)
    return answers


def _serve(pipe: connection.Connection, nicer: int) -> None:
    """Does tasks until the other end is closed; runs in the process of its own."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform != "win32":
        os.nice(nicer)
    gc.disable()
    with suppress(OSError, EOFError):
        while True:
            work, arguments = pipe.recv()
            try:
                answer = ("done", work(*arguments, _teller(pipe)))
            except OSError:
                raise
            except Exception as trouble:
                answer = ("broken", repr(trouble))
            pipe.send(answer)
            gc.collect()
            gc.freeze()  # what is left stays, and is not looked through again


def _teller(pipe: connection.Connection) -> Callable[[], None]:
    """Counts what is done and now and then tells the number; fails once nobody listens."""
    count = 0

    def tell() -> None:
        nonlocal count
        count += 1
        if count == _TOLD_EVERY:
            pipe.send(("read", count))
            count = 0

    return tell
