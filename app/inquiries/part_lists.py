"""Owns the lists of inquiries' lines and of suppliers' offers, with their SQL.

Must not compare offers; ``app.sourcing`` does.
"""

from __future__ import annotations

from sqlalchemy import func, select

from app.directory.lists import name_of_company
from app.fields import Field, FieldsOf, FieldType
from app.inquiries.fields import LINE_FIELDS
from app.lists import Listing
from database.records import (
    CompanyRecord,
    InquiryLineRecord,
    InquiryRecord,
    OfferLineRecord,
    OfferRecord,
    OfferTierRecord,
)

_field = FieldsOf("inquiries.field", is_editable=False)


def _id(key: str) -> Field:
    return _field(key, FieldType.INTEGER, is_shown=False)


LINES = Listing(
    kind="line",
    id_column=InquiryLineRecord.id,
    fields=(
        _field("inquiry", width_chars=13),
        _field("position", FieldType.INTEGER, width_chars=6),
        *LINE_FIELDS,
        _field("buyer", width_chars=24),
        _id("inquiry_id"),
        _id("product_id"),
    ),
    expressions={
        **{field.key: getattr(InquiryLineRecord, field.key) for field in LINE_FIELDS},
        "position": InquiryLineRecord.position,
        "inquiry": select(InquiryRecord.number)
        .where(InquiryRecord.id == InquiryLineRecord.inquiry_id)
        .scalar_subquery(),
        "buyer": select(name_of_company())
        .join(InquiryRecord, InquiryRecord.buyer_id == CompanyRecord.id)
        .where(InquiryRecord.id == InquiryLineRecord.inquiry_id)
        .scalar_subquery(),
        "inquiry_id": InquiryLineRecord.inquiry_id,
        "product_id": InquiryLineRecord.product_id,
    },
    depends_on=("inquiry_line", "inquiry", "company"),
    of_parts=True,
)

_OF_OFFER = (
    _field("offered_on", FieldType.DATE, width_chars=10),
    _field("valid_until", FieldType.DATE, width_chars=10),
    _field("currency", FieldType.CURRENCY, width_chars=6),
    _field("incoterm", width_chars=6),
    _field("place", FieldType.PLACE),
    _field("includes_vat", FieldType.YES_NO, width_chars=6),
    _field("vat_rate", FieldType.PERCENT, width_chars=6),
    _field("payment_terms", width_chars=20),
    _field("source", width_chars=24),
    _field("remarks", FieldType.LONG_TEXT, width_chars=24),
)

OFFERS = Listing(
    kind="offer",
    id_column=OfferRecord.id,
    fields=(
        _field("supplier", width_chars=24),
        _field("inquiry", width_chars=13),
        _field("wording", width_chars=24),
        _field("price", FieldType.DECIMAL, width_chars=10),
        *_OF_OFFER,
        _id("supplier_id"),
        _id("inquiry_id"),
        _id("request_id"),
        _id("message_id"),
    ),
    expressions={
        **{field.key: getattr(OfferRecord, field.key) for field in _OF_OFFER},
        "supplier": select(name_of_company())
        .where(CompanyRecord.id == OfferRecord.company_id)
        .scalar_subquery(),
        "inquiry": select(InquiryRecord.number)
        .where(InquiryRecord.id == OfferRecord.inquiry_id)
        .scalar_subquery(),
        "wording": select(func.coalesce(InquiryLineRecord.wording, OfferLineRecord.wording))
        .select_from(OfferLineRecord)
        .outerjoin(InquiryLineRecord, InquiryLineRecord.id == OfferLineRecord.inquiry_line_id)
        .where(OfferLineRecord.offer_id == OfferRecord.id)
        .order_by(OfferLineRecord.position, OfferLineRecord.id)
        .limit(1)
        .correlate(OfferRecord)
        .scalar_subquery(),
        "price": select(OfferTierRecord.amount)
        .join(OfferLineRecord, OfferTierRecord.offer_line_id == OfferLineRecord.id)
        .where(OfferLineRecord.offer_id == OfferRecord.id)
        .order_by(OfferLineRecord.position, OfferTierRecord.min_quantity)
        .limit(1)
        .correlate(OfferRecord)
        .scalar_subquery(),
        "supplier_id": OfferRecord.company_id,
        "inquiry_id": OfferRecord.inquiry_id,
        "request_id": OfferRecord.request_id,
        "message_id": OfferRecord.message_id,
    },
    depends_on=("offer", "offer_line", "offer_tier", "company", "inquiry"),
    of_parts=True,
)
