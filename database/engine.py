"""Owns how the book's database is opened: driver, settings of each connection, transactions.

Must not know any record.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, QueuePool, create_engine, event
from sqlcipher3 import dbapi2

from database.errors import BookError, Problem

#: "Entr" as SQLite's application id; marks the file as ours.
APPLICATION_ID = 0x456E7472
#: Up to 3.51.2 two connections that write and checkpoint at once can corrupt a WAL database.
OLDEST_SAFE_SQLITE = (3, 51, 3)
BUSY_TIMEOUT_MS = 5_000
#: A longer write-ahead log is written back, and cut to this when it begins anew.
LONGEST_LOG_BYTES = 4 * 2**20
#: Execution option of the one connection that writes.
WRITES = "entrepot_writes"

_SETTINGS = (
    "PRAGMA foreign_keys = ON",
    "PRAGMA trusted_schema = OFF",
    "PRAGMA synchronous = FULL",
    f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}",
    "PRAGMA temp_store = MEMORY",
    "PRAGMA cache_size = -65536",
)
_LOG_SETTINGS = (
    # Of a new book: a company's journal entry is a quarter of SQLite's own page of 4 KB, which left
    # much of each empty; writing many rows takes a fifth less.
    "PRAGMA page_size = 8192",
    "PRAGMA journal_mode = WAL",
    # No commit writes the log back: see database.log.
    "PRAGMA wal_autocheckpoint = 0",
    f"PRAGMA journal_size_limit = {LONGEST_LOG_BYTES}",
)


def book_engine(path: Path, *, read_only: bool = False) -> Engine:
    """An engine on the database file at ``path``; read-only, it never touches the file."""
    if dbapi2.sqlite_version_info < OLDEST_SAFE_SQLITE:
        raise BookError(Problem.OLD_SQLITE, path)
    mode = "ro" if read_only else "rwc"
    engine = create_engine(
        f"sqlite:///file:{path.as_posix()}?mode={mode}&uri=true",
        module=dbapi2,
        poolclass=QueuePool,
        connect_args={"isolation_level": None, "check_same_thread": False},
    )
    event.listen(engine, "connect", _prepare_reader if read_only else _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def _prepare(connection: Any, _record: object) -> None:
    _set(connection, (*_SETTINGS, *_LOG_SETTINGS))


def _prepare_reader(connection: Any, _record: object) -> None:
    _set(connection, (*_SETTINGS, "PRAGMA query_only = ON"))


def _set(connection: Any, settings: Sequence[str]) -> None:
    cursor = connection.cursor()
    try:
        for setting in settings:
            cursor.execute(setting)
    except UnicodeDecodeError as error:
        # What SQLite complains of quotes a damaged schema, and the driver fails over the quotation.
        raise dbapi2.OperationalError(str(error)) from error
    finally:
        cursor.close()


def _begin(connection: Connection) -> None:
    # The driver must not begin by itself: half a migration would stay behind when one fails.
    writes = connection.get_execution_options().get(WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


class Functions:
    """What statements over ``engine`` may call beside SQLite's own functions."""

    def __init__(self, engine: Engine) -> None:
        self._by_name: Mapping[str, Callable[..., str | bool]] = {}
        self._teaching = threading.Lock()
        # One listener from the start: an engine gets no other while threads take its connections.
        event.listen(engine, "checkout", self._tell)

    def teach(self, name: str, function: Callable[..., str | bool]) -> None:
        """From now on statements may call ``function`` of texts by ``name``."""
        with self._teaching:
            self._by_name = {**self._by_name, name: function}

    def _tell(self, connection: Any, *_of_the_pool: object) -> None:
        for name, function in self._by_name.items():
            connection.create_function(name, -1, function, deterministic=True)
