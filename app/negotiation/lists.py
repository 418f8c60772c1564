"""Owns the lists of threads and of their messages, with their SQL.

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


def _of_message(key: str, type_: FieldType = FieldType.TEXT, *, width: int = 12) -> Field:
    return Field(key, type_, f"negotiation.field.{key}", is_editable=False, width_chars=width)


_MESSAGE_FIELDS = (
    _of_message("sent_at", FieldType.INSTANT, width=14),
    _of_message("direction", width=8),
    _of_message("sender", width=20),
    _of_message("recipients", width=20),
    _of_message("subject", width=28),
    _of_message("text", FieldType.LONG_TEXT, width=36),
    _of_message("source", width=10),
)

MESSAGES = Listing(
    kind="message",
    id_column=MessageRecord.id,
    fields=(
        _of_message("medium", width=8),
        *_MESSAGE_FIELDS,
        _of_message("company", width=24),
        _of_message("thread_id", FieldType.INTEGER, width=6),
    ),
    expressions={
        **{field.key: getattr(MessageRecord, field.key) for field in _MESSAGE_FIELDS},
        "medium": MessageRecord.kind,
        "company": select(name_of_company())
        .join(ThreadRecord, ThreadRecord.company_id == CompanyRecord.id)
        .where(ThreadRecord.id == MessageRecord.thread_id)
        .scalar_subquery(),
        "thread_id": MessageRecord.thread_id,
    },
    depends_on=("message", "thread", "company"),
    of_parts=True,
)
