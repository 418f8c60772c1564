"""Owns looking for damage in a book's database: pages, references, schema, journal, counters.

Reads only, except the ``mend_`` functions. Must not decide what is told to the user.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import JSON, Connection, Table, func, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from database.engine import book_engine
from database.journal import create_triggers, row_json, tracked_tables
from database.migrate import bring_up_to_date
from database.records import (
    CounterRecord,
    CurrentOperationRecord,
    InquiryRecord,
    QuotationRecord,
    RequestRecord,
    Row,
)

_NUMBER = re.compile(r"([A-Z]+-\d{4}-[A-Z]?)(\d+)")
_NUMBERED = (InquiryRecord, QuotationRecord, RequestRecord)


def page_faults(connection: Connection) -> list[str]:
    """What SQLite's own integrity check complains of."""
    rows = connection.exec_driver_sql("PRAGMA integrity_check").scalars()
    return [str(row) for row in rows if row != "ok"]


def orphans(connection: Connection) -> list[str]:
    """Rows that refer to a row which is not there, as ``table:id``."""
    rows = connection.exec_driver_sql("PRAGMA foreign_key_check")
    return [f"{row[0]}:{row[1]} → {row[2]}" for row in rows]


def schema_of(connection: Connection) -> dict[str, str]:
    """Every table, index, trigger and view by name, in SQL with its blanks made single."""
    rows = connection.exec_driver_sql(
        "SELECT type || ' ' || name, sql FROM sqlite_master"
        " WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
    )
    return {name: " ".join(sql.split()) for name, sql in rows}


def schema_drift(connection: Connection) -> list[str]:
    """What in the schema is missing, extra or other than the migrations make it."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "fresh.sqlite"
        bring_up_to_date(path, create=True)
        engine = book_engine(path)
        with engine.connect() as fresh:
            wanted = schema_of(fresh)
        engine.dispose()
    found = schema_of(connection)
    return sorted(
        name for name in wanted.keys() | found.keys() if wanted.get(name) != found.get(name)
    )


def mend_triggers(connection: Connection) -> None:
    """Makes the journal's triggers anew."""
    create_triggers(connection)


def unjournaled(connection: Connection) -> list[tuple[str, int]]:
    """Rows that are not as the newest journal entry left them, by table and id.

    All is compared inside the database: damaged text can't be brought out of it.
    """
    found: list[tuple[str, int]] = []
    for table in tracked_tables():
        now = _present(table)
        query = (
            "SELECT j.id, j.row_id FROM journal j WHERE j.id IN"
            " (SELECT max(id) FROM journal WHERE table_name = :table GROUP BY row_id)"
            f" AND j.after IS NOT {now}"
        )
        for entry, row_id in connection.execute(text(query), {"table": table.name}):
            if _differs(connection, entry, now):
                found.append((table.name, row_id))
    return found


def _present(table: Table) -> str:
    """SQL for the row of the journal entry ``j`` as it is now; NULL where there is none to be read.

    No column holds bytes: where there are some, the text they were is damaged.
    """
    bytes_ = " OR ".join(f"typeof(t.\"{column.name}\") = 'blob'" for column in table.columns)
    return (
        f"(SELECT CASE WHEN {bytes_} THEN NULL ELSE {row_json(table, 't.')} END"
        f' FROM "{table.name}" t WHERE t.id = j.row_id)'
    )


def _differs(connection: Connection, entry: int, now: str) -> bool:
    """Whether the row has other values than the journal's."""
    query = f"SELECT {_apart('j.after', now)} FROM journal j WHERE j.id = :entry"
    return bool(connection.execute(text(query), {"entry": entry}).scalar())


def _apart(first: str, second: str) -> str:
    """SQL for whether two rows, as JSON or NULL, have other values in the columns that both know.

    Either may know columns of its own, of an older or newer form of the book, but not both.
    """
    return (
        f"CASE WHEN json_valid({first}) AND json_valid({second}) THEN ("
        "SELECT max(a.key = p.key AND a.value IS NOT p.value)"
        " OR (max(a.key IS NULL) AND max(p.key IS NULL))"
        f" FROM json_each({first}) a FULL JOIN json_each({second}) p ON a.key = p.key)"
        f" ELSE {first} IS NOT {second} END"
    )


