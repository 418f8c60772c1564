"""A filter, an order and columns are kept under a name: picked, renamed, deleted and brought back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.desk import Desk
from app.lists import Sort
from ui.lists.page import ListPage
from ui.window.frame import MainWindow
from ui.window.palette import Palette

Settled = Callable[[], None]


@pytest.fixture
def suppliers(desk: Desk, window: MainWindow, settled: Settled) -> ListPage:
    for name, city in (("甲厂", "宁波"), ("乙厂", "宁波"), ("丙厂", "义乌")):
        desk.directory.add("supplier", {"name_zh": name, "city": city, "country": "CN"})
    window.navigation.go("suppliers")
    settled()
    return window.pages["suppliers"]


def shown(page: ListPage) -> list[str]:
    return [page.model._desk.lists.row(page.kind, id_)[0] for id_ in page.model.all_ids()]


def entries(page: ListPage, desk: Desk) -> list[tuple[str, bool]]:
    menu = page.views.menu_of(desk.saved_views.all(page.kind))
    return [(entry.text(), entry.isChecked()) for entry in menu.actions() if entry.isCheckable()]


def saved(page: ListPage, settled: Settled, name: str) -> None:
    dialog = page.views.save()
    dialog.form.editors["name"].widget.setText(name)
    dialog.save_button.click()
    settled()


def test_a_view_keeps_filter_order_and_columns_in_whatever_language_it_was_typed(
    desk: Desk, suppliers: ListPage, settled: Settled
) -> None:
    suppliers.filter.setText("城市:宁波 country:china")
    suppliers.table.sort_by(Sort("name_zh"))
    suppliers.table.show_columns(["city", "name_zh"])
    saved(suppliers, settled, "宁波的厂")
    columns = [field.key for field in suppliers.model.fields]
    suppliers.table.show_columns(columns)
    suppliers.table.sort_by(None)
    suppliers.filter.clear()
    settled()
    (view,) = desk.saved_views.all("supplier")
    suppliers.use_view(view)
    settled()
    assert shown(suppliers) == ["乙厂", "甲厂"]
    assert suppliers.table.shown_columns() == ("city", "name_zh")
    assert suppliers.table.horizontalHeader().sortIndicatorSection() == columns.index("name_zh")
    assert suppliers.view() == replace(view, id=0, name="")


def test_the_view_in_use_is_ticked_renamed_deleted_and_brought_back(
    desk: Desk, window: MainWindow, suppliers: ListPage, settled: Settled
) -> None:
    suppliers.filter.setText("city:义乌")
    saved(suppliers, settled, "Yiwu")
    assert entries(suppliers, desk) == [("Yiwu", True)]
    suppliers.filter.setText("city:宁波")
    assert entries(suppliers, desk) == [("Yiwu", False)]
    (view,) = desk.saved_views.all()
    dialog = suppliers.views.rename(view)
    dialog.form.editors["name"].widget.setText("义乌 & Co")
    dialog.save_button.click()
    settled()
    (view,) = desk.saved_views.all()
    assert view.name == "义乌 & Co"
    suppliers.filter.setText("city:义乌")
    menu = suppliers.views.menu_of([view])
    named = [entry.text() for entry in menu.actions() if "义乌" in entry.text()]
    assert len(named) == 3
    # One "&" alone would be read as the mark of a key.
    assert all("义乌 && Co" in text for text in [*named, window.foot.undo_button.text()])
    suppliers.views.delete(view)
    settled()
    assert desk.saved_views.all() == ()
    window.undo()
    settled()
    assert desk.saved_views.all() == (view,)


def test_the_same_name_replaces_a_view_and_none_is_asked_for_again(
    desk: Desk, suppliers: ListPage, settled: Settled
) -> None:
    saved(suppliers, settled, "mine")
    suppliers.filter.setText("city:宁波")
    saved(suppliers, settled, "Mine")
    (view,) = desk.saved_views.all()
    assert (view.name, view.query) == ("Mine", "city:宁波")
    dialog = suppliers.views.save()
    dialog.save_button.click()
    settled()
    assert dialog.isVisible()
    assert "name" in dialog._problem.text()


def test_a_view_is_opened_from_the_palette(
    qtbot: QtBot, desk: Desk, window: MainWindow, suppliers: ListPage, settled: Settled
) -> None:
    suppliers.filter.setText("city:义乌")
    saved(suppliers, settled, "义乌的厂")
    suppliers.filter.clear()
    window.navigation.go("history")
    settled()
    window.open_palette()
    palette = window.findChild(Palette)
    qtbot.keyClicks(palette.filter, "yiwu")
    qtbot.keyClick(palette.filter, Qt.Key.Key_Return)
    settled()
    assert window.navigation.current.place == "suppliers"
    assert suppliers.filter.text() == "city:义乌"
    assert shown(suppliers) == ["丙厂"]
