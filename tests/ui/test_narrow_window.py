"""Owns proving that a small window keeps its words whole or says them in a tooltip.

Must not look at pixels; people look at pictures of the window.
"""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from ui.forms.elided import Elided
from ui.forms.sections import Line
from ui.icons import icon
from ui.window.frame import MainWindow


def test_a_text_without_room_is_told_whole_by_its_tooltip(qtbot: QtBot) -> None:
    label = Elided("Ningbo Haiyu Harbour Trading Co., Ltd. <b>")
    qtbot.addWidget(label)
    label.resize(600, 20)
    label.show()
    assert label.toolTip() == ""
    label.resize(60, 20)
    assert label.toolTip() == "Ningbo Haiyu Harbour Trading Co., Ltd. ‹b>"
    assert label.text() == "Ningbo Haiyu Harbour Trading Co., Ltd. <b>"


@pytest.mark.parametrize(("width", "is_narrow"), [(1000, True), (1400, False)])
def test_the_sidebar_of_a_small_window_shows_pictures_and_names_them(
    window: MainWindow, width: int, is_narrow: bool
) -> None:
    window.resize(width, 700)
    button = window.sidebar._buttons["suppliers"]
    icons_alone = button.toolButtonStyle() is Qt.ToolButtonStyle.ToolButtonIconOnly
    assert icons_alone is is_narrow
    assert button.accessibleName() == "Suppliers"
    assert "Suppliers" in button.toolTip()


def test_a_button_squeezed_to_nothing_asks_for_no_picture(qtlog: Any, qapp: object) -> None:
    assert icon("picture").pixmap(QSize(0, 0)).isNull()
    assert icon("picture").pixmap(QSize(0, 16)).isNull()
    assert not qtlog.records


def test_a_search_is_at_none_of_the_places_and_each_leads_out_of_it(window: MainWindow) -> None:
    window.navigation.go("imports")
    button = window.sidebar._buttons["imports"]
    window.navigation.search("cup")
    assert not button.isChecked()
    button.click()
    assert button.isChecked()
    assert window._stack.currentWidget() is window.pages["imports"]


def test_a_long_text_wraps_at_the_end_of_the_room_and_not_at_half_of_it(qtbot: QtBot) -> None:
    line = Line("Country, row 5: Chinaa → China; Company, row 6: → Mystery Metalworks")
    qtbot.addWidget(line)
    line.resize(400, 60)
    line.show()
    (text,) = line.findChildren(QLabel)
    assert text.width() == line.width()
