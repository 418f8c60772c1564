"""Owns what a user can do with files that hang on records: attach, save a copy, take off.

Must not open anything, nor decide what may be opened; the rule of names does.
"""

from __future__ import annotations

import hashlib
import mimetypes
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import delete, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from app.files.views import AttachmentView, attachments
from app.kernel.clock import Clock
from app.kernel.errors import AppError
from app.kernel.file_names import clean_name
from app.kernel.safe_write import safe_write
from app.lists.existing import existing, require
from database.book import Book
from database.records import (
    AttachmentRecord,
    CompanyRecord,
    FileRecord,
    InquiryRecord,
    ProductRecord,
    QuotationRecord,
    Record,
)

_MOST_MB = 200
_ANYTHING = "application/octet-stream"


@dataclass(frozen=True, slots=True)
class NewFile:
    """A file to be kept: the name it came with, what is in it, and of what type where that is known."""

    name: str
    content: bytes
    media_type: str = ""


@dataclass(frozen=True, slots=True)
class _Owner:
    record: type[Record]
    column: InstrumentedAttribute[int | None]


_COMPANY = _Owner(CompanyRecord, AttachmentRecord.company_id)
#: The kinds of records that files hang on, by the words the lists use.
_OWNERS: Mapping[str, _Owner] = {
    **dict.fromkeys(("supplier", "buyer", "agent", "forwarder"), _COMPANY),
    "product": _Owner(ProductRecord, AttachmentRecord.product_id),
    "inquiry": _Owner(InquiryRecord, AttachmentRecord.inquiry_id),
    "quotation": _Owner(QuotationRecord, AttachmentRecord.quotation_id),
}
OWNER_KINDS = tuple(_OWNERS)


class Files:
    """The files that hang on companies, products, inquiries and quotations."""

    def __init__(self, book: Book, clock: Clock) -> None:
        self._book = book
        self._clock = clock

    def of(self, kind: str, record_id: int) -> tuple[AttachmentView, ...]:
        """The files of a record, in the order they were attached."""
        with self._book.read() as session:
            return attachments(session, _owner(kind).column, record_id)

    def attach(
        self, kind: str, record_id: int, paths: Sequence[Path], *, initiator: object = None
    ) -> tuple[int, ...]:
        """Hangs copies of the files at ``paths`` on a record, as one operation; their ids.

        What hangs on the record already is left out. Raises ``AppError`` for a file that can't be
        read or is too large, and where none is new.
        """
        return self.attach_read(
            kind, record_id, [_read(path) for path in paths], initiator=initiator
        )

    def attach_read(
        self, kind: str, record_id: int, files: Sequence[NewFile], *, initiator: object = None
    ) -> tuple[int, ...]:
        """As :meth:`attach`, for files that were read, such as a picture from the clipboard."""
        owner = _owner(kind)
        with self._book.read() as session:
            existing(session, owner.record, kind, record_id)
            there = {
                (one.name, one.sha256) for one in attachments(session, owner.column, record_id)
            }
        new = [file for file in files if (clean_name(file.name), _sha256(file)) not in there]
        if not new:
            raise AppError("files.there_already")
        key = "files.attach" if len(new) == 1 else "files.attach_several"
        name = clean_name(new[0].name)
        with self._book.write(key, initiator=initiator, file=name, count=len(new)) as scope:
            now, named = self._clock.now(), {owner.column.key: record_id}
            hung = [hang(scope, self._book, file, owner=named, at=now) for file in new]
        return tuple(hung)

    def remove(self, ids: Sequence[int], *, initiator: object = None) -> None:
        """Takes files off their records; raises ``AppError`` where one is gone already."""
        record = AttachmentRecord
        with self._book.read() as session:
            require(session, record, "attachment", ids)
            names = session.scalars(select(record.name).where(record.id.in_(ids))).all()
        key = "files.remove" if len(names) == 1 else "files.remove_several"
        with self._book.write(key, initiator=initiator, file=names[0], count=len(names)) as scope:
            scope.execute(delete(record).where(record.id.in_(ids)))

    def save_copy(self, attachment_id: int, target: Path) -> Path:
        """Writes a copy of a file, of a record's or a message's, to ``target`` and returns that.

        A folder gets it under its own name. Raises ``AppError`` where the file is gone from the
        book or its folder, or ``target`` can't be written.
        """
        query = (
            select(AttachmentRecord.name, FileRecord.sha256)
            .join(FileRecord, AttachmentRecord.file_id == FileRecord.id)
            .where(AttachmentRecord.id == attachment_id)
        )
        with self._book.read() as session:
            existing(session, AttachmentRecord, "attachment", attachment_id)
            found = session.execute(query).one()
        source = self._book.files.path(found.sha256)
        if not source.is_file():
            raise AppError("files.content_missing", file=found.name)
        whole = target / found.name if target.is_dir() else target
        with safe_write(whole) as temporary:
            shutil.copyfile(source, temporary)
        return whole


def hang(
    scope: Session,
    book: Book,
    file: NewFile,
    *,
    owner: Mapping[str, int],
    at: datetime,
    content_id: str | None = None,
) -> int:
    """Hangs ``file`` on the record that ``owner`` names by its column (``inquiry_id``); its id.

    For the write scopes of other services.
    """
    name = clean_name(file.name)
    guessed = file.media_type or mimetypes.guess_type(name)[0] or _ANYTHING
    record = AttachmentRecord(
        file_id=keep_file(scope, book, file.content, media_type=guessed),
        name=name,
        added_at=at,
        content_id=content_id,
        **owner,
    )
    scope.add(record)
    scope.flush()
    return record.id


def keep_file(scope: Session, book: Book, content: bytes, *, media_type: str) -> int:
    """The id of the file record of ``content``, kept once in the book's folder."""
    sha256 = book.files.put(content)
    known = scope.scalar(select(FileRecord.id).where(FileRecord.sha256 == sha256))
    if known is not None:
        return known
    file = FileRecord(sha256=sha256, size_bytes=len(content), media_type=media_type)
    scope.add(file)
    scope.flush()
    return file.id


def _owner(kind: str) -> _Owner:
    if kind not in _OWNERS:
        raise AppError("files.no_owner", kind=kind, kinds=", ".join(_OWNERS))
    return _OWNERS[kind]


def _sha256(file: NewFile) -> str:
    return hashlib.sha256(file.content).hexdigest()


def _read(path: Path) -> NewFile:
    try:
        if path.stat().st_size > _MOST_MB * 2**20:
            raise AppError("files.too_large", file=path.name, most=_MOST_MB)
        return NewFile(path.name, path.read_bytes())
    except OSError as error:
        raise AppError("files.unreadable", file=str(path)) from error
