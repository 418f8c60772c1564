"""Owns the tests of columns that seem to be what they are not, and of what a table leaves unsaid.

Must not use files from outside.
"""

from __future__ import annotations

import pytest
from sheet_drafts import drawn, workbook

from app.sheets.understanding import UnderstoodSheet, understand


def one(text: str) -> UnderstoodSheet:
    return understand(workbook(drawn(text)))[0]


def fields(sheet: UnderstoodSheet) -> list[str]:
    return ["+".join(column.fields) for column in sheet.columns]


def test_a_column_of_the_makers_codes_makes_no_companies() -> None:
    sheet = one(
        """
        manufacturer_code | Product Name | Price (USD)
        AB-1001 | Steel bottle 500ml | 3.20
        AB-1002 | Steel bottle 750ml | 3.85
        CD-2001 | Lunch box | 2.10
        """
    )
    assert fields(sheet) == ["supplier_item_no", "product", "price"]
    dutch = one(
        """
        Leverancier_SKU | Artikelnaam | Prijs excl btw
        XK-001 | Drinkfles 500 ml | 3,20
        XK-002 | Drinkfles 750 ml | 3,85
        XK-003 | Broodtrommel | 2,10
        """
    )
    assert fields(dutch) == ["supplier_item_no", "product", "price"]


@pytest.mark.parametrize(
    ("heading", "first", "is_told"),
    [
        ("Price", "3.20", True),
        ("Price (USD)", "3.20", False),
        ("Price", "EUR 3.20", False),
        ("含税单价", "3.20", False),
    ],
)
def test_prices_whose_currency_nothing_names_are_told_to_be_taken_as_yuan(
    heading: str, first: str, is_told: bool
) -> None:
    sheet = one(
        f"""
        Item No | Product Name | {heading}
        AB-1001 | Steel bottle | {first}
        AB-1002 | Lunch box | 2.10
        """
    )
    assert ("mapping.no_currency" in [note.key for note in sheet.notes]) is is_told


def test_headings_that_end_with_colons_are_headings() -> None:
    sheet = one(
        """
        NCC | ĐỊA CHỈ NCC | MST NCC | Tên TK thụ hưởng: | Số TK thụ hưởng: | Ngân hàng:
        Bao bì Châu Duy | 26 Ngô Sĩ Liên, Đà Nẵng | 0302299160 | Châu Duy | 111624019999 | Vietinbank
        Hóa chất Mạnh Đan | 70 Đinh Bộ Lĩnh, Sài Gòn | 0317962278 | Mạnh Đan | 110637556789 | BIDV
        """
    )
    assert (sheet.kind, fields(sheet)[:3]) == ("suppliers", ["company", "address", "uscc"])


def test_who_sells_is_no_buyer_in_other_languages_either() -> None:
    sheet = one(
        """
        ncc | ma_hang | ten_hang | so_luong | don_gia
        Nam Ha | TH1 | Thung carton | 100 | 2000
        Dong Tay | TH9 | Nap | 50 | 700
        """
    )
    assert (sheet.kind, fields(sheet)) == (
        "products",
        ["company", "item_no", "product", "quantity", "price"],
    )


def test_a_column_of_denials_is_no_unit() -> None:
    sheet = one(
        """
        SKU | Product Name | Retail | Online Visible
        A-100 | Car charger | 39.00 | No
        A-101 | Desk charger | 49.00 | No
        """
    )
    assert fields(sheet) == ["item_no", "product", "list_price", ""]


def test_an_english_name_is_a_name_where_the_chinese_ones_are_not_filled_in() -> None:
    sheet = one(
        """
        product_id | product_name_cn | product_name_en | gw_per_carton_kg | tine_count | selling_points
        GR-1 | | Garden rake | 12.5 | 14 | Long handle, light and sturdy
        GR-2 | | Leaf rake | 9.0 | 22 | Made of bamboo, folds
        """
    )
    assert fields(sheet) == [
        "item_no",
        "product",
        "product_en",
        "gross_weight",
        "",
        "description",
    ]


def test_a_record_in_the_middle_of_a_list_is_no_heading_of_another() -> None:
    records = "\n".join(f"SUP{n:04} | Alpha Trade {n} | 205/{n}" for n in range(40, 60))
    sheet = one(
        f"""
code | designation | import code
{records}
SUP0095 | BMA for design & industry | -
SUP0096 | Boston Group & Exporter | -
SUP0097 | Beta Trade | 477/237
"""
    )
    assert sheet.row_count == 23


