"""Owns the tests of cells as people write them by habit: strokes in phones, titles in brackets, ditto marks.

Must not use files from outside.
"""

from __future__ import annotations

import pytest
from sheet_drafts import drawn, workbook

from app.sheets.cells.contacts import read_person, read_phones, titled_person
from app.sheets.records import Record
from app.sheets.understanding import understand


def records(text: str) -> list[Record]:
    return list(understand(workbook(drawn(text)))[0].records())


@pytest.mark.parametrize(
    ("country", "text", "number"),
    [
        ("DE", "0711/123456", "+49711123456"),
        ("DE", "040 / 334455-0", "+49403344550"),
        ("DE", "(0711)/123456", "+49711123456"),
        ("DE", "+49 (0)711 / 12 34 56", "+49711123456"),
        ("DE", "+49/711/123456", "+49711123456"),
        ("AT", "01/5123456", "+4315123456"),
        ("US", "212/555-1234", "+12125551234"),
        ("CN", "0574/87654321", "+8657487654321"),
    ],
)
def test_what_stands_before_a_stroke_belongs_to_the_number(
    country: str, text: str, number: str
) -> None:
    (phone,), problems = read_phones(text, field="phone", country=country)
    assert (phone.e164, problems) == (number, ())


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("13800000000/13900000000", ["+8613800000000", "+8613900000000"]),
        ("+86 574 8765 4321/13800000000", ["+8657487654321", "+8613800000000"]),
        ("0574/87654321, 0574/87654322", ["+8657487654321", "+8657487654322"]),
    ],
)
def test_a_stroke_between_whole_numbers_parts_them(text: str, numbers: list[str]) -> None:
    phones, _ = read_phones(text, field="phone")
    assert [phone.e164 for phone in phones] == numbers


def test_a_bracket_around_a_phone_is_no_part_of_it() -> None:
    name, points = read_person("Anna (13800000000)")
    assert (name, points.phones[0].typed) == ("Anna", "13800000000")


@pytest.mark.parametrize(
    ("cell", "name", "title"),
    [
        ("Mr. Chen Wei (Sales Manager)", "Mr. Chen Wei", "Sales Manager"),
        ("陈伟（销售经理）", "陈伟", "销售经理"),
        ("Anna (李娜)", "Anna (李娜)", ""),
        ("Mario Rossi (Milano)", "Mario Rossi (Milano)", ""),
    ],
)
def test_brackets_behind_a_name_hold_a_job_or_belong_to_it(
    cell: str, name: str, title: str
) -> None:
    assert titled_person(read_person(cell)[0]) == (name, title)


def test_a_country_may_stand_as_on_its_cars() -> None:
    found = records(
        """
        Firma | PLZ | Ort | Land | Telefon
        Müller GmbH | 70173 | Stuttgart | D | 0711/123456
        Huber KG | 1010 | Wien | A | 01/5123456
        Meier AG | 8001 | Zürich | CH | 044/2123456
        """
    )
    assert [record.values["country"] for record in found] == ["DE", "AT", "CH"]
    assert [record.values["phone"][0].e164 for record in found] == [  # type: ignore[index]
        "+49711123456",
        "+4315123456",
        "+41442123456",
    ]


def test_a_cell_that_says_it_is_as_above_holds_what_stands_there() -> None:
    found = records(
        """
        Booth | Company | Contact | Products
        10.2H31 | 宁波海润电器有限公司 | 王芳 | 电热水壶
        同上 | 同上 | 陈伟 | 〃
        10.2H32 | Lumina Lighting Co., Ltd. | Lily Zhang | lamps
        ditto | (same) | Tom Lee | Ditto
        """
    )
    assert [record.values["company"] for record in found] == [
        *["宁波海润电器有限公司"] * 2,
        *["Lumina Lighting Co., Ltd."] * 2,
    ]
    assert found[1].values["main_products"] == ("电热水壶",)
    assert found[3].values["main_products"] == ("lamps",)


def test_a_range_where_one_number_belongs_is_told_of() -> None:
    lamp, tube = records(
        """
        Item No | Product  | G.W. (kg) | Qty/CTN | MOQ         | Unit Price (USD) | Lead time
        A1      | LED bulb | 12-13     | 24~30   | 500 to 1000 | 1.20             | 30-45 days
        A2      | LED tube | 14.5      | 50      | 1 000 pcs   | 2.20             | 30 days
        """
    )
    told = [(problem.field, problem.message.key) for problem in lamp.problems]
    ranges = ("gross_weight", "pcs_per_carton", "moq")
    assert told == [(field, "cells.number_is_range") for field in ranges]
    assert tube.problems == ()
