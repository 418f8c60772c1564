"""What a person types in pinyin is heard in Chinese names: whole syllables, however they are cut."""

from __future__ import annotations

import pytest

from app.kernel.syllables import is_spoken_in, may_be_spoken


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("ningbo", "宁波澜竹杯业"),
        ("ningbo", "寧波"),
        ("xian", "西安"),
        ("fangan", "方案"),
        ("baowenbei", "不锈钢保温杯、马克杯"),
        ("chongqing", "重庆"),
    ],
)
def test_whole_syllables_are_heard_anywhere_in_a_text(typed: str, text: str) -> None:
    assert is_spoken_in(typed, text)


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("xian", "县"),
        ("ning", "宁波"),
        ("nb", "宁波"),
        ("ningb", "宁波"),
        ("ningbo", "宁、波"),
        ("ningbo", "Ningbo"),
        ("steel", "不锈钢"),
        ("", "宁波"),
    ],
)
def test_a_single_syllable_initials_and_other_words_are_not(typed: str, text: str) -> None:
    assert not is_spoken_in(typed, text)


def test_a_long_run_of_syllables_is_cut_in_few_ways() -> None:
    assert may_be_spoken("nanana" * 6)


def test_a_long_word_that_is_nearly_pinyin_is_told_at_once() -> None:
    assert not may_be_spoken("nana" * 30 + "x")
    assert may_be_spoken("ning" + "nana" * 30)
