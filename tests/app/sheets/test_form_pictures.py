"""A picture on a form belongs to the article or company it tells of; the logo above belongs to nobody."""

from __future__ import annotations

from dataclasses import replace

from sheet_drafts import drawn, workbook

from app.sheets.grid import Picture
from app.sheets.understanding import UnderstoodSheet, understand

LAMP = """
Bright Lighting Co., Ltd.
Product Information
|
Item No.: | DL-01
Product name: | Desk lamp
Price: | USD 3.20
MOQ: | 500
"""
TWO = """
Item No.: | DL-01
Product name: | Desk lamp
Price: | USD 3.20
|
|
Item No.: | DL-02
Product name: | Floor lamp
Price: | USD 9.20
|
|
"""


def table(text: str, *places: tuple[int, int], first: int = 0) -> UnderstoodSheet:
    """The one table of a sheet with pictures at ``places``, ``first`` empty rows above."""
    sheet = drawn(text.strip("\n"))
    rows = ((None,) * len(sheet.rows[0]),) * first + sheet.rows
    pictures = tuple(picture(*place) for place in places)
    (found,) = understand(workbook(replace(sheet, rows=rows, pictures=pictures)))
    return found


def picture(row: int, column: int) -> Picture:
    return Picture(row, column, f"{row}/{column}".encode(), "image/png", "floating")


def places(sheet: UnderstoodSheet) -> list[list[tuple[int, int]]]:
    """Where the pictures of each record lie."""
    found = [[(p.row, p.column) for p in record.pictures] for record in sheet.records()]
    assert sheet.picture_count == sum(map(len, found))
    return found


def test_picture_beside_or_below_a_form_is_the_article_s_and_the_logo_is_not() -> None:
    found = table(LAMP, (0, 3), (1, 0), (4, 4), (9, 0))
    assert (found.region.shape, found.kind) == ("form", "products")
    assert places(found) == [[(4, 4), (9, 0)]]


def test_picture_between_the_title_and_the_labels_is_the_article_s() -> None:
    assert places(table(LAMP, (0, 0), (2, 0))) == [[(2, 0)]]
    one_title = LAMP.replace("Product Information\n", "")
    assert places(table(one_title, (0, 2), (1, 0))) == [[(1, 0)]]


def test_picture_above_everything_is_a_letterhead_s() -> None:
    bare = LAMP.replace("Bright Lighting Co., Ltd.\nProduct Information\n|\n", "")
    assert places(table(bare, (0, 0), (2, 3), first=2)) == [[(2, 3)]]


def test_each_block_of_labels_has_the_picture_below_it() -> None:
    found = table(TWO, (3, 0), (8, 1))
    assert places(table(TWO, (3, 0), (7, 2))) == [[(3, 0)], [(7, 2)]]
    assert found.row_count == 2
    assert places(found) == [[(3, 0)], [(8, 1)]]
    assert places(table(TWO, (1, 3), (3, 0), (6, 3))) == [[(1, 3), (3, 0)], [(6, 3)]]


def test_each_block_of_labels_has_the_picture_above_it() -> None:
    assert places(table(TWO, (0, 0), (5, 0), first=2)) == [[(0, 0)], [(5, 0)]]
    assert places(table(TWO, (0, 0), (4, 2), (6, 0), first=2)) == [[(0, 0), (4, 2)], [(6, 0)]]


def test_picture_beside_one_article_on_its_side_is_the_article_s() -> None:
    found = table(
        """
        Item No. | DL-01
        Product name | Desk lamp
        Price | USD 3.20
        MOQ | 500
        Material | Steel
        """,
        (2, 5),
    )
    assert found.region.shape == "transposed"
    assert places(found) == [[(2, 5)]]


def test_picture_above_all_blocks_does_not_shift_those_below_them() -> None:
    titled = "Our new lamps\n|\n" + TWO.strip("\n")
    assert places(table(titled, (1, 0), (5, 0), (10, 0))) == [[(1, 0), (5, 0)], [(10, 0)]]
