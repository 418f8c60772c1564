"""Owns single threads read whole: messages, and the ladder of their rounds.

Must not write and must not hand out mapped records.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import lru_cache

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from app.directory.lists import name_of_company
from app.files.views import AttachmentView, attachments_by
from app.kernel.clock import Clock
from app.lists.existing import existing
from app.negotiation.ladder import Ladder, ladder
from app.negotiation.offered import Offered, OfferedPrice, Side
from app.negotiation.people import people_of
from app.negotiation.rounds import Place, suggest_round
from database.book import Book
from database.records import (
    AttachmentRecord,
    CompanyRecord,
    FollowUpRecord,
    InquiryRecord,
    JournalRecord,
    MessageRecord,
    OfferRecord,
    OperationRecord,
    QuotationRecord,
    RevisionRecord,
    RoundRecord,
    ThreadRecord,
)

#: So many rounds before a message lend it currency, unit and the size of a price.
_LENDING_ROUNDS = 12
_TERMS_KEPT = 2_000


@dataclass(frozen=True, slots=True)
class MessageView:
    """One message of the timeline; ``html`` is sanitised and may name parts by ``cid:`` only."""

    id: int
    kind: str
    direction: str
    sent_at: datetime
    sender: str
    recipients: tuple[str, ...]
    subject: str
    text: str
    html: str
    source: str
    attachments: tuple[AttachmentView, ...]


@dataclass(frozen=True, slots=True)
class RoundView:
    """One round: as confirmed, or as suggested from its message's text (then ``id`` is None).

    ``places`` say where in the message's text a suggested value stands.
    """

    id: int | None
    message_id: int | None
    offered: Offered
    is_target: bool
    places: tuple[Place, ...]

    @property
    def is_confirmed(self) -> bool:
        """Whether a person confirmed it."""
        return self.id is not None


@dataclass(frozen=True, slots=True)
class PaperView:
    """A quotation's revision, a supplier's offer, or a move of the inquiry, as the timeline has it.

    ``kind`` is quotation, offer or stage; ``stages`` are those before and after a move.
    """

    kind: str
    id: int
    title: str
    at: datetime
    quotation_id: int | None = None
    stages: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class FollowUpView:
    """Something still to be done about a thread."""

    id: int
    text: str
    due_on: date


@dataclass(frozen=True, slots=True)
class ThreadDetail:
    """A thread whole; ``ladder`` has one step for each of ``rounds``."""

    id: int
    subject: str
    company_id: int | None
    company: str | None
    inquiry_id: int | None
    inquiry: str | None
    next_step: str | None
    next_step_on: date | None
    messages: tuple[MessageView, ...]
    papers: tuple[PaperView, ...]
    follow_ups: tuple[FollowUpView, ...]
    rounds: tuple[RoundView, ...]
    ladder: Ladder


class NegotiationViews:
    """Reads for the pages of threads."""

    def __init__(
        self, book: Book, clock: Clock, *, payment_text: Callable[[str], str] = str
    ) -> None:
        """``payment_text`` writes payment terms one way, so that only real moves show."""
        self._book = book
        self._clock = clock
        # A long chat says the same terms again and again.
        self._payment_text = lru_cache(_TERMS_KEPT)(payment_text)

    def thread(
        self,
        thread_id: int,
        *,
        quantity: Decimal | None = None,
        unit_cost: Decimal | None = None,
        cost_currency: str | None = None,
    ) -> ThreadDetail:
        """The thread; raises ``AppError`` where there is none.

        The ladder compares prices at ``quantity`` and shows margins over ``unit_cost``.
        """
        with self._book.read() as session:
            record = existing(session, ThreadRecord, "thread", thread_id)
            messages = _messages(session, thread_id)
            rounds = _rounds(session, thread_id, messages)
            company = select(name_of_company()).where(CompanyRecord.id == record.company_id)
            inquiry = select(InquiryRecord.number).where(InquiryRecord.id == record.inquiry_id)
            return ThreadDetail(
                id=record.id,
                subject=record.subject or "",
                company_id=record.company_id,
                company=session.scalar(company),
                inquiry_id=record.inquiry_id,
                inquiry=session.scalar(inquiry),
                next_step=record.next_step,
                next_step_on=record.next_step_on,
                messages=messages,
                papers=_papers(session, record),
                follow_ups=_open_follow_ups(session, thread_id),
                rounds=rounds,
                ladder=ladder(
                    [self._comparable(view.offered) for view in rounds],
                    quantity=quantity,
                    unit_cost=unit_cost,
                    cost_currency=cost_currency,
                ),
            )

    def thread_of(self, message_id: int) -> int | None:
        """The thread a message is in; None where the message is gone."""
        with self._book.read() as session:
            return session.scalar(
                select(MessageRecord.thread_id).where(MessageRecord.id == message_id)
            )

    def message(self, message_id: int) -> MessageView:
        """One message whole; raises ``AppError`` where it is gone."""
        with self._book.read() as session:
            record = existing(session, MessageRecord, "message", message_id)
            messages = _messages(session, record.thread_id)
            return next(message for message in messages if message.id == message_id)

    def _comparable(self, offered: Offered) -> Offered:
        if offered.payment_terms is None:
            return offered
        return replace(offered, payment_terms=self._payment_text(offered.payment_terms))


def _messages(session: Session, thread_id: int) -> tuple[MessageView, ...]:
    # Columns, not records: a chat has thousands of messages.
    record = MessageRecord
    query = (
        select(
            record.id,
            record.kind,
            record.direction,
            record.sent_at,
            record.sender,
            record.recipients,
            record.subject,
            record.text,
            record.html,
            record.source,
        )
        .where(record.thread_id == thread_id)
        .order_by(record.sent_at, record.id)
    )
    held = select(MessageRecord.id).where(MessageRecord.thread_id == thread_id)
    owner = AttachmentRecord.message_id
    files = attachments_by(session, owner, owner.in_(held))
    return tuple(
        MessageView(
            id=row.id,
            kind=row.kind,
            direction=row.direction,
            sent_at=row.sent_at,
            sender=row.sender or "",
            recipients=tuple(str(person) for person in people_of(row.recipients)),
            subject=row.subject or "",
            text=row.text,
            html=row.html or "",
            source=row.source or "",
            attachments=tuple(files.get(row.id, ())),
        )
        for row in session.execute(query)
    )


def _rounds(
    session: Session, thread_id: int, messages: Sequence[MessageView]
) -> tuple[RoundView, ...]:
    """The confirmed rounds, and suggestions for the messages nobody confirmed one from."""
    confirmed = _confirmed(session, thread_id)
    with_round = {view.message_id for view in confirmed}
    rounds = list(confirmed)
    for message in messages:
        if message.id in with_round or message.direction == "internal":
            continue
        place = bisect_right(rounds, message.sent_at, key=_made_at)
        suggested = suggest_round(
            message.text,
            side=Side.OURS if message.direction == "out" else Side.THEIRS,
            made_at=message.sent_at,
            earlier=[view.offered for view in rounds[max(0, place - _LENDING_ROUNDS) : place]],
        )
        if suggested is not None:
            view = RoundView(
                None, message.id, suggested.offered, suggested.is_target, suggested.places
            )
            rounds.insert(place, view)
    return tuple(rounds)


def _made_at(view: RoundView) -> datetime:
    return view.offered.made_at or datetime.min.replace(tzinfo=UTC)


def _confirmed(session: Session, thread_id: int) -> list[RoundView]:
    query = (
        select(RoundRecord)
        .where(RoundRecord.thread_id == thread_id)
        .order_by(RoundRecord.made_at, RoundRecord.id)
        .options(selectinload(RoundRecord.tiers))
    )
    return [
        RoundView(record.id, record.message_id, offered_of(record), False, ())
        for record in session.scalars(query)
    ]


def offered_of(record: RoundRecord) -> Offered:
    """The content of a stored round."""
    return Offered(
        side=Side(record.side),
        prices=tuple(OfferedPrice(tier.amount, tier.min_quantity) for tier in record.tiers),
        currency=record.currency,
        unit=record.unit,
        moq=record.moq,
        incoterm=record.incoterm,
        place=record.place,
        payment_terms=record.payment_terms,
        lead_time_days=record.lead_time_days,
        valid_until=record.valid_until,
        extras=tuple((record.extras or "").split("\n")) if record.extras else (),
        made_at=record.made_at,
    )


def _papers(session: Session, thread: ThreadRecord) -> tuple[PaperView, ...]:
    """The revisions sent to the buyer, or the offers a supplier made, about the same inquiry."""
    if thread.inquiry_id is None:
        return ()
    revisions = session.execute(
        select(
            RevisionRecord.id,
            QuotationRecord.number,
            RevisionRecord.revision,
            RevisionRecord.sent_at,
            QuotationRecord.id.label("quotation_id"),
        )
        .join(QuotationRecord, RevisionRecord.quotation_id == QuotationRecord.id)
        .where(QuotationRecord.inquiry_id == thread.inquiry_id)
        .where(QuotationRecord.buyer_id == thread.company_id)
        .where(RevisionRecord.sent_at.is_not(None))
    )
    offers = session.scalars(
        select(OfferRecord)
        .where(OfferRecord.inquiry_id == thread.inquiry_id)
        .where(OfferRecord.company_id == thread.company_id)
    )
    papers = [
        PaperView("quotation", id_, f"{number} R{revision}", at, quotation_id)
        for id_, number, revision, at, quotation_id in revisions
        if at is not None
    ]
    papers += [PaperView("offer", row.id, row.source or "", row.created_at) for row in offers]
    inquiry = session.get(InquiryRecord, thread.inquiry_id)
    if inquiry is not None and thread.company_id == inquiry.buyer_id:
        papers += _moves(session, inquiry)
    return tuple(sorted(papers, key=lambda paper: paper.at))


def _moves(session: Session, inquiry: InquiryRecord) -> list[PaperView]:
    """How the inquiry went through its stages, as the journal has it; what was undone is left out."""
    query = (
        select(
            OperationRecord.id, OperationRecord.made_at, JournalRecord.before, JournalRecord.after
        )
        .join(JournalRecord, JournalRecord.operation_id == OperationRecord.id)
        .where(JournalRecord.table_name == "inquiry", JournalRecord.row_id == inquiry.id)
        .where(OperationRecord.kind == "do", OperationRecord.is_undone.is_(False))
        .order_by(JournalRecord.id)
    )
    found = []
    for id_, at, before, after in session.execute(query):
        if before is None or after is None:
            continue
        stages = (str(json.loads(before)["stage"]), str(json.loads(after)["stage"]))
        if stages[0] != stages[1]:
            found.append(PaperView("stage", id_, inquiry.number, at, stages=stages))
    return found


def _open_follow_ups(session: Session, thread_id: int) -> tuple[FollowUpView, ...]:
    record = FollowUpRecord
    query = (
        select(record.id, record.text, record.due_on)
        .where(record.thread_id == thread_id, record.done_at.is_(None))
        .order_by(record.due_on, record.id)
    )
    return tuple(FollowUpView(*row) for row in session.execute(query))
