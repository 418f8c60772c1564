"""Owns what can be wrong with a book that the user can act on.

Must not hold words for people; ``app`` turns a problem into a message.
"""

from __future__ import annotations

import enum
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError
from sqlcipher3 import dbapi2


class Problem(enum.Enum):
    """Why a book can't be opened or written; the value is the last part of the message key."""

    NOT_A_BOOK = "not_a_book"
    DAMAGED = "damaged"
    NEWER = "newer"
    IN_USE = "in_use"
    READ_ONLY = "read_only"
    DISK_FULL = "disk_full"
    NO_FOLDER = "no_folder"
    OLD_SQLITE = "old_sqlite"


class BookError(Exception):
    """A :class:`Problem` with the book at ``path``."""

    def __init__(self, problem: Problem, path: object) -> None:
        super().__init__(f"{problem.value}: {path}")
        self.problem = problem
        self.path = str(path)


#: SQLite's result codes (https://www.sqlite.org/rescode.html), the low byte, and what they mean here.
_BY_CODE = {
    5: Problem.IN_USE,
    6: Problem.IN_USE,
    8: Problem.READ_ONLY,
    10: Problem.DISK_FULL,
    11: Problem.DAMAGED,
    13: Problem.DISK_FULL,
    14: Problem.NO_FOLDER,
    26: Problem.NOT_A_BOOK,
}


def problem_of(error: BaseException) -> Problem | None:
    """The problem a driver's error stands for by its code, or ``None`` for a defect of ours."""
    original = error.orig if isinstance(error, DBAPIError) else error
    code = getattr(original, "sqlite_errorcode", None)
    if code is None:
        # The driver's own trouble, not SQLite's: text that is no UTF-8.
        return Problem.DAMAGED if isinstance(original, dbapi2.OperationalError) else None
    return _BY_CODE.get(code & 0xFF)


@contextmanager
def book_errors(path: object) -> Iterator[None]:
    """Turns the driver's errors that the user can act on into :class:`BookError`."""
    try:
        yield
    except DBAPIError as error:
        problem = problem_of(error)
        if problem is None:
            raise
        raise BookError(problem, path) from error
