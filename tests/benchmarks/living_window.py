"""Owns an import in a real window of its own process, with a heart that tells how long it ever stood still.

Run as a program with the book's folder and the file. Must not judge the figures.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEventLoop, QSettings, Qt, QTimer

from app.desk import Desk
from ui.window.frame import MainWindow
from ui.window.main import make_application

BEAT_MS = 5


@dataclass(frozen=True)
class Turn:
    """How long a turn took by the clock, and how long the GUI thread itself worked in it."""

    clock_ms: float = 0.0
    work_ms: float = 0.0


class Heart:
    """Beats on the GUI thread; between two beats is a turn."""

    def __init__(self) -> None:
        self._longest = Turn()
        self._last = self._now()
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._timer.start(BEAT_MS)

    @staticmethod
    def _now() -> Turn:
        return Turn(time.perf_counter() * 1000, time.thread_time() * 1000)

    def _beat(self) -> None:
        now, longest = self._now(), self._longest
        self._longest = Turn(
            max(longest.clock_ms, now.clock_ms - self._last.clock_ms),
            max(longest.work_ms, now.work_ms - self._last.work_ms),
        )
        self._last = now

    def told(self) -> Turn:
        """The longest times since the last call, which need not be of the same turn."""
        longest, self._longest = self._longest, Turn()
        return longest


def until(is_so: Callable[[], bool]) -> None:
    """Runs the window's loop until something is so."""
    while not is_so():
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 50)


def main(folder: Path, path: Path) -> None:
    """Previews and imports ``path``, takes it back, opens another file, and prints seconds and the longest turn of each."""
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
    other = path.with_name("other.csv")
    other.write_text("Company,City\nHaida Ltd,Ningbo\n", encoding="utf-8")
    for step, begin in (
        ("read and planned", lambda: page.open_file(path)),
        ("imported", page.preview.import_button.click),
        ("taken back", window.undo),
        ("another read", lambda: page.open_file(other)),
    ):
        heart.told()
        started = time.perf_counter()
        begin()
        until(is_idle)
        seconds, turn = time.perf_counter() - started, heart.told()
        sys.stdout.write(
            f"{step} in {seconds:.1f} s, stood still {turn.clock_ms:.0f} ms,"
            f" worked {turn.work_ms:.0f} ms in a turn\n"
        )
    window.close()
    app.processEvents()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
