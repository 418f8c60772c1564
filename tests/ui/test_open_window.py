"""The window opens on the book of the last time, and again after a backup took the book's place."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from new_book import new_book
from PySide6.QtCore import QSettings, Qt, QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.desk import Desk
from ui.window.frame import MainWindow
from ui.window.main import open_window
from ui.window.restoring import RestoreDialog
from ui.words import words

Person = Iterator[Callable[[], bool] | None]


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> QSettings:
    """What the program remembers, and its folders, in a place of their own."""
    for name in ("CACHE", "DATA"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / name))

    def own() -> QSettings:
        return QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)

    monkeypatch.setattr("ui.window.main.QSettings", own)
    return own()


def sits_there(person: Person) -> QTimer:
    """A person who does one thing after the other while the program runs."""
    clock = QTimer(interval=20)
    waiting: list[Callable[[], bool] | None] = [None]

    def look() -> None:
        if waiting[0] is None or waiting[0]():
            waiting[0] = next(person, lambda: False)

    clock.timeout.connect(look)
    clock.start()
    return clock


def window() -> MainWindow | None:
    shown = (one for one in QApplication.topLevelWidgets() if isinstance(one, MainWindow))
    return next((one for one in shown if one.isVisible()), None)


def is_at_rest() -> bool:
    return (shown := window()) is not None and shown.tasks.is_idle


def test_the_book_of_the_last_time_is_opened_and_left_closed(
    qapp: QApplication, tmp_path: Path, settings: QSettings
) -> None:
    folder = new_book(tmp_path / "b")
    settings.setValue("book", str(folder))
    settings.sync()
    seen: list[Path] = []

    def person() -> Person:
        yield is_at_rest
        seen.append(window().desk.folder)
        window().close()

    clock = sits_there(person())
    assert open_window(None, "en") == 0
    clock.stop()
    assert seen == [folder]
    Desk(folder).close()


def test_a_backup_that_is_chosen_opens_in_the_books_place(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path, settings: QSettings
) -> None:
    folder = new_book(tmp_path / "b")
    seen: list[object] = []

    def person() -> Person:
        yield is_at_rest
        first = window()
        first.desk.directory.add("supplier", {"name_en": "Kept Ltd"})
        first.desk.upkeep.back_up_automatically()
        first.desk.directory.add("supplier", {"name_en": "Mistake Ltd"})
        first.resize(900, 610)
        first.ask_for_backup()
        yield lambda: is_at_rest() and first.findChild(RestoreDialog).table.rowCount() > 0
        qtbot.keyClick(first.findChild(RestoreDialog).table, Qt.Key.Key_Return)
        yield lambda: window() is not first and is_at_rest()
        seen.append(window().desk.lists.count("supplier"))
        seen.append(window()._toast.text.text())
        seen.append(window().size().toTuple())
        window().close()

    clock = sits_there(person())
    assert open_window(folder, "en") == 0
    clock.stop()
    words.use("en")
    count, told, size = seen
    assert count == 1
    assert size == (900, 610)
    assert "backup" in str(told)
    settings.sync()
    assert settings.value("book") == str(folder)
