"""A narrow window folds the actions that do not fit into a menu; none is cut off or lost."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QMenu, QPushButton
from pytestqt.qtbot import QtBot

from app.desk import Desk
from ui.forms.dialog import RecordDialog
from ui.window.frame import MainWindow

Settled = Callable[[], None]


def seen(window: MainWindow) -> list[str]:
    bar = window.pages["suppliers"].actions_bar
    return [button.text() for button in bar.buttons if button.isVisible()]


def test_what_does_not_fit_stands_in_the_menu(window: MainWindow, settled: Settled) -> None:
    window.resize(2400, 800)
    window.navigation.go("suppliers")
    settled()
    every = seen(window)
    window.resize(900, 700)
    settled()
    bar = window.pages["suppliers"].actions_bar
    few = seen(window)
    assert len(few) < len(every)
    assert every[-1] in few
    assert all(b.width() >= b.sizeHint().width() for b in bar.buttons if b.isVisible())
    offered: list[str] = []

    def look() -> None:
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        offered.extend(action.text() for action in menu.actions())
        menu.close()

    QTimer.singleShot(0, look)
    bar._more.click()
    assert sorted(few + offered) == sorted(every)


def test_an_empty_list_offers_only_what_fills_it(window: MainWindow, settled: Settled) -> None:
    window.resize(1600, 800)
    window.navigation.go("suppliers")
    settled()
    page = window.pages["suppliers"]
    shown = [b.text() for b in page.findChildren(QPushButton) if b.isVisible()]
    assert shown.count("New supplier") == 2
    assert shown.count("Export") == 1


def test_delete_counts_in_the_list_and_not_on_the_page_beside_it(
    qtbot: QtBot, window: MainWindow, desk: Desk, settled: Settled
) -> None:
    supplier = desk.directory.add("supplier", {"name_zh": "海达"})
    window.navigation.go("suppliers", supplier)
    settled()
    page = window.pages["suppliers"]
    page.detail.tags.setFocus()
    qtbot.keyClick(page.detail.tags, Qt.Key.Key_Delete)
    settled()
    assert desk.lists.count("supplier") == 1
    page.table.setFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_Delete)
    settled()
    assert desk.lists.count("supplier") == 0


def test_enter_presses_the_button_that_has_the_keyboard(
    qtbot: QtBot, window: MainWindow, settled: Settled
) -> None:
    window.navigation.go("suppliers")
    settled()
    page = window.pages["suppliers"]
    new = page.actions_bar.buttons[-1]
    new.setFocus()
    qtbot.keyClick(new, Qt.Key.Key_Return)
    assert page.findChild(RecordDialog).isVisible()
