"""The rounds of a bargaining are suggested, corrected, confirmed and taken off in the window."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QTableWidget, QTableWidgetItem
from pytestqt.qtbot import QtBot

from app.desk import Desk
from app.negotiation.service import MessageDraft
from ui import theme
from ui.forms.dialog import RecordDialog
from ui.tables import fit_rows
from ui.window.frame import MainWindow

Settled = Callable[[], None]


def say_in(desk: Desk, thread: int, text: str, direction: str = "in") -> int:
    draft = MessageDraft(kind="chat", direction=direction, text=text)
    return desk.negotiation.add_message(thread, draft)


def test_a_suggested_round_is_corrected_and_confirmed(
    qtbot: QtBot, window: MainWindow, desk: Desk, settled: Settled
) -> None:
    thread = desk.negotiation.start_thread("Flask")
    say_in(desk, thread, "We can do USD 2.10 for 3000 pcs FOB Ningbo", "out")
    say_in(desk, thread, "Our target is USD 1.80 for 3000 pcs")
    window.navigation.go("deals", thread)
    settled()
    page = window.pages["deals"].detail
    assert page.tabs.tabText(1).endswith("(2)")
    buttons = [b for b in page.timeline.findChildren(QPushButton) if b.text() == "Confirm …"]
    qtbot.mouseClick(buttons[1], Qt.MouseButton.LeftButton)
    dialog = page.findChild(RecordDialog)
    assert dialog.form.editors["prices"].value() == "1.80 @ 3000"
    dialog.form.editors["prices"].set_value("1.85 @ 3000; 1.80 @ 5000")
    qtbot.mouseClick(dialog.save_button, Qt.MouseButton.LeftButton)
    settled()
    confirmed = [v for v in desk.negotiation_views.thread(thread).rounds if v.is_confirmed]
    (prices,) = [view.offered.prices for view in confirmed]
    assert [(p.amount, p.min_quantity) for p in prices] == [
        (Decimal("1.85"), Decimal(3000)),
        (Decimal("1.80"), Decimal(5000)),
    ]
    assert page.tabs.tabText(1).endswith("(1)")
    window.undo()
    settled()
    assert page.tabs.tabText(1).endswith("(2)")


def test_a_confirmed_round_is_taken_off_the_ladder_and_brought_back(
    qtbot: QtBot, window: MainWindow, desk: Desk, settled: Settled
) -> None:
    thread = desk.negotiation.start_thread("Flask")
    say_in(desk, thread, "We can do USD 2.10 for 3000 pcs FOB Ningbo", "out")
    (suggested,) = desk.negotiation_views.thread(thread).rounds
    desk.rounds.confirm(thread, suggested.offered, message_id=suggested.message_id)
    spoken = desk.rounds.confirm(thread, suggested.offered)
    window.navigation.go("deals", thread)
    settled()
    ladder = window.pages["deals"].detail.ladder
    window.pages["deals"].detail.tabs.setCurrentWidget(ladder)
    assert not ladder.delete.isEnabled()
    ladder.table.selectRow([view.id for view in ladder._rounds].index(spoken))
    ladder.table.setFocus()
    qtbot.keyClick(ladder.table, Qt.Key.Key_Delete)
    settled()
    assert spoken not in {view.id for view in desk.negotiation_views.thread(thread).rounds}
    assert desk.lists.count("thread") == 1, "the deal itself stays"
    ladder.table.selectRow(0)
    ladder.delete.click()
    settled()
    assert [view.is_confirmed for view in desk.negotiation_views.thread(thread).rounds] == [False]
    ladder.table.selectRow(0)
    assert not ladder.delete.isEnabled(), "what is only suggested is no round yet"
    window._toast.action.click()
    settled()
    assert [view.is_confirmed for view in desk.negotiation_views.thread(thread).rounds] == [True]


def test_a_price_that_cannot_be_read_keeps_the_dialog_open_with_the_reason(
    qtbot: QtBot, window: MainWindow, desk: Desk, settled: Settled
) -> None:
    thread = desk.negotiation.start_thread("Flask")
    window.navigation.go("deals", thread)
    settled()
    page = window.pages["deals"].detail
    page.add_round()
    dialog = page.findChild(RecordDialog)
    dialog.form.editors["prices"].set_value("1,85")
    qtbot.mouseClick(dialog.save_button, Qt.MouseButton.LeftButton)
    settled()
    problems = [x.text() for x in dialog.findChildren(QLabel) if x.property("role") == "error"]
    assert dialog.isVisible()
    assert "1,85" in problems[0]
    dialog.reject()
    assert desk.negotiation_views.thread(thread).rounds == ()


def test_the_margin_is_shown_for_the_cost_that_was_typed(
    window: MainWindow, desk: Desk, settled: Settled
) -> None:
    thread = desk.negotiation.start_thread("Flask")
    say_in(desk, thread, "We can do USD 2.00 for 3000 pcs", "out")
    window.navigation.go("deals", thread)
    settled()
    ladder = window.pages["deals"].detail.ladder
    ladder.cost.setText("1.50")
    ladder.cost.editingFinished.emit()
    settled()
    assert ladder.table.item(0, 5).text() == "25.0%"
    other = desk.negotiation.start_thread("Lids")
    window.navigation.go("deals", other)
    settled()
    assert ladder.asked_for() == (None, None, None), "a cost is of one deal"
    assert ladder.empty.isVisibleTo(ladder)


def test_a_row_of_two_lines_has_room_around_them(qtbot: QtBot) -> None:
    table = QTableWidget(1, 1)
    qtbot.addWidget(table)
    table.setItem(0, 0, QTableWidgetItem("0.03\n3.6%"))
    fit_rows(table)
    assert table.rowHeight(0) >= 2 * table.fontMetrics().height() + theme.SMALL
