"""Owns the two kinds of trouble: what the user can act on, and the cancel that nobody sees.

Must not decide anything by reading message text: callers catch by type and compare keys.
"""

from __future__ import annotations

from app.kernel.messages import Message


class AppError(Exception):
    """Trouble the user can act on: a bad file, a full disk, a book in use.

    Shown in the user's language; the command line answers with exit code 3. The message says
    what is wrong and what to do about it. A defect of ours is never an ``AppError``.
    """

    def __init__(self, key: str, **params: object) -> None:
        self.message = Message(key, **params)
        super().__init__(str(self.message))


class Cancelled(Exception):
    """The person cancelled; the write scope rolls back and nobody is shown an error."""


class Removed(AppError):
    """A record was there and was deleted by the ``step`` of the history, perhaps a moment ago."""

    def __init__(self, kind: str, record_id: object, *, step: int) -> None:
        self.step = step
        super().__init__("kernel.removed", kind=Message(f"lists.kind.{kind}"), id=record_id)


def no_such_record(kind: str, record_id: object) -> AppError:
    """The trouble that the book has no record of ``kind`` with this number."""
    return AppError("kernel.no_such_record", kind=Message(f"lists.kind.{kind}"), id=record_id)
