"""Owns the tests of lists with a price in every cell: sizes down the side, classes across."""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path

import pytest
from sheet_drafts import drawn, workbook

from app.desk import Desk
from app.sheets.cells.prices import CellPrice
from app.sheets.corrections import place_of
from app.sheets.service import ImportOptions
from app.sheets.understanding import UnderstoodSheet, understand

FLANGES = [
    ["天津市鑫源管业有限公司 不锈钢法兰价目表 2026年1月（元/只，含13%税）"],
    ["公称通径 DN", "PN6", "PN10", "PN16"],
    ["DN15", "12.5", "13.2", "14.8"],
    ["DN20", "14.5", "15.2", "16.8"],
    ["DN25", "16.5", "-", "18.8"],
    ["注：以上价格为出厂价"],
]


def one(text: str, *, merges: str = "", name: str = "Sheet1") -> UnderstoodSheet:
    (sheet,) = understand(workbook(drawn(text, merges=merges, name=name)))
    return sheet


def priced(sheet: UnderstoodSheet) -> dict[str, Decimal]:
    """Name → its one price."""
    found = {}
    for record in sheet.records():
        values = record.values
        (price,) = values["price"] if isinstance(values["price"], tuple) else ()
        assert isinstance(price, CellPrice)
        found[str(values.get("product") or values["item_no"])] = price.amount
    return found


def written(folder: Path, rows: list[list[str]]) -> Path:
    file = folder / "法兰.csv"
    with file.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows(rows)
    return file


def test_sizes_take_the_name_of_the_goods_from_the_title(desk: Desk, tmp_path: Path) -> None:
    preview = desk.sheets.preview(written(tmp_path, FLANGES), ImportOptions())
    (sheet,) = preview.sheets
    assert (sheet.kind, sheet.header_rows, sheet.row_count) == ("products", (2,), 8)
    result = desk.sheets.commit(preview)
    assert result.created == {"supplier": 1, "product": 8, "price": 8}
    products = [desk.directory_views.product(i) for i in desk.lists.ids("product")]
    prices = {p.values["name_zh"]: p.prices[0].values for p in products}
    assert prices["不锈钢法兰 DN20 PN16"]["amount"] == Decimal("16.8")
    assert prices["不锈钢法兰 DN20 PN16"]["includes_vat"] is True
    assert {p["currency"] for p in prices.values()} == {"CNY"}
    again = desk.sheets.commit(desk.sheets.preview(written(tmp_path, FLANGES), ImportOptions()))
    assert not again.created
    desk.history.undo(result.operation)
    assert not desk.lists.ids("product")


@pytest.mark.parametrize("nothing", ["0", "0.00", "", "-"])
def test_a_size_that_costs_nothing_is_not_made(desk: Desk, tmp_path: Path, nothing: str) -> None:
    rows = [*FLANGES[:4], ["DN25", "16.5", nothing, "18.8"]]
    result = desk.sheets.commit(desk.sheets.preview(written(tmp_path, rows)))
    assert (result.created["product"], result.created["price"]) == (8, 8)


def test_classes_under_one_price_heading() -> None:
    sheet = one(
        """
        Size (mm) | Unit price USD/sqm | |
        | Grade AAA | Grade AA | Grade A
        300x600 | 4.2 | 3.9 | 3.5
        600x600 | 5.1 | 4.8 | 4.4
        """,
        merges="A1:A2 B1:D1",
    )
    assert priced(sheet) == {
        "300x600 Grade AAA": Decimal("4.2"), "300x600 Grade AA": Decimal("3.9"),
        "300x600 Grade A": Decimal("3.5"), "600x600 Grade AAA": Decimal("5.1"),
        "600x600 Grade AA": Decimal("4.8"), "600x600 Grade A": Decimal("4.4"),
    }  # fmt: skip


def test_numbers_at_the_left_name_the_rows() -> None:
    sheet = one(
        """
        Stahlblech Preisliste 2026
        Dicke mm | Preis je Tonne in EUR | |
        | verzinkt | blank | lackiert
        0.5 | 985 | 960 | 1100
        0.7 | 970 | 950 | 1080
        """,
        merges="A2:A3 B2:D2",
    )
    assert priced(sheet)["Stahlblech 0.5 verzinkt"] == Decimal(985)
    assert len(priced(sheet)) == 6


def test_sizes_of_clothes_whose_cells_name_the_currency() -> None:
    sheet = one(
        """
        Style | Fabric | S | M | L | XL
        Polo classic | 65/35 TC 200g | $5.20 | $5.20 | $5.20 | $5.60
        Hoodie | 80/20 CVC 320g | $9.90 | $9.90 | $9.90 | $10.80
        """
    )
    assert len(priced(sheet)) == 8
    assert priced(sheet)["Hoodie XL"] == Decimal("10.80")


