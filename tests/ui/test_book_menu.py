"""The window checks and backs up the book."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog

from app.desk import Desk
from ui.window.book_menu import ask_and_back_up, check_book
from ui.window.frame import MainWindow
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
    answer = (str(tmp_path / "copy"), "")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_words: answer)
    ask_and_back_up(context, window)
    settled()
    assert (tmp_path / "copy.entrepot").exists()
