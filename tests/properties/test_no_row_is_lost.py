"""Owns the promise of layout: whatever stands in a sheet, nothing raises and no row is dropped unseen.

Must not say which row is what.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from hypothesis import example, given, settings
from hypothesis import strategies as st

from app.sheets.grid import CellRange, ErrorValue, Sheet, Value, Workbook
from app.sheets.layout import find_tables
from app.sheets.understanding import understand

WORDS = (
    "Item No.", "Description", "Price", "公司名称", "联系人", "电话", "单价", "数量", "Total", "合计",
    "注：以上价格含税", "Remark: FOB Ningbo", "500-999", "≥1000", "Mug", "HD-100", "¥3.2含税", "24pcs/ctn",
    "a@b.example.com", "13800000000", "n/a", "Company:", "Name", "Vendor A Co., Ltd.", "2026-03-05", "50*40*30cm",
)  # fmt: skip
CELLS: st.SearchStrategy[Value] = st.one_of(
    st.none(),
    st.sampled_from(WORDS),
    st.text(max_size=12),
    st.decimals(min_value=-1000, max_value=10**12, places=2, allow_nan=False),
    st.booleans(),
    st.dates(min_value=date(1990, 1, 1), max_value=date(2040, 1, 1)),
    st.just(ErrorValue("#N/A")),
)


@st.composite
def sheets(draw: st.DrawFn) -> Sheet:
    width = draw(st.integers(1, 7))
    rows = draw(st.lists(st.tuples(*[CELLS] * width), max_size=14))
    merges = []
    for _ in range(draw(st.integers(0, 3)) if rows else 0):
        top, left = draw(st.integers(0, len(rows) - 1)), draw(st.integers(0, width - 1))
        bottom, right = draw(st.integers(top, len(rows) + 1)), draw(st.integers(left, width))
        merges.append(CellRange(top, left, bottom, right))
    return Sheet("draft", tuple(rows), merges=tuple(merges))


@settings(max_examples=150)
@given(sheets())
@example(Sheet("draft", (("Total",),)))
def test_every_row_with_something_in_it_is_named(sheet: Sheet) -> None:
    tables = find_tables(sheet)
    if any(table.shape in ("form", "transposed") for table in tables):
        return
    named = {
        row
        for table in tables
        for row in (
            *table.header_rows,
            *table.letterhead,
            *table.row_numbers,
            *(row for row, _ in table.group_rows),
            *(out.row for out in table.excluded),
        )
    }
    filled = {
        number
        for number, row in enumerate(sheet.rows)
        if any(value is not None and str(value).strip() for value in row)
    }
    assert filled <= named


@settings(max_examples=100)
@given(sheets())
def test_every_sheet_can_be_understood_and_read(sheet: Sheet) -> None:
    for found in understand(Workbook("draft.xlsx", "xlsx", (sheet,))):
        assert len(list(found.records())) == found.row_count
        assert len(found.columns) == len(found.region.headings)


def test_numbers_are_never_lost_on_the_way() -> None:
    sheet = Sheet("draft", (("Item No.", "Price"), ("A-1", Decimal("1234567890.125"))))
    (found,) = understand(Workbook("draft.xlsx", "xlsx", (sheet,)))
    (record,) = found.records()
    assert record.values["price"][0].amount == Decimal("1234567890.125")  # type: ignore[index]
