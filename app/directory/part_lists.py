"""Owns the lists of what hangs on products and companies: prices and pictures, with their SQL.

Must not list what stands on its own; ``app.directory.lists`` does.
"""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import InstrumentedAttribute
from sqlalchemy.sql.elements import SQLColumnExpression

from app.directory.fields import PRICE_FIELDS
from app.directory.lists import name_of_company
from app.fields import Field, FieldsOf, FieldType
from app.lists import Listing
from database.records import CompanyRecord, FileRecord, PictureRecord, PriceRecord, ProductRecord

_field = FieldsOf("directory.field", is_editable=False)


def _id(key: str) -> Field:
    return _field(key, FieldType.INTEGER, is_shown=False)


def name_of_product() -> SQLColumnExpression[str]:
    """The name a product is shown under: Chinese first, else English, else its item number."""
    return func.coalesce(ProductRecord.name_zh, ProductRecord.name_en, ProductRecord.item_number)


def _product(
    product_id: InstrumentedAttribute[int] | InstrumentedAttribute[int | None],
) -> SQLColumnExpression[str | None]:
    return select(name_of_product()).where(ProductRecord.id == product_id).scalar_subquery()


PRICES = Listing(
    kind="price",
    id_column=PriceRecord.id,
    fields=(
        _field("product", width_chars=24),
        _field("supplier", width_chars=24),
        *PRICE_FIELDS,
        _id("product_id"),
        _id("supplier_id"),
    ),
    expressions={
        **{field.key: getattr(PriceRecord, field.key) for field in PRICE_FIELDS},
        "product": _product(PriceRecord.product_id),
        "supplier": select(name_of_company())
        .join(ProductRecord, ProductRecord.supplier_id == CompanyRecord.id)
        .where(ProductRecord.id == PriceRecord.product_id)
        .scalar_subquery(),
        "product_id": PriceRecord.product_id,
        "supplier_id": select(ProductRecord.supplier_id)
        .where(ProductRecord.id == PriceRecord.product_id)
        .scalar_subquery(),
    },
    depends_on=("price", "product", "company"),
    part_of={"product": PriceRecord.product_id},
)

PICTURES = Listing(
    kind="picture",
    id_column=PictureRecord.id,
    fields=(
        _field("picture", FieldType.PICTURE),
        _field("product", width_chars=24),
        _field("company", width_chars=24),
        _field("position", FieldType.INTEGER, width_chars=6),
        _field("caption", width_chars=20),
        _field("media_type", width_chars=10),
        _field("size_bytes", FieldType.INTEGER, width_chars=10),
        _id("product_id"),
        _id("company_id"),
    ),
    expressions={
        "picture": select(FileRecord.sha256)
        .where(FileRecord.id == PictureRecord.file_id)
        .scalar_subquery(),
        "media_type": select(FileRecord.media_type)
        .where(FileRecord.id == PictureRecord.file_id)
        .scalar_subquery(),
        "size_bytes": select(FileRecord.size_bytes)
        .where(FileRecord.id == PictureRecord.file_id)
        .scalar_subquery(),
        "product": _product(PictureRecord.product_id),
        "company": select(name_of_company())
        .where(CompanyRecord.id == PictureRecord.company_id)
        .scalar_subquery(),
        "position": PictureRecord.position,
        "caption": PictureRecord.caption,
        "product_id": PictureRecord.product_id,
        "company_id": PictureRecord.company_id,
    },
    depends_on=("picture", "product", "company"),
    part_of={"product": PictureRecord.product_id},
)
