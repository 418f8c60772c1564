"""A person folds the panel beside the lines of a quotation away, and finds it as it was left."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QLineEdit, QTextEdit
from pytestqt.qtbot import QtBot

from app.desk import Desk
from app.quotations.service import QuotationDraft
from ui.forms.late_tabs import LateTab
from ui.quotations.side_panel import SidePanel
from ui.window.frame import MainWindow


@pytest.fixture
def settings(tmp_path: Path) -> QSettings:
    return QSettings(str(tmp_path / "panel.ini"), QSettings.Format.IniFormat)


def _panel(qtbot: QtBot, settings: QSettings, width: int) -> SidePanel:
    tabs = [LateTab(name, QLineEdit, print) for name in ("editor.terms", "editor.why")]
    panel = SidePanel(tabs, settings)
    panel.lines.setFocusProxy(QTextEdit(panel.lines))
    qtbot.addWidget(panel)
    qtbot.addWidget(panel.button)
    panel.resize(width, 500)
    panel.show()
    return panel


def test_a_narrow_page_gives_its_room_to_the_lines(qtbot: QtBot, settings: QSettings) -> None:
    panel = _panel(qtbot, settings, 840)
    assert not panel.is_open
    panel.resize(1200, 500)
    assert panel.is_open
    assert panel.sizes()[1] == 360
    panel.resize(840, 500)
    assert not panel.is_open


def test_what_a_person_chose_outlives_the_width_and_the_day(
    qtbot: QtBot, settings: QSettings
) -> None:
    panel = _panel(qtbot, settings, 1200)
    panel.button.click()
    assert not panel.is_open
    panel.resize(840, 500)
    panel.resize(1300, 500)
    assert not panel.is_open
    assert not _panel(qtbot, settings, 1200).is_open
    panel.button.click()
    assert _panel(qtbot, settings, 840).is_open


def test_the_width_the_handle_was_moved_to_is_kept(qtbot: QtBot, settings: QSettings) -> None:
    panel = _panel(qtbot, settings, 1200)
    panel.moveSplitter(700, 1)
    kept = panel.sizes()[1]
    assert kept > 400
    again = _panel(qtbot, settings, 1200)
    assert again.sizes()[1] == kept
    again.button.click()
    again.button.click()
    assert again.sizes()[1] == kept


def test_pushed_to_the_edge_the_panel_is_folded(qtbot: QtBot, settings: QSettings) -> None:
    panel = _panel(qtbot, settings, 1200)
    panel.moveSplitter(1190, 1)
    assert not panel.is_open
    assert not panel.button.isChecked()
    panel.button.click()
    assert panel.sizes()[1] == 360


def test_what_is_asked_for_unfolds_the_panel_for_now(qtbot: QtBot, settings: QSettings) -> None:
    panel = _panel(qtbot, settings, 840)
    panel.reveal(1)
    assert panel.is_open
    assert panel.tabs.currentIndex() == 1
    assert not _panel(qtbot, settings, 840).is_open


def test_the_keys_fold_it_and_the_focus_goes_to_the_lines(
    qtbot: QtBot, window: MainWindow, desk: Desk, settled: Callable[[], None]
) -> None:
    quotation = desk.quotations.draft(
        QuotationDraft(buyer="Nordic Home AB", lines=[{"kind": "free", "name_en": "Cups"}])
    )
    window.navigation.go("quotations", quotation)
    settled()
    editor = window.pages["quotations"].editor
    window.activateWindow()
    if not editor.side.is_open:
        qtbot.keyClick(editor.grid, Qt.Key.Key_F8)
    editor.panels.tabBar().setFocus()
    qtbot.waitUntil(editor.panels.tabBar().hasFocus, timeout=30_000)
    qtbot.keyClick(editor.panels.tabBar(), Qt.Key.Key_F8)
    assert not editor.side.is_open
    qtbot.waitUntil(editor.grid.hasFocus, timeout=30_000)
    qtbot.keyClick(editor.grid, Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
    assert editor.side.is_open
    qtbot.waitUntil(editor.why.target.price.hasFocus, timeout=30_000)
