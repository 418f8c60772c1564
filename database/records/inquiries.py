"""Owns the records of buyers' inquiries, of requests to suppliers and of what they offered.

Must not hold the bargaining; that is in ``database.records.negotiation``.
"""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from database.records.directory import CompanyRecord, ContactRecord
from database.records.products import ProductRecord
from database.records.record import Record
from database.types import Amount, Currency, Instant, Measure, Quantity, Rate


class InquiryRecord(Record):
    """What a buyer asked for, and how far it got; the stages are in ``app.inquiries.stages``."""

    __tablename__ = "inquiry"

    number: Mapped[str] = mapped_column(unique=True)
    buyer_id: Mapped[int | None] = mapped_column(
        ForeignKey("company.id", ondelete="CASCADE"), index=True
    )
    contact_id: Mapped[int | None] = mapped_column(
        ForeignKey("contact.id", ondelete="SET NULL"), index=True
    )
    channel: Mapped[str | None]
    channel_detail: Mapped[str | None]
    subject: Mapped[str | None]
    original_text: Mapped[str | None]
    stage: Mapped[str] = mapped_column(default="new", index=True)
    lost_reason: Mapped[str | None]
    received_at: Mapped[Instant]
    first_answered_at: Mapped[Instant | None]
    destination: Mapped[str | None]
    incoterm: Mapped[str | None]
    place: Mapped[str | None]
    currency: Mapped[Currency | None]
    required_by_on: Mapped[date | None]
    certificates: Mapped[str | None]
    owner: Mapped[str | None]
    next_action: Mapped[str | None]
    next_action_on: Mapped[date | None] = mapped_column(index=True)
    #: The figures its offers are compared at, where a person set them; see ``app.sourcing``.
    comparison_basis: Mapped[str | None]
    created_at: Mapped[Instant]

    buyer: Mapped[CompanyRecord | None] = relationship()
    contact: Mapped[ContactRecord | None] = relationship()
    lines: Mapped[list[InquiryLineRecord]] = relationship(
        passive_deletes=True, order_by="InquiryLineRecord.position"
    )


class NotSameInquiryRecord(Record):
    """Two inquiries that look like one and are not."""

    __tablename__ = "not_same_inquiry"
    __table_args__ = (UniqueConstraint("inquiry_id", "other_id"), Record.__table_args__)

    inquiry_id: Mapped[int] = mapped_column(ForeignKey("inquiry.id", ondelete="CASCADE"))
    other_id: Mapped[int] = mapped_column(ForeignKey("inquiry.id", ondelete="CASCADE"), index=True)


class InquiryLineRecord(Record):
    """One article a buyer asked for, in the buyer's words."""

    __tablename__ = "inquiry_line"

    inquiry_id: Mapped[int] = mapped_column(
        ForeignKey("inquiry.id", ondelete="CASCADE"), index=True
    )
    position: Mapped[int]
    wording: Mapped[str]
    product_id: Mapped[int | None] = mapped_column(
        ForeignKey("product.id", ondelete="SET NULL"), index=True
    )
    specification: Mapped[str | None]
    quantity: Mapped[Quantity | None]
    unit: Mapped[str | None]
    #: What was written, where it is not a plain number with a unit (``2x40HQ``).
    quantity_text: Mapped[str | None]
    target_price: Mapped[Amount | None]
    currency: Mapped[Currency | None]
    incoterm: Mapped[str | None]
    place: Mapped[str | None]
    required_by_on: Mapped[date | None]

    product: Mapped[ProductRecord | None] = relationship()


class RequestRecord(Record):
    """A request for prices that goes to several suppliers at once."""

    __tablename__ = "request"

    number: Mapped[str] = mapped_column(unique=True)
    inquiry_id: Mapped[int | None] = mapped_column(
        ForeignKey("inquiry.id", ondelete="CASCADE"), index=True
    )
    subject: Mapped[str | None]
    text: Mapped[str | None]
    shows_buyer: Mapped[bool] = mapped_column(default=False)
    shows_target: Mapped[bool] = mapped_column(default=False)
    respond_by_on: Mapped[date | None] = mapped_column(index=True)
    created_at: Mapped[Instant]


