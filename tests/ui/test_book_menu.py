"""The window checks and backs up the book."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog, QWidget

from app.desk import Desk
from ui.window.book_menu import ask_and_back_up, check_book
from ui.window.frame import MainWindow
from ui.window.palette import Palette
from ui.words import say


def test_the_book_is_checked_and_backed_up(
    window: MainWindow,
    desk: Desk,
    settled: Callable[[], None],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    told: list[str] = []
    monkeypatch.setattr(window._toast, "say", lambda text, *_more: told.append(text))
    context = replace(window.context, toast=window._toast.say)
    check_book(context, window)
    settled()
    assert told == [say("window.book.sound")]
    offered: list[str] = []

    def answer(_parent: QWidget, _title: str, name: str, _kinds: str) -> tuple[str, str]:
        offered.append(name)
        return str(tmp_path / "copy"), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", answer)
    ask_and_back_up(context, window)
    settled()
    assert offered == ["book 2026-03-02.entrepot"]
    assert (tmp_path / "copy.entrepot").exists()


def test_the_sample_is_offered_to_an_empty_book_alone(
    window: MainWindow, desk: Desk, settled: Callable[[], None]
) -> None:
    settled()
    assert _offers_the_sample(window)
    desk.directory.add("supplier", {"name_en": "Haida"})
    settled()
    assert not _offers_the_sample(window)


def _offers_the_sample(window: MainWindow) -> bool:
    window.open_palette()
    palette = window.findChildren(Palette)[-1]
    sample = say("welcome.sample")
    names = [palette.list.item(row).text() for row in range(palette.list.count())]
    palette.close()
    in_menu = [each for each in window.findChildren(QAction) if each.text() == sample]
    assert in_menu
    assert in_menu[-1].isEnabled() == (sample in names)
    return in_menu[-1].isEnabled()
