"""Owns the tests of lists of goods as shops, factories and buyers send them: exports, forms, parts lists.

Must not use files from outside.
"""

from __future__ import annotations

from datetime import date

import pytest
from growth import IN_PROPORTION, growth
from sheet_drafts import drawn, workbook

from app.sheets.cells.dates import read_date
from app.sheets.cells.measures import Days, read_days
from app.sheets.layout.shapes import PROSE, text_shape
from app.sheets.lexicon import meanings
from app.sheets.mapping.evidence import evidence_of
from app.sheets.understanding import UnderstoodSheet, understand


def one(text: str, *, merges: str = "", name: str = "Sheet1") -> UnderstoodSheet:
    return understand(workbook(drawn(text, merges=merges, name=name)))[0]


def fields(sheet: UnderstoodSheet) -> list[str]:
    return ["+".join(column.fields) for column in sheet.columns]


def test_numbers_of_variants_are_the_articles_and_each_keeps_its_own_picture() -> None:
    sheet = one(
        """
        Title | Source Item ID | Variant SKU | Image Src | Image Position | Variant Image | Variant Weight Unit | Price
        Mug red | AX-11 | MUG-R | https://x.example/g1.jpg | 1 | https://x.example/r.jpg | g | 3
        Mug blue | AX-12 | MUG-B | https://x.example/g1.jpg | 1 | https://x.example/b.jpg | g | 3
        Bowl | AX-13 | BWL-1 | https://x.example/g2.jpg | 2 | https://x.example/w.jpg | g | 5
        """
    )
    assert fields(sheet) == ["product", "", "item_no", "", "", "picture", "", "price"]


def test_variants_that_mostly_lack_a_picture_have_the_one_of_their_group() -> None:
    sheet = one(
        """
        Title | SKU | Image Src | Variant Image | Price
        Mug red | MUG-R | https://x.example/g1.jpg | https://x.example/r.jpg | 3
        Mug blue | MUG-B | https://x.example/g2.jpg | | 3
        Bowl | BWL-1 | https://x.example/g3.jpg | | 5
        """
    )
    assert fields(sheet) == ["product", "item_no", "picture", "", "price"]


def test_question_answered_with_yes_and_no_counts_no_stock() -> None:
    sheet = one(
        """
        SKU | Name | In stock? | Stock | Regular price
        W-1 | Mug | 1 | 25 | 9.9
        W-2 | Bowl | 1 | 12 | 11.9
        W-3 | Plate | 0 | 0 | 7.9
        """
    )
    assert fields(sheet)[2:4] == ["", "stock"]


def test_value_of_a_component_is_no_money() -> None:
    sheet = one(
        """
        Description | Designator | Footprint | Value | Qty
        Resistor | R1, R2 | 0603 | 10k | 2
        Capacitor | C1 | 0603 | 100nF | 1
        """
    )
    assert sheet.kind == "products"
    assert fields(sheet)[3] == "specification"


def test_last_word_names_the_column() -> None:
    assert [m.field for m in meanings("Compatibility Status")] == ["status"]
    assert meanings("Delivery on time (%)") == ()
    assert [m.field for m in meanings("단   가")] == ["price"]
    assert meanings("Кол-во с учетом нормы расхода")[0].field == "quantity"


def test_amount_beside_a_total_is_the_amount_and_costs_of_material_are_no_material() -> None:
    sheet = one(
        """
        Description | Unit | Qty | Material | Total | Amount
        Pile cut-off 1.0 m | pcs | 106 | 335 | 2065 | 218890
        Pile cut-off 1.2 m | pcs | 70 | 335.5 | 2455 | 171850
        Pile cut-off 1.5 m | pcs | 2 | 450 | 3910 | 7820
        """
    )
    assert fields(sheet) == ["product", "unit", "quantity", "", "", "amount"]


def test_list_of_shipments_is_one_of_buyers() -> None:
    sheet = one(
        """
        Date | HS Code | Product Description | Importer | Exporter | Exporter Country | Quantity | Unit Price (USD)
        2026-01-05 | '73239300 | STEEL BOTTLES | NORDIC HOME AB | NINGBO STEEL CO LTD | China | 5000 | 2.1
        2026-01-09 | '69111019 | CERAMIC PLATES | COSTA VERDE SA | FOSHAN CERAMICS CO LTD | China | 12000 | 0.8
        """
    )
    assert sheet.kind == "buyers"
    assert fields(sheet)[3:6] == ["company", "", ""]


@pytest.mark.parametrize(
    "above",
    ["Material | | Labour | ", "ค่าวัสดุ | | ค่าแรงงาน | ", "材料费 | | 人工费 | ", "2025 | | 2026 | "],
)
def test_parts_of_a_price_and_years_are_no_vendors(above: str) -> None:
    sheet = one(
        f"""
         | | | {above}
        Item | Qty | Unit | Unit price | Amount | Unit price | Amount
        Digging | 3 | day | 3500 | 10500 | 100 | 300
        Concrete | 2 | m3 | 1500 | 3000 | 200 | 400
        """,
        merges="D1:E1 F1:G1",
    )
    assert sheet.region.shape == "table"


