"""Owns the import of the pages while nobody waits for one: going to it then only has to make it.

Must not make a page.
"""

from __future__ import annotations

import importlib
import sys

from PySide6.QtCore import QObject, QTimer

from ui.garbage import keep_what_is_loaded
from ui.tasks import Tasks

#: After the window came up and the first page was read.
_AFTER_MS = 1_500
_PAGES = (
    "ui.window.directory_place",
    "ui.directory.company_page",
    "ui.directory.product_page",
    "ui.window.inquiries_place",
    "ui.inquiries.page",
    "ui.window.deals_place",
    "ui.imports.page",
    "ui.quotations.page",
)


def preload_pages(tasks: Tasks, owner: QObject) -> None:
    """Imports them off the GUI thread, a moment after the start."""
    QTimer.singleShot(_AFTER_MS, owner, lambda: tasks.read(owner, _load, _loaded))


def _load() -> bool:
    """Whether there was anything to import."""
    missing = [name for name in _PAGES if name not in sys.modules]
    for name in missing:
        importlib.import_module(name)
    return bool(missing)


def _loaded(is_new: bool) -> None:
    if is_new:
        keep_what_is_loaded()
