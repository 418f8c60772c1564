"""Owns taking the prices of suppliers' price lists, as the book has them, as offers for an inquiry.

Nobody need have been asked. Must not judge which product fits a line; the matching does, or a person.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.inquiries.matching_service import LineMatches
from app.inquiries.offers_service import OfferDraft, OfferLineDraft, Offers
from app.kernel.errors import AppError
from app.lists.existing import existing, missing
from database.book import Book
from database.records import (
    InquiryLineRecord,
    InquiryRecord,
    OfferLineRecord,
    OfferRecord,
    PriceRecord,
    ProductRecord,
)

#: A line of an inquiry by its id, and the product by its id whose listed price answers it.
LineProduct = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Terms:
    """What the prices of one offer have in common; the newest list of a product counts."""

    supplier_id: int
    quoted_on: date
    currency: str
    incoterm: str
    place: str
    includes_vat: bool | None
    vat_rate: Decimal | None
    valid_until: date | None
    source: str


class ListedPrices:
    """Listed prices as offers."""

    def __init__(self, book: Book, offers: Offers) -> None:
        self._book = book
        self._offers = offers

    def take(
        self, inquiry_id: int, goods: Sequence[LineProduct], *, initiator: object = None
    ) -> tuple[int, ...]:
        """Keeps the newest listed prices of ``goods`` as offers dated as the lists are; their ids.

        Prices of one supplier under one set of terms are one offer; all is one operation. What was
        taken before is left out. Raises ``AppError`` where no product has a price that is new here.
        """
        with self._book.read() as session:
            number = existing(session, InquiryRecord, "inquiry", inquiry_id).number
            drafts = _drafts(session, inquiry_id, goods)
        with self._book.write(
            "offers.take_listed", initiator=initiator, count=len(drafts), number=number
        ) as scope:
            return tuple(self._offers.write(scope, draft) for draft in drafts)


def goods_of(
    matches: Sequence[LineMatches], supplier_ids: Collection[int]
) -> tuple[LineProduct, ...]:
    """What these suppliers have for each line: the product by which each was found."""
    return tuple(
        (line.line_id, match.product_id)
        for line in matches
        for match in line.candidates
        if match.supplier_id in supplier_ids and match.product_id is not None
    )


def _drafts(session: Session, inquiry_id: int, goods: Sequence[LineProduct]) -> list[OfferDraft]:
    lines: dict[_Terms, list[OfferLineDraft]] = {}
    has_prices = False
    for line_id, product_id in goods:
        line = session.get(InquiryLineRecord, line_id)
        if line is None or line.inquiry_id != inquiry_id:
            raise missing(session, InquiryLineRecord.__tablename__, "line", line_id)
        product = existing(session, ProductRecord, "product", product_id)
        for terms, prices in _newest(session, product).items():
            has_prices = True
            if not _is_taken(session, line_id, product_id, terms):
                lines.setdefault(terms, []).append(_line(line_id, product, prices))
    if not lines:
        raise AppError("offers.listed_taken" if has_prices else "offers.none_listed")
    return [
        OfferDraft(
            supplier_id=terms.supplier_id,
            inquiry_id=inquiry_id,
            currency=terms.currency,
            lines=offered,
            offered_on=terms.quoted_on,
            valid_until=terms.valid_until,
            incoterm=terms.incoterm or None,
            place=terms.place or None,
            includes_vat=terms.includes_vat,
            vat_rate=terms.vat_rate,
            source=terms.source,
        )
        for terms, offered in lines.items()
    ]


def _newest(session: Session, product: ProductRecord) -> Mapping[_Terms, list[PriceRecord]]:
    """The prices of the newest list that has the product, by their terms."""
    record = PriceRecord
    if product.supplier_id is None:
        return {}
    newest = select(func.max(record.quoted_on)).where(record.product_id == product.id)
    prices = session.scalars(
        select(record)
        .where(record.product_id == product.id, record.quoted_on == newest.scalar_subquery())
        .order_by(record.id)
    )
    found: dict[_Terms, list[PriceRecord]] = {}
    for price in prices:
        terms = _Terms(
            product.supplier_id,
            price.quoted_on,
            price.currency,
            price.incoterm or "",
            price.place or "",
            price.includes_vat,
            price.vat_rate,
            price.valid_until,
            price.source or "",
        )
        found.setdefault(terms, []).append(price)
    return found


def _line(line_id: int, product: ProductRecord, prices: Sequence[PriceRecord]) -> OfferLineDraft:
    steps = sorted(prices, key=lambda price: (price.min_quantity or 0, price.id))
    # Of two prices from the same quantity on, the one written later counts.
    tiers = {quantity: list(same)[-1].amount for quantity, same in groupby(steps, _from_quantity)}
    names = (product.item_number, product.name_zh or product.name_en)
    return OfferLineDraft(
        tiers=tuple(tiers.items()),
        inquiry_line_id=line_id,
        product_id=product.id,
        wording=" ".join(filter(None, names)),
        unit=prices[0].unit or product.unit,
        moq=product.moq,
        lead_time_days=product.lead_time_days_max or product.lead_time_days_min,
        packing=product.packing or "",
        pieces_per_carton=product.pieces_per_carton,
        carton_cbm=product.carton_cbm,
        gross_weight_kg=product.gross_weight_kg,
    )


def _from_quantity(price: PriceRecord) -> Decimal | None:
    return price.min_quantity


def _is_taken(session: Session, line_id: int, product_id: int, terms: _Terms) -> bool:
    """Whether this list's price of the product stands as an offer for the line already."""
    query = (
        select(OfferLineRecord.id)
        .join(OfferRecord, OfferLineRecord.offer_id == OfferRecord.id)
        .where(
            OfferLineRecord.inquiry_line_id == line_id,
            OfferLineRecord.product_id == product_id,
            OfferRecord.company_id == terms.supplier_id,
            OfferRecord.offered_on == terms.quoted_on,
            OfferRecord.currency == terms.currency,
            func.coalesce(OfferRecord.incoterm, "") == terms.incoterm,
            func.coalesce(OfferRecord.place, "") == terms.place,
        )
    )
    return session.scalar(query.limit(1)) is not None
