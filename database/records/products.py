"""Owns the records of goods: categories, products with their packing, and dated prices.

Must not hold what a supplier offered for an inquiry; that is in ``database.records.inquiries``.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from database.records.directory import CompanyRecord
from database.records.record import Record
from database.types import Amount, Country, Currency, Instant, Measure, Quantity, Rate


class CategoryRecord(Record):
    """A group of goods; groups form a tree."""

    __tablename__ = "category"

    parent_id: Mapped[int | None] = mapped_column(
        ForeignKey("category.id", ondelete="CASCADE"), index=True
    )
    name_zh: Mapped[str | None]
    name_en: Mapped[str | None]
    name_key: Mapped[str] = mapped_column(index=True)


class ProductRecord(Record):
    """An article of one supplier, with how it is packed for export; weights are those of a carton."""

    __tablename__ = "product"

    supplier_id: Mapped[int | None] = mapped_column(
        ForeignKey("company.id", ondelete="CASCADE"), index=True
    )
    category_id: Mapped[int | None] = mapped_column(
        ForeignKey("category.id", ondelete="SET NULL"), index=True
    )
    item_number: Mapped[str | None] = mapped_column(index=True)
    name_zh: Mapped[str | None]
    name_en: Mapped[str | None]
    #: The names folded, for finding the same article again.
    name_key: Mapped[str | None] = mapped_column(index=True)
    description: Mapped[str | None]
    material: Mapped[str | None]
    size: Mapped[str | None]
    colour: Mapped[str | None]
    brand: Mapped[str | None]
    model: Mapped[str | None]
    unit: Mapped[str | None]
    moq: Mapped[Quantity | None]
    hs_code: Mapped[str | None]
    barcode: Mapped[str | None]
    origin: Mapped[Country | None]
    lead_time_days_min: Mapped[int | None]
    lead_time_days_max: Mapped[int | None]
    packing: Mapped[str | None]
    pieces_per_carton: Mapped[int | None]
    carton_length_cm: Mapped[Measure | None]
    carton_width_cm: Mapped[Measure | None]
    carton_height_cm: Mapped[Measure | None]
    carton_cbm: Mapped[Measure | None]
    net_weight_kg: Mapped[Measure | None]
    gross_weight_kg: Mapped[Measure | None]
    remarks: Mapped[str | None]
    custom: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    created_at: Mapped[Instant]

    supplier: Mapped[CompanyRecord | None] = relationship()
    category: Mapped[CategoryRecord | None] = relationship()
    prices: Mapped[list[PriceRecord]] = relationship(
        passive_deletes=True, order_by="PriceRecord.id"
    )

    __table_args__ = (
        Index("ix_product_supplier_item", "supplier_id", "item_number"),
        Record.__table_args__,
    )


class PriceRecord(Record):
    """One price tier of a product on one day: from ``min_quantity`` on, ``amount`` a unit.

    Never overwritten: a new price list adds rows with a later ``quoted_on``.
    """

    __tablename__ = "price"

    product_id: Mapped[int] = mapped_column(
        ForeignKey("product.id", ondelete="CASCADE"), index=True
    )
    min_quantity: Mapped[Quantity | None]
    max_quantity: Mapped[Quantity | None]
    amount: Mapped[Amount]
    currency: Mapped[Currency]
    unit: Mapped[str | None]
    incoterm: Mapped[str | None]
    place: Mapped[str | None]
    includes_vat: Mapped[bool | None]
    vat_rate: Mapped[Rate | None]
    quoted_on: Mapped[date]
    valid_until: Mapped[date | None]
    source: Mapped[str | None]
