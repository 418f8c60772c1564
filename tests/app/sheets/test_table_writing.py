"""Owns the checks of the raw tables: what is written for text files and for workbooks.

Must not look into how tables are recognised.
"""

from __future__ import annotations

import csv
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from app.sheets.grid import ErrorValue
from app.sheets.table import TableReport, text_of, write_tables

LINES = [
    "Item No.,Description,Price,MOQ",
    'LK-0012,"Solar lamp, 12 W",7.50,500',
    'CH-0040,"Garden chair ""Lido""",12.00,200',
    "MG-0001,Ceramic mug,0.95,3000",
    "BP-0007,Brass pipe,3.10,1000",
]


def made(folder: Path, name: str, lines: list[str]) -> Path:
    file = folder / name
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return file


def table_of(
    file: Path, folder: Path, sheet: str | None = None
) -> tuple[TableReport, list[list[str]]]:
    (report,) = write_tables([file], folder, sheet)
    return report, lines_of(folder / f"{file.name}.csv")


def lines_of(file: Path) -> list[list[str]]:
    with file.open(encoding="utf-8", newline="") as stream:
        return list(csv.reader(stream))


def test_heading_and_records_are_written_as_they_stand(tmp_path: Path) -> None:
    file = made(tmp_path, "offer.csv", LINES)
    report, rows = table_of(file, tmp_path / "out")
    assert rows == list(csv.reader(LINES))
    assert (report.header_rows, report.rows, report.columns) == ((1,), 4, 4)
    assert report.error is None


def test_a_title_above_is_left_out(tmp_path: Path) -> None:
    file = made(tmp_path, "offer.csv", ["Price list 2026,,,", ",,,", *LINES])
    report, rows = table_of(file, tmp_path / "out")
    assert rows == list(csv.reader(LINES))
    assert report.header_rows == (3,)


def test_without_headings_all_rows_are_records_and_empty_columns_stay(tmp_path: Path) -> None:
    lines = [f"2026-01-{n:02d},LK-{1000 + n},{n * 3},{n}.50," for n in range(1, 20)]
    file = made(tmp_path, "offer.csv", lines)
    report, rows = table_of(file, tmp_path / "out")
    assert rows == list(csv.reader(lines))
    assert (report.header_rows, report.rows, report.columns) == ((), 19, 5)


def test_an_empty_file_gives_an_empty_table_and_a_warning(tmp_path: Path) -> None:
    file = made(tmp_path, "offer.csv", [])
    report, rows = table_of(file, tmp_path / "out")
    assert rows == []
    assert [warning.key for warning in report.warnings] == ["sheets.empty_file"]


def test_a_repaired_row_is_named(tmp_path: Path) -> None:
    lines = [f"LK-{1000 + n},Solar lamp no {n},{n}.50,{n * 100}" for n in range(1, 30)]
    lines[11] = lines[11].replace(",", ",,", 1)
    file = made(tmp_path, "offer.csv", ["Item No.,Description,Price,MOQ", *lines])
    report, rows = table_of(file, tmp_path / "out")
    assert rows[12] == ["LK-1012", "Solar lamp no 12", "12.50", "1200"]
    assert [(w.key, w.params["row"]) for w in report.warnings] == [("sheets.text.row_repaired", 13)]


def test_a_workbook_is_written_without_spurious_decimals(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["Item No.", "Description", "Price", "MOQ", "Valid until"])
    for n in range(1, 6):
        sheet.append([f"00{n}", f"Solar lamp no {n}", n + 0.5, n * 100, date(2026, 5, n)])
    book.save(tmp_path / "offer.xlsx")
    _, rows = table_of(tmp_path / "offer.xlsx", tmp_path / "out")
    assert rows[0] == ["Item No.", "Description", "Price", "MOQ", "Valid until"]
    assert rows[2] == ["002", "Solar lamp no 2", "2.5", "200", "2026-05-02"]


