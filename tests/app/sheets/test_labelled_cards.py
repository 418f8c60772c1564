"""A catalogue of cards with labels, several beside each other, is one record a card."""

from __future__ import annotations

from sheet_drafts import drawn, workbook

from app.sheets.layout import find_tables
from app.sheets.understanding import understand

CATALOGUE = """
Spring catalogue|||||
Item No.|GL-1|Item No.|GL-2|Item No.|GL-3
Name|Glass jar|Name|Oil bottle|Name|Spice set
Price|USD 1.15|Price|USD 1.30|Price|USD 1.45
MOQ|500 pcs|MOQ||MOQ|600 pcs
|||||
Item No.|GL-4|Item No.|GL-5||
Name|Salt mill|Name|Bread box||
Price|USD 2.15|Price|USD 2.30||
MOQ|300 pcs|MOQ|100 pcs||
"""


def test_cards_beside_and_below_each_other_are_a_record_each() -> None:
    (sheet,) = understand(workbook(drawn(CATALOGUE)))
    assert (sheet.region.shape, sheet.kind, sheet.is_taken) == ("cards", "products", True)
    records = list(sheet.records())
    assert [record.values["item_no"] for record in records] == [f"GL-{n}" for n in range(1, 6)]
    assert [record.values["product"] for record in records][3:] == ["Salt mill", "Bread box"]
    assert "moq" not in records[1].values
    assert len({(record.number, record.column) for record in records}) == 5


def test_labels_and_values_in_one_cell_are_cards_too() -> None:
    text = """
    Item No.: A-1|Item No.: A-2|Item No.: A-3
    Size: 10 cm|Size: 12 cm|Size: 14 cm
    Price: USD 2.1|Price: USD 2.3|Price: USD 2.5
    """
    (region,) = find_tables(drawn("\n".join(line.strip() for line in text.strip().split("\n"))))
    assert region.headings == ("Item No.", "Size", "Price")
    assert region.rows[2] == ("A-3", "14 cm", "USD 2.5")


def test_tables_beside_each_other_are_no_cards() -> None:
    text = """
    Item|Price|MOQ||Item|Price|MOQ
    LB-1|0.5|1000||LT-1|1.5|500
    LB-2|0.6|1000||LT-2|1.7|500
    LB-3|0.7|1000||LT-3|1.9|500
    """
    regions = find_tables(drawn("\n".join(line.strip() for line in text.strip().split("\n"))))
    assert [region.shape for region in regions] == ["table", "table"]
