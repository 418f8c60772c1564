"""The command that fills a book with the sample data."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ui.entry import main


def test_demo_fills_a_book_once_and_tells_the_counts(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    book = ["--book", str(tmp_path / "b"), "--lang", "en"]
    assert main([*book, "--json", "demo"]) == 0
    counts = json.loads(capsys.readouterr().out)
    assert counts["supplier"] >= 60
    assert counts["quotation"] >= 10
    assert counts["line"] >= 60
    assert main([*book, "demo"]) == 3
    assert "empty one only" in capsys.readouterr().err
