"""Owns how long work tells how far it is and learns that it was cancelled.

Must not know who watches: a progress dialog, the command line or nobody.
"""

from __future__ import annotations

from typing import Protocol

from app.kernel.messages import Message


class Progress(Protocol):
    """Passed down to long work, which calls :meth:`at` between steps."""

    def at(self, message: Message, done: int = 0, total: int = 0) -> None:
        """Report ``done`` of ``total`` (0: unknown); raises ``Cancelled`` when asked to stop."""


class Unwatched:
    """Progress nobody looks at and nobody can cancel."""

    def at(self, message: Message, done: int = 0, total: int = 0) -> None:
        """Does nothing."""


UNWATCHED: Progress = Unwatched()
