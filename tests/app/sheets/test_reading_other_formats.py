"""xls, xlsb, ods, HTML, SpreadsheetML and vCards arrive as the same plain cells."""

from __future__ import annotations

import base64
import struct
import zipfile
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from app.kernel.errors import AppError
from app.sheets.grid import CellRange, ErrorValue, Value, Workbook
from app.sheets.reading import Reader


def written(reader: Reader, path: Path, content: str | bytes) -> Workbook:
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return reader.read(path)


def test_same_list_in_three_formats_reads_the_same(shared_sheets: Path, reader: Reader) -> None:
    suppliers = shared_sheets / "suppliers"
    xls, xlsx = (
        reader.read(suppliers / f"osh-list12-same.{ending}").sheets[0].rows
        for ending in ("xls", "xlsx")
    )
    assert xls == xlsx
    csv = reader.read(suppliers / "osh-list12-same.csv").sheets[0].rows
    differing = [
        (row, column)
        for row, cells in enumerate(csv)
        for column, value in enumerate(cells)
        if str(value or "") != str(xlsx[row][column] or "")
    ]
    assert differing == [(9, 2)]  # "Nº", which was garbled before the workbooks were made


def test_old_macs_and_vietnamese_letters_are_right(shared_sheets: Path, reader: Reader) -> None:
    mac = reader.read(shared_sheets / "hostile" / "mac-central-europe-biff5.xls").sheets[0]
    assert mac.name == "Ärkusz1"
    assert "Ładowność" in mac.rows[0]
    assert mac.rows[2][0] == Decimal(220695536930)
    assert mac.rows[2][1] == "0000002"
    vietnamese = reader.read(shared_sheets / "hostile" / "vietnamese.xls").sheets[0]
    assert vietnamese.rows[0] == ("Mô tả",)
    assert len(vietnamese.rows) == 7


def test_merges_and_hidden_sheets_of_xls(shared_sheets: Path, reader: Reader) -> None:
    merged = reader.read(shared_sheets / "hostile" / "merge-cells.xls").sheets[0]
    assert len(merged.merges) == 5
    template = reader.read(
        shared_sheets / "pricelists" / "cn-jd-upload-template-spraypaint.xls"
    ).sheets
    assert [(sheet.name, sheet.is_hidden) for sheet in template] == [
        ("发品模板", False), ("DICT_SHEET", True),
    ]  # fmt: skip


def test_spreadsheetml_keeps_types_gaps_and_merges(tmp_path: Path, reader: Reader) -> None:
    book = written(reader, tmp_path / "export.xls", SPREADSHEETML)
    assert book.format == "spreadsheetml"
    first, second = book.sheets
    assert first.rows == (
        ("品名", None, "Price", None),
        (None, None, None, None),
        ("0186", None, Decimal("1.1"), date(2026, 3, 1)),
        ("a\nb", None, ErrorValue("#N/A"), True),
    )
    assert first.merges == (CellRange(0, 0, 0, 1),)
    assert first.currencies == {(2, 2): "USD"}
    assert first.formulas == {(4, 2): "=R[-1]C*2"}
    assert (second.name, second.is_hidden) == ("字典", True)


SPREADSHEETML = """<?xml version="1.0"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"
 xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"
 xmlns:x="urn:schemas-microsoft-com:office:excel">
<Styles><Style ss:ID="s1"><NumberFormat ss:Format="&quot;US$&quot;0.00"/></Style></Styles>
<Worksheet ss:Name="Sheet1"><Table>
<Row><Cell ss:MergeAcross="1"><Data ss:Type="String">品名</Data></Cell>
<Cell><Data ss:Type="String">Price</Data></Cell></Row>
<Row ss:Index="3"><Cell><Data ss:Type="String">0186</Data></Cell>
<Cell ss:Index="3" ss:StyleID="s1"><Data ss:Type="Number">1.1000000000000001</Data></Cell>
<Cell><Data ss:Type="DateTime">2026-03-01T00:00:00.000</Data></Cell></Row>
<Row><Cell><Data ss:Type="String">a&#10;b</Data></Cell>
<Cell ss:Index="3"><Data ss:Type="Error">#N/A</Data></Cell>
<Cell><Data ss:Type="Boolean">1</Data></Cell></Row>
<Row><Cell ss:Index="3" ss:Formula="=R[-1]C*2"/></Row>
</Table></Worksheet>
<Worksheet ss:Name="字典"><Table/><WorksheetOptions
 xmlns="urn:schemas-microsoft-com:office:excel"><Visible>SheetHidden</Visible></WorksheetOptions>
</Worksheet></Workbook>"""


