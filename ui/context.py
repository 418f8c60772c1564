"""Owns what every page is given: desk, tasks, the way to other places, the toast, what is remembered.

Must not grow into a place to keep state of pages.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QSettings

from app.desk import Desk
from ui.navigation import Navigation
from ui.tasks import Tasks

#: Shows a message, with a button and what it does, and perhaps a second one that opens something.
Say = Callable[..., None]


@dataclass(frozen=True, slots=True)
class Context:
    """Passed to pages when they are made."""

    desk: Desk
    tasks: Tasks
    navigation: Navigation
    toast: Say
    settings: QSettings
    #: Takes files in by what they are: spreadsheets to their preview, messages into their threads.
    open_files: Callable[[Sequence[Path]], None]
