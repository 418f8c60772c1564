"""Records are shown in windows of their own, beside the list and each other."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from open_window import PATIENCE_MS
from PySide6.QtCore import Qt
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
