"""Owns the list of threads, with its SQL.

Must not read a single thread whole; ``app.negotiation.views`` does.
"""

from __future__ import annotations

from sqlalchemy import func, select

from app.directory.lists import name_of_company
from app.fields import Field, FieldType
from app.lists import Listing
from database.records import CompanyRecord, InquiryRecord, MessageRecord, ThreadRecord

_FIELDS = (
    Field("subject", FieldType.TEXT, "negotiation.field.subject", width_chars=32),
    Field(
        "company", FieldType.TEXT, "negotiation.field.company", is_editable=False, width_chars=24
    ),
    Field(
        "inquiry", FieldType.TEXT, "negotiation.field.inquiry", is_editable=False, width_chars=12
    ),
    Field(
        "messages",
        FieldType.INTEGER,
        "negotiation.field.messages",
        is_editable=False,
        width_chars=6,
    ),
    Field("last_at", FieldType.INSTANT, "negotiation.field.last_at", is_editable=False),
    Field("next_step", FieldType.TEXT, "negotiation.field.next_step", width_chars=20),
    Field("next_step_on", FieldType.DATE, "negotiation.field.next_step_on", width_chars=10),
)

THREADS = Listing(
    kind="thread",
    id_column=ThreadRecord.id,
    fields=_FIELDS,
    expressions={
        "subject": ThreadRecord.subject,
        "company": select(name_of_company())
        .where(CompanyRecord.id == ThreadRecord.company_id)
        .correlate(ThreadRecord)
        .scalar_subquery(),
        "inquiry": select(InquiryRecord.number)
        .where(InquiryRecord.id == ThreadRecord.inquiry_id)
        .correlate(ThreadRecord)
        .scalar_subquery(),
        "messages": select(func.count(MessageRecord.id))
        .where(MessageRecord.thread_id == ThreadRecord.id)
        .correlate(ThreadRecord)
        .scalar_subquery(),
        "last_at": select(func.max(MessageRecord.sent_at))
        .where(MessageRecord.thread_id == ThreadRecord.id)
        .correlate(ThreadRecord)
        .scalar_subquery(),
        "next_step": ThreadRecord.next_step,
        "next_step_on": ThreadRecord.next_step_on,
    },
    depends_on=("thread", "message", "company", "inquiry"),
)
