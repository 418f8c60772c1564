"""Owns what a user can do with the pictures of products and companies: add, remove, put in order.

The first picture is the main one, which lists, cards and papers show. Must not trust a picture from
outside; it is decoded under limits and encoded anew before it is kept.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from sqlalchemy import delete, func, select
from sqlalchemy.orm import InstrumentedAttribute

from app.directory.forms import MAIN_KINDS, form
from app.directory.views import PictureView, pictures_of
from app.files.service import keep_file
from app.kernel.errors import AppError
from app.kernel.progress import UNWATCHED, Progress
from app.lists.existing import existing, require
from database.book import Book, WriteScope
from database.records import CompanyRecord, PictureRecord, ProductRecord

_COLUMNS: dict[type, InstrumentedAttribute[int | None]] = {
    CompanyRecord: PictureRecord.company_id,
    ProductRecord: PictureRecord.product_id,
}


class Encoded(Protocol):
    """A picture encoded by us, fit to be kept."""

    @property
    def data(self) -> bytes:
        """Its bytes."""

    @property
    def media_type(self) -> str:
        """``image/png`` or ``image/jpeg``."""


class Reader(Protocol):
    """Reads pictures from outside under limits; ``None`` for what is none."""

    def __call__(
        self, stored: Sequence[Path | bytes], *, progress: Progress
    ) -> Sequence[Encoded | None]:
        """The pictures, in the order given; raises ``Cancelled``."""


class Pictures:
    """The pictures of products and companies."""

    def __init__(self, book: Book, *, read: Reader) -> None:
        self._book = book
        self._read = read

    def of(self, kind: str, record_id: int) -> tuple[PictureView, ...]:
        """The pictures of a record, the main one first."""
        with self._book.read() as session:
            return pictures_of(session, _column(kind), record_id)

    def add(
        self,
        kind: str,
        record_id: int,
        stored: Sequence[Path | bytes],
        *,
        progress: Progress = UNWATCHED,
        initiator: object = None,
    ) -> tuple[int, ...]:
        """Reads pictures, files or what was pasted, and hangs them on a record; their ids.

        Raises ``AppError`` where one can't be read as a picture, ``OSError`` where there is no such
        file, and ``Cancelled``.
        """
        for source in stored:
            if isinstance(source, Path):
                source.stat()
        made = self._read(stored, progress=progress)
        for source, picture in zip(stored, made, strict=True):
            if picture is None:
                raise _unreadable(source)
        return self.hang(kind, record_id, [one for one in made if one], initiator=initiator)

    def hang(
        self,
        kind: str,
        record_id: int,
        pictures: Sequence[Encoded],
        *,
        initiator: object = None,
    ) -> tuple[int, ...]:
        """Hangs pictures behind those a record has, as one operation; their ids.

        What hangs there already is left out; raises ``AppError`` where none is new.
        """
        column = _column(kind)
        with self._book.read() as session:
            existing(session, form(kind).record, kind, record_id)
            there = {one.sha256 for one in pictures_of(session, column, record_id)}
        contents = {hashlib.sha256(one.data).hexdigest(): one for one in pictures}
        new = [one for sha256, one in contents.items() if sha256 not in there]
        if not new:
            raise AppError("pictures.there_already")
        with self._book.write("pictures.add", initiator=initiator, count=len(new)) as scope:
            last = scope.scalar(select(func.max(PictureRecord.position)).where(column == record_id))
            hung = [
                PictureRecord(
                    file_id=keep_file(scope, self._book, one.data, media_type=one.media_type),
                    position=position,
                    **{column.key: record_id},
                )
                for position, one in enumerate(new, 0 if last is None else last + 1)
            ]
            scope.add_all(hung)
            scope.flush()
            return tuple(one.id for one in hung)

    def remove(self, ids: Sequence[int], *, initiator: object = None) -> None:
        """Takes pictures off their records; raises ``AppError`` where one is gone already."""
        record = PictureRecord
        with self._book.read() as session:
            require(session, record, "picture", ids)
        with self._book.write("pictures.remove", initiator=initiator, count=len(set(ids))) as scope:
            scope.execute(delete(record).where(record.id.in_(ids)))

    def move(self, picture_id: int, place: int, *, initiator: object = None) -> None:
        """Puts a picture in the ``place``, from 0, among those of its record; in the first it is the main one."""
        with self._book.read() as session:
            existing(session, PictureRecord, "picture", picture_id)
        with self._book.write("pictures.move", initiator=initiator) as scope:
            moved = scope.get_one(PictureRecord, picture_id)
            pictures = _beside(scope, moved)
            pictures.remove(moved)
            pictures.insert(max(place, 0), moved)
            for position, picture in enumerate(pictures):
                picture.position = position


def _beside(scope: WriteScope, picture: PictureRecord) -> list[PictureRecord]:
    """The pictures of the same record, in order; sheets that were imported each count from 0."""
    record = PictureRecord
    same = record.product_id.is_not_distinct_from(
        picture.product_id
    ) & record.company_id.is_not_distinct_from(picture.company_id)
    ordered = select(record).where(same).order_by(record.position, record.id)
    return list(scope.scalars(ordered))


def _column(kind: str) -> InstrumentedAttribute[int | None]:
    if kind not in MAIN_KINDS:
        raise AppError("pictures.no_owner", kind=kind, kinds=", ".join(MAIN_KINDS))
    return _COLUMNS[form(kind).record]


def _unreadable(source: Path | bytes) -> AppError:
    if isinstance(source, bytes):
        return AppError("pictures.pasted_unreadable")
    return AppError("pictures.unreadable", file=source.name)
