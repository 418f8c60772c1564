"""Owns the head of a quotation's page: which one it is, its revisions, and why nothing can be typed.

Must not change anything; its buttons say what is asked for.
"""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.kernel.ports import place_text
from app.quotations.detail_views import QuotationDetail
from ui import formats, theme
from ui.forms.elided import Elided
from ui.forms.sections import link
from ui.icons import icon
from ui.keys import give_keys
from ui.quotations.revision_bar import RevisionBar
from ui.words import say, words


class EditorHead(QFrame):
    """``left`` leads to the list, ``inquiry_asked`` to the inquiry that is answered."""

    left = Signal()
    inquiry_asked = Signal()

    def __init__(self, page: QWidget, panel_button: QPushButton) -> None:
        """``page``, where it stands, is where the shortcuts work; ``panel_button`` folds what is below."""
        super().__init__(page)
        self.setProperty("role", "bar")
        self.title, self._faint = QLabel(), Elided(role="faint")
        self.title.setProperty("role", "title")
        self.title.setTextFormat(Qt.TextFormat.PlainText)
        self.inquiry = link("", self.inquiry_asked.emit)
        self.inquiry.setToolTip(say("editor.answers_inquiry"))
        self.ours = QPushButton(icon("lock"), say("editor.ours"))
        self.ours.setCheckable(True)
        self.ours.setChecked(True)
        self.ours.setToolTip(say("editor.ours_tip"))
        give_keys(self.ours, "Ctrl+Shift+I", owner=page)
        self.export = QPushButton(icon("export"), say("editor.export"))
        give_keys(self.export, "Ctrl+E", owner=page)
        self._note = QLabel()
        self._note.setProperty("role", "faint")
        first = QHBoxLayout()
        first.setSpacing(theme.SMALL)
        first.addWidget(self._way_back())
        first.addWidget(self.title)
        first.addWidget(self._faint, 1)
        for widget in (self.inquiry, self.ours, panel_button, self.export):
            first.addWidget(widget)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.LARGE, theme.SMALL, theme.LARGE, theme.SMALL)
        layout.setSpacing(theme.SMALL)
        layout.addLayout(first)
        # Made after what stands above it: Tab goes in the order of the making.
        self.bar = RevisionBar(page, self)
        layout.addWidget(self.bar)
        layout.addWidget(self._note)

    def show_quotation(self, detail: QuotationDetail, *, can_write: bool) -> None:
        """Shows which quotation it is and what can become of it."""
        self.title.setText(detail.number)
        buyer = str(detail.values.get("buyer_name") or say("editor.no_buyer"))
        place = place_text(str(detail.values.get("place") or ""), words.language)
        term = f"{detail.values.get('incoterm') or ''} {place}"
        parts = (buyer, detail.values.get("title"), term.strip())
        self._faint.setText(" · ".join(str(part) for part in parts if part))
        self.inquiry.setText(detail.inquiry or "")
        self.inquiry.setVisible(detail.inquiry is not None)
        self.bar.show_quotation(detail, can_write=can_write)
        note = _note(detail)
        self._note.setText(note)
        self._note.setVisible(bool(note))

    def _way_back(self) -> QToolButton:
        back = QToolButton()
        back.setIcon(icon("back"))
        back.setToolTip(say("editor.all_quotations"))
        back.setAccessibleName(say("editor.all_quotations"))
        back.clicked.connect(self.left)
        return back


def _note(detail: QuotationDetail) -> str:
    """Why nothing can be typed, or that the validity is over."""
    until = detail.values.get("valid_until")
    if detail.standing is not detail.state and isinstance(until, date):
        return say("editor.overdue", day=formats.day(until))
    return "" if detail.is_editable else say("editor.frozen")
