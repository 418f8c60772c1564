"""Owns the tests of price lists of shops and wholesalers: prices by list or tax, feeds, sorts, several codes.

Must not use files from outside.
"""

from __future__ import annotations

from sheet_drafts import drawn, workbook

from app.sheets.understanding import UnderstoodSheet, understand


def one(text: str) -> UnderstoodSheet:
    return understand(workbook(drawn(text)))[0]


def fields(sheet: UnderstoodSheet) -> list[str]:
    return ["+".join(column.fields) for column in sheet.columns]


def test_prices_are_headed_by_their_list_or_by_net_alone() -> None:
    lists = one(
        """
        Codigo | Descripcion | Lista 1 | Lista 2
        A100 | Martillo | 12.50 | 11.00
        A200 | Sierra | 13.50 | 12.10
        """
    )
    assert fields(lists) == ["item_no", "product", "price", "price"]
    net = one("Codigo | Descripcion | Neto\nA100 | Martillo | 12.50\nA200 | Sierra | 13.50\n")
    assert fields(net) == ["item_no", "product", "price"]


def test_polish_prices_differ_by_tax_and_neither_is_the_list_price() -> None:
    sheet = one(
        """
        Indeks | Nazwa | Cena netto | Cena brutto
        A100 | Młotek | 12.50 | 15.38
        A200 | Piła | 13.50 | 16.61
        """
    )
    (first, second) = next(sheet.records()).values["price"]
    assert (first.includes_vat, second.includes_vat) == (False, True)


def test_the_id_of_a_feed_is_the_articles_number() -> None:
    sheet = one(
        """
        id | title | image_link | price
        1001 | Hammer 500 g | https://x.example.com/h.jpg | 12.50 USD
        1002 | Garden saw | https://x.example.com/s.jpg | 22.50 USD
        """
    )
    assert fields(sheet) == ["item_no", "product", "picture", "price"]


def test_a_type_sorts_the_goods_where_nothing_is_called_a_category() -> None:
    goods = "A1 | Hammer | Tools | 12.5\nA2 | Saw | Tools | 9\nA3 | Rose | Garden | 8\nA4 | Rake | Garden | 7"
    assert fields(one(f"SKU | Title | Type | Price\n{goods}"))[2] == "category"
    alike = goods.replace("Tools", "simple").replace("Garden", "simple")
    assert fields(one(f"SKU | Title | Type | Price\n{alike}"))[2] == ""


def test_of_several_barcodes_in_a_cell_the_first_is_taken_and_the_others_are_told() -> None:
    sheet = one(
        """
        Title | ISBN | Price
        Book one | 9780306406157, 9783161484100 | 12.50
        Book two | 9781861972712 / 9780131103627 | 9.90
        """
    )
    record = next(sheet.records())
    assert record.values["barcode"] == "9780306406157"
    assert [problem.message.params["text"] for problem in record.problems] == ["9783161484100"]
