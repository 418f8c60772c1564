"""A port is one place by its code, in English and in Chinese, with and without its country."""

from __future__ import annotations

import re

import pytest

from app.kernel.ports import is_same_place, place_text, port_named, ports
from app.kernel.text import fold, has_han


@pytest.mark.parametrize(
    "text",
    [
        "宁波",
        "宁波港",
        "寧波",
        "中国宁波",
        "Ningbo",
        "NINGBO, China",
        "Port of Ningbo",
        "cnngb",
        "北仑",
    ],
)
def test_every_name_of_ningbo_is_ningbo(text: str) -> None:
    port = port_named(text)
    assert port is not None
    assert port.code == "CNNGB"
    assert is_same_place(text, "Ningbo")


def test_neighbours_and_namesakes_stay_apart() -> None:
    assert not is_same_place("Yantian", "Shekou")
    assert not is_same_place("Oakland", "Auckland")
    assert not is_same_place("Manzanillo, Panama", "Manzanillo, Mexico")


def test_a_place_that_is_no_port_is_compared_as_typed() -> None:
    assert port_named("buyer's warehouse, Lyon") is None
    assert is_same_place("Our warehouse", "our warehouse ")
    assert not is_same_place("Our warehouse", "Ningbo")
    assert not is_same_place("", "Ningbo")


def test_a_place_is_said_in_the_readers_language() -> None:
    assert place_text("宁波", "en") == "Ningbo"
    assert place_text("Hamburg", "zh_CN") == "汉堡"
    assert place_text("DEHAM", "en") == "Hamburg"
    assert place_text("Ningbo, China", "en") == "Ningbo, China"
    assert place_text("义乌仓库", "en") == "义乌仓库"


def test_the_table_is_whole_and_no_name_is_two_ports() -> None:
    assert len(ports()) > 450
    owners: dict[str, str] = {}
    for port in ports().values():
        assert re.fullmatch(r"[A-Z]{5}", port.code)
        assert not has_han(port.english)
        assert has_han(port.chinese)
        for name in (port.code, port.english, port.chinese, *port.names):
            assert owners.setdefault(fold(name), port.code) == port.code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Valencia, Spain", "ESVLC"),
        ("Valencia (Spain)", "ESVLC"),
        ("Valencia, Venezuela", None),
        ("Valencia（委内瑞拉）", None),
        ("London, Ontario, Canada", None),
        ("London, UK", "GBLON"),
        ("Los Angeles, CA", "USLAX"),
        ("Los Angeles, CA, USA", "USLAX"),
        ("Hong Kong, China", "HKHKG"),
        ("Kaohsiung, Taiwan, China", "TWKHH"),
        ("Jebel Ali, UAE", "AEJEA"),
        ("Melbourne, Florida, USA", None),
        ("St Petersburg, Florida", None),
        ("Naples, FL", None),
        ("London, Ontario", None),
        ("Portland, OR", "USPDX"),
        ("Savannah, Georgia", "USSAV"),
        ("Poti, Georgia", "GEPTI"),
        ("Hamburg, DE", "DEHAM"),
        ("Fremantle, WA", "AUFRE"),
        ("Vancouver, WA", None),
        ("Qingdao, SD", "CNTAO"),
        ("Qingdao, Shandong", "CNTAO"),
        ("Ningbo, Zhejiang, P.R. China", "CNNGB"),
    ],
)
def test_the_country_behind_a_name_decides_between_namesakes(text: str, code: str | None) -> None:
    port = port_named(text)
    assert (port.code if port else None) == code


def test_namesakes_in_two_countries_are_two_places() -> None:
    assert not is_same_place("Valencia, Venezuela", "Valencia, Spain")
    assert not is_same_place("Valencia, Venezuela", "Valencia")
    assert is_same_place("Valencia, Venezuela", "valencia, venezuela")
    assert is_same_place("巴伦西亚", "Valencia, Spain")


def test_a_choice_of_ports_is_none_of_them_and_keeps_all() -> None:
    assert port_named("Ningbo/Shanghai") is None
    assert not is_same_place("Ningbo/Shanghai", "Ningbo")
    assert is_same_place("Ningbo/Shanghai", "上海 / 宁波")
    assert place_text("宁波/上海", "en") == "Ningbo/Shanghai"
    assert place_text("Ningbo / Shanghai", "en") == "Ningbo / Shanghai"
    assert place_text("Valencia, Venezuela", "zh_CN") == "Valencia, Venezuela"
