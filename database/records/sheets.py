"""Owns what is remembered of imports: each batch, and how a layout was mapped.

Must not hold imported rows; the journal knows which rows an import made.
"""

from __future__ import annotations

from typing import Any, ClassVar

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from database.records.record import Record
from database.types import Instant


class ImportRecord(Record):
    """One import of one file. Not tracked: it stays in the list when the import is undone."""

    __tablename__ = "import_batch"
    tracked: ClassVar[bool] = False

    operation_id: Mapped[int | None] = mapped_column(ForeignKey("operation.id"), index=True)
    file_name: Mapped[str]
    file_sha256: Mapped[str] = mapped_column(String(64))
    sheet_name: Mapped[str | None]
    kind: Mapped[str]
    mapping: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    #: How many rows became what; under ``corrections`` what the person put in the place of cells.
    counts: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    #: The rejected rows with their reasons, as they stood in the sheet.
    rejected: Mapped[list[Any]] = mapped_column(JSON, default=list)
    imported_at: Mapped[Instant]


class LayoutRecord(Record):
    """How the columns of one layout are mapped, or that a row holds its headings.

    Not tracked: kept even when the import fails.
    """

    __tablename__ = "layout"
    tracked: ClassVar[bool] = False

    layout_key: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str]
    mapping: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    saved_at: Mapped[Instant]
