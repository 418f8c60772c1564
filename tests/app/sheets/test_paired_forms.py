"""Owns the tests of forms with several labels in a row and of lists side by side without a gap.

Must not use files from outside.
"""

from __future__ import annotations

from sheet_drafts import drawn, workbook

from app.sheets.understanding import UnderstoodSheet, understand


def tables(text: str) -> list[UnderstoodSheet]:
    return understand(workbook(drawn(text)))


def values(sheet: UnderstoodSheet) -> list[dict[str, str]]:
    return [{key: str(value) for key, value in record.values.items()} for record in sheet.records()]


def test_two_labels_in_a_row_are_one_product() -> None:
    (sheet,) = tables(
        """
        Product Information Sheet
        Product name | Desk lamp | Item No. | DL-01
        Material | Aluminium | Colour |
        Country of origin | China | Brand | Lumo
        Carton size | 40x30x20 cm | Gross weight | 12 kg
        """
    )
    assert (sheet.kind, sheet.region.shape, sheet.row_count) == ("products", "form", 1)
    (lamp,) = values(sheet)
    assert (lamp["product"], lamp["item_no"], lamp["material"]) == (
        "Desk lamp", "DL-01", "Aluminium",
    )  # fmt: skip
    assert "colour" not in lamp
    assert (lamp["brand"], lamp["gross_weight"]) == ("Lumo", "12")


def test_three_labels_in_a_row_without_colons_are_told_in_chinese_too() -> None:
    (sheet,) = tables(
        """
        产品名称 | 台灯 | 货号 | DL-01 | 品牌 | 欧普
        材质 | 铝 | 颜色 | 黑色 | 产地 | 中山
        单价 | 12.5 | 起订量 | 500 | 装箱数 | 20
        """
    )
    (lamp,) = values(sheet)
    assert sheet.kind == "products"
    assert (lamp["product"], lamp["item_no"], lamp["brand"], lamp["colour"]) == (
        "台灯", "DL-01", "欧普", "黑色",
    )  # fmt: skip


def test_inquiry_of_one_page_with_empty_columns_between_is_one_inquiry() -> None:
    (sheet,) = tables(
        """
        INQUIRY FORM
        Buyer | | ABC GmbH | | Contact | | Hans Roth
        Product | | Desk lamp | | Quantity | | 500 pcs
        Target price | | USD 3 | | Delivery date | | 2026-05-01
        Destination | | Hamburg | | Incoterm | | FOB
        """
    )
    (asked,) = values(sheet)
    assert sheet.kind == "inquiries"
    assert (asked["buyer"], asked["contact"], asked["product"]) == (
        "ABC GmbH", "Hans Roth", "Desk lamp",
    )  # fmt: skip
    assert (asked["needed_on"], asked["destination"]) == ("2026-05-01", "Hamburg")


def test_each_block_of_such_labels_is_a_product() -> None:
    (sheet,) = tables(
        """
        Item No. | A-1 | Price | USD 1.20
        Product name | Lamp | MOQ | 100
        Colour | red | Size | 10 cm

        Item No. | A-2 | Price | USD 1.30
        Product name | Shade | MOQ | 200
        Colour | blue | Size | 12 cm
        """
    )
    assert [(one["item_no"], one["product"], one["size"]) for one in values(sheet)] == [
        ("A-1", "Lamp", "10 cm"),
        ("A-2", "Shade", "12 cm"),
    ]


def test_labels_that_nobody_knows_are_kept_and_titles_of_parts_are_none() -> None:
    (sheet,) = tables(
        """
        General data
        Product name | Desk lamp | Item No. | DL-01
        Material | Aluminium | Colour | black
        Electrical data
        Glimmer index | 17 | Brand | Lumo
        Country of origin | China | Gross weight | 12 kg
        """
    )
    (lamp,) = sheet.records()
    assert (lamp.values["product"], lamp.values["brand"]) == ("Desk lamp", "Lumo")
    assert dict(lamp.custom) == {"Glimmer index": "17"}
    assert "Electrical data" not in sheet.region.headings


def test_labels_above_the_lines_of_a_quotation_are_no_form() -> None:
    found = tables(
        """
        Customer | ABC GmbH | Date | 2026-05-01
        Contact | Hans Roth | Currency | USD
        Incoterm | FOB Ningbo | Payment | T/T
        Product | Quantity | Unit price | Remark
        Desk lamp | 500 | 3.20 | black
        Floor lamp | 200 | 9.80 | white
        """
    )
    assert "form" not in [sheet.region.shape for sheet in found]
    assert [one["product"] for one in values(found[-1])] == ["Desk lamp", "Floor lamp"]


def test_lists_side_by_side_without_a_gap_may_differ_in_a_column() -> None:
    left, right = tables(
        """
        Item | Size | Price | Remark | Item | Size | Price
        Pipe 1 | DN5 | 1.5 | thin | Elbow 1 | DN5 | 2.5
        Pipe 2 | DN10 | 3.1 | | Elbow 2 | DN10 | 5.2
        Pipe 3 | DN15 | 4.5 | | Elbow 3 | DN15 | 7.5
        Pipe 4 | DN20 | 6.2 | | Elbow 4 | DN20 | 9.9
        """
    )
    assert [one["item_no"] for one in values(left)] == ["Pipe 1", "Pipe 2", "Pipe 3", "Pipe 4"]
    assert [one["size"] for one in values(right)] == ["DN5", "DN10", "DN15", "DN20"]
    assert "remark" in left.mapping.values()
    assert "remark" not in right.mapping.values()


def test_lists_side_by_side_may_share_the_count_of_their_lines() -> None:
    left, right = tables(
        """
        No. | Item | Size | Price (USD) | Item | Size | Price(USD)
        1 | Pipe 1 | DN5 | 1.5 | Elbow 1 | DN5 | 2.5
        2 | Pipe 2 | DN10 | 3.1 | Elbow 2 | DN10 | 5.2
        3 | Pipe 3 | DN15 | 4.5 | Elbow 3 | DN15 | 7.5
        4 | Pipe 4 | DN20 | 6.2 | Elbow 4 | DN20 | 9.9
        """
    )
    assert [one["item_no"] for one in values(left)] == ["Pipe 1", "Pipe 2", "Pipe 3", "Pipe 4"]
    assert [one["item_no"] for one in values(right)][:2] == ["Elbow 1", "Elbow 2"]


def test_prices_of_several_quantities_stay_one_list() -> None:
    (sheet,) = tables(
        """
        Price | Quantity | Price | Quantity | Item
        1.5 | 100 | 1.2 | 500 | Pipe 1
        3.1 | 100 | 2.8 | 500 | Pipe 2
        4.5 | 100 | 4.1 | 500 | Pipe 3
        6.2 | 100 | 5.9 | 500 | Pipe 4
        """
    )
    assert sheet.region.shape == "steps"
    assert [one["item_no"] for one in values(sheet)][:3] == ["Pipe 1", "Pipe 1", "Pipe 2"]
