"""Owns reading which files hang on records.

Must not write, and hands out no contents: they are read by their hash.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from database.records import AttachmentRecord, FileRecord


@dataclass(frozen=True, slots=True)
class AttachmentView:
    """A file under the name it came with."""

    id: int
    name: str
    sha256: str
    media_type: str
    size_bytes: int
    added_at: datetime
    #: The ``Content-ID`` by which a mail's HTML names the part.
    content_id: str | None


def attachments(
    session: Session, owner: InstrumentedAttribute[int | None], owner_id: int
) -> tuple[AttachmentView, ...]:
    """The files that hang on the record ``owner_id`` by the column ``owner``."""
    return tuple(attachments_by(session, owner, owner == owner_id).get(owner_id, ()))


def attachments_by(
    session: Session, owner: InstrumentedAttribute[int | None], condition: ColumnElement[bool]
) -> Mapping[int | None, Sequence[AttachmentView]]:
    """The files of all records that meet ``condition``, by the record, in one reading."""
    record = AttachmentRecord
    query = (
        select(
            owner,
            record.id,
            record.name,
            FileRecord.sha256,
            FileRecord.media_type,
            FileRecord.size_bytes,
            record.added_at,
            record.content_id,
        )
        .join(FileRecord, record.file_id == FileRecord.id)
        .where(condition)
        .order_by(record.id)
    )
    found: defaultdict[int | None, list[AttachmentView]] = defaultdict(list)
    for row in session.execute(query):
        found[row[0]].append(AttachmentView(*row[1:]))
    return found
