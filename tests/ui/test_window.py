"""A person adds, changes, undoes and finds their way with the keyboard."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from app.desk import Desk
from app.inquiries.service import InquiryDraft
from app.kernel.messages import Message
from app.search.results import Indexing
from ui.forms.dialog import RecordDialog
from ui.tasks import Task
from ui.window.frame import MainWindow
from ui.words import words

Settled = Callable[[], None]
CTRL = Qt.KeyboardModifier.ControlModifier


def test_a_supplier_is_added_with_the_keyboard_and_shown(
    qtbot: QtBot, window: MainWindow, settled: Settled
) -> None:
    window.navigation.go("suppliers")
    settled()
    page = window.pages["suppliers"]
    qtbot.keyClick(page.table, "n", Qt.KeyboardModifier.ControlModifier)
    dialog = page.findChild(RecordDialog)
    qtbot.keyClicks(dialog.form.editors["name_en"].widget, "Ningbo Haida")
    qtbot.keyClick(dialog.form.editors["name_en"].widget, Qt.Key.Key_Return)
    settled()
    assert page.model.rowCount() == 1
    assert page.table.selected_ids() == [1]
    assert page.detail.form.editors["name_en"].value() == "Ningbo Haida"
    assert window.sidebar._counts["supplier"].text() == "1"


def test_a_new_record_without_a_name_stays_open_with_the_reason(
    qtbot: QtBot, window: MainWindow, settled: Settled
) -> None:
    window.navigation.go("suppliers")
    settled()
    page = window.pages["suppliers"]
    qtbot.keyClick(page.table, "n", Qt.KeyboardModifier.ControlModifier)
    dialog = page.findChild(RecordDialog)
    qtbot.mouseClick(dialog.save_button, Qt.MouseButton.LeftButton)
    settled()
    assert dialog.isVisible()
    problems = [x.text() for x in dialog.findChildren(QLabel) if x.property("role") == "error"]
    assert problems == ["Fill in a name or number first; nothing was saved."]
    dialog.reject()


def test_a_field_saves_when_it_is_left_and_is_undone_with_ctrl_z(
    qtbot: QtBot, window: MainWindow, desk: Desk, settled: Settled
) -> None:
    company = desk.directory.add("supplier", {"name_zh": "宁波海达"})
    settled()
    window.navigation.go("suppliers")
    settled()
    page = window.pages["suppliers"]
    page.table.select_record(company)
    settled()
    editor = page.detail.form.editors["city"].widget
    editor.setFocus()
    qtbot.keyClicks(editor, "Ningbo")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    settled()
    assert desk.directory_views.company(company).values["city"] == "Ningbo"
    page.table.setFocus()
    window._undo.trigger()
    settled()
    assert desk.directory_views.company(company).values["city"] is None


def test_a_refused_value_is_marked_at_its_field(
    qtbot: QtBot, window: MainWindow, desk: Desk, settled: Settled
) -> None:
    product = desk.directory.add("product", {"name_zh": "杯"})
    window.navigation.go("products", product)
    settled()
    editor = window.pages["products"].detail.form.editors["moq"]
    editor.widget.setFocus()
    qtbot.keyClicks(editor.widget, "many")
    qtbot.keyClick(editor.widget, Qt.Key.Key_Return)
    settled()
    assert editor.widget.property("problem") is True
    assert "many" in editor.widget.toolTip()


def test_back_and_forward_walk_the_way(window: MainWindow, desk: Desk, settled: Settled) -> None:
    product = desk.directory.add("product", {"name_zh": "杯"})
    window.navigation.go("products", product)
    window.navigation.go("history")
    window._back.trigger()
    assert window.navigation.current.place == "products"
    window._forward.trigger()
    assert window.navigation.current.place == "history"
    settled()


def test_the_language_is_switched_without_a_restart(
    window: MainWindow, qtbot: QtBot, settled: Settled
) -> None:
    window.navigation.go("suppliers")
    window.use_language("zh_CN")
    qtbot.waitUntil(lambda: words.language == "zh_CN")
    settled()
    texts = {label.text() for label in window.findChildren(QLabel) if label.isVisible()}
    assert "供应商" in texts


def test_a_change_made_elsewhere_shows_up(window: MainWindow, desk: Desk, settled: Settled) -> None:
    window.navigation.go("suppliers")
    settled()
    page = window.pages["suppliers"]
    assert page.model.rowCount() == 0
    desk.directory.add("supplier", {"name_zh": "甲"})
    settled()
    assert page.model.rowCount() == 1
    assert page.model.index(0, 0).data() == "甲"


def test_a_place_is_reached_before_the_next_keys_are_pressed(
    qtbot: QtBot, window: MainWindow, settled: Settled
) -> None:
    qtbot.keyClick(window, "2", Qt.KeyboardModifier.ControlModifier)
    assert window.navigation.current.place == "suppliers"
    settled()
    assert window.sidebar._buttons["suppliers"].toolTip() == "Suppliers (Ctrl+2)"


def test_home_and_end_select_the_record_they_go_to(
    qtbot: QtBot, window: MainWindow, desk: Desk, settled: Settled
) -> None:
    for name in ("Anhui One", "Ningbo Two", "Yiwu Three"):
        desk.directory.add("supplier", {"name_en": name})
    window.navigation.go("suppliers")
    settled()
    table = window.pages["suppliers"].table
    qtbot.keyClick(table, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    assert table.selected_ids() == [1]
    qtbot.keyClick(table, Qt.Key.Key_Home)
    assert table.selected_ids() == [3]


def test_rows_that_nobody_scrolled_to_are_copied_as_they_stand(
    qtbot: QtBot, window: MainWindow, desk: Desk, settled: Settled
) -> None:
    names = [f"Factory {number:03}" for number in range(150)]
    for name in names:
        desk.directory.add("supplier", {"name_en": name})
    window.navigation.go("suppliers")
    settled()
    table = window.pages["suppliers"].table
    clipboard = QGuiApplication.clipboard()
    for keys, wanted in ((Qt.Key.Key_A, names[::-1]), (Qt.Key.Key_Home, names[-1:])):
        qtbot.keyClick(table, keys, CTRL if keys == Qt.Key.Key_A else Qt.KeyboardModifier(0))
        qtbot.keyClick(table, Qt.Key.Key_C, CTRL)
        settled()
        headings, *rows = (line.split("\t") for line in clipboard.text().splitlines())
        place = headings.index("English name")
        assert [row[place] for row in rows] == wanted


def test_a_list_that_was_left_before_it_was_read_begins_with_its_first_record(
    window: MainWindow, desk: Desk, settled: Settled
) -> None:
    for name in ("Anhui One", "Ningbo Two"):
        desk.directory.add("supplier", {"name_en": name})
    window.navigation.go("suppliers")
    window.navigation.go("buyers")
    settled()
    window.navigation.go("suppliers")
    assert window.pages["suppliers"].table.selected_ids() == [2]


def test_what_stands_in_a_tab_of_a_company_is_made_when_it_is_looked_at(
    window: MainWindow, desk: Desk, settled: Settled
) -> None:
    companies = [desk.directory.add("supplier", {"name_zh": name}) for name in ("海达", "新星")]
    for company, name in zip(companies, ("Anna", "Otto"), strict=True):
        desk.directory.add("contact", {"company_id": company, "name": name})
    window.navigation.go("suppliers", companies[0])
    settled()
    tabs = window.pages["suppliers"].detail.tabs
    people = tabs.widget(1)
    assert not people.findChildren(QLabel)
    tabs.setCurrentIndex(1)
    settled()
    assert "Anna" in {label.text() for label in people.findChildren(QLabel)}
    window.navigation.go("suppliers", companies[1])
    settled()
    assert "Otto" in {label.text() for label in people.findChildren(QLabel) if label.isVisible()}


def test_a_page_beside_a_list_is_made_after_the_list_and_shown_with_the_first_record(
    window: MainWindow, desk: Desk, settled: Settled
) -> None:
    window.navigation.go("inquiries")
    page = window.pages["inquiries"]
    assert "detail" not in vars(page)
    settled()
    assert not page.detail.isVisible()
    desk.directory.add("supplier", {"name_zh": "海达"})
    settled()
    assert not page.detail.isVisible()
    desk.inquiries.add(InquiryDraft(buyer="Nordic Home", lines=[{"wording": "flask"}]))
    settled()
    assert page.detail.isVisible()


def test_a_message_covers_the_foot_and_nothing_above_it(window: MainWindow) -> None:
    window.context.toast("3 messages moved", "Undo", lambda: None)
    above = window._stack.mapTo(window, window._stack.rect().bottomLeft()).y()
    assert window._toast.geometry().top() >= above - 8


def test_a_message_covers_no_half_of_what_can_be_undone_where_both_have_room(
    window: MainWindow, settled: Settled
) -> None:
    window.resize(1100, 700)
    window.context.toast("The two are one supplier now", "Undo", lambda: None)
    window.foot.show_undo("Undo: Merge Yongkang Metal Factory into Yongkang Yuzhou Metalware")
    settled()
    undo = window.foot.undo_button
    assert not window._toast.geometry().intersects(
        QRect(undo.mapTo(window, undo.rect().topLeft()), undo.size())
    )


@pytest.mark.parametrize("width", [1000, 1100, 1400])
def test_a_message_leaves_what_the_foot_tells_of_the_book_in_sight(
    window: MainWindow, desk: Desk, settled: Settled, width: int
) -> None:
    assert desk.indexer.wait_until_idle(30)
    settled()
    window.resize(width, 700)
    told = "812 suppliers, 1,640 people added · 36 suppliers updated"
    rows = ("Open the 4 rejected rows", lambda: None)
    window.context.toast(told, "Undo", lambda: None, beside=rows)
    indexing = Indexing(Message("search.catching_up"), 300, 1000)
    window.foot.index.show_indexing(indexing)
    window.foot.index._show()
    settled()
    index = window.foot.index
    assert index.isVisible()
    start = index.mapTo(window, index.rect().topLeft())
    toast = window._toast
    assert not toast.geometry().intersects(QRect(start, index.size()))
    assert toast.text.height() >= toast.text.heightForWidth(toast.text.width())


def test_a_closed_window_is_gone_before_running_work_has_ended(
    window: MainWindow,
) -> None:
    is_gone, has_begun = threading.Event(), threading.Event()
    waited: list[bool] = []

    def work(_task: Task[None]) -> None:
        has_begun.set()
        waited.append(is_gone.wait(timeout=10))

    window.windowHandle().visibleChanged.connect(lambda is_shown: is_shown or is_gone.set())
    window.tasks.long_read(window, Message("window.saving"), work)
    assert has_begun.wait(timeout=10)
    window.close()
    assert waited == [True]


def test_work_goes_on_in_sight_in_another_language(
    qtbot: QtBot, window: MainWindow, settled: Settled
) -> None:
    goes_on, is_stopped = threading.Event(), threading.Event()

    def work(task: Task[None]) -> None:
        assert goes_on.wait(timeout=10)
        while not is_stopped.wait(timeout=0.02):
            task.at(Message("window.saving"), 1, 2)

    window.tasks.write(window, Message("window.loading_sample"), work)
    words.use("zh_CN")
    qtbot.waitUntil(window.foot.cancel.isVisible)
    goes_on.set()
    qtbot.waitUntil(lambda: window.foot._work.text() == words.say("window.saving"))
    qtbot.mouseClick(window.foot.cancel, Qt.MouseButton.LeftButton)
    settled()
    assert not window.foot.cancel.isVisible()
    is_stopped.set()
