"""Files that are odd beyond measure are read, or refused in words, and in little time."""

from __future__ import annotations

import contextlib
import re
import struct
import time
import zipfile
from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from growth import IN_PROPORTION, growth
from sheet_drafts import workbook

from app.kernel.errors import AppError
from app.kernel.language import LANGUAGES, catalogue
from app.kernel.messages import Message
from app.sheets.grid import Sheet, Value, Workbook
from app.sheets.layout import find_tables
from app.sheets.reading import Reader
from app.sheets.table import write_tables
from app.sheets.understanding import understand

ODS = (
    '<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'office:mimetype="application/vnd.oasis.opendocument.spreadsheet">'
    '<office:body><office:spreadsheet><table:table table:name="Offer">{rows}'
    "</table:table></office:spreadsheet></office:body></office:document>"
)
XML_SHEET = (
    '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
    'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="Offer"><Table>'
    "{rows}</Table></Worksheet></Workbook>"
)


def a_file(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def refused(reader: Reader, path: Path) -> str:
    with pytest.raises(AppError) as caught:
        reader.read(path)
    return caught.value.message.key


def rewritten(path: Path, change: Callable[[str, str], str]) -> Path:
    with zipfile.ZipFile(path) as old:
        parts = {name: old.read(name).decode() for name in old.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name, content in parts.items():
            new.writestr(name, change(name, content))
    return path


def test_workbook_that_lists_no_sheet_has_an_empty_table(tmp_path: Path) -> None:
    path = tmp_path / "bare.xlsx"
    openpyxl.Workbook().save(path)
    rewritten(path, lambda _, content: content.replace("<sheet ", "<sheetless "))
    (report,) = write_tables([path], tmp_path / "out")
    assert (report.rows, report.error) == (0, None)


def test_heading_without_a_word_in_it_heads_nothing(tmp_path: Path) -> None:
    """A line of prose that reads as a heading and none of whose parts is one."""
    lines = ["Status of this letter", "", "   received review and has been approved by the"]
    lines += ["   committee. Further information on our", "   goods is in the catalogue.", ""]
    lines += ["   Information about the status of this letter, and", "   how to answer, is at"]
    lines += ["   http://www.example.com/info/letter.", "", "Copyright Notice", ""]
    path = a_file(tmp_path, "letter.txt", "\n".join(lines))
    (report,) = write_tables([path], tmp_path / "out")
    assert report.error is None


@pytest.mark.parametrize("digits", ["²", "9" * 5_000, "٣" * 40])
def test_number_that_cannot_be_counted_with_is_a_text(digits: str) -> None:
    rows: tuple[tuple[Value, ...], ...] = (("Item", "Price", digits), ("Mug", "2.50", digits))
    (region,) = find_tables(Sheet("Offer", (*rows, ("Jug", "3.10", digits))))
    assert digits in region.rows[-1]
    understand(workbook(Sheet("Offer", (*rows, ("Jug", "3.10", digits)))))


def test_time_of_another_zone_in_an_ods_is_the_time_shown(tmp_path: Path, reader: Reader) -> None:
    cell = (
        '<table:table-row><table:table-cell table:value-type="date" xmlns:o="urn:oasis:names:tc:'
        'opendocument:xmlns:office:1.0" o:value-type="date" o:date-value="2026-03-01T13:37:00-10:00"/>'
        "</table:table-row>"
    )
    path = a_file(tmp_path, "zone.fods", ODS.format(rows=cell))
    assert reader.read(path).sheets[0].rows == ((datetime.fromisoformat("2026-03-01T13:37"),),)


def test_flat_opendocument_file_reads_as_a_zipped_one(tmp_path: Path, reader: Reader) -> None:
    row = "<table:table-row>" + "".join(
        f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>'
        for text in ("Ningbo Hongda", "13800138000")
    )
    read = reader.read(a_file(tmp_path, "flat.fods", ODS.format(rows=row + "</table:table-row>")))
    assert (read.format, read.sheets[0].name) == ("ods", "Offer")
    assert read.sheets[0].rows == (("Ningbo Hongda", "13800138000"),)


def test_ods_of_many_megabytes_is_read_row_by_row(tmp_path: Path, reader: Reader) -> None:
    row = "<table:table-row><table:table-cell><text:p>%s</text:p></table:table-cell></table:table-row>"
    start, end = ODS.split("{rows}")
    path = tmp_path / "long.ods"
    with zipfile.ZipFile(path, "w") as box, box.open("content.xml", "w") as part:
        part.write(start.encode())
        for number in range(90):
            part.write((row % f"{number:0700000}").encode())
        part.write(end.encode())
    rows = reader.read(path).sheets[0].rows
    assert [int(str(cell)[-2:]) for (cell,) in rows] == list(range(90))


def test_table_inside_a_cell_of_an_ods_is_no_row_of_the_sheet(
    tmp_path: Path, reader: Reader
) -> None:
    cell = "<table:table-cell><text:p>%s</text:p>%s</table:table-cell>"
    row = "<table:table-row>%s</table:table-row>"
    inner = f"<table:table>{row % (cell % ('inside', ''))}</table:table>"
    rows = row % (cell % ("Cup", inner)) + row % (cell % ("Lid", ""))
    path = a_file(tmp_path, "nested.fods", ODS.format(rows=rows))
    assert reader.read(path).sheets[0].rows == (("Cup",), ("Lid",))


def test_length_of_time_in_an_xls_is_no_day_of_1900(tmp_path: Path, reader: Reader) -> None:
    shown = b"[h]:mm:ss"
    records = [
        (0x0409, struct.pack("<HHH", 0, 0x10, 0)),
        (0x041E, struct.pack("<HB", 0, len(shown)) + shown),
        (0x0443, bytes(12)),
        (0x0203, struct.pack("<HHHd", 0, 0, 0, 1.5)),
        (0x000A, b""),
    ]
    content = b"".join(struct.pack("<HH", kind, len(data)) + data for kind, data in records)
    assert reader.read(a_file(tmp_path, "times.xls", content)).sheets[0].rows == (("36:00:00",),)


def test_one_text_in_thousands_of_cells_is_refused(tmp_path: Path, reader: Reader) -> None:
    """Whether it is told by its size or its parser runs out of memory before."""
    path = tmp_path / "shared.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        for row in range(600):
            sheet.write(row, 0, "long")
    rewritten(
        path,
        lambda name, content: (
            content.replace("<t>long</t>", f"<t>{'A' * 1_000_000}</t>")
            if name.endswith("sharedStrings.xml")
            else content
        ),
    )
    assert refused(reader, path) in {"sheets.bomb", "sheets.needs_too_much_memory"}


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("wide.csv", ",".join(map(str, range(20_000)))),
        (
            "index.xml",
            XML_SHEET.format(
                rows='<Row><Cell><Data ss:Type="String">a</Data></Cell></Row><Row ss:Index="999999">'
                '<Cell ss:Index="9999"><Data ss:Type="String">b</Data></Cell></Row>'
            ),
        ),
    ],
)
def test_far_apart_cells_are_refused_before_the_room_between_them_is_filled(
    tmp_path: Path, reader: Reader, name: str, content: str
) -> None:
    assert refused(reader, a_file(tmp_path, name, content)) == "sheets.cells_too_far_apart"


