"""What tells the rows of a preview apart stays in sight, and a preview that was left is come back to."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from app.desk import Desk
from ui.imports.page import ImportsPage
from ui.imports.preview import PreviewPage
from ui.imports.rows_model import FIXED_COLUMNS
from ui.imports.rows_pane import RowsPane
from ui.window.frame import MainWindow
from ui.words import words

Settled = Callable[[], None]


def opened(window: MainWindow, settled: Settled, *paths: Path) -> ImportsPage:
    window.open_files(list(paths))
    settled()
    page = window.pages["imports"]
    assert isinstance(page, ImportsPage)
    return page


def sheets_in(folder: Path, *names: str) -> list[Path]:
    """A sheet with one supplier for each name."""
    files = [folder / f"{name}.csv" for name in names]
    for path in files:
        path.write_text(f"公司名称,城市\n{path.stem}厂有限公司,宁波\n", encoding="utf-8")
    return files


def corrected(preview: PreviewPage, city: str, settled: Settled) -> None:
    model = preview.pane.model
    model.setData(model.index(0, FIXED_COLUMNS + 1), city)
    settled()


def city_in(preview: PreviewPage) -> object:
    return preview.pane.model.index(0, FIXED_COLUMNS + 1).data()


@pytest.fixture
def wide(window: MainWindow, settled: Settled, tmp_path: Path) -> RowsPane:
    """The rows of a sheet that is far wider than the window, of which the second has no company."""
    path = tmp_path / "wide.csv"
    heads = ["公司名称", "城市", *(f"Extra {n}" for n in range(20))]
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = [[name, "宁波", *("x" * 20)] for name in ("甲厂有限公司", "", "乙厂有限公司")]
        csv.writer(file).writerows([heads, *rows])
    window.resize(1100, 700)
    return opened(window, settled, path).preview.pane


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


@pytest.fixture
def past(window: MainWindow, desk: Desk, settled: Settled, tmp_path: Path) -> int:
    """An import that was done before."""
    opened(window, settled, *sheets_in(tmp_path, "past")).preview.import_button.click()
    settled()
    return desk.lists.ids("import")[0]


@pytest.mark.parametrize("way", ["bar", "sidebar", "back"])
def test_a_preview_that_was_left_for_a_past_import_is_come_back_to(
    window: MainWindow, desk: Desk, settled: Settled, tmp_path: Path, past: int, way: str
) -> None:
    page = opened(window, settled, *sheets_in(tmp_path, "a", "b"))
    corrected(page.preview, "永康", settled)
    window.navigation.go("imports", past)
    settled()
    assert page.currentWidget() is page.list
    assert page.list.table.hasFocus()
    assert page.waiting.isVisible()
    told = page.waiting.findChild(QLabel).text()
    assert "a.csv" in told
    assert "1 more file follows" in told
    ways = {
        "bar": page.waiting.back.click,
        "sidebar": lambda: window.navigation.go("imports"),
        "back": window.navigation.back,
    }
    ways[way]()
    settled()
    assert page.currentWidget() is page.preview
    assert city_in(page.preview) == "永康"
    page.preview.import_button.click()
    settled()
    assert page.preview._title.text() == "b.csv"
    page.preview.leave_button.click()
    settled()
    assert page.currentWidget() is page.list
    assert not page.waiting.isVisible()
    assert desk.lists.count("supplier", where="永康") == 1


def test_who_went_to_a_past_import_while_one_is_written_stays_there(
    window: MainWindow, desk: Desk, settled: Settled, tmp_path: Path, past: int
) -> None:
    page = opened(window, settled, *sheets_in(tmp_path, "a"))
    page.preview.import_button.click()
    window.navigation.go("imports", past)
    assert page.waiting.isVisible()
    settled()
    assert desk.lists.count("supplier") == 2
    assert window.navigation.current.record_id == past
    assert page.currentWidget() is page.list
    assert not page.waiting.isVisible()
    assert page.list.model.rowCount() == 2


def test_a_preview_comes_after_files_that_are_dropped_in_between_as_it_was_left(
    window: MainWindow, settled: Settled, tmp_path: Path
) -> None:
    first, second, dropped = sheets_in(tmp_path, "a", "b", "c")
    preview = opened(window, settled, first, second).preview
    corrected(preview, "永康", settled)
    opened(window, settled, dropped)
    for name, city in (("c.csv", "宁波"), ("a.csv", "永康"), ("b.csv", "宁波")):
        assert preview._title.text() == name
        assert city_in(preview) == city
        preview.leave_button.click()
        settled()
    assert not preview.isVisible()


def test_a_preview_stays_open_in_another_language(
    window: MainWindow, desk: Desk, settled: Settled, tmp_path: Path
) -> None:
    corrected(opened(window, settled, *sheets_in(tmp_path, "a", "b")).preview, "永康", settled)
    words.use("zh_CN")
    settled()
    preview = window.pages["imports"].preview
    assert preview.isVisible()
    assert preview.leave_button.text() == "跳过此文件"
    assert city_in(preview) == "永康"
    preview.import_button.click()
    settled()
    assert preview._title.text() == "b.csv"
    assert desk.lists.count("supplier", where="永康") == 1


def test_the_file_in_the_preview_is_read_anew_when_it_is_given_again(
    window: MainWindow, settled: Settled, tmp_path: Path
) -> None:
    (path,) = sheets_in(tmp_path, "a")
    preview = opened(window, settled, path).preview
    path.write_text("公司名称,城市\n甲厂有限公司,义乌\n", encoding="utf-8")
    opened(window, settled, path)
    assert city_in(preview) == "义乌"
    assert preview.leave_button.text() == "Cancel"


def test_the_list_is_read_once_after_an_import_and_when_it_is_in_sight(
    window: MainWindow, desk: Desk, settled: Settled, shared_sheets: Path, tmp_path: Path
) -> None:
    path = shared_sheets / "reference" / "cn-industrial-categories-3level.xlsx"
    page = opened(window, settled, path)
    read: list[int] = []
    page.list.model.counted.connect(read.append)
    page.preview.import_button.click()
    settled()
    assert page.list.isVisible()
    assert read == [1]
    opened(window, settled, *sheets_in(tmp_path, "a"))
    page.preview.import_button.click()
    settled()
    assert window.navigation.current.place == "suppliers"
    assert read == [1]
    window.navigation.go("imports")
    settled()
    assert read == [1, 2]


@pytest.mark.parametrize("way", ["button", "key", "foot"])
def test_an_import_that_is_stopped_imports_nothing_says_so_and_can_be_started_again(
    qtbot: QtBot, window: MainWindow, desk: Desk, settled: Settled, tmp_path: Path, way: str
) -> None:
    preview = opened(window, settled, *sheets_in(tmp_path, "a")).preview
    corrected(preview, "永康", settled)
    preview.import_button.click()
    assert preview.leave_button.text() == "Stop the import"
    if way == "key":
        qtbot.keyClick(window, Qt.Key.Key_Escape)
    else:
        (preview.leave_button if way == "button" else window.foot.cancel).click()
    settled()
    assert desk.lists.count("supplier") == 0
    assert window._toast.text.text() == "Stopped. Nothing of “a.csv” was imported."
    assert preview.isVisible()
    assert preview.import_button.hasFocus()
    assert preview.leave_button.text() == "Cancel"
    assert city_in(preview) == "永康"
    preview.import_button.click()
    settled()
    assert desk.lists.count("supplier") == 1


def test_nothing_is_offered_for_the_columns_before_a_file_is_read_and_while_it_is_written(
    window: MainWindow, settled: Settled, tmp_path: Path
) -> None:
    window.open_files(sheets_in(tmp_path, "a"))
    page = window.pages["imports"]
    assert isinstance(page, ImportsPage)
    offered = (page.preview.pane.constant_button, page.preview.pane.bar)
    assert not any(widget.isEnabled() for widget in offered)
    settled()
    assert all(widget.isEnabled() for widget in offered)
    page.preview.import_button.click()
    assert not any(widget.isEnabled() for widget in offered)
