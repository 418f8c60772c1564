"""A salesperson makes, costs, revises, compares and exports a ten-line quotation without the mouse."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractItemView, QApplication, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from app.desk import Desk
from app.quotations.revisions import LineKind, State
from ui.quotations.editor import QuotationEditor
from ui.quotations.export_dialog import ExportDialog
from ui.quotations.new_dialog import NewQuotationDialog
from ui.window.frame import MainWindow

Settled = Callable[[], None]
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier
PATIENCE_MS = 60_000
PASTED = "\r\n".join(
    f"X-{number}\tGlass jar {number}\t\t{1000 * number}\tpcs\t{number}.25" for number in range(1, 6)
)


@pytest.fixture
def products(desk: Desk) -> None:
    """Four products with prices, and the day's rate."""
    supplier = desk.directory.add("supplier", {"name_zh": "宁波海达"})
    for number, name, price in (
        ("HD-1", "Vacuum flask", "11.3"),
        ("HD-2", "Silicone spatula", "6.20"),
        ("HD-3", "Bamboo board", "9.80"),
        ("HD-4", "Enamel mug", "7.10"),
    ):
        product = desk.directory.add(
            "product",
            {"supplier_id": supplier, "item_number": number, "name_en": name, "unit": "pcs"},
        )
        desk.directory.add("price", {"product_id": product, "amount": price, "includes_vat": True})
    desk.rates.add("exchange_rate", {"currency": "USD", "rate": "7.10", "valid_on": "2026-03-01"})
    desk.search.update()


def focus() -> QWidget:
    """What the keys go to."""
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def begun(qtbot: QtBot, window: MainWindow, settled: Settled) -> QuotationEditor:
    """Ctrl+7, Ctrl+N, the buyer's name, Enter."""
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow, timeout=PATIENCE_MS)
    qtbot.keyClick(window, Qt.Key.Key_7, CTRL)
    settled()
    page = window.pages["quotations"]
    page.list.filter.setFocus()
    qtbot.waitUntil(page.list.filter.hasFocus, timeout=PATIENCE_MS)

    def asked() -> bool:
        """A key that comes before the window is active is lost; a person presses it again."""
        if page.findChild(NewQuotationDialog) is None:
            window.activateWindow()
            page.list.filter.setFocus()
            qtbot.keyClick(page.list.filter, Qt.Key.Key_N, CTRL)
        return page.findChild(NewQuotationDialog) is not None

    qtbot.waitUntil(asked, timeout=PATIENCE_MS)
    dialog = page.findChild(NewQuotationDialog)
    qtbot.keyClicks(dialog.picker, "Nordic Home AB")
    qtbot.keyClick(dialog.save_button, Qt.Key.Key_Space)
    settled()
    editor: QuotationEditor = page.editor
    window.activateWindow()
    editor.grid.setFocus()
    qtbot.waitUntil(editor.grid.hasFocus, timeout=PATIENCE_MS)
    return editor


def product_added(qtbot: QtBot, editor: QuotationEditor, words: str, settled: Settled) -> None:
    """Insert, a few letters, Enter on the first hit."""
    editor.grid.setFocus()
    qtbot.keyClick(editor.grid, Qt.Key.Key_Insert)
    qtbot.waitUntil(editor.picker.hasFocus, timeout=PATIENCE_MS)
    qtbot.keyClicks(editor.picker, words)
    popup = editor.picker._completer.popup()

    def offered() -> bool:
        first = editor.picker.hits.item(0)
        return popup.isVisible() and first is not None and words in first.text().casefold()

    qtbot.waitUntil(offered, timeout=PATIENCE_MS)
    settled()
    qtbot.keyClick(popup, Qt.Key.Key_Return)
    settled()


