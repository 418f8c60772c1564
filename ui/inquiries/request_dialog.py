"""Owns showing a request's text in both languages, to be copied into a chat or mail.

Must not send anything; who was asked is noted when the person says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QPlainTextEdit,
    QPushButton,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from app.inquiries.requests_service import RequestDraft
from app.kernel.messages import Message
from ui import theme
from ui.context import Context
from ui.words import say

_LANGUAGES = (("zh_CN", "sourcing.chinese"), ("en", "sourcing.english"))


class RequestDialog(QDialog):
    """The text of one request, with "copy" and "note as asked"."""

    def __init__(
        self,
        context: Context,
        request_id: int,
        supplier_ids: Sequence[int],
        *,
        texts: Sequence[str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._context = context
        self.setWindowTitle(say("sourcing.request"))
        self.resize(620, 460)
        self.tabs = QTabWidget()
        for (_language, key), text in zip(_LANGUAGES, texts, strict=True):
            page = QPlainTextEdit(text)
            page.setReadOnly(True)
            page.setAccessibleName(say(key))
            self.tabs.addTab(page, say(key))
        self.copy = QPushButton(say("sourcing.copy"))
        self.copy.setProperty("role", "primary")
        self.copy.clicked.connect(self._copy)
        self.asked = QPushButton(say("sourcing.asked"))
        self.asked.clicked.connect(partial(self._note_asked, request_id, list(supplier_ids)))
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.asked)
        row.addWidget(self.copy)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.LARGE, theme.LARGE, theme.LARGE, theme.MEDIUM)
        layout.addWidget(self.tabs, 1)
        layout.addLayout(row)

    def _copy(self) -> None:
        page = self.tabs.currentWidget()
        QGuiApplication.clipboard().setText(page.toPlainText())
        self._context.toast(say("sourcing.copied"))

    def _note_asked(self, request_id: int, supplier_ids: list[int]) -> None:
        self._context.tasks.write(
            self,
            Message("window.saving"),
            lambda _task: self._context.desk.requests.asked(request_id, supplier_ids),
            lambda _answer: self.accept(),
        )


def request_prices(
    context: Context, owner: QWidget, inquiry_id: int, supplier_ids: Sequence[int]
) -> None:
    """Writes a request to the suppliers and shows its text in both languages."""
    desk = context.desk

    def work() -> tuple[int, list[str]]:
        draft = RequestDraft(inquiry_id=inquiry_id, supplier_ids=supplier_ids)
        request_id = desk.requests.create(draft)
        views = desk.sourcing_views
        return request_id, [
            views.request_text(request_id, language=language) for language, _key in _LANGUAGES
        ]

    def show(answer: tuple[int, list[str]]) -> None:
        request_id, texts = answer
        RequestDialog(context, request_id, supplier_ids, texts=texts, parent=owner).open()

    context.tasks.write(owner, Message("window.saving"), lambda _task: work(), show)
