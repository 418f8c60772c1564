"""Owns the rows of exported offers: one row a price of each line, so that every tier can be seen.

Reads in sets. Must not know headings or files.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from app.kernel.messages import Message
from app.sheets.export.columns import ExportRow
from app.sheets.export.goods_views import percent_text, term_text
from app.sheets.export.parties_views import names_of, parts_of
from database.records import (
    InquiryLineRecord,
    InquiryRecord,
    OfferLineRecord,
    OfferRecord,
    ProductRecord,
)

#: Column of the offered line → field of the sheet, repeated for each of its prices.
_OF_LINE = {
    "position": "serial",
    "specification": "specification",
    "unit": "unit",
    "moq": "moq",
    "packing": "packing",
    "pieces_per_carton": "pcs_per_carton",
    "carton_cbm": "cbm",
    "gross_weight_kg": "gross_weight",
    "remarks": "remark",
}
_Line = tuple[OfferLineRecord, str | None, ProductRecord | None]


def offer_rows(
    session: Session, ids: Sequence[int], told: Callable[[int], None]
) -> Iterator[ExportRow]:
    """The rows of these offers in order, a row for each price of each of their lines."""
    for part in parts_of(ids):
        offers = {
            offer.id: (offer, number)
            for offer, number in session.execute(
                select(OfferRecord, InquiryRecord.number)
                .outerjoin(InquiryRecord, OfferRecord.inquiry_id == InquiryRecord.id)
                .where(OfferRecord.id.in_(part))
                .options(selectinload(OfferRecord.company))
            )
        }
        lines: dict[int, list[_Line]] = {}
        query = (
            select(OfferLineRecord, InquiryLineRecord.wording, ProductRecord)
            .outerjoin(InquiryLineRecord, OfferLineRecord.inquiry_line_id == InquiryLineRecord.id)
            .outerjoin(ProductRecord, OfferLineRecord.product_id == ProductRecord.id)
            .where(OfferLineRecord.offer_id.in_(part))
            .order_by(OfferLineRecord.position, OfferLineRecord.id)
            .options(selectinload(OfferLineRecord.tiers))
        )
        for row in session.execute(query):
            lines.setdefault(row[0].offer_id, []).append((row[0], row[1], row[2]))
        for id_ in part:
            if id_ in offers:
                head = _head(*offers[id_])
                for line in lines.get(id_, ()):
                    yield from ({**head, **row} for row in _rows(*line))
        session.expunge_all()
        told(len(part))


def _head(offer: OfferRecord, inquiry_number: str | None) -> ExportRow:
    return {
        "inquiry_no": inquiry_number,
        "company": names_of(offer.company)["company"],
        "company_no": offer.company_id,
        "record_no": offer.id,
        "currency": offer.currency,
        "incoterm": term_text(offer.incoterm, offer.place),
        "vat_included": offer.includes_vat,
        "vat_rate": percent_text(offer.vat_rate),
        "priced_on": offer.offered_on,
        "valid_until": offer.valid_until,
        "payment": offer.payment_terms,
    }


def _rows(
    line: OfferLineRecord, wording: str | None, product: ProductRecord | None
) -> Iterator[ExportRow]:
    row: ExportRow = {key: getattr(line, column) for column, key in _OF_LINE.items()}
    named = (product.name_zh or product.name_en or product.item_number) if product else None
    row["product"] = wording or line.wording or named
    row["item_no"] = product.item_number if product else None
    if line.lead_time_days is not None:
        row["lead_time"] = Message("export.days", days=line.lead_time_days)
    for tier in line.tiers:
        yield {**row, "quantity_from": tier.min_quantity, "price": tier.amount}
    if not line.tiers:
        yield row
