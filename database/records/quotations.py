"""Owns the records of quotations: the number, its revisions, their lines, prices and frozen costs.

Must not hold dated rates; they are in ``database.records.rates``.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint, case, exists, func
from sqlalchemy.orm import Mapped, mapped_column, relationship

from database.records.directory import CompanyRecord, ContactRecord
from database.records.files import FileRecord
from database.records.record import Record, new_uid
from database.types import Amount, Currency, Instant, Measure, Quantity, Rate


class SellerProfileRecord(Record):
    """Who we are on our papers: name, address, bank, logo and signature."""

    __tablename__ = "seller_profile"

    name_zh: Mapped[str | None]
    name_en: Mapped[str | None]
    address_zh: Mapped[str | None]
    address_en: Mapped[str | None]
    contact_name: Mapped[str | None]
    phone: Mapped[str | None]
    email: Mapped[str | None]
    website: Mapped[str | None]
    tax_number: Mapped[str | None]
    bank_beneficiary: Mapped[str | None]
    bank_name: Mapped[str | None]
    bank_address: Mapped[str | None]
    bank_account: Mapped[str | None]
    bank_swift: Mapped[str | None]
    bank_notes: Mapped[str | None]
    logo_id: Mapped[int | None] = mapped_column(ForeignKey("file.id"), index=True)
    signature_id: Mapped[int | None] = mapped_column(ForeignKey("file.id"), index=True)
    is_default: Mapped[bool] = mapped_column(default=False)


class StandardTextRecord(Record):
    """A remark or clause the user puts on papers again and again."""

    __tablename__ = "standard_text"

    name: Mapped[str]
    language: Mapped[str]
    text: Mapped[str]


class QuotationRecord(Record):
    """A quotation to a buyer: one number, and revisions under it."""

    __tablename__ = "quotation"

    number: Mapped[str] = mapped_column(unique=True)
    buyer_id: Mapped[int | None] = mapped_column(
        ForeignKey("company.id", ondelete="CASCADE"), index=True
    )
    contact_id: Mapped[int | None] = mapped_column(
        ForeignKey("contact.id", ondelete="SET NULL"), index=True
    )
    inquiry_id: Mapped[int | None] = mapped_column(
        ForeignKey("inquiry.id", ondelete="SET NULL"), index=True
    )
    profile_id: Mapped[int | None] = mapped_column(
        ForeignKey("seller_profile.id", ondelete="SET NULL"), index=True
    )
    #: The newest revision that was not withdrawn, and its state, for lists.
    revision: Mapped[int] = mapped_column(default=1)
    state: Mapped[str] = mapped_column(default="draft", index=True)
    created_at: Mapped[Instant]

    buyer: Mapped[CompanyRecord | None] = relationship()
    contact: Mapped[ContactRecord | None] = relationship()
    profile: Mapped[SellerProfileRecord | None] = relationship()
    revisions: Mapped[list[RevisionRecord]] = relationship(
        passive_deletes=True, order_by="RevisionRecord.revision", back_populates="quotation"
    )


class RevisionRecord(Record):
    """One revision of a quotation; a sent one never changes (states: ``app.quotations.revisions``)."""

    __tablename__ = "revision"
    __table_args__ = (UniqueConstraint("quotation_id", "revision"), Record.__table_args__)

    quotation_id: Mapped[int] = mapped_column(ForeignKey("quotation.id", ondelete="CASCADE"))
    revision: Mapped[int]
    state: Mapped[str] = mapped_column(default="draft")
    #: The state to return to when the revision that superseded this one is withdrawn.
    state_before: Mapped[str | None]
    document: Mapped[str] = mapped_column(default="quotation")
    title: Mapped[str | None]
    issued_on: Mapped[date]
    valid_until: Mapped[date | None] = mapped_column(index=True)
    sent_at: Mapped[Instant | None]
    closed_at: Mapped[Instant | None]
    #: The buyer and the seller as they stood on the paper when it was sent.
    buyer_name: Mapped[str | None]
    buyer_address: Mapped[str | None]
    contact_name: Mapped[str | None]
    seller: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    currency: Mapped[Currency]
    #: CNY for one unit of ``currency``, as used for the prices of this revision.
    fx_rate: Mapped[Rate | None]
    fx_on: Mapped[date | None]
    incoterm: Mapped[str | None]
    place: Mapped[str | None]
    edition: Mapped[int | None]
    #: As typed; and, where its terms could be told, frozen ``app.quotations.payment`` terms.
    payment_terms: Mapped[str | None]
    payment: Mapped[str | None]
    lead_time: Mapped[str | None]
    shipment: Mapped[str | None]
    port_of_loading: Mapped[str | None]
    port_of_destination: Mapped[str | None]
    allows_partial_shipment: Mapped[bool | None]
    allows_transhipment: Mapped[bool | None]
    marks: Mapped[str | None]
    remarks: Mapped[str | None]
    internal_note: Mapped[str | None]
    shows_bank: Mapped[bool] = mapped_column(default=False)
    margin_floor: Mapped[Rate | None]
    #: The rates, charges and profit the prices are worked out with, as frozen text; never on a paper.
    costing: Mapped[str | None]

    quotation: Mapped[QuotationRecord] = relationship(back_populates="revisions")
    lines: Mapped[list[QuotationLineRecord]] = relationship(
        passive_deletes=True, order_by="QuotationLineRecord.position"
    )


#: Where a quotation stands today: what was sent is expired once its last day is over
#: (``app.quotations.revisions.state_on``). The book knows the day.
STATE_TODAY = case(
    (
        (QuotationRecord.state == "sent")
        & exists()
        .where(RevisionRecord.quotation_id == QuotationRecord.id)
        .where(RevisionRecord.revision == QuotationRecord.revision)
        .where(RevisionRecord.valid_until < func.today())
        .correlate(QuotationRecord),
        "expired",
    ),
    else_=QuotationRecord.state,
)


class QuotationLineRecord(Record):
    """One line of a revision; ``kind`` is one of ``app.quotations.revisions.LineKind``.

    ``line_uid`` is the same in every revision, so that lines are compared and not positions.
    """

    __tablename__ = "quotation_line"

    revision_id: Mapped[int] = mapped_column(
        ForeignKey("revision.id", ondelete="CASCADE"), index=True
    )
    product_id: Mapped[int | None] = mapped_column(
        ForeignKey("product.id", ondelete="SET NULL"), index=True
    )
    inquiry_line_id: Mapped[int | None] = mapped_column(
        ForeignKey("inquiry_line.id", ondelete="SET NULL"), index=True
    )
    picture_file_id: Mapped[int | None] = mapped_column(ForeignKey("file.id"), index=True)
    line_uid: Mapped[str] = mapped_column(String(32), default=new_uid)
    position: Mapped[int]
    kind: Mapped[str] = mapped_column(default="item")
    is_optional: Mapped[bool] = mapped_column(default=False)
    #: The ``line_uid`` of the line this one may replace.
    alternative_to: Mapped[str | None] = mapped_column(String(32))
    item_number: Mapped[str | None]
    buyer_item_number: Mapped[str | None]
    name_zh: Mapped[str | None]
    name_en: Mapped[str | None]
    description: Mapped[str | None]
    quantity: Mapped[Quantity | None]
    unit: Mapped[str | None]
    price: Mapped[Amount | None]
    discount_percent: Mapped[Rate | None]
    moq: Mapped[Quantity | None]
    hs_code: Mapped[str | None]
    origin: Mapped[str | None]
    lead_time: Mapped[str | None]
    packing: Mapped[str | None]
    pieces_per_carton: Mapped[int | None]
    carton_length_cm: Mapped[Measure | None]
    carton_width_cm: Mapped[Measure | None]
    carton_height_cm: Mapped[Measure | None]
    carton_cbm: Mapped[Measure | None]
    net_weight_kg: Mapped[Measure | None]
    gross_weight_kg: Mapped[Measure | None]
    remarks: Mapped[str | None]
    #: What one unit costs at the factory in ``cost_currency``; never on a paper. Where several
    #: suppliers share the quantity it is worked out from the parts.
    cost: Mapped[Amount | None]
    cost_currency: Mapped[Currency | None]
    cost_has_invoice: Mapped[bool | None]
    #: The delivery term the cost is asked under, which says what of the way is in it.
    cost_incoterm: Mapped[str | None]
    #: The place that term names, as the offer or the price list said it.
    cost_place: Mapped[str | None]
    #: Whether the user took the cost off: it stays so until one is asked for.
    is_cost_emptied: Mapped[bool] = mapped_column(default=False)
    cost_source: Mapped[str | None]
    #: The figures the price was worked out from, as frozen text; never on a paper.
    cost_sheet: Mapped[str | None]

    picture_file: Mapped[FileRecord | None] = relationship()
    tiers: Mapped[list[QuotationTierRecord]] = relationship(
        passive_deletes=True, order_by="QuotationTierRecord.min_quantity"
    )
    parts: Mapped[list[CostPartRecord]] = relationship(
        cascade="all, delete-orphan", passive_deletes=True, order_by="CostPartRecord.id"
    )


class QuotationTierRecord(Record):
    """One price of a line: from ``min_quantity`` on, ``price`` a unit."""

    __tablename__ = "quotation_tier"

    line_id: Mapped[int] = mapped_column(
        ForeignKey("quotation_line.id", ondelete="CASCADE"), index=True
    )
    min_quantity: Mapped[Quantity]
    max_quantity: Mapped[Quantity | None]
    price: Mapped[Amount]


class CostPartRecord(Record):
    """A chosen offer that a line's cost is from, and the part of the quantity it was chosen for.

    Without ``quantity`` it is for all of the line. ``amount`` is for one unit of the line.
    """

    __tablename__ = "cost_part"

    line_id: Mapped[int] = mapped_column(
        ForeignKey("quotation_line.id", ondelete="CASCADE"), index=True
    )
    offer_line_id: Mapped[int | None] = mapped_column(
        ForeignKey("offer_line.id", ondelete="SET NULL"), index=True
    )
    quantity: Mapped[Quantity | None]
    amount: Mapped[Amount]
    currency: Mapped[Currency]
    has_invoice: Mapped[bool | None]
    incoterm: Mapped[str | None]
    place: Mapped[str | None]
    source: Mapped[str]
