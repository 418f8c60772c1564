"""Tab goes as one reads, also through what is made anew with each record; undo is the window's."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.desk import Desk
from app.negotiation.service import MessageDraft
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
