"""Owns an import in a real window of its own process, with a heart that tells how long it ever stood still.

Run as a program with the book's folder and the file. Must not judge the figures.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEventLoop, QSettings, Qt, QTimer

from app.desk import Desk
from ui.window.frame import MainWindow
from ui.window.main import make_application

BEAT_MS = 5


class Heart:
    """Beats on the GUI thread; ``longest_ms`` is the longest time between two beats."""

    def __init__(self) -> None:
        self.longest_ms = 0.0
        self._last = time.perf_counter()
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._timer.start(BEAT_MS)

    def _beat(self) -> None:
        now = time.perf_counter()
        self.longest_ms = max(self.longest_ms, (now - self._last) * 1000)
        self._last = now

    def told(self) -> float:
        """The longest time since the last call."""
        longest, self.longest_ms = self.longest_ms, 0.0
        return longest


def until(is_so: Callable[[], bool]) -> None:
    """Runs the window's loop until something is so."""
    while not is_so():
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 50)


def main(folder: Path, path: Path) -> None:
    """Previews and imports ``path``, takes it back, and prints seconds and the longest stall of each."""
    app = make_application()
    desk = Desk(folder, cache=folder.parent / "cache")
    settings = QSettings(str(folder.parent / "window.ini"), QSettings.Format.IniFormat)
    window = MainWindow(desk, settings)
    window.show()

    def is_idle() -> bool:
        return window.tasks.is_idle

    until(is_idle)
    until(lambda: desk.indexer.wait_until_idle(0))
    window.navigation.go("imports")
    until(is_idle)
    page, heart = window.pages["imports"], Heart()
    for step, begin in (
        ("read and planned", lambda: page.open_file(path)),
        ("imported", page.preview.import_button.click),
        ("taken back", window.undo),
    ):
        heart.told()
        started = time.perf_counter()
        begin()
        until(is_idle)
        sys.stdout.write(
            f"{step} in {time.perf_counter() - started:.1f} s, stood still {heart.told():.0f} ms\n"
        )
    window.close()
    app.processEvents()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
