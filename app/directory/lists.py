"""Owns the lists of the directory: suppliers, buyers, contacts and products, with their SQL.

Must not read single records whole; ``app.directory.views`` does.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Select, SQLColumnExpression, func, select
from sqlalchemy.orm import InstrumentedAttribute

from app.directory.fields import COMPANY_FIELDS, CONTACT_FIELDS, PRODUCT_FIELDS
from app.fields import Field, FieldsOf, FieldType
from app.lists import Listing
from app.lists.imported import IMPORTED, imported_in
from app.lists.listing import joined
from database.records import (
    BoothRecord,
    CategoryRecord,
    CertificateRecord,
    CompanyRecord,
    ContactPointRecord,
    ContactRecord,
    FileRecord,
    InquiryRecord,
    PictureRecord,
    PriceRecord,
    ProductRecord,
    QuotationRecord,
    Record,
    TagLinkRecord,
    TagRecord,
)


def _own(record: type[Record], fields: tuple[Field, ...]) -> dict[str, SQLColumnExpression[Any]]:
    return {field.key: getattr(record, field.key) for field in fields}


def _count(
    key: InstrumentedAttribute[int] | InstrumentedAttribute[int | None],
) -> SQLColumnExpression[Any]:
    query = select(func.count()).where(key == CompanyRecord.id)
    return query.correlate(CompanyRecord).scalar_subquery()


def _point(*kinds: str) -> SQLColumnExpression[Any]:
    """The first way of these kinds to reach a company, its own or one of its people's."""
    return _first(
        select(ContactPointRecord.value)
        .where(
            ContactPointRecord.company_id == CompanyRecord.id, ContactPointRecord.kind.in_(kinds)
        )
        .order_by(ContactPointRecord.is_primary.desc(), ContactPointRecord.id)
    )


def _first(query: Select[Any]) -> SQLColumnExpression[Any]:
    return query.limit(1).correlate(CompanyRecord, ProductRecord, ContactRecord).scalar_subquery()


_field = FieldsOf("directory.field", is_editable=False)
#: The tags of a record, in every list of records that have some.
TAGS = _field("tags")


def name_of_company() -> ColumnElement[str]:
    """The name a company is shown under: Chinese first, else English."""
    return func.coalesce(CompanyRecord.name_zh, CompanyRecord.name_en)


def tags_on(
    owner: InstrumentedAttribute[int | None], record: type[Record]
) -> SQLColumnExpression[Any]:
    """The tags that hang on a listed ``record`` by the column ``owner``, in one cell."""
    query = select(TagRecord.name).join(TagLinkRecord, TagLinkRecord.tag_id == TagRecord.id)
    return joined(query.where(owner == record.id).order_by(TagRecord.name), of=record)


_COMPANY_EXPRESSIONS: dict[str, SQLColumnExpression[Any]] = {
    **_own(CompanyRecord, COMPANY_FIELDS),
    "contact": _first(
        select(ContactRecord.name)
        .where(ContactRecord.company_id == CompanyRecord.id)
        .order_by(ContactRecord.is_primary.desc(), ContactRecord.id)
    ),
    "email": _point("email"),
    "phone": _point("mobile", "phone"),
    "wechat": _point("wechat"),
    "booth": _first(
        select(BoothRecord.booth)
        .where(BoothRecord.company_id == CompanyRecord.id)
        .order_by(BoothRecord.id.desc())
    ),
    "products": _count(ProductRecord.supplier_id),
    "inquiries": _count(InquiryRecord.buyer_id),
    "quotations": _count(QuotationRecord.buyer_id),
    "certificates": joined(
        select(CertificateRecord.name).where(CertificateRecord.company_id == CompanyRecord.id),
        of=CompanyRecord,
    ),
    "tags": tags_on(TagLinkRecord.company_id, CompanyRecord),
    "created_at": CompanyRecord.created_at,
    IMPORTED.key: imported_in(CompanyRecord),
}
_COMPANY_TABLES = ("company", "contact", "contact_point", "booth", "certificate", "tag_link")
_CREATED = _field("created_at", FieldType.INSTANT, is_shown=False)

SUPPLIERS = Listing(
    kind="supplier",
    id_column=CompanyRecord.id,
    fields=(
        *COMPANY_FIELDS,
        _field("contact"),
        _field("phone", width_chars=16),
        _field("email", width_chars=22),
        _field("wechat"),
        _field("booth"),
        _field("products", FieldType.INTEGER, width_chars=8),
        _field("certificates", width_chars=16),
        TAGS,
        _CREATED,
        IMPORTED,
    ),
    expressions=_COMPANY_EXPRESSIONS,
    scope=CompanyRecord.is_supplier,
    depends_on=(*_COMPANY_TABLES, "product"),
)

