"""Owns how the chosen offers of a line become its one cost, at the rates of its revision.

Must not open a write scope and must not choose offers.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.kernel.decimals import CALCULATION
from app.kernel.errors import AppError
from app.kernel.messages import Message
from app.quotations.cost_sheet import FactoryPrice, PricePart, PriceTerms
from app.quotations.revision_costing import CostingTerms
from app.quotations.shared_cost import blended
from database.records import CostPartRecord, QuotationLineRecord

_AMOUNT_PLACES = 6


def parts_of(session: Session, line_ids: Sequence[int]) -> Mapping[int, list[CostPartRecord]]:
    """The chosen offers behind the costs of lines by the line's id, in the order they were taken over."""
    found: dict[int, list[CostPartRecord]] = {}
    query = select(CostPartRecord).where(CostPartRecord.line_id.in_(line_ids))
    for part in session.scalars(query.order_by(CostPartRecord.id)):
        found.setdefault(part.line_id, []).append(part)
    return found


def shares_of(parts: Sequence[CostPartRecord]) -> tuple[Decimal, ...]:
    """The share of the quantity of each part; a part without a quantity is the whole."""
    quantities = [part.quantity or Decimal(0) for part in parts]
    whole = sum(quantities, Decimal(0))
    if not whole:
        return (Decimal(1),) * len(parts)
    return tuple(CALCULATION.divide(quantity, whole) for quantity in quantities)


def terms_asked(record: QuotationLineRecord, parts: Sequence[CostPartRecord]) -> PriceTerms:
    """The delivery terms that the cost of a line is asked under."""
    if len(parts) < 2:
        return ((Decimal(1), record.cost_incoterm or ""),)
    shares = zip(shares_of(parts), parts, strict=True)
    return tuple((share, part.incoterm or "") for share, part in shares)


def shared_price(
    factory: FactoryPrice, parts: Sequence[CostPartRecord], costing: CostingTerms
) -> FactoryPrice:
    """``factory`` at what ``parts`` come to; raises ``AppError`` where a rate is missing."""
    prices = tuple(
        PricePart(
            share=share,
            amount=part.amount,
            currency=part.currency,
            with_invoice=bool(part.has_invoice),
            asked_under=part.incoterm or "",
        )
        for part, share in zip(parts, shares_of(parts), strict=True)
    )
    return blended(replace(factory, parts=prices), _rates_in(costing), home=costing.home_currency)


def _rates_in(costing: CostingTerms) -> Callable[[str], Decimal]:
    def rate_of(currency: str) -> Decimal:
        if currency == costing.home_currency:
            return Decimal(1)
        rate = costing.rate(currency)
        if rate is None:
            raise AppError("quotations.rate_missing", currency=currency, home=costing.home_currency)
        return rate.home_per_unit

    return rate_of


def lacking_rate(parts: Sequence[CostPartRecord], costing: CostingTerms) -> Message | None:
    """Names the rate without which ``parts`` have no cost together; ``None`` where none is missing."""
    try:
        shared_price(FactoryPrice(amount=Decimal(0)), parts, costing)
    except AppError as lack:
        return lack.message
    return None


def settle_cost(
    record: QuotationLineRecord, parts: Sequence[CostPartRecord], costing: CostingTerms
) -> None:
    """Makes the line's cost what its parts come to; without one while a rate is missing."""
    told, terms = {part.has_invoice for part in parts}, {(x.incoterm, x.place) for x in parts}
    record.cost_has_invoice = None if None in told else True in told
    same_terms = {term for term, _place in terms}
    record.cost_incoterm = same_terms.pop() if len(same_terms) == 1 else None
    record.cost_place = terms.pop()[1] if len(terms) == 1 else None
    try:
        price = shared_price(FactoryPrice(amount=Decimal(0)), parts, costing)
    except AppError:
        # The view tells what lacks: lacking_rate.
        record.cost = record.cost_currency = None
        return
    record.cost, record.cost_currency = round(price.amount, _AMOUNT_PLACES), price.currency
