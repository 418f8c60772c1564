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


def test_the_people_of_the_companies_shown_are_written_as_cards(
    window: MainWindow,
    desk: Desk,
    settled: Callable[[], None],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for country, name, person in (("CN", "甲厂", "王丽"), ("DE", "Beta GmbH", "Eva Braun")):
        company = desk.directory.add("supplier", {"name_zh": name, "country": country})
        desk.directory.add("contact", {"company_id": company, "name": person})
    window.navigation.go("suppliers")
    settled()
    page = window.pages["suppliers"]
    page.filter.setText("country:CN")
    settled()
    answer = (str(tmp_path / "people"), "vCards (*.vcf)")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_words: answer)
    ask_and_export(window.context, page, [])
    settled()
    cards = (tmp_path / "people.vcf").read_text(encoding="utf-8")
    assert "FN:王丽" in cards
    assert "Eva Braun" not in cards


@pytest.mark.parametrize("place", ["suppliers", "products", "buyers", "inquiries"])
def test_every_list_that_can_be_imported_can_be_exported(window: MainWindow, place: str) -> None:
    actions = [action.label for action in window.pages[place].page_actions]
    assert "window.export.action" in actions
