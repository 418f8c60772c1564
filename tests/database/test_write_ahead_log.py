"""What is committed goes back from the log into the database file beside the program's work."""

from __future__ import annotations

import time
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from new_book import new_book
from sqlcipher3 import dbapi2

from database.book import Book, open_book
from database.bulk import IncomingRows
from database.engine import LONGEST_LOG_BYTES
from database.records import CompanyRecord

_NOW = datetime(2026, 3, 1, 8, tzinfo=UTC)
_PATIENCE_S = 20


def _add(book: Book, companies: int) -> None:
    with book.write("directory.op.add") as scope, IncomingRows(scope) as rows:
        for number in range(companies):
            rows.add(CompanyRecord, {"name_en": f"Maker {number}", "created_at": _NOW})


def _in_the_file_itself(book: Book) -> int:
    """The companies in the database file, were its log lost."""
    name = f"file:{book.database_path.as_posix()}?immutable=1"
    with closing(dbapi2.connect(name, uri=True)) as connection:
        return int(connection.execute("SELECT count(*) FROM company").fetchone()[0])


def test_a_long_log_goes_back_while_the_book_is_open_and_read(tmp_path: Path) -> None:
    book = open_book(new_book(tmp_path / "book"))
    _add(book, 6_000)
    log = book.database_path.with_name(f"{book.database_path.name}-wal")
    assert log.stat().st_size > LONGEST_LOG_BYTES
    give_up_at = time.monotonic() + _PATIENCE_S
    # The log begins anew, and is cut, with the first write after all of it has gone back.
    while log.stat().st_size > LONGEST_LOG_BYTES:
        assert time.monotonic() < give_up_at
        _add(book, 1)
    assert _in_the_file_itself(book) >= 6_000
    book.close()


def test_a_short_log_waits_until_the_book_is_closed(tmp_path: Path) -> None:
    book = open_book(new_book(tmp_path / "book"))
    _add(book, 3)
    assert _in_the_file_itself(book) == 0
    book.close()
    assert _in_the_file_itself(book) == 3
