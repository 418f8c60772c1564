"""Owns the lists of inquiries' lines, of requests and of suppliers' offers, with their SQL.

Must not compare offers; ``app.sourcing`` does.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import ScalarSelect, SQLColumnExpression, func, select

from app.directory.lists import name_of_company
from app.fields import Field, FieldsOf, FieldType
from app.inquiries.fields import LINE_FIELDS
from app.lists import Listing
from app.lists.listing import joined
from database.records import (
    CompanyRecord,
    InquiryLineRecord,
    InquiryRecord,
    OfferLineRecord,
    OfferRecord,
    OfferTierRecord,
    RequestRecord,
    RequestSupplierRecord,
)
from database.types import written

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
    part_of={"inquiry": InquiryLineRecord.inquiry_id},
)

_OF_REQUEST = (
    _field("number", width_chars=13),
    _field("subject", width_chars=28),
    _field("respond_by_on", FieldType.DATE, width_chars=10),
    _field("created_at", FieldType.INSTANT, width_chars=17),
)


def _asked(value: SQLColumnExpression[Any]) -> ScalarSelect[Any]:
    """``value`` over the suppliers that were put on a request."""
    query = select(value).where(RequestSupplierRecord.request_id == RequestRecord.id)
    return query.correlate(RequestRecord).scalar_subquery()


REQUESTS = Listing(
    kind="request",
    id_column=RequestRecord.id,
    fields=(
        _OF_REQUEST[0],
        _field("inquiry", width_chars=13),
        _OF_REQUEST[1],
        _field("suppliers", width_chars=32),
        _field("asked", FieldType.INTEGER, width_chars=6),
        _field("answered", FieldType.INTEGER, width_chars=8),
        _OF_REQUEST[2],
        _field("remind_on", FieldType.DATE, width_chars=10),
        _OF_REQUEST[3],
        _id("inquiry_id"),
    ),
    expressions={
        **{field.key: getattr(RequestRecord, field.key) for field in _OF_REQUEST},
        "inquiry": select(InquiryRecord.number)
        .where(InquiryRecord.id == RequestRecord.inquiry_id)
        .correlate(RequestRecord)
        .scalar_subquery(),
        "suppliers": joined(
            select(name_of_company())
            .join(RequestSupplierRecord, RequestSupplierRecord.company_id == CompanyRecord.id)
            .where(RequestSupplierRecord.request_id == RequestRecord.id)
            .order_by(RequestSupplierRecord.id),
            of=RequestRecord,
        ),
        "asked": _asked(func.count(RequestSupplierRecord.asked_at)),
        "answered": _asked(func.count(RequestSupplierRecord.answered_at)),
        "remind_on": _asked(func.min(RequestSupplierRecord.remind_on)),
        "inquiry_id": RequestRecord.inquiry_id,
    },
    depends_on=("request", "request_supplier", "company", "inquiry"),
    part_of={"inquiry": RequestRecord.inquiry_id},
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

#: The prices of an offered line: ``24.2 @ 1000; 23.5 @ 3000``.
_PRICES_OF_LINE = joined(
    select(
        written(OfferTierRecord.amount)
        + func.coalesce(" @ " + written(OfferTierRecord.min_quantity), "")
    )
    .where(OfferTierRecord.offer_line_id == OfferLineRecord.id)
    .order_by(OfferTierRecord.min_quantity, OfferTierRecord.id),
    of=OfferLineRecord,
    between="; ",
)

OFFERS = Listing(
    kind="offer",
    id_column=OfferRecord.id,
    fields=(
        _field("supplier", width_chars=24),
        _field("inquiry", width_chars=13),
        _field("wording", width_chars=24),
        _field("lines", FieldType.INTEGER, width_chars=6),
        _field("price", FieldType.DECIMAL, width_chars=10),
        _field("prices", width_chars=28),
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
        "wording": joined(
            select(func.coalesce(InquiryLineRecord.wording, OfferLineRecord.wording))
            .select_from(OfferLineRecord)
            .outerjoin(InquiryLineRecord, InquiryLineRecord.id == OfferLineRecord.inquiry_line_id)
            .where(OfferLineRecord.offer_id == OfferRecord.id)
            .order_by(OfferLineRecord.position, OfferLineRecord.id),
            of=OfferRecord,
        ),
        "lines": select(func.count(OfferLineRecord.id))
        .where(OfferLineRecord.offer_id == OfferRecord.id)
        .correlate(OfferRecord)
        .scalar_subquery(),
        "price": select(OfferTierRecord.amount)
        .join(OfferLineRecord, OfferTierRecord.offer_line_id == OfferLineRecord.id)
        .where(OfferLineRecord.offer_id == OfferRecord.id)
        .order_by(OfferLineRecord.position, OfferTierRecord.min_quantity)
        .limit(1)
        .correlate(OfferRecord)
        .scalar_subquery(),
        "prices": joined(
            select(func.coalesce(_PRICES_OF_LINE, "–"))
            .where(OfferLineRecord.offer_id == OfferRecord.id)
            .order_by(OfferLineRecord.position, OfferLineRecord.id),
            of=OfferRecord,
            between=" | ",
        ),
        "supplier_id": OfferRecord.company_id,
        "inquiry_id": OfferRecord.inquiry_id,
        "request_id": OfferRecord.request_id,
        "message_id": OfferRecord.message_id,
    },
    depends_on=("offer", "offer_line", "offer_tier", "company", "inquiry"),
    part_of={"inquiry": OfferRecord.inquiry_id},
)
