"""A person finds a supplier in Chinese, in English, by pinyin and by a word of its products."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from pytestqt.qtbot import QtBot

from app.desk import Desk
from app.kernel.messages import Message
from app.search.results import Indexing
from ui.search.hits_model import HIT
from ui.window.frame import MainWindow
from ui.window.palette import Palette
from ui.words import words

Settled = Callable[[], None]


@pytest.fixture
def haida(desk: Desk, window: MainWindow, settled: Settled) -> int:
    for number in range(5):
        desk.directory.add("supplier", {"name_zh": f"义乌第{number}文具厂"})
    company = desk.directory.add(
        "supplier", {"name_zh": "宁波海达塑料制品有限公司", "name_en": "Ningbo Haida Plastics"}
    )
    desk.directory.add("product", {"supplier_id": company, "name_zh": "不锈钢保温杯"})
    settled()
    assert desk.indexer.wait_until_idle(30)
    return company


@pytest.mark.parametrize("typed", ["海达", "haida", "nbhd", "Plastics"])
def test_a_supplier_is_found_while_typing_and_opened_with_enter(
    qtbot: QtBot, window: MainWindow, settled: Settled, haida: int, typed: str
) -> None:
    window.focus_search()
    box = window.search_box
    box.setText(typed)
    box.textEdited.emit(typed)
    qtbot.waitUntil(lambda: box.popup.isVisible() and box.model.rowCount() > 0, timeout=30_000)
    qtbot.keyClick(box, Qt.Key.Key_Down)
    qtbot.keyClick(box, Qt.Key.Key_Return)
    settled()
    assert (window.navigation.current.place, window.navigation.current.record_id) == (
        "suppliers",
        haida,
    )


def test_enter_shows_all_that_was_found_with_facets(
    qtbot: QtBot, window: MainWindow, settled: Settled, haida: int
) -> None:
    window.focus_search()
    qtbot.keyClicks(window.search_box, "plastics")
    window.search_box.popup.hide()
    qtbot.keyClick(window.search_box, Qt.Key.Key_Return)
    settled()
    assert window._stack.currentWidget() is window.results
    assert window.results.model.rowCount() >= 1


def test_conditions_typed_into_the_box_are_chips_above_the_hits(
    qtbot: QtBot, window: MainWindow, settled: Settled, haida: int, desk: Desk
) -> None:
    desk.directory.edit("supplier", [haida], {"country": "CN"})
    assert desk.indexer.wait_until_idle(30)
    window.focus_search()
    box = window.search_box
    qtbot.keyClicks(box, "haida country:CN foo:red")
    qtbot.waitUntil(lambda: bool(box.troubles), timeout=30_000)
    settled()
    chips = box.chips.chips
    assert [chip.text.accessibleName() for chip in chips] == [
        "haida",
        "Country: China",
        "foo:red",
    ]
    assert box.popup.isVisible()
    assert "foo" in box._hint.text()
    qtbot.mouseClick(chips[2].close_button, Qt.MouseButton.LeftButton)
    assert box.text() == "haida country:CN"
    qtbot.waitUntil(lambda: box.model.rowCount() == 1, timeout=30_000)
    assert box.troubles == ()
    assert box.model.index(0, 0).data().endswith("China")


def test_the_box_is_empty_where_another_page_is_shown_and_back_leads_to_what_was_found(
    qtbot: QtBot, window: MainWindow, settled: Settled, haida: int
) -> None:
    window.focus_search()
    qtbot.keyClicks(window.search_box, "plastics")
    qtbot.keyClick(window.search_box, Qt.Key.Key_Return)
    settled()
    assert window._stack.currentWidget() is window.results
    hits = window.results.list
    hits.setCurrentIndex(window.results.model.index(0, 0))
    hits.activated.emit(hits.currentIndex())
    settled()
    assert window.navigation.current.record_id == haida
    assert window.search_box.text() == ""
    assert not window.search_box.popup.isVisible()
    window.navigation.back()
    settled()
    assert window._stack.currentWidget() is window.results
    assert window.search_box.text() == "plastics"
    assert window.results.model.rowCount() >= 1
    words.use("zh_CN")
    settled()
    assert window._stack.currentWidget() is window.results
    assert window.search_box.text() == "plastics"
    window.navigation.go("history")
    assert window.search_box.text() == ""


def test_a_condition_added_to_what_was_found_is_in_the_box_and_words_keep_their_synonyms(
    qtbot: QtBot, window: MainWindow, settled: Settled, haida: int, desk: Desk
) -> None:
    window.search_box.setText("thermos")
    window.navigation.search("thermos")
    settled()
    assert window.results.model.rowCount() >= 1
    assert window.results.chips.isHidden()
    editor = window.results.chips.add(window.results.add_button)
    editor.field_box.setCurrentIndex(editor.field_box.findData("kind"))
    editor.inputs[0].setCurrentText("product")
    editor._apply()
    settled()
    assert window.search_box.text() == "thermos kind:product"
    hits = [window.results.model.index(row, 0).data(HIT) for row in range(1)]
    assert [hit.kind for hit in hits] == ["product"]
    assert window.results.model.rowCount() == 1


def test_a_facet_narrows_the_search_as_a_chip_does_and_is_taken_back_by_keys(
    qtbot: QtBot, window: MainWindow, settled: Settled, haida: int, desk: Desk
) -> None:
    desk.directory.edit("supplier", [haida], {"country": "CN", "source": "Canton Fair"})
    assert desk.indexer.wait_until_idle(30)
    window.navigation.search("文具 or 海达")
    settled()
    facets = window.results.facets
    china = next(one for one in facets.buttons if one.value == "CN")
    assert china.accessibleName() == "Country: China, 1"
    qtbot.mouseClick(china, Qt.MouseButton.LeftButton)
    settled()
    assert window.search_box.text() == "(文具 or 海达) country:CN"
    assert window.results.chips.chips[-1].text.accessibleName() == "Country: China"
    assert [one.value for one in facets.buttons if one.isChecked()] == ["CN"]
    assert window.results.model.rowCount() == 1
    china = next(one for one in facets.buttons if one.value == "CN")
    qtbot.keyClick(china, Qt.Key.Key_Down)
    source = window.focusWidget()
    assert (source.facet, source.value) == ("source", "Canton Fair")
    qtbot.keyClick(source, Qt.Key.Key_Return)
    settled()
    assert window.search_box.text() == '(文具 or 海达) country:CN source:="Canton Fair"'
    assert window.focusWidget().value == "Canton Fair"
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Space)
    settled()
    assert window.search_box.text() == "(文具 or 海达) country:CN"
    qtbot.mouseClick(window.results.chips.chips[-1].close_button, Qt.MouseButton.LeftButton)
    settled()
    assert not [one for one in facets.buttons if one.isChecked()]
    assert window.results.model.rowCount() == 7


def test_a_value_written_otherwise_is_the_same_facet(
    window: MainWindow, settled: Settled, haida: int, desk: Desk
) -> None:
    desk.directory.edit("supplier", [haida], {"country": "CN"})
    assert desk.indexer.wait_until_idle(30)
    window.navigation.search("海达 country:china")
    settled()
    chosen = [one for one in window.results.facets.buttons if one.isChecked()]
    assert [one.value for one in chosen] == ["CN"]
    chosen[0].click()
    settled()
    assert window.search_box.text() == "海达"


def test_what_was_found_by_names_alone_is_asked_again_when_the_index_is_there(
    desk: Desk, window: MainWindow, settled: Settled, haida: int
) -> None:
    desk.search.close()
    window.navigation.search("保温杯 ningbo")
    settled()
    assert window.results.model.rowCount() == 0
    desk.search.open()
    window._changes.indexed.emit(Indexing())
    settled()
    assert window.results.model.rowCount() >= 1


def test_a_new_exchange_rate_changes_what_a_price_finds(
    desk: Desk, window: MainWindow, settled: Settled, haida: int
) -> None:
    kettle = desk.directory.add("product", {"supplier_id": haida, "name_zh": "水壶"})
    desk.directory.add("price", {"product_id": kettle, "amount": 20, "currency": "CNY"})
    desk.rates.add("exchange_rate", {"currency": "USD", "rate": "8", "valid_on": "2026-01-01"})
    assert desk.indexer.wait_until_idle(30)
    where = "price:<2.60usd"
    window.navigation.go("products")
    products = window.pages["products"]
    products.show_where(where)
    settled()
    assert products.model.rowCount() == 1
    window.navigation.search(where)
    settled()
    assert window.results.model.rowCount() == 1
    desk.rates.add("exchange_rate", {"currency": "USD", "rate": "7", "valid_on": "2026-01-02"})
    settled()
    assert window.results.model.rowCount() == 0
    window.navigation.go("products")
    settled()
    assert products.model.rowCount() == 0


def test_the_palette_finds_an_action_by_pinyin(
    qtbot: QtBot, window: MainWindow, settled: Settled
) -> None:
    window.use_language("zh_CN")
    qtbot.waitUntil(lambda: "商埠" in window.windowTitle())
    settled()
    window.open_palette()
    palette = window.findChild(Palette)
    qtbot.keyClicks(palette.filter, "lishi")
    assert palette.list.count() == 1
    qtbot.keyClick(palette.filter, Qt.Key.Key_Return)
    settled()
    assert window.navigation.current.place == "history"


def test_a_spreadsheet_dropped_on_the_window_opens_its_preview(
    window: MainWindow, settled: Settled, tmp_path: object
) -> None:
    path = tmp_path / "a.csv"
    path.write_text("公司名称,城市\n甲厂有限公司,宁波\n", encoding="utf-8")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    drop = QDropEvent(
        QPointF(10, 10),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    window.dropEvent(drop)
    settled()
    assert window.pages["imports"].preview.pane.model.rowCount() == 1


def test_the_foot_tells_of_long_work_on_the_index_and_stops_it(
    qtbot: QtBot, window: MainWindow, settled: Settled
) -> None:
    assert window.desk.indexer.wait_until_idle(30)
    settled()
    index = window.foot.index
    assert index.isHidden()
    window.foot.show_indexing(Indexing(Message("search.rebuilding"), 30, 120))
    assert index.isHidden()
    qtbot.waitUntil(index.isVisible, timeout=30_000)
    assert index.text == "Building the search index 25%"
    assert index.button.text() == "Cancel"
    window.foot.show_indexing(Indexing(is_paused=True))
    assert index.isVisible()
    assert "not complete" in index.text
    qtbot.mouseClick(index.button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(index.isHidden, timeout=30_000)


def test_facets_take_no_room_where_there_are_none(
    window: MainWindow, desk: Desk, settled: Callable[[], None]
) -> None:
    desk.directory.add("supplier", {"name_en": "Haida", "country": "CN"})
    desk.search.rebuild()
    window.navigation.search("haida")
    settled()
    assert window.results.facets.isVisible()
    window.navigation.search("zzqx")
    settled()
    assert not window.results.facets.isVisible()
