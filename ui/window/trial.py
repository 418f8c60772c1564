"""Owns the trial of the window: open it on a book, wait until it stands, close it.

Must not read or keep the user's settings.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSettings, QTimer

from app.desk import Desk
from ui.window.frame import MainWindow
from ui.window.main import make_application
from ui.words import words

_LOOK_EVERY_MS = 50
_PATIENCE_MS = 30_000


def open_and_close(folder: Path, language: str) -> int:
    """0 where the window came up, showed its pages and closed; 1 where it did not settle in time."""
    app = make_application()
    words.use(language)
    settings = QSettings(str(folder.with_suffix(".ini")), QSettings.Format.IniFormat)
    desk = Desk(folder, create=True, cache=folder.with_name("cache"), data=folder.with_name("data"))
    window = MainWindow(desk, settings)
    window.show()
    left = [_PATIENCE_MS // _LOOK_EVERY_MS]
    look = QTimer(window, interval=_LOOK_EVERY_MS)

    def look_again() -> None:
        left[0] -= 1
        if (window.isVisible() and window.tasks.is_idle) or left[0] <= 0:
            look.stop()
            window.close()
            app.exit(0 if left[0] > 0 else 1)

    look.timeout.connect(look_again)
    look.start()
    return app.exec()