def broken_histories(connection: Connection) -> list[str]:
    """Rows that a journal entry found otherwise than the entry before had left them, as ``table:id``.

    Undoing such an entry would bring back what never was.
    """
    query = (
        "SELECT CAST(table_name AS BLOB), row_id FROM (SELECT table_name, row_id, before,"
        " lag(after) OVER (PARTITION BY table_name, row_id ORDER BY id) AS left_as FROM journal)"
        f" WHERE before IS NOT left_as AND {_apart('before', 'left_as')}"
    )
    rows = connection.exec_driver_sql(query)
    return [f"{bytes(table).decode(errors='replace')}:{row_id}" for table, row_id in rows]


def mend_journal(connection: Connection, rows: list[tuple[str, int]], operation_id: int) -> None:
    """Writes into the journal, as one operation, what it missed; the rows stay as they are."""
    tables = {table.name: table for table in tracked_tables()}
    for name, row_id in rows:
        table = tables[name]
        connection.execute(
            text(
                "INSERT INTO journal (operation_id, table_name, row_id, before, after) VALUES ("
                ":operation, :table, :row, (SELECT after FROM journal WHERE table_name = :table"
                " AND row_id = :row ORDER BY id DESC LIMIT 1),"
                f' (SELECT {row_json(table, "t.")} FROM "{name}" t WHERE t.id = :row))'
            ),
            {"operation": operation_id, "table": name, "row": row_id},
        )


def unreadable(connection: Connection) -> list[str]:
    """Tables of the book's own bookkeeping that hold text which is none, or no JSON where it should be."""
    tracked = tracked_tables()
    return [
        table.name
        for table in Row.metadata.sorted_tables
        if table not in tracked and not _is_readable(connection, table)
    ]


def _is_readable(connection: Connection, table: Table) -> bool:
    try:
        for _row in connection.exec_driver_sql(f'SELECT * FROM "{table.name}"'):
            pass  # the driver makes text of what it reads, or fails
    except DBAPIError:
        return False
    told = [column.name for column in table.columns if isinstance(column.type, JSON)]
    wrong = " OR ".join(f'NOT json_valid("{name}")' for name in told) or "FALSE"
    query = f'SELECT count(*) FROM "{table.name}" WHERE {wrong}'
    return connection.exec_driver_sql(query).scalar() == 0


def misjudged(connection: Connection) -> list[str]:
    """Operations that say they are undone and are not, or the other way round, by their ids."""
    rows = connection.exec_driver_sql(
        "SELECT o.id FROM operation o WHERE o.is_undone IS NOT EXISTS"
        " (SELECT 1 FROM operation r WHERE r.reverses_id = o.id AND NOT r.is_undone)"
    ).scalars()
    return [str(row) for row in rows]


def left_open(session: Session) -> int:
    """How many operations a killed program left open; there should be none."""
    return session.scalar(select(func.count()).select_from(CurrentOperationRecord)) or 0


def counters_behind(session: Session) -> dict[str, int]:
    """Counters that would give a number away a second time, with the number they must reach."""
    counters = {row.name: row.last for row in session.scalars(select(CounterRecord))}
    highest = dict(_highest(session))
    return {name: last for name, last in highest.items() if counters.get(name, 0) < last}


def _highest(session: Session) -> Iterator[tuple[str, int]]:
    found: dict[str, int] = {}
    for record in _NUMBERED:
        for number in session.scalars(select(record.number)):
            if match := _NUMBER.fullmatch(number or ""):
                found[match[1]] = max(found.get(match[1], 0), int(match[2]))
    yield from found.items()


def mend_counters(session: Session, behind: dict[str, int]) -> None:
    """Sets the counters to the highest numbers given."""
    known = {row.name: row for row in session.scalars(select(CounterRecord))}
    for name, last in behind.items():
        if name in known:
            known[name].last = last
        else:
            session.add(CounterRecord(name=name, last=last))
