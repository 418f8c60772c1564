"""Owns what one round of a bargaining says: prices by quantity and the terms around them.

Must not know how a round is stored or what its words were.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum


class Side(StrEnum):
    """Who made an offer."""

    OURS = "ours"
    THEIRS = "theirs"

    @property
    def other(self) -> Side:
        """The side across the table."""
        return Side.THEIRS if self is Side.OURS else Side.OURS


@dataclass(frozen=True, slots=True)
class OfferedPrice:
    """``amount`` a unit, from ``min_quantity`` units on; None where no quantity was named."""

    amount: Decimal
    min_quantity: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """The content of an offer or counter-offer; what was not said is None or empty.

    ``moq`` and the quantities of ``prices`` are in ``unit``, a unit's code.
    """

    side: Side
    prices: tuple[OfferedPrice, ...] = ()
    currency: str | None = None
    unit: str | None = None
    moq: Decimal | None = None
    incoterm: str | None = None
    place: str | None = None
    payment_terms: str | None = None
    lead_time_days: int | None = None
    valid_until: date | None = None
    extras: tuple[str, ...] = field(default=())
    made_at: datetime | None = None

    def price_for(self, quantity: Decimal | None) -> Decimal | None:
        """The price a unit for ``quantity``; the first price when no quantity matters."""
        if not self.prices:
            return None
        if quantity is None:
            return self.prices[0].amount
        reached = [p for p in self.prices if p.min_quantity is None or p.min_quantity <= quantity]
        if not reached:
            return min(self.prices, key=lambda price: price.min_quantity or 0).amount
        return max(reached, key=lambda price: price.min_quantity or 0).amount