@pytest.mark.parametrize(
    ("title", "corner", "heads", "name"),
    [
        ("亚克力板价格表 元/张", "规格", "2mm|3mm|5mm", "亚克力板 1220*2440 2mm"),
        ("外六角螺栓 价格（元/千支）", "", "M6|M8|M10", "外六角螺栓 1220*2440 M6"),
        ("Лист оцинкованный, цены руб/т с НДС", "Толщина, мм", "1000х2000|1250х2500|1500х3000", "1220*2440 1500х3000"),
        ("Plywood FOB Lianyungang USD/CBM", "Thickness", "A grade|B grade|C grade", "Plywood 1220*2440 A grade"),
    ],
)  # fmt: skip
def test_classes_named_alike_under_a_title_that_speaks_of_prices(
    title: str, corner: str, heads: str, name: str
) -> None:
    sheet = one(f"{title}\n{corner}|{heads}\n1220*2440|88|120|190\n1020*2020|60|80|130")
    assert any(found.endswith(name) for found in priced(sheet))
    assert len(priced(sheet)) == 6


@pytest.mark.parametrize(
    "text",
    [
        "Model|A|B|C|Price\nX1|10|12|14|3.5\nX2|11|13|15|4.5",
        "Product|EXW|FOB|CIF\nMug|$1|$2|$3\nCup|$2|$3|$4",
        "品名|零售价|批发价|代理价\n杯子|10|8|7\n盘子|5|4|3",
        "Product|USD|EUR|RMB\nMug|10|8|70\nCup|5|4|30",
        "Item|Jan|Feb|Mar\nMug|$10|$20|$30\nCup|$1|$2|$3",
        "Item|500|1000|5000\nMug|10|8|7\nCup|5|4|3",
        "货号|品名|上海仓|宁波仓|价格\nA1|杯子|100|200|3.5\nA2|盘子|300|400|4.5",
        "Ocean freight price USD\nPOD|20GP|40GP|40HQ\nHamburg|1500|2600|2700\nGenoa|1400|2500|2600",
    ],
)
def test_numbers_that_are_no_matrix_stay_columns(text: str) -> None:
    for sheet in understand(workbook(drawn(text))):
        assert sheet.region.shape == "table"


def test_the_price_and_the_name_of_one_cell_are_corrected_alone() -> None:
    sheet = one("Price list\nSize|PN6|PN10|PN16\nDN15|12.5|13.2|14.8\nDN20|14.5|15.2|16.8")
    records = list(sheet.records())
    places = {place_of(sheet, record, index) for record in records for index in range(2)}
    assert len(places) == 2 * len(records)


def test_pictures_of_articles_that_lie_on_their_side_are_kept(desk: Desk, tmp_path: Path) -> None:
    from io import BytesIO

    from openpyxl import Workbook
    from openpyxl.drawing.image import Image as Drawing
    from PIL import Image

    book = Workbook()
    page = book.active
    for row in (["Model", "SP-100", "SP-200"], ["Photo"], ["Product name", "Pump 100W", "Pump 200W"],
                ["FOB price USD", 68, 112], ["MOQ", "50 pcs", "20 pcs"]):  # fmt: skip
        page.append(row)
    for cell, colour in (("B2", (200, 2, 1)), ("C2", (1, 2, 200))):
        data = BytesIO()
        Image.new("RGB", (30, 16), colour).save(data, "PNG")
        page.add_image(Drawing(data), cell)
    book.save(tmp_path / "pumps.xlsx")
    preview = desk.sheets.preview(tmp_path / "pumps.xlsx", ImportOptions())
    assert [len(record.pictures) for record in preview.sheets[0].records()] == [1, 1]


@pytest.mark.parametrize("heads", [("Qty 1", "Price 1", "Qty 2", "Price 2"), ("Qty", "Price") * 2])
def test_steps_in_pairs_of_columns_are_the_prices_of_one_article(
    desk: Desk, tmp_path: Path, heads: tuple[str, ...]
) -> None:
    rows = [
        ["SKU", "Product name", *heads, "Currency"],
        ["AB-1", "USB cable 1m", "100", "0.90", "500", "0.80", "USD"],
        ["AB-2", "USB cable 2m", "100", "1.20", "", "", "USD"],
    ]
    preview = desk.sheets.preview(written(tmp_path, rows), ImportOptions())
    assert (preview.sheets[0].kind, preview.sheets[0].region.shape) == ("products", "steps")
    result = desk.sheets.commit(preview)
    assert result.created == {"product": 2, "price": 3}
    first = desk.directory_views.product(min(desk.lists.ids("product")))
    assert {(p.values["min_quantity"], p.values["amount"]) for p in first.prices} == {
        (Decimal(100), Decimal("0.90")),
        (Decimal(500), Decimal("0.80")),
    }
    desk.history.undo(result.operation)
    assert not desk.lists.ids("product")
