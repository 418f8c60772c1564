"""A cell corrected in the preview is read at once, imported so, and its old text stays known."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from sqlalchemy import select

from app.desk import Desk
from app.sheets.cells.reading import text_of
from app.sheets.corrections import place_of, told
from app.sheets.plan.outcome import Outcome
from app.sheets.service import Preview
from database.records import ImportRecord


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Rows of which the second has no company."""
    file = tmp_path / "a.csv"
    with file.open("w", encoding="utf-8", newline="") as out:
        rows = (
            ["公司名称", "城市", "邮箱"],
            ["宁波海达塑料制品有限公司", "宁波", "a@haida.cn"],
            ["", "义乌", "b@xinxing.cn"],
            *(
                [f"金华{name}五金厂", "金华", f"{number}@jin.cn"]
                for number, name in enumerate("甲乙丙")
            ),
        )
        csv.writer(out).writerows(rows)
    return file


def with_cell(desk: Desk, preview: Preview, row: int, column: int, text: str) -> Preview:
    sheet, record = preview.taken[0], preview.plan.rows[row].record
    place = place_of(sheet, record, column)
    options = replace(preview.options, corrections={**preview.options.corrections, place: text})
    return desk.sheets.revise(preview, options)


def test_a_corrected_cell_takes_the_error_away(desk: Desk, path: Path) -> None:
    preview = desk.sheets.preview(path)
    assert preview.plan.rows[1].outcome is Outcome.REJECT
    better = with_cell(desk, preview, 1, 0, "义乌新星日用品厂")
    row = better.plan.rows[1]
    assert (row.outcome, row.problems) == (Outcome.CREATE, ())
    assert row.record.raw[0] == "义乌新星日用品厂"
    assert row.record.original[0] in (None, "")


def test_a_cell_that_says_the_same_is_as_the_corrected_one_above(
    desk: Desk, tmp_path: Path
) -> None:
    file = tmp_path / "same.csv"
    rows = "宁波海答,王芳\n同上,陈伟\n义乌新星,李娜\n"
    file.write_text(f"公司名称,联系人\n{rows}", encoding="utf-8")
    better = with_cell(desk, desk.sheets.preview(file), 0, 0, "宁波海达")
    assert [row.record.raw[0] for row in better.plan.rows] == ["宁波海达", "宁波海达", "义乌新星"]
    assert len(better.plan.companies) == 2


def test_what_stood_in_the_cell_is_kept_with_the_import(desk: Desk, path: Path) -> None:
    better = with_cell(desk, desk.sheets.preview(path), 0, 1, "余姚")
    desk.sheets.commit(better)
    with desk._book.read() as session:
        kept = session.scalars(select(ImportRecord)).one().counts["corrections"]
    assert kept == [{"sheet": "a", "row": 2, "column": "城市", "was": "宁波", "now": "余姚"}]
    company = desk.lists.ids("supplier", where="宁波海达")[0]
    assert desk.directory_views.company(company).values["city"] == "余姚"


def test_a_correction_taken_back_leaves_the_sheets_own_cell(desk: Desk, path: Path) -> None:
    better = with_cell(desk, desk.sheets.preview(path), 0, 1, "余姚")
    back = desk.sheets.revise(better, replace(better.options, corrections={}))
    assert back.plan.rows[0].record.raw[1] == "宁波"
    assert back.plan.rows[0].record.original == ()


def test_an_emptied_name_rejects_the_row_with_the_corrected_cells(desk: Desk, path: Path) -> None:
    preview = with_cell(desk, desk.sheets.preview(path), 0, 0, "  ")
    preview = with_cell(desk, preview, 0, 1, "慈溪")
    result = desk.sheets.commit(preview)
    assert result.rejected == 2
    assert result.rejected_file is not None
    page = load_workbook(result.rejected_file).active
    assert [cell.value for cell in page[2]][1:] == [None, "慈溪", "a@haida.cn"]


def test_a_correction_stays_when_a_column_is_mapped_otherwise(desk: Desk, path: Path) -> None:
    better = with_cell(desk, desk.sheets.preview(path), 0, 1, "余姚")
    other = replace(
        better.options, overrides=replace(better.options.overrides, fields={"城市": "province"})
    )
    row = desk.sheets.revise(better, other).plan.rows[0]
    assert row.record.values["province"] == "余姚"


@pytest.fixture
def offers(tmp_path: Path) -> Path:
    """What two vendors ask for two articles, side by side."""
    workbook = Workbook()
    page = workbook.active
    for row in (
        ["", "", "Alpha Co., Ltd.", "", "Beta Co., Ltd.", ""],
        ["Item description", "Qty", "Unit Price (USD)", "Remarks", "Unit Price (USD)", "Remarks"],
        ["Mug", 10, 1.2, "ok", 1.1, ""],
        ["Cup", 20, 2.3, "", 2.1, "late"],
    ):
        page.append(row)
    page.merge_cells("C1:D1")
    page.merge_cells("E1:F1")
    path = tmp_path / "abstract.xlsx"
    workbook.save(path)
    return path


def cells(preview: Preview, name: str) -> list[str]:
    """What the records have in the column ``name``."""
    index = next(c.index for c in preview.taken[0].columns if c.name == name)
    return [text_of(row.record.raw[index]) for row in preview.plan.rows]


def corrected_in(desk: Desk, preview: Preview, row: int, name: str, text: str) -> Preview:
    index = next(c.index for c in preview.taken[0].columns if c.name == name)
    return with_cell(desk, preview, row, index, text)


def test_a_price_of_one_vendor_is_corrected_for_that_vendor_alone(desk: Desk, offers: Path) -> None:
    preview = desk.sheets.preview(offers)
    assert cells(preview, "Unit Price (USD)") == ["1.2", "1.1", "2.3", "2.1"]
    better = corrected_in(desk, preview, 1, "Unit Price (USD)", "1.15")
    assert cells(better, "Unit Price (USD)") == ["1.2", "1.15", "2.3", "2.1"]
    assert list(told(better.taken)) == [
        {"sheet": "Sheet", "row": 3, "column": "Unit Price (USD)", "was": "1.1", "now": "1.15"}
    ]


def test_what_vendors_share_is_corrected_for_all_of_them(desk: Desk, offers: Path) -> None:
    preview = desk.sheets.preview(offers)
    article = corrected_in(desk, preview, 0, "Item description", "Big mug")
    assert cells(article, "Item description") == ["Big mug", "Big mug", "Cup", "Cup"]
    vendor = corrected_in(desk, article, 3, "Vendor", "Beta Trading Co., Ltd.")
    assert cells(vendor, "Vendor")[1::2] == ["Beta Trading Co., Ltd."] * 2
    assert [(one["row"], one["was"], one["now"]) for one in told(vendor.taken)] == [
        (3, "Mug", "Big mug"),
        (1, "Beta Co., Ltd.", "Beta Trading Co., Ltd."),
    ]
    desk.sheets.commit(vendor)
    names = {
        str(desk.directory_views.company(one).values["name_en"])
        for one in desk.lists.ids("supplier")
    }
    assert names == {"Alpha Co., Ltd.", "Beta Trading Co., Ltd."}
