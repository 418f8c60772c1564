"""Widgets that died in a cycle are freed on the GUI thread, whatever else runs."""

from __future__ import annotations

import gc
import threading
import weakref

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ui.garbage import GarbageCollection


def test_a_dead_widget_is_never_freed_by_a_thread_that_works(qtbot: QtBot) -> None:
    owner, freed_in = QObject(), []
    gc.enable()
    GarbageCollection(owner)

    def leave_a_dead_widget() -> None:
        widget = QWidget()
        widget.itself = widget  # type: ignore[attr-defined]
        weakref.finalize(widget, lambda: freed_in.append(threading.current_thread()))

    leave_a_dead_widget()
    worker = threading.Thread(target=lambda: [[number] for number in range(100_000)])
    worker.start()
    worker.join()
    assert freed_in == []
    kept = [[number] for number in range(10_000)]
    qtbot.waitUntil(lambda: bool(freed_in), timeout=30_000)
    assert freed_in == [threading.main_thread()]
    assert len(kept) == 10_000
