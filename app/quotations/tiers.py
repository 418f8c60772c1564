"""Owns price tiers: the unit price by quantity, with no gap and no overlap.

The lowest tier's quantity is the MOQ. Must not know currencies' rates or costs.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from app.kernel.errors import AppError
from app.kernel.messages import Message


@dataclass(frozen=True, slots=True)
class PriceTier:
    """A unit price from ``from_quantity`` on, up to and with ``to_quantity`` if one is stated.

    Prices and quantities are plain decimals: their currency and unit are the line's.
    """

    from_quantity: Decimal
    price: Decimal
    to_quantity: Decimal | None = None


@dataclass(frozen=True, slots=True)
class PriceTiers:
    """Tiers in rising order of quantity, checked by :func:`price_tiers`."""

    tiers: tuple[PriceTier, ...]

    @property
    def moq(self) -> Decimal:
        """The smallest quantity sold: where the first tier begins."""
        return self.tiers[0].from_quantity

    def __iter__(self) -> Iterator[PriceTier]:
        return iter(self.tiers)

    def __len__(self) -> int:
        return len(self.tiers)

    def price_for(self, quantity: Decimal) -> Decimal | None:
        """The unit price at ``quantity``; ``None`` below the MOQ and above a stated last end."""
        found = None
        for tier in self.tiers:
            if tier.from_quantity <= quantity:
                found = tier
        last = self.tiers[-1]
        if found is last and last.to_quantity is not None and quantity > last.to_quantity:
            return None
        return found.price if found else None

    def warnings(self) -> tuple[Message, ...]:
        """Where a larger quantity costs more a unit, which is allowed but rarely meant."""
        return tuple(
            Message("quotations.tier_price_rises", quantity=above.from_quantity)
            for below, above in itertools.pairwise(self.tiers)
            if above.price > below.price
        )


def price_tiers(tiers: Iterable[PriceTier]) -> PriceTiers:
    """The tiers as given, or :class:`AppError` naming what is wrong with them.

    A tier that ends where the next begins (1–500, 500–1000) or one unit before it (1–499, 500–)
    is whole; a wider hole is a gap, and beginning before the last end is an overlap.
    """
    checked = tuple(tiers)
    if not checked:
        raise AppError("quotations.tiers_missing")
    for tier in checked:
        _check_tier(tier)
    for below, above in itertools.pairwise(checked):
        _check_neighbours(below, above)
    return PriceTiers(checked)


def _check_tier(tier: PriceTier) -> None:
    if tier.from_quantity < 0 or tier.price < 0:
        raise AppError("quotations.tier_negative", quantity=tier.from_quantity)
    if tier.to_quantity is not None and tier.to_quantity < tier.from_quantity:
        raise AppError(
            "quotations.tier_backwards", quantity=tier.from_quantity, end=tier.to_quantity
        )


def _check_neighbours(below: PriceTier, above: PriceTier) -> None:
    start, end = above.from_quantity, below.to_quantity
    if start < below.from_quantity:
        raise AppError("quotations.tiers_unsorted", quantity=start, before=below.from_quantity)
    if start == below.from_quantity or (end is not None and start < end):
        raise AppError("quotations.tier_overlap", quantity=start)
    if end is not None and start - end > 1:
        raise AppError("quotations.tier_gap", end=end, quantity=start)
