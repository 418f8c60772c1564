"""Owns noticing that an inquiry came twice: the same buyer, the same goods, about the same time.

A buyer often asks on a platform and by mail at once. Must not merge or change anything.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, aliased, selectinload

from app.inquiries.merging import is_same_line
from database.records import (
    ContactPointRecord,
    ContactRecord,
    InquiryLineRecord,
    InquiryRecord,
    NotSameInquiryRecord,
)

#: A later inquiry for the same goods is a new order.
_ABOUT_THE_SAME_TIME = timedelta(days=45)
#: So many of the lines of the shorter inquiry must be in the other.
_SAME_LINES = 0.5


@dataclass(frozen=True, slots=True)
class SameInquiry:
    """Another inquiry that is likely the same one."""

    id: int
    number: str
    channel: str | None
    received_at: datetime


def duplicates(session: Session, inquiry: InquiryRecord) -> tuple[SameInquiry, ...]:
    """The inquiries of the same buyer, or of one with the same mail or phone, for the same goods."""
    if inquiry.buyer_id is None:
        return ()
    record = InquiryRecord
    others = session.scalars(
        select(record)
        .where(
            record.id.not_in([inquiry.id, *said_apart(session, inquiry.id)]),
            record.buyer_id.in_(_same_buyers(session, inquiry.buyer_id)),
            record.received_at.between(
                inquiry.received_at - _ABOUT_THE_SAME_TIME,
                inquiry.received_at + _ABOUT_THE_SAME_TIME,
            ),
        )
        .options(selectinload(record.lines))
        .order_by(record.received_at)
    )
    return tuple(
        SameInquiry(other.id, other.number, other.channel, other.received_at)
        for other in others
        if _same_goods(inquiry.lines, other.lines)
    )


def said_apart(session: Session, inquiry_id: int) -> list[int]:
    """The inquiries of which the user said that they are not this one."""
    pair = NotSameInquiryRecord
    query = select(pair.inquiry_id, pair.other_id).where(
        or_(pair.inquiry_id == inquiry_id, pair.other_id == inquiry_id)
    )
    return [other if one == inquiry_id else one for one, other in session.execute(query)]


def _same_buyers(session: Session, buyer_id: int) -> Collection[int]:
    """The buyer, and every company that shares a mail address or number with it."""
    mine, theirs = aliased(ContactPointRecord), aliased(ContactPointRecord)
    people = select(ContactRecord.id).where(ContactRecord.company_id == buyer_id)
    shared = session.execute(
        select(theirs.company_id, ContactRecord.company_id)
        .join(mine, mine.value == theirs.value)
        .outerjoin(ContactRecord, theirs.contact_id == ContactRecord.id)
        .where(or_(mine.company_id == buyer_id, mine.contact_id.in_(people)))
    )
    owners = {owner or employer for owner, employer in shared}
    return {buyer_id, *(owner for owner in owners if owner is not None)}


def _same_goods(ours: Sequence[InquiryLineRecord], theirs: Sequence[InquiryLineRecord]) -> bool:
    shorter, longer = sorted((ours, theirs), key=len)
    same = sum(any(is_same_line(line, other) for other in longer) for line in shorter)
    return bool(shorter) and same >= _SAME_LINES * len(shorter)