def typed(qtbot: QtBot, editor: QuotationEditor, place: tuple[int, str], text: str) -> None:
    """Types over a cell and ends with Enter."""
    editor.grid.setFocus()
    editor.grid.go_to(*place)
    qtbot.keyClick(editor.grid, text[0])
    qtbot.keyClicks(focus(), text[1:])
    qtbot.keyClick(focus(), Qt.Key.Key_Return)
    editing = QAbstractItemView.State.EditingState
    qtbot.waitUntil(lambda: editor.grid.state() is not editing, timeout=PATIENCE_MS)


def tabbed_to(qtbot: QtBot, wanted: QWidget) -> None:
    """Presses Tab until the hand is there."""
    for _ in range(40):
        if wanted.hasFocus():
            return
        qtbot.keyClick(focus(), Qt.Key.Key_Tab)
    raise AssertionError("Tab does not lead there")


def ten_lines_made(qtbot: QtBot, editor: QuotationEditor, desk: Desk, settled: Settled) -> None:
    """Four products, five lines pasted from a sheet, and one option among them."""
    for words in ("flask", "spatula", "bamboo", "enamel"):
        product_added(qtbot, editor, words, settled)
    assert editor.model.line_count == 4
    typed(qtbot, editor, (0, "quantity"), "3000")
    settled()
    editor.grid.go_to(0, "quantity")
    for _ in range(3):
        qtbot.keyClick(editor.grid, Qt.Key.Key_Down, SHIFT)
    qtbot.keyClick(editor.grid, Qt.Key.Key_D, CTRL)
    settled()
    editor.grid.go_to(4, "item_number")
    QGuiApplication.clipboard().setText(PASTED)
    qtbot.keyClick(editor.grid, Qt.Key.Key_V, CTRL)
    settled()
    editor.grid.go_to(9, "item_number")
    typed(qtbot, editor, (9, "name_en"), "Mould fee")
    settled()
    typed(qtbot, editor, (9, "quantity"), "1")
    typed(qtbot, editor, (9, "price"), "350")
    settled()
    assert editor.model.line_count == 10


def reordered(qtbot: QtBot, editor: QuotationEditor, settled: Settled) -> None:
    """The last line goes up one; the ninth becomes an option, the eighth an alternative."""
    editor.grid.setFocus()
    for place, key, modifier in (
        (9, Qt.Key.Key_Up, ALT),
        (9, Qt.Key.Key_O, CTRL),
        (7, Qt.Key.Key_L, CTRL),
    ):
        editor.grid.go_to(place, "name_en")
        qtbot.keyClick(editor.grid, key, modifier)
        settled()


def costed(qtbot: QtBot, editor: QuotationEditor, rate: str, settled: Settled) -> None:
    """F6 to the panel, to its last tab, Tab to the rate, Enter."""
    for _ in range(2):
        qtbot.keyClick(focus(), Qt.Key.Key_F6)
    assert editor.panels.tabBar().hasFocus()
    for _ in range(2):
        qtbot.keyClick(focus(), Qt.Key.Key_Right)
    tabbed_to(qtbot, editor.costing.rate)
    editor.costing.rate.selectAll()
    qtbot.keyClicks(editor.costing.rate, rate)
    qtbot.keyClick(editor.costing.rate, Qt.Key.Key_Return)
    settled()


def compared(qtbot: QtBot, editor: QuotationEditor, settled: Settled) -> list[tuple[str, str]]:
    """Ctrl+Shift+C; what was and what is, then back with Escape."""
    qtbot.keyClick(editor.grid, Qt.Key.Key_C, CTRL | SHIFT)
    settled()
    table = editor.comparison.table
    changed = [
        (table.item(row, 1).text(), table.item(row, 2).text())
        for row in range(table.rowCount())
        if table.item(row, 2) is not None
    ]
    qtbot.keyClick(table, Qt.Key.Key_Escape)
    return changed


