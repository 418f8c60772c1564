"""Owns fetching a record that must be there, or telling that it is not.

Must not write.
"""

from __future__ import annotations

from typing import TypeVar

from sqlalchemy.orm import Session

from app.kernel.errors import no_such_record
from database.records import Record

AnyRecord = TypeVar("AnyRecord", bound=Record)


def existing(session: Session, record: type[AnyRecord], kind: str, record_id: int) -> AnyRecord:
    """The record with this id; raises ``AppError`` naming its kind where there is none."""
    found = session.get(record, record_id)
    if found is None:
        raise no_such_record(kind, record_id)
    return found
