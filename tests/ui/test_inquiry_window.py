"""A person takes an inquiry from a pasted mail, works on its lines and moves it along."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from app.desk import Desk
from app.inquiries.service import InquiryDraft
from app.inquiries.stages import Stage
from ui.inquiries.take_dialog import TakeInquiryDialog
from ui.window.frame import MainWindow

Settled = Callable[[], None]
MAIL = """Dear Sir,
we need 5000 pcs vacuum flask 500ml, target price USD 1.60/pc, CIF Hamburg.
Best regards
Anna Svensson
Nordic Home AB"""


def test_an_inquiry_is_taken_from_a_pasted_mail(
    qtbot: QtBot, window: MainWindow, desk: Desk, settled: Settled
) -> None:
    window.navigation.go("inquiries")
    page = window.pages["inquiries"]
    qtbot.keyClick(page.filter, "n", Qt.KeyboardModifier.ControlModifier)
    dialog = page.findChild(TakeInquiryDialog)
    dialog.text.setPlainText(MAIL)
    qtbot.waitUntil(lambda: bool(dialog.lines.lines()))
    dialog.buyer.setText("Nordic Home AB")
    qtbot.waitUntil(dialog.isActiveWindow)
    dialog.buyer.setFocus()
    qtbot.keyClick(dialog.buyer, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settled()
    (inquiry,) = desk.lists.ids("inquiry")
    detail = desk.inquiry_views.inquiry(inquiry)
    assert detail.buyer == "Nordic Home AB"
    assert str(detail.lines[0].values["quantity"]) == "5000"
    assert detail.values["original_text"].startswith("Dear Sir")
    assert window.navigation.current.record_id == inquiry


def test_lines_are_pasted_from_a_spreadsheet_and_undone(
    window: MainWindow, desk: Desk, settled: Settled
) -> None:
    inquiry = desk.inquiries.add(InquiryDraft(buyer="A", lines=[{"wording": "cup"}]))
    window.navigation.go("inquiries", inquiry)
    settled()
    grid = window.pages["inquiries"].detail.lines
    grid.setCurrentCell(1, 0)
    QGuiApplication.clipboard().setText("flask\tsteel\t500\tpcs\nlid\t\t1000\tpcs")
    grid.paste()
    settled()
    lines = desk.inquiry_views.inquiry(inquiry).lines
    assert [line.values["wording"] for line in lines] == ["cup", "flask", "lid"]
    assert str(lines[2].values["quantity"]) == "1000"
    window.undo()
    settled()
    assert len(desk.inquiry_views.inquiry(inquiry).lines) == 1


def test_a_stage_that_lacks_something_says_what_and_stays(
    window: MainWindow, desk: Desk, settled: Settled
) -> None:
    inquiry = desk.inquiries.add(InquiryDraft(buyer="A", lines=[{"wording": "cup"}]))
    window.navigation.go("inquiries", inquiry)
    settled()
    page = window.pages["inquiries"].detail
    page.stage.setCurrentIndex(page.stage.findData(Stage.SOURCING))
    page.stage.activated.emit(page.stage.currentIndex())
    settled()
    assert page.stage.currentData() == Stage.NEW
    assert window._toast.isVisible()


def test_suppliers_are_ranked_for_each_line(
    window: MainWindow, desk: Desk, settled: Settled, qtbot: QtBot
) -> None:
    supplier = desk.directory.add("supplier", {"name_zh": "海达", "name_en": "Haida"})
    desk.directory.add("product", {"supplier_id": supplier, "name_en": "vacuum flask"})
    inquiry = desk.inquiries.add(InquiryDraft(buyer="A", lines=[{"wording": "vacuum flask"}]))
    assert desk.indexer.wait_until_idle(30)
    window.navigation.go("inquiries", inquiry)
    settled()
    page = window.pages["inquiries"].detail
    page._tabs.setCurrentWidget(page._matches)
    settled()
    texts = [button.text() for button in page._matches.findChildren(type(page.quote_button))]
    assert any("海达" in text for text in texts)
