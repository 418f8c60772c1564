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
