"""Owns the tests of sentences that ask for more than one article.

Must not test how amounts are read; that is tested where wording is read.
"""

from __future__ import annotations

from datetime import date

import pytest

from app.inquiries.pasted import recognise


def goods(text: str) -> list[tuple[str, str]]:
    lines = recognise(text, written_on=date(2026, 3, 5)).lines
    return [(line.wording, str(line.quantity or line.quantity_text)) for line in lines]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "We need 5000 pcs of vacuum flasks 500 ml and 2000 pcs of ceramic mugs, FOB Ningbo.",
            [("vacuum flasks 500 ml", "5000"), ("ceramic mugs", "2000")],
        ),
        (
            "Please quote 5,000 pcs vacuum flask, 304 stainless, and 3,000 pcs yoga mat 6 mm.",
            [("vacuum flask", "5000"), ("yoga mat 6 mm", "3000")],
        ),
        (
            "Vacuum flask 500ml 5000 pcs and yoga mat 183x61 cm, purple, 2000 pcs, CIF Hamburg.",
            [("Vacuum flask 500ml", "5000"), ("yoga mat 183x61 cm", "2000")],
        ),
        (
            "Yoga mat 2000 pcs USD 3.2; skipping rope 5000 pcs USD 0.9; bands 1000 sets",
            [("Yoga mat", "2000"), ("skipping rope", "5000"), ("bands", "1000")],
        ),
        (
            "1x40HQ of garden chairs and 500 pcs of garden tables",
            [("garden chairs", "1x40HQ"), ("garden tables", "500")],
        ),
        ("我们需要保温杯5000个和马克杯3000个", [("保温杯", "5000"), ("马克杯", "3000")]),
        ("需要500ml保温杯5000个，瑜伽垫2000条", [("500ml保温杯", "5000"), ("瑜伽垫", "2000")]),
        ("保温杯和马克杯各3000个", [("保温杯", "3000"), ("马克杯", "3000")]),
        ("flasks and ceramic mugs, 3000 pcs each", [("flasks", "3000"), ("ceramic mugs", "3000")]),
    ],
)
def test_a_sentence_with_several_goods_gives_a_line_each(
    text: str, expected: list[tuple[str, str]]
) -> None:
    assert goods(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Salt and pepper mills 3000 pcs",
        "We need 2000 sets of kitchen knives, 6 pcs per set.",
        "Vacuum flask, 5000 pcs for Hamburg and 3000 pcs for Rotterdam.",
        "Please quote vacuum flask for 1000 pcs, 3000 pcs and 5000 pcs.",
        "We need 10,000 pcs of cups: 5000 pcs red and 5000 pcs blue.",
        "5000 pcs cups, red, and 3000 pcs blue",
        "保温杯 1000个、3000个、5000个各报一下",
    ],
)
def test_more_amounts_of_one_article_stay_one_line(text: str) -> None:
    assert len(goods(text)) == 1


def test_an_amount_without_a_unit_is_read_behind_a_word_of_asking() -> None:
    assert goods("Hi, we want 5000 vacuum flasks 500ml") == [("vacuum flasks 500ml", "5000")]


def test_the_places_shown_for_correction_hold_the_words_of_their_line() -> None:
    text = "5000 pcs of flasks and 2000 pcs of mugs at USD 1.10"
    found = recognise(text, written_on=date(2026, 3, 5)).places
    words = {(place.field, place.line): text[place.start : place.end] for place in found}
    assert words[("wording", 1)] == "mugs"
    assert words[("quantity", 0)] == "5000 pcs"
    assert words[("target_price", 1)] == "USD 1.10"
