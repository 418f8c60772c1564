"""The command line says of a sheet what the window's preview says."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from new_book import new_book

from ui.entry import main


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return new_book(tmp_path / "b")


def said(capsys: pytest.CaptureFixture[str], book: Path, *arguments: str) -> str:
    """What a command that does not fail prints for a person."""
    capsys.readouterr()
    assert main(["--book", str(book), "--lang", "en", *arguments]) == 0
    return capsys.readouterr().out


def test_a_rehearsal_says_which_rows_are_rejected_and_why(
    capsys: pytest.CaptureFixture[str], book: Path, tmp_path: Path
) -> None:
    file = tmp_path / "fair.csv"
    rows = "".join(f",Ningbo,a{row}@b.cn\n" for row in range(25))
    file.write_text(f"Company,City,Mail\nHaida Ltd,Ningbo,a@haida.cn\n{rows}", encoding="utf-8")
    told = said(capsys, book, "import", str(file), "--kind", "suppliers", "--dry-run")
    assert "25 rejected" in told
    assert "  Row 3: The mail is at b.cn" in told
    assert "Company is missing." in told
    assert "and 5 more rows rejected" in told


def test_what_the_preview_warns_of_is_told_before_and_after_an_import(
    capsys: pytest.CaptureFixture[str], book: Path, tmp_path: Path
) -> None:
    file = tmp_path / "prices.csv"
    file.write_text("Item No.,Product,Price\nA-1,Flask,1.20\nA-2,Mug,2.30\n", encoding="utf-8")
    for options in (("--dry-run",), ()):
        told = said(capsys, book, "import", str(file), *options)
        assert "prices are taken as CNY" in told


def test_the_seconds_of_an_import_count_from_the_reading_of_the_file(
    capsys: pytest.CaptureFixture[str], book: Path, tmp_path: Path
) -> None:
    file = tmp_path / "fair.csv"
    file.write_text("Company,City\nHaida Ltd,Ningbo\n", encoding="utf-8")
    told = said(capsys, book, "import", str(file), "--dry-run", "--json")
    assert json.loads(told)["seconds"] > 0  # a rehearsal is nothing but reading


def test_macros_are_named_and_an_empty_sheet_is_told_as_such(
    capsys: pytest.CaptureFixture[str], book: Path, shared_sheets: Path
) -> None:
    hostile = shared_sheets / "hostile"
    macros = said(capsys, book, "inspect", str(hostile / "number-format-russian.xlsm"))
    assert macros.startswith("The file has macros. They were not run")
    empty = str(hostile / "blank-xlsx-1cell.xlsx")
    assert "no filled cells" in said(capsys, book, "inspect", empty)
    assert main(["--book", str(book), "--lang", "en", "import", empty]) == 3
    assert "no filled cells" in capsys.readouterr().err
