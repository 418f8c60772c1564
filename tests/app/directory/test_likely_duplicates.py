"""The companies of the book that are likely one are found without comparing each with all."""

from __future__ import annotations

import pytest

from app.desk import Desk


@pytest.mark.parametrize(
    ("first", "second", "reason"),
    [
        (
            {"name_zh": "宁波浩宇进出口有限公司"},
            {"name_en": "Ningbo Haoyu Import & Export Co., Ltd."},
            "directory.same_pinyin",
        ),
        (
            {"name_en": "Haoyu Imp. & Exp. Co., Ltd."},
            {"name_en": "HAO YU IMPORT AND EXPORT CO LTD"},
            "directory.same_name",
        ),
        (
            {"name_zh": "明达五金厂", "website": "www.mingda.cn"},
            {"name_zh": "诚达塑料厂", "website": "https://mingda.cn/en"},
            "directory.same_website",
        ),
    ],
)
def test_two_that_share_a_name_its_sound_or_a_site_are_a_pair(
    desk: Desk, first: dict[str, str], second: dict[str, str], reason: str
) -> None:
    desk.directory.add("supplier", {"name_zh": "永康市金盾五金制品厂"})
    ids = desk.directory.add("supplier", first), desk.directory.add("supplier", second)
    (pair,) = desk.directory_views.likely_duplicates()
    assert (pair.first, pair.second) == ids
    assert reason in {each.message.key for each in pair.reasons}


def test_a_sound_of_few_letters_makes_no_pair(desk: Desk) -> None:
    desk.directory.add("supplier", {"name_zh": "李有限公司"})
    desk.directory.add("supplier", {"name_en": "Li Co., Ltd."})
    assert desk.directory_views.likely_duplicates() == ()
