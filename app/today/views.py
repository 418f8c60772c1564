"""Owns what a person should look at today: what is due, what expires, who waits for an answer.

A few set-based readings, whatever the size of the book. Must not write.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import Row, Select, func, select
from sqlalchemy.orm import Session

from app.directory.lists import name_of_company
from app.inquiries.stages import STAGES, Stage
from app.kernel.clock import Clock
from app.negotiation.due_views import DueRow, DueViews
from app.negotiation.silence_views import stored_silent_days
from app.quotations.revisions import State
from database.book import Book
from database.records import (
    CertificateRecord,
    CompanyRecord,
    InquiryRecord,
    OfferRecord,
    QuotationRecord,
    RequestRecord,
    RequestSupplierRecord,
    RevisionRecord,
)

#: What expires within so many days is shown, and what expired within so many.
SOON = timedelta(days=14)
LATELY = timedelta(days=30)
#: Channels and reply times are told of so many days.
LOOKED_BACK = timedelta(days=90)
#: So many rows a section; nobody works through more in a day.
SHOWN = 100
_OPEN = tuple(stage.value for stage, rule in STAGES.items() if rule.is_open)


@dataclass(frozen=True, slots=True)
class TodayRow:
    """One thing to look at: ``what`` it is, the record it is about, and its day.

    ``what`` is one of follow_up, next_step, no_answer, inquiry, company, reminder, certificate,
    quotation, offer, unanswered.
    """

    what: str
    text: str
    company: str
    on: date
    kind: str
    id: int
    #: The follow-up itself, or the supplier on a request who is to be reminded.
    own_id: int = 0


@dataclass(frozen=True, slots=True)
class ChannelRow:
    """Inquiries of one channel lately, and how long they waited for the first answer on average."""

    channel: str
    inquiries: int
    answered: int
    reply_hours: Decimal | None


@dataclass(frozen=True, slots=True)
class Today:
    """The day at a glance, each section in the order of its days."""

    on: date
    due: tuple[TodayRow, ...]
    expiring: tuple[TodayRow, ...]
    unanswered: tuple[TodayRow, ...]
    stages: Mapping[Stage, int]
    channels: tuple[ChannelRow, ...]
    #: After so many days without an answer a thread is due.
    silent_days: int


class TodayViews:
    """Reads for the first page of the day."""

    def __init__(self, book: Book, clock: Clock, due: DueViews) -> None:
        self._book = book
        self._clock = clock
        self._due = due

    def today(self) -> Today:
        """Everything to look at today."""
        day = self._clock.today()
        of_threads = self._due.due(until=day)
        with self._book.read() as session:
            due = [*_of_threads(session, of_threads), *_inquiries_due(session, day)]
            due += [*_companies_due(session, day), *_reminders(session, day)]
            expiring = [*_certificates(session, day), *_quotations(session, day)]
            expiring += _offers(session, day)
            return Today(
                on=day,
                due=_sorted(due),
                expiring=_sorted(expiring),
                unanswered=tuple(_unanswered(session)),
                stages=_stages(session),
                channels=tuple(_channels(session, self._clock.now() - LOOKED_BACK)),
                silent_days=stored_silent_days(session),
            )


def _sorted(rows: list[TodayRow]) -> tuple[TodayRow, ...]:
    return tuple(sorted(rows, key=lambda row: (row.on, row.what, row.id))[:SHOWN])


def _of_threads(session: Session, rows: tuple[DueRow, ...]) -> list[TodayRow]:
    """Follow-ups, next steps and silence, each leading to its thread, inquiry or company."""
    shown = rows[:SHOWN]
    ids = sorted({row.company_id for row in shown if row.company_id is not None})
    company = CompanyRecord
    found = session.execute(
        select(company.id, name_of_company(), company.is_supplier).where(company.id.in_(ids))
    )
    companies = {row[0]: (row[1] or "", bool(row[2])) for row in found}
    answer = []
    for row in shown:
        name, is_supplier = companies.get(row.company_id or 0, ("", False))
        kind, record_id = "supplier" if is_supplier else "buyer", row.company_id
        if row.thread_id is not None:
            kind, record_id = "thread", row.thread_id
        elif row.inquiry_id is not None:
            kind, record_id = "inquiry", row.inquiry_id
        if record_id is not None:
            answer.append(TodayRow(row.kind, row.text, name, row.due_on, kind, record_id, row.id))
    return answer


def _inquiries_due(session: Session, day: date) -> list[TodayRow]:
    inquiry = InquiryRecord
    query = (
        select(inquiry.next_action, name_of_company(), inquiry.next_action_on, inquiry.id)
        .outerjoin(CompanyRecord, inquiry.buyer_id == CompanyRecord.id)
        .where(inquiry.next_action_on <= day, inquiry.stage.in_(_OPEN))
    )
    return _rows(session, query.order_by(inquiry.next_action_on), "inquiry", "inquiry")


def _companies_due(session: Session, day: date) -> list[TodayRow]:
    company = CompanyRecord
    query = (
        select(company.next_action, name_of_company(), company.next_action_on, company.id)
        .where(company.next_action_on <= day)
        .order_by(company.next_action_on)
    )
    suppliers = _rows(session, query.where(company.is_supplier), "company", "supplier")
    buyers = query.where(company.is_supplier.is_(False))
    return suppliers + _rows(session, buyers, "company", "buyer")


def _reminders(session: Session, day: date) -> list[TodayRow]:
    """Suppliers that were asked for prices and have not answered."""
    asked, request = RequestSupplierRecord, RequestRecord
    query = (
        select(request.number, name_of_company(), asked.remind_on, request.inquiry_id, asked.id)
        .join(request, asked.request_id == request.id)
        .join(CompanyRecord, asked.company_id == CompanyRecord.id)
        .where(asked.remind_on <= day, asked.answered_at.is_(None))
        .where(request.inquiry_id.is_not(None))
        .order_by(asked.remind_on)
    )
    return _rows(session, query, "reminder", "inquiry")


def _certificates(session: Session, day: date) -> list[TodayRow]:
    certificate, company = CertificateRecord, CompanyRecord
    query = (
        select(certificate.name, name_of_company(), certificate.expires_on, company.id)
        .join(company, certificate.company_id == company.id)
        .where(certificate.expires_on.between(day - LATELY, day + SOON))
        .order_by(certificate.expires_on)
    )
    suppliers = _rows(session, query.where(company.is_supplier), "certificate", "supplier")
    buyers = query.where(company.is_supplier.is_(False))
    return suppliers + _rows(session, buyers, "certificate", "buyer")


def _quotations(session: Session, day: date) -> list[TodayRow]:
    """Quotations sent and not answered yet."""
    quotation, revision = QuotationRecord, RevisionRecord
    query = (
        select(quotation.number, name_of_company(), revision.valid_until, quotation.id)
        .join(
            revision,
            (revision.quotation_id == quotation.id) & (revision.revision == quotation.revision),
        )
        .outerjoin(CompanyRecord, quotation.buyer_id == CompanyRecord.id)
        .where(revision.valid_until.between(day - LATELY, day + SOON))
        .where(revision.state == State.SENT.value)
        .order_by(revision.valid_until)
    )
    return _rows(session, query, "quotation", "quotation")


def _offers(session: Session, day: date) -> list[TodayRow]:
    """Suppliers' offers for inquiries still open."""
    offer, inquiry = OfferRecord, InquiryRecord
    query = (
        select(inquiry.number, name_of_company(), offer.valid_until, inquiry.id)
        .join(inquiry, offer.inquiry_id == inquiry.id)
        .join(CompanyRecord, offer.company_id == CompanyRecord.id)
        .where(offer.valid_until.between(day - LATELY, day + SOON), inquiry.stage.in_(_OPEN))
        .order_by(offer.valid_until)
    )
    return _rows(session, query, "offer", "inquiry")


