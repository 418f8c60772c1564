"""A person finds an entry of the trade glossary, adds one, changes one, takes one out and back."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.desk import Desk
from app.search.results import Request
from ui.forms.dialog import RecordDialog
from ui.search.glossary_dialog import GlossaryDialog
from ui.window.frame import MainWindow
from ui.window.palette import Palette

Settled = Callable[[], None]


@pytest.fixture
def glossary(window: MainWindow, settled: Settled) -> GlossaryDialog:
    window.open_glossary()
    settled()
    return window.findChild(GlossaryDialog)


def cells(dialog: GlossaryDialog, row: int = 0) -> list[str]:
    model = dialog.model
    return [model.index(row, column).data() for column in range(model.columnCount())]


def type_into(dialog: GlossaryDialog, settled: Settled, **values: str) -> RecordDialog:
    form = dialog.findChild(RecordDialog)
    for key, value in values.items():
        form.form.editors[key].set_value(value)
    form.save_button.click()
    settled()
    return form


def test_the_filter_finds_names_in_both_languages(glossary: GlossaryDialog) -> None:
    total = glossary.model.rowCount()
    assert total > 300
    for text in ("保温杯", "THERMOS cup", "保溫杯"):
        glossary.filter.setText(text)
        assert 0 < glossary.model.rowCount() < 10
        assert cells(glossary)[0] == "保温杯"
    glossary.filter.setText("no such thing")
    assert glossary.model.rowCount() == 0
    assert not glossary.edit_button.isEnabled()
    glossary.filter.clear()
    assert glossary.model.rowCount() == total


def test_an_added_entry_is_used_at_once_and_undone(
    desk: Desk, glossary: GlossaryDialog, settled: Settled
) -> None:
    product = desk.directory.add("product", {"name_zh": "搪瓷缸"})
    assert not glossary.undo_button.isEnabled()
    glossary.add_button.click()
    type_into(glossary, settled, chinese="搪瓷缸", english="camp cup", others="tin cup")
    assert cells(glossary) == ["搪瓷缸", "camp cup", "tin cup", "Yours"]
    desk.search.update()
    assert [hit.key for hit in desk.search.find(Request("camp cup")).hits] == [("product", product)]
    glossary.undo_button.click()
    settled()
    assert "搪瓷缸" not in cells(glossary)
    assert not glossary.undo_button.isEnabled()
    assert desk.lists.count("product") == 1


def test_one_name_is_refused_with_the_reason(glossary: GlossaryDialog, settled: Settled) -> None:
    glossary.add()
    form = type_into(glossary, settled, chinese="搪瓷缸")
    assert form.isVisible()
    assert "two names" in form._problem.text()


def test_a_supplied_entry_is_changed_and_taken_out_and_brought_back(
    glossary: GlossaryDialog, settled: Settled
) -> None:
    total = glossary.model.rowCount()
    glossary.filter.setText("焖烧罐")
    assert cells(glossary)[3] == "Supplied"
    glossary.edit()
    type_into(glossary, settled, english="stew jar")
    assert cells(glossary)[1] == "stew jar"
    assert cells(glossary)[3] == "Changed by you"
    glossary.delete_button.click()
    settled()
    assert glossary.model.rowCount() == 0
    assert glossary.back_button.isVisible()
    glossary.back_button.click()
    settled()
    assert cells(glossary)[1] == "food jar"
    glossary.filter.clear()
    assert glossary.model.rowCount() == total


def test_the_palette_and_both_languages_open_it(
    qtbot: QtBot, window: MainWindow, settled: Settled
) -> None:
    window.use_language("zh_CN")
    qtbot.waitUntil(lambda: "商埠" in window.windowTitle())
    settled()
    window.open_palette()
    palette = window.findChild(Palette)
    qtbot.keyClicks(palette.filter, "ciku")
    assert palette.list.count() == 1
    qtbot.keyClick(palette.filter, Qt.Key.Key_Return)
    settled()
    dialog = window.findChild(GlossaryDialog)
    assert dialog.windowTitle() == "行业词库"
    assert dialog.model.headerData(3, Qt.Orientation.Horizontal) == "来源"
