"""A person asks suppliers for prices in the window, is reminded and takes their sheets in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import openpyxl
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from app.desk import Desk
from app.inquiries.requests_service import RequestDraft
from app.inquiries.service import InquiryDraft
from ui.forms.dialog import RecordDialog
from ui.inquiries.answer_dialog import AnswerDialog, RequestChoice, read_answer
from ui.inquiries.request_dialog import RequestDialog
from ui.lists.pick_dialog import PickDialog
from ui.window.frame import MainWindow

Settled = Callable[[], None]
PRICES = 1
MAIL = """Dear Sir,
we need 5000 pcs vacuum flask 500ml, target price USD 1.60/pc, CIF Hamburg.
Best regards
Anna Svensson
Nordic Home AB"""


def test_ticked_suppliers_are_asked_with_a_text_in_both_languages(
    window: MainWindow, desk: Desk, settled: Settled
) -> None:
    supplier = desk.directory.add("supplier", {"name_zh": "海达"})
    desk.directory.add("product", {"supplier_id": supplier, "name_en": "vacuum flask"})
    inquiry = desk.inquiries.add(InquiryDraft(buyer="Nordlys", lines=[{"wording": "vacuum flask"}]))
    assert desk.indexer.wait_until_idle(30)
    window.navigation.go("inquiries", inquiry)
    settled()
    page = window.pages["inquiries"].detail
    page._tabs.setCurrentWidget(page.suppliers)
    settled()
    page.suppliers._ticks[supplier][0].setChecked(True)
    page.suppliers.ask.click()
    settled()
    dialog = page.findChild(RequestDialog)
    dialog.tabs.setCurrentIndex(1)
    dialog.copy.click()
    assert "vacuum flask" in QGuiApplication.clipboard().text()
    assert "Nordlys" not in QGuiApplication.clipboard().text()
    dialog.form.editors["shows_buyer"].widget.setChecked(True)
    settled()
    assert "Nordlys" in dialog.tabs.currentWidget().toPlainText()
    dialog.asked.click()
    settled()
    (asked,) = desk.sourcing_views.request(1).suppliers
    assert asked.asked_at is not None
    rows = [label.text() for label in page.suppliers.requests.findChildren(QLabel)]
    assert any("asked" in text for text in rows)


def test_a_request_shows_the_day_to_answer_by_and_a_line_for_each_supplier(
    window: MainWindow, desk: Desk, settled: Settled
) -> None:
    suppliers = [desk.directory.add("supplier", {"name_zh": name}) for name in ("海达", "禾穗")]
    inquiry = desk.inquiries.add(InquiryDraft(buyer="A", lines=[{"wording": "vacuum flask"}]))
    draft = RequestDraft(
        inquiry_id=inquiry, supplier_ids=suppliers, respond_by_on=date(2026, 12, 1)
    )
    request = desk.requests.create(draft)
    window.navigation.go("inquiries", inquiry)
    settled()
    page = window.pages["inquiries"].detail
    page._tabs.setCurrentWidget(page.suppliers)
    settled()
    texts = [label.text() for label in page.suppliers.requests.findChildren(QLabel)]
    assert any([line[:2] for line in text.split("\n")] == ["海达", "禾穗"] for text in texts)
    dialog = RequestDialog(page._context, request, page)
    dialog.open()
    settled()
    assert dialog.form.editors["respond_by_on"].value() == "2026-12-01"
    assert dialog.focusWidget() is not dialog.form.editors["respond_by_on"].widget
    dialog.reject()


def test_a_supplier_without_an_answer_is_reminded_of_on_the_day_set(
    window: MainWindow, desk: Desk, settled: Settled
) -> None:
    supplier = desk.directory.add("supplier", {"name_zh": "海达"})
    inquiry = desk.inquiries.add(InquiryDraft(buyer="A", lines=[{"wording": "vacuum flask"}]))
    request = desk.requests.create(RequestDraft(inquiry_id=inquiry, supplier_ids=[supplier]))
    window.navigation.go("inquiries", inquiry)
    settled()
    page = window.pages["inquiries"].detail
    dialog = RequestDialog(page._context, request, page)
    dialog.open()
    settled()
    row = dialog.suppliers.itemAt(0).widget()
    row.findChild(QPushButton).click()
    asking = dialog.findChild(RecordDialog)
    today = desk.clock.today()
    asking.form.editors["remind_on"].set_value(today)
    asking.save_button.click()
    settled()
    (due,) = desk.today.today().due
    assert (due.what, due.company, due.on, due.id) == ("reminder", "海达", today, inquiry)
    window.undo()
    settled()
    assert desk.today.today().due == ()


def test_another_supplier_is_put_on_a_request_and_asked_alone(
    window: MainWindow, desk: Desk, settled: Settled
) -> None:
    first, second = (desk.directory.add("supplier", {"name_zh": name}) for name in ("海达", "金盾"))
    inquiry = desk.inquiries.add(InquiryDraft(buyer="A", lines=[{"wording": "vacuum flask"}]))
    request = desk.requests.create(RequestDraft(inquiry_id=inquiry, supplier_ids=[first]))
    desk.requests.asked(request, [first])
    (before,) = desk.sourcing_views.request(request).suppliers
    window.navigation.go("inquiries", inquiry)
    settled()
    page = window.pages["inquiries"].detail
    dialog = RequestDialog(page._context, request, page)
    dialog.open()
    settled()
    more = next(b for b in dialog.findChildren(QPushButton) if b.text().startswith("Ask another"))
    more.click()
    settled()
    pick = dialog.findChild(PickDialog)
    pick.text.setText("金盾")
    settled()
    pick.list.setCurrentRow(0)
    pick.accept()
    settled()
    assert [one.supplier for one in desk.sourcing_views.request(request).suppliers] == [
        "海达",
        "金盾",
    ]
    dialog.asked.click()
    settled()
    now = {one.supplier_id: one for one in desk.sourcing_views.request(request).suppliers}
    assert now[second].asked_at is not None
    assert now[first].asked_at == before.asked_at, "who was asked before keeps the day"
    window.undo()
    window.undo()
    settled()
    assert [one.supplier_id for one in desk.sourcing_views.request(request).suppliers] == [first]


def test_a_filled_in_sheet_is_taken_in_and_undone(
    qtbot: QtBot, window: MainWindow, desk: Desk, settled: Settled, tmp_path: Path
) -> None:
    supplier = desk.directory.add("supplier", {"name_zh": "海达"})
    line = {"wording": "vacuum flask", "quantity": "3000", "unit": "pcs"}
    inquiry = desk.inquiries.add(InquiryDraft(buyer="A", lines=[line]))
    request = desk.requests.create(RequestDraft(inquiry_id=inquiry, supplier_ids=[supplier]))
    window.navigation.go("inquiries", inquiry)
    settled()
    page = window.pages["inquiries"].detail
    dialog = RequestDialog(page._context, request, page)
    dialog.open()
    settled()
    dialog.save_sheets(tmp_path)
    settled()
    (file,) = tmp_path.glob("*.xlsx")
    book = openpyxl.load_workbook(file)
    sheet = book.active
    (top,) = [cell for row in sheet for cell in row if str(cell.value).startswith("Price 1")]
    sheet.cell(top.row + 1, top.column).value = 11.5
    book.save(file)
    read_answer(page._context, page.compare, file, inquiry_id=inquiry)
    settled()
    answer = page.compare.findChild(AnswerDialog)
    assert answer.supplier.currentText() == "海达"
    qtbot.keyClick(answer.supplier, Qt.Key.Key_Return)
    settled()
    (found,) = desk.comparisons.compare(inquiry).lines
    assert [str(cell.price) for cell in found.cells] == ["11.5"]
    window._toast.action.click()
    settled()
    (found,) = desk.comparisons.compare(inquiry).lines
    assert not found.cells


def test_a_sheet_that_names_an_unknown_request_asks_which_it_answers(
    qtbot: QtBot, window: MainWindow, desk: Desk, settled: Settled, tmp_path: Path
) -> None:
    supplier = desk.directory.add("supplier", {"name_zh": "海达"})
    inquiry = desk.inquiries.add(InquiryDraft(buyer="A", lines=[{"wording": "vacuum flask"}]))
    draft = RequestDraft(inquiry_id=inquiry, supplier_ids=[supplier])
    numbers = [desk.sourcing_views.request(desk.requests.create(draft)).number for _ in range(2)]
    file = tmp_path / "R-2019-0007.csv"
    file.write_text("Product,Unit price (CNY)\nvacuum flask,11.5\n", encoding="utf-8")
    window.navigation.go("inquiries", inquiry)
    settled()
    page = window.pages["inquiries"].detail
    read_answer(page._context, page.compare, file, inquiry_id=inquiry)
    settled()
    assert page.compare.findChild(AnswerDialog) is None
    choice = page.compare.findChild(RequestChoice)
    assert "R-2019-0007" in choice.findChild(QLabel).text()
    assert choice.request.currentText().startswith(numbers[1])
    qtbot.keyClick(choice.request, Qt.Key.Key_Down)
    qtbot.keyClick(choice.request, Qt.Key.Key_Return)
    settled()
    answer = page.compare.findChild(AnswerDialog)
    assert numbers[0] in answer.windowTitle()
    assert [str(row.row.tiers[0][1]) for row in answer._answer.answered] == ["11.5"]


def test_listed_prices_of_ticked_suppliers_become_offers_without_a_request(
    qtbot: QtBot, window: MainWindow, desk: Desk, settled: Settled
) -> None:
    supplier = desk.directory.add("supplier", {"name_zh": "海达"})
    flask = {"supplier_id": supplier, "name_zh": "保温杯 500ml", "name_en": "vacuum flask 500ml"}
    product = desk.directory.add("product", flask)
    desk.directory.add("price", {"product_id": product, "amount": 12, "currency": "CNY"})
    lines = [{"wording": "vacuum flask 500ml", "quantity": 1000, "unit": "pcs"}]
    inquiry = desk.inquiries.add(InquiryDraft(buyer="Nordlys", lines=lines))
    assert desk.indexer.wait_until_idle(30)
    window.navigation.go("inquiries", inquiry)
    settled()
    page = window.pages["inquiries"].detail
    page._tabs.setCurrentWidget(page.suppliers)
    settled()
    tick = page.suppliers._ticks[supplier][0]
    tick.setFocus()
    qtbot.keyClick(tick, Qt.Key.Key_Space)
    keys = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(tick, Qt.Key.Key_P, keys)
    settled()
    (cell,) = desk.comparisons.compare(inquiry).lines[0].cells
    assert (cell.offered.supplier, cell.price) == ("海达", 12)
    assert desk.sourcing_views.requests(inquiry) == ()
    window._toast.action.click()
    settled()
    assert not desk.lists.ids("offer")