def test_the_named_sheet_is_taken_and_a_missing_one_is_refused(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.title = "Lamps"
    chairs = book.create_sheet("Chairs")
    for sheet, word in ((book.active, "lamp"), (chairs, "chair")):
        sheet.append(["Item No.", "Description", "Price"])
        for n in range(1, 6):
            sheet.append([f"A-{n}", f"{word} {n}", n])
    book.save(tmp_path / "offer.xlsx")
    _, rows = table_of(tmp_path / "offer.xlsx", tmp_path / "out", "Chairs")
    assert rows[1][1] == "chair 1"
    (report,) = write_tables([tmp_path / "offer.xlsx"], tmp_path / "out", "Tables")
    assert report.error is not None
    assert report.error.key == "sheets.table.no_such_sheet"


def test_an_unreadable_file_does_not_keep_the_others_from_being_written(tmp_path: Path) -> None:
    good = made(tmp_path, "offer.csv", LINES)
    bad = tmp_path / "broken.xlsx"
    bad.write_bytes(b"PK\x03\x04 no longer a workbook")
    reports = write_tables([bad, good], tmp_path / "out")
    assert reports[0].error is not None
    assert reports[1].error is None
    assert {file.name for file in (tmp_path / "out").iterdir()} == {"offer.csv.csv"}


def test_files_of_the_same_name_do_not_overwrite_each_other(tmp_path: Path) -> None:
    for place in ("may", "june"):
        (tmp_path / place).mkdir()
    files = [made(tmp_path / place, "offer.csv", LINES) for place in ("may", "june")]
    write_tables(files, tmp_path / "out")
    assert sorted(file.name for file in (tmp_path / "out").iterdir()) == [
        "offer.csv-2.csv",
        "offer.csv.csv",
    ]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (" kept ", " kept "),
        (Decimal("1E+3"), "1000"),
        (Decimal("12.50"), "12.50"),
        (True, "TRUE"),
        (datetime.combine(date(2026, 5, 1), time()), "2026-05-01"),
        (datetime.combine(date(2026, 5, 1), time(8, 30)), "2026-05-01 08:30:00"),
        (ErrorValue("#N/A"), "#N/A"),
    ],
)
def test_values_are_written_as_the_file_shows_them(value: object, text: str) -> None:
    assert text_of(value) == text


REAL_FILES = {
    "hostile/pollock-preamble.csv": ((3,), 83, 9),
    "hostile/pollock-no-header.csv": ((), 83, 9),
    "hostile/pollock-header-only.csv": ((1,), 0, 9),
    "hostile/pollock-row-more-sep.csv": ((1,), 83, 9),
    "hostile/pollock-semicolon.csv": ((1,), 83, 9),
    "hostile/pollock-comma-space.csv": ((1,), 83, 9),
    "hostile/pollock-multitable.csv": ((1,), 83, 9),
    "hostile/big5-taiwan-attractions.csv": ((1,), 382, 18),
    "hostile/utf16le-bom.csv": ((1,), 327, 19),
    "suppliers/cn-listed-companies-gbk.csv": ((1,), 3373, 3),
    "suppliers/osh-winter2019-compliance-352.csv": ((1,), 351, 6),
    "suppliers/osh-list12-same.csv": ((1,), 15, 4),
    "suppliers/osh-list12-same.xls": ((1,), 15, 4),
    "suppliers/osh-list12-same.xlsx": ((1,), 15, 4),
    "fairs/ces-exhibitors-iot.csv": ((1,), 660, 12),
    "quotations/quotation-h2-many-items.csv": ((1,), 720, 10),
    "reference/hs-en-6digit.csv": ((1,), 6940, 5),
    "reference/ports-unlocode-linerlib.csv": ((1,), 435, 12),
    "inquiries/kbeauty-buyers-79.csv": ((1,), 79, 10),
    "made/buyers-inquiries-gbk.csv": ((1,), 30, 10),
}


@pytest.fixture(scope="module")
def real_tables(
    shared_sheets: Path, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, tuple[TableReport, list[list[str]]]]:
    """All real files read by one process."""
    folder = tmp_path_factory.mktemp("tables")
    reports = write_tables([shared_sheets / place for place in REAL_FILES], folder)
    return {
        place: (report, lines_of(folder / f"{Path(place).name}.csv"))
        for place, report in zip(REAL_FILES, reports, strict=True)
    }


@pytest.mark.parametrize("place", REAL_FILES)
def test_real_files_give_the_tables_they_hold(
    real_tables: dict[str, tuple[TableReport, list[list[str]]]], place: str
) -> None:
    report, lines = real_tables[place]
    assert (report.header_rows, report.rows, report.columns) == REAL_FILES[place]
    assert len(lines) == report.rows + bool(report.header_rows)


def test_the_same_list_in_three_formats_gives_the_same_table(
    real_tables: dict[str, tuple[TableReport, list[list[str]]]],
) -> None:
    tables = [
        real_tables[f"suppliers/osh-list12-same.{ending}"][1] for ending in ("csv", "xls", "xlsx")
    ]
    # The numero sign of one address was damaged before the workbooks were made from the list.
    tables[0] = [[cell.replace("Nº 280", "N¬∫ 280") for cell in row] for row in tables[0]]
    assert tables[0] == tables[1] == tables[2]


def test_a_sheet_that_does_not_exist_is_named_with_those_that_do(tmp_path: Path) -> None:
    file = made(tmp_path, "offer.csv", LINES)
    (report,) = write_tables([file], tmp_path / "out", "Chairs")
    assert report.error is not None
    assert report.error.params["names"] == "offer"
