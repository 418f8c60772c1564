"""Owns the tests of places and phones as the USA and Canada write them.

Must not use files from outside.
"""

from __future__ import annotations

import pytest

from app.sheets.cells.contacts import read_phones
from app.sheets.cells.countries import country_of


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Columbia, MO", "US"),
        ("Atlanta, GA", "US"),
        ("Vancouver, BC", "CA"),
        ("Toronto, CA", "CA"),
        ("Casablanca, MA", "MA"),
        ("Ottawa, CA", "CA"),
        ("Fresno, CA", "US"),
        ("Medellín, CO", "CO"),
        ("Haifa, IL", "IL"),
        ("Tel Aviv-Yafo, IL", "IL"),
        ("Springfield, IL", "US"),
        ("Georgetown, KY", "US"),
        ("Munich, DE", "DE"),
        ("San Juan, PR", "PR"),
    ],
)
def test_a_place_and_its_state_are_in_the_country_of_the_state(text: str, code: str) -> None:
    assert country_of(text) == code


@pytest.mark.parametrize(
    "text", ["+1 212 555 0100 extension 7", "+49 89 1234567 Ext: 5", "(604) 555-0199 #44"]
)
def test_an_extension_stays_with_its_phone(text: str) -> None:
    (phone,), _ = read_phones(text, field="phone")
    assert (phone.typed, phone.extension) == (text, text[-2:].strip())


def test_american_numbers_without_their_country_code_are_american() -> None:
    numbers = ["(219) 874-4268", "(604) 555-0199", "(021) 6555-0199", "400-820-1234"]
    found = [read_phones(number, field="phone")[0][0].e164 for number in numbers]
    assert found == ["+12198744268", "+16045550199", "+862165550199", "+864008201234"]
