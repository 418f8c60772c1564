"""A person says in which row the headings are, and everything below is read by them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import Workbook

from app.desk import Desk
from app.kernel.errors import AppError
from app.sheets.mapping import Overrides
from app.sheets.service import ImportOptions

ROWS = (
    "Name,City,Phone",
    "House,Town,Number",
    "Ningbo Haida Plastics Co.,Ningbo,0574-87654321",
    "Yiwu Ruixin Houseware Co.,Yiwu,0579-85123456",
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "list.csv"
    path.write_text("\n".join(ROWS), encoding="utf-8")
    return path


def test_the_row_a_person_points_at_holds_the_headings(desk: Desk, path: Path) -> None:
    preview = desk.sheets.preview(path)
    revised = desk.sheets.revise(preview, ImportOptions(kind="suppliers", heading_row=2))
    (table,) = revised.sheets
    assert table.header_rows == (2,)
    assert [column.name for column in table.columns] == ["House", "Town", "Number"]
    assert [record.number for record in table.records()] == [3, 4]


def test_a_list_that_has_no_headings_keeps_its_first_row(desk: Desk, path: Path) -> None:
    path.write_text("\n".join(ROWS[2:]), encoding="utf-8")
    preview = desk.sheets.preview(path, ImportOptions(kind="suppliers", heading_row=0))
    (table,) = preview.sheets
    assert table.header_rows == ()
    assert [record.number for record in table.records()] == [1, 2]


@pytest.mark.parametrize("row", [5, 99])
def test_a_row_that_is_not_there_is_refused(desk: Desk, path: Path, row: int) -> None:
    with pytest.raises(AppError) as refused:
        desk.sheets.preview(path, ImportOptions(heading_row=row))
    assert refused.value.message.key == "sheets.no_such_row"


def read_again(desk: Desk, path: Path) -> tuple[bool, tuple[int, ...]]:
    preview = desk.sheets.preview(path)
    return preview.has_remembered_row, preview.sheets[0].header_rows


@pytest.fixture
def told(desk: Desk, path: Path, tmp_path: Path) -> Path:
    """The next file like one whose second row was pointed at; there it is the third."""
    desk.sheets.commit(desk.sheets.preview(path, ImportOptions(kind="suppliers", heading_row=2)))
    following = tmp_path / "next.csv"
    rows = ("Suppliers of the fair", *ROWS[:2], "Cixi Lang Electric Co.,Cixi,0574-63123456")
    following.write_text("\n".join(rows), encoding="utf-8")
    return following


def test_the_next_file_with_a_row_that_was_pointed_at_is_read_by_it(desk: Desk, told: Path) -> None:
    preview = desk.sheets.preview(told)
    assert preview.has_remembered_row
    assert (preview.options.sheet, preview.options.heading_row) == (None, 3)
    (table,) = preview.sheets
    assert (table.kind, table.header_rows, table.row_count) == ("suppliers", (3,), 1)
    assert desk.sheets.understand(told)[1][0].header_rows == (3,)


def test_what_was_said_of_its_columns_is_remembered_with_the_row(desk: Desk, told: Path) -> None:
    fields = Overrides({"Number": "wechat"})
    preview = desk.sheets.preview(told)
    revised = desk.sheets.revise(preview, replace(preview.options, overrides=fields))
    desk.sheets.commit(revised)
    again = desk.sheets.preview(told)
    assert again.sheets[0].mapping["Number"] == "wechat"
    assert again.options.overrides.fields == {"Number": "wechat"}


def test_a_row_that_was_pointed_at_is_forgotten_when_another_way_is_chosen(
    desk: Desk, told: Path
) -> None:
    preview = desk.sheets.preview(told)
    undone = desk.sheets.revise(preview, ImportOptions(kind="suppliers"))
    assert not undone.has_remembered_row
    assert undone.sheets[0].header_rows == (2, 3)
    assert read_again(desk, told) == (True, (3,))
    desk.sheets.commit(undone)
    assert read_again(desk, told) == (False, (2, 3))


def test_another_row_takes_the_place_of_the_one_that_was_pointed_at(desk: Desk, told: Path) -> None:
    desk.sheets.commit(desk.sheets.preview(told, ImportOptions(kind="suppliers", heading_row=2)))
    assert read_again(desk, told) == (True, (2, 3))


def test_sheets_with_other_headings_are_read_as_ever(
    desk: Desk, told: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other.csv"
    other.write_text("Company,City\nHouse Ltd.,Town\n", encoding="utf-8")
    assert read_again(desk, other) == (False, (1,))


def test_a_row_that_was_pointed_at_is_found_in_the_sheet_it_is_in(
    desk: Desk, told: Path, tmp_path: Path
) -> None:
    book = Workbook()
    book.active.append(["Read me", "first"])
    second = book.create_sheet("List")
    for row in ROWS:
        second.append(row.split(","))
    path = tmp_path / "two.xlsx"
    book.save(path)
    preview = desk.sheets.preview(path)
    assert (preview.options.sheet, preview.options.heading_row) == ("List", 2)
    assert [table.header_rows for table in preview.taken] == [(2,)]
