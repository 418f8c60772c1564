"""Owns fetching records by their ids: one that must be there, or all that are.

Must not write.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.kernel.errors import no_such_record
from database.listed import among
from database.records import Record

AnyRecord = TypeVar("AnyRecord", bound=Record)


def existing(session: Session, record: type[AnyRecord], kind: str, record_id: int) -> AnyRecord:
    """The record with this id; raises ``AppError`` naming its kind where there is none."""
    found = session.get(record, record_id)
    if found is None:
        raise no_such_record(kind, record_id)
    return found


def by_id(
    session: Session, record: type[AnyRecord], ids: Iterable[int | None]
) -> dict[int, AnyRecord]:
    """The records with these ids, as far as they are there."""
    query = select(record).where(record.id.in_(among({id_ for id_ in ids if id_ is not None})))
    return {one.id: one for one in session.scalars(query)}
