"""Text and chips are two views of one filter: typing shows chips, and chips rewrite the text."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.desk import Desk
from app.query.comparisons import Comparison
from ui.forms.condition_editor import ConditionEditor
from ui.lists.page import ListPage
from ui.window.frame import MainWindow

Settled = Callable[[], None]


@pytest.fixture
def suppliers(desk: Desk, window: MainWindow, settled: Settled) -> ListPage:
    add = desk.directory.add
    first = add("supplier", {"name_zh": "宁波海达", "country": "CN", "city": "宁波", "grade": "A"})
    add("supplier", {"name_zh": "义乌海达", "country": "CN", "city": "义乌"})
    add("supplier", {"name_en": "Haida Berlin", "country": "DE", "city": "Berlin"})
    desk.directory.tag("supplier", [first], "fair")
    window.navigation.go("suppliers")
    settled()
    return window.pages["suppliers"]


def typed(page: ListPage, settled: Settled, text: str) -> list[str]:
    page.filter.setText(text)
    page._typing.stop()
    page._apply_filter()
    settled()
    return said(page)


def said(page: ListPage) -> list[str]:
    return [chip.text.accessibleName() for chip in page.chips.chips]


def pick(editor: ConditionEditor, field: str, comparison: Comparison) -> None:
    editor.field_box.setCurrentIndex(editor.field_box.findData(field))
    editor.comparison_box.setCurrentIndex(editor.comparison_box.findData(comparison))


def applied(page: ListPage, settled: Settled) -> str:
    page._typing.stop()
    page._apply_filter()
    settled()
    return page.filter.text()


def test_typing_shows_chips_in_words(suppliers: ListPage, settled: Settled) -> None:
    assert typed(suppliers, settled, "海达 country:cn -city:义乌 has:grade") == [
        "海达",
        "Country: China",
        "City without 义乌",
        "Grade: filled in",
    ]
    assert not suppliers.chips.isHidden()
    assert suppliers.model.rowCount() == 1


def test_plain_words_need_no_chips(suppliers: ListPage, settled: Settled) -> None:
    typed(suppliers, settled, "海达")
    assert suppliers.chips.isHidden()


def test_taking_a_chip_out_by_key_rewrites_the_text_and_the_list(
    qtbot: QtBot, suppliers: ListPage, settled: Settled
) -> None:
    typed(suppliers, settled, "country:CN city:宁波 grade:A")
    first = suppliers.chips.chips[0].text
    first.setFocus()
    qtbot.keyClick(first, Qt.Key.Key_Right)
    qtbot.keyClick(suppliers.chips.chips[1].text, Qt.Key.Key_Delete)
    assert applied(suppliers, settled) == "country:CN grade:A"
    qtbot.mouseClick(suppliers.chips.chips[1].close_button, Qt.MouseButton.LeftButton)
    assert applied(suppliers, settled) == "country:CN"
    assert suppliers.model.rowCount() == 2


def test_a_condition_is_added_with_a_value_from_the_book(
    qtbot: QtBot, suppliers: ListPage, settled: Settled
) -> None:
    typed(suppliers, settled, "海达")
    editor = suppliers.chips.add(suppliers.filter)
    pick(editor, "country", Comparison.IS)
    settled()
    box = editor.inputs[0]
    assert [box.itemText(row) for row in range(box.count())] == ["China", "Germany"]
    box.setCurrentIndex(0)
    qtbot.keyClick(box, Qt.Key.Key_Return)
    assert applied(suppliers, settled) == "海达 country:CN"
    assert said(suppliers) == ["海达", "Country: China"]
    assert suppliers.model.rowCount() == 2


def test_a_chip_opens_with_its_values_and_is_changed_in_its_place(
    suppliers: ListPage, settled: Settled
) -> None:
    typed(suppliers, settled, "country:DE haida")
    editor = suppliers.chips._edit(0, suppliers.chips.chips[0])
    settled()
    assert editor.inputs[0].currentText() == "Germany"
    editor.comparison_box.setCurrentIndex(editor.comparison_box.findData(Comparison.IS_NOT))
    editor._apply()
    assert applied(suppliers, settled) == "-country:DE haida"


def test_a_value_that_cannot_be_read_is_refused_beside_it(
    suppliers: ListPage, settled: Settled
) -> None:
    editor = suppliers.chips.add(suppliers.filter)
    pick(editor, "first_contact_on", Comparison.MORE)
    editor.inputs[0].setCurrentText("soon")
    editor._apply()
    assert "soon" in editor.problem.text()
    assert editor.isVisible()
    editor.inputs[0].setCurrentText("in 7 days")
    editor._apply()
    assert applied(suppliers, settled) == "first_contact_on:>today+7"
    assert said(suppliers)[0].endswith("in 7 days")


def test_what_is_no_single_condition_is_changed_as_text(
    suppliers: ListPage, settled: Settled
) -> None:
    typed(suppliers, settled, "country:CN (city:宁波 or city:Berlin)")
    editor = suppliers.chips._edit(1, suppliers.chips.chips[1])
    assert editor.text is not None
    editor.text.setText("city:宁波 or city:(")
    editor._apply()
    assert editor.problem.text()
    editor.text.setText("city:宁波 or city:义乌")
    editor._apply()
    assert applied(suppliers, settled) == "country:CN (city:宁波 or city:义乌)"
    assert suppliers.model.rowCount() == 2


def test_a_mistake_is_a_chip_that_says_so(suppliers: ListPage, settled: Settled) -> None:
    typed(suppliers, settled, "country:CN colour:red")
    assert [chip.property("problem") for chip in suppliers.chips.chips] == [False, True]
    assert "colour" in suppliers._problem.text()


def test_prices_take_a_range_and_a_currency(
    desk: Desk, window: MainWindow, settled: Settled
) -> None:
    product = desk.directory.add("product", {"name_en": "Mug"})
    desk.directory.add(
        "price", {"product_id": product, "amount": Decimal("1.5"), "currency": "USD"}
    )
    window.navigation.go("products")
    settled()
    page = window.pages["products"]
    editor = page.chips.add(page.filter)
    pick(editor, "price", Comparison.BETWEEN)
    for box, text in zip(editor.inputs, ("1", "2.5"), strict=True):
        box.setCurrentText(text)
    editor.currency_box.setCurrentText("USD")
    editor._apply()
    assert applied(page, settled) == "price:1usd..2.5usd"
    assert said(page) == ["Price: 1 – 2.5 USD"]
    assert page.model.rowCount() == 1
    typed(page, settled, "price:1.4..2.5eur")
    assert page.model.rowCount() == 0


def test_tags_are_offered_one_by_one_with_their_counts(desk: Desk, suppliers: ListPage) -> None:
    other = next(iter(desk.lists.ids("supplier", where="grade:A")))
    desk.directory.tag("supplier", [other], "Canton")
    desk.directory.tag("supplier", list(desk.lists.ids("supplier")), "all")
    assert desk.lists.values("tags", "supplier") == (("all", 3), ("Canton", 1), ("fair", 1))


def test_a_filter_that_nothing_matches_is_taken_off_where_that_is_said(
    qtbot: QtBot, suppliers: ListPage, settled: Settled
) -> None:
    typed(suppliers, settled, "country:FR")
    assert suppliers.clear_button.isVisible()
    assert not any(button.isVisible() for button in suppliers._beginnings)
    qtbot.mouseClick(suppliers.clear_button, Qt.MouseButton.LeftButton)
    settled()
    assert suppliers.model.rowCount() == 3
    assert not suppliers.filter.text()
    assert suppliers.filter.hasFocus()
