"""Owns opening an empty thread: a subject is asked for.

Must not show the thread; its page does.
"""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget

from app.negotiation.forms import THREAD_FIELDS
from ui.context import Context
from ui.forms.dialog import RecordDialog
from ui.words import say


def start_thread(
    context: Context,
    owner: QWidget,
    *,
    company_id: int | None = None,
    inquiry_id: int | None = None,
) -> None:
    """Asks for a subject, opens a thread and shows it."""
    dialog = RecordDialog(
        say("deals.new"),
        [field for field in THREAD_FIELDS if field.key == "subject"],
        context.tasks,
        save=lambda values: context.desk.negotiation.start_thread(
            str(values["subject"]), company_id=company_id, inquiry_id=inquiry_id
        ),
        then=partial(context.navigation.go, "deals"),
        parent=owner,
    )
    dialog.open()