def test_measures_that_repeat_are_no_offers() -> None:
    sheet = one(
        """
         | | | Door | | Front |
        Collection | Colour | Price | Min. width (mm) | Max. width (mm) | Min. width (mm) | Max. width (mm)
        Luna | Drift wood | 2436 | 100 | 1000 | 200 | 900
        Luna | White | 2436 | 100 | 1000 | 200 | 900
        """,
        merges="D1:E1 F1:G1",
    )
    assert sheet.region.shape == "table"


def test_firms_above_headings_that_repeat_offer_under_whatever_word() -> None:
    sheet = one(
        """
         | | | Alpha Tools Ltd | | Beta Forge Ltd |
        Item | Qty | Unit | Net | Gross | Net | Gross
        Hammer | 10 | pcs | 5.5 | 6.2 | 5.2 | 5.9
        Saw | 20 | pcs | 3 | 3.4 | 3.1 | 3.5
        """,
        merges="D1:E1 F1:G1",
    )
    assert sheet.region.shape == "crosstab"


def test_offer_is_valid_for_days_as_well_as_until_a_day() -> None:
    sheet = one(
        """
        Quotation comparison
        Item | Spec | Qty | Vendor A Ltd | | Vendor B Co., Ltd |
         | | | Unit price | Amount | Unit price | Amount
        Valve | DN50 | 10 | USD 12.5 | 125 | USD 11.9 | 119
        Pump | 2 kW | 2 | USD 300 | 600 | USD 310 | 620
        Validity | | | 30 days | | 45 days |
        """,
        merges="D2:E2 F2:G2",
    )
    valid = [record.values.get("valid_until") for record in sheet.records()]
    assert valid == [Days(30, 30, "30 days"), Days(45, 45, "45 days")] * 2


def test_labels_of_an_empty_form_are_no_headings() -> None:
    sheet = one(
        """
        报价单
        电话: | | | 电话: |
        联系人: | | | 联系人: |
        序号 | 商品名称 | 规格 | 单位 | 单价
        1 | 苹果 | 一级 | | 5.5
        2 | 香蕉 | 二级 | | 4
        """
    )
    assert sheet.header_rows == (4,)
    assert fields(sheet) == ["serial", "product", "specification", "unit", "price"]


def test_quotation_that_tells_how_the_invoice_comes_is_taken() -> None:
    sheet = one(
        """
        御見積書
        請求書別途発行
        品名 | 数量 | 単価 | 金額
        照明 | 10 | 12000 | 120000
        電源 | 5 | 8000 | 40000
        """
    )
    assert sheet.is_taken


def test_extensions_of_a_phone_are_no_date() -> None:
    assert read_date("61178508/09/10") is None
    assert read_date("2026/09/10") == date(2026, 9, 10)


@pytest.mark.no_cover
def test_cell_of_thousands_of_digits_takes_time_in_proportion() -> None:
    def looked_at(length: int) -> None:
        evidence_of(["1" * length, "1 " * length, "1," * length] * 10)

    assert growth(looked_at, 1_000) < IN_PROPORTION


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Kategorien", "category"),
        ("UGS", "item_no"),
        ("Imagens", "picture"),
        ("促销价", "sell_price"),
        ("SKU规格", "specification"),
        ("공급가액", "amount"),
        ("Nº do item", "item_no"),
        ("Descrição do item", "product"),
        ("New SKU", "item_no"),
    ],
)
def test_headings_of_shops_in_their_languages(heading: str, field: str) -> None:
    assert meanings(heading)[0].field == field


def test_without_headings_the_numbers_with_cents_are_the_prices() -> None:
    sheet = one(
        """
        Rubber, white | 43278901 | 0.99 | 900
        Pen, black | 45679807 | 2.99 | 50
        Rucksack with wheels | 22345321 | 199.9 | 20
        """,
        name="catalogue",
    )
    assert fields(sheet) == ["product", "item_no", "price", ""]


def test_names_of_parts_begin_with_their_numbers() -> None:
    sheet = one(
        """
        № п/п | Номенклатурный номер | Наименование | ЕИ | Цена руб.
        1 | '041000001502016002 | 41.15.02.016 ПЛАТИК | шт. | 2260
        2 | '041000001502017002 | 41.15.02.017 ВТУЛКА | шт. | 1690
        3 | '041000001502018002 | 41.15.02.018 РУЧКА | шт. | 1470
        """
    )
    assert fields(sheet)[2] == "product"


def test_country_above_goods_is_their_origin() -> None:
    sheet = one(
        """
        Код товара | Бренд | Номенклатура | Страна | Цена
        10-1 | Rosava | Шина летняя 175/70 | Ukraine | 1200
        10-2 | Lassa | Шина зимняя 185/65 | Turkey | 1500
        """
    )
    assert fields(sheet)[3] == "origin"


