"""What happened to a record is shown beside it, and each step can be taken back there."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from app.desk import Desk
from app.inquiries.service import InquiryDraft
from app.quotations.service import QuotationDraft
from ui.history.record_dialog import RecordHistoryDialog
from ui.window.frame import MainWindow

Settled = Callable[[], None]


def is_for_more(button: QPushButton) -> bool:
    """Whether it shows more of a step's parts."""
    return button.isVisible() and button.text().startswith("Show ")


def texts(dialog: RecordHistoryDialog) -> list[str]:
    labels = dialog.findChildren(QLabel)
    return [line for label in labels if label.isVisible() for line in label.text().splitlines()]


def test_the_history_of_a_supplier_is_read_and_a_step_taken_back(
    qtbot: QtBot, window: MainWindow, desk: Desk, settled: Settled
) -> None:
    supplier = desk.directory.add("supplier", {"name_zh": "海达", "country": "CN"})
    desk.directory.edit("supplier", [supplier], {"city": "宁波", "country": "VN"})
    desk.directory.add("note", {"company_id": supplier, "text": "fast <b>answers</b>"})
    window.navigation.go("suppliers", supplier)
    settled()
    page = window.pages["suppliers"]
    page.table.setFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_H, Qt.KeyboardModifier.ControlModifier)
    settled()
    dialog = page.findChild(RecordHistoryDialog)
    assert dialog.windowTitle() == "History of this supplier"
    shown = texts(dialog)
    assert "Note added: Text: fast <b>answers</b>" in shown
    assert {"Country: China → Vietnam", "City: 宁波", "Supplier added"} <= set(shown)
    buttons = dialog.findChildren(QPushButton)
    (button,) = (one for one in buttons if one.accessibleName().startswith("Undo: Edit"))
    button.click()
    settled()
    assert desk.directory_views.company(supplier).values["country"] == "CN"
    assert "City: 宁波 → (empty)" in texts(dialog)
    dialog.close()


@pytest.mark.parametrize("place", ["products", "inquiries", "deals", "quotations"])
def test_other_records_have_a_history_too(
    window: MainWindow, desk: Desk, settled: Settled, place: str
) -> None:
    {
        "products": lambda: desk.directory.add("product", {"name_zh": "保温壶"}),
        "inquiries": lambda: desk.inquiries.add(
            InquiryDraft(buyer="Nordlys", lines=[{"wording": "cup"}])
        ),
        "deals": lambda: desk.negotiation.start_thread("Flask"),
        "quotations": lambda: desk.quotations.draft(QuotationDraft(buyer="Nordlys")),
    }[place]()
    window.navigation.go(place)
    settled()
    page = getattr(window.pages[place], "list", window.pages[place])
    action = next(one for one in page.page_actions if one.label == "history.of_record")
    action.run([1])
    settled()
    dialog = window.pages[place].findChild(RecordHistoryDialog)
    assert any(text.endswith(" added") for text in texts(dialog))
    dialog.close()


def test_a_step_that_changed_hundreds_of_parts_is_shown_page_by_page_and_stays_while_nothing_changes(
    window: MainWindow, desk: Desk, settled: Settled
) -> None:
    lines = [{"wording": f"cup {number}"} for number in range(200)]
    inquiry = desk.inquiries.add(InquiryDraft(buyer="Nordlys", lines=lines))
    desk.inquiries.delete([inquiry])
    desk.history.undo()
    dialog = RecordHistoryDialog(window.context, "inquiry", inquiry, window)
    dialog.show()
    settled()
    removed = [sum(text.startswith("Inquiry line removed") for text in texts(dialog))]
    while more := [one for one in dialog.findChildren(QPushButton) if is_for_more(one)]:
        more[-1].click()
        settled()
        removed.append(sum(text.startswith("Inquiry line removed") for text in texts(dialog)))
    assert removed[0] < 60
    assert removed[-1] == len(lines)
    labels = dialog.findChildren(QLabel)
    assert len(labels) < len(lines)
    dialog.read()
    settled()
    assert dialog.findChildren(QLabel) == labels
    dialog.close()
