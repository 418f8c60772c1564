"""Owns what tests in the window share: a window on a fresh book, waiting for its
answers, and files copied and dropped.

Must not know any page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, QSettings, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.desk import Desk
from ui import turns
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
    """Waits until all background work has answered and what is made in turns is there."""

    def is_quiet() -> bool:
        return window.tasks.is_idle and turns.are_done()

    def wait() -> None:
        qtbot.waitUntil(is_quiet, timeout=PATIENCE_MS)
        QApplication.processEvents()
        qtbot.waitUntil(is_quiet, timeout=PATIENCE_MS)
        # What the last answer put into a layout is shown by an event of its own.
        QApplication.processEvents()

    return wait


def copied(*files: Path) -> QMimeData:
    """What the system hands over for files copied in its file manager."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
    return data


def drop(page: QWidget, *files: Path) -> bool:
    """Drops files in the middle of a page, as the system does; whether they are taken there."""
    data, at = copied(*files), QPointF(page.width() // 2, 8)
    keys = (Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    enter = QDragEnterEvent(at, Qt.DropAction.CopyAction, data, *keys)
    QApplication.sendEvent(page, enter)
    fall = QDropEvent(at, Qt.DropAction.CopyAction, data, *keys)
    QApplication.sendEvent(page, fall)
    return enter.isAccepted() and fall.isAccepted()
