"""Owns finding what an article costs: the chosen offer, else the newest price tier for a quantity.

Must not write and must not price anything for the buyer.
"""

from __future__ import annotations

import itertools
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from app.directory.lists import name_of_company
from app.inquiries.offered_tiers import OfferedTier, offered_price
from app.kernel.messages import Message
from app.kernel.ports import place_text
from app.kernel.quantities import units_in
from app.lists.existing import by_id
from database.records import (
    AwardRecord,
    CompanyRecord,
    InquiryLineRecord,
    OfferLineRecord,
    OfferRecord,
    PictureRecord,
    PriceRecord,
    ProductRecord,
)

_IDS_AT_ONCE = 500
_AMOUNT_PLACES = 6


@dataclass(frozen=True, slots=True)
class FoundCost:
    """What a supplier asks for one unit, and where that stands.

    ``has_invoice`` is ``None`` where the source does not say whether a VAT invoice comes with it,
    ``incoterm`` and ``place`` where it says no delivery term; ``quantity`` is the part of the whole that a chosen
    offer is for.
    """

    amount: Decimal
    currency: str
    has_invoice: bool | None
    incoterm: str | None
    source: str
    place: str | None = None
    offer_line_id: int | None = None
    product_id: int | None = None
    quantity: Decimal | None = None


@dataclass(frozen=True, slots=True)
class KnownGoods:
    """Products with their first pictures and newest prices, read in sets; suppliers by their id."""

    products: Mapping[int, ProductRecord]
    pictures: Mapping[int, int]
    prices: Mapping[int, Sequence[PriceRecord]]
    suppliers: Mapping[int, str]

    def cost(self, product_id: int, quantity: Decimal | None) -> FoundCost | None:
        """The tier for ``quantity`` of the product's newest prices."""
        tiers = self.prices.get(product_id)
        if not tiers:
            return None
        tier = _reached(tiers, quantity)
        supplier = self.suppliers.get(self.products[product_id].supplier_id or 0)
        told = filter(None, (supplier, tier.source, _term(tier), tier.quoted_on.isoformat()))
        return FoundCost(
            amount=tier.amount,
            currency=tier.currency,
            has_invoice=tier.includes_vat,
            incoterm=tier.incoterm,
            place=tier.place,
            source=" · ".join(told),
        )


def known_goods(session: Session, product_ids: Collection[int], *, on: date) -> KnownGoods:
    """What is known of products, their prices as of that day."""
    products: dict[int, ProductRecord] = {}
    pictures: dict[int, int] = {}
    prices: dict[int, list[PriceRecord]] = {}
    for ids in _portions(product_ids):
        products |= by_id(session, ProductRecord, ids)
        for product_id, file_id in session.execute(
            select(PictureRecord.product_id, PictureRecord.file_id)
            .where(PictureRecord.product_id.in_(ids))
            .order_by(PictureRecord.position, PictureRecord.id)
        ):
            if product_id is not None:
                pictures.setdefault(product_id, file_id)
        for price in session.scalars(_prices(ids, on)):
            tiers = prices.setdefault(price.product_id, [])
            if not tiers or tiers[0].quoted_on == price.quoted_on:
                tiers.append(price)
    companies = {each.supplier_id for each in products.values() if each.supplier_id is not None}
    return KnownGoods(products, pictures, prices, _names_of(session, companies))


def _prices(product_ids: Collection[int], on: date) -> Select[PriceRecord]:
    return (
        select(PriceRecord)
        .where(PriceRecord.product_id.in_(product_ids), PriceRecord.quoted_on <= on)
        .order_by(PriceRecord.quoted_on.desc(), PriceRecord.min_quantity, PriceRecord.id)
    )


def _portions(ids: Collection[int]) -> Iterator[Sequence[int]]:
    """``ids`` in portions that one statement takes."""
    remaining = iter(sorted(set(ids)))
    while portion := list(itertools.islice(remaining, _IDS_AT_ONCE)):
        yield portion


def _names_of(session: Session, company_ids: Collection[int]) -> Mapping[int, str]:
    return {
        company_id: name or ""
        for ids in _portions(company_ids)
        for company_id, name in session.execute(
            select(CompanyRecord.id, name_of_company()).where(CompanyRecord.id.in_(ids))
        )
    }


def product_cost(
    session: Session, product_id: int, quantity: Decimal | None, *, on: date
) -> FoundCost | None:
    """The tier for ``quantity`` of the product's newest prices by that day."""
    return known_goods(session, [product_id], on=on).cost(product_id, quantity)


