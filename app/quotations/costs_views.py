"""Owns finding what an article costs: the chosen offer, else the newest price tier for a quantity.

Must not write and must not price anything for the buyer.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.directory.lists import name_of_company
from database.records import (
    AwardRecord,
    CompanyRecord,
    OfferLineRecord,
    OfferRecord,
    OfferTierRecord,
    PriceRecord,
    ProductRecord,
)


@dataclass(frozen=True, slots=True)
class FoundCost:
    """What a supplier asks for one unit, and where that stands.

    ``has_invoice`` is ``None`` where the source does not say whether a VAT invoice comes with it.
    """

    amount: Decimal
    currency: str
    has_invoice: bool | None
    source: str
    on: date
    supplier: str = ""
    min_quantity: Decimal | None = None
    offer_line_id: int | None = None


def product_cost(
    session: Session, product_id: int, quantity: Decimal | None, *, on: date
) -> FoundCost | None:
    """The tier for ``quantity`` of the product's newest prices by that day."""
    newest = session.scalar(
        select(func.max(PriceRecord.quoted_on)).where(
            PriceRecord.product_id == product_id, PriceRecord.quoted_on <= on
        )
    )
    tiers = session.scalars(
        select(PriceRecord)
        .where(PriceRecord.product_id == product_id, PriceRecord.quoted_on == newest)
        .order_by(PriceRecord.min_quantity, PriceRecord.id)
    ).all()
    if not tiers:
        return None
    wanted = quantity or Decimal(0)
    reached = [tier for tier in tiers if (tier.min_quantity or Decimal(0)) <= wanted]
    tier = reached[-1] if reached else tiers[0]
    product = session.get_one(ProductRecord, product_id)
    supplier = session.scalar(
        select(name_of_company()).where(CompanyRecord.id == product.supplier_id)
    )
    told = filter(None, (supplier, tier.source, tier.quoted_on.isoformat()))
    return FoundCost(
        amount=tier.amount,
        currency=tier.currency,
        has_invoice=tier.includes_vat,
        source=" · ".join(told),
        on=tier.quoted_on,
        supplier=supplier or "",
        min_quantity=tier.min_quantity,
    )


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


def chosen_cost(
    session: Session, inquiry_line_id: int, quantity: Decimal | None
) -> tuple[FoundCost, int | None] | None:
    """The offer chosen for a line of an inquiry, and the product it is for."""
    line = session.scalars(
        select(OfferLineRecord)
        .join(AwardRecord, AwardRecord.offer_line_id == OfferLineRecord.id)
        .where(AwardRecord.inquiry_line_id == inquiry_line_id)
        .order_by(AwardRecord.id.desc())
    ).first()
    cost = offer_cost(session, line, quantity) if line is not None else None
    return None if line is None or cost is None else (cost, line.product_id)


def offer_cost(
    session: Session, line: OfferLineRecord, quantity: Decimal | None
) -> FoundCost | None:
    """What one offered article costs at ``quantity``."""
    offer = session.get_one(OfferRecord, line.offer_id)
    tiers = session.scalars(
        select(OfferTierRecord)
        .where(OfferTierRecord.offer_line_id == line.id)
        .order_by(OfferTierRecord.min_quantity, OfferTierRecord.id)
    ).all()
    if not tiers:
        return None
    wanted = quantity or Decimal(0)
    reached = [tier for tier in tiers if (tier.min_quantity or Decimal(0)) <= wanted]
    tier = reached[-1] if reached else tiers[0]
    supplier = session.scalar(select(name_of_company()).where(CompanyRecord.id == offer.company_id))
    told = filter(None, (supplier, offer.source, offer.offered_on.isoformat()))
    return FoundCost(
        amount=tier.amount,
        currency=offer.currency,
        has_invoice=offer.includes_vat,
        source=" · ".join(told),
        on=offer.offered_on,
        supplier=supplier or "",
        min_quantity=tier.min_quantity,
        offer_line_id=line.id,
    )
