"""Owns the tests of where goods are loaded and sold: the way to the port, the names of markets.

Must not test the ranking.
"""

from __future__ import annotations

import pytest

from app.inquiries.markets import shared_market
from app.inquiries.way_to_port import way_to_port
from app.kernel.ports import port_named


def test_the_way_goes_from_the_town_else_the_province_to_the_port_asked_else_the_nearest() -> None:
    ningbo = port_named("宁波")
    far = way_to_port("Yiwu", "浙江", ningbo)
    near = way_to_port("余姚市", "", ningbo)
    assert far is not None
    assert near is not None
    assert 140 < far.km < 200
    assert near.km < 70
    nearest = way_to_port("", "山东", None)
    assert nearest is not None
    assert nearest.port.name_en in {"Qingdao", "Rizhao"}
    assert way_to_port("Lodz", "", ningbo) is None


@pytest.mark.parametrize(
    ("markets", "country", "shared"),
    [
        ("EU, US", "DE", "EU"),
        ("EU, US", "US", "US"),
        ("欧美、中东", "SA", "中东"),
        ("Middle East, Africa", "KE", "Africa"),
        ("EU, UK", "GB", "UK"),
        ("South America; Japan", "JP", "Japan"),
        ("Worldwide", "PE", "Worldwide"),
        ("EU, US", "CL", None),
    ],
)
def test_a_market_is_shared_by_the_country_or_its_region(
    markets: str, country: str, shared: str | None
) -> None:
    assert shared_market(markets, country) == shared
