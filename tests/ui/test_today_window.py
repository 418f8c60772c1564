"""A person starts the day: sees what is due and goes there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QFileDialog,
    QLabel,
    QPushButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from app.desk import Desk
from app.inquiries.requests_service import RequestDraft
from app.inquiries.service import InquiryDraft
from ui.forms.dialog import RecordDialog
from ui.window.frame import MainWindow
from ui.words import words

Settled = Callable[[], None]


def button_in_sight(qtbot: QtBot, page: QWidget, text: str) -> QPushButton:
    """Waits until the page has read the day again after a commit."""

    def found() -> list[QPushButton]:
        return [b for b in page.findChildren(QPushButton) if b.isVisible() and b.text() == text]

    qtbot.waitUntil(lambda: len(found()) == 1, timeout=30_000)
    return found()[0]


def test_the_day_starts_with_what_is_due_and_leads_there(
    qtbot: QtBot, window: MainWindow, desk: Desk, settled: Settled
) -> None:
    assert window.navigation.current.place == "today"
    thread = desk.negotiation.start_thread("Flask")
    desk.negotiation.set_next_step(thread, "Send samples", date(2026, 2, 27))
    settled()
    page = window.pages["today"]
    link = button_in_sight(qtbot, page, "Send samples")
    assert any("3 d late" in label.text() for label in page.due.findChildren(QLabel))
    link.click()
    settled()
    assert (window.navigation.current.place, window.navigation.current.record_id) == (
        "deals",
        thread,
    )


def test_a_day_in_which_nothing_changed_stands_as_it_was(
    qtbot: QtBot, window: MainWindow, desk: Desk, settled: Settled
) -> None:
    thread = desk.negotiation.start_thread("Flask")
    desk.negotiation.set_next_step(thread, "Send samples", date(2026, 2, 27))
    settled()
    page = window.pages["today"]
    link = button_in_sight(qtbot, page, "Send samples")
    window.navigation.go("rates")
    window.navigation.go("today")
    settled()
    assert button_in_sight(qtbot, page, "Send samples") is link
    desk.negotiation.set_next_step(thread, "Send prices", date(2026, 2, 27))
    settled()
    assert button_in_sight(qtbot, page, "Send prices") is not link


def test_how_soon_buyers_were_answered_is_told_by_channel(
    window: MainWindow, desk: Desk, settled: Settled
) -> None:
    words.use("zh_CN")
    received = desk.clock.now() - timedelta(days=1)
    for hours in (2, 5, None):
        values = {"channel": "Made-in-China", "received_at": received}
        inquiry = desk.inquiries.add(InquiryDraft(buyer="A", values=values))
        if hours is not None:
            desk.inquiries.answered(inquiry, received + timedelta(hours=hours))
    settled()
    (row,) = desk.today.today().channels
    assert (row.inquiries, row.answered, row.reply_hours) == (3, 2, Decimal("3.5"))
    window.navigation.go("inquiries")
    window.navigation.go("today")
    settled()
    told = [label.text() for label in window.pages["today"].channels.findChildren(QLabel)]
    assert "中国制造网" in told
    assert any("3.5" in text for text in told)


def test_the_pipeline_leads_to_the_inquiries_of_a_stage(
    qtbot: QtBot, window: MainWindow, desk: Desk, settled: Settled
) -> None:
    desk.inquiries.add(InquiryDraft(buyer="A", lines=[{"wording": "cup"}]))
    settled()
    page = window.pages["today"]
    assert [row.id for row in desk.today.today().unanswered] == [1]
    button_in_sight(qtbot, page, "New  1").click()
    settled()
    assert window.navigation.current.place == "inquiries"
    assert window.pages["inquiries"].filter.text() == "stage:new"
    assert window.pages["inquiries"].model.rowCount() == 1


def test_certificates_are_told_two_weeks_before_they_end(desk: Desk) -> None:
    supplier = desk.directory.add("supplier", {"name_en": "Haida"})
    for name, on in (("CE", "2026-03-10"), ("BSCI", "2026-06-10"), ("FDA", "2026-02-20")):
        values = {"company_id": supplier, "name": name, "expires_on": on}
        desk.directory.add("certificate", values)
    found = desk.today.today().expiring
    assert [(row.text, row.kind, row.id) for row in found] == [
        ("FDA", "supplier", supplier),
        ("CE", "supplier", supplier),
    ]


def test_a_window_left_open_over_night_shows_the_new_day(
    qtbot: QtBot, window: MainWindow, desk: Desk, clock: Any, settled: Settled
) -> None:
    tomorrow = desk.clock.today() + timedelta(days=1)
    desk.follow_ups.add("Call Anna", tomorrow, thread_id=desk.negotiation.start_thread("Flask"))
    settled()
    page = window.pages["today"]
    assert "Call Anna" not in {button.text() for button in page.findChildren(QAbstractButton)}
    clock.moment += timedelta(days=1)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    QApplication.sendEvent(page, QEvent(QEvent.Type.ActivationChange))
    settled()
    button_in_sight(qtbot, page, "Call Anna")


def test_what_is_due_is_put_off_by_one_key_and_the_next_one_waits(
    qtbot: QtBot, window: MainWindow, desk: Desk, settled: Settled
) -> None:
    today = desk.clock.today()
    thread = desk.negotiation.start_thread("Flask")
    desk.follow_ups.add("Call Anna", today, thread_id=thread)
    desk.negotiation.set_next_step(thread, "Send samples", today)
    settled()
    page = window.pages["today"]
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    link = button_in_sight(qtbot, page, "Call Anna")
    link.setFocus()
    qtbot.keyClick(link, Qt.Key.Key_S)
    settled()
    assert [row.text for row in desk.today.today().due] == ["Send samples"]
    (put_off,) = desk.negotiation_views.thread(thread).follow_ups
    assert put_off.due_on == today + timedelta(days=1)
    qtbot.waitUntil(lambda: button_in_sight(qtbot, page, "Send samples").hasFocus())
    qtbot.keyClick(button_in_sight(qtbot, page, "Send samples"), Qt.Key.Key_W)
    settled()
    assert desk.negotiation_views.thread(thread).next_step_on == today + timedelta(days=7)
    window.undo()
    settled()
    assert [row.text for row in desk.today.today().due] == ["Send samples"]


def test_reminding_a_supplier_is_put_off_and_comes_back(
    qtbot: QtBot, window: MainWindow, desk: Desk, settled: Settled
) -> None:
    today = desk.clock.today()
    supplier = desk.directory.add("supplier", {"name_en": "Haida"})
    inquiry = desk.inquiries.add(InquiryDraft(buyer="Anna", lines=[{"wording": "flask"}]))
    draft = RequestDraft(inquiry_id=inquiry, supplier_ids=[supplier], respond_by_on=today)
    request = desk.requests.create(draft)
    desk.requests.asked(request, [supplier])
    settled()
    number = desk.sourcing_views.request(request).number
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    link = button_in_sight(qtbot, window.pages["today"], number)
    link.setFocus()
    qtbot.keyClick(link, Qt.Key.Key_W)
    settled()
    assert desk.today.today().due == ()
    (asked,) = desk.sourcing_views.request(request).suppliers
    assert asked.remind_on == today + timedelta(days=7)
    window.undo()
    settled()
    assert [row.text for row in desk.today.today().due] == [number]


def test_the_days_without_an_answer_are_set_where_they_are_told(
    window: MainWindow, desk: Desk, settled: Settled
) -> None:
    page = window.pages["today"]
    settled()
    assert page.silent.text() == "Remind after 7 days without an answer"
    page.silent.click()
    dialog = page.findChild(RecordDialog)
    dialog.form.editors["days"].widget.setText("0")
    dialog.save_button.click()
    settled()
    assert dialog.isVisible(), "no number of days is refused beside the form"
    dialog.form.editors["days"].widget.setText("3")
    dialog.save_button.click()
    settled()
    assert desk.today.today().silent_days == 3
    assert page.silent.text() == "Remind after 3 days without an answer"
    desk.history.undo()
    assert desk.today.today().silent_days == 7


def test_the_first_spreadsheet_is_chosen_from_today_with_the_key_of_every_list(
    qtbot: QtBot,
    window: MainWindow,
    settled: Callable[[], None],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path = tmp_path / "a.csv"
    path.write_text("Company,City\nSunrise Trading,Hamburg\n", encoding="utf-8")
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_asked: ([str(path)], ""))
    settled()
    qtbot.keyClick(window.pages["today"], Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier)
    settled()
    assert window.navigation.current.place == "imports"
    assert window.pages["imports"].preview._title.text() == "a.csv"
