"""Owns the tests of what is no record though it looks like one: further pictures, sheets of help.

Must not use files from outside.
"""

from __future__ import annotations

import pytest
from sheet_drafts import drawn, workbook

from app.sheets.understanding import UnderstoodSheet, understand

_SHOP = """
    Handle | Title | Vendor | Product Category | Type | Variant SKU | Variant Price | Image Src | Image Position | Image Alt Text
    tote | Canvas tote | Unshattered | | Tote | T-1 | 12.5 | https://x.example/1.jpg | 1 | front
    tote | | | | | | | https://x.example/2.jpg | 2 | back
    tote | | | | | T-2 | 13.5 | https://x.example/3.jpg | 3 |
    tote | | | | | | | https://x.example/4.jpg | 4 |
    purse | Small purse | Unshattered | | Tote | P-1 | 9.5 | https://x.example/5.jpg | 1 |
    mug | Tin mug | Unshattered | | Tote | M-1 | 4.5 | | |
"""


def fields(sheet: UnderstoodSheet) -> list[str]:
    return ["+".join(column.fields) for column in sheet.columns]


def test_rows_that_bring_only_a_further_picture_are_passed_over_and_told() -> None:
    (sheet,) = understand(workbook(drawn(_SHOP)))
    records = list(sheet.records())
    assert [record.values["item_no"] for record in records] == ["T-1", "T-2", "P-1", "M-1"]
    assert not any(record.has_errors for record in records)
    assert [(row.row, row.reason.key) for row in sheet.excluded] == [
        (2, "layout.row_is_further_picture"),
        (4, "layout.row_is_further_picture"),
    ]


def test_variants_without_number_or_name_have_the_name_of_their_handle() -> None:
    (sheet,) = understand(
        workbook(
            drawn(
                """
                Handle | Title | Option1 Value | Variant SKU | Variant Price
                tote | Canvas tote | red | T-1 | 12.5
                tote | | blue | | 13.5
                purse | Small purse | red | P-1 | 9.5
                mug | Tin mug | red | M-1 | 4.5
                mug | | blue | M-2 | 4.9
                bowl | Tin bowl | red | B-1 | 4.5
                """
            )
        )
    )
    named = [(record.values["product"], record.has_errors) for record in sheet.records()]
    assert named == [
        ("Canvas tote", False), ("Canvas tote", False), ("Small purse", False),
        ("Tin mug", False), ("Tin mug", False), ("Tin bowl", False),
    ]  # fmt: skip


def test_picture_of_an_article_of_its_own_is_a_record() -> None:
    (sheet,) = understand(
        workbook(
            drawn(
                """
                Brand | Item No. | Price | Image
                Lumo | L-1 | 2.5 | https://x.example/1.jpg
                Lumo | L-2 | | https://x.example/2.jpg
                Lumo | L-3 | 3.5 | https://x.example/3.jpg
                """
            )
        )
    )
    assert sheet.row_count == 3


def test_type_that_is_the_same_for_all_is_their_sort_beside_an_empty_category() -> None:
    (sheet,) = understand(workbook(drawn(_SHOP)))
    assert sheet.mapping["Type"] == "category"
    assert "Product Category" not in sheet.mapping


def test_short_type_in_capitals_is_no_sort_of_goods() -> None:
    (sheet,) = understand(workbook(drawn(_SHOP.replace("| Tote |", "| AEEB |"))))
    assert sheet.mapping.get("Type") != "category"


@pytest.mark.parametrize(
    "heading", ["Carton No. | Style No. | Qty", "箱号 | 货号 | 数量", "箱号 | 型号 | 数量"]
)
def test_number_and_quantity_alone_are_a_list_of_goods(heading: str) -> None:
    rows = "\n".join(f"{i} | AB-10{i} | {100 + 7 * i}" for i in range(1, 8))
    (sheet,) = understand(workbook(drawn(f"{heading}\n{rows}")))
    assert sheet.kind == "products"
    assert fields(sheet)[2] == "quantity"


def test_weights_beside_numbers_and_quantities_are_of_goods_too() -> None:
    rows = "\n".join(f"{i} | Q236-{i}-120 | X003TU{i} | {10 * i} | 21.8 | 1" for i in range(1, 8))
    (sheet,) = understand(workbook(drawn(f"箱号 | SKU | FSKU | 数量 | 重量 | 箱型\n{rows}")))
    assert sheet.kind == "products"
    assert fields(sheet)[1:] == ["item_no", "", "quantity", "weight", ""]


_FILLED = """
    Item No. | Product name | Unit price | Pieces per carton | Gross weight
    L-1 | Lamp | 2.5 | 20 | 9
    L-2 | Shade | 1.5 | 40 | 7
"""


def test_sheet_that_explains_the_columns_of_another_is_not_imported() -> None:
    goods, explained = understand(
        workbook(
            drawn(_FILLED, name="Goods"),
            drawn(
                """
                Column | What to fill in | For instance
                Item No. | Your own number of the article | L-1
                Product name | What the article is called | Lamp
                Unit price | The price of one piece in USD | 2.5
                Pieces per carton | How many are in one carton | 20
                Gross weight | The weight of one carton in kg | 9
                """,
                name="Columns",
            ),
        )
    )
    assert goods.is_taken
    assert not explained.is_taken
    assert explained.why_not is not None
    assert explained.why_not.key == "mapping.skipped_dictionary"


