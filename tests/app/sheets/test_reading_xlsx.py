"""What a cell of an xlsx file says arrives whole: digits, dates, errors, formats, merges."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from app.sheets.grid import CellRange, ErrorValue, Sheet, Value
from app.sheets.reading import Reader
from app.sheets.reading.cell_marks import SheetMarks
from app.sheets.reading.cell_scan import NotPlain, scan
from app.sheets.reading.cell_scan_patient import scan_patiently
from app.sheets.reading.number_formats import number_format
from app.sheets.reading.package import Package


def read_back(reader: Reader, workbook: openpyxl.Workbook, folder: Path) -> Sheet:
    path = folder / "made.xlsx"
    workbook.save(path)
    return reader.read(path).sheets[0]


def column(sheet: Sheet, index: int = 0) -> list[Value]:
    return [row[index] for row in sheet.rows]


def with_cells(folder: Path, cells: Sequence[str]) -> Path:
    """A workbook whose rows hold one cell each, written exactly as given."""
    path = folder / "cells.xlsx"
    workbook = openpyxl.Workbook()
    workbook.active["A1"] = "x"
    workbook.save(folder / "empty.xlsx")
    rows = "".join(f'<row r="{n}">{cell}</row>' for n, cell in enumerate(cells, start=1))
    with zipfile.ZipFile(folder / "empty.xlsx") as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name.endswith("sheet1.xml"):
                start, end = content.index(b"<sheetData>"), content.index(b"</sheetData>")
                content = content[: start + 11] + rows.encode() + content[end:]
            new.writestr(name, content)
    return path


def test_numbers_keep_their_digits_without_noise(tmp_path: Path, reader: Reader) -> None:
    stored = ["1.1", "0.30000000000000004", "12.399999999999999", "12345678901234567890"]
    stored += ["1E+10", "13800138000", "-7", "1.0000000000000001E-7", "0", "4007817327104"]
    cells = [f'<c r="A{n}"><v>{text}</v></c>' for n, text in enumerate(stored, start=1)]
    sheet = reader.read(with_cells(tmp_path, cells)).sheets[0]
    shown = [str(value) for value in column(sheet)]
    assert shown == [
        "1.1", "0.3", "12.4", "12345678901234567890", "10000000000", "13800138000", "-7", "1E-7",
        "0", "4007817327104",
    ]  # fmt: skip


def test_text_that_looks_like_a_number_stays_text(tmp_path: Path, reader: Reader) -> None:
    workbook = openpyxl.Workbook()
    texts = ["0186", "1.10", "8481.90.3000", "1.38E+10", "+86 138", " x "]
    for text in texts:
        workbook.active.append([text])
    assert column(read_back(reader, workbook, tmp_path)) == texts


def test_dates_times_and_booleans_have_their_types(tmp_path: Path, reader: Reader) -> None:
    workbook = openpyxl.Workbook()
    values = [
        date(2026, 3, 1),
        datetime.fromisoformat("2026-03-01T12:30"),
        time(8, 15),
        True,
        False,
    ]
    for value in values:
        workbook.active.append([value])
    workbook.active.append([timedelta(hours=26, minutes=30)])
    found = column(read_back(reader, workbook, tmp_path))
    assert found[:5] == values
    assert found[5] == "26:30:00"


def test_dates_count_from_1904_where_the_file_says_so(tmp_path: Path, reader: Reader) -> None:
    workbook = openpyxl.Workbook()
    workbook.epoch = CALENDAR_MAC_1904
    workbook.active["A1"] = date(2026, 3, 1)
    assert column(read_back(reader, workbook, tmp_path)) == [date(2026, 3, 1)]


def test_errors_are_values_and_formulas_without_result_are_told(
    tmp_path: Path, reader: Reader
) -> None:
    cells = [
        '<c r="A1" t="e"><v>#N/A</v></c>',
        '<c r="A2"><f>B1*2</f></c>',
        '<c r="A3"><f>B1*3</f><v></v></c>',
        '<c r="A4"><f>1+1</f><v>2</v></c>',
        '<c r="A5" t="str"><f>IF(B1,"y","")</f><v/></c>',
        '<c r="A6" t="str"><f>IF(B1,"x","")</f><v></v></c>',
        '<c r="A7" t="inlineStr"><is><t>end</t></is></c>',
    ]
    sheet = reader.read(with_cells(tmp_path, cells)).sheets[0]
    assert column(sheet) == [ErrorValue("#N/A"), None, None, Decimal(2), None, None, "end"]
    assert sheet.formulas == {(1, 0): "=B1*2", (2, 0): "=B1*3"}


def test_hidden_rows_columns_and_merges_are_told(tmp_path: Path, reader: Reader) -> None:
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    for _ in range(6):
        sheet.append(["a", "b", "c", "d"])
    sheet.merge_cells("A1:C1")
    sheet.merge_cells("B3:B5")
    sheet.row_dimensions[4].hidden = True
    sheet.column_dimensions["C"].hidden = True
    found = read_back(reader, workbook, tmp_path)
    assert found.merges == (CellRange(0, 0, 0, 2), CellRange(2, 1, 4, 1))
    assert found.hidden_rows == {3}
    assert found.hidden_columns == {2}


def test_number_format_gives_currency_unit_and_leading_zeros(
    tmp_path: Path, reader: Reader
) -> None:
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    formats = [
        ('"¥"#,##0.00', "CNY"), ("[$€-407] 0.00", "EUR"), ("[$HK$-C04]0.00", "HKD"), ("0%", "%"),
        ('0"pcs"', "pcs"), ("0.00", None), ("General", None),
    ]  # fmt: skip
    for row, (code, _) in enumerate(formats, start=1):
        sheet.cell(row, 1, 3).number_format = code
    sheet["A8"] = 186
    sheet["A8"].number_format = "000000"
    sheet["A9"] = "text"
    sheet["A9"].number_format = '"¥"0.00'
    found = read_back(reader, workbook, tmp_path)
    assert [found.currencies.get((row, 0)) for row in range(7)] == [unit for _, unit in formats]
    assert column(found)[7:] == ["000186", "text"]
    assert (8, 0) not in found.currencies


@pytest.mark.parametrize(
    ("code", "unit"),
    [
        ('_("$"* #,##0.00_);_("$"* (#,##0.00);_("$"* "-"??_);_(@_)', "USD"),
        ("[$¥-411]#,##0", "JPY"), ("[$¥-804]#,##0.00", "CNY"), ("￥#,##0.00", "CNY"),
        ('#,##0.00\\ "€"', "EUR"), ("[$CHF] 0.00", "CHF"), ("\\U\\S\\D\\ 0.00", "USD"),
        ('#,##0"р."', "RUB"), ('0.00"元"', "CNY"), ('0.00\\ "zł"', "PLN"), ("[$kr-414] 0", "NOK"),
        ('0.0" kg"', "kg"), ("0.00E+00", None), ("[Red]0.00", None), ("#,##0.00\\ _€", None),
        ('yyyy"年"m"月"d"日"', None), ("[h]:mm", None), ("@", None), ("", None),
    ],
)  # fmt: skip
def test_unit_of_a_number_format(code: str, unit: str | None) -> None:
    assert number_format(code).unit == unit


def test_padded_formats_show_their_separators() -> None:
    assert number_format("000\\-0000\\-0000").shown(Decimal(13800138000)) == "138-0013-8000"
    assert number_format("0000").shown(Decimal(123456)) == "123456"
    assert number_format("000").shown(Decimal("1.5")) is None


def test_letters_of_excel_are_read_as_people_see_them(shared_sheets: Path, reader: Reader) -> None:
    hostile = shared_sheets / "hostile"
    escapes = reader.read(hostile / "x000D-escapes.xlsx").sheets[0]
    assert "\n2、抽到的是卡片1\n" in str(escapes.rows[1][7])
    assert not any("_x000D_" in str(value) for row in escapes.rows for value in row)
    readings = reader.read(hostile / "phonetic-text-furigana.xlsx").sheets[0]
    assert column(readings) == ["漢字", "漢字withColor"]
    rich = reader.read(hostile / "html-rich-strings.xlsx").sheets[0]
    assert rich.rows[1][3] == "Superscript. x123"
    texty = reader.read(hostile / "big-texty-numbers.xlsx").sheets[0]
    assert texty.rows[3][:2] == (Decimal(2147483648), "2147483648")
    google = reader.read(hostile / "zero-prefix-format.xlsx").sheets[0]
    assert google.rows[0][0] == Decimal(1)
    assert google.rows[49][19] == Decimal(1000)


def test_currency_is_told_for_each_cell(shared_sheets: Path, reader: Reader) -> None:
    sheet = reader.read(shared_sheets / "hostile" / "currency-formats.xlsx").sheets[0]
    assert sheet.currencies == {
        (1, 1): "EUR", (2, 1): "EUR", (1, 2): "CHF", (2, 2): "CHF", (1, 3): "EUR", (2, 3): "CHF",
    }  # fmt: skip


def test_errors_of_a_real_sheet_are_values(shared_sheets: Path, reader: Reader) -> None:
    sheet = reader.read(shared_sheets / "hostile" / "error-types.xlsx").sheets[0]
    assert [row[0] for row in sheet.rows[1:5]] == [
        ErrorValue("#NULL!"), ErrorValue("#DIV/0!"), ErrorValue("#VALUE!"), ErrorValue("#REF!"),
    ]  # fmt: skip


def test_macros_and_links_are_named(shared_sheets: Path, reader: Reader) -> None:
    book = reader.read(shared_sheets / "hostile" / "number-format-russian.xlsm")
    assert ("sheets.macros_ignored", {}) in book.warnings


def test_quick_and_patient_scan_agree_on_every_real_sheet(shared_sheets: Path) -> None:
    """Two implementations check each other: searches over bytes, and an XML parser."""
    compared = 0
    for file in sorted(shared_sheets.rglob("*.xls[xm]")):
        if not zipfile.is_zipfile(file):
            continue
        package = Package(str(file))
        formats = [number_format("0.00"), *[number_format('"¥"0')] * 300]
        for name in package.names():
            if re.fullmatch(r"xl/worksheets/[^/]+\.xml", name) and package.size_bytes(name) < 10**6:
                quick, patient = SheetMarks(formats), SheetMarks(formats)
                try:
                    scan(package.blocks(name), quick)
                except NotPlain:
                    continue
                scan_patiently(package.blocks(name), patient)
                assert quick.last_column >= patient.last_column
                assert quick.last_row >= patient.last_row
                assert normal(quick) == normal(patient), (file.name, name)
                compared += 1
    assert compared > 50


def normal(marks: SheetMarks) -> SheetMarks:
    """Without what only one way collects on its way there, and the box, which the quick one may
    see wider by cells that are only coloured.
    """
    replaced = {row: sorted(cells, key=repr) for row, cells in marks.replaced.items()}
    return replace(marks, replaced=replaced, last_row=0, last_column=0, _shared={})


def test_unit_is_told_however_the_cell_is_written(tmp_path: Path, reader: Reader) -> None:
    """Style first, type first, with a formula, with the type of a number written out."""
    workbook = openpyxl.Workbook()
    for row in range(1, 7):
        workbook.active.cell(row, 1, row).number_format = '"€"0.00'
    path = tmp_path / "styled.xlsx"
    workbook.save(path)
    cells = (
        '<c r="A1" s="1"><v>1</v></c>', '<c r="A2" s="1" t="n"><v>2</v></c>',
        '<c r="A3" t="n" s="1"><v>3</v></c>', '<c r="A4" s="1"><f>1+3</f><v>4</v></c>',
        '<c r="A5" t="n" s="1"><f>1+4</f><v>5</v></c>', '<c r="A6" s="1"/>',
    )  # fmt: skip
    rows = "".join(f'<row r="{n}">{cell}</row>' for n, cell in enumerate(cells, start=1))
    changed = tmp_path / "changed.xlsx"
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(changed, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name.endswith("sheet1.xml"):
                content = re.sub(rb"(<sheetData>).*(</sheetData>)", rb"\1%s\2", content)
                content = content.replace(b"%s", rows.encode())
            new.writestr(name, content)
    assert reader.read(changed).sheets[0].currencies == {(row, 0): "EUR" for row in range(5)}
