"""Owns when the write-ahead log goes back into the database file: beside the program's work.

SQLite would do it in the commit that makes the log long, and who waits for an import would wait for
that, too. Must not be needed for durability: what is committed is in the log, and synchronised.
"""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing, suppress
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError
from sqlcipher3 import dbapi2

from database.engine import LONGEST_LOG_BYTES


class WriteAheadLog:
    """The log beside one open database."""

    def __init__(self, engine: Engine, database: Path) -> None:
        self._engine = engine
        self._file = database.with_name(f"{database.name}-wal")
        self._thread = ThreadPoolExecutor(1, "log")
        self._written: Future[None] | None = None

    def committed(self) -> None:
        """Writes a long log back in a thread that waits for nobody and keeps nobody waiting."""
        is_busy = self._written is not None and not self._written.done()
        if not is_busy and self._length() > LONGEST_LOG_BYTES:
            self._written = self._thread.submit(self._write_back, "PASSIVE")

    def close(self) -> None:
        """Writes the log back and empties it."""
        self._thread.shutdown()
        self._write_back("TRUNCATE")

    def _length(self) -> int:
        return self._file.stat().st_size if self._file.exists() else 0

    def _write_back(self, mode: str) -> None:
        # Where the disk is full or faulty the log stays as it is, and whole.
        with (
            suppress(DBAPIError, dbapi2.Error),
            closing(self._engine.raw_connection()) as raw,
        ):
            raw.cursor().execute(f"PRAGMA wal_checkpoint({mode})")
