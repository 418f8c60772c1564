"""Booths are read and sort as one walks."""

from __future__ import annotations

import random

import pytest

from app.directory.booths import Booth, parse_booth, walking_order


@pytest.mark.parametrize(
    ("text", "booth"),
    [
        ("9.2B29", Booth(9, 2, "B", 29, 29)),
        ("10.3E15-16", Booth(10, 3, "E", 15, 16)),
        ("10.3E15-E16", Booth(10, 3, "E", 15, 16)),
        ("10.3E15,16,17", Booth(10, 3, "E", 15, 17)),
        ("9.2 b 29", Booth(9, 2, "B", 29, 29)),
        ("Booth No. 9.2B29", Booth(9, 2, "B", 29, 29)),
        ("Hall 9.2 B29", Booth(9, 2, "B", 29, 29)),
        ("９．２Ｂ２９", Booth(9, 2, "B", 29, 29)),
        ("展位号:12.1A03", Booth(12, 1, "A", 3, 3)),
        ("A5.2H12", Booth(5, 2, "H", 12, 12)),
    ],
)
def test_booths_are_read(text: str, booth: Booth) -> None:
    assert parse_booth(text) == booth


@pytest.mark.parametrize("text", ["", "B29", "9.2", "12.5", "Hall 9", "2026.3.15"])
def test_other_text_is_no_canton_booth(text: str) -> None:
    assert parse_booth(text) is None


def test_booths_sort_in_walking_order() -> None:
    walk = ["9.1C02", "9.2A09", "9.2A10", "9.2B01-02", "9.2B29", "10.1A01", "10.3E15-16"]
    shuffled = random.Random(7).sample(walk, len(walk))
    assert sorted(shuffled, key=walking_order) == walk
    assert sorted(["A10", "B1", "A9", "?"], key=walking_order) == ["A9", "A10", "B1", "?"]


def test_a_booth_prints_as_the_fair_writes_it() -> None:
    assert Booth(10, 3, "E", 15, 16).text == "10.3E15-16"
    assert Booth(9, 2, "B", 5, 5).text == "9.2B05"