def test_zero_bytes_that_fill_fields_up_are_left_out(tmp_path: Path, reader: Reader) -> None:
    lines = ["Name,City", *["Hongda\0\0,Ningbo\0", "Kaili,Yiwu\0\0\0"] * 20]
    rows = reader.read(a_file(tmp_path, "padded.csv", "\n".join(lines))).sheets[0].rows
    assert rows[:3] == (("Name", "City"), ("Hongda", "Ningbo"), ("Kaili", "Yiwu"))


def test_xml_without_a_declaration_is_no_table(tmp_path: Path, reader: Reader) -> None:
    content = '<results>\n<result name="a, b; c"><text>One, two</text></result></results>\n'
    assert refused(reader, a_file(tmp_path, "list.csv", content)) == "sheets.not_a_spreadsheet"


def test_long_lines_with_a_few_foreign_letters_do_not_take_longer(
    tmp_path: Path, reader: Reader
) -> None:
    line = "Mug," + "a white mug " * 4_000
    content = "\n".join([line] * 60 + ["Krug,für Bier"]).encode("cp1252")
    started = time.monotonic()
    rows = reader.read(a_file(tmp_path, "long.csv", content)).sheets[0].rows
    assert rows[-1] == ("Krug", "für Bier")
    assert time.monotonic() - started < 10


def pivot(steps: int) -> Workbook:
    headings = ["Name", *(f"{word} {n // 2}" for n in range(steps) for word in ("Qty", "Price"))]
    rows = tuple(tuple(f"{word} {n}" for word in headings) for n in range(30))
    return workbook(Sheet("Pivot", (tuple(headings), *rows)))


@pytest.mark.no_cover
def test_wide_sheet_takes_time_in_proportion_to_its_columns() -> None:
    assert growth(lambda steps: understand(pivot(steps)), 60) < IN_PROPORTION


def log(length: int) -> Sheet:
    rows = ((f"2026-03-01 message {n}", f"with words {n % 7}", "and more") for n in range(length))
    return Sheet("Log", tuple(rows))


@pytest.mark.no_cover
def test_long_list_without_headings_takes_time_in_proportion_to_its_rows() -> None:
    assert growth(lambda length: find_tables(log(length)), 2_000) < IN_PROPORTION


