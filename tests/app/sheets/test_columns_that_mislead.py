"""Owns the tests of columns and rows that resemble a field or a record, and are another one or none.

Must not use files from outside.
"""

from __future__ import annotations

from datetime import date

import pytest
from growth import IN_PROPORTION, growth
from sheet_drafts import drawn, workbook

from app.sheets.understanding import UnderstoodSheet, understand


def one(text: str, **around: str) -> UnderstoodSheet:
    return understand(workbook(drawn(text), **around))[0]


def fields(sheet: UnderstoodSheet) -> list[str]:
    return ["+".join(column.fields) for column in sheet.columns]


def test_a_mail_at_another_house_is_not_of_the_company_above() -> None:
    sheet = one(
        """
        Importer | Contact Name | Email | Country
        Casa Verde SA | Ana Ruiz | ana@casaverde.es | Spain
         | Pablo Gil | pablo@casaverde.es |
         | Marie Petit | marie@jardinplus.fr | France
         | Luc Petit | | France
         | Ines Gil | ines@casa-verde.com |
        Green Ltd | John Moor | john.moor@gmail.com | UK
         | Sue Moor | sue.moor@yahoo.com |
        """
    )
    records = list(sheet.records())
    assert [record.values.get("company") for record in records] == [
        *["Casa Verde SA"] * 2,
        *[None] * 2,
        "Casa Verde SA",
        *["Green Ltd"] * 2,
    ]
    doubts = [p.message.params for p in records[2].problems if p.severity == "warning"]
    assert doubts == [{"name": "Casa Verde SA", "domain": "jardinplus.fr"}]
    assert records[2].has_errors
    assert not records[1].problems


def test_points_of_an_evaluation_and_classes_of_a_register_are_no_fields() -> None:
    scored = one(
        """
        供应商名称 | 质量(40) | 交期(30) | 价格(30) | 总分
        宁波华盛塑料有限公司 | 36 | 25 | 22 | 83
        台州精诚模具厂 | 30 | 20 | 26 | 76
        """
    )
    assert fields(scored)[1:4] == ["", "", ""]
    filed = one(
        """
        Product | UNSPSC code | CAS No. | Price (USD)
        Citric acid | 12352104 | 77-92-9 | 0.72
        Sodium benzoate | 12352106 | 532-32-1 | 1.15
        """
    )
    assert fields(filed) == ["product", "", "", "price"]


def test_prices_at_two_quantities_in_brackets_are_no_points() -> None:
    sheet = one(
        "Item No | Name | Price (100) | Price (500)\nA-1 | Mug | 2 | 1.8\nA-2 | Cup | 3 | 2.7"
    )
    assert fields(sheet)[2:] == ["price", "price"]


def test_codes_under_the_word_for_a_company_are_its_number_beside_a_name() -> None:
    sheet = one(
        """
        Lieferant | Name 1 | Ort | Land
        0000100234 | Müller Metallwaren GmbH | Lüdenscheid | DE
        0000100235 | Shenzhen Brightway Ltd. | Shenzhen | CN
        """
    )
    assert fields(sheet) == ["company_code", "company", "city", "country"]


def test_a_unit_in_brackets_below_a_heading_belongs_to_it() -> None:
    sheet = one(
        """
        Model | Power | Qty per ctn | Gross weight | Price FOB
         | (W) | (pcs) | (kg) | (USD)
        FL-50 | 50 | 8 | 14.5 | 8.9
        FL-100 | 100 | 4 | 16 | 14.9
        """
    )
    assert fields(sheet) == ["product", "", "pcs_per_carton", "gross_weight", "price"]


def test_a_target_is_no_price_whatever_the_price_is_called() -> None:
    sheet = one(
        """
        Ausschreibung Aktionsware KW 42/2026
        Artikelbezeichnung | Bedarfsmenge | Ziel-EK USD FOB | Liefertermin | Prüfsiegel
        Wäschekorb faltbar | 24000 | 2,10 | KW 36/2026 | GS
        Wäscheständer Turm | 12000 | 7,80 | KW 36/2026 | GS
        """
    )
    assert (sheet.kind, fields(sheet)) == (
        "inquiries",
        ["product", "quantity", "target_price", "needed_on", "certificates"],
    )
    assert next(sheet.records()).values["needed_on"] == date(2026, 8, 31)


