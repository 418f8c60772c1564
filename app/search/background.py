"""Owns the one thread that keeps the index in line with the book while the program runs.

Must not lose a change: what it did not reach before the end is left in the journal for the next
start.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable

from app.kernel.errors import Cancelled
from app.kernel.messages import Message
from app.kernel.progress import Progress
from app.search.engine import SearchEngine
from app.search.results import Indexing

_log = logging.getLogger(__name__)
_STOPPING_S = 10.0
_TELL_EVERY_S = 0.1
#: A program that is left open is asked so often whether the day has turned.
LOOK_EVERY_S = 600.0


class Indexer:
    """Drains the journal at the start, after each commit and when the day turns.

    Stops between two documents.
    """

    def __init__(self, engine: SearchEngine) -> None:
        self._engine = engine
        self._has_work = threading.Event()
        self._is_idle = threading.Event()
        self._turn = threading.Lock()
        self._is_stopping = self._is_paused = False
        self._thread: threading.Thread | None = None
        self._listener: Callable[[Indexing], None] | None = None
        self._told_at = 0.0

    def watch(self, listener: Callable[[Indexing], None]) -> None:
        """Tells ``listener`` how far the work is, in the thread that works."""
        self._listener = listener

    def pause(self) -> None:
        """Stops the work at its next step; the index stays as it was."""
        self._is_paused = True

    def go_on(self) -> None:
        """Takes up the work that was stopped."""
        self._is_paused = False
        self.changed()

    def start(self) -> None:
        """Opens the index as it was left, at once, and begins to work behind the scenes."""
        self._engine.keep_ready()
        self._engine.open()
        self._thread = threading.Thread(target=self._run, name="search-index", daemon=True)
        self._thread.start()

    def changed(self) -> None:
        """Something was committed."""
        with self._turn:
            self._is_idle.clear()
            self._has_work.set()

    def stop(self) -> None:
        """Ends the thread; what is left is done at the next start."""
        self._is_stopping = True
        self._has_work.set()
        if self._thread is not None:
            self._thread.join(_STOPPING_S)
        self._engine.close()

    def wait_until_idle(self, seconds: float) -> bool:
        """Whether all that was committed before is in the index within ``seconds``."""
        return self._is_idle.wait(seconds)

    def at(self, message: Message, done: int = 0, total: int = 0) -> None:
        """Progress of the work, to be shown; ends it when the program closes or the person asks."""
        if self._is_stopping or self._is_paused:
            raise Cancelled
        now = time.monotonic()
        if now - self._told_at >= _TELL_EVERY_S:
            self._told_at = now
            self._tell(Indexing(message, done, total))

    def _tell(self, indexing: Indexing) -> None:
        if self._listener is not None:
            self._listener(indexing)

    def _run(self) -> None:
        self._try(self._engine.check)
        while not self._is_stopping:
            with self._turn:
                if not self._has_work.is_set():
                    self._is_idle.set()
            self._has_work.wait(LOOK_EVERY_S)
            self._has_work.clear()
            if not self._is_stopping and not self._is_paused:
                self._try(self._engine.update)

    def _try(self, work: Callable[[Progress], object]) -> None:
        try:
            work(self)
            self._is_paused = False
        except Cancelled:
            _log.info("indexing stops; the rest is done when asked for, or at the next start")
        except Exception:
            # A full disk must not end the program: the book is safe, search answers from it.
            _log.exception("indexing failed and is tried again after the next change")
        finally:
            self._told_at = 0.0
            if not self._is_stopping:
                self._tell(Indexing(is_paused=self._is_paused))
