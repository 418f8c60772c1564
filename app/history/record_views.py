"""Owns what happened to one record, step by step: which fields changed, and what was added or removed.

Must not put anything back; undo does.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from sqlalchemy import select

from app.fields import Field
from app.history.kept import KINDS
from app.history.service import message_of
from app.kernel.errors import AppError, no_such_record
from app.kernel.messages import Message
from database.book import Book
from database.records import OperationRecord, TagRecord
from database.trail import Footprint, Values, trail

#: Kinds of records that have a history of their own, by the words the lists use → table.
TABLES: Mapping[str, str] = {
    **{kind: table for table, kind in KINDS.items()},
    **dict.fromkeys(("supplier", "buyer", "agent", "forwarder"), "company"),
}
#: What stands by itself, though it is deleted with the record it names.
_APART = ("product", "inquiry", "request", "request_supplier", "offer", "thread", "quotation")
#: Steps told; what is older stands in the history of the book.
_STEPS = 100
_TAGS = select(TagRecord.id, TagRecord.name)


class Happened(enum.Enum):
    """What happened to a row."""

    ADDED = "added"
    CHANGED = "changed"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field of a row, None where it was or is empty."""

    field: Field
    before: object
    after: object


@dataclass(frozen=True, slots=True)
class RowChange:
    """What happened to the record itself or to a part of it, such as a price or a note."""

    kind: str
    id: int
    happened: Happened
    fields: tuple[FieldChange, ...]


@dataclass(frozen=True, slots=True)
class RecordStep:
    """One step of the history as far as it concerned a record."""

    operation: int
    kind: str
    message: Message
    made_at: datetime
    is_undone: bool
    changes: tuple[RowChange, ...]


class RecordHistories:
    """Histories of single records; ``fields`` describes the columns of tables that are told."""

    def __init__(self, book: Book, *, fields: Mapping[str, Sequence[Field]]) -> None:
        self._book = book
        self._fields = fields

    def of(self, kind: str, record_id: int) -> tuple[RecordStep, ...]:
        """What happened to a record, newest first; raises ``AppError`` for an unknown kind or record.

        A record that was deleted still has its history.
        """
        if kind not in TABLES:
            raise AppError("lists.unknown_kind", kind=kind, kinds=", ".join(TABLES))
        with self._book.read() as session:
            found = trail(session, TABLES[kind], record_id, apart=_APART)
            if not found:
                raise no_such_record(kind, record_id)
            tags = {id_: {"tags": name} for id_, name in session.execute(_TAGS)}
            return tuple(
                _step(
                    session.get_one(OperationRecord, operation_id),
                    self._changes((kind, record_id), footprints, tags),
                )
                for operation_id, footprints in _by_operation(found)[:_STEPS]
            )

    def _changes(
        self, record: tuple[str, int], footprints: Iterable[Footprint], tags: Mapping[int, Values]
    ) -> Iterator[RowChange]:
        """The changes of one step: first the record's own, then its parts in the order they came.

        What came with the record itself is not told apart.
        """
        kind, record_id = record
        own = TABLES[kind], record_id
        ordered = sorted(footprints, key=lambda one: ((one.table, one.row_id) != own, one.entry))
        if ordered and (ordered[0].table, ordered[0].row_id) == own and not ordered[0].before:
            ordered = ordered[:1]
        for one in ordered:
            is_own = (one.table, one.row_id) == own
            happened = _happened(one)
            before, after = (_told(values, tags) for values in (one.before, one.after))
            fields = tuple(self._differing(one.table, before, after))
            if fields or happened is not Happened.CHANGED:
                named = kind if is_own else KINDS.get(one.table, one.table)
                shown = () if is_own and happened is not Happened.CHANGED else fields
                yield RowChange(named, one.row_id, happened, shown)

    def _differing(self, table: str, before: Values, after: Values) -> Iterator[FieldChange]:
        for field in self._fields.get(table, ()):
            one, other = before.get(field.key), after.get(field.key)
            if (one or None) != (other or None):
                yield FieldChange(field, one, other)


def _by_operation(found: Sequence[Footprint]) -> list[tuple[int, list[Footprint]]]:
    return [
        (operation, list(footprints))
        for operation, footprints in groupby(
            sorted(found, key=lambda one: -one.operation_id), key=lambda one: one.operation_id
        )
    ]


def _told(values: Values | None, tags: Mapping[int, Values]) -> Values:
    """The values of a row; where it hangs a tag on something, with the tag's name."""
    return {**(values or {}), **tags.get((values or {}).get("tag_id", 0), {})}


def _step(operation: OperationRecord, changes: Iterable[RowChange]) -> RecordStep:
    return RecordStep(
        operation.id,
        operation.kind,
        message_of(operation),
        operation.made_at,
        operation.is_undone,
        tuple(changes),
    )


def _happened(one: Footprint) -> Happened:
    if one.before is None:
        return Happened.ADDED
    return Happened.REMOVED if one.after is None else Happened.CHANGED
