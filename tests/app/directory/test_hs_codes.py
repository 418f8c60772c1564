"""HS codes are text and keep their zeros."""

from __future__ import annotations

import pytest

from app.directory.hs_codes import parse_hs_code, with_lost_zero


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("0902 20 90 00", "0902209000"),
        ("6911.10", "691110"),
        ("6911101900", "6911101900"),
        ("69111019.00", "6911101900"),
        ("6911-1019-00-999", "6911101900999"),
        ("８５３９５２１０", "85395210"),
    ],
)
def test_codes_are_read_with_dots_and_spaces(text: str, digits: str) -> None:
    assert parse_hs_code(text) == digits


@pytest.mark.parametrize(
    "text", ["", "6911", "69111", "691110190", "0011223344", "771010", "HS6911", "69.11.10 pcs"]
)
def test_other_lengths_and_chapters_are_no_codes(text: str) -> None:
    assert parse_hs_code(text) is None


def test_a_lost_zero_is_found_again() -> None:
    assert with_lost_zero("902209000") == "0902209000"
    assert with_lost_zero("0902209000") is None
    assert with_lost_zero("tea") is None
