"""Workbooks written in unusual ways that Excel opens read as the same cells."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from app.kernel.errors import AppError
from app.sheets.grid import ErrorValue, Workbook
from app.sheets.reading import Reader

Rewriting = Callable[[str, bytes], tuple[str, bytes]]
ROWS = [
    ["Item", "Price", "Since"],
    ["0186", 1.1, date(2026, 3, 1)],
    ["A & B <x>", -7, date(2026, 3, 2)],
    [None, "#N/A", None],
]


def in_sheets(change: Callable[[bytes], bytes]) -> Rewriting:
    return lambda name, content: (
        (name, change(content))
        if "worksheets/sheet" in name and name.endswith("xml")
        else (name, content)
    )


def with_prefix(content: bytes) -> bytes:
    prefixed = re.sub(rb"<(/?)(?!\?)([a-zA-Z]+)", rb"<\1x:\2", content)
    return prefixed.replace(b'xmlns="', b'xmlns:x="', 1)


def renamed_workbook(name: str, content: bytes) -> tuple[str, bytes]:
    new_name = name.replace("xl/workbook.xml", "xl/book.xml")
    new_name = new_name.replace("workbook.xml.rels", "book.xml.rels")
    return new_name, content.replace(b"xl/workbook.xml", b"xl/book.xml")


def strict(name: str, content: bytes) -> tuple[str, bytes]:
    schemas, strictly = b"http://schemas.openxmlformats.org", b"http://purl.oclc.org/ooxml"
    content = content.replace(
        schemas + b"/spreadsheetml/2006/main", strictly + b"/spreadsheetml/main"
    )
    return name, content.replace(
        schemas + b"/officeDocument/2006/relationships",
        strictly + b"/officeDocument/relationships",
    )


def numbered(row: Callable[[int], object]) -> Rewriting:
    """The sheets with their rows numbered, and their cells named, by ``row``."""
    return in_sheets(
        lambda content: re.sub(
            rb'(<row r="|<c r="[A-Z]+)(\d+)', lambda m: m[1] + str(row(int(m[2]))).encode(), content
        )
    )


def in_state(state: bytes) -> Rewriting:
    return lambda name, content: (
        name,
        content.replace(b'state="visible"', b'state="%b"' % state),
    )


ODDITIES: dict[str, Rewriting] = {
    "rows that are all number nought": numbered(lambda row: 0),
    "rows counted from nought": numbered(lambda row: row - 1),
    "rows without a number in their attribute": numbered(lambda row: ""),
    "numbers of rows below nought": in_sheets(lambda c: c.replace(b'<row r="', b'<row r="-')),
    "rows of number nought and another prefix": in_sheets(
        lambda content: with_prefix(re.sub(rb'<row r="\d+', b'<row r="0', content))
    ),
    "a cell of row nought": in_sheets(lambda c: c.replace(b'<c r="A1"', b'<c r="A0"')),
    "an unknown state of its sheet": in_state(b"show"),
    "a state in capitals": in_state(b"Visible"),
    "an empty state": in_state(b""),
    "another namespace prefix": in_sheets(with_prefix),
    "UTF-16": in_sheets(lambda content: content.decode().encode("utf-16")),
    "a byte order mark": in_sheets(lambda content: b"\xef\xbb\xbf" + content),
    "line breaks between elements": in_sheets(lambda c: c.replace(b"><", b">\n  <")),
    "spaces around numbers": in_sheets(
        lambda content: re.sub(rb"<v>([^<]*)</v>", rb"<v> \1 </v>", content)
    ),
    "single quotes": in_sheets(
        lambda content: re.sub(rb"<c[^>]*>", lambda m: m[0].replace(b'"', b"'"), content)
    ),
    "a comment": in_sheets(lambda c: c.replace(b"<sheetData>", b"<!-- by x --><sheetData>")),
    "a workbook part of another name": renamed_workbook,
    "strict namespaces": strict,
    "backslashes in names": lambda name, content: (name.replace("/", "\\"), content),
}


@pytest.fixture(scope="module")
def ordinary(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("odd") / "ordinary.xlsx"
    workbook = openpyxl.Workbook()
    for row in ROWS:
        workbook.active.append(row)
    workbook.active["B2"].number_format = '"¥"0.00'
    workbook.active.row_dimensions[3].hidden = True
    workbook.active.merge_cells("A4:A5")
    workbook.save(path)
    return path


def rewritten(ordinary: Path, path: Path, change: Rewriting) -> Path:
    with zipfile.ZipFile(ordinary) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            new.writestr(*change(name, old.read(name)))
    return path


@pytest.mark.parametrize("oddity", ODDITIES)
def test_oddly_written_workbook_reads_as_any_other(
    oddity: str, ordinary: Path, tmp_path: Path, reader: Reader
) -> None:
    path = rewritten(ordinary, tmp_path / "odd.xlsx", ODDITIES[oddity])
    odd, plain = reader.read(path), reader.read(ordinary)
    assert facts(odd) == facts(plain)
    assert odd.sheets[0].rows[1] == ("0186", Decimal("1.1"), date(2026, 3, 1))
    assert odd.sheets[0].rows[3][1] == ErrorValue("#N/A")


@pytest.mark.parametrize("name", ["list.xls", "list.et", "list.csv", "list"])
@pytest.mark.parametrize("oddity", [None, "UTF-16"])
def test_a_workbook_is_told_by_its_content_and_not_by_its_name(
    name: str, oddity: str | None, ordinary: Path, tmp_path: Path, reader: Reader
) -> None:
    change = ODDITIES[oddity] if oddity else lambda name, content: (name, content)
    misnamed = reader.read(rewritten(ordinary, tmp_path / name, change))
    assert misnamed.format == "xlsx"
    assert facts(misnamed) == facts(reader.read(ordinary))


def test_a_binary_workbook_is_told_by_its_content_too(
    shared_sheets: Path, tmp_path: Path, reader: Reader
) -> None:
    source = shared_sheets / "hostile" / "any-sheets.xlsb"
    misnamed = tmp_path / "list.xls"
    misnamed.write_bytes(source.read_bytes())
    assert reader.read(misnamed).format == "xlsb"
    assert facts(reader.read(misnamed)) == facts(reader.read(source))


def with_wrong_checksum(path: Path, part: str) -> Path:
    with zipfile.ZipFile(path) as box:
        checksum = box.getinfo(part).CRC
    right, wrong = (number.to_bytes(4, "little") for number in (checksum, checksum ^ 0xFFFF))
    path.write_bytes(path.read_bytes().replace(right, wrong))
    return path


def sharing_texts(name: str, content: bytes) -> tuple[str, bytes]:
    """The first text is kept in a part of its own; it takes the place of the properties."""
    content = content.replace(b't="inlineStr"><is><t>Item</t></is>', b't="s"><v>0</v>')
    content = content.replace(
        b"</Relationships>",
        b'<Relationship Id="shared" Target="sharedStrings.xml" Type="http://schemas.'
        b'openxmlformats.org/officeDocument/2006/relationships/sharedStrings"/></Relationships>'
        if name.endswith("workbook.xml.rels")
        else b"</Relationships>",
    )
    if name != "docProps/app.xml":
        return name, content
    return "xl/sharedStrings.xml", (
        b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>Item</t></si></sst>'
    )


@pytest.mark.parametrize(
    "part",
    [
        "xl/worksheets/sheet1.xml",
        "xl/sharedStrings.xml",
        "xl/styles.xml",
        "xl/workbook.xml",
        "xl/_rels/workbook.xml.rels",
    ],
)
def test_part_with_a_wrong_checksum_is_read_where_it_is_whole_and_told(
    part: str, ordinary: Path, tmp_path: Path, reader: Reader
) -> None:
    path = rewritten(ordinary, tmp_path / "altered.xlsx", sharing_texts)
    altered = reader.read(with_wrong_checksum(path, part))
    assert facts(altered) == facts(reader.read(ordinary))
    assert altered.warnings == (("sheets.parts_altered", {"count": 1}),)


def test_part_that_nobody_needs_may_be_damaged(
    ordinary: Path, tmp_path: Path, reader: Reader
) -> None:
    path = rewritten(ordinary, tmp_path / "altered.xlsx", lambda name, content: (name, content))
    content = bytearray(path.read_bytes())
    start = content.index(b"PK\x01\x02")
    assert content[start + 46 :].startswith(b"docProps/app.xml")
    content[start + 10] = zipfile.ZIP_DEFLATED
    path.write_bytes(content)
    assert facts(reader.read(path)) == facts(reader.read(ordinary))


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"])
def test_part_that_breaks_off_is_damaged_and_not_half_read(
    part: str, ordinary: Path, tmp_path: Path, reader: Reader
) -> None:
    def broken_off(name: str, content: bytes) -> tuple[str, bytes]:
        name, content = sharing_texts(name, content)
        return name, content[: content.rindex(b"</")] + b" " * 12 if name == part else content

    path = rewritten(ordinary, tmp_path / "cut.xlsx", broken_off)
    assert refused(reader, with_wrong_checksum(path, part)) == "sheets.damaged"


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/_rels/"])
def test_workbook_that_lost_a_sheet_is_damaged_and_not_read_without_it(
    part: str, ordinary: Path, tmp_path: Path, reader: Reader
) -> None:
    path = tmp_path / "lost.xlsx"
    with zipfile.ZipFile(ordinary) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            if not name.startswith(part):
                new.writestr(name, old.read(name))
    assert refused(reader, path) == "sheets.damaged"


def test_web_page_in_the_place_of_a_sheet_is_damage(
    ordinary: Path, tmp_path: Path, reader: Reader
) -> None:
    page = in_sheets(lambda content: b"<html><body>Not found</body></html>")
    assert refused(reader, rewritten(ordinary, tmp_path / "page.xlsx", page)) == "sheets.damaged"


def refused(reader: Reader, path: Path) -> str:
    with pytest.raises(AppError) as caught:
        reader.read(path)
    return caught.value.message.key


def facts(book: Workbook) -> list[object]:
    return [
        (sheet.name, sheet.rows, sheet.merges, sheet.currencies, sheet.hidden_rows)
        for sheet in book.sheets
    ]


def test_references_to_other_files_are_named_and_not_followed(
    ordinary: Path, tmp_path: Path, reader: Reader
) -> None:
    path = rewritten(ordinary, tmp_path / "links.xlsx", lambda name, content: (name, content))
    with zipfile.ZipFile(path, "a") as box:
        box.writestr("xl/externalLinks/externalLink1.xml", "<externalLink/>")
    assert reader.read(path).warnings == (("sheets.links_ignored", {"count": 1}),)
