"""Owns rows on their way into the book in great number: held, then written while the next are made.

Works inside a write scope, whose lock keeps the ids free. Must not decide what is written.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType

from sqlalchemy import Connection, Table, func, select, text
from sqlalchemy.orm import Session

from database.journal import inserted_into_journal, trigger_off, trigger_on
from database.many_rows import Statement, inserted, updated
from database.records import Record

#: So many rows are held before they are written: enough for statements, little beside a plan's memory.
_ROWS_AT_ONCE = 16_000
#: From here on the journal's rows are written by one statement, not by a trigger for each.
_WORTH_ONE_STATEMENT = 500


class IncomingRows:
    """New and changed rows of many tables, all written when the block is left without an exception.

    One thread makes the rows and another one writes those that were made before, so that each takes
    the time the other would wait: SQLite lets go of the interpreter while it writes. Meanwhile
    the scope's session is to be had from :attr:`session` only, and new rows of the same tables
    come from here alone.
    """

    def __init__(self, session: Session) -> None:
        self._session = session
        self._connection = session.connection()
        self._dialect = self._connection.dialect
        self._thread = ThreadPoolExecutor(1, "rows")
        self._sent: Future[None] | None = None
        self._free_ids: dict[type[Record], int] = {}
        self._new: dict[type[Record], list[dict[str, object]]] = {}
        self._changed: dict[type[Record], dict[int, Mapping[str, object]]] = {}
        self._held = 0
        self._without_trigger: list[Table] = []

    def __enter__(self) -> IncomingRows:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, _error: object, _trace: TracebackType | None
    ) -> None:
        try:
            if kind is None:
                self._send()
                self._wait()
                for table in self._without_trigger:
                    self._connection.exec_driver_sql(trigger_on(table, "INSERT"))
        finally:
            self._thread.shutdown()

    @property
    def session(self) -> Session:
        """The scope's session, as soon as nothing is being written; what is held is not there yet."""
        self._wait()
        return self._session

    def add(self, record: type[Record], values: dict[str, object]) -> int:
        """Takes the values of a new row, whose parents were added before, and gives it its id.

        A value that is left out, or is ``None``, is the column's default or nothing.
        """
        row_id = self._free_ids.get(record) or _first_free_id(self.session, record)
        self._free_ids[record] = row_id + 1
        values["id"] = row_id
        self._new.setdefault(record, []).append(values)
        self._hold()
        return row_id

    def change(self, record: type[Record], row_id: int, values: Mapping[str, object]) -> None:
        """Takes new values of a row that was in the book before, beside those it took of it already."""
        changes = self._changed.setdefault(record, {})
        changes[row_id] = {**changes.get(row_id, {}), **values}
        self._hold()

    def _hold(self) -> None:
        self._held += 1
        if self._held >= _ROWS_AT_ONCE:
            self._send()

    def _send(self) -> None:
        """Hands over what is held to the other thread, when that is through with what it has."""
        statements = [*self._inserts(), *self._updates()]
        self._new.clear()
        self._changed.clear()
        self._held = 0
        self._wait()
        self._sent = self._thread.submit(_execute, self._connection, statements)

    def _wait(self) -> None:
        if self._sent is not None:
            self._sent.result()

    def _inserts(self) -> Iterator[Statement]:
        for record in _parents_first(self._new):
            table, rows = _table(record), self._new[record]
            if record.tracked and len(rows) >= _WORTH_ONE_STATEMENT:
                yield from self._take_trigger_off(table)
            yield from inserted(self._dialect, table, rows)
            if table in self._without_trigger:
                yield inserted_into_journal(table), (rows[0]["id"], rows[-1]["id"])

    def _take_trigger_off(self, table: Table) -> Iterator[Statement]:
        if table not in self._without_trigger:
            self._without_trigger.append(table)
            yield trigger_off(table, "INSERT"), ()

    def _updates(self) -> Iterator[Statement]:
        for record, changes in self._changed.items():
            yield from updated(self._dialect, _table(record), changes)


def _first_free_id(session: Session, record: type[Record]) -> int:
    """The id from which on no row was ever made in the record's table."""
    used = session.scalar(select(func.max(record.id))) or 0
    given = session.scalar(
        text("SELECT seq FROM sqlite_sequence WHERE name = :table"),
        {"table": record.__tablename__},
    )
    return max(used, given or 0) + 1


def _parents_first(records: Iterable[type[Record]]) -> list[type[Record]]:
    order = {table.name: place for place, table in enumerate(Record.metadata.sorted_tables)}
    return sorted(records, key=lambda record: order[record.__tablename__])


def _execute(connection: Connection, statements: Iterable[Statement]) -> None:
    for statement, values in statements:
        connection.exec_driver_sql(statement, values)


def _table(record: type[Record]) -> Table:
    return record.metadata.tables[record.__tablename__]
