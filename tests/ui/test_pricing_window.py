"""A person asks back from a price, asks "what if" over open quotations, and prints why."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pypdfium2
import pytest
from lines_grid import go_to
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from app.desk import Desk
from app.inquiries.offers_service import OfferDraft, OfferLineDraft
from app.inquiries.service import InquiryDraft
from app.quotations.revisions import LineKind, State
from app.quotations.service import QuotationDraft
from ui import theme
from ui.quotations.editor import WHY, QuotationEditor
from ui.quotations.totals_bar import Figure
from ui.quotations.what_if_page import WhatIfPage
from ui.window.frame import MainWindow

Settled = Callable[[], None]
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def draft(desk: Desk) -> int:
    """A draft with one line: 11.30 CNY with invoice, sold with 10 % margin at 7.10."""
    supplier = desk.directory.add("supplier", {"name_zh": "宁波海达"})
    product = desk.directory.add(
        "product", {"supplier_id": supplier, "item_number": "VF-5", "name_en": "Flask"}
    )
    desk.directory.add(
        "price",
        {"product_id": product, "amount": "11.3", "currency": "CNY", "includes_vat": True},
    )
    desk.rates.add("exchange_rate", {"currency": "USD", "rate": "7.10", "valid_on": "2026-03-01"})
    return desk.quotations.draft(
        QuotationDraft(
            buyer="Nordic Home AB",
            values={"place": "Ningbo", "margin_floor": "0.05"},
            lines=[{"product_id": product, "quantity": "5000"}],
        )
    )


@pytest.fixture
def editor(qtbot: QtBot, window: MainWindow, draft: int, settled: Settled) -> QuotationEditor:
    window.navigation.go("quotations", draft)
    settled()
    opened = window.pages["quotations"].editor
    window.activateWindow()
    opened.grid.setFocus()
    qtbot.waitUntil(opened.grid.hasFocus, timeout=30_000)
    return opened


@pytest.fixture
def page(qtbot: QtBot, window: MainWindow, draft: int, settled: Settled) -> WhatIfPage:
    window.navigation.go("quotations")
    settled()
    quotations = window.pages["quotations"]
    window.activateWindow()
    quotations.list.table.setFocus()
    qtbot.waitUntil(quotations.list.table.hasFocus, timeout=30_000)
    qtbot.keyClick(quotations.list.table, Qt.Key.Key_W, CTRL | SHIFT)
    settled()
    return quotations.what_if


def test_no_sum_is_cut_off_in_a_narrow_window(
    window: MainWindow, editor: QuotationEditor, desk: Desk, draft: int, settled: Settled
) -> None:
    large = {"kind": LineKind.CHARGE, "name_en": "Moulds", "price": "35000000"}
    desk.quotations.add_lines(draft, [large])
    sums = editor.totals
    for width, all_shown in ((900, False), (1600, True)):
        window.resize(width, 560)
        settled()
        figures = sums.findChildren(Figure)
        shown = [figure for figure in figures if figure.isVisible()]
        assert {sums.total, sums.profit, sums.margin} <= set(shown)
        assert all(figure.width() >= figure.minimumSizeHint().width() for figure in shown)
        assert (len(shown) == len(figures)) is all_shown


def test_the_last_price_to_this_buyer_and_the_last_offers_are_told_beside_the_line(
    qtbot: QtBot,
    editor: QuotationEditor,
    desk: Desk,
    draft: int,
    settled: Settled,
) -> None:
    before = desk.quotation_views.quotation(draft)
    other = desk.directory.add("supplier", {"name_en": "Yongkang Metal"})
    offered = OfferLineDraft(
        tiers=((None, Decimal("11.3")),), product_id=before.lines[0].product_id
    )
    desk.offers.record(OfferDraft(supplier_id=other, currency="CNY", lines=[offered]))
    desk.quotations.send(draft)
    desk.quotations.copy(draft)
    settled()
    editor.show_record(draft + 1)
    settled()
    price = f"{before.lines[0].unit_price:f}"
    assert price in str(editor.model.index(0, editor.model.column_of("last_price")).data())
    go_to(editor, 0, "price")
    qtbot.keyClick(editor.grid, Qt.Key.Key_F9)
    settled()
    told = [label.text() for label in editor.why.past.findChildren(QLabel) if label.isVisible()]
    assert any(before.number in text for text in told)
    assert any("CNY 11.30" in text for text in told)
    assert any("Yongkang Metal" in text for text in told)


def test_a_price_to_meet_says_the_factory_price_and_the_margin_and_can_be_taken(
    qtbot: QtBot, editor: QuotationEditor, desk: Desk, draft: int, settled: Settled
) -> None:
    go_to(editor, 0, "price")
    qtbot.keyClick(editor.grid, Qt.Key.Key_T, CTRL)
    box = editor.why.target
    qtbot.waitUntil(box.price.hasFocus, timeout=30_000)
    settled()
    qtbot.keyClicks(box.price, "1.50")
    qtbot.keyClick(box.price, Qt.Key.Key_Return)
    settled()
    # 1.50 × 7.10 = 10.65 a piece: cost 10.00 leaves 6.1 %; 10 % would leave 9.585 for the factory
    # net of the refund, 9.585 / (1 − 0.13 / 1.13) = 10.831
    margin, factory, lowest = box.texts()[:3]
    assert "6.1%" in margin
    assert "CNY 10.831" in factory
    assert "-4.2%" in factory
    assert "1.41" in lowest
    box.take.click()
    settled()
    assert desk.quotation_views.quotation(draft).lines[0].unit_price == Decimal("1.5")


def test_a_cost_that_was_taken_off_is_taken_again_from_the_chosen_offer(
    window: MainWindow, desk: Desk, settled: Settled
) -> None:
    inquiry = desk.inquiries.add(
        InquiryDraft(buyer="A", lines=[{"wording": "cup", "quantity": "9", "unit": "pcs"}])
    )
    asked = desk.inquiry_views.inquiry(inquiry).lines[0].id
    supplier = desk.directory.add("supplier", {"name_en": "Haida"})
    line = OfferLineDraft(tiers=((None, Decimal(7)),), inquiry_line_id=asked, unit="pcs")
    offer = OfferDraft(supplier_id=supplier, inquiry_id=inquiry, currency="CNY", lines=[line])
    desk.offers.record(offer)
    cell = desk.comparisons.compare(inquiry).lines[0].cells[0]
    desk.offers.award(asked, cell.offered.offer_line_id)
    quotation = desk.quotations.draft(QuotationDraft(inquiry_id=inquiry))
    (quoted,) = desk.quotation_views.quotation(quotation).lines
    desk.quotations.edit_lines(quotation, {quoted.id: {"cost": None}})
    window.navigation.go("quotations", quotation)
    settled()
    editor = window.pages["quotations"].editor
    editor.side.reveal(WHY)
    go_to(editor, 0, "price")
    settled()
    (take,) = [
        each
        for each in editor.why.steps.findChildren(QPushButton)
        if each.text() == "Take the cost of the chosen offer"
    ]
    take.click()
    settled()
    assert desk.quotation_views.quotation(quotation).internal.lines[quoted.id].cost == 7


def test_a_price_below_freight_and_charges_is_told(
    qtbot: QtBot, editor: QuotationEditor, settled: Settled
) -> None:
    go_to(editor, 0, "price")
    editor.side.reveal(WHY)
    settled()
    editor.why.target.price.setText("0.20")
    editor.why.target.ask()
    settled()
    assert any("floor" in text for text in editor.why.target.texts())


def test_why_is_printed_for_the_boss_with_every_step(
    editor: QuotationEditor, tmp_path: Path, settled: Settled
) -> None:
    editor.write_why(tmp_path / "why.pdf")
    settled()
    document = pypdfium2.PdfDocument(tmp_path / "why.pdf")
    text = "".join(page.get_textpage().get_text_bounded() for page in document)
    document.close()
    assert "never for the buyer" in text
    assert "宁波海达" in text
    assert "11.3 / (1 + 0.13) × 0.13" in text


def test_prices_below_their_floor_are_listed_and_revised_in_one_step(
    qtbot: QtBot, window: MainWindow, page: WhatIfPage, desk: Desk, draft: int, settled: Settled
) -> None:
    desk.quotations.send(draft)
    settled()
    qtbot.waitUntil(page.rate.hasFocus, timeout=30_000)
    qtbot.keyClicks(page.rate, "6.50")
    qtbot.keyClicks(page.rebate, "9")
    qtbot.keyClicks(page.freight, "+30")
    qtbot.keyClick(page.freight, Qt.Key.Key_Return)
    settled()
    assert page.table.rowCount() == 1
    assert page.table.item(0, 6).text() == "1.78"
    before, after = (page.table.item(0, column).foreground().color().name() for column in (3, 4))
    assert (before, after) == ("#000000", theme.colours().error), "today's margin is no trouble"
    assert page.summary.text().startswith("Below their floor: 1 of 1")
    assert page.apply_button.isEnabled()
    page.apply_button.click()
    settled()
    detail = desk.quotation_views.quotation(draft)
    assert (detail.revision, detail.state) == (2, State.DRAFT)
    assert detail.lines[0].unit_price == Decimal("1.78")
    window._toast.action.click()
    settled()
    assert desk.quotation_views.quotation(draft).revision == 1


def test_a_change_that_is_no_number_is_named_beside_it(page: WhatIfPage, settled: Settled) -> None:
    page.freight.setText("a lot")
    page.ask()
    settled()
    assert "a lot" in page.problem.text()
    page.freight.setText("")
    page.ask()
    settled()
    assert page.problem.text() == ""
    assert not page.apply_button.isEnabled()
