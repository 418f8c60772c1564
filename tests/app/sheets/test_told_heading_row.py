"""A person says in which row the headings are, and everything below is read by them."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.desk import Desk
from app.kernel.errors import AppError
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
