"""A person moves inquiries from stage to stage on the board, with the keyboard and with the mouse."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QDrag, QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QInputDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot

from app.desk import Desk
from app.inquiries.service import InquiryDraft
from app.inquiries.stages import Stage
from ui.window.frame import MainWindow

Settled = Callable[[], None]


def test_a_card_is_moved_on_the_board_by_keyboard_by_dropping_and_undone(
    window: MainWindow, desk: Desk, settled: Settled, qtbot: QtBot
) -> None:
    line = {"wording": "cup", "quantity": "10", "unit": "pcs"}
    bare = desk.inquiries.add(InquiryDraft(buyer="B", lines=[{"wording": "lid"}]))
    inquiry = desk.inquiries.add(InquiryDraft(buyer="A", lines=[line]))
    window.navigation.go("inquiries", inquiry)
    settled()
    page = window.pages["inquiries"]
    page.view_switch.click()
    settled()
    board = page.other_view
    assert board.isVisible()
    assert board.columns[Stage.NEW].count() == 2
    assert board.select_record(inquiry)
    told = [label.text() for label in board.findChildren(QLabel) if "Ctrl" in label.text()]
    assert "“Qualified” needs you to: " in told[0], "what the next stage needs is told to keys, too"
    qtbot.keyClick(board.columns[Stage.NEW], Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    settled()
    assert desk.inquiry_views.inquiry(inquiry).values["stage"] == "qualified"
    assert board.columns[Stage.QUALIFIED].current_id() == inquiry, "the card keeps the keyboard"
    qtbot.keyClick(board.columns[Stage.QUALIFIED], Qt.Key.Key_Left)
    assert board.columns[Stage.NEW].current_id() == bare
    board.columns[Stage.SOURCING].dropped.emit(bare)
    settled()
    assert desk.inquiry_views.inquiry(bare).values["stage"] == "new"
    assert "quantity" in window._toast.findChild(QLabel).text()
    window.undo()
    settled()
    assert [board.columns[Stage.NEW].count(), board.columns[Stage.QUALIFIED].count()] == [2, 0]
    page.filter.setText("buyer:A")
    qtbot.waitUntil(lambda: board.columns[Stage.NEW].count() == 1)
    page.filter.clear()
    page.view_switch.click()
    assert page.table.isVisible()


def test_why_it_was_lost_is_asked_and_escape_leaves_it_where_it_is(
    window: MainWindow, desk: Desk, settled: Settled, qtbot: QtBot
) -> None:
    inquiry = desk.inquiries.add(InquiryDraft(buyer="A", lines=[{"wording": "lid"}]))
    window.navigation.go("inquiries", inquiry)
    settled()
    page = window.pages["inquiries"]
    page.view_switch.click()
    settled()

    def answer(text: str, key: Qt.Key) -> None:
        dialog = window.findChild(QInputDialog)
        dialog.setTextValue(text)
        qtbot.keyClick(dialog, key)

    steps = len(desk.history.operations())
    QTimer.singleShot(0, lambda: answer("price", Qt.Key.Key_Escape))
    page.other_view.move(inquiry, Stage.LOST)
    settled()
    assert len(desk.history.operations()) == steps
    QTimer.singleShot(0, lambda: answer("price", Qt.Key.Key_Return))
    page.other_view.move(inquiry, Stage.LOST)
    settled()
    assert desk.inquiry_views.inquiry(inquiry).values["lost_reason"] == "price"


def test_a_card_dropped_with_the_mouse_changes_its_stage(
    window: MainWindow, desk: Desk, settled: Settled
) -> None:
    line = {"wording": "cup", "quantity": "10", "unit": "pcs"}
    inquiry = desk.inquiries.add(InquiryDraft(buyer="A", lines=[line]))
    window.navigation.go("inquiries", inquiry)
    settled()
    page = window.pages["inquiries"]
    page.view_switch.click()
    settled()
    board = page.other_view
    assert board.select_record(inquiry)
    card = board.columns[Stage.NEW].dragged()
    foreign = QMimeData()
    foreign.setText(str(inquiry))
    for content, stage in ((foreign, "new"), (card, "qualified")):
        drop_on(board.columns[Stage.QUALIFIED].viewport(), content)
        settled()
        assert desk.inquiry_views.inquiry(inquiry).values["stage"] == stage
    assert board.columns[Stage.QUALIFIED].current_id() == inquiry
    window.undo()
    settled()
    assert desk.inquiry_views.inquiry(inquiry).values["stage"] == "new"


def test_a_card_is_taken_up_by_the_mouse_and_dropped_on_another_stage(
    window: MainWindow, desk: Desk, settled: Settled, monkeypatch: pytest.MonkeyPatch
) -> None:
    line = {"wording": "cup", "quantity": "10", "unit": "pcs"}
    inquiry = desk.inquiries.add(InquiryDraft(buyer="A", lines=[line]))
    window.navigation.go("inquiries", inquiry)
    settled()
    page = window.pages["inquiries"]
    page.view_switch.click()
    settled()
    board = page.other_view
    column, target = board.columns[Stage.NEW], board.columns[Stage.QUALIFIED]

    def let_go_there(drag: QDrag, _action: Qt.DropAction) -> None:
        """What the system does between taking up and letting go; it has no mouse here."""
        drop_on(target.viewport(), drag.mimeData())

    monkeypatch.setattr(QDrag, "exec", let_go_there)
    screen, left = window.windowHandle(), Qt.MouseButton.LeftButton
    at = column.viewport().mapTo(window, column.visualItemRect(column.item(0)).center())
    QTest.mousePress(screen, left, Qt.KeyboardModifier.NoModifier, at)
    for far in (2, QApplication.startDragDistance() + 4):
        QTest.mouseMove(screen, at + QPoint(far, 0))
    QTest.mouseRelease(screen, left, Qt.KeyboardModifier.NoModifier, at)
    settled()
    assert desk.inquiry_views.inquiry(inquiry).values["stage"] == "qualified"
    assert target.current_id() == inquiry
    window.undo()
    settled()
    assert desk.inquiry_views.inquiry(inquiry).values["stage"] == "new"


def drop_on(target: QWidget, content: QMimeData) -> None:
    move, button = Qt.DropAction.MoveAction, Qt.MouseButton.LeftButton
    keys, at = Qt.KeyboardModifier.NoModifier, QPointF(20, 20)
    QApplication.sendEvent(target, QDragEnterEvent(at, move, content, button, keys))
    QApplication.sendEvent(target, QDragMoveEvent(at, move, content, button, keys))
    QApplication.sendEvent(target, QDropEvent(at, move, content, button, keys))