def test_control_signs_and_entities_of_the_web_do_not_damage_an_xml_sheet(
    tmp_path: Path, reader: Reader
) -> None:
    texts = ("Mug\x07", "Jug&#7;", "1&nbsp;000&euro;", "A&unknown;B", "Nuts & Bolts")
    cells = "".join(f'<Cell><Data ss:Type="String">{text}</Data></Cell>' for text in texts)
    path = a_file(tmp_path, "signs.xls", XML_SHEET.format(rows=f"<Row>{cells}</Row>"))
    assert reader.read(path).sheets[0].rows == (
        ("Mug", "Jug", "1\xa0000€", "A&unknown;B", "Nuts & Bolts"),
    )


@pytest.mark.parametrize("name", ["GBK", "gb2312", "Big5", "windows-1251"])
def test_xml_sheet_in_a_national_encoding_is_read(
    name: str, tmp_path: Path, reader: Reader
) -> None:
    text = "Кабель" if name.startswith("windows") else "不鏽鋼" if name == "Big5" else "陶瓷杯"
    row = f"<Row><Cell><Data ss:Type='String'>{text}</Data></Cell></Row>"
    content = XML_SHEET.format(rows=row).replace("?>", f' encoding="{name}"?>', 1)
    path = a_file(tmp_path, "export.xls", content.encode(name))
    assert reader.read(path).sheets[0].rows == ((text,),)


def test_number_beyond_measure_in_an_ods_is_a_text(tmp_path: Path, reader: Reader) -> None:
    numbers = ("1e999", "NaN", "sNaN", "1e-999999999", "7")
    cells = "".join(
        f'<table:table-cell office:value-type="float" office:value="{n}"/>' for n in numbers
    )
    row = f"<table:table-row>{cells}</table:table-row>"
    path = a_file(tmp_path, "numbers.fods", ODS.format(rows=row))
    assert reader.read(path).sheets[0].rows == ((*numbers[:4], Decimal(7)),)


def test_sheet_of_beginnings_of_rows_takes_no_time(tmp_path: Path, reader: Reader) -> None:
    path = tmp_path / "beginnings.xlsx"
    openpyxl.Workbook().save(path)
    rewritten(path, lambda _, part: part.replace("<sheetData", "<row " * 400_000 + "<sheetData"))
    started = time.monotonic()
    with contextlib.suppress(AppError):
        reader.read(path)
    assert time.monotonic() - started < 5


def test_workbook_behind_other_bytes_is_no_text(tmp_path: Path, reader: Reader) -> None:
    path = tmp_path / "behind.xlsx"
    book = openpyxl.Workbook()
    for number in range(200):
        book.active.append([f"AB-{number:03}", f"Cup {number}", 1.5 + number / 100, number * 10])
    book.save(path)
    path.write_bytes(b"garbage" * 100 + path.read_bytes())
    assert refused(reader, path) == "sheets.no_text"


@pytest.mark.parametrize(
    "content",
    [
        b"BEGIN:VCARD\nFN:A\nNOTE:" + (b"x" * 1_000 + b"\n ") * 21_000 + b"\nEND:VCARD\n",
        bytes(range(256)) * 40,
        b"PK\x03\x04" + bytes(400),
    ],
)
def test_cards_that_are_refused_are_not_to_be_saved_as_a_workbook(
    content: bytes, tmp_path: Path, reader: Reader
) -> None:
    path = a_file(tmp_path, "phone.vcf", content)
    with pytest.raises(AppError) as caught:
        reader.read(path)
    for language in LANGUAGES:
        words = catalogue(language).text(caught.value.message)
        assert ".vcf" in words
        assert ".xlsx" not in words


def test_control_signs_in_a_workbook_are_left_out(tmp_path: Path, reader: Reader) -> None:
    path = tmp_path / "signs.xlsx"
    openpyxl.Workbook().save(path)
    row = '<row r="1"><c r="A1" t="inlineStr"><is><t>Nuts & Bolts\x07</t></is></c></row>'
    rewritten(
        path,
        lambda _, content: re.sub(
            "<sheetData></sheetData>", f"<sheetData>{row}</sheetData>", content
        ),
    )
    assert reader.read(path).sheets[0].rows == (("Nuts & Bolts",),)


@pytest.mark.parametrize(
    "head", [b"ID;PWXL;N;E\r\n", b"TABLE\r\n0,1\r\n", b"\0\0\2\0\6\4\6\0", b"\0\0\x1a\0\5\x10\4\0"]
)
def test_sheet_of_an_old_program_is_named_as_what_it_is(
    tmp_path: Path, reader: Reader, head: bytes
) -> None:
    path = a_file(tmp_path, "old.slk", head + b'C;Y1;X1;K"Name"\r\n' * 20)
    with pytest.raises(AppError) as caught:
        reader.read(path)
    assert caught.value.message == Message(
        "sheets.not_a_spreadsheet", file="old.slk", kind=Message("sheets.kinds.old_sheet")
    )
