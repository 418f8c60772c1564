"""The first start asks for language and place; a second start raises the first window."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from app.desk import Desk
from ui.window.frame import MainWindow
from ui.window.one_window import OneWindow, raise_first
from ui.window.welcome import Beginning, Welcome
from ui.words import words


@pytest.fixture
def welcome(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Welcome:
    words.use("en")
    dialog = Welcome(tmp_path / "book")
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def test_the_language_is_switched_at_once(welcome: Welcome) -> None:
    welcome.language.setCurrentIndex(welcome.language.findData("zh_CN"))
    welcome.language.activated.emit(welcome.language.currentIndex())
    assert welcome.buttons[Beginning.SAMPLE].text() == "打开示例资料库"
    words.use("en")


def test_a_cloud_folder_is_warned_of(welcome: Welcome) -> None:
    warnings = [x for x in welcome.findChildren(QLabel) if x.property("role") == "warning"]
    assert not warnings[0].isVisible()
    welcome.folder.setText("D:/OneDrive/book")
    assert warnings[0].isVisible()


def test_the_choice_is_told(qtbot: QtBot, welcome: Welcome, tmp_path: Path) -> None:
    qtbot.mouseClick(welcome.buttons[Beginning.IMPORT], Qt.MouseButton.LeftButton)
    assert welcome.beginning is Beginning.IMPORT
    assert welcome.chosen_folder == tmp_path / "book"


def test_the_sample_book_is_loaded_from_the_window(
    window: MainWindow, desk: Desk, settled: Callable[[], None]
) -> None:
    window.begin(Beginning.SAMPLE)
    settled()
    assert desk.lists.count("supplier") >= 60
    window.undo()
    settled()
    assert desk.lists.count("supplier") == 0


def test_a_second_start_raises_the_first_window(qtbot: QtBot, tmp_path: Path) -> None:
    raised: list[bool] = []
    assert not raise_first(tmp_path)
    first = OneWindow(tmp_path, lambda: raised.append(True))
    assert raise_first(tmp_path)
    qtbot.waitUntil(lambda: raised == [True])
    first.close()
    assert not raise_first(tmp_path)
