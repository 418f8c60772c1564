"""Price tiers are whole: no gap, no overlap, in order."""

from __future__ import annotations

from decimal import Decimal

import pytest

from app.kernel.errors import AppError
from app.quotations.tiers import PriceTier, price_tiers


def tier(start: int, price: str, end: int | None = None) -> PriceTier:
    return PriceTier(Decimal(start), Decimal(price), None if end is None else Decimal(end))


def test_the_price_follows_the_quantity() -> None:
    tiers = price_tiers([tier(500, "2.10", 999), tier(1000, "1.98", 4999), tier(5000, "1.86")])
    assert tiers.moq == 500
    assert tiers.price_for(Decimal(499)) is None
    assert tiers.price_for(Decimal(500)) == Decimal("2.10")
    assert tiers.price_for(Decimal("999.5")) == Decimal("2.10")
    assert tiers.price_for(Decimal(1000)) == Decimal("1.98")
    assert tiers.price_for(Decimal(10**6)) == Decimal("1.86")
    assert len(tiers) == 3
    assert [each.from_quantity for each in tiers] == [500, 1000, 5000]


def test_a_stated_last_end_is_kept() -> None:
    tiers = price_tiers([tier(1, "3", 100)])
    assert tiers.price_for(Decimal(100)) == 3
    assert tiers.price_for(Decimal(101)) is None


def test_touching_tiers_are_whole_and_the_upper_one_wins() -> None:
    tiers = price_tiers([tier(1, "3", 500), tier(500, "2")])
    assert tiers.price_for(Decimal(500)) == 2


@pytest.mark.parametrize(
    ("tiers", "key"),
    [
        ([], "quotations.tiers_missing"),
        ([tier(1, "3", 99), tier(200, "2")], "quotations.tier_gap"),
        ([tier(1, "3", 300), tier(200, "2")], "quotations.tier_overlap"),
        ([tier(100, "3"), tier(100, "2")], "quotations.tier_overlap"),
        ([tier(200, "3"), tier(100, "2")], "quotations.tiers_unsorted"),
        ([tier(200, "3", 100)], "quotations.tier_backwards"),
        ([tier(-1, "3")], "quotations.tier_negative"),
        ([tier(1, "-3")], "quotations.tier_negative"),
    ],
)
def test_broken_tiers_are_rejected_by_name(tiers: list[PriceTier], key: str) -> None:
    with pytest.raises(AppError) as trouble:
        price_tiers(tiers)
    assert trouble.value.message.key == key


def test_gap_between_tiers_is_rejected() -> None:
    with pytest.raises(AppError) as trouble:
        price_tiers([tier(1, "3", 99), tier(150, "2")])
    assert trouble.value.message.params == {"end": 99, "quantity": 150}


def test_a_price_that_rises_with_the_quantity_warns() -> None:
    rising = price_tiers([tier(1, "2"), tier(100, "3")])
    assert [m.key for m in rising.warnings()] == ["quotations.tier_price_rises"]
    assert price_tiers([tier(50, "2")]).warnings() == ()
