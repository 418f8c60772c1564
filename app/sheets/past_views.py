"""Owns one past import read whole: what it did, which cells were corrected, where the rejected rows are.

Must not write.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from app.lists.existing import existing
from database.book import Book
from database.records import ImportRecord

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
    file_name: str
    imported_at: datetime
    created: Mapping[str, int]
    updated: Mapping[str, int]
    rejected: int
    #: The workbook of the rejected rows, where it is still there.
    rejected_file: Path | None
    corrections: tuple[Correction, ...]


def past_import(book: Book, import_id: int) -> PastImport:
    """The import; raises ``AppError`` where there is none."""
    with book.read() as session:
        record = existing(session, ImportRecord, "import", import_id)
        counts = record.counts
        name = counts.get("rejected_file")
        file = book.folder / REJECTED_FOLDER / name if name else None
        return PastImport(
            id=record.id,
            operation_id=record.operation_id,
            file_name=record.file_name,
            imported_at=record.imported_at,
            created=counts.get("created", {}),
            updated=counts.get("updated", {}),
            rejected=counts.get("rejected", 0),
            rejected_file=file if file is not None and file.exists() else None,
            corrections=tuple(Correction(**one) for one in counts.get("corrections", ())),
        )
