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


def test_quantities_with_units_under_one_price_are_its_steps() -> None:
    rows = drawn(
        """
        No. | Art. No. | Description & Material | FOB GZ (USD) |  |  | CTN |  |  |
         |  |  | 500pcs | 1000pcs | 3000pcs | Qty | Meas. (cm) | G.W. | CBM
        1 | SB-101 | Canvas tote bag | 1.85 | 1.72 | 1.60 | 100 | 52*40*45 | 18 | 0.094
        2 | SB-102 | Jute bag | 2.10 | 1.95 | 1.88 | 80 | 50*40*50 | 20 | 0.1
        """,
        merges="D1:F1 G1:J1",
    )
    sheet = understand(workbook(rows))[0]
    assert (sheet.header_rows, sheet.row_count) == ((1, 2), 2)
    assert ["+".join(column.fields) for column in sheet.columns][3:] == [
        *["price"] * 3,
        "pcs_per_carton",
        "carton_size",
        "gross_weight",
        "cbm",
    ]
    steps = [price.at_least for price in next(iter(sheet.records())).values["price"]]  # type: ignore[attr-defined]
    assert steps == [500, 1000, 3000]


def test_the_same_quantities_under_two_terms_are_the_steps_of_each() -> None:
    rows = drawn(
        """
        Item | Description | FOB Price (USD) |  |  | EXW Price (RMB) |  |  | Remark
         |  | 500 pcs | 1000 pcs | 3000 pcs | 500 pcs | 1000 pcs | 3000 pcs |
        B-1 | Notebook A5 | 1.2 | 1.1 | 0.98 | 8.1 | 7.5 | 6.6 | lined
        B-2 | Notebook A6 | 0.9 | 0.85 | 0.78 | 6.1 | 5.8 | 5.2 | plain
        """,
        merges="C1:E1 F1:H1",
    )
    sheet = understand(workbook(rows))[0]
    assert (sheet.header_rows, sheet.row_count) == ((1, 2), 2)
    prices = next(iter(sheet.records())).values["price"]
    assert [(p.at_least, p.at_most, p.currency, p.incoterm) for p in prices] == [  # type: ignore[attr-defined]
        *[(500, 999, "USD", "FOB"), (1000, 2999, "USD", "FOB"), (3000, None, "USD", "FOB")],
        *[(500, 999, "CNY", "EXW"), (1000, 2999, "CNY", "EXW"), (3000, None, "CNY", "EXW")],
    ]


def test_a_phone_may_follow_its_owners_name_without_a_blank() -> None:
    (record,) = records(
        """
        公司 | 联系人/电话
        浙江天禾园林工具厂 | 何小姐13522223333
        """
    )
    assert record.values["contact"] == "何小姐"
    assert [phone.typed for phone in record.values["mobile"]] == ["13522223333"]  # type: ignore[attr-defined]


def test_what_is_called_cep_is_a_mobile_in_turkey_and_a_postal_code_in_brazil() -> None:
    turkish = one(
        """
        Firma Ünvanı | Yetkili | Tel | Cep | E-posta
        Demir Makina A.Ş. | Ahmet Yılmaz | 0312 444 55 66 | 0532 111 22 33 | info@demir.com.tr
        Ege Tekstil Ltd. Şti. | Ayşe Kaya | 0232 333 44 55 | 0533 222 33 44 | satis@ege.com.tr
        """
    )
    brazilian = one(
        """
        Empresa | Contato | Endereço | CEP | Cidade
        Aurora Importadora Ltda | Ana Souza | Rua Augusta 100 | 01310-100 | São Paulo
        Boa Vista Comércio Ltda | João Lima | Av. Brasil 20 | 20040-002 | Rio de Janeiro
        """
    )
    assert [column.fields for column in turkish.columns][3] == ("mobile",)
    assert [column.fields for column in brazilian.columns][3] == ("postal_code",)


def test_a_next_step_told_as_a_day_is_the_day_of_it() -> None:
    sheet = one(
        """
        客户 | 询盘产品 | 数量 | 目标价(USD) | 下次跟进
        Al Noor Trading | 太阳能灯 | 2000 | 6.5 | 2026/11/28
        Nordlys AS | LED灯串 | 5000 | 1.2 | 2026/12/02
        """
    )
    assert sheet.columns[-1].fields == ("next_action_on",)


def test_the_currency_may_stand_beside_the_total() -> None:
    sheet = one(
        """
        SKU | Item | Qty | Unit price | Total
        FL-500 | Flask 500 ml | 2000 | 3.05 | 6100
        GC-350 | Glass cup | 1500 | 0.92 | 1380
         |  |  | TOTAL USD | 7480
        """
    )
    prices = [record.values["price"] for record in sheet.records()]
    assert {getattr(price, "currency", None) or price[0].currency for price in prices} == {"USD"}  # type: ignore[index]
