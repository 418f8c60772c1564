"""Owns verified copies of a database file, made while it may be in use.

Must not decide when a copy is made or how long it is kept.
"""

from __future__ import annotations

import os
from contextlib import closing
from pathlib import Path

from sqlcipher3 import dbapi2

from database.errors import BookError, Problem


def verified_copy(source: Path, target: Path) -> None:
    """Copies the database at ``source`` to ``target``: to a temporary file, checked, then renamed.

    Raises ``BookError`` (damaged) where the copy does not pass SQLite's integrity check; a file
    that stood at ``target`` is replaced only by a copy that passed.
    """
    part = target.with_name(f"{target.name}.part")
    part.unlink(missing_ok=True)
    try:
        with (
            closing(dbapi2.connect(f"file:{source.as_posix()}?mode=ro", uri=True)) as origin,
            closing(dbapi2.connect(str(part))) as copy,
        ):
            origin.backup(copy)
            verdict = copy.execute("PRAGMA integrity_check").fetchone()[0]
            orphans = copy.execute("PRAGMA foreign_key_check").fetchone()
        if verdict != "ok" or orphans is not None:
            raise BookError(Problem.DAMAGED, source)
        part.replace(target)
    except dbapi2.DatabaseError as error:
        raise BookError(Problem.DAMAGED, source) from error
    finally:
        part.unlink(missing_ok=True)
    _sync_folder(target.parent)


def _sync_folder(folder: Path) -> None:
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
