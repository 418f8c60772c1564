"""Owns what tests in the window share: a window on a fresh book, and waiting for its answers.

Must not know any page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.desk import Desk
from ui.window.frame import MainWindow
from ui.window.main import make_application
from ui.words import words

#: A busy machine is slow; a test that passes does not wait for it.
PATIENCE_MS = 30_000


@pytest.fixture(scope="session")
def qapp() -> QApplication:
    """The application with our look."""
    return make_application()


@pytest.fixture
def window(qtbot: QtBot, desk: Desk, tmp_path: Path) -> Iterator[MainWindow]:
    """The window on an empty book, in English."""
    words.use("en")
    settings = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
    opened = MainWindow(desk, settings)
    qtbot.addWidget(opened)
    with qtbot.waitActive(opened, timeout=PATIENCE_MS):
        opened.show()
        opened.activateWindow()
    qtbot.waitUntil(lambda: opened.tasks.is_idle, timeout=PATIENCE_MS)
    yield opened
    opened.close()
    words.use("en")


@pytest.fixture
def settled(qtbot: QtBot, window: MainWindow) -> Callable[[], None]:
    """Waits until all background work has answered."""

    def wait() -> None:
        qtbot.waitUntil(lambda: window.tasks.is_idle, timeout=PATIENCE_MS)
        QApplication.processEvents()
        qtbot.waitUntil(lambda: window.tasks.is_idle, timeout=PATIENCE_MS)

    return wait
