"""The steps of the history stand under each other, each with the way back or forth."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from app.desk import Desk
from ui.forms.sections import Line
from ui.window.frame import MainWindow

Settled = Callable[[], None]


def test_an_undone_step_comes_back_by_redo_and_its_time_stands_under_the_others(
    window: MainWindow, desk: Desk, settled: Settled
) -> None:
    desk.directory.add("supplier", {"name_en": "Haida"})
    desk.history.undo()
    window.navigation.go("history")
    settled()
    undoing, undone = window.pages["history"].findChildren(Line)
    ends = {
        label.mapTo(window, QPoint(label.width(), 0)).x()
        for line in (undoing, undone)
        for label in [line.layout().itemAt(line.layout().count() - 2).widget()]
    }
    assert len(ends) == 1
    assert undone.findChild(QPushButton).isHidden()
    button = undoing.findChild(QPushButton)
    assert button.text() == "Redo"
    button.click()
    settled()
    assert desk.lists.count("supplier") == 1


def test_a_long_chinese_line_takes_two_rows_instead_of_widening_the_page(qtbot: QtBot) -> None:
    line = Line("国际商贸城二区，现货多，最小一箱起批，可混批可开票")
    qtbot.addWidget(line)
    assert line.minimumSizeHint().width() < line.fontMetrics().horizontalAdvance("国") * 12
