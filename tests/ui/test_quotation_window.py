"""A person drafts a quotation, works on its lines as in a sheet, sends, revises, compares and exports it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from lines_grid import go_to
from PIL import Image
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLabel
from pytestqt.qtbot import QtBot

from app.desk import Desk
from app.inquiries.service import InquiryDraft
from app.quotations.revisions import LineKind, State
from app.quotations.service import QuotationDraft
from app.sheets.reading.pictures import SafePicture
from ui.quotations.editor import COSTING, WHY, QuotationEditor
from ui.quotations.export_dialog import ExportDialog
from ui.quotations.new_dialog import NewQuotationDialog
from ui.window.frame import MainWindow
from ui.words import words

Settled = Callable[[], None]
CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


def _picture() -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", (60, 40), (200, 60, 40)).save(stream, "PNG")
    return stream.getvalue()


@pytest.fixture
def products(desk: Desk) -> list[int]:
    """Three products with pictures and prices of one supplier."""
    supplier = desk.directory.add("supplier", {"name_zh": "宁波海达"})
    found = []
    for number, name, price in (
        ("HD-1", "Vacuum flask", "12.50"),
        ("HD-2", "Silicone spatula", "6.20"),
        ("HD-3", "Bamboo board", "9.80"),
    ):
        product = desk.directory.add(
            "product",
            {
                "supplier_id": supplier,
                "item_number": number,
                "name_en": name,
                "unit": "pcs",
                "pieces_per_carton": "24",
                "carton_length_cm": "50",
                "carton_width_cm": "40",
                "carton_height_cm": "30",
            },
        )
        desk.directory.add(
            "price",
            {"product_id": product, "amount": price, "currency": "CNY", "min_quantity": "1"},
        )
        desk.pictures.hang("product", product, [SafePicture(_picture(), "image/png")])
        found.append(product)
    return found


@pytest.fixture
def draft(desk: Desk, products: list[int]) -> int:
    """A draft of three lines for a buyer."""
    return desk.quotations.draft(
        QuotationDraft(
            buyer="Nordic Home AB",
            values={"place": "Ningbo"},
            lines=[{"product_id": each, "quantity": "1000"} for each in products],
        )
    )


@pytest.fixture
def editor(qtbot: QtBot, window: MainWindow, draft: int, settled: Settled) -> QuotationEditor:
    """The editor on the draft."""
    window.navigation.go("quotations", draft)
    settled()
    opened = window.pages["quotations"].editor
    window.activateWindow()
    opened.grid.setFocus()
    qtbot.waitUntil(opened.grid.hasFocus, timeout=30_000)
    return opened


def _type(qtbot: QtBot, editor: QuotationEditor, row: int, key: str, text: str) -> None:
    """Types into a cell as a person does, and ends with Enter."""
    go_to(editor, row, key)
    qtbot.keyClicks(editor.grid, text[0])
    cell = QApplication.focusWidget()
    qtbot.keyClicks(cell, text[1:])
    qtbot.keyClick(cell, Qt.Key.Key_Return)
    editing = QAbstractItemView.State.EditingState
    qtbot.waitUntil(lambda: editor.grid.state() is not editing, timeout=30_000)


def _shown(editor: QuotationEditor, row: int, key: str) -> str:
    return str(editor.model.index(row, editor.model.column_of(key)).data() or "")


def test_an_inquiry_is_quoted_with_one_button(
    window: MainWindow, desk: Desk, products: list[int], settled: Settled
) -> None:
    inquiry = desk.inquiries.add(
        InquiryDraft(
            buyer="Nordic Home AB", lines=[{"wording": "Vacuum flask", "quantity": "3000"}]
        )
    )
    window.navigation.go("inquiries", inquiry)
    settled()
    window.pages["inquiries"].detail.quote_button.click()
    settled()
    editor = window.pages["quotations"].editor
    assert editor.isVisible()
    assert window.navigation.current.place == "quotations"
    assert _shown(editor, 0, "item_number") == "HD-1"
    assert _shown(editor, 0, "quantity") == "3,000"
    assert editor.model.row(0).view.picture


def test_selected_products_are_quoted(
    qtbot: QtBot, window: MainWindow, products: list[int], settled: Settled
) -> None:
    window.navigation.go("products")
    settled()
    page = window.pages["products"]
    page.table.selectAll()
    qtbot.keyClick(page.table, Qt.Key.Key_Q, CTRL | Qt.KeyboardModifier.ShiftModifier)
    settled()
    editor = window.pages["quotations"].editor
    assert editor.isVisible()
    assert editor.model.line_count == len(products)


def test_an_accepted_quotation_becomes_a_proforma_invoice(
    window: MainWindow, editor: QuotationEditor, desk: Desk, draft: int, settled: Settled
) -> None:
    desk.quotations.send(draft)
    settled()
    editor.bar.buttons["accept"].click()
    settled()
    editor.bar.buttons["proforma"].click()
    settled()
    assert window.navigation.current.record_id != draft
    assert editor.head.title.text().startswith("PI")


def test_a_typed_price_shows_its_amount_and_the_total_before_it_is_saved(
    qtbot: QtBot, editor: QuotationEditor, desk: Desk, draft: int, settled: Settled
) -> None:
    others = editor.model.totals().goods - editor.model.row(0).view.amount
    _type(qtbot, editor, 0, "price", "2.35")
    assert _shown(editor, 0, "amount") == "2,350.00"
    assert editor.model.totals().total == others + Decimal(2350)
    assert editor.grid.currentIndex().row() == 1
    settled()
    line = desk.quotation_views.quotation(draft).lines[0]
    assert line.unit_price == Decimal("2.35")
    assert _shown(editor, 0, "margin") != ""


def test_a_price_below_the_floor_warns(
    qtbot: QtBot, editor: QuotationEditor, desk: Desk, draft: int, settled: Settled
) -> None:
    desk.quotations.edit(draft, {"margin_floor": "0.08"})
    settled()
    _type(qtbot, editor, 0, "price", "1.60")
    settled()
    assert editor.model.row(0).internal.floor_warning is not None
    assert "margin floor" in editor.totals.warning.text()


def test_cells_are_pasted_from_a_spreadsheet_and_new_rows_become_lines(
    editor: QuotationEditor, desk: Desk, draft: int, settled: Settled
) -> None:
    go_to(editor, 2, "quantity")
    QGuiApplication.clipboard().setText("1,500\tpcs\tUSD 2.10\r\n200\tsets\t5\r\n")
    editor.grid.paste()
    settled()
    lines = desk.quotation_views.quotation(draft).lines
    assert [line.values["quantity"] for line in lines][2:] == [Decimal(1500), Decimal(200)]
    assert lines[2].unit_price == Decimal("2.10")
    assert lines[3].kind is LineKind.FREE
    assert lines[3].amount == Decimal(1000)


def test_a_value_that_is_no_number_is_refused_and_nothing_changes(
    qtbot: QtBot, window: MainWindow, editor: QuotationEditor, desk: Desk, draft: int
) -> None:
    before = desk.quotation_views.quotation(draft).lines[0].unit_price
    _type(qtbot, editor, 0, "price", "1.234,50")
    assert window._toast.isVisible()
    assert desk.quotation_views.quotation(draft).lines[0].unit_price == before


def test_a_value_is_filled_down_and_undone_in_one_step(
    qtbot: QtBot,
    window: MainWindow,
    editor: QuotationEditor,
    desk: Desk,
    draft: int,
    settled: Settled,
) -> None:
    _type(qtbot, editor, 0, "quantity", "480")
    settled()
    column = editor.model.column_of("quantity")
    go_to(editor, 0, "quantity")
    for row in (1, 2):
        editor.grid.selectionModel().select(
            editor.model.index(row, column), QItemSelectionModel.SelectionFlag.Select
        )
    qtbot.keyClick(editor.grid, Qt.Key.Key_D, CTRL)
    settled()
    lines = desk.quotation_views.quotation(draft).lines
    assert [line.values["quantity"] for line in lines] == [Decimal(480)] * 3
    window.undo()
    settled()
    assert _shown(editor, 2, "quantity") == "1,000"


def test_what_is_typed_goes_into_all_selected_lines_with_ctrl_enter(
    qtbot: QtBot,
    window: MainWindow,
    editor: QuotationEditor,
    desk: Desk,
    draft: int,
    settled: Settled,
) -> None:
    go_to(editor, 0, "quantity")
    for _ in range(2):
        qtbot.keyClick(editor.grid, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(editor.grid, "4")
    qtbot.keyClicks(QApplication.focusWidget(), "80")
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return, CTRL)
    settled()
    detail = desk.quotation_views.quotation(draft)
    assert detail.state is State.DRAFT
    assert [line.values["quantity"] for line in detail.lines] == [Decimal(480)] * 3
    assert editor.grid.selected_rows() == [0, 1, 2]
    window.undo()
    settled()
    assert [_shown(editor, row, "quantity") for row in range(3)] == ["1,000"] * 3


def test_cells_of_several_lines_and_inches_are_pasted_and_copied_whole(
    qtbot: QtBot, editor: QuotationEditor, desk: Desk, draft: int, settled: Settled
) -> None:
    clipboard = QGuiApplication.clipboard()
    clipboard.setText('A-1\t"Flask ""Nordic""\nwith cup"\r\nA-2\tBoard\r\n')
    go_to(editor, 0, "item_number")
    qtbot.keyClick(editor.grid, Qt.Key.Key_V, CTRL)
    settled()
    lines = desk.quotation_views.quotation(draft).lines
    assert [line.values["name_en"] for line in lines[:2]] == ['Flask "Nordic"\nwith cup', "Board"]
    assert len(lines) == 3
    go_to(editor, 0, "name_en")
    qtbot.keyClick(editor.grid, Qt.Key.Key_C, CTRL)
    assert clipboard.text() == '"Flask ""Nordic""\nwith cup"'
    clipboard.setText('Board 12"\nTray')
    go_to(editor, 1, "name_en")
    qtbot.keyClick(editor.grid, Qt.Key.Key_V, CTRL)
    settled()
    lines = desk.quotation_views.quotation(draft).lines
    assert [line.values["name_en"] for line in lines[1:]] == ['Board 12"', "Tray"]


def test_rows_are_moved_and_deleted_with_the_keyboard(
    qtbot: QtBot, editor: QuotationEditor, settled: Settled
) -> None:
    go_to(editor, 2, "item_number")
    qtbot.keyClick(editor.grid, Qt.Key.Key_Up, ALT)
    settled()
    assert [_shown(editor, row, "item_number") for row in range(3)] == ["HD-1", "HD-3", "HD-2"]
    assert editor.grid.currentIndex().row() == 1
    qtbot.keyClick(editor.grid, Qt.Key.Key_Down, ALT)
    settled()
    assert [_shown(editor, row, "item_number") for row in range(3)] == ["HD-1", "HD-2", "HD-3"]
    qtbot.keyClick(editor.grid, Qt.Key.Key_Minus, CTRL)
    settled()
    assert editor.model.line_count == 2


def test_a_product_is_found_while_typing_and_added(
    qtbot: QtBot, editor: QuotationEditor, settled: Settled
) -> None:
    qtbot.keyClick(editor.grid, Qt.Key.Key_Insert)
    assert editor.picker.hasFocus()
    qtbot.keyClicks(editor.picker, "spatula")
    qtbot.waitUntil(lambda: editor.picker.hits.rowCount() > 0, timeout=30_000)
    qtbot.keyClick(editor.picker._completer.popup(), Qt.Key.Key_Return)
    settled()
    assert editor.model.line_count == 4
    assert _shown(editor, 3, "item_number") == "HD-2"


def test_charges_and_discounts_change_the_total(
    qtbot: QtBot, editor: QuotationEditor, settled: Settled
) -> None:
    editor._add_kind(LineKind.CHARGE)
    settled()
    goods = editor.model.totals().goods
    _type(qtbot, editor, 3, "price", "85")
    settled()
    assert editor.model.totals().total == goods + 85


def test_why_a_price_is_told_step_by_step(editor: QuotationEditor, settled: Settled) -> None:
    go_to(editor, 0, "price")
    editor.side.reveal(WHY)
    settled()
    texts = [label.text() for label in editor.why.findChildren(QLabel) if label.isVisible()]
    assert "Factory price" in texts
    assert any("宁波海达" in text for text in texts)
    assert any("12.5" in text for text in texts)


def test_a_typed_rate_prices_all_lines_anew(
    qtbot: QtBot, editor: QuotationEditor, desk: Desk, draft: int, settled: Settled
) -> None:
    before = desk.quotation_views.quotation(draft).lines[0].unit_price
    editor.side.reveal(COSTING)
    settled()
    editor.costing.rate.setText("6.50")
    qtbot.keyClick(editor.costing.rate, Qt.Key.Key_Return)
    settled()
    after = desk.quotation_views.quotation(draft)
    assert after.internal.costing.rate("USD").home_per_unit == Decimal("6.50")
    assert after.lines[0].unit_price > before


def test_the_term_decides_which_costs_are_asked(
    editor: QuotationEditor, desk: Desk, draft: int, settled: Settled
) -> None:
    editor.side.reveal(COSTING)
    settled()
    assert not editor.costing.premium.isVisible()
    desk.quotations.edit(draft, {"incoterm": "CIF", "place": "Hamburg"})
    settled()
    assert editor.costing.premium.isVisible()


def test_costs_are_hidden_when_the_buyer_looks_on(editor: QuotationEditor) -> None:
    editor.head.ours.setChecked(False)
    assert editor.grid.isColumnHidden(editor.model.column_of("cost"))
    assert not editor.totals.margin.isVisible()
    assert not editor.panels.isTabVisible(COSTING)


def test_a_sent_revision_cannot_be_typed_into_and_revising_makes_the_next(
    qtbot: QtBot, editor: QuotationEditor, desk: Desk, draft: int, settled: Settled
) -> None:
    qtbot.keyClick(editor.grid, Qt.Key.Key_Return, CTRL)
    settled()
    assert desk.quotation_views.quotation(draft).state is State.SENT
    assert not editor.model.is_editable
    assert editor.model.rowCount() == 3
    assert not editor.terms.form.editors["place"].widget.isEnabled()
    qtbot.keyClick(editor.grid, Qt.Key.Key_R, CTRL | Qt.KeyboardModifier.ShiftModifier)
    settled()
    assert editor.model.is_editable
    assert desk.quotation_views.quotation(draft).revision == 2


def test_two_revisions_are_compared_on_one_page(
    qtbot: QtBot, editor: QuotationEditor, desk: Desk, draft: int, settled: Settled
) -> None:
    desk.quotations.send(draft)
    desk.quotations.revise(draft)
    settled()
    _type(qtbot, editor, 1, "price", "1.11")
    settled()
    editor.bar.compare.click()
    settled()
    table = editor.comparison.table
    cells = {
        table.item(row, 0).text(): table.item(row, 2).text()
        for row in range(table.rowCount())
        if table.item(row, 2) is not None
    }
    assert cells == {"Unit price": "1.11"}
    qtbot.keyClick(table, Qt.Key.Key_Escape)
    assert editor.grid.isVisible()


def test_the_sheet_is_previewed_and_written_with_its_pictures(
    qtbot: QtBot, editor: QuotationEditor, tmp_path: Path, settled: Settled
) -> None:
    qtbot.keyClick(editor.grid, Qt.Key.Key_E, CTRL)
    dialog = editor.findChild(ExportDialog)
    settled()
    pages = [label for label in dialog.findChildren(QLabel) if not label.pixmap().isNull()]
    assert pages
    path = tmp_path / "quotation.xlsx"
    dialog.write(path)
    settled()
    names = zipfile.ZipFile(path).namelist()
    assert sum(name.startswith("xl/media/") for name in names) >= 1


def test_a_file_that_cannot_be_written_is_told_with_the_way_out(
    editor: QuotationEditor, tmp_path: Path, settled: Settled
) -> None:
    editor.export()
    dialog = editor.findChild(ExportDialog)
    settled()
    dialog.write(tmp_path / "no such folder" / "q.xlsx")
    settled()
    assert dialog.isVisible()
    assert dialog.again.isVisible()
    dialog.reject()


def test_a_quotation_is_begun_with_a_name_and_the_keyboard(
    qtbot: QtBot, window: MainWindow, desk: Desk, settled: Settled
) -> None:
    window.navigation.go("quotations")
    settled()
    page = window.pages["quotations"]
    qtbot.keyClick(page.list.filter, Qt.Key.Key_N, CTRL)
    dialog = page.findChild(NewQuotationDialog)
    qtbot.keyClicks(dialog.picker, "Casa Bonita")
    dialog.save_button.click()
    settled()
    (quotation,) = desk.lists.ids("quotation")
    assert desk.quotation_views.quotation(quotation).values["buyer_name"] == "Casa Bonita"
    assert page.currentWidget() is page.editor


def test_a_deleted_quotation_comes_back_with_undo(
    window: MainWindow, desk: Desk, draft: int, settled: Settled
) -> None:
    window.navigation.go("quotations")
    settled()
    actions = window.pages["quotations"].list.page_actions
    next(action for action in actions if action.label == "window.delete").run([draft])
    settled()
    assert len(desk.lists.ids("quotation")) == 0
    window._toast.action.click()
    settled()
    assert list(desk.lists.ids("quotation")) == [draft]


def test_the_editor_speaks_chinese(
    window: MainWindow, editor: QuotationEditor, settled: Settled
) -> None:
    words.use("zh_CN")
    settled()
    shown = window.pages["quotations"].editor
    assert shown.bar.buttons["send"].text() == "标为已发出"


def test_the_list_shows_what_was_done_in_the_editor(
    window: MainWindow, desk: Desk, draft: int, settled: Settled
) -> None:
    window.navigation.go("quotations")
    settled()
    model = window.pages["quotations"].list.model
    state = [field.key for field in model.fields].index("state")
    assert model.index(0, state).data() == "Draft"
    window.navigation.go("quotations", draft)
    settled()
    desk.quotations.send(draft)
    settled()
    window.navigation.go("quotations")
    settled()
    assert model.index(0, state).data() == "Sent"


def test_a_quotation_whose_validity_is_over_is_told_beside_the_list(
    window: MainWindow, desk: Desk, draft: int, settled: Settled, clock: object
) -> None:
    desk.quotations.send(draft)
    clock.moment += timedelta(days=90)  # type: ignore[attr-defined]
    window.navigation.go("quotations")
    settled()
    page = window.pages["quotations"].list
    page.table.selectRow(0)
    settled()
    assert page.detail._state.text() == "Expired"
    desk.quotations.expire(draft)
    settled()
    assert page.detail._state.text() == "Expired"
