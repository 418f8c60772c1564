"""What can be done with an inquiry can be done without a mouse."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit, QStyleOptionViewItem, QWidget
from pytestqt.qtbot import QtBot

from app.desk import Desk
from app.inquiries.offers_service import OfferDraft, OfferLineDraft
from app.inquiries.requests_service import RequestDraft
from app.inquiries.service import InquiryDraft
from app.search.results import Request
from ui.forms.dialog import RecordDialog
from ui.window.frame import MainWindow


def out_of_reach(page: QWidget) -> list[str]:
    """What can be pressed in sight but takes no focus from the Tab key."""
    pressed = [*page.findChildren(QAbstractButton), *page.findChildren(QComboBox)]
    return [
        each.accessibleName() or each.toolTip() or each.metaObject().className()
        for each in pressed
        if each.isVisible() and each.isEnabled()
        if not each.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]


def test_everything_on_the_page_of_an_inquiry_is_reached_with_the_tab_key(
    window: MainWindow, desk: Desk, settled: Callable[[], None]
) -> None:
    supplier = desk.directory.add("supplier", {"name_en": "Haida"})
    desk.directory.add("product", {"supplier_id": supplier, "name_en": "flask"})
    asked = {"wording": "flask", "quantity": "3000", "unit": "pcs"}
    inquiry = desk.inquiries.add(InquiryDraft(buyer="A", lines=[asked]))
    desk.requests.create(RequestDraft(inquiry_id=inquiry, supplier_ids=[supplier]))
    line = desk.inquiry_views.inquiry(inquiry).lines[0].id
    price = OfferLineDraft(tiers=((None, Decimal("11.3")),), inquiry_line_id=line)
    desk.offers.record(
        OfferDraft(supplier_id=supplier, inquiry_id=inquiry, currency="CNY", lines=[price])
    )
    assert desk.indexer.wait_until_idle(30)
    window.navigation.go("inquiries", inquiry)
    settled()
    page = window.pages["inquiries"].detail
    seen = 0
    for number in range(page._tabs.count()):
        page._tabs.setCurrentIndex(number)
        settled()
        seen += sum(button.isVisible() for button in page.findChildren(QAbstractButton))
        assert out_of_reach(page) == [], page._tabs.tabText(number)
    assert seen > 20


def test_quantities_are_shown_with_separators_and_typed_without(
    qtbot: QtBot, window: MainWindow, desk: Desk, settled: Callable[[], None]
) -> None:
    asked = {"wording": "2000", "quantity": "2000", "target_price": "1250.50"}
    inquiry = desk.inquiries.add(InquiryDraft(buyer="A", lines=[asked]))
    window.navigation.go("inquiries", inquiry)
    settled()
    grid = window.pages["inquiries"].detail.lines

    def shown() -> list[str]:
        looks = []
        for column in range(grid.columnCount()):
            option, index = QStyleOptionViewItem(), grid.model().index(0, column)
            grid.itemDelegateForIndex(index).initStyleOption(option, index)
            looks.append(option.text)
        return looks

    assert shown()[:3] == ["2000", "", "2,000"]
    assert "1,250.5" in shown()
    grid.setCurrentCell(0, 2)
    qtbot.keyClick(grid, Qt.Key.Key_F2)
    (editor,) = grid.findChildren(QLineEdit)
    assert editor.text() == "2000"
    editor.setText("12000")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    settled()
    assert shown()[2] == "12,000"
    assert desk.inquiry_views.inquiry(inquiry).lines[0].values["quantity"] == 12000


def test_an_inquiry_is_tagged_found_by_its_tags_and_untagged(
    window: MainWindow, desk: Desk, settled: Callable[[], None]
) -> None:
    inquiry = desk.inquiries.add(InquiryDraft(buyer="A", values={"subject": "Flasks"}))
    window.navigation.go("inquiries", inquiry)
    settled()
    page = window.pages["inquiries"].detail
    for typed, tags in (("urgent， fair", ("fair", "urgent")), ("urgent", ("urgent",))):
        page.more.menu().actions()[-1].trigger()
        dialog = page.findChildren(RecordDialog)[-1]
        dialog.form.editors["tags"].widget.setText(typed)
        dialog.save_button.click()
        settled()
        assert desk.inquiry_views.inquiry(inquiry).tags == tags
    settled()
    assert "#urgent" in page._faint.text()
    desk.search.update()
    (hit,) = desk.search.find(Request("flasks tag:urgent")).hits
    assert hit.id == inquiry
    window.undo()
    settled()
    assert desk.inquiry_views.inquiry(inquiry).tags == ("fair", "urgent")


def test_tab_goes_through_the_cells_of_a_grid_and_on_from_its_last_one(
    qtbot: QtBot, window: MainWindow, desk: Desk, settled: Callable[[], None]
) -> None:
    inquiry = desk.inquiries.add(InquiryDraft(buyer="A", lines=[{"wording": "cup"}]))
    window.navigation.go("inquiries", inquiry)
    settled()
    grid = window.pages["inquiries"].detail.lines
    grid.setFocus()
    qtbot.keyClick(grid, Qt.Key.Key_Tab)
    assert grid.hasFocus()
    assert grid.currentColumn() == 1
    qtbot.keyClick(grid, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(grid, Qt.Key.Key_Tab)
    assert not grid.hasFocus()
