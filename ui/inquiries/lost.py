"""Owns asking why an inquiry was lost.

Must not move anything.
"""

from __future__ import annotations

from PySide6.QtWidgets import QInputDialog, QWidget

from ui.words import say


def ask_why_lost(owner: QWidget) -> str:
    """The reason as typed; empty where the person gives none."""
    text, _accepted = QInputDialog.getText(
        owner, say("inquiries.field.lost_reason"), say("inquiries.why_lost")
    )
    return text
