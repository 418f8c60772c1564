"""Tab goes as one reads, also through what is made anew with each record; undo is the window's."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.desk import Desk
from app.inquiries.service import InquiryDraft
from app.negotiation.service import MessageDraft
from ui.forms.elided import ElidedLink
from ui.keys import stops
from ui.negotiation.entry import MessageEntry
from ui.window.frame import MainWindow

Settled = Callable[[], None]


def test_tab_goes_from_the_head_through_the_messages_to_where_one_writes(
    qtbot: QtBot, window: MainWindow, desk: Desk, settled: Settled
) -> None:
    supplier = desk.directory.add("supplier", {"name_en": "Haida"})
    thread = desk.negotiation.start_thread("Flask 500ml", company_id=supplier)
    for text in ("USD 1.90 each", "USD 1.85 each"):
        draft = MessageDraft(kind="chat", direction="in", text=text)
        desk.negotiation.add_message(thread, draft)
    window.navigation.go("deals", thread)
    settled()
    page = window.pages["deals"].detail
    window.pages["deals"].table.setFocus()
    passed: list[object] = []
    while page.composer.text not in passed:
        assert len(passed) < 60
        qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Tab)
        passed.append(window.focusWidget())
    ticks = [entry.tick for entry in page.timeline.findChildren(MessageEntry)]
    wanted = [page._links.itemAt(0).widget(), page.next_steps.step, *ticks, page.composer.text]
    assert [each for each in passed if each in wanted] == wanted


def test_undo_is_the_windows_where_nothing_was_typed(
    qtbot: QtBot, window: MainWindow, desk: Desk, settled: Settled
) -> None:
    thread = desk.negotiation.start_thread("Flask 500ml")
    window.navigation.go("deals", thread)
    settled()
    page = window.pages["deals"].detail
    assert "Nothing has been said yet" in page.timeline.body.itemAt(0).widget().text()
    page.composer.text.setFocus()
    qtbot.keyClicks(page.composer.text, "call back")
    qtbot.keyClick(page.composer.text, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    settled()
    assert not page.composer.text.toPlainText()
    assert desk.lists.count("thread") == 1
    qtbot.keyClick(page.composer.text, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    settled()
    assert desk.lists.count("thread") == 0


def test_tab_goes_down_the_day_as_it_is_read(
    qtbot: QtBot, window: MainWindow, desk: Desk, settled: Settled
) -> None:
    late = {"next_action": "Call", "next_action_on": date(2026, 2, 27)}
    desk.directory.add("buyer", {"name_en": "Beta", **late})
    desk.inquiries.add(InquiryDraft(buyer="A", values={"subject": "Cups"}, lines=[]))
    window.navigation.go("today")
    settled()
    page = window.pages["today"]
    unanswered = page.unanswered.findChild(ElidedLink)
    due = page.due.findChild(ElidedLink)
    stage = page._stages.itemAt(0).widget()
    wanted = [stage, due, unanswered]
    assert [each for each in _passed(qtbot, window) if each in wanted] == wanted


def test_tab_comes_to_the_stage_of_an_inquiry_before_its_lines(
    qtbot: QtBot, window: MainWindow, desk: Desk, settled: Settled
) -> None:
    draft = InquiryDraft(buyer="A", values={"subject": "Cups"}, lines=[{"wording": "cup"}])
    window.navigation.go("inquiries", desk.inquiries.add(draft))
    settled()
    page = window.pages["inquiries"].detail
    window.pages["inquiries"].table.setFocus()
    wanted = [page.stage, page.quote_button, page._tabs.tabBar(), page.lines]
    assert [each for each in _passed(qtbot, window) if each in wanted] == wanted


def test_tab_comes_to_conditions_and_facets_before_what_was_found(
    qtbot: QtBot, window: MainWindow, desk: Desk, settled: Settled
) -> None:
    desk.directory.add("supplier", {"name_en": "Haida", "country": "CN"})
    desk.search.rebuild()
    window.search_box.setText("haida country:CN")
    window.search_box.setFocus()
    qtbot.keyClick(window.search_box, Qt.Key.Key_Return)
    settled()
    page = window.results
    page.add_button.setFocus()
    chips = [chip.text for chip in page.chips.chips]
    wanted = [*chips, next(filter(stops, page.facets.buttons)), page.list]
    assert len(wanted) == 4
    assert [each for each in _passed(qtbot, window) if each in wanted] == wanted


def _passed(qtbot: QtBot, window: MainWindow) -> list[QWidget]:
    """What Tab leads to until it is where it began."""
    began, passed = window.focusWidget(), []
    while window.focusWidget() is not began or not passed:
        assert len(passed) < 90
        qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Tab)
        if passed and window.focusWidget() is passed[-1]:
            # In a grid Tab goes from cell to cell; its last one leads on.
            qtbot.keyClick(passed[-1], Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
        else:
            passed.append(window.focusWidget())
    return passed
