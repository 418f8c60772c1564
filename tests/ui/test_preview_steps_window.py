"""What was chosen of a file is taken back by the keys of undo, and the book stays as it is."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.desk import Desk
from app.sheets.plan.outcome import OnDuplicate
from ui.imports.preview import PreviewPage
from ui.imports.rows_model import FIXED_COLUMNS
from ui.window.frame import MainWindow

Settled = Callable[[], None]


@pytest.fixture
def preview(window: MainWindow, desk: Desk, settled: Settled, tmp_path: Path) -> PreviewPage:
    """A sheet in the preview, after a company was added to the book."""
    desk.directory.add("supplier", {"name_zh": "金华甲五金厂", "country": "CN"})
    path = tmp_path / "a.csv"
    path.write_text("公司名称,城市,代号\n宁波海达塑料制品有限公司,宁波,K1\n", encoding="utf-8")
    window.open_files([path])
    settled()
    found = window.pages["imports"].preview
    assert isinstance(found, PreviewPage)
    return found


def press(qtbot: QtBot, key: QKeySequence.StandardKey, settled: Settled) -> None:
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keySequence(focus, QKeySequence(key))
    settled()


def test_each_choice_is_taken_back_and_chosen_again_with_the_keyboard(
    qtbot: QtBot, preview: PreviewPage, desk: Desk, settled: Settled
) -> None:
    undo, redo = QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo
    model, bar = preview.pane.model, preview.pane.bar
    place = model.index(0, FIXED_COLUMNS + 1)
    preview.pane.rows.setFocus()
    model.setData(place, "余姚")
    settled()
    bar.choice("代号").chosen.emit("代号", "note")
    settled()
    qtbot.keyClick(preview.choices.duplicates, Qt.Key.Key_Down)
    settled()
    assert preview._options.on_duplicate is OnDuplicate.OVERWRITE
    preview.pane.rows.setFocus()
    press(qtbot, undo, settled)
    assert preview.choices.duplicates.currentIndex() == 0
    press(qtbot, undo, settled)
    assert bar.choice("代号").column.keep_as == "custom"
    press(qtbot, undo, settled)
    assert model.data(place) == "宁波"
    for _ in range(3):
        press(qtbot, redo, settled)
    assert model.data(place) == "余姚"
    assert bar.choice("代号").column.keep_as == "note"
    assert preview.choices.duplicates.currentIndex() == 1
    assert desk.lists.count("supplier") == 1


def test_where_nothing_was_chosen_undo_is_of_the_book(
    qtbot: QtBot, preview: PreviewPage, desk: Desk, settled: Settled
) -> None:
    press(qtbot, QKeySequence.StandardKey.Undo, settled)
    assert desk.lists.count("supplier") == 0


def test_the_hand_goes_on_where_values_are_given_once_one_was_taken_off(
    qtbot: QtBot, preview: PreviewPage, settled: Settled
) -> None:
    preview._set_constant("country", "DE")
    settled()
    chip = preview.constants.itemAt(0).widget()
    chip.setFocus()
    qtbot.keyClick(chip, Qt.Key.Key_Space)
    settled()
    assert not preview._options.overrides.constants
    assert preview.pane.constant_button.hasFocus()


@pytest.mark.parametrize("goes_away", [False, True])
def test_a_sheet_that_was_given_up_is_come_back_to_with_what_was_chosen(
    window: MainWindow, preview: PreviewPage, settled: Settled, goes_away: bool
) -> None:
    model = preview.pane.model
    place = model.index(0, FIXED_COLUMNS + 1)
    model.setData(place, "余姚")
    settled()
    preview.leave_button.click()
    settled()
    assert preview.path is None
    if goes_away:
        window.navigation.go("suppliers")
        settled()
    assert window._toast.text.text() == "Not imported yet: a.csv"
    window._toast.action.click()
    settled()
    assert preview.isVisible()
    assert model.data(place) == "余姚"
    assert preview.import_button.isEnabled()


def test_a_sheet_of_which_nothing_was_chosen_is_given_up_without_a_word(
    window: MainWindow, preview: PreviewPage, settled: Settled
) -> None:
    preview.leave_button.click()
    settled()
    assert preview.path is None
    assert not window._toast.isVisible()
