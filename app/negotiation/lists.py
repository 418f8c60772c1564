"""Owns the list of threads, with its SQL.

Must not read a single thread whole; ``app.negotiation.views`` does.
"""

from __future__ import annotations

from sqlalchemy import func, select

from app.directory.lists import name_of_company
from app.fields import FieldsOf, FieldType
from app.lists import Listing
from app.negotiation.part_lists import MESSAGES
from database.records import CompanyRecord, InquiryRecord, MessageRecord, ThreadRecord

_field = FieldsOf("negotiation.field")
_read_only = FieldsOf("negotiation.field", is_editable=False)

_FIELDS = (
    _field("subject", width_chars=32),
    _read_only("company", width_chars=24),
    _read_only("inquiry", width_chars=12),
    _read_only("messages", FieldType.INTEGER, width_chars=6),
    _read_only("last_at", FieldType.INSTANT),
    _field("next_step", width_chars=20),
    _field("next_step_on", FieldType.DATE, width_chars=10),
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
    words_in=(MESSAGES,),
)
