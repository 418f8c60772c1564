"""Owns the tests of columns whose cells tell several things, and of things told in several columns.

Must not use files from outside.
"""

from __future__ import annotations

from decimal import Decimal

import pytest
from sheet_drafts import drawn, workbook

from app.sheets.cells.packings import told_of_cartons
from app.sheets.cells.places import country_and_city, postal_code_and_city
from app.sheets.records import Record
from app.sheets.understanding import UnderstoodSheet, understand


def one(text: str) -> UnderstoodSheet:
    return understand(workbook(drawn(text)))[0]


def records(text: str) -> list[Record]:
    return list(one(text).records())


@pytest.mark.parametrize(
    ("text", "country", "city"),
    [
        ("UAE / Dubai", "AE", "Dubai"),
        ("Ningbo, China", "CN", "Ningbo"),
        ("China Ningbo", "CN", "Ningbo"),
        ("中国/宁波", "CN", "宁波"),
        ("South Korea", "KR", ""),
        ("Elbonia City", None, "Elbonia City"),
    ],
)
def test_a_country_and_its_city_share_a_cell(text: str, country: str | None, city: str) -> None:
    assert country_and_city(text) == (country, city)


@pytest.mark.parametrize(
    ("text", "code", "city"),
    [
        ("86150 Augsburg", "86150", "Augsburg"),
        ("A-1010 Wien", "A-1010", "Wien"),
        ("110 00 Praha", "110 00", "Praha"),
        ("Milano 20121", "20121", "Milano"),
        ("Berlin", "", "Berlin"),
        ("10115", "10115", ""),
    ],
)
def test_a_postal_code_and_its_city_share_a_cell(text: str, code: str, city: str) -> None:
    assert postal_code_and_city(text) == (code, city)


def test_headings_name_the_places_that_share_a_column() -> None:
    found = records(
        """
        Company | Country/City | Phone
        Gulf Star Trading LLC | UAE / Dubai | +971 50 123 4567
        Meier Elektronik GmbH | Germany / Berlin | +49 30 1234567
        """
    )
    assert [(r.values["country"], r.values["city"]) for r in found] == [
        ("AE", "Dubai"),
        ("DE", "Berlin"),
    ]


def test_what_an_export_of_german_programs_puts_in_two_columns_or_in_one() -> None:
    sheet = one(
        """
        Kundennr. | Name 1 | Name 2 | Strasse | PLZ Ort | Tel.
        10012 | Bauer Haushaltswaren |  | Marktplatz 3 | 86150 Augsburg | 0821/55 66 77
        10013 | Küchenprofi | GmbH & Co. KG | Industriestr. 7 | 42699 Solingen | (0212) 33 44-0
        """
    )
    first, second = sheet.records()
    assert (first.values["company"], second.values["company"]) == (
        "Bauer Haushaltswaren",
        "Küchenprofi GmbH & Co. KG",
    )
    assert (second.values["postal_code"], second.values["city"]) == ("42699", "Solingen")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("1pc/polybag, 12pcs/inner, 72pcs/ctn", {"pcs_per_carton": "72"}),
        ("24/CTN", {"pcs_per_carton": "24"}),
        ("每箱24个", {"pcs_per_carton": "24"}),
        ("6只/内箱 24只/外箱", {"pcs_per_carton": "24"}),
        ("20 pcs/ctn, 45x30x25cm", {"pcs_per_carton": "20", "carton_size": "45x30x25cm"}),
        (
            "6 sets/carton 60*40*35cm G.W. 14kg N.W. 12.5kg",
            {
                "pcs_per_carton": "6",
                "carton_size": "60*40*35cm",
                "gross_weight": "14kg",
                "net_weight": "12.5kg",
            },
        ),
        ("gift box 10x10x12cm, 24 pcs/ctn", {"pcs_per_carton": "24"}),
        ("24pcs/ctn or 48pcs/ctn", {}),
        ("12pcs/box", {}),
        ("100 pcs per bale", {}),
    ],
)
def test_a_word_on_the_packing_tells_of_the_carton(text: str, told: dict[str, str]) -> None:
    assert dict(told_of_cartons(text)) == told


def test_what_a_column_tells_of_the_carton_goes_before_the_packing() -> None:
    first, second = records(
        """
        Item No. | Product | Packing | PCS/CTN | FOB Price USD
        A-1 | Flask | 1pc/polybag, 72pcs/ctn | 36 | 1.20
        A-2 | Glass jar | 24 pcs/ctn |  | 0.80
        """
    )
    assert first.values["packing"] == "1pc/polybag, 72pcs/ctn"
    assert getattr(first.values["pcs_per_carton"], "amount", first.values["pcs_per_carton"]) == 36
    assert getattr(
        second.values["pcs_per_carton"], "amount", second.values["pcs_per_carton"]
    ) == Decimal(24)


def test_who_quotes_may_sign_below_the_table() -> None:
    sheet = one(
        """
        序号 | 产品名称 | 单位 | 数量 | 单价（元） | 金额（元）
        1 | 电缆 | 米 | 1200 | 86.5 | 103800
        2 | 配电箱 | 台 | 15 | 380 | 5700
        3 | LED灯 | 支 | 500 | 12.8 | 6400
        合计 |  |  |  |  | 115900
        供货商：宁波光明电器有限公司 |  |  | 联系人：李强 |  | 电话：0574-87654321
        """
    )
    assert sheet.facts["company"] == "宁波光明电器有限公司"
    assert sheet.facts["contact"] == "李强"
