"""Owns the rows of exported products and inquiries: one row a price, one row a line.

Reads in sets. Must not know headings or files.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import zip_longest

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.inquiries.fields import CHANNEL
from app.kernel.messages import Message
from app.lists.existing import by_id
from app.sheets.export.columns import ExportRow
from app.sheets.export.parties_views import (
    certificate_rows,
    customs,
    names_of,
    notes_by,
    parts_of,
)
from app.sheets.export.pictures_views import pictures_by
from app.sheets.grid import Picture
from database.filestore import FileStore
from database.records import (
    CategoryRecord,
    CertificateRecord,
    CompanyRecord,
    InquiryLineRecord,
    InquiryRecord,
    NoteRecord,
    PictureRecord,
    PriceRecord,
    ProductRecord,
    TagLinkRecord,
    TagRecord,
)

#: Column of the product → field of the sheet, repeated in every row of the product …
_KEYS = {
    "item_number": "item_no",
    "size": "size",
    "model": "model",
    "colour": "colour",
    "material": "material",
    "unit": "unit",
    "moq": "moq",
    "id": "record_no",
}
#: … and in its first row only.
_DETAILS = {
    "description": "description",
    "brand": "brand",
    "hs_code": "hs_code",
    "barcode": "barcode",
    "origin": "origin",
    "packing": "packing",
    "pieces_per_carton": "pcs_per_carton",
    "carton_cbm": "cbm",
    "net_weight_kg": "net_weight",
    "gross_weight_kg": "gross_weight",
    "remarks": "remark",
}
_CATEGORY_FIELDS = ("category", "category_2", "category_3")
#: Where the measures of a carton stand of which not all three are known.
_CARTON_SIDES = ("carton_length", "carton_width", "carton_height")


@dataclass(frozen=True, slots=True)
class _Around:
    """What the products of one part refer to."""

    suppliers: Mapping[int, CompanyRecord]
    prices: Mapping[int, Sequence[PriceRecord]]
    pictures: Mapping[int, tuple[Picture, ...]]
    categories: Mapping[int, tuple[str, ...]]
    certificates: Mapping[int, Sequence[CertificateRecord]]
    tags: Mapping[int, tuple[str, ...]]
    notes: Mapping[int, tuple[str, ...]]


def product_rows(
    session: Session, files: FileStore, ids: Sequence[int], told: Callable[[int], None]
) -> Iterator[ExportRow]:
    """The rows of these products in order, a row for each of their prices."""
    categories = _category_paths(session)
    for part in parts_of(ids):
        products = by_id(session, ProductRecord, part)
        around = _around(session, files, part, products, categories)
        for id_ in part:
            if id_ in products:
                yield from _rows(products[id_], around)
        session.expunge_all()
        told(len(part))


def _around(
    session: Session,
    files: FileStore,
    ids: Sequence[int],
    products: Mapping[int, ProductRecord],
    categories: Mapping[int, tuple[str, ...]],
) -> _Around:
    owners = {product.supplier_id for product in products.values()}
    suppliers = by_id(session, CompanyRecord, owners)
    prices: dict[int, list[PriceRecord]] = defaultdict(list)
    query = select(PriceRecord).where(PriceRecord.product_id.in_(ids))
    for price in session.scalars(query.order_by(PriceRecord.quoted_on.desc(), PriceRecord.id)):
        prices[price.product_id].append(price)
    certificates: dict[int, list[CertificateRecord]] = defaultdict(list)
    papers = select(CertificateRecord).where(CertificateRecord.product_id.in_(ids))
    for paper in session.scalars(papers.order_by(CertificateRecord.id)):
        certificates[paper.product_id or 0].append(paper)
    return _Around(
        suppliers,
        prices,
        pictures_by(session, files, PictureRecord.product_id, ids),
        categories,
        certificates,
        _tags(session, ids),
        notes_by(session, NoteRecord.product_id, ids),
    )


def _tags(session: Session, ids: Sequence[int]) -> dict[int, tuple[str, ...]]:
    query = (
        select(TagLinkRecord.product_id, TagRecord.name)
        .join(TagRecord, TagLinkRecord.tag_id == TagRecord.id)
        .where(TagLinkRecord.product_id.in_(ids))
        .order_by(TagLinkRecord.id)
    )
    found: dict[int, tuple[str, ...]] = defaultdict(tuple)
    for product, name in session.execute(query):
        found[product or 0] += (name,)
    return found


def _category_paths(session: Session) -> dict[int, tuple[str, ...]]:
    query = select(
        CategoryRecord.id, CategoryRecord.parent_id, CategoryRecord.name_zh, CategoryRecord.name_en
    ).order_by(CategoryRecord.id)
    known = {row[0]: (row[1], row[2] or row[3] or "") for row in session.execute(query)}

    def path(id_: int) -> tuple[str, ...]:
        parent, name = known[id_]
        return (*(path(parent) if parent in known else ()), name)

    return {id_: path(id_) for id_ in known}


def _rows(product: ProductRecord, around: _Around) -> Iterator[ExportRow]:
    """A row a price; certificates with a number of their own need rows as well."""
    supplier = around.suppliers.get(product.supplier_id or 0)
    same = {key: getattr(product, column) for column, key in _KEYS.items()}
    if supplier is not None:
        same |= {"company": names_of(supplier)["company"], "company_no": supplier.id}
    if product.name_zh:
        same |= {"product": product.name_zh, "product_en": product.name_en}
    else:
        same["product"] = product.name_en
    nothing: ExportRow = {}
    strands = zip_longest(
        [_first_row(product, around)],
        [_price(price) for price in around.prices.get(product.id, ())],
        list(certificate_rows(around.certificates.get(product.id, ()))),
        fillvalue=nothing,
    )
    for first, price, paper in strands:
        yield {**first, **same, **price, **paper}


def _first_row(product: ProductRecord, around: _Around) -> ExportRow:
    row = {key: getattr(product, column) for column, key in _DETAILS.items()}
    path = around.categories.get(product.category_id or 0, ())
    row |= dict(zip(_CATEGORY_FIELDS, path, strict=False))
    sizes = (product.carton_length_cm, product.carton_width_cm, product.carton_height_cm)
    if None not in sizes:
        row["carton_size"] = "×".join(f"{size:f}" for size in sizes if size is not None)
    else:
        row |= dict(zip(_CARTON_SIDES, sizes, strict=True))
    row["lead_time"] = _days(product.lead_time_days_min, product.lead_time_days_max)
    row["tags"] = around.tags.get(product.id)
    row["product_notes"] = around.notes.get(product.id)
    return {**customs(product.custom or {}), **row, "picture": around.pictures.get(product.id)}


def _days(low: int | None, high: int | None) -> Message | None:
    if low is None:
        return None if high is None else Message("export.days_at_most", days=high)
    if high is None:
        return Message("export.days_at_least", days=low)
    if low == high:
        return Message("export.days", days=low)
    return Message("export.days_between", low=low, high=high)


def _price(price: PriceRecord) -> ExportRow:
    return {
        "quantity_from": price.min_quantity,
        "quantity_to": price.max_quantity,
        "price": price.amount,
        "price_unit": price.unit,
        "currency": price.currency,
        "incoterm": term_text(price.incoterm, price.place),
        "vat_included": price.includes_vat,
        "vat_rate": percent_text(price.vat_rate),
        "priced_on": price.quoted_on,
        "valid_until": price.valid_until,
    }


def term_text(code: str | None, place: str | None) -> str | None:
    """A delivery term with its place, as one cell."""
    return " ".join(filter(None, (code, place))) if code else None


def percent_text(rate: Decimal | None) -> str:
    """A share of 0.13 as ``13%``."""
    return f"{(rate * 100).normalize():f}%" if rate is not None else ""


def inquiry_rows(
    session: Session, ids: Sequence[int], told: Callable[[int], None]
) -> Iterator[ExportRow]:
    """The rows of these inquiries in order, a row for each of their lines."""
    for part in parts_of(ids):
        inquiries = by_id(session, InquiryRecord, part)
        owners = {inquiry.buyer_id for inquiry in inquiries.values()}
        buyers = by_id(session, CompanyRecord, owners)
        lines: dict[int, list[InquiryLineRecord]] = defaultdict(list)
        query = select(InquiryLineRecord).where(InquiryLineRecord.inquiry_id.in_(part))
        for line in session.scalars(query.order_by(InquiryLineRecord.position)):
            lines[line.inquiry_id].append(line)
        for id_ in part:
            if id_ in inquiries:
                buyer = buyers.get(inquiries[id_].buyer_id or 0)
                yield from _inquiry_rows(inquiries[id_], buyer, lines[id_])
        session.expunge_all()
        told(len(part))


def _channel(name: str | None) -> Message | str | None:
    """A channel that is known by a name in each language; another as the user calls it."""
    return CHANNEL.choice(name) if name in CHANNEL.choices else name


def _inquiry_rows(
    inquiry: InquiryRecord, buyer: CompanyRecord | None, lines: Sequence[InquiryLineRecord]
) -> Iterator[ExportRow]:
    for number, line in enumerate(lines):
        row: ExportRow = {
            "inquiry_no": inquiry.number,
            "inquired_on": inquiry.received_at.date(),
            "buyer": names_of(buyer).get("company") if buyer is not None else None,
            "company_no": inquiry.buyer_id,
            "record_no": inquiry.id,
            "source": _channel(inquiry.channel),
            "destination": inquiry.destination,
            "needed_on": inquiry.required_by_on,
            "next_action": inquiry.next_action,
            "remark": inquiry.original_text if number == 0 else None,
            "product": line.wording,
            "specification": line.specification,
            "quantity": line.quantity,
            "quantity_text": line.quantity_text,
            "unit": line.unit,
            "target_price": line.target_price,
            "currency": line.currency,
            "incoterm": term_text(line.incoterm, line.place),
        }
        yield row