def test_a_buyer_beside_a_factory_is_no_person_without_ways_to_reach_them() -> None:
    table = """
        Customer | Factory | Result Code | {third}
        Nordic Home | Ningbo Steel Co., Ltd. | W | {first}
        Costa Verde | Foshan Ceramics Co., Ltd. | L | {second}
        """
    counted = one(table.format(third="Win Rate", first="0.5", second="0.25"))
    assert fields(counted) == ["", "company", "", ""]


def test_what_a_column_tells_of_the_seller_is_not_of_the_buyer() -> None:
    sheet = one(
        """
        Date | HS Code | Product Description | Importer | Exporter | Exporter Country | Quantity | Port of Discharge
        2026-01-05 | 73239300 | STEEL BOTTLES | NORDIC HOME AB | NINGBO STEEL CO LTD | China | 5000 | Gothenburg
        2026-01-09 | 69111019 | CERAMIC PLATES | COSTA VERDE SA | FOSHAN CERAMICS LTD | China | 12000 | Leixoes
        """
    )
    # What passed the customs was bought already: its importers are buyers, nobody asks there.
    assert sheet.kind == "buyers"
    assert fields(sheet)[3:6] == ["company", "", ""]


def test_the_answers_to_a_form_are_an_inquiry() -> None:
    sheet = one(
        """
        Created | Full Name | Your company name | Your email | What product are you interested in? | How many pieces do you need?
        2026-03-01 | Ann Lee | Ardent Foods | ann@ardent.example.com | Insulated bottles | 1000
        2026-03-02 | Bob Roe | Brisk Snacks | bob@brisk.example.com | Lunch boxes | 500
        """
    )
    assert sheet.kind == "inquiries"
    assert fields(sheet) == ["inquired_on", "contact", "buyer", "email", "product", "quantity"]
    chinese = one(
        """
        提交时间 | 您的姓名 | 贵公司名称 | 请输入您的手机 | 您感兴趣的产品 | 数量
        2026-03-01 | 王小明 | 宁波远洋贸易有限公司 | 13800000001 | 保温杯 | 1000
        2026-03-02 | 李红 | 杭州西溪商贸有限公司 | 13800000002 | 饭盒 | 500
        """
    )
    assert fields(chinese)[1:] == ["contact", "buyer", "mobile", "product", "quantity"]


def test_a_bare_name_beside_codes_is_the_suppliers() -> None:
    sheet = one(
        """
        编码 | 名称 | 简称 | 联系人 | 移动电话 | 通讯地址 | 默认付款方式
        VEN00001 | 宁波宏达五金有限公司 | 宏达 | 王小姐 | 13800000001 | 宁波市江北区 | 月结30天
        VEN00002 | 温州永嘉阀门厂 | 永嘉 | 李先生 | 13900000002 | 温州市永嘉县 | 现结
        """
    )
    assert sheet.kind == "suppliers"
    assert fields(sheet) == [
        "company_code",
        "company",
        "company_short",
        "contact",
        "mobile",
        "address",
        "payment",
    ]


def test_the_subject_of_an_inquiry_is_no_product_beside_one() -> None:
    sheet = one(
        """
        Inquiry ID | Received | Buyer Name | Subject | Product | Message
        110023 | 2026-03-01 | John Smith | Inquiry about bottles | Bottle 500ml | Need 2000 pcs FOB
        110024 | 2026-03-02 | Maria Lopez | Lunch boxes | Lunch box 3 layers | Please quote 5000
        """
    )
    assert fields(sheet)[3:5] == ["description", "product"]


def test_a_bare_un_is_the_unit_in_portuguese_and_a_number_of_the_united_nations_no_field() -> None:
    sheet = one(
        """
        Código | Descrição | UN | Vlr. Unit. | Estoque
        A-1 | Furadeira 13mm | PC | 850,50 | 25
        A-2 | Caixa de parafusos | CX | 12,00 | 30
        """
    )
    assert fields(sheet) == ["item_no", "product", "unit", "price", "stock"]
    chemicals = one(
        """
        Item No | Product Name | CAS | UN No | Price (USD)
        A-1 | Acetone | 67-64-1 | 1090 | 1.20
        A-2 | Toluene | 108-88-3 | 1294 | 1.10
        """
    )
    assert fields(chemicals) == ["item_no", "product", "", "", "price"]


def test_prices_of_a_japanese_list_are_yen() -> None:
    sheet = one(
        """
        品番 | 商品名 | 単価 | 入数
        AB-1 | 水筒 500ml | 1200 | 24
        AB-2 | 弁当箱 | 800 | 48
        """
    )
    assert [price.currency for record in sheet.records() for price in record.values["price"]] == [
        "JPY",
        "JPY",
    ]
