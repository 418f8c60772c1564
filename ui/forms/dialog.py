"""Owns the small dialog in which a new record is typed, or a small one is changed.

Must not save by itself; it is told how, and stays open with the reason when that is refused.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtWidgets import QDialog, QLabel, QVBoxLayout, QWidget

from app.fields import Field
from app.kernel.messages import Message
from app.trouble import trouble_of
from ui import theme
from ui.buttons import answer_buttons
from ui.forms.form import FieldForm
from ui.tasks import Tasks
from ui.words import words


class RecordDialog(QDialog):
    """A form with "save" and "cancel"."""

    def __init__(
        self,
        title: str,
        fields: Sequence[Field],
        tasks: Tasks,
        *,
        save: Callable[[Mapping[str, object]], object],
        values: Mapping[str, object] | None = None,
        then: Callable[[object], None] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setMinimumWidth(440)
        self._tasks, self._save, self._then = tasks, save, then
        self.form = FieldForm(fields, tasks, quiet=False)
        for key, value in (values or {}).items():
            if key in self.form.editors:
                self.form.editors[key].set_value(value)
        self._problem = QLabel()
        self._problem.setProperty("role", "error")
        self._problem.setWordWrap(True)
        self._problem.hide()
        buttons, self.save_button = answer_buttons(self, "window.save", self._on_save)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.LARGE, theme.LARGE, theme.LARGE, theme.MEDIUM)
        layout.setSpacing(theme.MEDIUM)
        layout.addWidget(self.form)
        layout.addWidget(self._problem)
        layout.addWidget(buttons)

    def _on_save(self) -> None:
        values = self.form.values()
        self.save_button.setEnabled(False)
        self._tasks.write(
            self,
            Message("window.saving"),
            lambda _task: self._save(values),
            self._on_saved,
            failed=self._on_refused,
        )

    def _on_saved(self, answer: object) -> None:
        self.accept()
        if self._then is not None:
            self._then(answer)

    def _on_refused(self, error: BaseException) -> None:
        self.save_button.setEnabled(True)
        message = trouble_of(error)
        if message is None:
            self._tasks.failed.emit(self, error)
            return
        self._problem.setText(words.text(message))
        self._problem.show()