def exported(qtbot: QtBot, editor: QuotationEditor, settled: Settled) -> None:
    """Ctrl+E, and the space bar on the button that saves."""
    editor.grid.setFocus()
    qtbot.keyClick(editor.grid, Qt.Key.Key_E, CTRL)
    dialog = editor.findChild(ExportDialog)
    settled()
    dialog.activateWindow()
    dialog.save_button.setFocus()
    qtbot.keyClick(dialog.save_button, Qt.Key.Key_Space)
    settled()


def test_ten_lines_are_made_reordered_and_costed(
    qtbot: QtBot, window: MainWindow, desk: Desk, products: None, settled: Settled
) -> None:
    editor = begun(qtbot, window, settled)
    quotation = int(window.navigation.current.record_id)
    ten_lines_made(qtbot, editor, desk, settled)
    made = desk.quotation_views.quotation(quotation).lines
    assert [line.values["quantity"] for line in made[:4]] == [Decimal(3000)] * 4
    assert made[4].unit_price == Decimal("1.25")
    reordered(qtbot, editor, settled)
    lines = desk.quotation_views.quotation(quotation).lines
    assert lines[8].values["name_en"] == "Mould fee"
    assert lines[9].values["is_optional"] is True
    assert lines[7].values["alternative_to"] == lines[6].line_uid
    assert [line.counts for line in lines[6:]] == [True, False, True, False]
    assert editor.model.headerData(7, Qt.Orientation.Vertical) == "8 ↳"
    costed(qtbot, editor, "6.80", settled)
    after = desk.quotation_views.quotation(quotation).lines
    assert after[0].unit_price > lines[0].unit_price  # type: ignore[operator]
    assert after[4].unit_price == Decimal("1.25")


def test_the_ten_lines_are_sent_revised_compared_and_exported(
    qtbot: QtBot,
    window: MainWindow,
    desk: Desk,
    products: None,
    tmp_path: Path,
    settled: Settled,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    editor = begun(qtbot, window, settled)
    quotation = int(window.navigation.current.record_id)
    ten_lines_made(qtbot, editor, desk, settled)
    editor.grid.setFocus()
    qtbot.keyClick(editor.grid, Qt.Key.Key_Return, CTRL)
    settled()
    qtbot.keyClick(editor.grid, Qt.Key.Key_R, CTRL | SHIFT)
    settled()
    typed(qtbot, editor, (4, "price"), "1.19")
    settled()
    assert ("1.25", "1.19") in compared(qtbot, editor, settled)
    states = [each.state for each in desk.quotation_views.quotation(quotation).revisions]
    assert states == [State.SENT, State.DRAFT]
    path = tmp_path / "offer.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(path), ""))
    exported(qtbot, editor, settled)
    with zipfile.ZipFile(path) as package:
        content = b"".join(package.read(name) for name in package.namelist())
    assert b"Mould fee" in content
    assert "海达".encode() not in content
    kinds = [line.kind for line in desk.quotation_views.quotation(quotation).lines]
    assert kinds.count(LineKind.ITEM) == 4


def test_the_columns_stay_as_they_were_left(
    qtbot: QtBot, window: MainWindow, products: None, settled: Settled
) -> None:
    editor = begun(qtbot, window, settled)
    grid, model = editor.grid, editor.model
    shown, hidden = model.column_of("remarks"), model.column_of("unit")
    grid._memory.show(shown, on=True)
    grid._memory.show(hidden, on=False)
    grid.setColumnWidth(model.column_of("description"), 333)
    header = grid.horizontalHeader()
    header.moveSection(header.visualIndex(model.column_of("price")), 2)
    grid._memory.save()
    window._rebuild()
    settled()
    again = window.pages["quotations"].editor.grid
    assert again is not grid
    assert not again.isColumnHidden(shown)
    assert again.isColumnHidden(hidden)
    assert again.columnWidth(model.column_of("description")) == 333
    assert again.horizontalHeader().visualIndex(model.column_of("price")) == 2
    again.show_internal(False)
    again.show_internal(True)
    assert not again.isColumnHidden(model.column_of("cost"))
