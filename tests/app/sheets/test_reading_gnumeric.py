"""Workbooks of Gnumeric read as those of any other program, or are refused in words."""

from __future__ import annotations

import gzip
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path

import pytest

from app.kernel.errors import AppError
from app.kernel.messages import Message
from app.sheets.grid import CellRange, ErrorValue, Workbook
from app.sheets.reading import Reader

BOOK = """<?xml version="1.0" encoding="UTF-8"?>
<gnm:Workbook xmlns:gnm="http://www.gnumeric.org/v10.dtd">
 <gnm:Version Epoch="1" Major="12" Minor="57" Full="1.12.57"/>
 <gnm:DateConvention>{convention}</gnm:DateConvention>
 <gnm:SheetNameIndex><gnm:SheetName>报价</gnm:SheetName></gnm:SheetNameIndex>
 <gnm:Sheets>
  <gnm:Sheet Visibility="GNM_SHEET_VISIBILITY_VISIBLE">
   <gnm:Name>报价</gnm:Name><gnm:MaxCol>5</gnm:MaxCol><gnm:MaxRow>4</gnm:MaxRow>
   <gnm:Names><gnm:Name><gnm:name>Area</gnm:name><gnm:value>A1</gnm:value></gnm:Name></gnm:Names>
   <gnm:Styles>
    <gnm:StyleRegion startCol="0" startRow="0" endCol="255" endRow="1"><gnm:Style Format="General"/></gnm:StyleRegion>
    <gnm:StyleRegion startCol="1" startRow="2" endCol="1" endRow="9"><gnm:Style Format="[$€-2]0.00"/></gnm:StyleRegion>
    <gnm:StyleRegion startCol="2" startRow="2" endCol="2" endRow="9"><gnm:Style Format="yyyy-mm-dd"/></gnm:StyleRegion>
    <gnm:StyleRegion startCol="3" startRow="2" endCol="3" endRow="9"><gnm:Style Format="0000"/></gnm:StyleRegion>
    <gnm:StyleRegion startCol="5" startRow="2" endCol="5" endRow="9"><gnm:Style Format="[h]:mm"/></gnm:StyleRegion>
   </gnm:Styles>
   <gnm:Cols DefaultSizePts="48"><gnm:ColInfo No="6" Unit="48" Hidden="1" Count="2"/></gnm:Cols>
   <gnm:Rows DefaultSizePts="12.75"><gnm:RowInfo No="3" Unit="12.75" Hidden="1"/></gnm:Rows>
   <gnm:Cells>
    <gnm:Cell Row="0" Col="0" ValueType="60">Price list</gnm:Cell>
    <gnm:Cell Row="1" Col="0" ValueType="60">Item</gnm:Cell>
    <gnm:Cell Row="1" Col="1" ValueType="60">Price</gnm:Cell>
    <gnm:Cell Row="2" Col="0" ValueType="60">Cup &amp; lid</gnm:Cell>
    <gnm:Cell Row="2" Col="1" ValueType="40">1.1000000000000001</gnm:Cell>
    <gnm:Cell Row="2" Col="2" ValueType="40">46082</gnm:Cell>
    <gnm:Cell Row="2" Col="3" ValueType="30">186</gnm:Cell>
    <gnm:Cell Row="2" Col="4" ValueType="20">TRUE</gnm:Cell>
    <gnm:Cell Row="2" Col="5" ValueType="40">1.5</gnm:Cell>
    <gnm:Cell Row="3" Col="0" ValueType="50">#DIV/0!</gnm:Cell>
    <gnm:Cell Row="3" Col="1" ExprID="1">=B3*2</gnm:Cell>
    <gnm:Cell Row="4" Col="1" ExprID="1"/>
    <gnm:Cell Row="4" Col="4" ValueType="40" ValueFormat="m/d/yy h:mm">46082.25</gnm:Cell>
    <gnm:Cell Row="4" Col="6" ValueType="40" ValueFormat="h:mm:ss">0.5</gnm:Cell>
   </gnm:Cells>
   <gnm:MergedRegions><gnm:Merge>A1:C1</gnm:Merge></gnm:MergedRegions>
  </gnm:Sheet>
  <gnm:Sheet Visibility="GNM_SHEET_VISIBILITY_VERY_HIDDEN"><gnm:Name>Old</gnm:Name>
   <gnm:Cells><gnm:Cell Row="0" Col="1" ValueType="60">x</gnm:Cell></gnm:Cells></gnm:Sheet>
 </gnm:Sheets>
</gnm:Workbook>
"""


