"""A country is known by its name in both languages and by what people write for short."""

from __future__ import annotations

import pytest

from app.kernel.territories import territories, territory_code


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("德国", "DE"),
        ("united kingdom", "GB"),
        ("UAE", "AE"),
        ("Türkiye", "TR"),
        ("nowhere", None),
        ("中国香港", "HK"),
        ("P.R. China", "CN"),
    ],
)
def test_countries_are_known_in_both_languages(name: str, code: str | None) -> None:
    assert territory_code(name) == code


def test_what_is_no_country_is_not_offered_as_one() -> None:
    assert not {"EU", "UN", "XA", "ZZ"} & set(territories("en"))
