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


def tier_for(tiers: Sequence[OfferedTier], quantity: Decimal | None) -> OfferedTier | None:
    """The tier that holds for ``quantity``; below all of them the lowest, as its price is due."""
    ordered = sorted(tiers, key=lambda tier: tier.min_quantity or Decimal(0))
    if not ordered:
        return None
    reached = [tier for tier in ordered if quantity is None or (tier.min_quantity or 0) <= quantity]
    return reached[-1] if reached and quantity is not None else ordered[0]


def offered_price(
    tiers: Sequence[OfferedTier],
    quantity: Decimal | None,
    *,
    asked_unit: str | None,
    offered_unit: str | None,
) -> OfferedTier | None:
    """The tier for ``quantity`` in the asked unit, told in that unit; ``None`` where it can't be."""
    factor = units_in(asked_unit, offered_unit)
    if factor is None:
        return None
    tier = tier_for(tiers, None if quantity is None else CALCULATION.multiply(quantity, factor))
    return tier and OfferedTier(tier.min_quantity, CALCULATION.multiply(tier.amount, factor))