def written(reader: Reader, path: Path, *, is_packed: bool = True, since: str = "1900") -> Workbook:
    content = BOOK.format(convention=f"Lotus:{since}").encode()
    path.write_bytes(gzip.compress(content) if is_packed else content)
    return reader.read(path)


def refused(reader: Reader, path: Path, content: bytes) -> Message:
    path.write_bytes(content)
    with pytest.raises(AppError) as caught:
        reader.read(path)
    return caught.value.message


@pytest.mark.parametrize("is_packed", [True, False])
def test_values_formats_and_merges_are_those_of_the_sheet(
    is_packed: bool, tmp_path: Path, reader: Reader
) -> None:
    book = written(reader, tmp_path / "list.gnumeric", is_packed=is_packed)
    sheet, old = book.sheets
    assert (book.format, sheet.name, sheet.is_hidden) == ("gnumeric", "报价", False)
    assert [row[:6] for row in sheet.rows] == [
        ("Price list", None, None, None, None, None),
        ("Item", "Price", None, None, None, None),
        ("Cup & lid", Decimal("1.1"), date(2026, 3, 1), "0186", True, "36:00:00"),
        (ErrorValue("#DIV/0!"), None, None, None, None, None),
        (None, None, None, None, datetime.fromisoformat("2026-03-01T06:00"), None),
    ]
    assert sheet.rows[4][6] == time(12)
    assert sheet.merges == (CellRange(0, 0, 0, 2),)
    assert sheet.currencies == {(2, 1): "EUR"}
    assert (sheet.hidden_rows, sheet.hidden_columns) == ({3}, {6, 7})
    assert sheet.formulas == {(3, 1): "=B3*2", (4, 1): "=B3*2"}
    assert (old.name, old.is_hidden, old.rows) == ("Old", True, ((None, "x"),))


def test_dates_count_from_1904_where_the_file_says_so(tmp_path: Path, reader: Reader) -> None:
    sheet = written(reader, tmp_path / "mac.gnumeric", since="1904").sheets[0]
    assert sheet.rows[2][2] == date(2030, 3, 2)


def test_file_cut_short_is_damaged(tmp_path: Path, reader: Reader) -> None:
    content = gzip.compress(BOOK.encode() + b" " * 40_000)
    bad_checksum = gzip.compress(BOOK.encode())[:-8] + b"\x00" * 8
    assert (
        refused(reader, tmp_path / "bad.gnumeric", bad_checksum).key == "sheets.damaged_elsewhere"
    )
    for cut in (content[:-12], gzip.compress(BOOK.encode()[:-400]), content[:600]):
        assert refused(reader, tmp_path / "cut.gnumeric", cut).key == "sheets.damaged_elsewhere"


def test_file_that_unpacks_to_far_more_than_a_sheet_is_refused(
    tmp_path: Path, reader: Reader
) -> None:
    bomb = gzip.compress(BOOK.encode() + b" " * 60_000_000)
    assert refused(reader, tmp_path / "bomb.gnumeric", bomb).key == "sheets.bomb"


def test_entities_are_not_unfolded(tmp_path: Path, reader: Reader) -> None:
    laughs = BOOK.replace("<gnm:Workbook", '<!DOCTYPE l [<!ENTITY a "ha">]><gnm:Workbook', 1)
    for content in (laughs.encode(), gzip.compress(laughs.encode())):
        assert refused(reader, tmp_path / "laughs.gnumeric", content).key == "sheets.bomb"


def test_cells_far_out_are_refused(tmp_path: Path, reader: Reader) -> None:
    far = BOOK.replace('Row="4" Col="6"', 'Row="1048575" Col="16383"').encode()
    key = refused(reader, tmp_path / "far.gnumeric", gzip.compress(far)).key
    assert key == "sheets.cells_too_far_apart"
    beyond = BOOK.replace('Row="4" Col="6"', 'Row="9999999" Col="0"').encode()
    assert refused(reader, tmp_path / "far.gnumeric", beyond).key == "sheets.too_many_cells"


def test_any_other_gzip_is_an_archive(tmp_path: Path, reader: Reader) -> None:
    message = refused(reader, tmp_path / "logs.gz", gzip.compress(b"a,b\n1,2\n"))
    assert message.params["kind"] == Message("sheets.kinds.archive")