def _rows(
    session: Session, query: Select[*tuple[Any, ...]], what: str, kind: str
) -> list[TodayRow]:
    """Rows of (text, company, day, id) and, where it counts, the own id."""
    return [
        TodayRow(what, row[0] or "", row[1] or "", row[2], kind, *row[3:])
        for row in session.execute(query.limit(SHOWN))
    ]


def _unanswered(session: Session) -> list[TodayRow]:
    """Open inquiries nobody answered yet, the longest waiting first."""
    inquiry = InquiryRecord
    query = (
        select(inquiry.number, inquiry.subject, name_of_company(), inquiry.received_at, inquiry.id)
        .outerjoin(CompanyRecord, inquiry.buyer_id == CompanyRecord.id)
        .where(inquiry.first_answered_at.is_(None), inquiry.stage.in_(_OPEN))
        .order_by(inquiry.received_at)
        .limit(SHOWN)
    )
    return [
        TodayRow(
            "unanswered",
            row.subject or row.number,
            row[2] or "",
            row.received_at.astimezone().date(),
            "inquiry",
            row.id,
        )
        for row in session.execute(query)
    ]


def _stages(session: Session) -> Mapping[Stage, int]:
    """How many inquiries stand at each open stage."""
    query = select(InquiryRecord.stage, func.count()).group_by(InquiryRecord.stage)
    counts = {row[0]: row[1] for row in session.execute(query)}
    return {stage: counts.get(stage.value, 0) for stage, rule in STAGES.items() if rule.is_open}


def _channels(session: Session, since: datetime) -> list[ChannelRow]:
    inquiry = InquiryRecord
    query = select(inquiry.channel, inquiry.received_at, inquiry.first_answered_at).where(
        inquiry.received_at >= since, inquiry.channel.is_not(None)
    )
    waited: dict[str, list[Decimal | None]] = {}
    for row in session.execute(query):
        waited.setdefault(row.channel, []).append(_hours(row))
    found = []
    for channel, hours in waited.items():
        known = [one for one in hours if one is not None]
        mean = sum(known, Decimal(0)) / len(known) if known else None
        found.append(ChannelRow(channel, len(hours), len(known), mean))
    return sorted(found, key=lambda row: (-row.inquiries, row.channel))


def _hours(row: Row[*tuple[Any, ...]]) -> Decimal | None:
    if row.first_answered_at is None:
        return None
    seconds = (row.first_answered_at - row.received_at).total_seconds()
    return max(Decimal(0), Decimal(round(seconds)) / 3600)