class RequestLineRecord(Record):
    """One article of a request."""

    __tablename__ = "request_line"

    request_id: Mapped[int] = mapped_column(
        ForeignKey("request.id", ondelete="CASCADE"), index=True
    )
    inquiry_line_id: Mapped[int | None] = mapped_column(
        ForeignKey("inquiry_line.id", ondelete="SET NULL"), index=True
    )
    product_id: Mapped[int | None] = mapped_column(
        ForeignKey("product.id", ondelete="SET NULL"), index=True
    )
    position: Mapped[int]
    wording: Mapped[str]
    specification: Mapped[str | None]
    quantity: Mapped[Quantity | None]
    unit: Mapped[str | None]


class RequestSupplierRecord(Record):
    """One supplier that was asked, when, and when it answered."""

    __tablename__ = "request_supplier"
    __table_args__ = (UniqueConstraint("request_id", "company_id"), Record.__table_args__)

    request_id: Mapped[int] = mapped_column(ForeignKey("request.id", ondelete="CASCADE"))
    company_id: Mapped[int] = mapped_column(
        ForeignKey("company.id", ondelete="CASCADE"), index=True
    )
    contact_id: Mapped[int | None] = mapped_column(
        ForeignKey("contact.id", ondelete="SET NULL"), index=True
    )
    asked_at: Mapped[Instant | None]
    answered_at: Mapped[Instant | None]
    remind_on: Mapped[date | None] = mapped_column(index=True)


class OfferRecord(Record):
    """What one supplier offered on one day; never overwritten by a later one."""

    __tablename__ = "offer"

    company_id: Mapped[int] = mapped_column(
        ForeignKey("company.id", ondelete="CASCADE"), index=True
    )
    inquiry_id: Mapped[int | None] = mapped_column(
        ForeignKey("inquiry.id", ondelete="CASCADE"), index=True
    )
    request_id: Mapped[int | None] = mapped_column(
        ForeignKey("request.id", ondelete="SET NULL"), index=True
    )
    message_id: Mapped[int | None] = mapped_column(
        ForeignKey("message.id", ondelete="SET NULL"), index=True
    )
    offered_on: Mapped[date]
    valid_until: Mapped[date | None] = mapped_column(index=True)
    currency: Mapped[Currency]
    incoterm: Mapped[str | None]
    place: Mapped[str | None]
    includes_vat: Mapped[bool | None]
    vat_rate: Mapped[Rate | None]
    payment_terms: Mapped[str | None]
    source: Mapped[str | None]
    remarks: Mapped[str | None]
    created_at: Mapped[Instant]

    company: Mapped[CompanyRecord] = relationship()
    lines: Mapped[list[OfferLineRecord]] = relationship(
        passive_deletes=True, order_by="OfferLineRecord.position"
    )


class OfferLineRecord(Record):
    """One article of an offer."""

    __tablename__ = "offer_line"

    offer_id: Mapped[int] = mapped_column(ForeignKey("offer.id", ondelete="CASCADE"), index=True)
    inquiry_line_id: Mapped[int | None] = mapped_column(
        ForeignKey("inquiry_line.id", ondelete="SET NULL"), index=True
    )
    product_id: Mapped[int | None] = mapped_column(
        ForeignKey("product.id", ondelete="SET NULL"), index=True
    )
    position: Mapped[int]
    wording: Mapped[str | None]
    specification: Mapped[str | None]
    unit: Mapped[str | None]
    moq: Mapped[Quantity | None]
    lead_time_days: Mapped[int | None]
    packing: Mapped[str | None]
    pieces_per_carton: Mapped[int | None]
    carton_cbm: Mapped[Measure | None]
    gross_weight_kg: Mapped[Measure | None]
    remarks: Mapped[str | None]

    tiers: Mapped[list[OfferTierRecord]] = relationship(
        passive_deletes=True, order_by="OfferTierRecord.min_quantity"
    )


class OfferTierRecord(Record):
    """One price of an offered article: from ``min_quantity`` on, ``amount`` a unit."""

    __tablename__ = "offer_tier"

    offer_line_id: Mapped[int] = mapped_column(
        ForeignKey("offer_line.id", ondelete="CASCADE"), index=True
    )
    min_quantity: Mapped[Quantity | None]
    amount: Mapped[Amount]


class AwardRecord(Record):
    """The offer chosen for an article of an inquiry, whole or for a part of the quantity."""

    __tablename__ = "award"

    inquiry_line_id: Mapped[int] = mapped_column(
        ForeignKey("inquiry_line.id", ondelete="CASCADE"), index=True
    )
    offer_line_id: Mapped[int] = mapped_column(
        ForeignKey("offer_line.id", ondelete="CASCADE"), index=True
    )
    quantity: Mapped[Quantity | None]
