"""The commands for the book's health answer in JSON, and the program tries itself."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from new_book import new_book

from app.desk import Desk
from ui.entry import main


def answer(capsys: pytest.CaptureFixture[str], book: Path, *words: str) -> dict[str, object]:
    capsys.readouterr()
    assert main(["--book", str(book), "--json", *words]) == 0
    return json.loads(capsys.readouterr().out)


def test_check_backup_and_restore(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    book, target = tmp_path / "b", tmp_path / "b.entrepot"
    desk = Desk(new_book(book))
    desk.directory.add("supplier", {"name_zh": "宁波海达"})
    desk.close()
    checked = answer(capsys, book, "check")
    assert (checked["found"], checked["left"], len(checked["checks"])) == (0, 0, 12)
    assert answer(capsys, book, "backup", "--to", str(target))["file"] == str(target)
    answer(capsys, book, "undo")
    assert answer(capsys, book, "restore", str(target))["before"]
    assert len(answer(capsys, book, "list", "supplier")) == 1
    wrong = tmp_path / "wrong.entrepot"
    wrong.write_bytes(b"no")
    assert main(["--book", str(book), "restore", str(wrong)]) == 3


def test_the_program_tries_itself(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    result = answer(capsys, tmp_path / "none", "self-test")
    assert result["failed"] == 0, result["steps"]
    assert result["passed"] == 9
    assert not (tmp_path / "none").exists()
