"""Owns reading what the fields of a standard message are filled with, and whom it goes to.

Must not write, and must not work out sums of quotations; those are handed in.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.kernel.decimals import decimal_text
from app.kernel.language import catalogue
from app.lists.existing import existing
from database.records import (
    CompanyRecord,
    ContactPointRecord,
    ContactRecord,
    InquiryLineRecord,
    InquiryRecord,
    MessageRecord,
    RoundRecord,
    RoundTierRecord,
    SellerProfileRecord,
    ThreadRecord,
)

#: A first reply promises a quotation within so many days.
_PROMISED = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Correspondent:
    """The other side of a message, and our own name and address on it."""

    company_id: int | None
    company: str
    name: str
    email: str
    our_name: str
    our_company: str
    our_phone: str
    our_email: str


def correspondent(
    session: Session, *, inquiry_id: int | None, thread_id: int | None, language: str = "en"
) -> Correspondent:
    """Whom a message about the inquiry or in the thread goes to: the contact named, else the main one."""
    inquiry, thread = _subjects(session, inquiry_id, thread_id)
    company_id = thread.company_id if thread else inquiry.buyer_id if inquiry else None
    is_buyer = inquiry is not None and company_id == inquiry.buyer_id
    contact = _contact(session, company_id, inquiry.contact_id if inquiry and is_buyer else None)
    company = session.get(CompanyRecord, company_id) if company_id else None
    ours = _profile(session)
    chinese = language == "zh_CN"
    return Correspondent(
        company_id=company_id,
        company=_named(company, chinese) if company else "",
        name=((contact.name if chinese else contact.name_en or contact.name) if contact else ""),
        email=_email(session, company_id, contact.id if contact else None),
        our_name=(ours.contact_name or "") if ours else "",
        our_company=_named(ours, chinese) if ours else "",
        our_phone=(ours.phone or "") if ours else "",
        our_email=(ours.email or "") if ours else "",
    )


def field_values(
    session: Session,
    *,
    inquiry_id: int | None,
    thread_id: int | None,
    language: str,
    today: date,
) -> dict[str, str]:
    """What the book has for the fields that are not about a quotation, as they read in ``language``."""
    inquiry, thread = _subjects(session, inquiry_id, thread_id)
    other = correspondent(session, inquiry_id=inquiry_id, thread_id=thread_id, language=language)
    values = {
        "contact": other.name or other.company,
        "buyer": other.company,
        "today": day_text(today, language),
        "reply_by": day_text(today + _PROMISED, language),
        "our_name": other.our_name,
        "our_company": other.our_company,
        "our_phone": other.our_phone,
        "our_email": other.our_email,
    }
    if inquiry is not None:
        values |= {
            "inquiry": inquiry.number,
            "subject": inquiry.subject or "",
            "lines": _lines(session, inquiry.id),
        }
    if thread is not None:
        values["subject"] = thread.subject or values.get("subject", "")
        values |= _said(session, thread.id, language)
    return values


def day_text(day: date, language: str) -> str:
    """A day as it is written in a letter."""
    month = catalogue(language).say(f"templates.month.{day.month}")
    return f"{month}{day.day}日" if language == "zh_CN" else f"{day.day} {month}"


def _subjects(
    session: Session, inquiry_id: int | None, thread_id: int | None
) -> tuple[InquiryRecord | None, ThreadRecord | None]:
    thread = existing(session, ThreadRecord, "thread", thread_id) if thread_id is not None else None
    about = inquiry_id if inquiry_id is not None else thread.inquiry_id if thread else None
    inquiry = existing(session, InquiryRecord, "inquiry", about) if about is not None else None
    return inquiry, thread


def _contact(
    session: Session, company_id: int | None, contact_id: int | None
) -> ContactRecord | None:
    if contact_id is not None:
        return session.get(ContactRecord, contact_id)
    if company_id is None:
        return None
    record = ContactRecord
    return session.scalars(
        select(record)
        .where(record.company_id == company_id)
        .order_by(record.is_primary.desc(), record.id)
        .limit(1)
    ).first()


def _email(session: Session, company_id: int | None, contact_id: int | None) -> str:
    point = ContactPointRecord
    mails = select(point.value).where(point.kind == "email")
    for owner, id_ in ((point.contact_id, contact_id), (point.company_id, company_id)):
        if id_ is None:
            continue
        query = mails.where(owner == id_).order_by(point.is_primary.desc(), point.id).limit(1)
        found = session.scalar(query)
        if found:
            return found
    return ""


def _profile(session: Session) -> SellerProfileRecord | None:
    record = SellerProfileRecord
    return session.scalars(
        select(record).order_by(record.is_default.desc(), record.id).limit(1)
    ).first()


def _named(record: CompanyRecord | SellerProfileRecord, chinese: bool) -> str:
    first, second = record.name_en, record.name_zh
    return (second or first or "") if chinese else (first or second or "")


def _lines(session: Session, inquiry_id: int) -> str:
    record = InquiryLineRecord
    query = select(record).where(record.inquiry_id == inquiry_id).order_by(record.position)
    told = []
    for line in session.scalars(query):
        amount = f"{decimal_text(line.quantity)} {line.unit or ''}" if line.quantity else ""
        parts = (line.wording, line.specification, amount.strip() or line.quantity_text)
        told.append("- " + ", ".join(part.replace("\n", " ") for part in parts if part))
    return "\n".join(told)


def _said(session: Session, thread_id: int, language: str) -> Mapping[str, str]:
    """When we wrote last, and both sides' newest confirmed prices."""
    message = MessageRecord
    last = session.scalar(
        select(message.sent_at)
        .where(message.thread_id == thread_id, message.direction == "out")
        .order_by(message.sent_at.desc())
        .limit(1)
    )
    values = {"last_out": day_text(last.astimezone().date(), language)} if last else {}
    for side, field in (("ours", "our_price"), ("theirs", "their_price")):
        found = session.execute(
            select(RoundTierRecord.amount, RoundRecord.currency)
            .join(RoundRecord, RoundTierRecord.round_id == RoundRecord.id)
            .where(RoundRecord.thread_id == thread_id, RoundRecord.side == side)
            .order_by(RoundRecord.made_at.desc(), RoundTierRecord.min_quantity)
            .limit(1)
        ).first()
        if found is not None:
            values[field] = money_text(found[0], found[1])
    return values


def money_text(amount: Decimal, currency: str | None) -> str:
    """``USD 1.85``."""
    return f"{currency or ''} {decimal_text(amount)}".strip()
