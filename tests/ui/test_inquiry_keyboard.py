"""What can be done with an inquiry can be done without a mouse."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QComboBox, QWidget

from app.desk import Desk
from app.inquiries.offers_service import OfferDraft, OfferLineDraft
from app.inquiries.requests_service import RequestDraft
from app.inquiries.service import InquiryDraft
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
