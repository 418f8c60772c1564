"""Owns the list of quotations, with its SQL.

Must not read a single quotation whole; ``app.quotations.views`` does.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import SQLColumnExpression, func, select

from app.directory.lists import name_of_company
from app.fields import FieldsOf, FieldType
from app.lists import Listing
from app.quotations.revisions import State
from database.records import (
    STATE_TODAY,
    CompanyRecord,
    InquiryRecord,
    QuotationLineRecord,
    QuotationRecord,
    RevisionRecord,
)

_field = FieldsOf("quotations.field", is_editable=False)


def _current(column: SQLColumnExpression[Any]) -> SQLColumnExpression[Any]:
    """``column`` of the revision that counts."""
    return (
        select(column)
        .where(
            RevisionRecord.quotation_id == QuotationRecord.id,
            RevisionRecord.revision == QuotationRecord.revision,
        )
        .correlate(QuotationRecord)
        .scalar_subquery()
    )


_OF_REVISION = (
    "title",
    "issued_on",
    "valid_until",
    "currency",
    "incoterm",
    "place",
    "payment_terms",
    "sent_at",
)

QUOTATIONS = Listing(
    kind="quotation",
    id_column=QuotationRecord.id,
    fields=(
        _field("number", width_chars=13),
        _field("revision", FieldType.INTEGER, width_chars=4),
        _field(
            "state",
            FieldType.CHOICE,
            choices=tuple(State),
            choice_labels="quotations.state",
            width_chars=10,
        ),
        _field("buyer", width_chars=24),
        _field("title", width_chars=24),
        _field("lines", FieldType.INTEGER, width_chars=6),
        _field("currency", FieldType.CURRENCY, width_chars=6),
        _field("incoterm", width_chars=6),
        _field("place", FieldType.PLACE, width_chars=12),
        _field("issued_on", FieldType.DATE, width_chars=10),
        _field("valid_until", FieldType.DATE, width_chars=10),
        _field("payment_terms", is_shown=False, width_chars=24),
        _field("sent_at", FieldType.INSTANT, is_shown=False, width_chars=14),
        _field("inquiry", is_shown=False, width_chars=12),
    ),
    expressions={
        **{key: _current(getattr(RevisionRecord, key)) for key in _OF_REVISION},
        "number": QuotationRecord.number,
        "revision": QuotationRecord.revision,
        "state": STATE_TODAY,
        "buyer": select(name_of_company())
        .where(CompanyRecord.id == QuotationRecord.buyer_id)
        .correlate(QuotationRecord)
        .scalar_subquery(),
        "lines": select(func.count(QuotationLineRecord.id))
        .join(RevisionRecord, QuotationLineRecord.revision_id == RevisionRecord.id)
        .where(
            RevisionRecord.quotation_id == QuotationRecord.id,
            RevisionRecord.revision == QuotationRecord.revision,
        )
        .correlate(QuotationRecord)
        .scalar_subquery(),
        "inquiry": select(InquiryRecord.number)
        .where(InquiryRecord.id == QuotationRecord.inquiry_id)
        .correlate(QuotationRecord)
        .scalar_subquery(),
    },
    depends_on=("quotation", "revision", "quotation_line", "company", "inquiry"),
)
