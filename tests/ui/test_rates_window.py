"""A person keeps rates, freight, sellers and texts: typed, pasted, from a sheet, and undone."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import Workbook
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from app.desk import Desk
from app.quotations.service import QuotationDraft
from ui.forms.dialog import RecordDialog
from ui.quotations.rates_page import KINDS, RatesPage
from ui.window.frame import MainWindow
from ui.words import words

Settled = Callable[[], None]
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def page(qtbot: QtBot, window: MainWindow, settled: Settled) -> RatesPage:
    window.navigation.go("rates")
    settled()
    opened = window.pages["rates"]
    window.activateWindow()
    opened.table.setFocus()
    qtbot.waitUntil(opened.table.hasFocus, timeout=30_000)
    return opened


def _shown(page: RatesPage, row: int) -> list[str]:
    return [str(page.model.index(row, at).data()) for at in range(page.model.columnCount())]


def _typed(qtbot: QtBot, page: RatesPage, values: dict[str, str]) -> None:
    dialog = page.findChildren(RecordDialog)[-1]
    for key, text in values.items():
        widget = dialog.form.editors[key].widget
        assert isinstance(widget, QLineEdit)
        widget.clear()
        qtbot.keyClicks(widget, text)
    dialog.save_button.click()
    qtbot.waitUntil(lambda: not isValid(dialog) or not dialog.isVisible(), timeout=30_000)
    page.window().activateWindow()
    page.table.setFocus()
    qtbot.waitUntil(page.table.hasFocus, timeout=30_000)


def test_a_rate_is_typed_changed_deleted_and_brought_back_with_the_keyboard(
    qtbot: QtBot, window: MainWindow, page: RatesPage, desk: Desk, settled: Settled
) -> None:
    qtbot.keyClick(page.table, Qt.Key.Key_N, CTRL)
    _typed(qtbot, page, {"currency": "usd", "rate": "7.1", "source": "BOC"})
    settled()
    today = desk.clock.today().isoformat()
    assert desk.rates.exchange_rate("USD", desk.clock.today()).source == f"BOC {today}"
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    _typed(qtbot, page, {"rate": "6.9500"})
    settled()
    assert _shown(page, 0)[0] == "USD"
    assert _shown(page, 0)[2] == "6.9500"
    qtbot.keyClick(page.table, Qt.Key.Key_Delete)
    settled()
    assert page.model.rowCount() == 0
    window._toast.action.click()
    settled()
    assert page.model.rowCount() == 1


def test_a_rebate_is_typed_as_a_percent(
    qtbot: QtBot, page: RatesPage, desk: Desk, settled: Settled
) -> None:
    page.tabs.setCurrentIndex(KINDS.index("rebate_rate"))
    settled()
    qtbot.keyClick(page.table, Qt.Key.Key_N, CTRL)
    _typed(qtbot, page, {"hs_code": "9617", "rate": "13"})
    settled()
    assert desk.rates.rebates(desk.clock.today()) == {"9617": Decimal("0.13")}
    assert _shown(page, 0)[1] == "13%"
    page.edit()
    assert page.findChildren(RecordDialog)[-1].form.editors["rate"].widget.text() == "13%"


def test_a_banks_table_is_pasted_as_one_step(
    qtbot: QtBot, window: MainWindow, page: RatesPage, desk: Desk, settled: Settled
) -> None:
    QGuiApplication.clipboard().setText("货币名称\t现汇买入价\r\n美元\t710\r\n欧元\t770\r\n")
    qtbot.keyClick(page.table, Qt.Key.Key_V, CTRL)
    settled()
    assert page.model.rowCount() == 2
    page.filter.setText("eur")
    assert page.model.rowCount() == 1
    page.filter.clear()
    window.undo()
    settled()
    assert page.model.rowCount() == 0


def test_a_freight_sheet_is_taken_over(
    page: RatesPage, desk: Desk, tmp_path: Path, settled: Settled
) -> None:
    book = Workbook()
    book.worksheets[0].append(["Mode", "POL", "POD", "Unit", "Amount", "Currency"])
    book.worksheets[0].append(["Sea, LCL", "Ningbo", "Hamburg", "W/M", 42.5, "USD"])
    book.save(tmp_path / "freight.xlsx")
    page.tabs.setCurrentIndex(KINDS.index("freight_rate"))
    page.take_file(tmp_path / "freight.xlsx")
    settled()
    (row,) = desk.rates.rows("freight_rate")
    assert row.values["valid_from"] == date(2026, 3, 2)
    assert _shown(page, 0)[3] == "W/M"


def test_rows_that_say_nothing_are_told(
    window: MainWindow, page: RatesPage, settled: Settled
) -> None:
    QGuiApplication.clipboard().setText("hello")
    page.paste()
    settled()
    assert window._toast.isVisible()
    assert page.model.rowCount() == 0


def test_a_seller_gets_a_logo_and_becomes_the_usual_one(
    page: RatesPage, desk: Desk, tmp_path: Path, settled: Settled
) -> None:
    desk.rates.add("seller_profile", {"name_en": "First"})
    second = desk.rates.add("seller_profile", {"name_en": "Second"})
    page.tabs.setCurrentIndex(KINDS.index("seller_profile"))
    settled()
    page.table.selectRow(page.model.place_of(second))
    page.make_usual()
    settled()
    assert desk.rates.rows("seller_profile")[0].id == second
    stream = io.BytesIO()
    Image.new("RGB", (60, 20), "navy").save(stream, "PNG")
    (tmp_path / "logo.png").write_bytes(stream.getvalue())
    page.table.selectRow(0)
    page.use_picture("logo", tmp_path / "logo.png")
    settled()
    made = desk.quotations.draft(QuotationDraft(buyer="A", lines=[{"name_en": "Cup"}]))
    assert desk.papers.paper(made).seller.logo is not None


def test_the_page_speaks_chinese(window: MainWindow, page: RatesPage, settled: Settled) -> None:
    words.use("zh_CN")
    settled()
    shown = window.pages["rates"]
    assert shown.tabs.tabText(0) == "汇率"
    assert shown.add_button.text() == "新增"
