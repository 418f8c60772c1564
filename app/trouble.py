"""Owns which exceptions the user can act on, and their message.

Decided by types and codes alone. Must not show anything.
"""

from __future__ import annotations

import errno

from app.kernel.errors import AppError
from app.kernel.messages import Message
from database.errors import BookError, Problem

_BY_ERRNO = {
    errno.ENOSPC: "book.disk_full",
    errno.EDQUOT: "book.disk_full",
    errno.EACCES: "book.no_permission",
    errno.EPERM: "book.no_permission",
    errno.EROFS: "book.no_permission",
    errno.ENOENT: "book.no_such_file",
    errno.ENOTDIR: "book.no_such_file",
    errno.EISDIR: "book.is_a_folder",
}


#: What a backup in the place of the book mends.
_MENDED_BY_A_BACKUP = (Problem.DAMAGED, Problem.NOT_A_BOOK)


def needs_a_backup(error: BaseException) -> bool:
    """Whether a backup put in the place of the book is the way out of ``error``."""
    return isinstance(error, BookError) and error.problem in _MENDED_BY_A_BACKUP


def trouble_of(error: BaseException) -> Message | None:
    """What to tell the user about ``error``; ``None`` for a defect of ours."""
    if isinstance(error, AppError):
        return error.message
    if isinstance(error, BookError):
        return Message(f"book.{error.problem.value}", path=error.path)
    if isinstance(error, OSError) and error.errno in _BY_ERRNO:
        return Message(_BY_ERRNO[error.errno], path=error.filename or "")
    return None
