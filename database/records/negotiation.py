"""Owns the records of the bargaining: threads, messages, and the structured rounds in them.

Must not hold quotations; a thread only points to them.
"""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from database.records.directory import CompanyRecord
from database.records.record import Record
from database.types import Amount, Currency, Instant, Quantity


class ThreadRecord(Record):
    """One conversation about one deal, with a buyer or with a supplier."""

    __tablename__ = "thread"

    subject: Mapped[str | None]
    company_id: Mapped[int | None] = mapped_column(
        ForeignKey("company.id", ondelete="CASCADE"), index=True
    )
    inquiry_id: Mapped[int | None] = mapped_column(
        ForeignKey("inquiry.id", ondelete="SET NULL"), index=True
    )
    next_step: Mapped[str | None]
    next_step_on: Mapped[date | None] = mapped_column(index=True)
    created_at: Mapped[Instant]

    company: Mapped[CompanyRecord | None] = relationship()


class MessageRecord(Record):
    """One mail, chat message, call, meeting or note of a thread.

    ``kind`` is one of mail, chat, call, meeting, note; ``direction`` is in, out or internal.
    """

    __tablename__ = "message"

    thread_id: Mapped[int] = mapped_column(ForeignKey("thread.id", ondelete="CASCADE"), index=True)
    contact_id: Mapped[int | None] = mapped_column(
        ForeignKey("contact.id", ondelete="SET NULL"), index=True
    )
    kind: Mapped[str]
    direction: Mapped[str]
    sent_at: Mapped[Instant] = mapped_column(index=True)
    sender: Mapped[str | None]
    recipients: Mapped[str | None]
    subject: Mapped[str | None]
    text: Mapped[str]
    html: Mapped[str | None]
    mail_id: Mapped[str | None] = mapped_column(index=True)
    in_reply_to: Mapped[str | None]
    reply_chain: Mapped[str | None]
    #: Tells the same message when it is imported again.
    content_key: Mapped[str] = mapped_column(index=True)
    source: Mapped[str | None]


class RoundRecord(Record):
    """One offer or counter-offer in a thread, ours or theirs."""

    __tablename__ = "round"

    thread_id: Mapped[int] = mapped_column(ForeignKey("thread.id", ondelete="CASCADE"), index=True)
    message_id: Mapped[int | None] = mapped_column(
        ForeignKey("message.id", ondelete="SET NULL"), index=True
    )
    inquiry_line_id: Mapped[int | None] = mapped_column(
        ForeignKey("inquiry_line.id", ondelete="SET NULL"), index=True
    )
    product_id: Mapped[int | None] = mapped_column(
        ForeignKey("product.id", ondelete="SET NULL"), index=True
    )
    side: Mapped[str]
    made_at: Mapped[Instant]
    wording: Mapped[str | None]
    currency: Mapped[Currency | None]
    unit: Mapped[str | None]
    moq: Mapped[Quantity | None]
    incoterm: Mapped[str | None]
    place: Mapped[str | None]
    payment_terms: Mapped[str | None]
    lead_time_days: Mapped[int | None]
    valid_until: Mapped[date | None]
    extras: Mapped[str | None]

    tiers: Mapped[list[RoundTierRecord]] = relationship(
        passive_deletes=True, order_by="RoundTierRecord.min_quantity"
    )


class RoundTierRecord(Record):
    """One price of a round: for ``min_quantity`` and more, ``amount`` a unit."""

    __tablename__ = "round_tier"

    round_id: Mapped[int] = mapped_column(ForeignKey("round.id", ondelete="CASCADE"), index=True)
    min_quantity: Mapped[Quantity | None]
    amount: Mapped[Amount]


class FollowUpRecord(Record):
    """Something to do on a day, about a deal or a company."""

    __tablename__ = "follow_up"

    thread_id: Mapped[int | None] = mapped_column(
        ForeignKey("thread.id", ondelete="CASCADE"), index=True
    )
    inquiry_id: Mapped[int | None] = mapped_column(
        ForeignKey("inquiry.id", ondelete="CASCADE"), index=True
    )
    quotation_id: Mapped[int | None] = mapped_column(
        ForeignKey("quotation.id", ondelete="CASCADE"), index=True
    )
    company_id: Mapped[int | None] = mapped_column(
        ForeignKey("company.id", ondelete="CASCADE"), index=True
    )
    text: Mapped[str]
    due_on: Mapped[date] = mapped_column(index=True)
    done_at: Mapped[Instant | None]


class MessageTemplateRecord(Record):
    """A standard message with fields, in one language."""

    __tablename__ = "message_template"

    name: Mapped[str]
    language: Mapped[str]
    subject: Mapped[str | None]
    text: Mapped[str]
