"""Owns undo, redo and the list of what was done, as a user sees them.

Must not reverse rows itself; the database floor does.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.history.kept import KeptRecord, kept_records
from app.kernel.errors import AppError
from app.kernel.messages import Message
from database.book import Book
from database.records import JournalRecord, OperationRecord

#: Values an operation's name keeps as they are stored, and the texts that name them.
_WORDS_OF = {"stage": "stages"}


@dataclass(frozen=True, slots=True)
class Operation:
    """One step of the history."""

    id: int
    kind: str
    message: Message
    made_at: datetime
    is_undone: bool
    changes: int
    reverses: int | None


@dataclass(frozen=True, slots=True)
class Undone:
    """What an undo or redo did; ``kept`` records were changed since or are still needed."""

    operation: int
    message: Message
    reverted: int
    kept: tuple[KeptRecord, ...]


class History:
    """The operations of the book, newest first, and undo and redo."""

    def __init__(self, book: Book) -> None:
        self._book = book

    def operations(self, *, limit: int = 100, before: int | None = None) -> list[Operation]:
        """The newest operations, or those before the operation ``before``."""
        counted = (
            select(func.count())
            .where(JournalRecord.operation_id == OperationRecord.id)
            .correlate(OperationRecord)
            .scalar_subquery()
        )
        query = select(OperationRecord, counted).order_by(OperationRecord.id.desc()).limit(limit)
        if before is not None:
            query = query.where(OperationRecord.id < before)
        with self._book.read() as session:
            return [_operation(record, changes) for record, changes in session.execute(query)]

    def last_change(self, table: str, row_id: int) -> Operation | None:
        """The step that changed a row last."""
        entry = JournalRecord
        query = (
            select(OperationRecord)
            .join(entry, entry.operation_id == OperationRecord.id)
            .where(entry.table_name == table, entry.row_id == row_id)
            .order_by(entry.id.desc())
            .limit(1)
        )
        with self._book.read() as session:
            record = session.scalar(query)
            return _operation(record, 0) if record else None

    def undoable(self) -> Operation | None:
        """What a plain undo would take back."""
        with self._book.read() as session:
            record = session.scalar(
                select(OperationRecord)
                .where(OperationRecord.kind == "do", OperationRecord.is_undone.is_(False))
                .order_by(OperationRecord.id.desc())
                .limit(1)
            )
            return _operation(record, 0) if record else None

    def redoable(self) -> Operation | None:
        """What a plain redo would do again: the last undo, if nothing was done since."""
        with self._book.read() as session:
            record = _last_undo(session)
            return _operation(record, 0) if record else None

    def undo(self, operation_id: int | None = None, *, initiator: object = None) -> Undone:
        """Takes back the last operation, or the given one; raises ``AppError`` where none is left."""
        if operation_id is None:
            last = self.undoable()
            if last is None:
                raise AppError("history.nothing_to_undo")
            operation_id = last.id
        else:
            self._require_undoable(operation_id)
        return self._reverse(operation_id, initiator)

    def redo(self, *, initiator: object = None) -> Undone:
        """Does again what the last undo took back."""
        last = self.redoable()
        if last is None:
            raise AppError("history.nothing_to_redo")
        return self._reverse(last.id, initiator)

    def _require_undoable(self, operation_id: int) -> None:
        with self._book.read() as session:
            record = session.get(OperationRecord, operation_id)
            if record is None:
                raise AppError("history.no_such_operation", operation=operation_id)
            if record.is_undone:
                raise AppError("history.already_undone", operation=operation_id)

    def _reverse(self, operation_id: int, initiator: object) -> Undone:
        operation, reversal = self._book.undo(operation_id, initiator=initiator)
        with self._book.read() as session:
            message = message_of(session.get_one(OperationRecord, operation_id))
            kept = kept_records(session, reversal.kept)
        return Undone(operation, message, reversal.reverted, kept)


def _last_undo(session: Session) -> OperationRecord | None:
    undo = session.scalar(
        select(OperationRecord)
        .where(OperationRecord.kind == "undo", OperationRecord.is_undone.is_(False))
        .order_by(OperationRecord.id.desc())
        .limit(1)
    )
    done = session.scalar(select(func.max(OperationRecord.id)).where(OperationRecord.kind == "do"))
    return undo if undo is not None and undo.id > (done or 0) else None


def _operation(record: OperationRecord, changes: int) -> Operation:
    return Operation(
        id=record.id,
        kind=record.kind,
        message=message_of(record),
        made_at=record.made_at,
        is_undone=record.is_undone,
        changes=changes,
        reverses=record.reverses_id,
    )


def message_of(record: OperationRecord) -> Message:
    """The name of a step, its values put as people know them."""
    told = {
        name: Message(f"{_WORDS_OF[name]}.{value}") if name in _WORDS_OF else value
        for name, value in record.params.items()
    }
    return Message(record.name, **told)
