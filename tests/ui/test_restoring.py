"""A backup is put in the place of the open book, or of a damaged one, from the window."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from open_window import PATIENCE_MS
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox
from pytestqt.qtbot import QtBot

from app.desk import Desk
from database.errors import BookError, Problem
from database.opening import DATABASE_FILE
from ui.window.frame import MainWindow
from ui.window.restoring import RestoreDialog, mended, put_back
from ui.words import say


def visible(kind: type[QMessageBox | RestoreDialog]) -> QMessageBox | RestoreDialog | None:
    shown = (one for one in QApplication.topLevelWidgets() if isinstance(one, kind))
    return next((one for one in shown if one.isVisible()), None)


def test_the_open_book_goes_back_to_a_backup_and_is_backed_up_before(
    qtbot: QtBot, window: MainWindow, desk: Desk, settled: Callable[[], None], tmp_path: Path
) -> None:
    desk.directory.add("supplier", {"name_en": "Kept Ltd"})
    kept = desk.upkeep.back_up_automatically()
    desk.directory.add("supplier", {"name_en": "Mistake Ltd"})
    assert kept is not None
    window.ask_for_backup()
    settled()
    dialog = window.findChild(RestoreDialog)
    assert dialog is not None
    with qtbot.waitSignal(window.closed, timeout=PATIENCE_MS):
        qtbot.keyClick(dialog.table, Qt.Key.Key_Return)
    assert window.backup_to_restore == kept.file
    assert len(desk.upkeep.automatic_backups()) == 2
    assert "before-restore-" in put_back(kept.file, desk.folder)
    again = Desk(desk.folder, cache=tmp_path / "other cache", data=tmp_path / "data")
    assert again.lists.count("supplier") == 1
    again.close()


def test_escape_keeps_the_book_as_it_is(
    qtbot: QtBot, window: MainWindow, desk: Desk, settled: Callable[[], None]
) -> None:
    desk.directory.add("supplier", {"name_en": "Kept Ltd"})
    desk.upkeep.back_up_automatically()
    window.ask_for_backup()
    settled()
    qtbot.keyClick(window.findChild(RestoreDialog), Qt.Key.Key_Escape)
    settled()
    assert window.isVisible()
    assert window.backup_to_restore is None


def test_a_damaged_book_is_given_up_for_its_newest_backup(
    qtbot: QtBot, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.directory.add("supplier", {"name_en": "Kept Ltd"})
    kept = desk.upkeep.back_up_automatically()
    desk.close()
    assert kept is not None
    monkeypatch.setattr("ui.window.restoring.default_data", lambda: kept.file.parents[2])
    (desk.folder / DATABASE_FILE).write_bytes(b"no book any more")

    def answer() -> None:
        if isinstance(box := visible(QMessageBox), QMessageBox):
            wanted = next(b for b in box.buttons() if b.text() == say("window.restore.open"))
            qtbot.mouseClick(wanted, Qt.MouseButton.LeftButton)
        elif isinstance(dialog := visible(RestoreDialog), RestoreDialog):
            qtbot.keyClick(dialog.table, Qt.Key.Key_Return)

    person = QTimer(interval=20)
    person.timeout.connect(answer)
    person.start()
    assert mended(BookError(Problem.NOT_A_BOOK, desk.folder), desk.folder)
    person.stop()
    again = Desk(desk.folder, cache=tmp_path / "other cache", data=tmp_path / "data")
    assert again.lists.count("supplier") == 1
    again.close()


def test_what_is_no_backup_is_told_and_leaves_the_book(
    qtbot: QtBot, desk: Desk, tmp_path: Path
) -> None:
    desk.directory.add("supplier", {"name_en": "Kept Ltd"})
    desk.close()
    wrong = tmp_path / "wrong.entrepot"
    wrong.write_text("not a backup", encoding="utf-8")
    told: list[str] = []

    def answer() -> None:
        if isinstance(box := visible(QMessageBox), QMessageBox):
            told.append(box.text())
            box.accept()

    person = QTimer(interval=20)
    person.timeout.connect(answer)
    person.start()
    assert put_back(wrong, desk.folder) == ""
    person.stop()
    assert "wrong.entrepot" in told[0]
    again = Desk(desk.folder, cache=tmp_path / "other cache", data=tmp_path / "data")
    assert again.lists.count("supplier") == 1
    again.close()


def test_enter_on_the_button_that_has_the_keyboard_asks_for_the_file(
    qtbot: QtBot,
    window: MainWindow,
    settled: Callable[[], None],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(
        QFileDialog, "getOpenFileName", lambda *_asked: (str(tmp_path / "a.entrepot"), "")
    )
    dialog = RestoreDialog([], is_sound=True, parent=window)
    with qtbot.waitActive(dialog, timeout=PATIENCE_MS):
        dialog.open()
    qtbot.waitUntil(dialog.other_button.hasFocus, timeout=PATIENCE_MS)
    qtbot.keyClick(dialog.other_button, Qt.Key.Key_Return)
    assert dialog.chosen == tmp_path / "a.entrepot"
