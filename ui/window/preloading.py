"""Owns the import of pages and services while nobody waits for one: later each only has to be made.

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
#: One lock stands over the making of all services: a page that asks for one waits for another's import.
_MODULES = (
    "app.directory.service",
    "app.sheets.service",
    "app.upkeep.service",
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
    missing = [name for name in _MODULES if name not in sys.modules]
    for name in missing:
        importlib.import_module(name)
    return bool(missing)


def _loaded(is_new: bool) -> None:
    if is_new:
        keep_what_is_loaded()
