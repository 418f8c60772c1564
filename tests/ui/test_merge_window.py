"""Two records of one company or product become one in the window, and apart again."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from decimal import Decimal

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot
from sqlcipher3 import dbapi2

from app.desk import Desk
from database.opening import DATABASE_FILE
from ui.directory.duplicates_dialog import DuplicatesDialog
from ui.directory.merge_dialog import DirectoryMergeDialog
from ui.lists.page import ListPage
from ui.window.frame import MainWindow

Settled = Callable[[], None]


@pytest.fixture
def pair(desk: Desk) -> tuple[int, int]:
    """One factory typed in twice."""
    first = desk.directory.add("supplier", {"name_zh": "宁波海达塑料制品有限公司", "city": "宁波"})
    second = desk.directory.add(
        "supplier",
        {
            "name_zh": "海达塑料制品有限公司",
            "city": "余姚",
            "website": "www.haida.cn",
            "grade": "A",
        },
    )
    for company, mail in ((first, "wang@haida.cn"), (second, "li@haida.cn")):
        desk.directory.add("contact_point", {"company_id": company, "kind": "email", "value": mail})
    return first, second


def dialog_of(kind: type[QDialog]) -> QDialog:
    (found,) = (w for w in QApplication.topLevelWidgets() if isinstance(w, kind) and w.isVisible())
    return found


def selected(window: MainWindow, place: str, settled: Settled) -> ListPage:
    window.navigation.go(place)
    settled()
    page = window.pages[place]
    assert isinstance(page, ListPage)
    page.table.selectAll()
    flag = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
    for row in range(page.model.rowCount()):
        page.table.selectionModel().select(page.model.index(row, 0), flag)
    return page


def test_two_suppliers_are_merged_with_the_keyboard_and_apart_again(
    qtbot: QtBot, window: MainWindow, desk: Desk, settled: Settled, pair: tuple[int, int]
) -> None:
    page = selected(window, "suppliers", settled)
    qtbot.keyClick(page.table, Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier)
    settled()
    dialog = dialog_of(DirectoryMergeDialog)
    assert isinstance(dialog, DirectoryMergeDialog)
    told = {dialog.table.item(row, 0).text(): row for row in range(dialog.table.rowCount())}
    assert dialog.table.item(told["City"], 1).text() == "宁波"
    assert dialog.table.item(told["City"], 2).text() == "余姚"
    assert dialog.taken == {"website", "grade"}
    chat = told["Phone, mail and chat"]
    assert dialog.table.item(chat, 1).text() == "wang@haida.cn"
    dialog.choose(chat, 2)
    dialog.table.setCurrentCell(told["City"], 2)
    dialog.table.setFocus()
    qtbot.keyClick(dialog.table, Qt.Key.Key_Space)
    assert "city" in dialog.taken
    dialog.choose(told["Website"], 1)
    assert "website" in dialog.taken
    qtbot.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settled()
    (company,) = desk.lists.ids("supplier")
    detail = desk.directory_views.company(company)
    assert (detail.values["city"], detail.values["grade"]) == ("余姚", "A")
    assert len(detail.points) == 2
    assert detail.aliases == ("海达塑料制品有限公司",)
    desk.directory.add("buyer", {"name_en": "Added since"})
    qtbot.mouseClick(window._toast.action, Qt.MouseButton.LeftButton)
    settled()
    assert desk.lists.count("supplier") == 2
    assert desk.lists.count("buyer") == 1


def test_a_busy_book_leaves_the_two_as_they_were_chosen_to_be_merged_a_moment_later(
    qtbot: QtBot, window: MainWindow, desk: Desk, settled: Settled, pair: tuple[int, int]
) -> None:
    dialog = DirectoryMergeDialog(window.context, "supplier", pair, window)
    dialog.open()
    settled()
    (city,) = (n for n, row in enumerate(dialog._rows) if row.key == "city")
    dialog.choose(city, 2)
    with closing(dbapi2.connect(str(desk.folder / DATABASE_FILE))) as other:
        other.execute("BEGIN IMMEDIATE")
        dialog.merge()
        settled()
    assert dialog.isVisible()
    assert "another program" in dialog._problem.text()
    assert "city" in dialog.taken
    assert dialog.table.hasFocus()
    dialog.merge()
    settled()
    (company,) = desk.lists.ids("supplier")
    assert desk.directory_views.company(company).values["city"] == "余姚"


def test_two_products_become_one_with_the_prices_of_both(
    window: MainWindow, desk: Desk, settled: Settled
) -> None:
    supplier = desk.directory.add("supplier", {"name_zh": "甲厂"})
    for number, name, amount in (("A1", "保温杯", "3.2"), ("A-1", "保温杯 500ml", "3.3")):
        product = desk.directory.add(
            "product", {"item_number": number, "name_zh": name, "supplier_id": supplier}
        )
        desk.directory.tag("product", [product], "热销")
        desk.directory.add("price", {"product_id": product, "amount": Decimal(amount)})
    page = selected(window, "products", settled)
    next(a for a in page.page_actions if a.label == "window.merge.action").run(
        page.table.selected_ids()
    )
    settled()
    dialog = dialog_of(DirectoryMergeDialog)
    assert isinstance(dialog, DirectoryMergeDialog)
    assert not dialog.apart_button.isVisible()
    dialog.choose_all(2)
    dialog.merge_button.click()
    settled()
    (product,) = desk.lists.ids("product")
    detail = desk.directory_views.product(product)
    assert detail.values["item_number"] == "A-1"
    assert sorted(price.values["amount"] for price in detail.prices) == [
        Decimal("3.2"),
        Decimal("3.3"),
    ]
    assert detail.tags == ("热销",)
    desk.history.undo()
    assert desk.lists.count("product") == 2


def test_likely_pairs_of_the_book_are_found_and_settled(
    window: MainWindow, desk: Desk, settled: Settled, pair: tuple[int, int]
) -> None:
    desk.directory.add("supplier", {"name_zh": "义乌新星日用品厂"})
    twin = desk.directory.add("buyer", {"name_en": "Nordic Home AB", "country": "SE"})
    other = desk.directory.add("buyer", {"name_en": "Nordic Home A.B.", "country": "SE"})
    page = window.pages["suppliers"]
    next(a for a in page.page_actions if a.label == "window.duplicates.action").run([])
    settled()
    dialog = dialog_of(DuplicatesDialog)
    assert isinstance(dialog, DuplicatesDialog)
    assert {(p.first, p.second) for p in dialog._pairs} == {pair, (twin, other)}
    row = next(n for n, p in enumerate(dialog._pairs) if p.first == twin)
    dialog.table.setCurrentCell(row, 0)
    dialog.compare_button.click()
    settled()
    merge = dialog_of(DirectoryMergeDialog)
    assert isinstance(merge, DirectoryMergeDialog)
    merge.apart_button.click()
    settled()
    assert [(p.first, p.second) for p in dialog._pairs] == [pair]
    dialog.compare_button.click()
    settled()
    merge = next(
        w
        for w in QApplication.topLevelWidgets()
        if isinstance(w, DirectoryMergeDialog) and w.isVisible()
    )
    merge.merge_button.click()
    settled()
    assert dialog._pairs == []
    assert "No two companies" in dialog.about.text()
    dialog.reject()


def test_a_merge_of_other_than_two_says_what_to_select(
    window: MainWindow, settled: Settled, pair: tuple[int, int]
) -> None:
    page = window.pages["suppliers"]
    next(a for a in page.page_actions if a.label == "window.merge.action").run([pair[0]])
    assert "exactly two" in window._toast.text.text()
