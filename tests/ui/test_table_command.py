"""Owns the checks of the command ``table``: JSON, words, exit codes.

Must not look into how tables are recognised.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ui.entry import main

LINES = "Item No.,Description,Price\nLK-1,Solar lamp,7.50\nCH-2,Chair,12.00\nMG-3,Mug,0.95\n"


def test_many_files_are_answered_in_one_document(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "offer.csv").write_text(LINES, encoding="utf-8")
    (tmp_path / "empty.csv").write_text("", encoding="utf-8")
    files = [str(tmp_path / name) for name in ("offer.csv", "empty.csv")]
    assert main(["--json", "--lang", "en", "table", *files, "--to", str(tmp_path / "out")]) == 0
    offer, empty = json.loads(capsys.readouterr().out)["files"]
    assert offer == {
        "file": files[0],
        "header_rows": [1],
        "rows": 3,
        "columns": 3,
        "warnings": [],
    }
    assert (empty["rows"], len(empty["warnings"])) == (0, 1)
    written = (tmp_path / "out" / "offer.csv.csv").read_text(encoding="utf-8")
    assert written == LINES


def test_a_file_that_can_not_be_read_is_trouble_but_the_others_are_written(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "offer.csv").write_text(LINES, encoding="utf-8")
    files = [str(tmp_path / name) for name in ("missing.csv", "offer.csv")]
    assert main(["--lang", "en", "table", *files, "--to", str(tmp_path / "out")]) == 3
    answer = capsys.readouterr()
    assert "offer.csv: 3 records, 3 columns" in answer.out
    assert "missing.csv" in answer.err
    assert (tmp_path / "out" / "offer.csv.csv").exists()
