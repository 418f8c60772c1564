"""Owns the way to the papers of quotations: their dialog, imported behind the page.

Must not write or show a paper; the dialog does.
"""

from __future__ import annotations

import importlib
from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.quotations.detail_views import QuotationDetail
from ui.context import Context


def load_export(context: Context, page: QWidget) -> None:
    """Imports the dialog and its libraries off the GUI thread: with the page they would be felt."""
    context.tasks.read(
        page, lambda: importlib.import_module("ui.quotations.export_dialog"), lambda _module: None
    )


def open_export(context: Context, details: Sequence[QuotationDetail], parent: QWidget) -> None:
    """Opens the preview of the papers, and the way to their file."""
    from ui.quotations.export_dialog import ExportDialog

    dialog = ExportDialog(context, details, parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
