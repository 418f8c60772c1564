"""Owns the tests of orders, offers and lists that offices and shops keep: names with numbers, lines told once.

Must not use files from outside.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from sheet_drafts import drawn, workbook

from app.desk import Desk
from app.sheets.cells.codes import name_and_number, read_hs_code
from app.sheets.cells.measures import read_days, read_dimensions
from app.sheets.cells.prices import currency_of, read_price
from app.sheets.cells.reading import NO_HINTS, Hints
from app.sheets.mapping.readers import field_reader
from app.sheets.service import ImportOptions
from app.sheets.understanding import UnderstoodSheet, understand


def one(text: str) -> UnderstoodSheet:
    return understand(workbook(drawn(text)))[0]


def fields(sheet: UnderstoodSheet) -> list[str]:
    return ["+".join(column.fields) for column in sheet.columns]


def test_a_name_and_its_number_share_a_cell() -> None:
    sheet = one(
        r"""
        产品名称/型号 | 产品描述 | 出厂价（元）
        手持风扇\nHF-01 | 2000mAh，三档风速 | 15.8
        桌面风扇\nDF-02 | 4000mAh，可折叠 | 28
        """
    )
    assert fields(sheet)[0] == "product+item_no"
    values = [record.values for record in sheet.records()]
    assert [(v["product"], v["item_no"]) for v in values] == [
        ("手持风扇", "HF-01"),
        ("桌面风扇", "DF-02"),
    ]


@pytest.mark.parametrize(
    ("text", "parted"),
    [
        ("Desk fan (DF-02)", ("Desk fan", "DF-02")),
        ("台扇/DF-03", ("台扇", "DF-03")),
        ("保温杯\n500ml", None),
        ("Kettle 1.7L", None),
        ("LED bulb 12W", None),
    ],
)
def test_what_an_article_is_called_by_is_no_amount(
    text: str, parted: tuple[str, str] | None
) -> None:
    assert name_and_number(text) == parted


def test_marks_of_each_quarter_head_a_list_of_suppliers() -> None:
    sheet = one(
        """
        Supplier | 2025 Q1 | 2025 Q2 | 2025 Q3 | Avg | Category
        Ningbo Sunlit Lighting Co., Ltd. | 85 | 88 | 90 | 88 | Lighting
        Foshan Yida Ceramics Co., Ltd. | 78 | 80 | 76 | 78 | Ceramics
        Yongkang Best Tools Factory | 65 | 70 | 72 | 69 | Tools
        """
    )
    assert (sheet.kind, fields(sheet)[0]) == ("suppliers", "company")
    assert sheet.columns[1].heading == "2025 Q1"


def test_what_the_customs_call_goods_is_no_code_of_who_bought_them() -> None:
    sheet = one(
        """
        日期 | 进口商 | 出口商 | HS编码 | 产品描述 | 数量 | 目的国
        2026-01-12 | GARCIA IMPORTACIONES S.A. | YIWU HAOYUN TRADING CO LTD | '691200 | CERAMIC MUG | 12000 | Argentina
        2026-02-03 | NILE HOME TRADING | YIWU HAOYUN TRADING CO LTD | '691200 | CERAMIC PLATE | 20000 | Egypt
        """
    )
    assert sheet.kind == "buyers"
    assert "company_code" not in fields(sheet)


def test_sums_are_in_the_money_of_their_prices() -> None:
    sheet = one(
        """
        REQUEST FOR QUOTATION
        S.No | Item description | UOM | Qty | Unit rate (USD) | Total
        1 | Bath towel 70x140 cm | PCS | 2500 | |
        2 | Hand towel 50x100cm | PCS | 2500 | |
        3 | Bed sheet king | PCS | 800 | |
        """
    )
    assert not sheet.notes


def test_lines_of_an_order_told_once_are_one_inquiry(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "sale.order.csv"
    path.write_text(
        "Order Reference,Customer,Order Lines/Product,Order Lines/Quantity,Currency\n"
        "S00012,Nile Home,[HY-101] Ceramic mug 11oz,3600,USD\n"
        ",,[HY-205] Bamboo tray,1000,\n"
        "S00013,Casa Bella,[XX-01] Storage box,500,USD\n",
        encoding="utf-8",
    )
    result = desk.sheets.commit(desk.sheets.preview(path, ImportOptions()))
    assert (result.created["inquiry"], result.created["line"]) == (2, 3)


def test_what_is_required_of_goods_asks_for_them() -> None:
    sheet = one(
        """
        Pos | Article | Qty | Unit | Requirements
        1 | Convection oven | 4 | pcs | GN 1/1, 10 trays
        2 | Dish washer | 2 | pcs | hood type
        """
    )
    assert sheet.kind == "inquiries"


def test_initials_are_no_country_and_a_total_fob_no_article() -> None:
    accounts = one(
        """
        Account | Bill-to Address | Rep | Last Order | Phone
        Dollar Den Inc. | 123 King St W, Toronto | TJ | 2026-02-11 | (416) 555-0123
        Bargain Barn LLC | 77 Main St, Dallas | MK | 2025-12-01 | 214.555.0199
        """
    )
    assert fields(accounts)[2] == ""
    offer = one(
        """
        Item | Description | Qty | Unit price (USD) | Total (USD)
        1 | Flow wrap machine | 1 set | 12,800 | 12,800
        2 | Date printer | 1 set | 650 | 650
        | TOTAL FOB NINGBO | | | 13,450
        """
    )
    assert len(list(offer.records())) == 2


def test_lines_below_the_name_of_a_numbered_article_describe_it(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "offer.csv"
    path.write_text(
        'Item No.,Product,Price USD\nHX-350,"Flow wrap machine\nPower: 220V\nSpeed: 40-230",12800\n'
        "HX-400,Date printer,650\n",
        encoding="utf-8",
    )
    desk.sheets.commit(desk.sheets.preview(path, ImportOptions()))
    products = (desk.directory_views.product(id_).values for id_ in desk.lists.ids("product"))
    assert {(each["name_en"], each["description"]) for each in products} == {
        ("Flow wrap machine", "Power: 220V\nSpeed: 40-230"),
        ("Date printer", None),
    }


def test_a_spanish_house_is_named_in_its_title() -> None:
    sheet = one(
        """
        LISTA DE PRECIOS 2026 - FERRETERIA LOPEZ S.L. - IVA no incluido
        Ref. | Descripción | Ud. Caja | PVP | Neto
        FL-001 | Taladro percutor 750W | 4 | 89,90 | 58,44
        FL-002 | Amoladora 115mm | 6 | 49,90 | 32,44
        """
    )
    assert sheet.facts["company_en"] == "FERRETERIA LOPEZ S.L."
    assert fields(sheet)[2] == "pcs_per_carton"


@pytest.mark.parametrize(
    ("text", "steps"),
    [
        ("100个以上3.5元，500个以上3.0元", [("3.5", 100), ("3.0", 500)]),
        ("2.2元/个(500起)", [("2.2", 500)]),
        ("500件及以上3.0元", [("3.0", 500)]),
        ("$12.4/pc (MOQ 500)", [("12.4", 500)]),
        ("100+ $3.2, 500+ $2.9", [("3.2", 100), ("2.9", 500)]),
        ("12.5 (含税)", [("12.5", None)]),
    ],
)
def test_from_how_many_on_a_price_holds_is_no_price(
    text: str, steps: list[tuple[str, int | None]]
) -> None:
    prices, _ = read_price(text, NO_HINTS, field="price")
    assert [(str(price.amount), price.at_least) for price in prices] == steps


def test_months_are_no_barcodes_and_cloth_weighs_by_the_metre() -> None:
    months = one(
        """
        Item | Unit | Jan-26 | Feb-26 | Mar-26
        Steel coil HRC | MT | 520 | 525 | 532
        Aluminium ingot | MT | 2350 | 2380 | 2410
        """
    )
    assert "barcode" not in fields(months)
    cloth = one(
        """
        Article | Name | Weight | Price/mtr
        CF-201 | Cotton twill | 240gsm | $2.35
        CF-305 | TC poplin | 110gsm | $1.15
        """
    )
    assert fields(cloth)[2] == ""


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("含税13.5/不含税12", [("13.5", True, None), ("12", False, None)]),
        ("13.5(含税) 12(不含税)", [("13.5", True, None), ("12", False, None)]),
        ("EXW 3.5 / FOB 4.2", [("3.5", None, "EXW"), ("4.2", None, "FOB")]),
        ("原价20现价15", [("15", None, None)]),
        ("1.20 (was 1.35)", [("1.20", None, None)]),
    ],
)
def test_prices_of_a_cell_differ_by_tax_or_term_and_former_ones_are_none(
    text: str, told: list[tuple[str, bool | None, str | None]]
) -> None:
    prices, _ = read_price(text, NO_HINTS, field="price")
    assert [(str(p.amount), p.includes_vat, p.incoterm) for p in prices] == told


@pytest.mark.parametrize(
    ("text", "currency"),
    [
        ("2 for $5", "USD"),
        ("5 pcs $3.2", "USD"),
        ("R$ 5,20", "BRL"),
        ("S$3", "SGD"),
        ("A$4", "AUD"),
    ],
)
def test_a_letter_before_a_dollar_is_not_always_the_dollar_s(text: str, currency: str) -> None:
    assert currency_of(text) == currency


@pytest.mark.parametrize(
    ("text", "sides"),
    [
        ("1.2m*0.8m*0.5m", (120, 80, 50)),
        ("L50 W40 H30", (50, 40, 30)),
        ("长50宽40高30", (50, 40, 30)),
        ("50-40-30", (50, 40, 30)),
        ("50x40x30 (0.06m³)", (50, 40, 30)),
    ],
)
def test_sides_are_in_the_unit_behind_each_of_them(text: str, sides: tuple[int, ...]) -> None:
    found = read_dimensions(text, NO_HINTS)
    assert found is not None
    assert (found.length_cm, found.width_cm, found.height_cm) == sides


@pytest.mark.parametrize(
    ("text", "told"),
    [("24/144", (144, 24)), ("1/24", (24, 1)), ("12*6", (72, None)), ("24pcs", (24, None))],
)
def test_inner_boxes_and_cartons_share_a_cell(text: str, told: tuple[int, int | None]) -> None:
    values = dict(field_reader("pcs_per_carton", ("装箱数",), NO_HINTS)(text).values)
    inner = values.get("inner_pack")
    assert (values["pcs_per_carton"].amount, inner and inner.amount) == told


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("一周", (7, 7)),
        ("两个月", (60, 60)),
        ("半个月", (15, 15)),
        ("30/45", (30, 45)),
        ("即时发货", (0, 0)),
    ],
)
def test_lead_times_are_told_in_words(text: str, days: tuple[int, int]) -> None:
    found = read_days(text)
    assert found is not None
    assert (found.at_least, found.at_most) == days


def test_a_fax_beside_a_phone_is_one_and_a_code_may_say_whose_it_is() -> None:
    values = dict(
        field_reader("phone", ("电话",), Hints())("电话：010-65881234 传真：010-65881235").values
    )
    assert [phone.typed for phone in values["phone"]] == ["010-65881234"]
    assert [phone.typed for phone in values["fax"]] == ["010-65881235"]
    assert read_hs_code("HS: 9405.42.90", field="hs_code") == ("94054290", ())


def test_sizes_below_one_heading_are_pieces_of_each_and_no_length() -> None:
    drawing = drawn(
        """
        款号 | 面料 | 尺码/数量 | | | | 合计 | 工厂价
        | | S | M | L | XL | |
        LD-2201 | 100%棉 | 100 | 200 | 200 | 100 | 600 | 32
        LD-2202 | 涤棉 | 50 | 100 | 100 | 50 | 300 | 28
        """,
        merges="A1:A2 B1:B2 C1:F1 G1:G2 H1:H2",
    )
    sheet = understand(workbook(drawing))[0]
    assert sheet.kind == "products"
    assert fields(sheet)[2:] == ["", "", "", "", "quantity", "price"]


@pytest.mark.parametrize(
    ("heading", "text", "cubic_metres"),
    [
        ("Cube (cuft)", "3.06", "0.086650"),
        ("CBM", "0.045", "0.045"),
        ("Volume", "2.1 CFT", "0.059465"),
    ],
)
def test_cubic_feet_are_no_cubic_metres(heading: str, text: str, cubic_metres: str) -> None:
    values = dict(field_reader("cbm", (heading,), NO_HINTS)(text).values)
    assert str(values["cbm"]) == cubic_metres


def test_goods_seen_at_a_booth_tell_the_booth_of_their_supplier(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "fair.csv"
    path.write_text(
        "Booth,Supplier,Items seen,Price,MOQ\n"
        "12.1G03,Linhai Haopeng Gifts,LED string 10m,$2.30,500\n"
        "12.1H22,Yiwu Mingyang,Tree 180cm,$6.20,300\n",
        encoding="utf-8",
    )
    desk.sheets.commit(desk.sheets.preview(path, ImportOptions()))
    companies = [desk.directory_views.company(id_) for id_ in desk.lists.ids("supplier")]
    assert {booth.values["booth"] for each in companies for booth in each.booths} == {
        "12.1G03",
        "12.1H22",
    }


def test_sales_of_years_head_a_list_of_customers() -> None:
    sheet = one(
        """
        Customer | Country | 2024 USD | 2025 USD | Payment term
        Nile Home | Egypt | 120000 | 156000 | 30/70
        Casa Bella | Brazil | 45000 | 38000 | LC
        """
    )
    assert (sheet.kind, fields(sheet)) == ("buyers", ["company", "country", "", "", "payment"])


def test_how_many_there_are_in_each_unit_is_no_unit() -> None:
    sheet = one(
        """
        Pos | Part no. | Description | Qty/unit | Spare price EUR
        1 | P200-001 | Casing | 1 | 320
        2 | P200-002 | Impeller | 1 | 145
        3 | P200-010 | Seal | 2 | 89.5
        """
    )
    assert fields(sheet)[3] == "quantity"


def test_a_code_of_the_treasury_is_no_number_of_the_article() -> None:
    sheet = one(
        """
        PRODUCTO | MODELO | PRECIO MAYOREO | CÓDIGO SAT
        Audífonos | BT-20 | $185.00 | '52161514
        Cargador | CG-20 | $95.00 | '26111704
        """
    )
    assert fields(sheet) == ["product", "item_no", "price", ""]
