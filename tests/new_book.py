"""Owns new books for tests: the schema is made once a process, each book is a copy of it.

Must not fill them, nor stand where the making of a book is what is tested.
"""

from __future__ import annotations

from contextlib import closing
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlcipher3 import dbapi2

from database.book import open_book
from database.opening import DATABASE_FILE
from database.records.record import new_uids


def new_book(folder: Path) -> Path:
    """Puts an empty book into ``folder``, which is made; it has an identity of its own."""
    folder.mkdir(parents=True)
    file = folder / DATABASE_FILE
    file.write_bytes(_empty_book())
    with closing(dbapi2.connect(str(file))) as connection, connection:
        connection.execute("UPDATE book SET uid = ?", new_uids(1))
    return folder


@cache
def _empty_book() -> bytes:
    with TemporaryDirectory() as folder:
        open_book(Path(folder), create=True).close()
        return (Path(folder) / DATABASE_FILE).read_bytes()
