"""Owns asking what is to be followed up and when.

Must not save by itself; the service does.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from PySide6.QtWidgets import QWidget

from app.fields import Field, FieldType
from app.kernel.errors import AppError
from app.kernel.messages import Message
from ui.context import Context
from ui.forms.dialog import RecordDialog
from ui.words import say

_FIELDS = (
    Field("text", FieldType.TEXT, "deals.follow_up_text"),
    Field("due_on", FieldType.DATE, "negotiation.field.next_step_on"),
)
#: When nothing else is said.
_USUAL = timedelta(days=3)


def ask_follow_up(
    context: Context,
    owner: QWidget,
    *,
    thread_id: int | None = None,
    inquiry_id: int | None = None,
) -> RecordDialog:
    """Opens the form for a follow-up about a thread or an inquiry."""
    desk = context.desk

    def save(values: Mapping[str, object]) -> object:
        try:
            due_on = date.fromisoformat(str(values["due_on"]))
        except ValueError as error:
            label = Message("negotiation.field.next_step_on")
            raise AppError("lists.bad_value", field=label, value=str(values["due_on"])) from error
        return desk.follow_ups.add(
            str(values["text"] or ""), due_on, thread_id=thread_id, inquiry_id=inquiry_id
        )

    dialog = RecordDialog(
        say("deals.follow_up"),
        _FIELDS,
        context.tasks,
        save=save,
        values={"due_on": desk.clock.today() + _USUAL},
        parent=owner,
    )
    dialog.open()
    return dialog
