"""Two texts a person takes for the same are the same when they are compared."""

from __future__ import annotations

import pytest

from app.kernel.text import fold


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Łódź", "lodz"),
        ("YALÇIN", "yalcin"),
        ("Yalçın", "yalcin"),
        ("Malmø", "malmo"),
        ("Ærø", "aero"),
        ("Straße", "strasse"),
        ("Đồng Nai", "dong nai"),
        ("ＬＥＤ　灯", "led 灯"),
        ("臺灣", "台湾"),
    ],
)
def test_letters_fold_to_those_that_are_typed_for_them(one: str, other: str) -> None:
    assert fold(one) == fold(other) == other
