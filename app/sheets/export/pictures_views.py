"""Owns the pictures of exported records, read from the book's files.

Must not know headings or files that are written.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute, Session

from app.sheets.grid import Picture
from database.filestore import FileStore
from database.records import FileRecord, PictureRecord


def pictures_by(
    session: Session,
    files: FileStore,
    owner: InstrumentedAttribute[int | None],
    ids: Sequence[int],
) -> dict[int, tuple[Picture, ...]]:
    """Owner → its pictures whose files are there, in order; ``check`` tells of the others."""
    query = (
        select(owner, FileRecord.sha256, FileRecord.media_type)
        .join(FileRecord, PictureRecord.file_id == FileRecord.id)
        .where(owner.in_(ids))
        .order_by(PictureRecord.position, PictureRecord.id)
    )
    found: dict[int, tuple[Picture, ...]] = {}
    for record, sha256, media_type in session.execute(query):
        if record is not None and files.path(sha256).exists():
            picture = Picture(0, 0, files.read(sha256), media_type, "floating")
            found[record] = (*found.get(record, ()), picture)
    return found
