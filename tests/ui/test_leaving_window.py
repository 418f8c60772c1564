"""A window that is closed while the book is written stays until that is done, and says so."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from app.desk import Desk
from app.kernel.errors import AppError
from app.kernel.messages import Message
from ui.tasks import Task
from ui.window.frame import MainWindow
from ui.window.main import let_others_start
from ui.window.one_window import OneWindow, raise_first

Settled = Callable[[], None]
PATIENCE_MS = 30_000


@pytest.fixture
def may_end() -> Iterator[threading.Event]:
    """What a long write waits for."""
    event = threading.Event()
    yield event
    event.set()


def test_a_window_closes_once_what_is_written_is_done(
    qtbot: QtBot, window: MainWindow, may_end: threading.Event
) -> None:
    done: list[bool] = []

    def work(_task: Task[bool]) -> bool:
        return may_end.wait(PATIENCE_MS)

    window.tasks.write(window, Message("window.saving"), work, done.append)
    window.close()
    assert window.isVisible()
    assert window._toast.text.text() == "The window closes as soon as the book is written."
    with qtbot.waitSignal(window.closed, timeout=PATIENCE_MS):
        may_end.set()
    assert done == [True]
    assert not window.isVisible()


def test_while_a_closed_window_ends_its_work_another_can_be_opened(
    qtbot: QtBot, window: MainWindow, desk: Desk
) -> None:
    only = OneWindow(desk.folder, window.come_up)
    found: list[bool] = []
    window.gone.connect(partial(let_others_start, window, only))
    window.gone.connect(lambda: found.append(raise_first(desk.folder)))
    assert raise_first(desk.folder)
    window.close()
    assert found == [False]


@pytest.mark.logs_warnings
def test_a_defect_is_told_with_its_details_and_logged(
    qtbot: QtBot, window: MainWindow, settled: Settled, caplog: pytest.LogCaptureFixture
) -> None:
    def work(_task: Task[None]) -> None:
        raise LookupError("nothing was there")

    window.tasks.write(window, Message("window.saving"), work)
    settled()
    box = window.findChild(QMessageBox)
    assert box is not None
    copy = next(b for b in box.buttons() if box.buttonRole(b) is QMessageBox.ButtonRole.ActionRole)
    copy.click()
    assert "LookupError: nothing was there" in QGuiApplication.clipboard().text()
    assert [record.levelname for record in caplog.records] == ["ERROR"]


def test_a_window_stays_where_what_was_written_failed(
    qtbot: QtBot, window: MainWindow, settled: Settled, may_end: threading.Event
) -> None:
    def work(_task: Task[None]) -> None:
        may_end.wait(PATIENCE_MS)
        raise AppError("history.nothing_to_undo")

    window.tasks.write(window, Message("window.saving"), work)
    window.close()
    may_end.set()
    settled()
    assert window.isVisible()
    assert window._toast.text.text() == "There is nothing to undo."
    with qtbot.waitSignal(window.closed, timeout=PATIENCE_MS):
        window.close()


def test_what_an_undo_kept_is_told_by_its_name(
    window: MainWindow, desk: Desk, settled: Settled, tmp_path: Path
) -> None:
    path = tmp_path / "a.csv"
    path.write_text("公司名称,城市\n甲厂有限公司,宁波\n乙厂有限公司,义乌\n", encoding="utf-8")
    desk.sheets.commit(desk.sheets.preview(path))
    step = desk.history.undoable()
    edited = next(iter(desk.lists.ids("supplier", where="乙厂")))
    desk.edit("supplier", [edited], {"city": "永康"})
    window.navigation.go("imports", desk.lists.ids("import")[0])
    settled()
    page = window.pages["imports"]
    undo = next(action for action in page.list.page_actions if action.label == "sheets.undo_import")
    undo.run(page.list.table.selected_ids())
    settled()
    assert step is not None
    assert window._toast.text.text() == (
        "Undone: Import a.csv (1 row) Kept: 乙厂有限公司 (changed since)."
    )
    assert list(desk.lists.ids("supplier")) == [edited]
    assert "except what was changed since" in page.list.detail.about_undo.text()
    window.redo()
    settled()
    assert desk.lists.count("supplier") == 2
    assert desk.directory_views.company(edited).values["city"] == "永康"