def test_html_table_under_the_name_of_a_workbook(tmp_path: Path, reader: Reader) -> None:
    page = """<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312">
    <style>td {color: red}</style></head><body><table border=1>
    <tr><th colspan=2>供应商</th><th rowspan="2">电话<br>Tel</th></tr>
    <tr><td>名称</td><td>Name &amp; Co</td></tr>
    <tr><td>宏达&nbsp;五金<td x:num="1234.5">1,234.50<td style="mso-number-format:'\\@'">0138</table>
    <table><tr><td>second</td></tr></table></body></html>"""
    book = written(reader, tmp_path / "report.xls", page.encode("gb18030"))
    assert (book.format, book.encoding) == ("html", "gb18030")
    sheet = book.sheets[0]
    assert sheet.rows == (
        ("供应商", None, "电话\nTel"),
        ("名称", "Name & Co", None),
        ("宏达 五金", Decimal("1234.5"), "0138"),
        (None, None, None),
        ("second", None, None),
    )
    assert sheet.merges == (CellRange(0, 0, 0, 1), CellRange(0, 2, 1, 2))


def test_html_with_a_mark_of_utf_16(tmp_path: Path, reader: Reader) -> None:
    page = "<table><tr><td>名称</td><td>1</td></tr></table>".encode("utf-16")
    assert written(reader, tmp_path / "wide.xls", page).sheets[0].rows == (("名称", "1"),)


def test_single_file_web_page_of_excel(tmp_path: Path, reader: Reader) -> None:
    page = "<table><tr><td>名称</td><td>Price</td></tr><tr><td>x</td><td>1.20</td></tr></table>"
    parts = "".join(
        f"--edge\r\nContent-Type: text/html; charset=utf-8\r\n"
        f"Content-Transfer-Encoding: base64\r\n\r\n{base64.b64encode(p.encode()).decode()}\r\n"
        for p in (page, "<p>frame</p>")
    )
    head = 'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="edge"\r\n\r\n'
    book = written(reader, tmp_path / "report.xls", head + parts + "--edge--\r\n")
    assert [sheet.rows for sheet in book.sheets] == [(("名称", "Price"), ("x", "1.20"))]


def test_ods_keeps_types_currencies_merges_and_repeats(tmp_path: Path, reader: Reader) -> None:
    path = tmp_path / "list.ods"
    with zipfile.ZipFile(path, "w") as box:
        box.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        box.writestr("content.xml", ODS)
    sheet = reader.read(path).sheets[0]
    assert sheet.rows == (
        ("Item", None, None, Decimal("1.1"), date(2026, 3, 1)),
        ("x", "x", "x", None, None),
        ("x", "x", "x", None, None),
        (None, None, None, ErrorValue("#N/A"), Decimal(12345678901234567890)),
        ("two  words\nnext", None, None, None, None),
    )
    assert sheet.currencies == {(0, 3): "EUR"}
    assert sheet.merges == (CellRange(0, 0, 0, 2),)


ODS = """<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>
<table:table table:name="t"><table:table-column table:number-columns-repeated="1024"/>
<table:table-row><table:table-cell table:number-columns-spanned="3" table:number-rows-spanned="1"
 office:value-type="string"><text:p>Item</text:p><office:annotation><text:p>note</text:p>
</office:annotation></table:table-cell><table:covered-table-cell
 table:number-columns-repeated="2"/><table:table-cell office:value-type="currency"
 office:currency="EUR" office:value="1.1"><text:p>1,10 €</text:p></table:table-cell>
<table:table-cell office:value-type="date" office:date-value="2026-03-01"/></table:table-row>
<table:table-row table:number-rows-repeated="2"><table:table-cell
 table:number-columns-repeated="3" office:value-type="string"><text:p>x</text:p>
</table:table-cell><table:table-cell table:number-columns-repeated="1021"/></table:table-row>
<table:table-row><table:table-cell table:number-columns-repeated="3"/><table:table-cell
 office:value-type="string" calcext:value-type="error"><text:p>#N/A</text:p></table:table-cell>
<table:table-cell office:value-type="float" office:value="12345678901234567890"/>
</table:table-row>
<table:table-row><table:table-cell office:value-type="string"><text:p>two<text:s text:c="2"/>words
</text:p><text:p>next</text:p></table:table-cell></table:table-row>
<table:table-row table:number-rows-repeated="1048570"><table:table-cell
 table:number-columns-repeated="1024"/></table:table-row></table:table>
</office:spreadsheet></office:body></office:document-content>""".replace("words\n<", "words<")

CARDS = """BEGIN:VCARD
VERSION:3.0
N:Wang;Li;;Ms.;
FN:Wang Li
ORG:Ningbo Hongda\\, Ltd.;Export
TITLE:Sales Manager
TEL;TYPE=CELL:+86 138 0013 8000
TEL;TYPE="work,voice":0574-8765 4321
TEL;TYPE=FAX:0574-8765 4322
EMAIL;TYPE=INTERNET:wang@hongda.example
item1.EMAIL:sales@hongda.example
ADR;TYPE=WORK:;;18 Haitian Rd;Ningbo;Zhejiang;315000;China
URL:www.hongda.example
NOTE:Met at the fair\\, hall 3\\nsend the pri
 ce list
X-WECHAT:wangli88
PHOTO;ENCODING=b;TYPE=JPEG:/9j/4AAQ
 SkZJRg
END:VCARD
BEGIN:VCARD
VERSION:2.1
N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=E7=8E=8B;=E5=B0=8F=
=E7=BA=A2
TEL;CELL:13900139000
END:VCARD
BEGIN:VCARD
VERSION:4.0
PHOTO:data:image/png;base64,AAAA
END:VCARD
"""


