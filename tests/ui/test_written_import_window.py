"""While an import is written its preview says why nothing can be changed, and its result is never lost."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.desk import Desk
from ui.imports.preview import PreviewPage
from ui.window.frame import MainWindow
from ui.words import words

Settled = Callable[[], None]
CITY = 2


def written(window: MainWindow, settled: Settled, folder: Path, *names: str) -> PreviewPage:
    """The preview of the first of the files with a supplier each; its import has begun."""
    paths = [folder / f"{name}.csv" for name in names]
    for path in paths:
        path.write_text(f"公司名称,城市\n{path.stem}厂有限公司,宁波\n", encoding="utf-8")
    window.open_files(paths[:1])
    settled()
    preview = window.pages["imports"].preview
    assert isinstance(preview, PreviewPage)
    preview.import_button.click()
    if paths[1:]:
        window.open_files(paths[1:])
    return preview


@pytest.mark.parametrize("key", [Qt.Key.Key_A, Qt.Key.Key_F2])
def test_typing_into_a_sheet_that_is_written_changes_nothing_and_says_why(
    qtbot: QtBot,
    window: MainWindow,
    desk: Desk,
    settled: Settled,
    tmp_path: Path,
    key: Qt.Key,
) -> None:
    rows = written(window, settled, tmp_path, "a").pane.rows
    rows.setCurrentIndex(rows.model().index(0, CITY))
    qtbot.keyClick(rows, key)
    assert "is being imported" in window._toast.text.text()
    assert rows.state() is not rows.State.EditingState
    settled()
    assert desk.lists.count("supplier", where="宁波") == 1


def test_moving_about_in_a_sheet_that_is_written_says_nothing(
    qtbot: QtBot, window: MainWindow, settled: Settled, tmp_path: Path
) -> None:
    rows = written(window, settled, tmp_path, "a").pane.rows
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_Shift):
        qtbot.keyClick(rows, key)
    assert not window._toast.isVisible()


def test_a_row_of_a_sheet_that_is_written_cannot_be_left_out_and_it_says_why(
    qtbot: QtBot, window: MainWindow, desk: Desk, settled: Settled, tmp_path: Path
) -> None:
    preview = written(window, settled, tmp_path, "a")
    preview.pane.actions_of_row["leave"].trigger()
    assert "is being imported" in window._toast.text.text()
    settled()
    assert desk.lists.count("supplier") == 1


def test_cells_can_be_typed_over_again_once_it_was_stopped(
    qtbot: QtBot, window: MainWindow, settled: Settled, tmp_path: Path
) -> None:
    preview = written(window, settled, tmp_path, "a")
    preview.leave()
    settled()
    rows = preview.pane.rows
    rows.setCurrentIndex(rows.model().index(0, CITY))
    qtbot.keyClick(rows, Qt.Key.Key_F2)
    assert rows.state() is rows.State.EditingState


def test_an_import_goes_on_in_another_language_and_tells_what_came_of_it(
    window: MainWindow, desk: Desk, settled: Settled, tmp_path: Path
) -> None:
    written(window, settled, tmp_path, "a")
    words.use("zh_CN")
    preview = window.pages["imports"].preview
    assert preview.leave_button.text() == "停止导入"
    assert not preview.import_button.isEnabled()
    settled()
    assert window._toast.isVisible()
    assert window._toast.text.text() == "新增：1 家供应商"
    window._toast.action.click()
    settled()
    assert desk.lists.count("supplier") == 0


def test_an_import_done_at_the_moment_the_language_changes_shows_its_records(
    window: MainWindow, settled: Settled, tmp_path: Path
) -> None:
    written(window, settled, tmp_path, "a")
    assert window.tasks.has_written(30)
    words.use("zh_CN")
    settled()
    assert window.navigation.current.place == "suppliers"
    assert window._stack.currentWidget() is window.pages["suppliers"]


def test_an_import_behind_another_file_tells_what_came_of_it_in_another_language_too(
    window: MainWindow, settled: Settled, tmp_path: Path
) -> None:
    written(window, settled, tmp_path, "a", "b")
    words.use("zh_CN")
    settled()
    assert window._toast.text.text() == "新增：1 家供应商"
    preview = window.pages["imports"].preview
    assert preview._title.text() == "b.csv"
    assert preview.import_button.isEnabled()
