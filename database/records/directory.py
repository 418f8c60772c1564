"""Owns the records of the directory: companies in all their roles, their people, addresses and papers.

Must not hold products; they are in ``database.records.products``.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from database.records.record import Record
from database.types import Country, Currency, Instant


class CompanyRecord(Record):
    """A company: a supplier, a buyer, an agent or a forwarder, and often more than one of them."""

    __tablename__ = "company"

    name_zh: Mapped[str | None]
    name_en: Mapped[str | None]
    short_name: Mapped[str | None]
    #: The names folded for finding duplicates (see ``app.directory.names``).
    name_key: Mapped[str | None] = mapped_column(index=True)
    name_en_key: Mapped[str | None] = mapped_column(index=True)
    is_supplier: Mapped[bool] = mapped_column(default=False)
    is_buyer: Mapped[bool] = mapped_column(default=False)
    is_agent: Mapped[bool] = mapped_column(default=False)
    is_forwarder: Mapped[bool] = mapped_column(default=False)
    business_type: Mapped[str | None]
    country: Mapped[Country | None]
    province: Mapped[str | None]
    city: Mapped[str | None]
    website: Mapped[str | None]
    #: The website's host without ``www.``, for finding duplicates.
    website_host: Mapped[str | None] = mapped_column(index=True)
    uscc: Mapped[str | None] = mapped_column(index=True)
    tax_number: Mapped[str | None]
    main_products: Mapped[str | None]
    markets: Mapped[str | None]
    established_year: Mapped[int | None]
    employees: Mapped[str | None]
    factory_area: Mapped[str | None]
    registered_capital: Mapped[str | None]
    payment_terms: Mapped[str | None]
    currency: Mapped[Currency | None]
    grade: Mapped[str | None]
    source: Mapped[str | None]
    first_contact_on: Mapped[date | None]
    next_action: Mapped[str | None]
    next_action_on: Mapped[date | None]
    #: Columns of imported sheets that have no field of their own: heading → text.
    custom: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    created_at: Mapped[Instant]

    contacts: Mapped[list[ContactRecord]] = relationship(
        back_populates="company", passive_deletes=True, order_by="ContactRecord.id"
    )
    contact_points: Mapped[list[ContactPointRecord]] = relationship(
        passive_deletes=True, order_by="ContactPointRecord.id"
    )
    addresses: Mapped[list[AddressRecord]] = relationship(
        passive_deletes=True, order_by="AddressRecord.id"
    )

    __table_args__ = (
        Index("ix_company_supplier_name", "is_supplier", "name_zh"),
        Index("ix_company_buyer_name", "is_buyer", "name_en"),
        Record.__table_args__,
    )


class AliasRecord(Record):
    """Another name under which a company is known: a former name, a brand, a spelling."""

    __tablename__ = "alias"

    company_id: Mapped[int] = mapped_column(
        ForeignKey("company.id", ondelete="CASCADE"), index=True
    )
    name: Mapped[str]
    name_key: Mapped[str | None] = mapped_column(index=True)


class ContactRecord(Record):
    """A person, usually at a company."""

    __tablename__ = "contact"

    company_id: Mapped[int | None] = mapped_column(
        ForeignKey("company.id", ondelete="CASCADE"), index=True
    )
    name: Mapped[str]
    name_en: Mapped[str | None]
    job_title: Mapped[str | None]
    department: Mapped[str | None]
    language: Mapped[str | None]
    is_primary: Mapped[bool] = mapped_column(default=False)
    custom: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    created_at: Mapped[Instant]

    company: Mapped[CompanyRecord | None] = relationship(back_populates="contacts")


class ContactPointRecord(Record):
    """A way to reach a company or one of its people.

    ``kind`` is one of email, phone, mobile, fax, wechat, whatsapp, qq, skype, linkedin, other.
    ``value`` stays as typed; ``normal`` is what is compared: a lower-case mail, an E.164 number.
    The point of a person carries both ids, so that a company's points are one query.
    """

    __tablename__ = "contact_point"

    company_id: Mapped[int | None] = mapped_column(
        ForeignKey("company.id", ondelete="CASCADE"), index=True
    )
    contact_id: Mapped[int | None] = mapped_column(
        ForeignKey("contact.id", ondelete="CASCADE"), index=True
    )
    kind: Mapped[str]
    value: Mapped[str]
    normal: Mapped[str | None] = mapped_column(index=True)
    label: Mapped[str | None]
    is_primary: Mapped[bool] = mapped_column(default=False)


class AddressRecord(Record):
    """A postal address; ``kind`` is one of office, factory, registered, delivery."""

    __tablename__ = "address"

    company_id: Mapped[int] = mapped_column(
        ForeignKey("company.id", ondelete="CASCADE"), index=True
    )
    kind: Mapped[str] = mapped_column(default="office")
    lines: Mapped[str]
    city: Mapped[str | None]
    province: Mapped[str | None]
    postal_code: Mapped[str | None]
    country: Mapped[Country | None]


class BoothRecord(Record):
    """Where a company stood at one edition of a fair; booths change with every session."""

    __tablename__ = "booth"

    company_id: Mapped[int] = mapped_column(
        ForeignKey("company.id", ondelete="CASCADE"), index=True
    )
    fair: Mapped[str | None]
    edition: Mapped[str | None]
    phase: Mapped[str | None]
    hall: Mapped[str | None]
    booth: Mapped[str] = mapped_column(index=True)
    #: Sorts booths in walking order.
    walking_key: Mapped[str | None]


class CertificateRecord(Record):
    """A certificate of a company or of one product, with its expiry."""

    __tablename__ = "certificate"

    company_id: Mapped[int] = mapped_column(
        ForeignKey("company.id", ondelete="CASCADE"), index=True
    )
    product_id: Mapped[int | None] = mapped_column(
        ForeignKey("product.id", ondelete="CASCADE"), index=True
    )
    name: Mapped[str]
    number: Mapped[str | None]
    issuer: Mapped[str | None]
    issued_on: Mapped[date | None]
    expires_on: Mapped[date | None] = mapped_column(index=True)


class NotDuplicateRecord(Record):
    """Two companies that look alike and are not; the smaller id comes first."""

    __tablename__ = "not_duplicate"
    __table_args__ = (UniqueConstraint("company_id", "other_id"), Record.__table_args__)

    company_id: Mapped[int] = mapped_column(ForeignKey("company.id", ondelete="CASCADE"))
    other_id: Mapped[int] = mapped_column(ForeignKey("company.id", ondelete="CASCADE"), index=True)


class TagRecord(Record):
    """A word the user hangs on records."""

    __tablename__ = "tag"

    name: Mapped[str] = mapped_column(unique=True)
    colour: Mapped[str | None]


class TagLinkRecord(Record):
    """One tag on one record."""

    __tablename__ = "tag_link"

    tag_id: Mapped[int] = mapped_column(ForeignKey("tag.id", ondelete="CASCADE"), index=True)
    company_id: Mapped[int | None] = mapped_column(
        ForeignKey("company.id", ondelete="CASCADE"), index=True
    )
    product_id: Mapped[int | None] = mapped_column(
        ForeignKey("product.id", ondelete="CASCADE"), index=True
    )
    inquiry_id: Mapped[int | None] = mapped_column(
        ForeignKey("inquiry.id", ondelete="CASCADE"), index=True
    )
    quotation_id: Mapped[int | None] = mapped_column(
        ForeignKey("quotation.id", ondelete="CASCADE"), index=True
    )


class NoteRecord(Record):
    """A note on a record."""

    __tablename__ = "note"

    company_id: Mapped[int | None] = mapped_column(
        ForeignKey("company.id", ondelete="CASCADE"), index=True
    )
    contact_id: Mapped[int | None] = mapped_column(
        ForeignKey("contact.id", ondelete="CASCADE"), index=True
    )
    product_id: Mapped[int | None] = mapped_column(
        ForeignKey("product.id", ondelete="CASCADE"), index=True
    )
    inquiry_id: Mapped[int | None] = mapped_column(
        ForeignKey("inquiry.id", ondelete="CASCADE"), index=True
    )
    quotation_id: Mapped[int | None] = mapped_column(
        ForeignKey("quotation.id", ondelete="CASCADE"), index=True
    )
    text: Mapped[str]
    written_at: Mapped[Instant]
