"""Owns the price steps of an offer, and which of them holds for a quantity in which unit.

Must not know currencies or terms.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from app.kernel.decimals import CALCULATION
from app.kernel.quantities import units_in


@dataclass(frozen=True, slots=True)
class OfferedTier:
    """``amount`` a unit from ``min_quantity`` on."""

    min_quantity: Decimal | None
    amount: Decimal


def tier_for(
    tiers: Sequence[OfferedTier], quantity: Decimal | None, *, factor: Decimal | None = Decimal(1)
) -> OfferedTier | None:
    """The tier that holds for ``quantity``; below all of them the lowest, as its price is due.

    ``factor`` is how many of the offered unit one unit of the quantity is; where that is unknown
    the lowest tier is all that can be said.
    """
    ordered = sorted(tiers, key=lambda tier: tier.min_quantity or Decimal(0))
    if not ordered or quantity is None or factor is None:
        return ordered[0] if ordered else None
    wanted = CALCULATION.multiply(quantity, factor)
    reached = [tier for tier in ordered if (tier.min_quantity or 0) <= wanted]
    return reached[-1] if reached else ordered[0]


def in_asked_unit(tier: OfferedTier, factor: Decimal) -> OfferedTier:
    """``tier`` told in the asked unit, one of which is ``factor`` of the offered unit."""
    least = tier.min_quantity
    return OfferedTier(
        None if least is None else CALCULATION.divide(least, factor),
        CALCULATION.multiply(tier.amount, factor),
    )


def offered_price(
    tiers: Sequence[OfferedTier],
    quantity: Decimal | None,
    *,
    asked_unit: str | None,
    offered_unit: str | None,
    pieces_per_carton: Decimal | None = None,
) -> OfferedTier | None:
    """The tier for ``quantity`` in the asked unit, told in that unit; ``None`` where it can't be."""
    factor = units_in(asked_unit, offered_unit, pieces_per_carton=pieces_per_carton)
    tier = tier_for(tiers, quantity, factor=factor)
    return None if tier is None or factor is None else in_asked_unit(tier, factor)
