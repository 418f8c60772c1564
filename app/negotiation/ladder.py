"""Owns the ladder of a bargaining: what each round moved, by how much, who moved, and the gap left.

Must not convert currencies: prices of two currencies have no gap.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TypeVar

from app.kernel.decimals import CALCULATION
from app.negotiation.offered import Offered, Side

T = TypeVar("T")


class Term(StrEnum):
    """What can move from round to round."""

    PRICE = "price"
    CURRENCY = "currency"
    QUANTITY = "quantity"
    MOQ = "moq"
    DELIVERY = "delivery"
    PAYMENT = "payment"
    LEAD_TIME = "lead_time"
    VALIDITY = "validity"
    EXTRAS = "extras"


TermValue = Decimal | int | str | date


@dataclass(frozen=True, slots=True)
class Move:
    """One term that changed: from ``before`` to ``after``.

    ``change`` and ``percent`` (of ``before``) are given where both are numbers.
    """

    term: Term
    before: TermValue
    after: TermValue
    change: Decimal | None = None
    percent: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """A round on the ladder.

    ``price`` is what the round asks or offers a unit at the quantity in question, ``moves`` what
    changed: the price against the same side's last, the other terms against what stood. ``gap`` is
    the distance of the two sides' prices after the round, ``gap_percent`` of our price.
    ``margin_on_price`` is the margin this round's price would leave, when the cost is known.
    """

    offered: Offered
    price: Decimal | None
    moves: tuple[Move, ...]
    gap: Decimal | None
    gap_percent: Decimal | None
    margin_on_price: Decimal | None


@dataclass(frozen=True, slots=True)
class Ladder:
    """All rounds of one bargaining, oldest first, compared at ``quantity``."""

    steps: tuple[Step, ...]
    quantity: Decimal | None

    @property
    def gap(self) -> Decimal | None:
        """The distance left between the two sides, None while one of them has named no price."""
        return self.steps[-1].gap if self.steps else None

    def prices_of(self, side: Side) -> tuple[Decimal, ...]:
        """The prices ``side`` named, oldest first, for a line chart."""
        return tuple(
            step.price
            for step in self.steps
            if step.offered.side is side and step.price is not None
        )


def ladder(
    rounds: Sequence[Offered],
    *,
    quantity: Decimal | None = None,
    unit_cost: Decimal | None = None,
    cost_currency: str | None = None,
) -> Ladder:
    """The ladder of ``rounds``, oldest first.

    Prices are compared at ``quantity``, by default the last quantity a price was named for.
    ``unit_cost`` in ``cost_currency`` is what a unit costs us under the same terms.
    """
    if quantity is None:
        quantity = _last_quantity(rounds)
    steps: list[Step] = []
    for number, offered in enumerate(rounds):
        before = rounds[:number]
        price = offered.price_for(quantity)
        gap, percent = _gap(rounds[: number + 1], quantity)
        cost = unit_cost if offered.currency == cost_currency else None
        moves = (*_price_moves(offered, before, quantity), *_term_moves(offered, before))
        steps.append(Step(offered, price, moves, gap, percent, _margin(price, cost)))
    return Ladder(tuple(steps), quantity)


def _last_quantity(rounds: Sequence[Offered]) -> Decimal | None:
    for offered in reversed(rounds):
        named = [price.min_quantity for price in offered.prices if price.min_quantity is not None]
        if named:
            return named[0] if len(named) == 1 else None
    return None


def _price_moves(
    offered: Offered, before: Sequence[Offered], quantity: Decimal | None
) -> tuple[Move, ...]:
    """How the price moved against the last one of the same side."""
    last = next((o for o in reversed(before) if o.side is offered.side and o.prices), None)
    if last is None or not offered.prices:
        return ()
    if last.currency != offered.currency:
        return (Move(Term.CURRENCY, last.currency or "", offered.currency or ""),)
    return _numbers(Term.PRICE, last.price_for(quantity), offered.price_for(quantity))


def _term_moves(offered: Offered, before: Sequence[Offered]) -> tuple[Move, ...]:
    moves: list[Move] = []
    moves += _numbers(Term.QUANTITY, _standing(before, _quantity), _quantity(offered))
    moves += _numbers(Term.MOQ, _standing(before, lambda o: o.moq), offered.moq)
    moves += _words(Term.DELIVERY, _standing(before, _delivery), _delivery(offered))
    moves += _words(
        Term.PAYMENT, _standing(before, lambda o: o.payment_terms), offered.payment_terms
    )
    lead_time = _standing(before, lambda o: o.lead_time_days)
    moves += _numbers(Term.LEAD_TIME, lead_time, offered.lead_time_days)
    moves += _words(Term.VALIDITY, _standing(before, lambda o: o.valid_until), offered.valid_until)
    extras = _standing(before, _extras)
    moves += _words(Term.EXTRAS, extras if extras is not None else "", _extras(offered))
    return tuple(moves)


def _standing(before: Sequence[Offered], term: Callable[[Offered], T | None]) -> T | None:
    """The value of a term as it stood before, whoever said it last."""
    return next((value for o in reversed(before) if (value := term(o)) is not None), None)


def _quantity(offered: Offered) -> Decimal | None:
    named = [price.min_quantity for price in offered.prices]
    return named[0] if len(named) == 1 else None


def _delivery(offered: Offered) -> str | None:
    return f"{offered.incoterm} {offered.place or ''}".strip() if offered.incoterm else None


def _extras(offered: Offered) -> str | None:
    return ", ".join(offered.extras) or None


def _numbers(
    term: Term, before: Decimal | int | None, after: Decimal | int | None
) -> tuple[Move, ...]:
    if before is None or after is None or before == after:
        return ()
    change = CALCULATION.subtract(Decimal(after), Decimal(before))
    return (Move(term, before, after, change, _percent(change, Decimal(before))),)


def _words(term: Term, before: str | date | None, after: str | date | None) -> tuple[Move, ...]:
    if before is None or after is None or before == after:
        return ()
    return (Move(term, before, after),)


def _percent(part: Decimal, whole: Decimal) -> Decimal | None:
    if not whole:
        return None
    return CALCULATION.divide(part * 100, whole).quantize(Decimal("0.01"))


def _gap(
    rounds: Sequence[Offered], quantity: Decimal | None
) -> tuple[Decimal | None, Decimal | None]:
    """How far apart the last prices of both sides are, also in percent of ours."""
    ours, theirs = (
        next((o for o in reversed(rounds) if o.side is side and o.prices), None) for side in Side
    )
    if ours is None or theirs is None or ours.currency != theirs.currency:
        return None, None
    our_price, their_price = ours.price_for(quantity), theirs.price_for(quantity)
    if our_price is None or their_price is None:
        return None, None
    gap = CALCULATION.abs(CALCULATION.subtract(our_price, their_price))
    return gap, _percent(gap, our_price)


def _margin(price: Decimal | None, cost: Decimal | None) -> Decimal | None:
    if not price or cost is None:
        return None
    return CALCULATION.divide(price - cost, price).quantize(Decimal("0.0001"))
