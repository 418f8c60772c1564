"""Owns the one hash by which a test tells that a book is as it was.

Must not leave out a tracked table.
"""

from __future__ import annotations

import hashlib

from sqlalchemy import text

from database.book import Book
from database.journal import row_json, tracked_tables


def row_hashes(book: Book) -> str:
    """One hash over every row of every tracked table."""
    digest = hashlib.sha256()
    with book.read() as session:
        for table in tracked_tables():
            rows = session.execute(
                text(f'SELECT {row_json(table, "r.")} FROM "{table.name}" AS r ORDER BY id')
            )
            for (row,) in rows:
                digest.update(f"{table.name}{row}".encode())
    return digest.hexdigest()
