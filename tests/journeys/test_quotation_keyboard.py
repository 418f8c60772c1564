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
#: Cells as a spreadsheet copies them: one with a line break stands in quotes.
PASTED = "\r\n".join(
    f'X-{number}\tGlass jar {number}\t"玻璃罐\n配竹盖"\t{1000 * number}\tpcs\t{number}.25'
    for number in range(1, 6)
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


def pressed(qtbot: QtBot, key: Qt.Key, *modifiers: Qt.KeyboardModifier) -> None:
    """A key, to whatever has the focus."""
    held = Qt.KeyboardModifier.NoModifier
    for modifier in modifiers:
        held |= modifier
    qtbot.keyClick(focus(), key, held)


def pressed_until(qtbot: QtBot, wanted: QWidget, key: Qt.Key) -> None:
    """Presses ``key`` until the hand is where it should be."""
    for _ in range(40):
        if wanted.hasFocus():
            return
        pressed(qtbot, key)
    raise AssertionError("the key does not lead there")


def in_the_lines(qtbot: QtBot, editor: QuotationEditor) -> None:
    """F6 goes round until it comes to the lines."""
    pressed_until(qtbot, editor.grid, Qt.Key.Key_F6)


def at_cell(qtbot: QtBot, editor: QuotationEditor, row: int, key: str) -> None:
    """Ctrl+Home, then down and to the right, as far as a person would."""
    in_the_lines(qtbot, editor)
    pressed(qtbot, Qt.Key.Key_Home, CTRL)
    for _ in range(row):
        pressed(qtbot, Qt.Key.Key_Down)
    for _ in range(editor.model.columnCount()):
        if editor.grid.currentIndex().column() == editor.model.column_of(key):
            break
        pressed(qtbot, Qt.Key.Key_Right)
    current = editor.grid.currentIndex()
    assert (current.row(), current.column()) == (row, editor.model.column_of(key))


def begun(qtbot: QtBot, window: MainWindow, settled: Settled) -> QuotationEditor:
    """Ctrl+7, Ctrl+N, the buyer's name, Enter."""
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow, timeout=PATIENCE_MS)
    qtbot.keyClick(window, Qt.Key.Key_7, CTRL)
    settled()
    page = window.pages["quotations"]

    def asked() -> bool:
        """A key that comes before the window is active is lost; a person presses it again."""
        if page.findChild(NewQuotationDialog) is None:
            window.activateWindow()
            qtbot.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_N, CTRL)
        return page.findChild(NewQuotationDialog) is not None

    qtbot.waitUntil(asked, timeout=PATIENCE_MS)
    dialog = page.findChild(NewQuotationDialog)
    dialog.activateWindow()
    qtbot.waitUntil(dialog.picker.hasFocus, timeout=PATIENCE_MS)
    qtbot.keyClicks(focus(), "Nordic Home AB")
    pressed_until(qtbot, dialog.save_button, Qt.Key.Key_Tab)
    pressed(qtbot, Qt.Key.Key_Space)
    settled()
    editor: QuotationEditor = page.editor
    window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None, timeout=PATIENCE_MS)
    in_the_lines(qtbot, editor)
    return editor


def product_added(qtbot: QtBot, editor: QuotationEditor, words: str, settled: Settled) -> None:
    """Insert, a few letters, Enter on the first hit."""
    in_the_lines(qtbot, editor)
    pressed(qtbot, Qt.Key.Key_Insert)
    qtbot.waitUntil(editor.picker.hasFocus, timeout=PATIENCE_MS)
    qtbot.keyClicks(focus(), words)
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
    at_cell(qtbot, editor, *place)
    qtbot.keyClick(editor.grid, text[0])
    qtbot.keyClicks(focus(), text[1:])
    pressed(qtbot, Qt.Key.Key_Return)
    editing = QAbstractItemView.State.EditingState
    qtbot.waitUntil(lambda: editor.grid.state() is not editing, timeout=PATIENCE_MS)


