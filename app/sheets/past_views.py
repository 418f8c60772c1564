"""Owns what is told of past imports: one read whole, and which of them a file was.

Must not write.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import select

from app.kernel.messages import Message
from app.lists.existing import existing
from database.book import Book
from database.records import ImportRecord, OperationRecord

#: The folder of the book in which rejected rows are kept as workbooks.
REJECTED_FOLDER = "rejected"


@dataclass(frozen=True, slots=True)
class Correction:
    """A cell a person corrected before the import."""

    sheet: str
    row: int
    column: str
    was: str
    now: str


@dataclass(frozen=True, slots=True)
class PastImport:
    """An import that was done; ``created`` and ``updated`` count records by their kind."""

    id: int
    operation_id: int | None
    is_undone: bool
    file_name: str
    imported_at: datetime
    created: Mapping[str, int]
    updated: Mapping[str, int]
    rejected: int
    #: The workbook of the rejected rows, where it is still there.
    rejected_file: Path | None
    corrections: tuple[Correction, ...]


def file_key(path: Path) -> str:
    """What tells the very same file again, whatever it is called."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def seen_before(book: Book, path: Path) -> Message | None:
    """That this very file was imported before: when, in which step, and whether that was undone.

    None where it was not, or is there no longer.
    """
    if not path.exists():
        return None
    query = (
        select(ImportRecord, OperationRecord.is_undone)
        .outerjoin(OperationRecord, OperationRecord.id == ImportRecord.operation_id)
        .where(ImportRecord.file_sha256 == file_key(path))
        .order_by(ImportRecord.id.desc())
        .limit(1)
    )
    with book.read() as session:
        found = session.execute(query).one_or_none()
    if found is None:
        return None
    record, is_undone = found
    key = "sheets.seen_before_undone" if is_undone else "sheets.seen_before"
    day = record.imported_at.astimezone().date()
    return Message(key, on=day, step=record.operation_id)


def past_import(book: Book, import_id: int) -> PastImport:
    """The import; raises ``AppError`` where there is none."""
    with book.read() as session:
        record = existing(session, ImportRecord, "import", import_id)
        counts = record.counts
        name = counts.get("rejected_file")
        file = book.folder / REJECTED_FOLDER / name if name else None
        step = session.get(OperationRecord, record.operation_id) if record.operation_id else None
        return PastImport(
            id=record.id,
            operation_id=record.operation_id,
            is_undone=step is not None and step.is_undone,
            file_name=record.file_name,
            imported_at=record.imported_at,
            created=counts.get("created", {}),
            updated=counts.get("updated", {}),
            rejected=counts.get("rejected", 0),
            rejected_file=file if file is not None and file.exists() else None,
            corrections=tuple(Correction(**one) for one in counts.get("corrections", ())),
        )
