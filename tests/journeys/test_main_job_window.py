"""The main job through the window with the keyboard: sheets in, a supplier found, a sheet out, undone."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.desk import Desk
from ui.inquiries.take_dialog import TakeInquiryDialog
from ui.quotations.editor import QuotationEditor
from ui.quotations.export_dialog import ExportDialog
from ui.window.frame import MainWindow

Settled = Callable[[], None]
CTRL = Qt.KeyboardModifier.ControlModifier
PATIENCE_MS = 120_000
SHEETS = (
    "made/canton-fair-contacts.xlsx",
    "made/factory-price-list.xlsx",
    "fairs/hannover-messe-2018-exhibitors.csv",
)
MAIL = """Dear Sir,
we need 500 pcs HD-1021 and 5000 pcs ceramic mug, FOB Ningbo.
Best regards
Anna Svensson"""


def typed(widget: QWidget, text: str) -> None:
    """Types ``text``; what no key gives comes as an input method commits it."""
    if text.isascii():
        QTest.keyClicks(widget, text)
        return
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(widget, event)


def found(qtbot: QtBot, window: MainWindow, text: str, settled: Settled) -> tuple[str, int]:
    """Ctrl+F, the words, the first hit with Down and Enter: the place and record it leads to."""
    window.focus_search()
    box = window.search_box
    typed(box, text)
    qtbot.waitUntil(lambda: box.popup.isVisible() and box.model.rowCount() > 0, timeout=PATIENCE_MS)
    qtbot.keyClick(box, Qt.Key.Key_Down)
    qtbot.keyClick(box, Qt.Key.Key_Return)
    settled()
    spot = window.navigation.current
    return spot.place, spot.record_id


def imported(qtbot: QtBot, window: MainWindow, path: Path, settled: Settled) -> None:
    """A sheet opened, looked at, and imported with the space bar."""
    window.navigation.go("imports")
    page = window.pages["imports"]
    page.open_file(path)
    settled()
    assert page.preview.import_button.hasFocus()
    qtbot.keyClick(page.preview.import_button, Qt.Key.Key_Space)
    settled()


def inquiry_taken(qtbot: QtBot, window: MainWindow, settled: Settled) -> int:
    """Ctrl+N on the inquiries, the mail pasted, two lines put right, Ctrl+Enter."""
    window.navigation.go("inquiries")
    settled()
    page = window.pages["inquiries"]
    qtbot.keyClick(page.filter, Qt.Key.Key_N, CTRL)
    dialog = page.findChild(TakeInquiryDialog)
    dialog.text.setPlainText(MAIL)
    qtbot.waitUntil(lambda: bool(dialog.lines.lines()), timeout=PATIENCE_MS)
    dialog.buyer.setText("Nordic Home AB")
    dialog.lines.show_lines(
        [
            (None, {"wording": "HD-1021", "quantity": "500", "unit": "pcs"}),
            (None, {"wording": "ceramic mug", "quantity": "5000", "unit": "pcs"}),
        ]
    )
    qtbot.waitUntil(dialog.isActiveWindow, timeout=PATIENCE_MS)
    dialog.buyer.setFocus()
    qtbot.keyClick(dialog.buyer, Qt.Key.Key_Return, CTRL)
    settled()
    return int(window.navigation.current.record_id)


def price_typed(qtbot: QtBot, editor: QuotationEditor, price: str) -> None:
    """A price typed over the first line's, ended with Enter."""
    editor.grid.go_to(0, "price")
    qtbot.keyClick(editor.grid, price[0])
    qtbot.keyClicks(QApplication.focusWidget(), price[1:])
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    editing = QAbstractItemView.State.EditingState
    qtbot.waitUntil(lambda: editor.grid.state() is not editing, timeout=PATIENCE_MS)


def test_from_three_sheets_to_a_quotation_sheet_with_the_keyboard(
    qtbot: QtBot,
    window: MainWindow,
    desk: Desk,
    settled: Settled,
    shared_sheets: Path,
    tmp_path: Path,
) -> None:
    for name in SHEETS:
        imported(qtbot, window, Path(shutil.copy(shared_sheets / name, tmp_path)), settled)
    companies = desk.lists.count("supplier") + desk.lists.count("buyer")
    assert companies > 6500
    assert desk.lists.count("product") >= 20
    desk.search.update()

    place, factory = found(qtbot, window, "宁波宏达家居", settled)
    assert place == "suppliers"
    assert found(qtbot, window, "Ningbo Hongda Houseware", settled) == ("suppliers", factory)
    assert found(qtbot, window, "spatula", settled)[0] in {"products", "suppliers"}

    inquiry_taken(qtbot, window, settled)
    quote = window.pages["inquiries"].detail.quote_button
    quote.setFocus()
    qtbot.keyClick(quote, Qt.Key.Key_Space)
    settled()
    editor = window.pages["quotations"].editor
    quotation = int(window.navigation.current.record_id)
    assert [editor.model.row(row).view.values["item_number"] for row in (0,)] == ["HD-1021"]
    assert editor.model.row(0).view.picture

    window.activateWindow()
    editor.grid.setFocus()
    qtbot.waitUntil(editor.grid.hasFocus, timeout=PATIENCE_MS)
    price_typed(qtbot, editor, "4.75")
    settled()
    assert desk.quotation_views.quotation(quotation).lines[0].amount == Decimal(2375)

    qtbot.keyClick(editor.grid, Qt.Key.Key_E, CTRL)
    dialog = editor.findChild(ExportDialog)
    settled()
    sheet = tmp_path / "quotation.xlsx"
    dialog.write(sheet)
    settled()
    with zipfile.ZipFile(sheet) as package:
        names = package.namelist()
        content = b"".join(package.read(name) for name in names)
    assert sum(name.startswith("xl/media/") for name in names) == 2
    assert "宏达".encode() not in content

    window.navigation.go("imports")
    settled()
    page = window.pages["imports"].list
    page.table.select_record(max(desk.lists.ids("import")))
    undo = next(button for button in page.actions_bar.buttons if button.text() == "Undo")
    undo.setFocus()
    qtbot.keyClick(undo, Qt.Key.Key_Space)
    settled()
    assert desk.lists.count("supplier") + desk.lists.count("buyer") < companies - 6500
    assert desk.quotation_views.quotation(quotation).lines[0].unit_price == Decimal("4.75")
