"""Owns the views of lists a person has saved: a filter, an order and the columns under a name.

Every change is one operation with its undo. Must not read the query: it stays as it was typed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from app.kernel.errors import AppError
from app.kernel.text import clean, fold
from database.book import Book, WriteScope
from database.records import SavedViewRecord


@dataclass(frozen=True, slots=True)
class SavedView:
    """A saved view of the list of ``kind``.

    ``sort`` is a field's key, with a "-" before it for the other direction, and empty for the order
    of entry; ``columns`` are the keys of the columns shown, from left to right.
    """

    id: int
    kind: str
    name: str
    query: str
    sort: str
    columns: tuple[str, ...]


class SavedViews:
    """The saved views of one book."""

    def __init__(self, book: Book) -> None:
        self._book = book

    def all(self, kind: str | None = None) -> tuple[SavedView, ...]:
        """The views of all lists, or of the list of ``kind``, by name."""
        query = select(SavedViewRecord)
        if kind is not None:
            query = query.where(SavedViewRecord.kind == kind)
        with self._book.read() as session:
            views = [
                SavedView(
                    one.id, one.kind, one.name, one.query or "", one.sort or "", tuple(one.columns)
                )
                for one in session.scalars(query)
            ]
        return tuple(sorted(views, key=lambda view: (fold(view.name), view.id)))

    def save(
        self,
        kind: str,
        name: str,
        *,
        query: str = "",
        sort: str = "",
        columns: Sequence[str] = (),
        initiator: object = None,
    ) -> int:
        """Saves a view and returns its id; one of the same list and name is replaced."""
        wanted = _name(name)
        with self._book.write("lists.view_save", initiator=initiator, name=wanted) as scope:
            record = _named(scope, kind, wanted) or SavedViewRecord(kind=kind)
            record.name, record.query, record.sort = wanted, query.strip() or None, sort or None
            record.columns = list(columns)
            scope.add(record)
            scope.flush()
            return record.id

    def rename(self, view_id: int, name: str, *, initiator: object = None) -> None:
        """Gives a view another name; raises ``AppError`` where another view of the list has it."""
        wanted = _name(name)
        with self._book.write("lists.view_rename", initiator=initiator, name=wanted) as scope:
            record = _record(scope, view_id)
            if _named(scope, record.kind, wanted) not in (None, record):
                raise AppError("lists.view_name_taken", name=wanted)
            record.name = wanted

    def delete(self, view: SavedView, *, initiator: object = None) -> None:
        """Deletes a view; the records it shows stay."""
        with self._book.write("lists.view_delete", initiator=initiator, name=view.name) as scope:
            scope.delete(_record(scope, view.id))


def _name(typed: str) -> str:
    name = clean(typed).strip()
    if not name:
        raise AppError("lists.view_needs_name")
    return name


def _record(scope: WriteScope, view_id: int) -> SavedViewRecord:
    record = scope.get(SavedViewRecord, view_id)
    if record is None:
        raise AppError("lists.view_gone")
    return record


def _named(scope: WriteScope, kind: str, name: str) -> SavedViewRecord | None:
    records = scope.scalars(select(SavedViewRecord).where(SavedViewRecord.kind == kind))
    return next((one for one in records if fold(one.name) == fold(name)), None)