def _term(priced: PriceRecord | OfferRecord) -> str:
    """The delivery term of a supplier's price: under FOB the charges up to the ship are in it."""
    return " ".join(filter(None, (priced.incoterm, place_text(priced.place or "", "en"))))


def _reached(tiers: Sequence[PriceRecord], quantity: Decimal | None) -> PriceRecord:
    """The last tier that ``quantity`` reaches, else the first."""
    wanted = quantity or Decimal(0)
    reached = [tier for tier in tiers if (tier.min_quantity or Decimal(0)) <= wanted]
    return reached[-1] if reached else tiers[0]


def price_breaks(session: Session, product_id: int, *, on: date) -> tuple[Decimal, ...]:
    """The quantities from which the newest prices of a product hold, the smallest first."""
    newest = (
        select(func.max(PriceRecord.quoted_on))
        .where(PriceRecord.product_id == product_id, PriceRecord.quoted_on <= on)
        .scalar_subquery()
    )
    minima = session.scalars(
        select(PriceRecord.min_quantity).where(
            PriceRecord.product_id == product_id, PriceRecord.quoted_on == newest
        )
    )
    return tuple(sorted({minimum or Decimal(0) for minimum in minima}))


@dataclass(frozen=True, slots=True)
class ChosenCosts:
    """What the offers chosen for a line cost, the largest part first; ``lacks`` says why they don't.

    One offer that can't be costed leaves none: the others are for their parts of the quantity alone.
    """

    costs: tuple[FoundCost, ...] = ()
    lacks: Message | None = None


def chosen_costs(session: Session, asked: InquiryLineRecord) -> ChosenCosts:
    """What the offers chosen for a line of an inquiry cost, each for its part of the quantity.

    For one unit of the line, at the tier that the part reaches.
    """
    rows = session.execute(
        select(OfferLineRecord, OfferRecord, AwardRecord.quantity, name_of_company())
        .join(AwardRecord, AwardRecord.offer_line_id == OfferLineRecord.id)
        .join(OfferRecord, OfferLineRecord.offer_id == OfferRecord.id)
        .join(CompanyRecord, OfferRecord.company_id == CompanyRecord.id)
        .where(AwardRecord.inquiry_line_id == asked.id)
        .order_by(AwardRecord.quantity.desc(), AwardRecord.id)
    )
    costs = []
    for line, offer, part, supplier in rows:
        cost = _offer_cost(session, line, offer, asked=asked, part=part, supplier=supplier or "")
        if cost is None:
            return ChosenCosts(lacks=_lacking_unit(supplier or "", line.unit, asked.unit))
        costs.append(cost)
    return ChosenCosts(tuple(costs))


def _lacking_unit(supplier: str, unit: str | None, asked: str | None) -> Message:
    """Why an offer by ``unit`` has no cost by ``asked``, and what to do: a carton holds so many pieces."""
    told = {"supplier": supplier, "unit": unit or "?", "asked": asked or "?"}
    if units_in(unit, asked, pieces_per_carton=Decimal(1)) is not None:
        return Message("quotations.lacks_pieces_per_carton", **told)
    return Message("quotations.lacks_unit_of_offer", **told)


def _offer_cost(
    session: Session,
    line: OfferLineRecord,
    offer: OfferRecord,
    *,
    asked: InquiryLineRecord,
    part: Decimal | None,
    supplier: str,
) -> FoundCost | None:
    """The cost of one unit of the line ``asked``; ``None`` where the units can't be told in each other."""
    tier = offered_price(
        [OfferedTier(tier.min_quantity, tier.amount) for tier in line.tiers],
        part or asked.quantity,
        asked_unit=asked.unit,
        offered_unit=line.unit,
        pieces_per_carton=_pieces_per_carton(session, line, asked),
    )
    if tier is None:
        return None
    told = filter(None, (supplier, offer.source, _term(offer), offer.offered_on.isoformat()))
    return FoundCost(
        amount=round(tier.amount, _AMOUNT_PLACES),
        currency=offer.currency,
        has_invoice=offer.includes_vat,
        incoterm=offer.incoterm,
        place=offer.place,
        source=" · ".join(told),
        offer_line_id=line.id,
        product_id=line.product_id,
        quantity=part,
    )


def _pieces_per_carton(
    session: Session, line: OfferLineRecord, asked: InquiryLineRecord
) -> Decimal | None:
    """As the offer says, else the product that is asked for."""
    if line.pieces_per_carton or asked.product_id is None:
        return Decimal(line.pieces_per_carton) if line.pieces_per_carton else None
    product = session.get(ProductRecord, asked.product_id)
    return Decimal(product.pieces_per_carton) if product and product.pieces_per_carton else None
