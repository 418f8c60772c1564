"""Owns the ladder of a bargaining: what each round moved, by how much, who moved, and the gap left.

Must not convert currencies: prices of two currencies have no gap.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from app.kernel.decimals import CALCULATION
from app.kernel.messages import Named
from app.kernel.ports import place_named
from app.negotiation.offered import Offered, Side


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


TermValue = Decimal | int | str | date | Named


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


def ladder(
    rounds: Sequence[Offered],
    *,
    quantity: Decimal | None = None,
    unit_cost: Decimal | None = None,
    cost_currency: str | None = None,
) -> Ladder:
    """The ladder of ``rounds``, oldest first.

    Prices are compared at ``quantity``, by default the last quantity that one price was named for.
    ``unit_cost`` in ``cost_currency`` is what a unit costs us under the same terms.
    """
    if quantity is None:
        quantity = _last_quantity(rounds)
    standing = _Standing(quantity)
    steps: list[Step] = []
    for offered in rounds:
        moves = (*standing.price_moves(offered), *standing.term_moves(offered))
        standing.take(offered)
        gap, percent = standing.gap()
        price = offered.price_for(quantity)
        cost = unit_cost if offered.currency == cost_currency else None
        steps.append(Step(offered, price, moves, gap, percent, _margin(price, cost)))
    return Ladder(tuple(steps), quantity)


def _last_quantity(rounds: Sequence[Offered]) -> Decimal | None:
    """The quantity both sides talk of; prices in steps are for none in particular."""
    for offered in reversed(rounds):
        named = [price.min_quantity for price in offered.prices if price.min_quantity is not None]
        if len(named) == 1:
            return named[0]
    return None


class _Standing:
    """What stands after the rounds taken so far: each side's last prices, and each term's last value.

    One look a round, so that a ladder of thousands of rounds is told at once.
    """

    def __init__(self, quantity: Decimal | None) -> None:
        self._at = quantity
        self._priced: dict[Side, Offered] = {}
        self._terms: dict[Term, TermValue] = {}

    def take(self, offered: Offered) -> None:
        """Lets ``offered`` stand."""
        if offered.prices:
            self._priced[offered.side] = offered
        said = ((term, value) for term, value in _terms(offered) if value is not None)
        self._terms.update(said)

    def price_moves(self, offered: Offered) -> tuple[Move, ...]:
        """How the price moved against the last one of the same side."""
        last = self._priced.get(offered.side)
        if last is None or not offered.prices:
            return ()
        if last.currency != offered.currency:
            return (Move(Term.CURRENCY, last.currency or "", offered.currency or ""),)
        return _moved(Term.PRICE, last.price_for(self._at), offered.price_for(self._at))

    def term_moves(self, offered: Offered) -> tuple[Move, ...]:
        """How the terms moved against what stood, whoever said it last."""
        moves: list[Move] = []
        for term, value in _terms(offered):
            nothing = "" if term is Term.EXTRAS else None
            moves += _moved(term, self._terms.get(term, nothing), value)
        return tuple(moves)

    def gap(self) -> tuple[Decimal | None, Decimal | None]:
        """How far apart the last prices of both sides are, also in percent of ours."""
        ours, theirs = self._priced.get(Side.OURS), self._priced.get(Side.THEIRS)
        if ours is None or theirs is None or ours.currency != theirs.currency:
            return None, None
        our_price, their_price = ours.price_for(self._at), theirs.price_for(self._at)
        if our_price is None or their_price is None:
            return None, None
        gap = CALCULATION.abs(CALCULATION.subtract(our_price, their_price))
        return gap, _percent(gap, our_price)


def _terms(offered: Offered) -> tuple[tuple[Term, TermValue | None], ...]:
    return (
        (Term.QUANTITY, _quantity(offered)),
        (Term.MOQ, offered.moq),
        (Term.DELIVERY, _delivery(offered)),
        (Term.PAYMENT, offered.payment_terms),
        (Term.LEAD_TIME, offered.lead_time_days),
        (Term.VALIDITY, offered.valid_until),
        (Term.EXTRAS, _extras(offered)),
    )


def _quantity(offered: Offered) -> Decimal | None:
    named = [price.min_quantity for price in offered.prices]
    return named[0] if len(named) == 1 else None


def _delivery(offered: Offered) -> Named | None:
    """The term and its place, a port by its name in each language whoever said it in which."""
    return place_named(offered.place or "", term=offered.incoterm) if offered.incoterm else None


def _extras(offered: Offered) -> str | None:
    return ", ".join(offered.extras) or None


def _moved(term: Term, before: TermValue | None, after: TermValue | None) -> tuple[Move, ...]:
    if before is None or after is None or _is_same(before, after):
        return ()
    if not isinstance(before, Decimal | int) or not isinstance(after, Decimal | int):
        return (Move(term, before, after),)
    change = CALCULATION.subtract(Decimal(after), Decimal(before))
    return (Move(term, before, after, change, _percent(change, Decimal(before))),)


def _is_same(before: TermValue, after: TermValue) -> bool:
    if isinstance(before, Named) and isinstance(after, Named):
        return before.english == after.english
    return before == after


def _percent(part: Decimal, whole: Decimal) -> Decimal | None:
    if not whole:
        return None
    return CALCULATION.divide(part * 100, whole).quantize(Decimal("0.01"))


def _margin(price: Decimal | None, cost: Decimal | None) -> Decimal | None:
    if not price or cost is None:
        return None
    return CALCULATION.divide(price - cost, price).quantize(Decimal("0.0001"))