def test_categories_beside_names_are_no_names_and_costs_of_packing_no_packing() -> None:
    sheet = one(
        """
        Product categories | Product name | Packing cost | Price
        Fruit | Coconut, fresh | 0.5 | 5
        Fabric | Thai silk | 0.7 | 18
        """
    )
    assert fields(sheet) == ["category", "product", "", "price"]


def test_measurements_without_headings_are_no_prices() -> None:
    row = " | ".join(f"{n}.5" for n in range(1, 9))
    sheet = one(
        f"""
        Blower, backward curved | {row}
        Blower, forward curved | {row}
        Blower, radial blades | {row}
        """.replace("curved | 1.5", "curved | DIDW").replace("blades | 1.5", "blades | SISW")
    )
    assert sheet.kind is None


def test_margin_of_many_decimals_is_a_rate_and_the_tax_itself_is_none() -> None:
    sheet = one(
        """
        Item No. | Product | Price | Markup | VAT
        A-1 | Hammer | 5.5 | 0.29659633428586 | 1284.5
        A-2 | Saw | 3 | 0.33686316450609 | 128.5
        """
    )
    assert fields(sheet)[3:] == ["markup", ""]


def test_lead_time_after_a_share_is_paid_is_a_lead_time() -> None:
    for heading in ("Lead time after 30% deposit (days)", "Delivery time (30 % T/T)"):
        assert meanings(heading)[0].field == "lead_time"


def test_fee_named_more_closely_is_that_fee() -> None:
    assert meanings("新模具费用")[0].field == "mould_fee"
    assert meanings("包装费") == ()


def test_value_of_goods_with_a_reference_is_money() -> None:
    sheet = one(
        """
        Reference | Description | Qty | Value | Comment
        A-1 | Hammer | 10 | 55 | red handle
        A-2 | Saw | 20 | 60 | with blade
        """
    )
    assert fields(sheet)[3] == "amount"


@pytest.mark.parametrize(
    "text",
    [
        """
        Item No. | Product | Units per shipper | Importer price USD
        A-1 | Hammer | 12 | 5.5
        A-2 | Saw | 24 | 3
        """,
        """
        Поставщик | Товар | Цена | Грузоотправитель | Грузополучатель
        ООО Альфа | Молоток | 5.5 | ООО Альфа | ООО Гамма
        ООО Бета | Пила | 3 | ООО Бета | ООО Гамма
        """,
        """
        Артикул | Наименование | Экспортная цена USD | Импортная пошлина %
        A-1 | Молоток | 5.5 | 5
        A-2 | Пила | 3 | 5
        """,
    ],
)
def test_cartons_of_a_shipper_and_prices_of_importers_are_no_shipments(text: str) -> None:
    assert one(text).kind == "products"


def test_shipments_without_an_address_are_a_list_of_buyers() -> None:
    sheet = one(
        """
        Consignee | Shipper | Notify party | Product | Qty | Port
        Nordic Home AB | Ningbo Steel Co Ltd | Nordic Home AB | Bottles | 500 | Gothenburg
        Costa Verde SA | Foshan Ceramics Ltd | Costa Verde SA | Plates | 600 | Vigo
        """
    )
    assert (sheet.kind, fields(sheet)[0]) == ("buyers", "company")


def test_directory_that_ticks_off_exporters_and_importers_is_one_of_suppliers() -> None:
    sheet = one(
        """
        Company | Country | Manufacturer | Exporter | Importer | Email
        Alpha Tools Co. Ltd | China | X | X | | li@alpha.example.com
        Beta Forge Co. Ltd | China | X | X | X | wang@beta.example.com
        """
    )
    assert sheet.kind == "suppliers"


@pytest.mark.parametrize(
    ("title", "is_taken"),
    [
        ("COMMERCIAL INVOICE\n        Our quotation QT-26-01", False),
        ("Invoice address: Beta AB | | QUOTATION", True),
    ],
)
def test_paper_is_what_it_calls_itself_first(title: str, is_taken: bool) -> None:
    sheet = one(
        f"""
        {title}
        Item | Description | Qty | Unit Price | Amount
        A-1 | Hammer | 10 | 5.5 | 55
        A-2 | Saw | 20 | 3 | 60
        """
    )
    assert sheet.is_taken is is_taken


def test_offer_is_valid_for_no_days_that_are_not_told() -> None:
    assert read_days("while 500 pcs last", needs_unit=True) is None
    assert read_days("while in stock", needs_unit=True) is None
    assert read_days("30 days", needs_unit=True) == Days(30, 30, "30 days")


@pytest.mark.no_cover
def test_shape_of_a_cell_of_thousands_of_letters_is_told_in_proportion() -> None:
    assert text_shape("abc" * 10_000) == PROSE
    assert growth(lambda length: text_shape("abc" * length), 10_000) < IN_PROPORTION