def test_vcards_of_all_versions_become_rows(tmp_path: Path, reader: Reader) -> None:
    book = written(reader, tmp_path / "contacts.vcf", CARDS)
    assert (book.format, book.encoding) == ("vcard", "utf-8")
    headings, wang, xiaohong = book.sheets[0].rows
    assert cell(headings, wang) == {
        "contact name": "Wang Li", "organization": "Ningbo Hongda, Ltd.", "department": "Export",
        "job title": "Sales Manager", "phone": "0574-8765 4321", "mobile": "+86 138 0013 8000",
        "fax": "0574-8765 4322", "mail": "wang@hongda.example\nsales@hongda.example",
        "address": "18 Haitian Rd", "city": "Ningbo", "province": "Zhejiang",
        "postal code": "315000", "country": "China",
        "website": "www.hongda.example", "wechat": "wangli88",
        "note": "Met at the fair, hall 3\nsend the price list",
    }  # fmt: skip
    assert cell(headings, xiaohong) == {"contact name": "王小红", "mobile": "13900139000"}
    assert ("sheets.cards_unreadable", {"count": 1}) in book.warnings


def cell(headings: tuple[Value, ...], row: tuple[Value, ...]) -> dict[Value, Value]:
    return {heading: value for heading, value in zip(headings, row, strict=True) if value}


def test_vcards_of_western_programs_keep_their_umlauts(tmp_path: Path, reader: Reader) -> None:
    content = "BEGIN:VCARD\nVERSION:2.1\nFN:Jörg Weißmüller\nORG:Größe & Söhne\nEND:VCARD\n"
    book = written(reader, tmp_path / "outlook.vcf", content.encode("cp1252"))
    assert book.sheets[0].rows[1][:2] == ("Jörg Weißmüller", "Größe & Söhne")


def test_a_refused_vcard_is_to_be_exported_again(tmp_path: Path, reader: Reader) -> None:
    with pytest.raises(AppError) as refused:
        written(reader, tmp_path / "phone.vcf", "BEGIN:VCARD\nEND:VCARD\n")
    assert refused.value.message.key == "sheets.no_card"


def test_vcards_in_gbk_are_read(tmp_path: Path, reader: Reader) -> None:
    content = "BEGIN:VCARD\r\nFN:王小红\r\nORG:宁波宏达\r\nEND:VCARD\r\n".encode("gbk")
    book = written(reader, tmp_path / "phone.vcf", content)
    assert book.sheets[0].rows[1][:2] == ("王小红", "宁波宏达")


def test_csv_under_the_name_of_a_workbook_is_read_as_text(tmp_path: Path, reader: Reader) -> None:
    book = written(reader, tmp_path / "export.xls", "Name\tPhone\nHongda\t0574\nMingda\t0575\n")
    assert book.format == "csv"
    assert book.sheets[0].rows[1] == ("Hongda", "0574")


@pytest.mark.parametrize("content", [b"\x00" * 4_000, b"", b"\n \n"])
def test_file_of_nothing_is_called_empty(content: bytes, tmp_path: Path, reader: Reader) -> None:
    with pytest.raises(AppError) as caught:
        written(reader, tmp_path / "nothing.xlsx", content)
    assert caught.value.message.key in {"sheets.empty_file", "sheets.text.empty_file"}


def old_workbook(rows: list[list[str]], encoding: str) -> bytes:
    """A workbook of Excel 95 that does not name the code page of its texts."""

    def record(kind: int, content: bytes) -> bytes:
        return struct.pack("<HH", kind, len(content)) + content

    def begin(kind: int) -> bytes:
        return record(0x0809, struct.pack("<HHHH", 0x0500, kind, 0, 1995))

    end = record(0x000A, b"")
    front = begin(0x0005) + record(0x00E0, bytes(16))
    sheet_at = len(front) + len(record(0x0085, bytes(7) + b"List")) + len(end)
    sheet = record(0x0085, struct.pack("<IBBB", sheet_at, 0, 0, 4) + b"List")
    cells = b"".join(
        record(0x0204, struct.pack("<HHHH", row, column, 0, len(text)) + text)
        for row, texts in enumerate(rows)
        for column, text in enumerate(each.encode(encoding) for each in texts)
    )
    return front + sheet + end + begin(0x0010) + cells + end


@pytest.mark.parametrize(
    ("encoding", "rows"),
    [
        ("cp1251", [["Наименование", "Цена"], ["Кабель медный", "120"], ["Розетка", "45"]]),
        ("gb18030", [["品名", "单价"], ["陶瓷杯子", "12"], ["不锈钢保温杯", "35"]]),
    ],
)
def test_old_workbook_without_a_code_page_is_read_by_its_texts(
    reader: Reader, tmp_path: Path, encoding: str, rows: list[list[str]]
) -> None:
    (tmp_path / "old.xls").write_bytes(old_workbook(rows, encoding))
    read = reader.read(tmp_path / "old.xls").sheets[0].rows
    assert [list(map(str, row)) for row in read] == rows
