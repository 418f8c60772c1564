"""Ports and the way of shipment are chosen by any of their names and shown in one's language."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QInputMethodEvent
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QStyle, QStyleOptionFrame
from pytestqt.qtbot import QtBot

from app.desk import Desk
from app.quotations.charges import ChargeLine
from app.quotations.service import QuotationDraft
from ui.quotations.editor import COSTING, WHY, QuotationEditor
from ui.window.frame import MainWindow

Settled = Callable[[], None]


@pytest.fixture
def editor(qtbot: QtBot, window: MainWindow, desk: Desk, settled: Settled) -> QuotationEditor:
    """A draft to Hamburg, written in Chinese by whoever began it."""
    draft = QuotationDraft(
        buyer="Nordic Home AB", values={"incoterm": "CFR", "place": "汉堡", "shipment": "sea_lcl"}
    )
    window.navigation.go("quotations", desk.quotations.draft(draft))
    settled()
    found: QuotationEditor = window.pages["quotations"].editor
    return found


def line(editor: QuotationEditor, key: str) -> QLineEdit:
    widget = editor.terms.form.editors[key].widget
    assert isinstance(widget, QLineEdit)
    return widget


def head(desk: Desk, editor: QuotationEditor) -> dict[str, object]:
    assert editor._detail is not None
    return dict(desk.quotation_views.quotation(editor._detail.id).values)


def test_a_port_is_shown_in_ones_language_and_stays_as_it_was_when_nothing_is_typed(
    qtbot: QtBot, editor: QuotationEditor, desk: Desk, settled: Settled
) -> None:
    place = line(editor, "place")
    assert place.text() == "Hamburg"
    assert line(editor, "shipment").text() == "Sea, LCL"
    place.setFocus()
    qtbot.keyClick(place, Qt.Key.Key_Return)
    settled()
    assert (head(desk, editor)["place"], head(desk, editor)["shipment"]) == ("汉堡", "sea_lcl")


@pytest.mark.parametrize("typed", ["ningb", "宁波", "cnngb"])
def test_a_port_is_offered_by_each_of_its_names(
    qtbot: QtBot, editor: QuotationEditor, desk: Desk, settled: Settled, typed: str
) -> None:
    port = line(editor, "port_of_loading")
    port.setFocus()
    for character in typed:  # as an input method commits them
        event = QInputMethodEvent()
        event.setCommitString(character)
        QApplication.sendEvent(port, event)
    popup = port.completer().popup()
    qtbot.waitUntil(popup.isVisible)
    assert popup.model().index(0, 0).data() == "Ningbo · 宁波 · CNNGB"
    qtbot.keyClick(popup, Qt.Key.Key_Down)
    qtbot.keyClick(popup, Qt.Key.Key_Return)
    settled()
    qtbot.keyClick(port, Qt.Key.Key_Return)
    settled()
    assert head(desk, editor)["port_of_loading"] == "Ningbo"


def test_a_way_of_shipment_taken_from_the_list_is_a_mode_and_other_words_stay_words(
    qtbot: QtBot, editor: QuotationEditor, desk: Desk, settled: Settled
) -> None:
    shipment = line(editor, "shipment")
    for typed, kept in (("Rail, FCL", "rail_fcl"), ("by our own truck", "by our own truck")):
        shipment.setFocus()
        shipment.selectAll()
        qtbot.keyClicks(shipment, typed)
        shipment.completer().popup().hide()
        qtbot.keyClick(shipment, Qt.Key.Key_Return)
        settled()
        assert head(desk, editor)["shipment"] == kept


def _room(field: QLineEdit) -> int:
    """How wide a text may be that the field shows whole."""
    option = QStyleOptionFrame()
    field.initStyleOption(option)
    inside = QStyle.SubElement.SE_LineEditContents
    return field.style().subElementRect(inside, option, field).width() - 4


def _drawn(field: QLineEdit, text: str) -> QImage:
    """What a plain field of the same looks shows of ``text`` that was not typed in."""
    plain = QLineEdit(text, field.parentWidget())
    plain.setGeometry(field.geometry())
    plain.setCursorPosition(0)
    for name in field.dynamicPropertyNames():
        plain.setProperty(name.data().decode(), field.property(name.data().decode()))
    plain.show()
    picture = plain.grab().toImage()
    plain.deleteLater()
    return picture


def test_a_text_too_long_for_the_panel_ends_in_an_ellipsis_until_it_is_typed_in(
    qtbot: QtBot, editor: QuotationEditor, desk: Desk, settled: Settled
) -> None:
    assert editor._detail is not None
    long = "Silicone spatulas, bamboo cutting boards and cake moulds for the spring promotion"
    desk.quotations.edit(editor._detail.id, {"title": long})
    settled()
    title = line(editor, "title")
    assert title.fontMetrics().horizontalAdvance(long) > title.width()
    shut = title.grab().toImage()
    assert shut != _drawn(title, long)
    cut = title.fontMetrics().elidedText(long, Qt.TextElideMode.ElideRight, _room(title))
    assert cut.endswith("…")
    assert shut == _drawn(title, cut)
    assert title.text() == long
    title.setFocus()
    qtbot.waitUntil(title.hasFocus)
    title.setCursorPosition(0)
    assert title.grab().toImage() != shut
    assert title.text() == long


def test_what_a_supplier_s_price_holds_can_be_told_and_is_said_beside_the_price(
    editor: QuotationEditor, desk: Desk, settled: Settled
) -> None:
    assert editor._detail is not None
    quotation = editor._detail.id
    editor.side.reveal(COSTING)
    settled()
    costing = editor.costing
    freight = costing.charges[ChargeLine.MAIN_CARRIAGE]
    desk.quotations.edit(quotation, {"incoterm": "FOB"})
    desk.quotations.add_lines(
        quotation, [{"name_en": "Flask", "cost": "10", "cost_currency": "CNY", "quantity": "100"}]
    )
    settled()
    assert (costing.form.isRowVisible(freight), costing.form.isRowVisible(costing.premium)) == (
        False,
        False,
    )
    (line,) = desk.quotation_views.quotation(quotation).lines
    desk.quotations.edit_lines(quotation, {line.id: {"cost_incoterm": "CIF"}})
    settled()
    assert costing.form.isRowVisible(freight), "the freight in the price is to be taken off"
    assert costing.form.isRowVisible(costing.premium)
    editor.side.reveal(WHY)
    editor.grid.setCurrentIndex(editor.model.index(0, 0))
    settled()
    said = {label.text() for label in editor.why.findChildren(QLabel)}
    assert "The freight to the destination is not known. Enter it." in said


def test_costs_stand_with_their_decimals_below_each_other(
    editor: QuotationEditor, desk: Desk, settled: Settled
) -> None:
    assert editor._detail is not None
    costs = ("6.4", "67", "0.1255")
    lines = [{"name_en": cost, "cost": cost, "cost_currency": "CNY"} for cost in costs]
    desk.quotations.add_lines(editor._detail.id, lines)
    settled()
    column = editor.model.column_of("cost")
    shown = [editor.model.index(row, column).data() for row in range(len(costs))]
    assert shown == ["6.40", "67.00", "0.1255"]
