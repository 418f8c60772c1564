"""Owns the action of a list that shows what happened to the current record.

Must not read the history; its dialog does.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from ui.context import Context
from ui.lists.actions import PageAction


def history_action(context: Context, kind: str, page: Callable[[], QWidget]) -> PageAction:
    """Shows the history of the first selected record of ``kind``."""

    def run(ids: Sequence[int]) -> None:
        if ids:
            from ui.history.record_dialog import RecordHistoryDialog

            dialog = RecordHistoryDialog(context, kind, ids[0], page())
            dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            dialog.show()

    return PageAction("history.of_record", "history", run, "Ctrl+H", needs_selection=True)
