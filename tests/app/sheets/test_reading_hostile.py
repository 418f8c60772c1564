"""Every file of the hostile folder opens as its index says or is refused with a clear message."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from app.kernel.errors import AppError
from app.kernel.language import LANGUAGES, catalogue
from app.sheets.reading import Reader

#: File → format, and name, rows, columns, hidden or not, merges and pictures of each sheet.
#: Rows and columns count from A1 to the last cell with a value.
OPENS = {
    "any-sheets.xlsb": (
        "xlsb",
        [("Visible", 5, 2, False), ("Hidden", 0, 0, True), ("VeryHidden", 0, 0, True)],
    ),
    "bad-link.xlsx": ("xlsx", [("bad_link", 1, 1, False)]),
    "big-texty-numbers.xlsx": ("xlsx", [("Sheet1", 7, 3, False)]),
    "biff5-number-format-vietnamese.xls": (
        "xls",
        [
            ("Implied", 29, 7, False),
            ("ImpliedNegative", 29, 7, False),
            ("2011", 74, 11, False),
            ("Miscellany", 9, 2, False),
            ("SSF", 12, 11, False),
        ],
    ),
    "blank-xlsx-1cell.xlsx": ("xlsx", [("Worksheet", 0, 0, False)]),
    "currency-euro.xlsx": ("xlsx", [("Sheet 1", 4, 1, False)]),
    "currency-formats.xlsx": ("xlsx", [("Tabelle1", 3, 4, False)]),
    "defined-names-unicode.xlsx": (
        "xlsx",
        [
            ("NoContainsJapanese", 1, 1, False),
            ("日本語のみ", 1, 1, False),
            ("sheet日本語", 1, 1, False),
            ("日本語sheet", 1, 1, False),
            ("sheet日本語sheet", 1, 1, False),
        ],
    ),
    "error-types.xlsx": ("xlsx", [("RawErrors", 14, 10, False)]),
    "expand-merged-ranges.xlsx": ("xlsx", [("Sheet1", 4, 2, False)]),
    "gh548-wrong-sst-count.xls": (
        "xls",
        [
            ("System Level Data", 60, 27, False),
            ("System Mapping", 265, 10, True),
            ("Provider Level Data", 222, 29, False),
            ("Non-Booked Data", 222, 29, False),
            ("Booked Appointments Data", 222, 36, False),
            ("Acute Trust Footprint Data", 145, 21, False),
            ("Acute Trust Mapping", 257, 17, True),
        ],
    ),
    "header-row-offset.xlsx": ("xlsx", [("Sheet1", 10, 4, False)]),
    "hidden-sheets.xlsx": (
        "xlsx",
        [
            ("HiddenSheet1", 1, 1, True),
            ("VisibleSheet1", 1, 1, False),
            ("HiddenSheet2", 1, 1, True),
        ],
    ),
    "html-rich-strings.xlsx": ("xlsx", [("Sheet1", 7, 7, False)]),
    "hyperlink-no-rels.xlsx": (
        "xlsx",
        [("LeadSheet_Ext_COGS", 1, 1, False), ("23610_Accr_Ext_COGS", 0, 0, False)],
    ),
    "inlinestr-cdata.xlsx": ("xlsx", [("Sheet1", 2, 2, False)]),
    "libreoffice-numbers.xlsx": ("xlsx", [("Sheet1", 38, 10, False)]),
    "mac-central-europe-biff5.xls": ("xls", [("Ärkusz1", 3, 16, False)]),
    "merge-cells.xls": ("xls", [("Merge", 4, 4, False)]),
    "missing-first-column.xlsx": (
        "xlsx",
        [("Sheet1", 3, 2, False), ("Sheet2", 0, 0, False), ("Sheet3", 0, 0, False)],
    ),
    "missing-import-sheet.xlsx": ("xlsx", [("Items", 2, 10, False)]),
    "new-line-errors.xlsx": (
        "xlsx",
        [("Blad1", 3, 1, False), ("Blad2", 0, 0, False), ("Blad3", 0, 0, False)],
    ),
    "no-header-table.xlsx": ("xlsx", [("Feuille 1", 4, 2, False)]),
    "number-format-russian.xlsm": (
        "xlsx",
        [
            ("Implied", 29, 7, False),
            ("ImpliedNegative", 29, 7, False),
            ("2011", 74, 11, False),
            ("Miscellany", 9, 1, False),
            ("SSF", 12, 11, False),
        ],
    ),
    "phonetic-text-furigana.xlsx": ("xlsx", [("Sheet1", 2, 1, False)]),
    "picture-richdata-in-cell.xlsx": ("xlsx", [("Sheet1", 2, 2, False)]),
    "pictures-in-and-over-cell.xlsx": ("xlsx", [("Sheet1", 3, 1, False)]),
    "preamble-and-footer-deaths.xlsx": (
        "xlsx",
        [("arts", 19, 6, False), ("other", 19, 6, False)],
    ),
    "sheet-visibility-hidden-veryhidden.xlsx": (
        "xlsx",
        [("Visible", 2, 7, False), ("Hidden", 2, 6, True), ("VeryHidden", 2, 10, True)],
    ),
    "sheet-visibility.xls": (
        "xls",
        [("Visible", 2, 7, False), ("Hidden", 2, 6, True), ("VeryHidden", 2, 10, True)],
    ),
    "span-rich-text.xls": ("xls", [("Sheet1", 6, 4, False)]),
    "spreadsheetml2003.xml.xls": (
        "spreadsheetml",
        [("Sheet1", 4, 3, False), ("Sheet2", 0, 0, False), ("Sheet3", 0, 0, False)],
    ),
    "three-row-merged-header-26-images.xlsx": ("xlsx", [("Data", 12, 42, False)]),
    "unnamed-duplicated-columns.xlsx": ("xlsx", [("Sheet1", 3, 4, False)]),
    "vietnamese.xls": ("xls", [("Sheet1", 7, 1, False)]),
    "wps-dispimg-cell-image.xlsx": ("xlsx", [("Sheet1", 15, 7, False)]),
    "wps-native-image.et": ("xls", [("Sheet1", 15, 7, False)]),
    "wrong-coordinates.xlsx": ("xlsx", [("Format", 1, 1, False)]),
    "x000D-escapes.xlsx": ("xlsx", [("情人节活动", 2, 11, False)]),
    "xml-ns-prefix.xlsx": ("xlsx", [("Sheet1", 3, 2, False)]),
    "zero-prefix-format.xlsx": ("xlsx", [("Sheet1", 50, 20, False)]),
}
REFUSED = {
    "corrupt-not-zip.xlsx": "sheets.damaged",
    "corrupt-ole-ssat-pricelist.xls": "sheets.damaged",
    "ecma376-agile-password.xlsx": "sheets.protected",
    "empty.csv": "sheets.empty_file",
    "encrypted-no-password.xls": "sheets.protected",
    "ole-loop.xls": "sheets.damaged",
    "oom-alloc3.xls": "sheets.damaged",
    "pass-protected.ods": "sheets.protected",
    "pass-protected.xlsx": "sheets.protected",
    "password-2002-xor.xls": "sheets.protected",
    "rc4cryptoapi-password.xls": "sheets.protected",
    "xor-password.xls": "sheets.protected",
}
TEXT = {".csv", ".prn"}


@pytest.mark.parametrize("name", OPENS)
def test_odd_file_opens_with_its_sheets(name: str, shared_sheets: Path, reader: Reader) -> None:
    book = reader.read(shared_sheets / "hostile" / name)
    expected_format, expected = OPENS[name]
    assert book.format == expected_format
    found = [
        (sheet.name, len(sheet.rows), len(sheet.rows[0]) if sheet.rows else 0, sheet.is_hidden)
        for sheet in book.sheets
    ]
    assert found == expected


@pytest.mark.parametrize("name", REFUSED)
def test_unreadable_file_is_refused_in_words(
    name: str, shared_sheets: Path, reader: Reader
) -> None:
    started = time.monotonic()
    with pytest.raises(AppError) as refusal:
        reader.read(shared_sheets / "hostile" / name)
    assert time.monotonic() - started < 10
    assert refusal.value.message.key == REFUSED[name]
    for language in LANGUAGES:
        assert name in catalogue(language).text(refusal.value.message)


def test_every_hostile_file_has_its_expectation(shared_sheets: Path) -> None:
    names = {file.name for file in (shared_sheets / "hostile").iterdir()}
    text = {name for name in names if Path(name).suffix in TEXT}
    assert names - text == (OPENS.keys() | REFUSED.keys()) - text


def test_every_text_file_opens(shared_sheets: Path, reader: Reader) -> None:
    for file in sorted((shared_sheets / "hostile").iterdir()):
        if file.suffix in TEXT and file.name not in REFUSED:
            book = reader.read(file)
            assert book.sheets[0].rows, file.name
            assert book.encoding
