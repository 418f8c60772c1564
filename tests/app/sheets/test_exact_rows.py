"""What is easily read wrong: codes with zeros, numbers under misleading headings, local phones, namesakes."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

import pytest
from sheet_drafts import drawn, workbook

from app.desk import Desk
from app.directory.phones import Phone
from app.sheets.plan.outcome import Outcome
from app.sheets.service import Preview
from app.sheets.understanding import UnderstoodSheet, understand

MOTORS = """
OUTPUT |            | FRAME | TYPE | Description of goods | Price
HP     | kW         | NO.   |      |                      |
0.5    | 0.37       | 71M   | TEFC | Induction motor foot mounted 71M, 4 pole | 7700
1      | 0.75       | 80M   | TEFC | Induction motor foot mounted 80M, 4 pole | 9674
1.5    | 1.1        | 90S   | TEFC | Induction motor foot mounted 90S, 4 pole | 12183
2      | 1.5        | 90S   | TEFC | Induction motor foot mounted 90S2, 4 pole | 14240
3      | 2.2        | 90S   | TEFC | Induction motor foot mounted 90S3, 4 pole | 17240
"""


def one(text: str, *, merges: str = "") -> UnderstoodSheet:
    (sheet,) = understand(workbook(drawn(text, merges=merges)))
    return sheet


def csv_file(path: Path, rows: Sequence[Sequence[str]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    return path


def phones_of(sheet: UnderstoodSheet) -> list[str]:
    return [
        phone.e164
        for record in sheet.records()
        for phone in record.values["phone"]  # type: ignore[attr-defined]
        if isinstance(phone, Phone)
    ]


def test_horse_powers_are_no_home_pages_and_frame_sizes_number_no_lines() -> None:
    sheet = one(MOTORS, merges="A1:B1")
    assert {field for column in sheet.columns for field in column.fields} == {"product", "price"}


@pytest.mark.parametrize("heading", ["Item", "No.", "编号"])
def test_numbers_with_zeros_in_front_are_article_numbers(heading: str) -> None:
    sheet = one(
        f"{heading} | Product name | Price\n'0012 | Lamp | 2.5\n'0037 | Chair | 9\n'0140 | Desk | 30"
    )
    assert sheet.mapping[heading] == "item_no"
    assert [record.values["item_no"] for record in sheet.records()] == ["0012", "0037", "0140"]


def test_an_html_sheet_keeps_the_zeros_of_its_items(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "list.xls"
    rows = "".join(
        f"<tr><td>{n:04}</td><td>Lamp {n}</td><td>{n}.50</td></tr>" for n in (12, 37, 140)
    )
    path.write_text(f"<table><tr><th>Item</th><th>Product</th><th>Price</th></tr>{rows}</table>")
    desk.sheets.commit(desk.sheets.preview(path))
    hits = [desk.sheets.preview(path).plan.rows[n].title for n in range(3)]
    assert hits == ["0012", "0037", "0140"]


def test_local_phones_are_of_the_country_their_row_names() -> None:
    sheet = one(
        """
Company | Country | Phone
Weber GmbH | Germany | '0711 8901234
Acme Inc | USA | '(212) 555-0123
海达公司 | China | '0574-87654321
Rossi SpA | Italy | '02 1234 5678
"""
    )
    assert phones_of(sheet) == ["+497118901234", "+12125550123", "+8657487654321", "+390212345678"]


def test_local_phones_are_of_the_country_of_the_letterhead() -> None:
    sheet = one(
        """
