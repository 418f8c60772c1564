"""Owns the tests of the fit of an inquiry.

Must not test matching.
"""

from __future__ import annotations

from decimal import Decimal

from app.inquiries.fit import FitFacts, LineFacts, fit

WHOLE = LineFacts(
    position=1,
    has_quantity=True,
    has_specification=True,
    quantity=Decimal(5000),
    target_price=Decimal("2.00"),
    least_moq=Decimal(1000),
    best_price=Decimal("1.50"),
    suppliers=4,
)


def reasons(facts: FitFacts) -> set[str]:
    return {point.reason.key for point in fit(facts).points}


def test_a_whole_inquiry_of_an_old_buyer_fits_fully() -> None:
    facts = FitFacts(
        lines=(WHOLE,),
        has_buyer=True,
        has_way_to_answer=True,
        has_destination_or_term=True,
        has_date=True,
        won_before=2,
    )
    assert fit(facts).score == 100


def test_an_empty_inquiry_says_what_to_ask_for() -> None:
    empty = fit(FitFacts())
    assert empty.score < 15
    assert {"fit.buyer_missing", "fit.terms_missing", "fit.date_missing"} <= reasons(FitFacts())


def test_a_buyer_who_only_asks_is_told_from_a_new_one() -> None:
    assert "fit.never_ordered" in reasons(FitFacts(inquiries_before=3))
    assert "fit.new_buyer" in reasons(FitFacts(inquiries_before=1))


def test_a_quantity_below_every_moq_and_a_target_below_cost_cost_points() -> None:
    poor = LineFacts(
        position=1,
        has_quantity=True,
        quantity=Decimal(100),
        target_price=Decimal("1.40"),
        least_moq=Decimal(1000),
        best_price=Decimal("1.50"),
    )
    assert {"fit.moq_not_reached", "fit.price_is_below_cost"} <= reasons(FitFacts(lines=(poor,)))
    assert fit(FitFacts(lines=(poor,))).score < fit(FitFacts(lines=(WHOLE,))).score


def test_what_is_not_known_yet_costs_nothing() -> None:
    unknown = LineFacts(position=1, has_quantity=True, quantity=Decimal(100))
    assert not {"fit.moq_not_reached", "fit.price_is_below_cost", "fit.suppliers_found"} & reasons(
        FitFacts(lines=(unknown,))
    )
