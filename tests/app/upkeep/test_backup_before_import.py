"""Before a large import the book is backed up and the copy verified; a small one needs none."""

from __future__ import annotations

import csv
from pathlib import Path

from new_book import new_book

from app.desk import Desk
from app.kernel.clock import Clock
from app.sheets.service import LARGE_ROWS
from app.upkeep.backups import restore


def sheet(folder: Path, rows: int) -> Path:
    path = folder / "big.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["Company name", "City", "Email"])
        for number in range(rows):
            writer.writerow(
                [f"Ningbo Works {number} Ltd.", "Ningbo", f"s{number}@works{number}.cn"]
            )
    return path


def test_a_large_import_has_a_backup_of_what_was_before(tmp_path: Path, clock: Clock) -> None:
    desk = Desk(new_book(tmp_path / "book"), clock=clock, data=tmp_path / "data")
    try:
        desk.directory.add("supplier", {"name_en": "Known Ltd."})
        desk.take_in(desk.sheets.preview(sheet(tmp_path, LARGE_ROWS - 1)))
        assert desk.upkeep.automatic_backups() == []
        desk.take_in(desk.sheets.preview(sheet(tmp_path, LARGE_ROWS + 1)))
        (kept,) = desk.upkeep.automatic_backups()
        assert desk.lists.count("supplier") == LARGE_ROWS + 2
    finally:
        desk.close()
    restore(kept.file, tmp_path / "before", now=clock.now())
    before = Desk(tmp_path / "before", clock=clock, data=tmp_path / "data")
    try:
        assert before.lists.count("supplier") == LARGE_ROWS
    finally:
        before.close()
