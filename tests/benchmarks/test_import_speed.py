"""How long a whole import takes beside a bare read of the same file, and what it costs in memory."""

from __future__ import annotations

import csv
import resource
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook
from supplier_sheets import fill_book, write_supplier_sheet

from app.kernel.clock import SystemClock
from app.listings import LISTINGS
from app.lists.reading import Lists
from app.sheets.service import ImportResult, Sheets
from database.book import Book, open_book

ROWS = 50_000
KNOWN_COMPANIES = 100_000
#: Seconds of one core; the goal is 15.
MOST_SECONDS = 45.0


def _sheets(book: Book) -> Sheets:
    """The service alone: the search index is brought up to date after an import, not in it."""
    lists = Lists(book, LISTINGS, clock=SystemClock())
    return Sheets(book, SystemClock(), lists)


def _timed(sheets: Sheets, path: Path) -> tuple[ImportResult, float]:
    start = time.process_time()
    result = sheets.commit(sheets.preview(path))
    return result, time.process_time() - start


def _megabytes() -> int:
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return (own + resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss) // 1024


@pytest.mark.slow
def test_fifty_thousand_suppliers_into_a_book_of_a_hundred_thousand(tmp_path: Path) -> None:
    path = tmp_path / "suppliers.xlsx"
    write_supplier_sheet(path, ROWS, known=KNOWN_COMPANIES)
    book = open_book(tmp_path / "book", create=True)
    fill_book(book, KNOWN_COMPANIES)
    start = time.process_time()
    CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
    bare = time.process_time() - start
    result, seconds = _timed(_sheets(book), path)
    start = time.process_time()
    assert result.operation is not None
    _operation, reversal = book.undo(result.operation)
    undo = time.process_time() - start
    sys.stdout.write(
        f"\n{ROWS} x 12: bare read {bare:.2f} s, import {seconds:.2f} s ({seconds / bare:.0f} x),"
        f" undo {undo:.2f} s, {_megabytes()} MB\n"
    )
    assert result.created["supplier"] + result.updated["supplier"] > ROWS * 0.9
    assert reversal.kept == ()
    assert seconds <= MOST_SECONDS
    assert undo <= seconds / 3
    book.close()


@pytest.mark.slow
def test_a_fair_of_seven_thousand_exhibitors(tmp_path: Path, shared_sheets: Path) -> None:
    source = shared_sheets / "fairs/hannover-messe-2018-exhibitors.csv"
    path = tmp_path / source.name
    path.write_bytes(source.read_bytes())
    start = time.process_time()
    with path.open(encoding="utf-8", newline="") as file:
        rows = sum(1 for _ in csv.reader(file))
    bare = time.process_time() - start
    book = open_book(tmp_path / "book", create=True, now=lambda: datetime.now(UTC))
    result, seconds = _timed(_sheets(book), path)
    sys.stdout.write(f"\n{rows} exhibitors: bare read {bare:.3f} s, import {seconds:.2f} s\n")
    assert result.created["supplier"] == 6570
    assert seconds <= 8
    book.close()
