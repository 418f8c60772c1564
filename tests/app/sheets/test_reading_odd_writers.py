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


ODDITIES: dict[str, Rewriting] = {
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
