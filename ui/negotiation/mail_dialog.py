"""Owns the window in which one mail is read with its formatting.

Must not load anything from outside the mail.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from app.negotiation.views import MessageView
from ui import formats, theme
from ui.forms.sections import plain_label
from ui.negotiation.mail_browser import MailBrowser


class MailDialog(QDialog):
    """A mail as its sender formatted it; Escape closes."""

    def __init__(
        self, message: MessageView, path_of: Callable[[str], Path], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(message.subject or message.sender)
        self.resize(760, 620)
        parts = {file.content_id: file.sha256 for file in message.attachments if file.content_id}
        self.browser = MailBrowser(parts, path_of)
        self.browser.setAccessibleName(message.subject or message.sender)
        self.browser.setHtml(message.html)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.MEDIUM, theme.MEDIUM, theme.MEDIUM, theme.MEDIUM)
        told = " · ".join((message.sender, formats.moment(message.sent_at)))
        layout.addWidget(plain_label(told, role="faint"))
        layout.addWidget(self.browser, 1)
