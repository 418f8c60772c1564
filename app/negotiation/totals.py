"""Owns amounts that are no price of one: what a quantity comes to (5000 pcs = $9,600), and what is far from any price before.

Must not read amounts.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from decimal import ROUND_HALF_EVEN, Decimal

from app.kernel.decimals import CALCULATION
from app.kernel.wording.amounts import SpokenPrice, SpokenQuantity
from app.kernel.wording.spans import Found

#: Nobody names so many times a price before for the same goods.
_BEYOND = 50
#: The prices of a bargaining for the same goods are no less and no more times each other.
_NEAR = (Decimal("0.4"), Decimal("2.5"))
_EQUALS = re.compile(r"\s?(?:=|for|cost(?:s)?|一共|共|总共|要)\s?", re.IGNORECASE)
_EACH = re.compile(
    r"\s?(?:each|ea\b|/|per|a\s(?:piece|pc|set)|apiece|一?[个只件套台]|unit)", re.IGNORECASE
)
#: An order of so much is none of this trade; what would make one is what all of it costs.
_LARGEST_ORDER = 500_000
_LEAST_TOTAL = 100
_PLACES = Decimal("0.0001")
_LEAST_PRICE = Decimal("0.005")


def is_beyond(found: Found[SpokenPrice], known: Sequence[Decimal]) -> bool:
    """Whether an amount of nothing named is so far above the ``known`` prices that it is none of one."""
    return found.value.unit is None and bool(known) and found.value.amount > _BEYOND * max(known)


def apiece(
    text: str,
    found: Found[SpokenPrice],
    quantities: Sequence[Found[SpokenQuantity]],
    *,
    known: Sequence[Decimal],
) -> Found[SpokenPrice]:
    """``found``, or the price of one where it is what the quantity just before it comes to."""
    if found.value.unit is not None or _EACH.match(text, found.end):
        return found
    place = bisect_right(quantities, found.start, key=lambda told: told.end)
    quantity = quantities[place - 1] if place else None
    if quantity is None or not _EQUALS.fullmatch(text, quantity.end, found.start):
        return found
    amount = found.value.amount
    one = CALCULATION.divide(amount, quantity.value.amount).quantize(_PLACES, ROUND_HALF_EVEN)
    if not _is_total(amount, one, quantity.value.amount, known):
        return found
    return replace(found, value=replace(found.value, amount=one.normalize()))


def _is_total(amount: Decimal, one: Decimal, quantity: Decimal, known: Sequence[Decimal]) -> bool:
    if known:
        return is_near(one, known) and not is_near(amount, known)
    is_large = amount >= _LEAST_TOTAL and amount * quantity >= _LARGEST_ORDER
    return is_large and one >= _LEAST_PRICE


def is_near(amount: Decimal, known: Sequence[Decimal]) -> bool:
    """Whether ``amount`` may be a price for the same goods as one of the prices ``known``."""
    return any(_NEAR[0] * price <= amount <= _NEAR[1] * price for price in known)
