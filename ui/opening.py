"""Owns how what was written is told and opened: with the program that the person uses for it.

Must not write a file or choose its name; the pages do.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from ui.context import Context
from ui.words import say


def open_outside(path: Path) -> None:
    """Opens a file or folder with the program that the person's desktop has for it."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


def tell_written(context: Context, told: str, path: Path) -> None:
    """Tells ``told`` with a button that opens the file or folder that was written."""
    context.toast(told, say("window.export.open"), lambda: open_outside(path))
