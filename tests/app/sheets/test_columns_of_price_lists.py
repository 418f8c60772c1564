"""Owns the tests of columns of price lists that two things may be meant by: names, volumes, days.

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


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("Name", "Chinese name"), ("English name", "Chinese name"), ("Name", "中文名"), ("Product name", "中文品名"),
        ("英文名", "中文名"), ("Product name", "品名"), ("Name", "中文"), ("Description", "Chinese description"),
    ],
)  # fmt: skip
def test_chinese_of_two_names_is_the_name_and_the_other_the_english_one(
    english: str, chinese: str
) -> None:
    sheet = one(
        f"""
        Item no | {english} | {chinese} | Price
        A-1 | Table lamp | 台灯 | 1.2
        A-2 | Shade | 灯罩 | 2.2
        A-3 | Bulb | 灯泡 | 0.2
        """
    )
    assert fields(sheet) == ["item_no", "product_en", "product", "price"]


def test_code_beside_a_chinese_name_is_no_english_name() -> None:
    sheet = one(
        """
        项目名称 | 构件名称 | 数量 | 单价
        钢梁 | DCL1B | 1 | 20.5
        钢柱 | DCL2A | 2 | 30.5
        支撑 | DCL3A | 2 | 30.5
        """
    )
    assert "product_en" not in fields(sheet)


def test_companies_have_a_chinese_and_an_english_name() -> None:
    sheet = one(
        """
        公司名称 | Company name | 联系人 | 电话
        宁波亮灯有限公司 | Ningbo Bright Lamp Co., Ltd | 李明 | 13812345678
        宁波暗灯有限公司 | Ningbo Dark Lamp Co., Ltd | 王芳 | 13812345679
        """
    )
    assert fields(sheet)[:2] == ["company", "company_en"]


def test_customers_stay_buyers_beside_their_chinese_names() -> None:
    sheet = one(
        """
        Customer | Chinese name | Contact | Phone
        Bright Lamp Co., Ltd | 宁波亮灯有限公司 | Li Ming | 13812345678
        Dark Lamp Co., Ltd | 宁波暗灯有限公司 | Wang Fang | 13812345679
        """
    )
    assert sheet.kind == "buyers"
    assert fields(sheet)[:2] == ["company_en", "company"]


@pytest.mark.parametrize(
    ("values", "field"),
    [
        (("100 шт", "250 шт", "300 шт"), "quantity"),
        (("0.034", "0.12", "0.5"), "cbm"),
        (("5 л", "1 л", "0,5 л"), "size"),
        (("100", "250", "300"), ""),
    ],
)
def test_values_say_what_a_volume_is(values: tuple[str, ...], field: str) -> None:
    first, second, third = values
    sheet = one(
        f"""
        Артикул | Наименование | Цена | Объем
        A-1 | Лампа | 1.2 | {first}
        A-2 | Абажур | 2.2 | {second}
        A-3 | Люстра | 2.2 | {third}
        """
    )
    assert fields(sheet)[3] == field


def test_volume_counts_where_a_unit_stands_beside_it_or_in_its_heading() -> None:
    beside = one(
        """
        Наименование | Объем | Ед. изм. | Цена
        Лампа | 100 | шт | 1.2
        Абажур | 250 | шт | 1.3
        """
    )
    inside = one(
        """
        Наименование | Объем, шт | Цена
        Лампа | 100 | 1.2
        Абажур | 250 | 1.3
        """
    )
    assert fields(beside)[1] == fields(inside)[1] == "quantity"


@pytest.mark.parametrize(
    "heading", ["Updated", "Last update", "更新日期", "更新日", "Обновлено", "Aktualisiert am"]
)
def test_day_of_an_update_is_the_day_of_the_price(heading: str) -> None:
    sheet = one(
        f"""
        Item no | Product name | Price | {heading}
        A-1 | Lamp | 1.2 | 2026-09-01
        A-2 | Shade | 2.2 | 2026-09-02
        """
    )
    assert fields(sheet)[3] == "priced_on"


@pytest.mark.parametrize(
    "rows",
    [
        ("A-1 | Table lamp | 1.2", "A-2 | Shade white | 2.2", "A-3 | Bulb E27 | 0.2"),
        ("Aaa | Bbb | Ccc", "Floor lamp | TD-200 | 55.8", "Pendant | TD-300 | 99", "Wall lamp | TD-301 | 33"),
        ("台灯黑色 | TD-100 | ¥12.5", "落地灯 | TD-200 | ¥55", "吊灯 | TD-300 | ¥99"),
    ],
)  # fmt: skip
def test_words_codes_and_prices_side_by_side_are_goods(rows: tuple[str, ...]) -> None:
    sheet = one("\n".join(rows))
    assert sheet.kind == "products"
    assert set(fields(sheet)) == {"item_no", "product", "price"}


@pytest.mark.parametrize(
    "rows",
    [
        ("E-101 | Anna Weber | 1200.5", "E-102 | Bob Miller | 1300.5", "E-103 | Tom Smith | 1400.25"),
        ("INV-1 | Acme Ltd. | 1200.5", "INV-2 | Weber GmbH | 1300.5", "INV-3 | Miller Inc. | 1400.25"),
        ("Account | Text | Balance", "K-100 | Cash | 1200.5", "K-200 | Bank | 1300.5", "K-300 | Stock of goods | 140.25"),
    ],
)  # fmt: skip
def test_payrolls_invoices_and_accounts_are_no_goods(rows: tuple[str, ...]) -> None:
    assert one("\n".join(rows)).kind != "products"


def test_brand_said_again_and_again_does_not_name_the_goods() -> None:
    sheet = one(
        """
        Bosch | GSR-120 | Cordless drill 12V | 45.5
        Bosch | GSR-180 | Cordless drill 18V | 85.5
        Makita | DF-333 | Cordless drill 14V | 55.9
        Makita | DF-457 | Cordless screwdriver | 95
        """
    )
    assert fields(sheet) == ["", "item_no", "product", "price"]
