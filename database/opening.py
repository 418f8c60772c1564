"""Owns the look at a book before it is opened: whose file it is, and whether it may be written.

Reads the file's header only (https://www.sqlite.org/fileformat.html), so that a file which is
refused stays byte for byte as it was. Must not open the database.
"""

from __future__ import annotations

import os
from pathlib import Path

from database.engine import APPLICATION_ID
from database.errors import BookError, Problem

DATABASE_FILE = "entrepot.sqlite"
#: Counts the released forms of the database; stored as ``user_version``.
SCHEMA_VERSION = 1

_MAGIC = b"SQLite format 3\x00"
_HEADER_BYTES = 100


def stored_version(path: Path) -> int:
    """The schema version of the book at ``path``.

    Raises ``BookError`` for a file that is no book, is damaged at its head, or is of a newer
    version of the program.
    """
    with path.open("rb") as file:
        header = file.read(_HEADER_BYTES)
    if len(header) < _HEADER_BYTES or not header.startswith(_MAGIC):
        raise BookError(Problem.NOT_A_BOOK, path)
    version = int.from_bytes(header[60:64], "big")
    if int.from_bytes(header[68:72], "big") != APPLICATION_ID:
        raise BookError(Problem.NOT_A_BOOK, path)
    if version > SCHEMA_VERSION:
        raise BookError(Problem.NEWER, path)
    return version


def is_writable(folder: Path, *, create: bool) -> bool:
    """Whether the book in ``folder`` may be written; makes the folder where ``create`` asks for it."""
    path = folder / DATABASE_FILE
    if not path.exists():
        if not create:
            raise BookError(Problem.NO_FOLDER, folder)
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise BookError(Problem.READ_ONLY, folder) from error
        if not os.access(folder, os.W_OK):
            raise BookError(Problem.READ_ONLY, folder)
        return True
    stored_version(path)
    return os.access(folder, os.W_OK) and os.access(path, os.W_OK)
