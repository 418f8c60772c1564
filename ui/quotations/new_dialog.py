"""Owns the small dialog in which a quotation is begun: for whom, and from which inquiry if any.

Must not draft by itself; the service does.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QDialog, QFormLayout, QLabel, QVBoxLayout, QWidget

from app.kernel.messages import Message
from app.quotations.service import QuotationDraft
from app.search.results import Hit
from app.trouble import trouble_of
from ui import theme
from ui.buttons import answer_buttons
from ui.context import Context
from ui.quotations.picker import RecordPicker
from ui.words import say, words


class NewQuotationDialog(QDialog):
    """A buyer, found or typed; or an inquiry, whose lines are answered."""

    def __init__(
        self,
        context: Context,
        then: Callable[[int], None],
        *,
        from_inquiry: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(say("editor.from_inquiry" if from_inquiry else "editor.new"))
        self.setMinimumWidth(480)
        self._context, self._then = context, then
        self._from_inquiry = from_inquiry
        self._hit: Hit | None = None
        kind, label = (
            ("inquiry", "editor.find_inquiry") if from_inquiry else ("buyer", "editor.find_buyer")
        )
        self.picker = RecordPicker(context, kind, say(label))
        self.picker.chosen.connect(self._take)
        self.picker.textEdited.connect(lambda _text: self._forget())
        hint = QLabel(say("editor.inquiry_hint" if from_inquiry else "editor.new_hint"))
        hint.setProperty("role", "faint")
        hint.setWordWrap(True)
        self._problem = QLabel()
        self._problem.setProperty("role", "error")
        self._problem.setWordWrap(True)
        self._problem.hide()
        buttons, self.save_button = answer_buttons(self, "editor.draft", self._draft)
        form = QFormLayout()
        form.addRow(
            say("lists.kind.inquiry").capitalize()
            if from_inquiry
            else say("quotations.field.buyer"),
            self.picker,
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.LARGE, theme.LARGE, theme.LARGE, theme.MEDIUM)
        layout.setSpacing(theme.MEDIUM)
        layout.addLayout(form)
        layout.addWidget(hint)
        layout.addWidget(self._problem)
        layout.addWidget(buttons)

    def _take(self, hit: Hit) -> None:
        self._hit = hit
        self.save_button.setFocus()

    def _forget(self) -> None:
        self._hit = None

    def draft(self) -> QuotationDraft | None:
        """What is begun; ``None`` for an inquiry that was not chosen."""
        if self._from_inquiry:
            return QuotationDraft(inquiry_id=self._hit.id) if self._hit else None
        if self._hit is not None:
            return QuotationDraft(buyer_id=self._hit.id)
        return QuotationDraft(buyer=self.picker.text().strip() or None)

    def _draft(self) -> None:
        draft = self.draft()
        if draft is None:
            self._say(say("editor.choose_inquiry"))
            return
        self.save_button.setEnabled(False)
        self._context.tasks.write(
            self,
            Message("window.saving"),
            lambda _task: self._context.desk.quotations.draft(draft),
            self._on_drafted,
            failed=self._on_refused,
        )

    def _on_drafted(self, quotation_id: int) -> None:
        self.accept()
        self._then(quotation_id)

    def _on_refused(self, error: BaseException) -> None:
        self.save_button.setEnabled(True)
        message = trouble_of(error)
        if message is None:
            self._context.tasks.failed.emit(self, error)
        else:
            self._say(words.text(message))

    def _say(self, text: str) -> None:
        self._problem.setText(text)
        self._problem.show()
