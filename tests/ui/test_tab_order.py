"""Tab goes as one reads, also through what is made anew with each record; undo is the window's."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from app.desk import Desk
from app.inquiries.service import InquiryDraft
from app.negotiation.service import MessageDraft
from app.quotations.service import QuotationDraft
from ui.forms.elided import ElidedLink
from ui.keys import stops
from ui.negotiation.entry import MessageEntry
from ui.window.frame import MainWindow

Settled = Callable[[], None]
#: Middles of widgets in one line are not farther apart.
_ONE_LINE_PX = 8
_MOST_STOPS = 100


def passed(qtbot: QtBot, page: QWidget, past: QWidget | None = None) -> list[QWidget]:
    """Where Tab comes on ``page``, from its first stop until it is left; F6 leads out of ``past``."""
    window, found = page.window(), []
    while not found or page.isAncestorOf(window.focusWidget()):
        found.append(window.focusWidget())
        assert len(found) < _MOST_STOPS
        key = Qt.Key.Key_F6 if found[-1] is past else Qt.Key.Key_Tab
        qtbot.keyClick(found[-1], key)
    return found


def in_sight(page: QWidget) -> list[QWidget]:
    """All that Tab should come to, whatever its order."""
    return [
        each
        for each in page.findChildren(QWidget)
        if each.isVisible() and each.isEnabled() and stops(each)
        if each.focusProxy() is None and not isinstance(each, QScrollArea)
    ]


def as_read(widgets: Sequence[QWidget], within: QWidget) -> list[QWidget]:
    """Line by line from the top, each from the left."""
    lines: list[tuple[int, list[QWidget]]] = []
    for each in sorted(widgets, key=lambda one: _middle(one, within).y()):
        y = _middle(each, within).y()
        if not lines or y - lines[-1][0] > _ONE_LINE_PX:
            lines.append((y, []))
        lines[-1][1].append(each)
    return [
        each
        for _y, line in lines
        for each in sorted(line, key=lambda one: _middle(one, within).x())
    ]


def _middle(widget: QWidget, within: QWidget) -> QPoint:
    return widget.mapTo(within, widget.rect().center())


@pytest.mark.parametrize("panel", range(4))
def test_tab_goes_through_a_quotation_as_one_reads_first_the_lines_then_the_panel(
    qtbot: QtBot, window: MainWindow, desk: Desk, settled: Settled, panel: int
) -> None:
    line = {"name_en": "Flask", "price": "2.50", "quantity": "100"}
    quotation = desk.quotations.draft(QuotationDraft(buyer="Nordic Home AB", lines=[line]))
    window.resize(1600, 1400)
    window.navigation.go("quotations", quotation)
    settled()
    editor = window.pages["quotations"].editor
    editor.panels.setCurrentIndex(panel)
    settled()
    stopped_at = in_sight(editor)
    at_the_side = [each for each in stopped_at if editor.panels.isAncestorOf(each)]
    rest = [each for each in stopped_at if each not in at_the_side]
    wanted = [*as_read(rest, editor), *as_read(at_the_side, editor)]
    wanted[0].setFocus()
    found = [each for each in passed(qtbot, editor, editor.grid) if each in wanted]
    assert found == wanted


@pytest.mark.parametrize("tab", range(5))
def test_tab_goes_through_an_inquiry_as_one_reads(
    qtbot: QtBot, window: MainWindow, desk: Desk, settled: Settled, tab: int
) -> None:
    supplier = desk.directory.add("supplier", {"name_en": "Haida"})
    desk.directory.add("product", {"supplier_id": supplier, "name_en": "flask"})
    assert desk.indexer.wait_until_idle(30)
    asked = {"wording": "flask", "quantity": "3000", "unit": "pcs"}
    inquiry = desk.inquiries.add(InquiryDraft(buyer="A", lines=[asked]))
    window.resize(1600, 1400)
    window.navigation.go("inquiries", inquiry)
    settled()
    page = window.pages["inquiries"].detail
    page._tabs.setCurrentIndex(tab)
    page.lines.setCurrentCell(page.lines.rowCount() - 1, page.lines.columnCount() - 1)
    settled()
    wanted = as_read(in_sight(page), page)
    wanted[0].setFocus()
    found = [each for each in passed(qtbot, page) if each in wanted]
    assert found == wanted


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