BUYERS = Listing(
    kind="buyer",
    id_column=CompanyRecord.id,
    fields=(
        # Buyers hardly ever have a Chinese name.
        *sorted(COMPANY_FIELDS, key=lambda field: field.key != "name_en"),
        _field("contact"),
        _field("phone", width_chars=16),
        _field("email", width_chars=22),
        _field("inquiries", FieldType.INTEGER, width_chars=8),
        _field("quotations", FieldType.INTEGER, width_chars=8),
        TAGS,
        _CREATED,
        IMPORTED,
    ),
    expressions=_COMPANY_EXPRESSIONS,
    scope=CompanyRecord.is_buyer,
    depends_on=(*_COMPANY_TABLES, "inquiry", "quotation"),
)


def _contact_point(*kinds: str) -> SQLColumnExpression[Any]:
    return _first(
        select(ContactPointRecord.value)
        .where(
            ContactPointRecord.contact_id == ContactRecord.id, ContactPointRecord.kind.in_(kinds)
        )
        .order_by(ContactPointRecord.is_primary.desc(), ContactPointRecord.id)
    )


CONTACTS = Listing(
    kind="contact",
    id_column=ContactRecord.id,
    fields=(
        *CONTACT_FIELDS,
        _field("company", width_chars=26),
        _field("phone", width_chars=16),
        _field("email", width_chars=22),
        _field("wechat"),
        _CREATED,
        IMPORTED,
    ),
    expressions={
        **_own(ContactRecord, CONTACT_FIELDS),
        "company": _first(
            select(name_of_company()).where(CompanyRecord.id == ContactRecord.company_id)
        ),
        "phone": _contact_point("mobile", "phone"),
        "email": _contact_point("email"),
        "wechat": _contact_point("wechat"),
        "created_at": ContactRecord.created_at,
        IMPORTED.key: imported_in(ContactRecord),
    },
    depends_on=("contact", "contact_point", "company"),
)

_newest_price = (
    select(PriceRecord.id)
    .where(PriceRecord.product_id == ProductRecord.id)
    .order_by(PriceRecord.quoted_on.desc(), PriceRecord.min_quantity, PriceRecord.id)
    .limit(1)
    .correlate(ProductRecord)
    .scalar_subquery()
)


def _price(column: InstrumentedAttribute[Any]) -> SQLColumnExpression[Any]:
    return (
        select(column)
        .where(PriceRecord.id == _newest_price)
        .correlate(ProductRecord)
        .scalar_subquery()
    )


PRODUCTS = Listing(
    kind="product",
    id_column=ProductRecord.id,
    fields=(
        _field("picture", FieldType.PICTURE, width_chars=6),
        *PRODUCT_FIELDS,
        _field("price", FieldType.DECIMAL, width_chars=10),
        _field("price_currency", FieldType.CURRENCY, width_chars=6),
        _field("price_on", FieldType.DATE, width_chars=10),
        _field("supplier", width_chars=24),
        _field("category", width_chars=14),
        TAGS,
        _CREATED,
        IMPORTED,
    ),
    expressions={
        **_own(ProductRecord, PRODUCT_FIELDS),
        "picture": _first(
            select(FileRecord.sha256)
            .join(PictureRecord, PictureRecord.file_id == FileRecord.id)
            .where(PictureRecord.product_id == ProductRecord.id)
            .order_by(PictureRecord.position, PictureRecord.id)
        ),
        "price": _price(PriceRecord.amount),
        "price_currency": _price(PriceRecord.currency),
        "price_on": _price(PriceRecord.quoted_on),
        "supplier": _first(
            select(name_of_company()).where(CompanyRecord.id == ProductRecord.supplier_id)
        ),
        "category": _first(
            select(func.coalesce(CategoryRecord.name_zh, CategoryRecord.name_en)).where(
                CategoryRecord.id == ProductRecord.category_id
            )
        ),
        "tags": tags_on(TagLinkRecord.product_id, ProductRecord),
        "created_at": ProductRecord.created_at,
        IMPORTED.key: imported_in(ProductRecord),
    },
    depends_on=("product", "price", "picture", "category", "tag_link"),
)
