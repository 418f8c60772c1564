"""Owns work off the GUI thread: what runs, how far it is, and its answer back on the GUI thread.

One worker writes to the book, a few read. Must not show anything; the foot of the window does.
"""

from __future__ import annotations

import itertools
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from typing import Any, Generic, TypeAlias, TypeVar

from PySide6.QtCore import QObject, Qt, Signal
from shiboken6 import isValid

from app.kernel.errors import Cancelled
from app.kernel.messages import Message

Answer = TypeVar("Answer")
#: Whether the work succeeded, and its answer or its error.
_Outcome: TypeAlias = tuple[bool, Any]
#: Who waits for the answer, who takes it, who takes the error.
_Back: TypeAlias = tuple[
    QObject, Callable[[Any], None] | None, Callable[[BaseException], None] | None
]
#: Work that is done sooner shows no progress.
SHOW_AFTER_S = 0.6
_TELL_EVERY_S = 0.1
_numbers = itertools.count(1)


@dataclass
class Task(Generic[Answer]):
    """One piece of work: its name, progress and cancel; passed to the work as its ``Progress``."""

    name: Message
    tasks: Tasks
    number: int = field(default_factory=lambda: next(_numbers))
    message: Message | None = None
    done: int = 0
    total: int = 0
    _cancelled: threading.Event = field(default_factory=threading.Event)
    _told_at: float = 0.0

    def at(self, message: Message, done: int = 0, total: int = 0) -> None:
        """Takes the state of the work; raises ``Cancelled`` where the person asked to stop."""
        if self._cancelled.is_set():
            raise Cancelled
        self.message, self.done, self.total = message, done, total
        now = time.monotonic()
        if now - self._told_at >= _TELL_EVERY_S:
            self._told_at = now
            self.tasks.progressed.emit(self)

    def cancel(self) -> None:
        """Asks the work to stop at its next step."""
        self._cancelled.set()


class Tasks(QObject):
    """Runs work in the background; all signals arrive on the GUI thread."""

    started = Signal(object)
    progressed = Signal(object)
    ended = Signal(object)
    #: Whose work failed, and the error.
    failed = Signal(QObject, object)
    _finished = Signal(object, object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._writer = ThreadPoolExecutor(1, "writer")
        self._readers = ThreadPoolExecutor(2, "reader")
        #: The last write that was asked for; those before it are done when it is.
        self._last_write: Future[None] | None = None
        self._running = 0
        #: What runs under a name, from the oldest on.
        self.named: list[Task[Any]] = []
        self._is_closed = False
        self._finished.connect(self._finish, Qt.ConnectionType.QueuedConnection)

    @property
    def is_idle(self) -> bool:
        """Whether nothing runs and no answer is on its way."""
        return self._running == 0

    def read(
        self,
        owner: QObject,
        work: Callable[[], Answer],
        then: Callable[[Answer], None],
        *,
        failed: Callable[[BaseException], None] | None = None,
    ) -> None:
        """Runs a quick read; ``then`` gets the answer unless ``owner`` is gone by then."""
        self._submit(self._readers, None, lambda _task: work(), (owner, then, failed))

    def write(
        self,
        owner: QObject,
        name: Message,
        work: Callable[[Task[Answer]], Answer],
        then: Callable[[Answer], None] | None = None,
        *,
        failed: Callable[[BaseException], None] | None = None,
    ) -> Task[Answer]:
        """Runs work that changes the book, one after the other."""
        return self._named(self._writer, owner, name, work, then, failed)

    def long_read(
        self,
        owner: QObject,
        name: Message,
        work: Callable[[Task[Answer]], Answer],
        then: Callable[[Answer], None] | None = None,
        *,
        failed: Callable[[BaseException], None] | None = None,
    ) -> Task[Answer]:
        """Runs long work that changes nothing, such as reading a file, with progress and cancel."""
        return self._named(self._readers, owner, name, work, then, failed)

    def has_written(self, within_s: float) -> bool:
        """Waits so long for what changes the book; whether all of it is done then."""
        return self._last_write is None or bool(wait([self._last_write], within_s).done)

    def close(self) -> None:
        """Waits for what runs and starts nothing more."""
        self._is_closed = True
        self._readers.shutdown(cancel_futures=True)
        self._writer.shutdown()

    def _named(
        self,
        pool: ThreadPoolExecutor,
        owner: QObject,
        name: Message,
        work: Callable[[Task[Answer]], Answer],
        then: Callable[[Answer], None] | None,
        failed: Callable[[BaseException], None] | None,
    ) -> Task[Answer]:
        task: Task[Answer] = Task(name, self)
        self.named.append(task)
        self.started.emit(task)
        self._submit(pool, task, work, (owner, then, failed))
        return task

    def _submit(
        self,
        pool: ThreadPoolExecutor,
        task: Task[Answer] | None,
        work: Callable[..., Answer],
        back: _Back,
    ) -> None:
        if self._is_closed:
            return
        self._running += 1

        def run() -> None:
            try:
                outcome: _Outcome = (True, work(task))
            except BaseException as error:
                outcome = (False, error)
            if isValid(self):
                self._finished.emit(task, outcome, back)

        asked = pool.submit(run)
        if pool is self._writer:
            self._last_write = asked

    def _finish(self, task: Task[object] | None, outcome: _Outcome, back: _Back) -> None:
        self._running -= 1
        if task is not None:
            self.named.remove(task)
            self.ended.emit(task)
        succeeded, answer = outcome
        owner, then, failed = back
        if not isValid(owner):
            return
        if succeeded:
            if then is not None:
                then(answer)
        elif failed is not None and not isinstance(answer, Cancelled):
            failed(answer)
        elif not isinstance(answer, Cancelled):
            self.failed.emit(owner, answer)
