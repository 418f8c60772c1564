"""Owns the tests of lists of companies and people that little is told of: names alone, what a role is,
names in two languages, headings that stand again.

Must not use files from outside.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from sheet_drafts import drawn, workbook

from app.desk import Desk
from app.sheets.cells.contacts import read_phones, read_points
from app.sheets.service import ImportOptions
from app.sheets.understanding import UnderstoodSheet, understand


def one(text: str, *, file_name: str = "draft.xlsx") -> UnderstoodSheet:
    return understand(workbook(drawn(text), file_name=file_name))[0]


def fields(sheet: UnderstoodSheet) -> list[str]:
    return ["+".join(column.fields) for column in sheet.columns]


@pytest.mark.parametrize("heading", ["", "Name | City"])
def test_names_with_the_family_in_front_are_people(heading: str) -> None:
    rows = "Foster, Jeovanni | Austin\nAnderson, Mary | Dallas\nMiller, Thomas | Houston"
    sheet = one(f"{heading}\n{rows}")
    assert sheet.kind == "contacts"
    assert fields(sheet)[0] == "contact"
    assert len(sheet.region.rows) == 3


def test_titled_names_and_names_below_a_heading_of_people_are_people() -> None:
    assert one("Mr. John Smith\nMs. Anna Weber\nDr. Luis Gil").kind == "contacts"
    assert one("姓名\n王芳\n李明\n张伟").kind == "contacts"


def test_goods_and_places_with_a_comma_and_colours_are_no_people() -> None:
    goods = "Bolt, Hex\nBolt, Carriage\nNut, Wing\nNut, Hex\nWasher, Flat"
    assert one(f"Name\n{goods}").kind is None
    assert one("Paris, France\nLyon, France\nKöln, Germany\nNingbo, China").kind is None
    assert one("Austin, Texas\nDallas, Texas\nBoston, Massachusetts\nHouston, Texas").kind is None
    assert one("黄色\n白色\n金色\n石色").kind is None


@pytest.mark.parametrize("headings", ["ID | Name", "Code | Name", "编号 | 名称"])
def test_a_number_and_a_name_with_legal_forms_are_companies(headings: str) -> None:
    sheet = one(
        f"""
        {headings}
        C1001 | Hongda Houseware Co., Ltd
        C1002 | Newstar Trading Inc.
        C1003 | Weber Metall GmbH
        C1004 | Omega Imports
        """
    )
    assert sheet.kind == "suppliers"
    assert fields(sheet) == ["company_code", "company"]


def test_a_number_and_a_name_of_goods_stay_goods() -> None:
    assert one("Code | Name\nA-1 | Mug\nA-2 | Plate\nA-3 | Bowl").kind == "products"


@pytest.mark.parametrize(
    ("said", "field"),
    [
        (("Sales Manager", "CEO", "Buyer"), "job_title"),
        (("Lead", "Active", "Customer"), "status"),
        (("Supplier", "Buyer", "Supplier"), "roles"),
    ],
)
def test_a_role_is_what_the_words_below_it_are(said: tuple[str, ...], field: str) -> None:
    names = ("Acme Ltd | John Smith", "Beta GmbH | Anna Weber", "Gamma SA | Luis Gil")
    rows = "\n".join(f"{n} | {word} | a@b.example.com" for n, word in zip(names, said, strict=True))
    assert fields(one(f"Company | Contact | Role | Email\n{rows}"))[2] == field


def test_who_buys_among_suppliers_is_a_buyer(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "partners.csv"
    path.write_text(
        "Company,Role,Phone,Email\n"
        "Hongda Co. Ltd,Supplier,0574-87654321,a@hongda.example.cn\n"
        "Harbor Home Inc.,Buyer,+1 617 555 0100,b@harbor.example.com\n",
        encoding="utf-8",
    )
    result = desk.sheets.commit(desk.sheets.preview(path, ImportOptions()))
    assert (result.created["supplier"], result.created["buyer"]) == (1, 1)


@pytest.mark.parametrize("chinese", ["Company (Chinese)", "公司中文名"])
def test_a_company_in_latin_letters_beside_its_chinese_name_is_the_english_one(
    chinese: str,
) -> None:
    sheet = one(
        f"""
        {chinese} | Company | Contact | Mobile
        宁波宏达有限公司 | Ningbo Hongda Co., Ltd | 王芳 | 13800001111
        义乌新星有限公司 | Yiwu Newstar Co., Ltd | 李明 | 13800001112
        """
    )
    assert fields(sheet) == ["company", "company_en", "contact", "mobile"]


def test_a_second_company_in_the_same_letters_is_no_translation() -> None:
    sheet = one(
        """
        公司名称 | 公司 | 联系人 | 手机
        宁波宏达有限公司 | 宏达集团 | 王芳 | 13800001111
        义乌新星有限公司 | 新星集团 | 李明 | 13800001112
        """
    )
    assert "company_en" not in fields(sheet)


@pytest.mark.parametrize(
    ("text", "e164"),
    [
        ("0711/123456/123457", ["+49711123456", "+49711123457"]),
        ("0711/123456, 123457", ["+49711123456", "+49711123457"]),
        ("+49 711 123456 / 123457", ["+49711123456", "+49711123457"]),
        ("0711/123456/0172/3334445", ["+49711123456", "+491723334445"]),
    ],
)
def test_a_second_number_is_of_the_area_of_the_first(text: str, e164: list[str]) -> None:
    phones, _ = read_phones(text, field="phone", country="DE")
    assert [phone.e164 for phone in phones] == e164


def test_a_second_number_of_another_length_has_no_area() -> None:
    phones, _ = read_phones("021-88886666/13800001111", field="phone")
    assert [phone.e164 for phone in phones] == ["+862188886666", "+8613800001111"]


def test_a_phone_with_a_stroke_does_not_stay_in_the_name() -> None:
    points = read_points("Hansen 0711/123456/123457", country="DE")
    assert points.rest == "Hansen"
    assert len(points.phones) == 2


@pytest.mark.parametrize(
    ("cells", "field"),
    [(("John Smith", "Anna Weber"), "contact"), (("", ""), "picture"), (("yes", "no"), "")],
)
def test_name_cards_are_people_or_pictures(cells: tuple[str, str], field: str) -> None:
    sheet = one(
        f"""
        Company | Name card | Tel | Products
        Acme Ltd | {cells[0]} | 0574-87654321 | cups
        Beta GmbH | {cells[1]} | 0574-87654322 | pans
        """
    )
    assert fields(sheet)[1] == field


ORDERED = [
    "Última compra",
    "Letzte Bestellung",
    "Last order date",
    "最近下单",
    "Son Sipariş Tarihi",
    "최근 주문일",
]


@pytest.mark.parametrize("heading", ORDERED)
def test_who_has_ordered_is_a_buyer(heading: str) -> None:
    rows = "Acme Ltd | John Smith | j@acme.example.com | 2024-05-01\nBeta AG | A. Weber | a@b.example.com |"
    sheet = one(f"Company | Contact | Email | {heading}\n{rows}")
    assert sheet.kind == "buyers"
    assert fields(sheet)[3] == ""
    assert one(f"Supplier | Contact | Email | {heading}\n{rows}").kind == "suppliers"


def test_headings_that_stand_again_above_each_group_hide_no_rows() -> None:
    sheet = one(
        """
        Service | Company | Contact | Phone
        Freight | Star Logistics Ltd | Kelly Wu | 0574-87654321
        Freight | Sea Line Ltd | Jack Ma | 0574-87654322
        Service | Company | Contact | Phone
        Inspection | QC Asia Ltd | Mr. Tan | 0574-87654323
        Service | Company | Contact | Phone
        Lab | Test Lab Ltd | Ms. Ho | 0574-87654324
        """
    )
    assert len(sheet.region.rows) == 4
    assert fields(sheet) == ["main_products", "company", "contact", "phone"]


def test_the_service_where_somebody_works_is_a_department() -> None:
    sheet = one(
        """
        Société | Nom | Prénom | Service | Téléphone
        Déco SAS | Dubois | Jean | Achats | 01 23 45 67 89
        Huis BV | Peeters | An | Sourcing | 01 23 45 67 88
        """
    )
    assert fields(sheet)[3] == "department"


def test_companies_below_each_other_stay_apart() -> None:
    cards = "\n |\n".join(
        f"Company | {name} Ltd\nContact | {person}\nPhone | 0574-8765432{n}\nEmail | {n}@x.example.com"
        for n, (name, person) in enumerate(
            (("Star", "Kelly Wu"), ("Sea Line", "Jack Ma"), ("QC", "Tan Li"))
        )
    )
    sheet = one(cards)
    assert sheet.kind == "suppliers"
    assert [record.values["company"] for record in sheet.records()] == [
        "Star Ltd",
        "Sea Line Ltd",
        "QC Ltd",
    ]
    assert [record.values["contact"] for record in sheet.records()] == [
        "Kelly Wu",
        "Jack Ma",
        "Tan Li",
    ]