def test_help_without_headings_is_not_taken_for_a_product() -> None:
    goods, explained = understand(
        workbook(
            drawn(_FILLED, name="Goods"),
            drawn(
                """
                Item No. | Your own number of the article, as text
                Product name | What the article is called in your catalogue
                Unit price | The price of one piece in USD, without taxes
                Pieces per carton | How many pieces are in one carton
                Gross weight | The weight of one full carton in kilograms
                """,
                name="Columns",
            ),
        )
    )
    assert (goods.is_taken, explained.is_taken) == (True, False)


def test_fields_with_their_meaning_and_an_example_are_no_list_of_goods() -> None:
    (sheet,) = understand(
        workbook(
            drawn(
                """
                标签名称 | 定义和用途 | 示例 | 必填或选填
                货号 | 商品的唯一标识 | L-1 | 必填
                品名 | 商品的名称 | 台灯 | 必填
                数量 | 货件中包含的数量 | 20 | 必填
                单价 | 每件商品的价格 | 2.5 | 选填
                毛重 | 每个包装箱的重量 | 9 | 选填
                """
            )
        )
    )
    assert not sheet.is_taken


def test_fields_beside_more_than_their_meaning_are_no_list_of_goods_either() -> None:
    (sheet,) = understand(
        workbook(
            drawn(
                """
                Product name | Description | Size | Unit | Remark | Example
                Item No. | Your own number | 20 | text | unique | L-1
                Unit price | What one costs | 10 | USD | without taxes | 2.5
                MOQ | The least you sell | 6 | pcs | | 100
                Gross weight | What a carton weighs | 6 | kg | | 9
                Colour | Of the article | 20 | text | | black
                """
            )
        )
    )
    assert (sheet.region.shape, sheet.kind) == ("table", "products")
    assert sheet.why_not is not None
    assert sheet.why_not.key == "mapping.skipped_dictionary"


def test_articles_on_their_side_of_which_one_is_a_sample_are_taken() -> None:
    (sheet,) = understand(
        workbook(
            drawn(
                """
                Product name | Sample lamp | Desk lamp
                Item No. | DL-1 | DL-2
                Price | 3 | 4
                MOQ | 100 | 200
                Material | steel | oak
                Gross weight | 3 | 4
                """
            )
        )
    )
    assert (sheet.kind, sheet.is_taken, sheet.row_count) == ("products", True, 2)


def test_second_sheet_of_the_same_list_is_taken() -> None:
    found = understand(workbook(drawn(_FILLED, name="A"), drawn(_FILLED, name="B")))
    assert [sheet.is_taken for sheet in found] == [True, True]


def test_articles_that_head_the_columns_of_another_sheet_are_taken() -> None:
    goods, stock = understand(
        workbook(
            drawn(
                """
                Product name | Price | Unit
                Lamp | 2.5 | pcs
                Shade | 1.5 | pcs
                Bulb | 0.5 | pcs
                Socket | 0.9 | pcs
                """,
                name="Goods",
            ),
            drawn(
                """
                Warehouse | Lamp | Shade | Bulb | Socket
                Ningbo | 5 | 7 | 9 | 3
                Yiwu | 4 | 8 | 2 | 6
                """,
                name="Stock",
            ),
        )
    )
    assert (goods.kind, goods.is_taken, stock.row_count) == ("products", True, 2)


@pytest.mark.parametrize("total", ["Total | 1500", "Total", "合计 | 20 | 300"])
def test_sheet_of_nothing_but_totals_names_them_as_left_out(total: str) -> None:
    (sheet,) = understand(workbook(drawn(total)))
    assert [row.row for row in sheet.excluded] == [0]
    assert not sheet.is_taken
    assert list(sheet.records()) == []


def test_article_on_a_sheet_of_its_own_beside_a_list_with_the_same_words_is_taken() -> None:
    goods, lamp = understand(
        workbook(
            drawn(_FILLED, name="Goods"),
            drawn(
                """
                Item No. | L-9
                Product name | Floor lamp
                Unit price | 9.5
                Pieces per carton | 2
                Gross weight | 12
                """,
                name="New",
            ),
        )
    )
    assert (goods.is_taken, lamp.is_taken, lamp.row_count) == (True, True, 1)


def test_row_that_says_all_of_the_article_again_stays_a_record() -> None:
    (sheet,) = understand(
        workbook(
            drawn(
                """
                Item No. | Title | Price | Image Src
                T-1 | Canvas tote | 12.5 | https://x.example/1.jpg
                T-1 | Canvas tote | 12.5 | https://x.example/2.jpg
                M-1 | Tin mug | 4.5 | https://x.example/3.jpg
                """
            )
        )
    )
    assert (sheet.row_count, sheet.excluded) == (3, ())
