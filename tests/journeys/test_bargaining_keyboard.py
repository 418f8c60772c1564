"""From offers to a quotation, and from messages to rounds and follow-ups, with the keyboard alone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hands import Keyboard, name_of
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QTabBar
from pytestqt.qtbot import QtBot

from app.desk import Desk
from app.inquiries.offers_service import OfferDraft, OfferLineDraft
from app.inquiries.service import InquiryDraft
from app.negotiation.service import MessageDraft
from ui.window.frame import MainWindow

Settled = Callable[[], None]
SUPPLIERS = {"Haida": ("11", "4.2"), "Lianfa": ("12", "3.5"), "Ruian": ("13", "3.9")}


@pytest.fixture
def keys(qtbot: QtBot) -> Keyboard:
    return Keyboard(qtbot)


def turned_to(keys: Keyboard, page: str) -> None:
    """Tab to the pages of a record, then Left or Right to one of them."""
    while not isinstance(keys.focus, QTabBar):
        keys.press("Tab")
    bar = keys.focus
    names = [bar.tabText(index) for index in range(bar.count())]
    way = names.index(page) - bar.currentIndex()
    for _ in range(abs(way)):
        keys.press("Right" if way > 0 else "Left")


def two_lines_offered_by_three(desk: Desk) -> int:
    wanted = [{"wording": name, "quantity": "1000", "unit": "pcs"} for name in ("cup", "lid")]
    inquiry = desk.inquiries.add(InquiryDraft(buyer="Nordlys", lines=wanted))
    lines = desk.inquiry_views.inquiry(inquiry).lines
    for name, prices in SUPPLIERS.items():
        offered = [
            OfferLineDraft(tiers=((None, Decimal(price)),), inquiry_line_id=line.id)
            for price, line in zip(prices, lines, strict=True)
        ]
        supplier = desk.directory.add("supplier", {"name_en": name})
        desk.offers.record(
            OfferDraft(
                supplier_id=supplier,
                inquiry_id=inquiry,
                currency="CNY",
                incoterm="FOB",
                lines=offered,
            )
        )
    return inquiry


def test_each_line_goes_to_another_supplier_and_the_choice_is_quoted(
    window: MainWindow, desk: Desk, settled: Settled, keys: Keyboard
) -> None:
    inquiry = two_lines_offered_by_three(desk)
    window.navigation.go("inquiries", inquiry)
    settled()
    turned_to(keys, "Compare")
    settled()
    keys.push("Choose Haida · cup")
    settled()
    keys.wait_for(lambda: name_of(keys.focus) == "Take back Haida · cup")
    keys.push("A part… Lianfa · cup")
    keys.wait_for(lambda: keys.top is not window)
    keys.type("40%")
    keys.press("Return")
    settled()
    keys.wait_for(lambda: name_of(keys.focus) == "A part… Lianfa · cup")
    views, compare = desk.sourcing_views, desk.comparisons.compare
    (parts,) = views.awards(inquiry).values()
    assert sorted(parts.values()) == [400, 600]
    assert compare(inquiry).award_total == 600 * 11 + 400 * 12
    keys.press("Ctrl+Z")
    settled()
    keys.push("Choose Lianfa · lid")
    settled()
    assert [list(parts.values()) for parts in views.awards(inquiry).values()] == [[None], [None]]
    assert compare(inquiry).award_total == 1000 * 11 + 1000 * Decimal("3.5")
    assert "14,500" in window.pages["inquiries"].detail.compare.totals.text()
    keys.push("Quote")
    settled()
    quotation = window.navigation.current.record_id
    detail = desk.quotation_views.quotation(quotation)
    # In the lines Tab goes from cell to cell; F6 leaves them.
    keys.press("F6")
    keys.push(str(detail.inquiry))
    settled()
    assert window.navigation.current.record_id == inquiry
    cells = [cell for line in compare(inquiry).lines for cell in line.cells]
    quoted = {cell.offered.supplier for cell in cells if cell.offered.quoted_in == (detail.number,)}
    assert quoted == {"Haida", "Lianfa"}


def test_tab_goes_through_an_offer_as_one_reads(
    window: MainWindow, desk: Desk, settled: Settled, keys: Keyboard
) -> None:
    window.navigation.go("inquiries", two_lines_offered_by_three(desk))
    settled()
    turned_to(keys, "Compare")
    settled()
    keys.push("Record an offer")
    keys.wait_for(lambda: keys.top is not window)
    passed = [name_of(keys.focus)]
    while passed[-1] != "Products":
        keys.press("Tab")
        passed.append(name_of(keys.focus))
    assert passed[:3] == ["Supplier", "Answers", "Currency"]
    assert passed[-2] == "Valid until", "the lines come after all terms, where they stand"
    keys.press("Escape")


def test_rounds_are_confirmed_and_what_is_next_is_put_off_and_done(
    window: MainWindow, desk: Desk, settled: Settled, keys: Keyboard
) -> None:
    thread = desk.negotiation.start_thread("Flask")
    for direction, text in (
        ("out", "We can do USD 2.10 for 3000 pcs FOB Ningbo"),
        ("in", "Our target is USD 1.80 for 3000 pcs"),
    ):
        draft = MessageDraft(kind="chat", direction=direction, text=text)
        desk.negotiation.add_message(thread, draft)
    window.navigation.go("deals", thread)
    settled()
    for _ in range(2):
        keys.push(next(name for name in names_in(window) if name.startswith("Confirm …")))
        keys.wait_for(lambda: keys.top is not window)
        keys.press("Return")
        settled()
        keys.wait_for(lambda: name_of(keys.focus).startswith("Correct …"))
    shown = desk.negotiation_views.thread(thread)
    assert [view.is_confirmed for view in shown.rounds] == [True, True]
    turned_to(keys, "Rounds")
    keys.push("Add a round")
    keys.wait_for(lambda: keys.top is not window)
    keys.tab_to("Prices (1.85 @ 3000; …)")
    keys.type("1.90 @ 3000; 1.85 @ 5000")
    keys.press("Return")
    settled()
    newest = next(iter(desk.lists.ids("round")))
    assert desk.lists.rows("round", [newest], ["prices"])[newest] == ("1.9 @ 3000; 1.85 @ 5000",)
    chart = window.pages["deals"].detail.ladder.chart
    assert chart.isVisible()
    assert chart.accessibleDescription() == "We: 2.1; They: 1.8, 1.9"
    composer = window.pages["deals"].detail.composer
    assert not composer.isVisible(), "the rounds have the page for themselves"
    keys.press("Ctrl+J")
    assert keys.focus is composer.text
    next_is_put_off_and_done(window, desk, keys, settled)


def next_is_put_off_and_done(
    window: MainWindow, desk: Desk, keys: Keyboard, settled: Settled
) -> None:
    thread, today = int(window.navigation.current.record_id or 0), desk.clock.today()
    keys.tab_to("Next step")
    keys.type("Send samples")
    keys.press("Tab")
    keys.type(today.isoformat())
    keys.press("Tab")
    settled()
    keys.push("Next week")
    settled()
    shown = desk.negotiation_views.thread(thread)
    assert (shown.next_step, shown.next_step_on) == ("Send samples", today + timedelta(days=7))
    keys.push("Done")
    settled()
    for text in ("call Anna", "send the drawing"):
        desk.follow_ups.add(text, today, thread_id=thread)
    settled()
    keys.push("Tomorrow")
    settled()
    keys.push("Done")
    settled()
    keys.wait_for(lambda: name_of(keys.focus) == "Done")
    (left,) = desk.negotiation_views.thread(thread).follow_ups
    assert left.due_on in {today, today + timedelta(days=1)}
    keys.press("Space")
    settled()
    assert desk.negotiation_views.thread(thread).follow_ups == ()


def names_in(window: MainWindow) -> list[str]:
    """What the buttons of the page in sight are called."""
    buttons = window.pages["deals"].detail.findChildren(QAbstractButton)
    return [name_of(button) for button in buttons if button.isVisible()]


def test_a_standard_message_is_chosen_copied_saved_and_noted(
    window: MainWindow, desk: Desk, settled: Settled, keys: Keyboard, tmp_path: Path
) -> None:
    thread = desk.negotiation.start_thread("cups")
    window.navigation.go("deals", thread)
    settled()
    keys.tab_to("More actions")
    QTimer.singleShot(0, lambda: QTest.keyClick(QApplication.activePopupWidget(), Qt.Key.Key_Down))
    QTimer.singleShot(
        0, lambda: QTest.keyClick(QApplication.activePopupWidget(), Qt.Key.Key_Return)
    )
    keys.press("Space")
    settled()
    keys.wait_for(lambda: keys.top is not window)
    keys.tab_to("Write a message")
    keys.press("Down")
    settled()
    keys.push("Copy")
    assert QGuiApplication.clipboard().text().startswith("Dear")
    keys.name_file(tmp_path / "reply.eml")
    keys.push("Save as mail…")
    settled()
    assert b"X-Unsent: 1" in (tmp_path / "reply.eml").read_bytes()
    keys.push("Note as sent")
    settled()
    (message,) = desk.negotiation_views.thread(thread).messages
    assert (message.kind, message.direction) == ("mail", "out")
