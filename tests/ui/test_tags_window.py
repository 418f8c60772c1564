"""Tags are hung on the selected records and taken off again, from the list and from a record's page."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget
from pytestqt.qtbot import QtBot

from app.desk import Desk
from ui.forms.dialog import RecordDialog
from ui.window.frame import MainWindow

Settled = Callable[[], None]


@pytest.fixture
def suppliers(desk: Desk) -> list[int]:
    return [desk.directory.add("supplier", {"name_zh": name}) for name in ("海达", "金盾", "绿源")]


def offered(over: QWidget) -> dict[str, QAction]:
    menu = [one for one in over.findChildren(QMenu) if one.isVisible()][-1]
    return {action.text(): action for action in menu.actions() if action.text()}


def tags(desk: Desk, ids: list[int]) -> list[tuple[str, ...]]:
    return [desk.directory_views.company(id_).tags for id_ in ids]


def test_a_tag_is_hung_on_all_selected_and_taken_off_again(
    qtbot: QtBot, window: MainWindow, desk: Desk, settled: Settled, suppliers: list[int]
) -> None:
    desk.directory.tag("supplier", suppliers[:1], "fair")
    window.navigation.go("suppliers")
    settled()
    page = window.pages["suppliers"]
    page.table.selectAll()
    qtbot.keyClick(page.table, Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
    settled()
    choices = offered(page)
    assert list(choices) == ["New tag…", "fair  (on 1 of 3)"]
    choices["fair  (on 1 of 3)"].trigger()
    settled()
    assert tags(desk, suppliers) == [("fair",)] * 3
    assert desk.lists.count("supplier", where="tags:fair") == 3
    qtbot.keyClick(page.table, Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
    settled()
    assert offered(page)["fair"].isChecked()
    offered(page)["fair"].trigger()
    settled()
    assert tags(desk, suppliers) == [()] * 3
    window._toast.action.click()
    settled()
    assert tags(desk, suppliers) == [("fair",)] * 3


def test_a_record_gets_a_new_tag_on_its_page(
    window: MainWindow, desk: Desk, settled: Settled, suppliers: list[int]
) -> None:
    product = desk.directory.add("product", {"name_zh": "保温壶", "supplier_id": suppliers[0]})
    window.navigation.go("products", product)
    settled()
    button = window.pages["products"].detail.tags
    assert button.text() == "Tags"
    button.click()
    settled()
    offered(button)["New tag…"].trigger()
    (dialog,) = button.findChildren(RecordDialog)
    dialog.form.editors["tag"].set_value("Bestseller & co")
    dialog.save_button.click()
    settled()
    assert desk.directory_views.product(product).tags == ("Bestseller & co",)
    assert button.text() == "Bestseller && co"


def test_many_tags_do_not_push_the_page_out_of_sight(
    window: MainWindow, desk: Desk, settled: Settled
) -> None:
    product = desk.directory.add("product", {"name_zh": "杯"})
    for number in range(14):
        desk.directory.tag("product", [product], f"Canton Fair {number}")
    window.navigation.go("products", product)
    settled()
    page = window.pages["products"].detail
    assert page.tags.width() < page.width()
    assert "Canton Fair 13" in page.tags.toolTip()
