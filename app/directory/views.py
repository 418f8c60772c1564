"""Owns single records of the directory read whole: a company or a product with all that hangs on it.

Must not write and must not hand out mapped records.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, case, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from app.directory.duplicates_views import LikelyPair, likely_duplicates
from app.directory.forms import FORMS
from app.directory.lists import name_of_company
from app.files.views import AttachmentView, attachments
from app.kernel.progress import UNWATCHED, Progress
from app.lists.existing import existing
from database.book import Book
from database.listed import among
from database.records import (
    STATE_TODAY,
    AddressRecord,
    AliasRecord,
    AttachmentRecord,
    BoothRecord,
    CategoryRecord,
    CertificateRecord,
    CompanyRecord,
    ContactPointRecord,
    ContactRecord,
    FileRecord,
    InquiryLineRecord,
    InquiryRecord,
    NoteRecord,
    OfferRecord,
    PictureRecord,
    PriceRecord,
    ProductRecord,
    QuotationLineRecord,
    QuotationRecord,
    Record,
    RevisionRecord,
    TagLinkRecord,
    TagRecord,
)


@dataclass(frozen=True, slots=True)
class Part:
    """A record that hangs on another: its kind, id and the values of its fields."""

    kind: str
    id: int
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class PictureView:
    """A picture: where its content lies in the book."""

    id: int
    sha256: str
    media_type: str


@dataclass(frozen=True, slots=True)
class ContactDetail:
    """A person with the ways to reach them."""

    id: int
    company_id: int | None
    company: str | None
    values: Mapping[str, object]
    custom: Mapping[str, object]
    points: tuple[Part, ...]
    notes: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Mention:
    """Another record that this one takes part in: an inquiry, a quotation, an offer."""

    kind: str
    id: int
    title: str
    state: str | None
    on: date | datetime


@dataclass(frozen=True, slots=True)
class TagUse:
    """A tag of the book, and on how many of some records it hangs."""

    name: str
    count: int


@dataclass(frozen=True, slots=True)
class ProductSummary:
    """A product as it is shown under its supplier."""

    id: int
    item_number: str | None
    name_zh: str | None
    name_en: str | None
    price: Decimal | None
    currency: str | None
    quoted_on: date | None
    picture: str | None


@dataclass(frozen=True, slots=True)
class CompanyDetail:
    """A company whole."""

    id: int
    roles: tuple[str, ...]
    values: Mapping[str, object]
    custom: Mapping[str, object]
    aliases: tuple[str, ...]
    contacts: tuple[ContactDetail, ...]
    points: tuple[Part, ...]
    addresses: tuple[Part, ...]
    booths: tuple[Part, ...]
    certificates: tuple[Part, ...]
    notes: tuple[Part, ...]
    tags: tuple[str, ...]
    pictures: tuple[PictureView, ...]
    attachments: tuple[AttachmentView, ...]
    products: tuple[ProductSummary, ...]
    product_count: int
    mentions: tuple[Mention, ...]


@dataclass(frozen=True, slots=True)
class ProductDetail:
    """A product whole, its prices newest first."""

    id: int
    supplier_id: int | None
    supplier: str | None
    category: str | None
    values: Mapping[str, object]
    custom: Mapping[str, object]
    prices: tuple[Part, ...]
    pictures: tuple[PictureView, ...]
    attachments: tuple[AttachmentView, ...]
    certificates: tuple[Part, ...]
    notes: tuple[Part, ...]
    tags: tuple[str, ...]
    mentions: tuple[Mention, ...]


#: The records of the directory that tags hang on.
TAGGED: Mapping[type[Record], InstrumentedAttribute[int | None]] = {
    CompanyRecord: TagLinkRecord.company_id,
    ProductRecord: TagLinkRecord.product_id,
}
#: How many products a company's page shows at once; the list of products shows all.
PRODUCTS_SHOWN = 60
_MENTIONS_SHOWN = 30


class DirectoryViews:
    """Reads for the pages of the directory."""

    def __init__(self, book: Book) -> None:
        self._book = book

    def likely_duplicates(self, progress: Progress = UNWATCHED) -> tuple[LikelyPair, ...]:
        """The pairs of companies that are likely one, likeliest first."""
        return likely_duplicates(self._book, progress)

    def company(self, company_id: int) -> CompanyDetail:
        """The company; raises ``AppError`` where there is none."""
        with self._book.read() as session:
            record = existing(session, CompanyRecord, "company", company_id)
            own = ContactPointRecord.contact_id.is_(None)
            return CompanyDetail(
                id=record.id,
                roles=_roles(record),
                values=_values("supplier", record),
                custom=dict(record.custom),
                aliases=tuple(
                    session.scalars(
                        select(AliasRecord.name).where(AliasRecord.company_id == company_id)
                    )
                ),
                contacts=_contacts(session, company_id),
                points=_parts(
                    session, "contact_point", ContactPointRecord.company_id, company_id, own
                ),
                addresses=_parts(session, "address", AddressRecord.company_id, company_id),
                booths=_parts(session, "booth", BoothRecord.company_id, company_id),
                certificates=_parts(
                    session, "certificate", CertificateRecord.company_id, company_id
                ),
                notes=_parts(session, "note", NoteRecord.company_id, company_id),
                tags=tags_of(session, TagLinkRecord.company_id, company_id),
                pictures=pictures_of(session, PictureRecord.company_id, company_id),
                attachments=attachments(session, AttachmentRecord.company_id, company_id),
                products=_products(session, company_id),
                product_count=session.scalar(
                    select(func.count()).where(ProductRecord.supplier_id == company_id)
                )
                or 0,
                mentions=_company_mentions(session, company_id),
            )

    def tags(self, kind: str, ids: Sequence[int]) -> tuple[TagUse, ...]:
        """The tags that hang on any record of the book with how many of ``ids`` have each, most first."""
        owner = TAGGED[FORMS[kind].record]
        own = func.count(case((owner.in_(among(ids)), 1)))
        query = (
            select(TagRecord.name, own)
            .join(TagLinkRecord, TagLinkRecord.tag_id == TagRecord.id)
            .group_by(TagRecord.id)
            .order_by(own.desc(), TagRecord.name)
        )
        with self._book.read() as session:
            return tuple(TagUse(*row) for row in session.execute(query))

    def contact(self, contact_id: int) -> ContactDetail:
        """The person; raises ``AppError`` where there is none."""
        with self._book.read() as session:
            return _contact(session, existing(session, ContactRecord, "contact", contact_id))

    def product(self, product_id: int) -> ProductDetail:
        """The product; raises ``AppError`` where there is none."""
        with self._book.read() as session:
            record = existing(session, ProductRecord, "product", product_id)
            return ProductDetail(
                id=record.id,
                supplier_id=record.supplier_id,
                supplier=_company_name(session, record.supplier_id),
                category=_category_name(session, record.category_id),
                values=_values("product", record),
                custom=dict(record.custom),
                prices=_prices(session, product_id),
                pictures=pictures_of(session, PictureRecord.product_id, product_id),
                attachments=attachments(session, AttachmentRecord.product_id, product_id),
                certificates=_parts(
                    session, "certificate", CertificateRecord.product_id, product_id
                ),
                notes=_parts(session, "note", NoteRecord.product_id, product_id),
                tags=tags_of(session, TagLinkRecord.product_id, product_id),
                mentions=_product_mentions(session, product_id),
            )


def _values(kind: str, record: Record) -> dict[str, object]:
    return {field.key: getattr(record, field.key) for field in FORMS[kind].fields}


def _roles(record: CompanyRecord) -> tuple[str, ...]:
    roles = ("supplier", "buyer", "agent", "forwarder")
    return tuple(role for role in roles if getattr(record, f"is_{role}"))


def _parts(
    session: Session,
    kind: str,
    owner: InstrumentedAttribute[int] | InstrumentedAttribute[int | None],
    owner_id: int,
    *conditions: ColumnElement[bool],
) -> tuple[Part, ...]:
    record = FORMS[kind].record
    query = select(record).where(owner == owner_id, *conditions).order_by(record.id)
    return tuple(Part(kind, row.id, _values(kind, row)) for row in session.scalars(query))


def _prices(session: Session, product_id: int) -> tuple[Part, ...]:
    query = (
        select(PriceRecord)
        .where(PriceRecord.product_id == product_id)
        .order_by(PriceRecord.quoted_on.desc(), PriceRecord.min_quantity, PriceRecord.id)
    )
    return tuple(Part("price", row.id, _values("price", row)) for row in session.scalars(query))


def _contacts(session: Session, company_id: int) -> tuple[ContactDetail, ...]:
    query = (
        select(ContactRecord)
        .where(ContactRecord.company_id == company_id)
        .order_by(ContactRecord.is_primary.desc(), ContactRecord.id)
    )
    return tuple(_contact(session, record) for record in session.scalars(query))


def _contact(session: Session, record: ContactRecord) -> ContactDetail:
    return ContactDetail(
        id=record.id,
        company_id=record.company_id,
        company=_company_name(session, record.company_id),
        values=_values("contact", record),
        custom=dict(record.custom),
        points=_parts(session, "contact_point", ContactPointRecord.contact_id, record.id),
        notes=_parts(session, "note", NoteRecord.contact_id, record.id),
    )


def _company_name(session: Session, company_id: int | None) -> str | None:
    return session.scalar(select(name_of_company()).where(CompanyRecord.id == company_id))


def _category_name(session: Session, category_id: int | None) -> str | None:
    name = func.coalesce(CategoryRecord.name_zh, CategoryRecord.name_en)
    return session.scalar(select(name).where(CategoryRecord.id == category_id))


def tags_of(
    session: Session, owner: InstrumentedAttribute[int | None], owner_id: int
) -> tuple[str, ...]:
    """The tags that hang on a record, by name."""
    query = (
        select(TagRecord.name)
        .join(TagLinkRecord, TagLinkRecord.tag_id == TagRecord.id)
        .where(owner == owner_id)
        .order_by(TagRecord.name)
    )
    return tuple(session.scalars(query))


def pictures_of(
    session: Session, owner: InstrumentedAttribute[int | None], owner_id: int
) -> tuple[PictureView, ...]:
    """The pictures that hang on a record, the main one first."""
    query = (
        select(PictureRecord.id, FileRecord.sha256, FileRecord.media_type)
        .join(FileRecord, PictureRecord.file_id == FileRecord.id)
        .where(owner == owner_id)
        .order_by(PictureRecord.position, PictureRecord.id)
    )
    return tuple(PictureView(*row) for row in session.execute(query))


def _products(session: Session, company_id: int) -> tuple[ProductSummary, ...]:
    query = (
        select(ProductRecord)
        .where(ProductRecord.supplier_id == company_id)
        .order_by(ProductRecord.item_number, ProductRecord.id)
        .limit(PRODUCTS_SHOWN)
    )
    return tuple(_product_summary(session, record) for record in session.scalars(query))


def _product_summary(session: Session, record: ProductRecord) -> ProductSummary:
    prices, pictures = (
        _prices(session, record.id),
        pictures_of(session, PictureRecord.product_id, record.id),
    )
    newest: Mapping[str, Any] = prices[0].values if prices else {}
    return ProductSummary(
        id=record.id,
        item_number=record.item_number,
        name_zh=record.name_zh,
        name_en=record.name_en,
        price=newest.get("amount"),
        currency=newest.get("currency"),
        quoted_on=newest.get("quoted_on"),
        picture=pictures[0].sha256 if pictures else None,
    )


def _inquiry_mentions(session: Session, *conditions: ColumnElement[bool]) -> list[Mention]:
    query = (
        select(InquiryRecord)
        .where(*conditions)
        .order_by(InquiryRecord.received_at.desc())
        .limit(_MENTIONS_SHOWN)
    )
    return [
        Mention(
            "inquiry",
            row.id,
            f"{row.number} {row.subject or ''}".strip(),
            row.stage,
            row.received_at,
        )
        for row in session.scalars(query)
    ]


def _quotation_mentions(session: Session, *conditions: ColumnElement[bool]) -> list[Mention]:
    query = (
        select(QuotationRecord, STATE_TODAY)
        .where(*conditions)
        .order_by(QuotationRecord.created_at.desc())
        .limit(_MENTIONS_SHOWN)
    )
    return [
        Mention("quotation", row.id, row.number, state, row.created_at)
        for row, state in session.execute(query)
    ]


def _company_mentions(session: Session, company_id: int) -> tuple[Mention, ...]:
    offers = (
        select(OfferRecord)
        .where(OfferRecord.company_id == company_id)
        .order_by(OfferRecord.offered_on.desc())
        .limit(_MENTIONS_SHOWN)
    )
    quoted_from = (
        select(RevisionRecord.quotation_id)
        .join(QuotationLineRecord, QuotationLineRecord.revision_id == RevisionRecord.id)
        .join(ProductRecord, QuotationLineRecord.product_id == ProductRecord.id)
        .where(ProductRecord.supplier_id == company_id)
    )
    return (
        *_inquiry_mentions(session, InquiryRecord.buyer_id == company_id),
        *_quotation_mentions(
            session,
            or_(QuotationRecord.buyer_id == company_id, QuotationRecord.id.in_(quoted_from)),
        ),
        *(
            Mention("offer", row.id, row.source or "", None, row.offered_on)
            for row in session.scalars(offers)
        ),
    )


def _product_mentions(session: Session, product_id: int) -> tuple[Mention, ...]:
    asked = select(InquiryLineRecord.inquiry_id).where(InquiryLineRecord.product_id == product_id)
    quoted = (
        select(RevisionRecord.quotation_id)
        .join(QuotationLineRecord, QuotationLineRecord.revision_id == RevisionRecord.id)
        .where(QuotationLineRecord.product_id == product_id)
    )
    return (
        *_inquiry_mentions(session, InquiryRecord.id.in_(asked)),
        *_quotation_mentions(session, QuotationRecord.id.in_(quoted)),
    )
