"""A mistake in a list's filter is marked where it stands, with a hint; the rest still filters."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from app.desk import Desk
from ui import theme
from ui.forms.query_edit import QueryEdit
from ui.window.frame import MainWindow

Settled = Callable[[], None]


@pytest.fixture
def filter_box(desk: Desk, window: MainWindow, settled: Settled) -> QueryEdit:
    desk.directory.add("supplier", {"name_zh": "宁波海达", "country": "CN"})
    desk.directory.add("supplier", {"name_zh": "柏林海达", "country": "DE"})
    window.navigation.go("suppliers")
    settled()
    return window.pages["suppliers"].filter


def marked_pixels(box: QueryEdit) -> list[int]:
    image = box.grab().toImage()
    wanted = theme.colours().error
    return [
        x
        for x in range(image.width())
        if any(image.pixelColor(x, y).name() == wanted for y in range(image.height()))
    ]


def test_a_mistake_is_underlined_with_a_hint_and_the_rest_filters(
    qtbot: QtBot, window: MainWindow, settled: Settled, filter_box: QueryEdit
) -> None:
    page = window.pages["suppliers"]
    filter_box.setFixedWidth(500)
    settled()
    filter_box.setText("海达 country:CN created:>soon")
    qtbot.waitUntil(lambda: bool(filter_box.troubles), timeout=5_000)
    settled()
    (trouble,) = filter_box.troubles
    assert filter_box.text()[trouble.start : trouble.end].strip().startswith("created")
    assert filter_box.toolTip() == filter_box.hint == page._problem.text() != ""
    marked = marked_pixels(filter_box)
    width = filter_box.fontMetrics().horizontalAdvance
    assert marked[0] >= width("海达 country:CN")
    assert len(marked) >= width("created") // 2
    filter_box.setText("海达 country:CN")
    assert filter_box.troubles == ()
    assert marked_pixels(filter_box) == []
    qtbot.waitUntil(lambda: page._problem.text() == "", timeout=5_000)
    settled()
    assert page.model.rowCount() == 1
