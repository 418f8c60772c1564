"""Owns the lists of what hangs on threads: messages, rounds and follow-ups, with their SQL.

Must not list threads; ``app.negotiation.lists`` does.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sqlalchemy import ScalarSelect, Select, SQLColumnExpression, func, select
from sqlalchemy.orm import InstrumentedAttribute

from app.directory.lists import name_of_company
from app.fields import FieldsOf, FieldType
from app.lists import Listing
from app.lists.listing import joined
from app.negotiation.forms import ROUND_FIELDS
from database.records import (
    CompanyRecord,
    FollowUpRecord,
    InquiryRecord,
    MessageRecord,
    QuotationRecord,
    RoundRecord,
    RoundTierRecord,
    ThreadRecord,
)
from database.types import written

_field = FieldsOf("negotiation.field", is_editable=False)

_MEDIA = ("mail", "chat", "call", "meeting", "note")
_DIRECTIONS = ("in", "out", "internal")
_MESSAGE_FIELDS = (
    _field("sent_at", FieldType.INSTANT, width_chars=17),
    _field(
        "direction",
        FieldType.CHOICE,
        choices=_DIRECTIONS,
        choice_labels="deals.direction",
        width_chars=8,
    ),
    _field("sender", width_chars=20),
    _field("recipients", width_chars=20),
    _field("subject", width_chars=28),
    _field("text", FieldType.LONG_TEXT, width_chars=36),
    _field("source", choices=("hand",), choice_labels="negotiation.source", width_chars=10),
)

MESSAGES = Listing(
    kind="message",
    id_column=MessageRecord.id,
    fields=(
        _field(
            "medium", FieldType.CHOICE, choices=_MEDIA, choice_labels="deals.kind", width_chars=8
        ),
        *_MESSAGE_FIELDS,
        _field("company", width_chars=24),
        _field("thread_id", FieldType.INTEGER, width_chars=6),
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
    part_of={"thread": MessageRecord.thread_id},
)


def _of_thread(
    column: InstrumentedAttribute[Any], thread_id: InstrumentedAttribute[Any]
) -> ScalarSelect[Any]:
    return select(column).where(ThreadRecord.id == thread_id).scalar_subquery()


def _of_tiers(column: SQLColumnExpression[Any]) -> Select[Any]:
    query = select(column).where(RoundTierRecord.round_id == RoundRecord.id)
    return query.order_by(RoundTierRecord.min_quantity, RoundTierRecord.id)


_FROM = func.coalesce(" @ " + written(RoundTierRecord.min_quantity), "")


_OF_ROUND = tuple(
    replace(field, is_editable=False) for field in ROUND_FIELDS if field.key != "prices"
)

ROUNDS = Listing(
    kind="round",
    id_column=RoundRecord.id,
    fields=(
        _field("deal", width_chars=28),
        _field("company", width_chars=24),
        _field("made_at", FieldType.INSTANT, width_chars=17),
        _OF_ROUND[0],
        _field("price", FieldType.DECIMAL, width_chars=10),
        _field("prices", width_chars=24),
        *_OF_ROUND[1:],
        _field("thread_id", FieldType.INTEGER, is_shown=False),
    ),
    expressions={
        **{field.key: getattr(RoundRecord, field.key) for field in _OF_ROUND},
        "deal": _of_thread(ThreadRecord.subject, RoundRecord.thread_id),
        "company": select(name_of_company())
        .join(ThreadRecord, ThreadRecord.company_id == CompanyRecord.id)
        .where(ThreadRecord.id == RoundRecord.thread_id)
        .scalar_subquery(),
        "made_at": RoundRecord.made_at,
        "price": _of_tiers(RoundTierRecord.amount)
        .limit(1)
        .correlate(RoundRecord)
        .scalar_subquery(),
        "prices": joined(
            _of_tiers(written(RoundTierRecord.amount) + _FROM), of=RoundRecord, between="; "
        ),
        "thread_id": RoundRecord.thread_id,
    },
    depends_on=("round", "round_tier", "thread", "company"),
    part_of={"thread": RoundRecord.thread_id},
)

FOLLOW_UPS = Listing(
    kind="follow_up",
    id_column=FollowUpRecord.id,
    fields=(
        _field("due_on", FieldType.DATE, width_chars=10),
        _field("to_do", width_chars=36),
        _field("done_at", FieldType.INSTANT, width_chars=17),
        _field("deal", width_chars=24),
        _field("inquiry", width_chars=13),
        _field("quotation", width_chars=13),
        _field("company", width_chars=24),
        _field("thread_id", FieldType.INTEGER, is_shown=False),
    ),
    expressions={
        "due_on": FollowUpRecord.due_on,
        "to_do": FollowUpRecord.text,
        "done_at": FollowUpRecord.done_at,
        "deal": _of_thread(ThreadRecord.subject, FollowUpRecord.thread_id),
        "inquiry": select(InquiryRecord.number)
        .where(InquiryRecord.id == FollowUpRecord.inquiry_id)
        .scalar_subquery(),
        "quotation": select(QuotationRecord.number)
        .where(QuotationRecord.id == FollowUpRecord.quotation_id)
        .scalar_subquery(),
        "company": select(name_of_company())
        .where(CompanyRecord.id == FollowUpRecord.company_id)
        .scalar_subquery(),
        "thread_id": FollowUpRecord.thread_id,
    },
    depends_on=("follow_up", "thread", "inquiry", "quotation", "company"),
    part_of={"thread": FollowUpRecord.thread_id, "inquiry": FollowUpRecord.inquiry_id},
)
