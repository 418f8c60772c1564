"""Owns looking for damage in a book's database: pages, references, schema, journal, counters.

Reads only, except the ``mend_`` functions. Must not decide what is told to the user.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Connection, func, select, text
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
    """Rows that are not as the newest journal entry left them, by table and id."""
    found: list[tuple[str, int]] = []
    for table in tracked_tables():
        now = f'(SELECT {row_json(table, "t.")} FROM "{table.name}" t WHERE t.id = j.row_id)'
        query = (
            f"SELECT j.row_id, j.after, {now} AS present FROM journal j WHERE j.id IN"
            " (SELECT max(id) FROM journal WHERE table_name = :table GROUP BY row_id)"
            f" AND j.after IS NOT {now}"
        )
        for row_id, after, present in connection.execute(text(query), {"table": table.name}):
            if not _says_the_same(connection, after, present):
                found.append((table.name, row_id))
    return found


def _says_the_same(connection: Connection, after: str | None, present: str | None) -> bool:
    """Whether the row has the journal's values in the columns that both know."""
    if after is None or present is None:
        return after is present
    query = text(
        "SELECT count(*) FROM json_each(:after) a JOIN json_each(:present) p ON a.key = p.key"
        " WHERE a.value IS NOT p.value"
    )
    return connection.execute(query, {"after": after, "present": present}).scalar() == 0


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
