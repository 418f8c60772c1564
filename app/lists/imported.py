"""Owns the field by which every list tells which import brought a record.

Must not know what an import did; the journal does.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import SQLColumnExpression, select

from app.fields import Field, FieldType
from database.records import ImportRecord, JournalRecord, Record

IMPORTED = Field(
    "import", FieldType.INTEGER, "lists.imported_in", is_editable=False, is_shown=False
)


def imported_in(record: type[Record]) -> SQLColumnExpression[Any]:
    """The number of the step that brought a record with an import; nothing where a person added it."""
    return (
        select(JournalRecord.operation_id)
        .join(ImportRecord, ImportRecord.operation_id == JournalRecord.operation_id)
        .where(
            JournalRecord.table_name == record.__tablename__,
            JournalRecord.row_id == record.id,
            JournalRecord.before.is_(None),
        )
        .limit(1)
        .correlate(record)
        .scalar_subquery()
    )
