"""Owns the fit of an inquiry: how complete it is and how well it suits us, point by point.

Each point says why it was given or lost. Must not read the book or change a stage.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from app.kernel.decimals import CALCULATION
from app.kernel.messages import Message

_ENOUGH = Decimal("0.8")
_SHOWN = Decimal("0.0001")


@dataclass(frozen=True, slots=True, kw_only=True)
class LineFacts:
    """What is known of one line: what was asked, and what its best supplier wants.

    ``least_moq`` and ``best_price`` are those of the suppliers found, in the line's own unit and in
    the currency of the target.
    """

    position: int
    has_quantity: bool = False
    has_specification: bool = False
    quantity: Decimal | None = None
    target_price: Decimal | None = None
    least_moq: Decimal | None = None
    best_price: Decimal | None = None
    suppliers: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FitFacts:
    """What is known of an inquiry and of its buyer's history with us."""

    lines: tuple[LineFacts, ...] = ()
    has_buyer: bool = False
    has_way_to_answer: bool = False
    has_destination_or_term: bool = False
    has_date: bool = False
    inquiries_before: int = 0
    won_before: int = 0


@dataclass(frozen=True, slots=True)
class FitPoint:
    """``earned`` of ``possible`` points, and why."""

    earned: Decimal
    possible: int
    reason: Message


@dataclass(frozen=True, slots=True)
class Fit:
    """All points of an inquiry; ``score`` from 0 to 100."""

    points: tuple[FitPoint, ...]

    @property
    def score(self) -> Decimal:
        """The share of the possible points that was earned, in percent."""
        possible = sum(point.possible for point in self.points)
        earned = sum((point.earned for point in self.points), Decimal(0))
        return (earned / possible * 100).quantize(Decimal(1)) if possible else Decimal(0)


def fit(facts: FitFacts) -> Fit:
    """The fit of an inquiry; what cannot be judged yet earns and costs nothing."""
    points = [*_completeness(facts), _history(facts)]
    for line in facts.lines:
        points += _line(line)
    return Fit(tuple(points))


def _completeness(facts: FitFacts) -> list[FitPoint]:
    lines = facts.lines
    with_quantity = sum(line.has_quantity for line in lines)
    specified = sum(line.has_specification for line in lines)
    return [
        _yes_no(facts.has_buyer, 10, Message("fit.buyer_named"), Message("fit.buyer_missing")),
        _yes_no(
            facts.has_way_to_answer, 10, Message("fit.answerable"), Message("fit.not_answerable")
        ),
        _share(
            with_quantity,
            len(lines),
            15,
            Message("fit.quantities", count=with_quantity, of=len(lines)),
        ),
        _share(specified, len(lines), 10, Message("fit.specified", count=specified, of=len(lines))),
        _yes_no(
            facts.has_destination_or_term,
            5,
            Message("fit.terms_named"),
            Message("fit.terms_missing"),
        ),
        _yes_no(facts.has_date, 5, Message("fit.date_named"), Message("fit.date_missing")),
    ]


def _history(facts: FitFacts) -> FitPoint:
    if facts.won_before:
        return FitPoint(Decimal(15), 15, Message("fit.won_before", count=facts.won_before))
    if facts.inquiries_before >= 3:
        reason = Message("fit.never_ordered", count=facts.inquiries_before)
        return FitPoint(Decimal(2), 15, reason)
    return FitPoint(Decimal(7), 15, Message("fit.new_buyer"))


def _line(line: LineFacts) -> list[FitPoint]:
    points = []
    if line.suppliers is not None:
        found = min(line.suppliers, 3)
        reason = Message("fit.suppliers_found", count=line.suppliers, line=line.position)
        points.append(FitPoint(Decimal(found * 5), 15, reason))
    if line.quantity is not None and line.least_moq is not None:
        reached = line.quantity >= line.least_moq
        told = {"line": line.position, "moq": line.least_moq}
        points.append(
            _yes_no(
                reached,
                10,
                Message("fit.moq_reached", **told),
                Message("fit.moq_not_reached", **told),
            )
        )
    if line.target_price and line.best_price is not None:
        points.append(_price(line, line.target_price, line.best_price))
    return points


def _price(line: LineFacts, target: Decimal, best: Decimal) -> FitPoint:
    """Full points where a fifth of the target is left for our costs and margin, none at a loss."""
    ratio = CALCULATION.divide(best, target)
    told = {"line": line.position, "price": best.quantize(_SHOWN), "target": target}
    if ratio <= _ENOUGH:
        return FitPoint(Decimal(15), 15, Message("fit.price_leaves_room", **told))
    if ratio < 1:
        earned = ((1 - ratio) / (1 - _ENOUGH) * 15).quantize(Decimal("0.1"))
        return FitPoint(earned, 15, Message("fit.price_is_tight", **told))
    return FitPoint(Decimal(0), 15, Message("fit.price_is_below_cost", **told))


def _yes_no(holds: bool, possible: int, yes: Message, no: Message) -> FitPoint:
    return FitPoint(Decimal(possible if holds else 0), possible, yes if holds else no)


def _share(part: int, whole: int, possible: int, reason: Message) -> FitPoint:
    earned = CALCULATION.divide(Decimal(possible * part), Decimal(whole)) if whole else Decimal(0)
    return FitPoint(earned.quantize(Decimal("0.1")), possible, reason)
