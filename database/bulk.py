"""Owns bulk inserts with ids known beforehand, so that children can be made with their parents.

Works inside a write scope, whose lock keeps the ids free. Must not decide what is inserted.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import func, insert, select, text
from sqlalchemy.orm import Session

from database.records import Record

_ROWS_A_STATEMENT = 5_000


def first_free_id(session: Session, record: type[Record]) -> int:
    """The id from which on no row was ever made in the record's table."""
    used = session.scalar(select(func.max(record.id))) or 0
    given = session.scalar(
        text("SELECT seq FROM sqlite_sequence WHERE name = :table"),
        {"table": record.__tablename__},
    )
    return max(used, given or 0) + 1


def insert_rows(
    session: Session, record: type[Record], rows: Sequence[Mapping[str, object]]
) -> None:
    """Inserts ``rows``, which all have the same keys, with as few statements as possible."""
    for start in range(0, len(rows), _ROWS_A_STATEMENT):
        session.execute(insert(record), list(rows[start : start + _ROWS_A_STATEMENT]))
