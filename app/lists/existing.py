"""Owns fetching records by their ids: those that must be there, or all that are.

Must not write.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.kernel.errors import AppError, Removed, no_such_record
from database.listed import among
from database.records import JournalRecord, Record

AnyRecord = TypeVar("AnyRecord", bound=Record)


def existing(session: Session, record: type[AnyRecord], kind: str, record_id: int) -> AnyRecord:
    """The record with this id; raises ``AppError`` naming its kind where there is none."""
    found = session.get(record, record_id)
    if found is None:
        raise missing(session, record.__tablename__, kind, record_id)
    return found


def missing(session: Session, table: str, kind: str, record_id: int) -> AppError:
    """The trouble that ``table`` has no row with this id: it was deleted where the journal says so, or never was."""
    entry = JournalRecord
    entries = select(entry.operation_id, entry.after).where(
        entry.table_name == table, entry.row_id == record_id
    )
    last = session.execute(entries.order_by(entry.id.desc()).limit(1)).one_or_none()
    if last is None or last.after is not None:
        return no_such_record(kind, record_id)
    return Removed(kind, record_id, step=last.operation_id)


def require(session: Session, record: type[Record], kind: str, ids: Iterable[int]) -> None:
    """Raises ``AppError`` for the first of ``ids`` that no record has."""
    wanted = tuple(ids)
    there = set(session.scalars(select(record.id).where(record.id.in_(among(wanted)))))
    for id_ in wanted:
        if id_ not in there:
            raise missing(session, record.__tablename__, kind, id_)


def by_id(
    session: Session, record: type[AnyRecord], ids: Iterable[int | None]
) -> dict[int, AnyRecord]:
    """The records with these ids, as far as they are there."""
    query = select(record).where(record.id.in_(among({id_ for id_ in ids if id_ is not None})))
    return {one.id: one for one in session.scalars(query)}
