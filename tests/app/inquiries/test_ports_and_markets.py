"""Owns the tests of where goods are loaded and sold: the way to the port, the names of markets.

Must not test the ranking.
"""

from __future__ import annotations

import pytest

from app.inquiries.markets import shared_market
from app.inquiries.way_to_port import way_to_port
from app.kernel.language import catalogue
from app.kernel.messages import Message
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
    ("language", "words", "others"),
    [
        ("en", ("Yuyao", "Ningbo"), ("余姚", "宁波")),
        ("zh_CN", ("余姚", "宁波"), ("Yuyao", "Ningbo")),
    ],
)
def test_a_town_and_its_port_are_called_by_one_name_each(
    language: str, words: tuple[str, ...], others: tuple[str, ...]
) -> None:
    way = way_to_port("余姚市", "", port_named("Ningbo"))
    assert way is not None
    told = Message("matching.port_near", town=way.town.name, port=way.port.name, km=way.km)
    said = catalogue(language).text(told)
    assert all(word in said for word in words)
    assert not any(word in said for word in others)


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
