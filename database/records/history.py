"""Owns the tables behind the write scope: operations, the journal, counters and settings.

Must not be written by hand, except settings: the write scope and the journal's triggers do it.
"""

from __future__ import annotations

from typing import Any, ClassVar

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from database.records.record import Record, Row
from database.types import Instant


class BookRecord(Record):
    """The book itself, one row; its uid is the book's identity."""

    __tablename__ = "book"
    tracked: ClassVar[bool] = False

    created_at: Mapped[Instant]


class OperationRecord(Row):
    """One named action of the user: one transaction, one step of undo."""

    __tablename__ = "operation"

    #: do, undo or redo; the latter two reverse ``reverses_id``.
    kind: Mapped[str] = mapped_column(default="do")
    reverses_id: Mapped[int | None] = mapped_column(ForeignKey("operation.id"), index=True)
    is_undone: Mapped[bool] = mapped_column(default=False)
    name: Mapped[str]
    params: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    made_at: Mapped[Instant]


class JournalRecord(Row):
    """One change of one row, written by the triggers: the row before and after as JSON."""

    __tablename__ = "journal"

    operation_id: Mapped[int] = mapped_column(ForeignKey("operation.id"))
    table_name: Mapped[str] = mapped_column(String(32))
    row_id: Mapped[int]
    before: Mapped[str | None]
    after: Mapped[str | None]

    __table_args__ = (
        Index("ix_journal_operation", "operation_id"),
        Index("ix_journal_row", "table_name", "row_id"),
        Record.__table_args__,
    )


class CurrentOperationRecord(Row):
    """The operation whose write scope is open, where the triggers read it; else no row."""

    __tablename__ = "current_operation"

    operation_id: Mapped[int] = mapped_column(ForeignKey("operation.id"))


class CounterRecord(Row):
    """The last number given to a kind of paper in a year. Not tracked: no number is given twice."""

    __tablename__ = "counter"

    name: Mapped[str] = mapped_column(unique=True)
    last: Mapped[int]


class SettingRecord(Record):
    """A choice of the user that belongs to the book."""

    __tablename__ = "setting"

    name: Mapped[str] = mapped_column(unique=True)
    value: Mapped[Any] = mapped_column(JSON)


class SavedViewRecord(Record):
    """A list as the user likes it: filter, order and columns under a name."""

    __tablename__ = "saved_view"

    kind: Mapped[str]
    name: Mapped[str]
    query: Mapped[str | None]
    sort: Mapped[str | None]
    columns: Mapped[list[str]] = mapped_column(JSON, default=list)


class GlossaryRecord(Record):
    """Words that mean the same goods, in both languages, added by the user.

    ``replaces`` is the first word of an entry that ships with the program and that this one stands
    in for; without ``words`` that entry is not used at all.
    """

    __tablename__ = "glossary"

    words: Mapped[list[str]] = mapped_column(JSON, default=list)
    replaces: Mapped[str | None]
