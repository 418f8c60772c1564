"""Owns the list of past imports, with its SQL.

Must not import anything itself.
"""

from __future__ import annotations

from sqlalchemy import select

from app.fields import FieldsOf, FieldType
from app.lists import Listing
from database.records import ImportRecord, OperationRecord

_field = FieldsOf("sheets.field", is_editable=False)


IMPORTS = Listing(
    kind="import",
    id_column=ImportRecord.id,
    fields=(
        _field("file_name", width_chars=34),
        _field("imported_at", FieldType.INSTANT, width_chars=18),
        _field("is_undone", FieldType.YES_NO, width_chars=8),
        _field(
            "kind",
            FieldType.CHOICE,
            choices=("suppliers", "buyers", "contacts", "products", "inquiries", "offers"),
            choice_labels="sheets.kind",
        ),
        _field("changes", FieldType.INTEGER, width_chars=8),
        _field("rejected", FieldType.INTEGER, width_chars=8),
        _field("sheet_name", width_chars=18),
        _field("operation_id", FieldType.INTEGER, width_chars=8, is_shown=False),
    ),
    expressions={
        "file_name": ImportRecord.file_name,
        "sheet_name": ImportRecord.sheet_name,
        "kind": ImportRecord.kind,
        "imported_at": ImportRecord.imported_at,
        "changes": ImportRecord.counts["rows"].as_integer(),
        "rejected": ImportRecord.counts["rejected"].as_integer(),
        "is_undone": select(OperationRecord.is_undone)
        .where(OperationRecord.id == ImportRecord.operation_id)
        .correlate(ImportRecord)
        .scalar_subquery(),
        "operation_id": ImportRecord.operation_id,
    },
)
