"""A person exports several quotations at once, makes a price list, and a template of the own sheet."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QMenu, QPushButton, QTextBrowser
from pytestqt.qtbot import QtBot

from app.desk import Desk
from app.quotations.service import QuotationDraft
from ui.quotations.export_dialog import ExportDialog
from ui.quotations.template_dialog import TemplateDialog
from ui.window.frame import MainWindow
from ui.words import words

Settled = Callable[[], None]
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def products(desk: Desk) -> list[int]:
    """Two products, one with prices by quantity."""
    made = []
    for number, prices in (("HD-1", {"500": "12", "2000": "11"}), ("HD-2", {"1": "6"})):
        product = desk.directory.add("product", {"item_number": number, "name_en": "Cup"})
        for minimum, amount in prices.items():
            desk.directory.add(
                "price", {"product_id": product, "min_quantity": minimum, "amount": amount}
            )
        made.append(product)
    return made


@pytest.fixture
def quotations(desk: Desk, products: list[int]) -> list[int]:
    lines = [{"product_id": products[0], "quantity": "1000"}]
    return [
        desk.quotations.draft(QuotationDraft(buyer=buyer, lines=lines)) for buyer in ("A", "B", "C")
    ]


def _texts(path: Path) -> list[list[str]]:
    return [
        [str(cell) for row in sheet.iter_rows(values_only=True) for cell in row if cell is not None]
        for sheet in load_workbook(path).worksheets
    ]


def test_selected_quotations_become_one_workbook_with_a_sheet_each(
    qtbot: QtBot, window: MainWindow, quotations: list[int], tmp_path: Path, settled: Settled
) -> None:
    window.navigation.go("quotations")
    settled()
    page = window.pages["quotations"]
    page.list.table.selectAll()
    qtbot.keyClick(page.list.table, Qt.Key.Key_E, CTRL)
    menu = page.list.findChild(QMenu, options=Qt.FindChildOption.FindDirectChildrenOnly)
    qtbot.keyClick(menu, Qt.Key.Key_Return)
    settled()
    dialog = page.findChild(ExportDialog)
    assert (
        dialog.screen().availableSize().expandedTo(dialog.size()) == dialog.screen().availableSize()
    )
    assert dialog.template.count() == 3
    dialog.write(tmp_path / "all.xlsx")
    settled()
    assert sorted(load_workbook(tmp_path / "all.xlsx").sheetnames) == [
        "Q-2026-0001",
        "Q-2026-0002",
        "Q-2026-0003",
    ]


def test_selected_products_become_a_price_list_with_prices_by_quantity(
    qtbot: QtBot,
    window: MainWindow,
    desk: Desk,
    products: list[int],
    tmp_path: Path,
    settled: Settled,
) -> None:
    window.navigation.go("products")
    settled()
    page = window.pages["products"]
    page.table.selectAll()
    qtbot.keyClick(page.table, Qt.Key.Key_L, CTRL | SHIFT)
    settled()
    (made,) = desk.lists.ids("quotation")
    detail = desk.quotation_views.quotation(made)
    assert detail.number == "PL-2026-0001"
    by_number = {line.values["item_number"]: line for line in detail.lines}
    tiers = by_number["HD-1"].tiers
    assert tiers is not None
    assert [tier.from_quantity for tier in tiers] == [Decimal(500), Decimal(2000)]
    first, second = (tier.price for tier in tiers)
    assert first > second > 0
    assert by_number["HD-2"].tiers is None
    editor = window.pages["quotations"].editor
    editor.export()
    dialog = editor.findChild(ExportDialog)
    settled()
    dialog.write(tmp_path / "list.xlsx")
    settled()
    (texts,) = _texts(tmp_path / "list.xlsx")
    assert "PRICE LIST" in texts
    assert any("2000" in text for text in texts)


def test_a_catalogue_without_prices_tells_none(
    window: MainWindow, desk: Desk, quotations: list[int], tmp_path: Path, settled: Settled
) -> None:
    window.navigation.go("quotations", quotations[0])
    settled()
    editor = window.pages["quotations"].editor
    editor.export()
    dialog = editor.findChild(ExportDialog)
    dialog.prices.setChecked(False)
    settled()
    dialog.write(tmp_path / "fair.xlsx")
    settled()
    (texts,) = _texts(tmp_path / "fair.xlsx")
    price = desk.quotation_views.quotation(quotations[0]).lines[0].unit_price
    assert "CATALOGUE" in texts
    assert str(price) not in texts
    assert not any("ROUND" in text or text == "Total" for text in texts)


def sheet_in_use(path: Path) -> Path:
    """A quotation in the person's own workbook."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet["A1"], sheet["B1"] = "To:", "Old Buyer GmbH"
    sheet.append([])
    sheet.append(["Item No.", "Product", "Qty", "Unit price", "Amount"])
    sheet.append(["OLD-1", "Old goods", 100, 2.5, "=C4*D4"])
    book.save(path)
    return path


def primary(dialog: QDialog) -> list[QPushButton]:
    """The buttons that stand out as what comes next."""
    return [each for each in dialog.findChildren(QPushButton) if each.property("role") == "primary"]


def test_the_sheet_in_use_becomes_a_template_and_is_used(
    window: MainWindow, desk: Desk, quotations: list[int], tmp_path: Path, settled: Settled
) -> None:
    window.navigation.go("quotations", quotations[0])
    settled()
    editor = window.pages["quotations"].editor
    editor.export()
    export = editor.findChild(ExportDialog)
    export.make_template.click()
    dialog = export.findChild(TemplateDialog)
    mine = sheet_in_use(tmp_path / "mine.xlsx")
    dialog.make(mine, mine)
    assert "another name" in dialog.said.text()
    assert primary(dialog) == [dialog.choose_button]
    dialog.make(mine, tmp_path / "template.xlsx")
    settled()
    assert primary(dialog) == [dialog.use_button]
    assert dialog.focusWidget() is dialog.use_button
    assert "{{ buyer.name }}" in dialog.found.toPlainText()
    dialog.use_button.click()
    settled()
    assert export.template_name() == str(tmp_path / "template.xlsx")
    assert export.focusWidget() is export.save_button
    export.write(tmp_path / "filled.xlsx")
    settled()
    (texts,) = _texts(tmp_path / "filled.xlsx")
    assert {"A", "HD-1", "Cup"} <= set(texts)


def test_a_sheet_without_goods_is_told(
    window: MainWindow, quotations: list[int], tmp_path: Path, settled: Settled
) -> None:
    made: list[Path] = []
    dialog = TemplateDialog(window.context, made.append, window)
    Workbook().save(tmp_path / "empty.xlsx")
    dialog.make(tmp_path / "empty.xlsx", tmp_path / "t.xlsx")
    settled()
    assert "empty.xlsx" in dialog.said.text()
    assert not dialog.use_button.isVisible()


@pytest.mark.parametrize(("language", "word"), [("en", "placeholders"), ("zh_CN", "占位符")])
def test_the_guide_is_there_in_both_languages(
    window: MainWindow, settled: Settled, language: str, word: str
) -> None:
    words.use(language)
    settled()
    dialog = TemplateDialog(window.context, lambda _path: None, window)
    dialog.show_guide()
    assert word in dialog.findChild(QTextBrowser).toPlainText()
