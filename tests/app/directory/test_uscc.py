"""A Unified Social Credit Code is normalised and warned about, never refused."""

from __future__ import annotations

import pytest

from app.directory.uscc import check_character, looks_like_uscc, normalised_uscc, uscc_warning


@pytest.mark.parametrize("code", ["91110000600037341L", "9144030071526726XG", "91350100M000100Y43"])
def test_right_codes_have_no_warning(code: str) -> None:
    assert uscc_warning(code) is None
    assert check_character(code[:17]) == code[17]


def test_a_wrong_check_digit_warns_and_names_the_right_one() -> None:
    warning = uscc_warning("91350100M000100Y4Z")
    assert warning is not None
    assert warning.key == "directory.uscc_characters"  # Z is in no code at all
    slipped = uscc_warning("91350100M000100Y44")
    assert slipped is not None
    assert slipped.key == "directory.uscc_check"
    assert slipped.params["expected"] == "3"
    assert check_character("91350100M000100Y4") == "3"


def test_full_width_spaces_and_case_are_folded() -> None:
    assert normalised_uscc(" ９１１１００００ 6000-37341l ") == "91110000600037341L"
    assert uscc_warning("9111 0000 6000 3734 1l") is None


def test_length_and_shape_are_told() -> None:
    short = uscc_warning("9111000060003734")
    assert short is not None
    assert short.params["length"] == 16
    assert looks_like_uscc("91350100m000100y44")
    assert not looks_like_uscc("13800000000")
    assert not looks_like_uscc("C1_395000000A_000001")
    assert not looks_like_uscc("ABCDEFGHJKLMNPQRTU")
