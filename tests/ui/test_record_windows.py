"""Records are shown in windows of their own, beside the list and each other."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from open_window import PATIENCE_MS
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from app.desk import Desk
from ui.window.frame import MainWindow
from ui.window.record_window import RecordWindow
from ui.words import words

Settled = Callable[[], None]
CTRL = Qt.KeyboardModifier.ControlModifier
CTRL_SHIFT = CTRL | Qt.KeyboardModifier.ShiftModifier


def press(qtbot: QtBot, shown: RecordWindow, key: Qt.Key) -> None:
    with qtbot.waitActive(shown, timeout=PATIENCE_MS):
        shown.activateWindow()
    qtbot.keyClick(shown, key, CTRL)


@pytest.fixture
def two_windows(qtbot: QtBot, window: MainWindow, desk: Desk, settled: Settled) -> None:
    for name in ("Ningbo Haida", "Yongkang Yuzhou"):
        desk.directory.add("supplier", {"name_en": name})
    window.navigation.go("suppliers")
    settled()
    table = window.pages["suppliers"].table
    table.setFocus()
    table.selectAll()
    qtbot.keyClick(table, Qt.Key.Key_N, CTRL_SHIFT)
    settled()


@pytest.mark.usefixtures("two_windows")
def test_two_suppliers_stand_side_by_side_and_follow_what_changes(
    qtbot: QtBot, window: MainWindow, desk: Desk, settled: Settled
) -> None:
    first, second = window.record_windows.shown
    assert {first.windowTitle(), second.windowTitle()} == {"Ningbo Haida", "Yongkang Yuzhou"}
    haida = next(w for w in (first, second) if w.windowTitle() == "Ningbo Haida")
    (record_id,) = desk.lists.ids("supplier", where="haida")
    desk.directory.edit("supplier", [record_id], {"name_en": "Ningbo Haida Home"})
    qtbot.waitUntil(lambda: haida.windowTitle() == "Ningbo Haida Home", timeout=PATIENCE_MS)
    press(qtbot, haida, Qt.Key.Key_Z)
    settled()
    qtbot.waitUntil(lambda: haida.windowTitle() == "Ningbo Haida", timeout=PATIENCE_MS)


@pytest.mark.usefixtures("two_windows")
def test_a_record_opened_again_comes_to_the_front(
    qtbot: QtBot, window: MainWindow, settled: Settled
) -> None:
    table = window.pages["suppliers"].table
    table.selectAll()
    qtbot.keyClick(table, Qt.Key.Key_N, CTRL_SHIFT)
    settled()
    assert len(window.record_windows.shown) == 2


@pytest.mark.usefixtures("two_windows")
def test_the_window_of_a_record_that_is_gone_says_by_what_and_leads_back(
    qtbot: QtBot, window: MainWindow, desk: Desk, settled: Settled
) -> None:
    haida = next(w for w in window.record_windows.shown if w.windowTitle() == "Ningbo Haida")
    kept, gone = sorted(desk.lists.ids("supplier"))
    desk.directory.merge("supplier", kept, gone)
    desk.directory.add("buyer", {"name_en": "Added since"})
    settled()
    (other,) = (w for w in window.record_windows.shown if w.gone.isVisible())
    assert other is not haida
    assert not other.page.isVisible()
    assert other.gone.told.text() == "Yongkang Yuzhou is no longer in the book"
    assert "Merge Yongkang Yuzhou into Ningbo Haida" in other.gone.findChildren(QLabel)[1].text()
    with qtbot.waitActive(other, timeout=PATIENCE_MS):
        other.activateWindow()
    assert other.gone.back.hasFocus()
    qtbot.keyClick(other.gone.back, Qt.Key.Key_Space)
    settled()
    assert other.page.isVisible()
    assert not other.gone.isVisible()
    assert other.windowTitle() == "Yongkang Yuzhou"
    assert desk.lists.count("buyer") == 1
    desk.history.undo(1)
    settled()
    assert haida.gone.isVisible()
    assert haida.gone.back.text() == "Redo"


@pytest.mark.usefixtures("two_windows")
def test_trouble_is_told_in_the_window_where_it_came_up(
    qtbot: QtBot, window: MainWindow, desk: Desk, settled: Settled
) -> None:
    first, second = window.record_windows.shown
    press(qtbot, first, Qt.Key.Key_Y)
    settled()
    assert [each.isVisible() for each in (first.toast, second.toast, window._toast)] == [
        *(True, False, False)
    ]
    window.redo()
    settled()
    assert window._toast.isVisible()


@pytest.mark.usefixtures("two_windows")
def test_a_window_closes_by_itself_and_all_with_the_main_one(
    qtbot: QtBot, window: MainWindow
) -> None:
    first, second = window.record_windows.shown
    press(qtbot, first, Qt.Key.Key_W)
    assert window.record_windows.shown == [second]
    with qtbot.waitSignal(second.closed, timeout=PATIENCE_MS):
        window.close()
    assert window.record_windows.shown == []


@pytest.mark.usefixtures("two_windows")
def test_none_is_left_in_the_old_language(
    qtbot: QtBot, window: MainWindow, settled: Settled
) -> None:
    words.use("zh_CN")
    settled()
    assert window.record_windows.shown == []
