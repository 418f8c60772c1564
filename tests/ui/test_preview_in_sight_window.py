"""What tells the rows of a preview apart stays in sight, and a preview that was left is come back to."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from ui.imports.page import ImportsPage
from ui.imports.rows_pane import RowsPane
from ui.window.frame import MainWindow

Settled = Callable[[], None]


def opened(window: MainWindow, path: Path, settled: Settled) -> ImportsPage:
    window.open_files([path])
    settled()
    page = window.pages["imports"]
    assert isinstance(page, ImportsPage)
    return page


@pytest.fixture
def wide(window: MainWindow, settled: Settled, tmp_path: Path) -> RowsPane:
    """The rows of a sheet that is far wider than the window, of which the second has no company."""
    path = tmp_path / "wide.csv"
    heads = ["公司名称", "城市", *(f"Extra {n}" for n in range(20))]
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = [[name, "宁波", *("x" * 20)] for name in ("甲厂有限公司", "", "乙厂有限公司")]
        csv.writer(file).writerows([heads, *rows])
    window.resize(1100, 700)
    return opened(window, path, settled).preview.pane


def test_number_and_outcome_of_a_row_stay_when_its_cells_are_scrolled(wide: RowsPane) -> None:
    bar, header = wide.rows.horizontalScrollBar(), wide.header
    last = wide.model.columnCount() - 1
    for value in (0, bar.maximum()):
        bar.setValue(value)
        assert header.isVisible()
        assert header.mapTo(wide.rows, QPoint(0, 0)).x() <= 1
        left, above = wide.rows.viewport(), wide.bar.viewport()
        assert (
            left.mapTo(wide, QPoint(0, 0)).x() >= header.mapTo(wide, header.rect().topRight()).x()
        )
        places = [
            view.mapTo(wide, QPoint(table.columnViewportPosition(last), 0)).x()
            for view, table in ((left, wide.rows), (above, wide.bar))
        ]
        assert places[0] == places[1]
    grabbed = header.viewport().grab().toImage()
    texts = {grabbed.pixelColor(x, 45).name() for x in range(grabbed.width())}
    assert len(texts) > 2


def test_number_and_outcome_are_read_out_with_the_row(wide: RowsPane) -> None:
    headers = wide.model.headerData
    rows = [headers(row, Qt.Orientation.Vertical) for row in range(2)]
    assert rows == ["Row 2: New", "Row 3: Joined"]
    columns = [headers(column, Qt.Orientation.Horizontal) for column in range(2)]
    assert columns == ["Why", "公司名称"]


def test_row_is_chosen_by_its_number(qtbot: QtBot, wide: RowsPane) -> None:
    header = wide.header
    place = QPoint(20, header.sectionViewportPosition(2) + 5)
    qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=place)
    row = wide.current_row()
    assert row is not None
    assert row.record.number == 4
    assert wide.words.text() == "Row 4: New"
