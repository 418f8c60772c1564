"""Owns bulk inserts with ids known beforehand, so that children can be made with their parents.

Works inside a write scope, whose lock keeps the ids free. Must not decide what is inserted.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import Table, bindparam, func, insert, select, text, update
from sqlalchemy.orm import Session

from database.records import Record

_ROWS_A_STATEMENT = 5_000
#: Told apart from the columns' own names, which SQLAlchemy keeps for itself in an update.
_NEW = "new_"


def first_free_id(session: Session, record: type[Record]) -> int:
    """The id from which on no row was ever made in the record's table."""
    used = session.scalar(select(func.max(record.id))) or 0
    given = session.scalar(
        text("SELECT seq FROM sqlite_sequence WHERE name = :table"),
        {"table": record.__tablename__},
    )
    return max(used, given or 0) + 1


def parents_first(records: Iterable[type[Record]]) -> list[type[Record]]:
    """``records`` in an order in which their rows can be inserted."""
    order = {table.name: place for place, table in enumerate(Record.metadata.sorted_tables)}
    return sorted(records, key=lambda record: order[record.__tablename__])


def insert_rows(
    session: Session, record: type[Record], rows: Sequence[Mapping[str, object]]
) -> None:
    """Inserts ``rows``, which all have the same keys, with as few statements as possible."""
    connection = session.connection()
    statement = insert(_table(record))
    for start in range(0, len(rows), _ROWS_A_STATEMENT):
        connection.execute(statement, list(rows[start : start + _ROWS_A_STATEMENT]))


def update_rows(
    session: Session, record: type[Record], changes: Mapping[int, Mapping[str, object]]
) -> None:
    """Sets the values of each row in ``changes`` (id → values), one statement a set of columns."""
    table = _table(record)
    by_columns: dict[tuple[str, ...], list[dict[str, object]]] = {}
    for row_id, values in changes.items():
        row = {f"{_NEW}{key}": value for key, value in values.items()}
        by_columns.setdefault(tuple(sorted(values)), []).append({"row_id": row_id, **row})
    for columns, rows in by_columns.items():
        statement = (
            update(table)
            .where(table.c.id == bindparam("row_id"))
            .values({key: bindparam(f"{_NEW}{key}") for key in columns})
        )
        session.connection().execute(statement, rows)


def _table(record: type[Record]) -> Table:
    return record.metadata.tables[record.__tablename__]
