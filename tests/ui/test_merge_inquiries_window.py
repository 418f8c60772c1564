"""Two inquiries that are one become one in the window, by the keyboard alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from app.desk import Desk
from app.inquiries.service import InquiryDraft
from ui.inquiries.merge_dialog import InquiryMergeDialog
from ui.inquiries.page import InquiryPage
from ui.window.frame import MainWindow

Settled = Callable[[], None]
LINES = (
    [{"wording": "vacuum flask 500 ml", "quantity": "5000", "unit": "pcs"}, {"wording": "mug"}],
    [{"wording": "cup", "quantity": "300"}, {"wording": "vacuum flask 500ml", "quantity": "6000"}],
)


@pytest.fixture
def page(window: MainWindow, desk: Desk, settled: Settled) -> InquiryPage:
    """The second of two inquiries of one buyer, for the same goods."""
    for channel, lines in zip(("Alibaba.com", "Email"), LINES, strict=True):
        values = {"channel": channel, "original_text": f"By {channel}"}
        desk.inquiries.add(InquiryDraft(buyer="Nordic Home AB", values=values, lines=lines))
    window.navigation.go("inquiries", 2)
    settled()
    return window.pages["inquiries"].detail


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(QApplication.focusWidget(), key, modifier)
    QApplication.processEvents()


def test_the_notice_of_a_duplicate_leads_to_one_inquiry_and_back(
    qtbot: QtBot, window: MainWindow, page: InquiryPage, desk: Desk, settled: Settled
) -> None:
    notice = page.same.itemAt(0).widget()
    assert notice is not None
    link = notice.findChildren(QPushButton)[1]
    link.setFocus()
    press(Qt.Key.Key_Space)
    settled()
    dialog = page.findChild(InquiryMergeDialog)
    qtbot.waitUntil(dialog.isActiveWindow)
    rows = {dialog.table.item(row, 2).text(): row for row in range(dialog.table.rowCount())}
    joined, alone = rows["vacuum flask 500ml · 6,000"], rows["cup · 300"]
    assert dialog.table.item(joined, 1).text() == "vacuum flask 500 ml · 5,000 pcs"
    assert dialog.choices[alone].currentText() == "A line of its own"
    dialog.table.setCurrentCell(joined, 2)
    press(Qt.Key.Key_Space)
    dialog.table.setCurrentCell(alone, 0)
    press(Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: dialog.choices[alone].view().isVisible())
    press(Qt.Key.Key_End)
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(dialog.joined) == 2)
    assert dialog.table.hasFocus()
    press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settled()
    assert window.navigation.current.record_id == 1
    detail = desk.inquiry_views.inquiry(1)
    assert [(line.wording, str(line.values["quantity"])) for line in detail.lines] == [
        ("vacuum flask 500ml", "6000"),
        ("mug", "300"),
    ]
    assert page.same.count() == 0
    qtbot.mouseClick(window._toast.action, Qt.MouseButton.LeftButton)
    settled()
    assert len(desk.lists.ids("inquiry")) == 2


def test_two_inquiries_of_the_list_are_merged_by_ctrl_m_and_another_is_found_by_typing(
    qtbot: QtBot, window: MainWindow, page: InquiryPage, desk: Desk, settled: Settled
) -> None:
    table = window.pages["inquiries"].table
    table.setFocus()
    table.selectAll()
    press(Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier)
    settled()
    (dialog,) = window.findChildren(InquiryMergeDialog)
    dialog.choose_all(2)
    dialog.join(desk.inquiry_views.inquiry(2).lines[1].id, None)
    assert not any(key.startswith("line") for key in dialog.taken)
    dialog.merge_button.click()
    settled()
    (kept,) = desk.lists.ids("inquiry")
    detail = desk.inquiry_views.inquiry(kept)
    assert (detail.values["channel"], len(detail.lines)) == ("Email", 4)