@pytest.mark.parametrize(
    ("headings", "first", "wanted"),
    [
        ("日期 | 客户 | 产品 | 数量", "3/5", date(2026, 3, 5)),
        ("Datum | Kunde | Artikel | Menge", "3.5.", date(2026, 5, 3)),
        ("Date | Customer | Item | Qty", "3/5", date(2026, 5, 3)),
    ],
)
def test_a_day_without_its_year_is_written_as_its_sheet_writes_it(
    headings: str, first: str, wanted: date
) -> None:
    sheet = one(
        f"Anfragen 2026\n{headings}\n{first} | Nord Tools | Hammer | 100\n4/6 | Süd AG | Säge | 50"
    )
    assert next(sheet.records()).values["inquired_on"] == wanted
    shown = one(
        f"RFQ 2026\n{headings}\n{first} | Nord Tools | Hammer | 100\n4/16 | Süd AG | Säge | 50"
    )
    assert next(shown.records()).values["inquired_on"] == date(2026, 3, 5)


def test_a_chart_of_sizes_under_the_title_of_a_price_list_holds_no_prices() -> None:
    sheet = one(
        """
        Price List 2026
        Size (cm) | S | M | L | XL
        Chest | 96 | 102 | 108 | 114
        Length | 68 | 70 | 72 | 74
        Sleeve | 20 | 21 | 22 | 23
        """
    )
    assert sheet.region.shape == "table"
    assert not sheet.is_taken


def test_customs_count_in_other_units_and_call_the_tariff_number_the_articles() -> None:
    sheet = one(
        """
        商品编号 | 商品名称 | 第一法定数量 | 法定第一单位 | 成交数量 | 成交计量单位 | 单价 | 币制
        3924100000 | 塑料餐具 | 960 | 千克 | 12000 | 个 | 0.45 | USD
        7323930000 | 不锈钢锅 | 1000 | 千克 | 800 | 个 | 6.2 | USD
        """
    )
    assert fields(sheet) == ["hs_code", "product", "", "", "quantity", "unit", "price", "currency"]


def test_characters_set_apart_are_one_word_and_days_under_a_delivery_time_are_the_day_wanted() -> (
    None
):
    spread = one("编 号 | 名 称 | 含税价（元）\nHD-01 | 羊角锤 | 15.8\nHD-02 | 钢丝钳 | 12.6")
    assert fields(spread) == ["item_no", "product", "price"]
    asked = one(
        """
        Zapytanie ofertowe 12/2026
        Nazwa produktu | Ilość | Termin dostawy
        Konewka 5 l | 2000 | 2026-05-30
        Grabie | 800 | 2026-05-30
        """
    )
    assert (asked.kind, fields(asked)) == ("inquiries", ["product", "quantity", "needed_on"])


def test_bare_names_beside_barcodes_and_list_prices_are_goods_whatever_their_type() -> None:
    sheet = one(
        """
        name | barcode | default_code | type | list_price
        Fietspomp aluminium | 8719689001234 | FP-ALU-001 | product | 15.95
        Fietsbel chroom | 8719689001241 | FB-CHR-002 | product | 7.50
        Spatbord set zwart | 8719689001258 | SP-ZW-003 | product | 12.95
        """
    )
    assert sheet.kind == "products"
    assert fields(sheet)[:3] == ["product", "barcode", "item_no"]
    assert fields(sheet)[4] == "list_price"


def test_further_codes_and_days_describe_nothing() -> None:
    sheet = one(
        """
        Source Item ID | New SKU | Product Name | Cost | Date of Registration
        6537 | TM8-CBL-6537 | Lightning cable black | 3.20 | 2026-03-01 08:00:00
        6538 | TM8-CBL-6538 | Lightning cable white | 3.20 | 2026-03-02 08:00:00
        6539 | TM8-CBL-6539 | Car charger | 5.10 | 2026-03-03 08:00:00
        """
    )
    assert "description" not in fields(sheet)