Müller Werkzeuge GmbH
Tel: +49 711 890123
Artikel | Produkt | Preis | Telefon
A-1 | Hammer | 2.5 | '0711 8901234
A-2 | Zange | 3.5 | '0711 8901235
A-3 | Feile | 4.5 | '0711 8901236
"""
    )
    assert phones_of(sheet) == ["+497118901234", "+497118901235", "+497118901236"]


def previewed(desk: Desk, path: Path, rows: Sequence[Sequence[str]]) -> Preview:
    return desk.sheets.preview(csv_file(path, rows))


def test_one_name_in_two_cities_is_doubted_in_words(desk: Desk, tmp_path: Path) -> None:
    preview = previewed(
        desk,
        tmp_path / "a.csv",
        [
            ["Company", "City", "Address"],
            ["Sunrise Trading", "Hamburg", "Hafenstr. 1"],
            ["Sunrise Trading", "Mumbai", "12 Dock Road"],
            ["Sunrise Trading", "Hamburg", "Hafenstr. 1"],
        ],
    )
    first, second, third = preview.plan.rows
    assert (first.outcome, second.outcome, third.outcome) == (
        Outcome.CREATE,
        Outcome.MERGE,
        Outcome.MERGE,
    )
    (doubt,) = second.problems
    assert doubt.message.key == "mapping.same_name_elsewhere"
    assert doubt.message.params == {"row": 2, "there": "Hamburg", "here": "Mumbai"}
    assert third.problems == ()
    assert len(preview.plan.companies[0].draft.addresses) == 2


def test_namesakes_with_other_addresses_are_doubted_unless_something_is_shared(
    desk: Desk, tmp_path: Path
) -> None:
    rows = [
        ["Company", "Address", "Mail"],
        ["Sunrise Trading", "Hafenstrasse 1, Hamburg", "a@sunrise.example"],
        ["Sunrise Trading", "12 Dock Road, Mumbai", ""],
        ["Bluebird Foods", "1 Hill Street, Leeds", "b@bluebird.example"],
        ["Bluebird Foods", "Quai 9, Antwerpen", "b@bluebird.example"],
    ]
    plan = previewed(desk, tmp_path / "a.csv", rows).plan
    assert [len(row.problems) for row in plan.rows] == [0, 1, 0, 0]


def test_a_namesake_of_the_book_in_another_city_is_asked_about(desk: Desk, tmp_path: Path) -> None:
    desk.directory.add("supplier", {"name_en": "Sunrise Trading", "city": "Hamburg"})
    rows = [["Company", "City"], ["Sunrise Trading", "Mumbai"], ["Sunrise Trade", "Lima"]]
    row = previewed(desk, tmp_path / "a.csv", rows).plan.rows[0]
    assert row.outcome is Outcome.CREATE
    assert row.match is not None
    assert not row.match.is_taken
    assert "directory.other_city" in {reason.message.key for reason in row.match.reasons}


@pytest.mark.parametrize(
    ("held", "given"),
    [
        ({"name_zh": "宁波海达进出口有限公司"}, "Ningbo Haida Import & Export Co., Ltd"),
        ({"name_en": "Ningbo Haida Import & Export Co., Ltd"}, "宁波海达进出口有限公司"),
    ],
)
def test_a_name_that_sounds_like_one_in_the_other_script_is_asked_about(
    desk: Desk, tmp_path: Path, held: dict[str, object], given: str
) -> None:
    known = desk.directory.add("supplier", held)
    row = previewed(desk, tmp_path / "a.csv", [["Company", "City"], [given, "宁波"]]).plan.rows[0]
    assert row.match is not None
    assert (row.match.record_id, row.match.is_taken, row.outcome) == (known, False, Outcome.CREATE)
    assert [reason.message.key for reason in row.match.reasons] == ["directory.same_pinyin"]


def test_a_name_that_only_sounds_alike_elsewhere_is_not_asked_about(
    desk: Desk, tmp_path: Path
) -> None:
    desk.directory.add("supplier", {"name_zh": "宁波海达进出口有限公司"})
    rows = [["Company", "City"], ["Shenzhen Haida Import & Export Co., Ltd", "Shenzhen"]]
    assert previewed(desk, tmp_path / "a.csv", rows).plan.rows[0].match is None


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_a_name_of_both_scripts_comes_back_as_it_is(
    desk: Desk, tmp_path: Path, suffix: str
) -> None:
    name = {"item_number": "=1-00", "name_zh": "海达 full set"}
    desk.directory.add("product", name)
    target = tmp_path / f"out{suffix}"
    desk.sheets.export("product", target)
    back = desk.sheets.commit(desk.sheets.preview(target))
    assert (back.created, back.updated) == ({}, {})
