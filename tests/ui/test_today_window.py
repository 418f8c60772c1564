"""A person starts the day: sees what is due and goes there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.desk import Desk
from app.inquiries.service import InquiryDraft
from ui.window.frame import MainWindow

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
