"""Owns asking why an inquiry was lost.

Must not move anything.
"""

from __future__ import annotations

from PySide6.QtWidgets import QInputDialog, QWidget

from ui.words import say


def ask_why_lost(owner: QWidget) -> str | None:
    """The reason as typed; None where the person does not want to move it after all."""
    text, accepted = QInputDialog.getText(
        owner, say("inquiries.field.lost_reason"), say("inquiries.why_lost")
    )
    return text if accepted else None
