"""Owns making one row of two: all that names the one names the other afterwards.

Must not choose between the values of the two; the services do.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Column, Table, UniqueConstraint, delete, select, update
from sqlalchemy.orm import Session

from database.records import AttachmentRecord, PictureRecord, Record, TagLinkRecord

#: What hangs on a record once: a tag, a picture, a file of one name.
_ONCE = {
    TagLinkRecord.__tablename__: ("tag_id",),
    PictureRecord.__tablename__: ("file_id",),
    AttachmentRecord.__tablename__: ("file_id", "name"),
}


def absorb(session: Session, keep: Record, other: Record) -> None:
    """Hangs all that hangs on ``other`` on ``keep``, alike things once, and deletes ``other``."""
    session.flush()
    for table, column in columns_naming(type(keep)):
        for alike in _once(table, column.name):
            kept = table.alias()
            same = (kept.c[name] == table.c[name] for name in alike)
            found = select(kept.c.id).where(kept.c[column.name] == keep.id, *same)
            session.execute(delete(table).where(column == other.id, found.exists()))
        session.execute(update(table).where(column == other.id).values({column.name: keep.id}))
    session.expunge(other)
    session.execute(delete(type(other)).where(type(other).id == other.id))


def columns_naming(record: type[Record]) -> Iterator[tuple[Table, Column[object]]]:
    """Every column of the book that names such a record."""
    for table in Record.metadata.sorted_tables:
        for key in table.foreign_keys:
            if key.column.table.name == record.__tablename__:
                yield table, key.parent


def _once(table: Table, owner: str) -> Iterator[tuple[str, ...]]:
    """The columns in which no two rows of one owner may be the same."""
    if table.name in _ONCE:
        yield _ONCE[table.name]
    for constraint in table.constraints:
        if isinstance(constraint, UniqueConstraint):
            names = tuple(column.name for column in constraint.columns)
            if owner in names:
                yield tuple(name for name in names if name != owner)
