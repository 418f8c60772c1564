"""A list page exports what its filter shows, or what is selected."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog

from app.desk import Desk
from ui.window.export import ask_and_export
from ui.window.frame import MainWindow


def test_a_list_is_exported_as_filtered(
    window: MainWindow,
    desk: Desk,
    settled: Callable[[], None],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    desk.directory.add("supplier", {"name_zh": "甲厂", "country": "CN"})
    desk.directory.add("supplier", {"name_en": "Beta GmbH", "country": "DE"})
    window.navigation.go("suppliers")
    settled()
    page = window.pages["suppliers"]
    page.filter.setText("country:DE")
    settled()
    target = tmp_path / "list"
    answer = (str(target), "CSV (*.csv)")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_words: answer)
    ask_and_export(window.context, page, [])
    settled()
    text = (tmp_path / "list.csv").read_text(encoding="utf-8-sig")
    assert "Beta GmbH" in text
    assert "甲厂" not in text
