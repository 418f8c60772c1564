"""Owns what the book knows of its files: each content once, and where it is shown.

Must not hold bytes; the files themselves lie in the book's folder, named by their content.
"""

from __future__ import annotations

from typing import ClassVar

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from database.records.record import Record
from database.types import Instant


class FileRecord(Record):
    """One file content, kept once however often it is used.

    Not tracked: an undone import leaves the content until the book is tidied, so redo finds it.
    """

    __tablename__ = "file"
    tracked: ClassVar[bool] = False

    sha256: Mapped[str] = mapped_column(String(64), unique=True)
    size_bytes: Mapped[int]
    media_type: Mapped[str]
    width_px: Mapped[int | None]
    height_px: Mapped[int | None]


class PictureRecord(Record):
    """A picture of a product or of a company (a card, a booth); the first is the main one."""

    __tablename__ = "picture"

    file_id: Mapped[int] = mapped_column(ForeignKey("file.id"), index=True)
    product_id: Mapped[int | None] = mapped_column(
        ForeignKey("product.id", ondelete="CASCADE"), index=True
    )
    company_id: Mapped[int | None] = mapped_column(
        ForeignKey("company.id", ondelete="CASCADE"), index=True
    )
    position: Mapped[int] = mapped_column(default=0)
    caption: Mapped[str | None]

    file: Mapped[FileRecord] = relationship()


class AttachmentRecord(Record):
    """A file that hangs on a record, under the cleaned name it came with."""

    __tablename__ = "attachment"

    file_id: Mapped[int] = mapped_column(ForeignKey("file.id"), index=True)
    name: Mapped[str]
    added_at: Mapped[Instant]
    company_id: Mapped[int | None] = mapped_column(
        ForeignKey("company.id", ondelete="CASCADE"), index=True
    )
    product_id: Mapped[int | None] = mapped_column(
        ForeignKey("product.id", ondelete="CASCADE"), index=True
    )
    inquiry_id: Mapped[int | None] = mapped_column(
        ForeignKey("inquiry.id", ondelete="CASCADE"), index=True
    )
    message_id: Mapped[int | None] = mapped_column(
        ForeignKey("message.id", ondelete="CASCADE"), index=True
    )
    quotation_id: Mapped[int | None] = mapped_column(
        ForeignKey("quotation.id", ondelete="CASCADE"), index=True
    )
    #: The ``Content-ID`` by which a mail's HTML names the part.
    content_id: Mapped[str | None]

    file: Mapped[FileRecord] = relationship()