def ten_lines_made(qtbot: QtBot, editor: QuotationEditor, settled: Settled) -> None:
    """Four products, five lines pasted from a sheet, and a fee typed below them."""
    for words in ("flask", "spatula", "bamboo", "enamel"):
        product_added(qtbot, editor, words, settled)
    assert editor.model.line_count == 4
    typed(qtbot, editor, (0, "quantity"), "3000")
    settled()
    at_cell(qtbot, editor, 0, "quantity")
    for _ in range(3):
        pressed(qtbot, Qt.Key.Key_Down, SHIFT)
    pressed(qtbot, Qt.Key.Key_D, CTRL)
    settled()
    at_cell(qtbot, editor, 4, "item_number")
    QGuiApplication.clipboard().setText(PASTED)
    pressed(qtbot, Qt.Key.Key_V, CTRL)
    settled()
    for key, text in (("name_en", "Mould fee"), ("quantity", "1"), ("price", "350")):
        typed(qtbot, editor, (9, key), text)
        settled()
    assert editor.model.line_count == 10


def reordered(qtbot: QtBot, editor: QuotationEditor, settled: Settled) -> None:
    """The last line goes up one; the ninth becomes an option, the eighth an alternative."""
    for row, key, modifier in (
        (9, Qt.Key.Key_Up, ALT),
        (9, Qt.Key.Key_O, CTRL),
        (7, Qt.Key.Key_L, CTRL),
    ):
        at_cell(qtbot, editor, row, "name_en")
        pressed(qtbot, key, modifier)
        settled()


def costed(qtbot: QtBot, editor: QuotationEditor, rate: str, settled: Settled) -> None:
    """F8 unfolds the panel of a narrow window, F6 to it, to its last tab, Tab to the rate, Enter."""
    if not editor.side.is_open:
        pressed(qtbot, Qt.Key.Key_F8)
    pressed_until(qtbot, editor.panels.tabBar(), Qt.Key.Key_F6)
    for _ in range(2):
        pressed(qtbot, Qt.Key.Key_Right)
    settled()
    pressed_until(qtbot, editor.costing.rate, Qt.Key.Key_Tab)
    pressed(qtbot, Qt.Key.Key_A, CTRL)
    qtbot.keyClicks(focus(), rate)
    pressed(qtbot, Qt.Key.Key_Return)
    settled()


def compared(qtbot: QtBot, editor: QuotationEditor, settled: Settled) -> list[tuple[str, str]]:
    """Ctrl+Shift+C; what was and what is, then back with Escape."""
    in_the_lines(qtbot, editor)
    pressed(qtbot, Qt.Key.Key_C, CTRL, SHIFT)
    settled()
    table = editor.comparison.table
    changed = [
        (table.item(row, 1).text(), table.item(row, 2).text())
        for row in range(table.rowCount())
        if table.item(row, 2) is not None
    ]
    pressed(qtbot, Qt.Key.Key_Escape)
    return changed


def exported(qtbot: QtBot, editor: QuotationEditor, settled: Settled) -> None:
    """Ctrl+E, and Enter on the button that saves."""
    in_the_lines(qtbot, editor)
    pressed(qtbot, Qt.Key.Key_E, CTRL)
    dialog = editor.findChild(ExportDialog)
    settled()
    dialog.activateWindow()
    qtbot.waitUntil(lambda: dialog.isAncestorOf(focus()), timeout=PATIENCE_MS)
    pressed_until(qtbot, dialog.save_button, Qt.Key.Key_Tab)
    pressed(qtbot, Qt.Key.Key_Return)
    settled()


def test_ten_lines_are_made_costed_sent_revised_compared_and_exported(
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
    ten_lines_made(qtbot, editor, settled)
    made = desk.quotation_views.quotation(quotation).lines
    assert [line.values["quantity"] for line in made[:4]] == [Decimal(3000)] * 4
    assert made[4].unit_price == Decimal("1.25")
    assert made[5].values["name_zh"] == "玻璃罐\n配竹盖"
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
    in_the_lines(qtbot, editor)
    pressed(qtbot, Qt.Key.Key_Return, CTRL)
    settled()
    pressed(qtbot, Qt.Key.Key_R, CTRL, SHIFT)
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
