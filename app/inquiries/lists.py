"""Owns the list of inquiries, with its SQL.

Must not read a single inquiry whole; ``app.inquiries.views`` does.
"""

from __future__ import annotations

from sqlalchemy import func, select

from app.directory.lists import TAGS, name_of_company, tags_on
from app.fields import FieldsOf, FieldType
from app.inquiries.fields import INQUIRY_FIELDS
from app.lists import Listing
from app.lists.imported import IMPORTED, imported_in
from database.records import CompanyRecord, InquiryLineRecord, InquiryRecord, TagLinkRecord

_field = FieldsOf("inquiries.field", is_editable=False)

INQUIRIES = Listing(
    kind="inquiry",
    id_column=InquiryRecord.id,
    fields=(
        *INQUIRY_FIELDS[:2],
        _field("buyer", width_chars=24),
        *INQUIRY_FIELDS[2:],
        _field("lines", FieldType.INTEGER, width_chars=6),
        TAGS,
        IMPORTED,
    ),
    expressions={
        **{field.key: getattr(InquiryRecord, field.key) for field in INQUIRY_FIELDS},
        "buyer": select(name_of_company())
        .where(CompanyRecord.id == InquiryRecord.buyer_id)
        .correlate(InquiryRecord)
        .scalar_subquery(),
        "lines": select(func.count(InquiryLineRecord.id))
        .where(InquiryLineRecord.inquiry_id == InquiryRecord.id)
        .correlate(InquiryRecord)
        .scalar_subquery(),
        "tags": tags_on(TagLinkRecord.inquiry_id, InquiryRecord),
        IMPORTED.key: imported_in(InquiryRecord),
    },
    depends_on=("inquiry", "inquiry_line", "company", "tag_link"),
)