def test_the_first_half_of_a_word_with_a_dash_counts_nothing() -> None:
    sheet = one(
        """
        Наименование | Кол-во симкарт | Цена
        Планшет 256 ГБ | 1 | 3200
        Планшет 64 ГБ | 2 | 2100
        """
    )
    assert fields(sheet) == ["product", "", "price"]


def test_goods_are_not_called_after_a_column_without_values() -> None:
    sheet = one(
        """
        Item No | Model | Specification | Unit | Price
        AB-1001 | | Steel bottle 500ml | pcs | 3.20
        AB-1002 | | Lunch box, 3 layers | pcs | 2.10
        """
    )
    assert fields(sheet)[2] == "product"


def test_a_letter_between_two_digits_is_no_range_of_quantities() -> None:
    sheet = one(
        """
        Item No | Product Name | 1a2 | Price
        AB-1001 | Steel bottle | 4.5 | 3.20
        AB-1002 | Lunch box | 6.5 | 2.10
        """
    )
    assert fields(sheet) == ["item_no", "product", "", "price"]


@pytest.mark.no_cover
def test_a_heading_of_a_thousand_words_takes_time_in_proportion() -> None:
    def read(words: int) -> None:
        sheet = one(
            f"""
            Item No | Product Name | Price | Remark {"word " * words}
            AB-1001 | Steel bottle | 3.20 | red
            AB-1002 | Lunch box | 2.10 | blue
            """
        )
        assert fields(sheet)[:3] == ["item_no", "product", "price"]

    assert growth(read, 1_000) < IN_PROPORTION


def test_towns_are_nobodys_names_though_their_first_characters_are_family_names() -> None:
    sheet = one(
        """
        仓库 | 货号 | 品名 | 库存数量 | 库存价
        温岭 | W-8801 | 女士凉鞋 | 1200 | 18元
        温岭 | W-8802 | 沙滩拖鞋 | 3600 | 6.5元
        温州 | M-301 | 男士皮鞋 | 480 | 68元
        """
    )
    assert fields(sheet) == ["", "item_no", "product", "stock", "price"]


def test_a_row_of_labels_and_values_right_above_the_headings_is_none_of_them() -> None:
    sheet = one(
        """
        RFQ No.: | RFQ-2026-0417 | Contact: | Anna Lindqvist
        Article | Description | Quantity | Origin
        NH-4410 | Bamboo board | 3000 | China
        NH-5002 | Baking mat | 5000 | China
        """
    )
    assert [column.name for column in sheet.columns] == [
        "Article", "Description", "Quantity", "Origin",
    ]  # fmt: skip


def test_models_beside_each_other_are_records_though_they_read_as_headings() -> None:
    table = one(
        """
        项目 | 型号A | 型号B | 型号C
        货号 | HD-101 | HD-102 | HD-103
        品名 | 电吹风 | 折叠电吹风 | 负离子电吹风
        功率 | 1200W | 1600W | 2000W
        单价(RMB) | 28.5 | 36 | 52
        MOQ | 500 | 500 | 300
        装箱数 | 24 | 24 | 12
        """
    )
    told = [(r.values["model"], r.values["product"]) for r in table.records()]
    assert told == [("型号A", "电吹风"), ("型号B", "折叠电吹风"), ("型号C", "负离子电吹风")]


def test_whom_a_german_offer_is_for_does_not_make_it() -> None:
    sheet = one(
        """
        Offer No. 2026/118
        An: Alpen Import GmbH
        Pos. | Artikelbezeichnung | Menge | Einheit | EP netto € | GP netto €
        1 | Edelstahlschüssel 24 cm | 1.200 | Stk | 3,45 | 4.140,00
        2 | Holzlöffel Buche 30 cm | 5.000 | Stk | 0,42 | 2.100,00
        """
    )
    assert fields(sheet)[4:] == ["price", "amount"]
    assert "company_en" not in sheet.facts
