"""Owns a form of fields that saves each field when the person leaves it.

Every change is an operation with its undo, so there is no "save" and no "are you sure". Must not
know what it edits; it is told how to save.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFormLayout, QLabel, QWidget

from app.fields import Field
from app.kernel.messages import Message
from app.trouble import trouble_of
from ui import theme
from ui.forms.editors import FieldEditor
from ui.tasks import Tasks
from ui.words import words

#: Saves values of some fields; runs off the GUI thread.
Save = Callable[[Mapping[str, object]], object]


class FieldForm(QWidget):
    """Labels on the left, quiet editors on the right."""

    def __init__(
        self,
        fields: Sequence[Field],
        tasks: Tasks,
        *,
        quiet: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._save: Save | None = None
        self._shown: dict[str, object] = {}
        self.editors: dict[str, FieldEditor] = {}
        layout = QFormLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setHorizontalSpacing(theme.MEDIUM)
        layout.setVerticalSpacing(theme.TINY)
        layout.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        layout.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for field in fields:
            self._add(layout, field, quiet=quiet)

    def _add(self, layout: QFormLayout, field: Field, *, quiet: bool) -> None:
        editor = FieldEditor(field, self)
        if quiet:
            editor.widget.setProperty("role", "quiet")
        editor.finished.connect(lambda: self._on_finished(editor))
        label = QLabel(words.text(field.heading))
        label.setProperty("role", "faint")
        label.setBuddy(editor.widget)
        layout.addRow(label, editor.widget)
        self.editors[field.key] = editor

    def show_values(self, values: Mapping[str, object], save: Save | None) -> None:
        """Shows a record; ``save`` is ``None`` where nothing can be changed."""
        self._save = None
        for key, editor in self.editors.items():
            editor.set_value(values.get(key))
            editor.widget.setEnabled(save is not None and editor.field.is_editable)
            editor.mark("")
        self._shown = {key: editor.value() for key, editor in self.editors.items()}
        self._save = save

    def values(self) -> dict[str, object]:
        """What is in all editors, for a new record."""
        return {key: editor.value() for key, editor in self.editors.items()}

    def _on_finished(self, editor: FieldEditor) -> None:
        key, value = editor.field.key, editor.value()
        if self._save is None or value == self._shown.get(key):
            return
        save, before = self._save, self._shown.get(key)
        self._shown[key] = value
        self._tasks.write(
            self,
            Message("window.saving"),
            lambda _task: save({key: value}),
            lambda _answer: editor.mark(""),
            failed=lambda error: self._refuse(editor, before, error),
        )

    def _refuse(self, editor: FieldEditor, before: object, error: BaseException) -> None:
        message = trouble_of(error)
        if message is None:
            self._tasks.failed.emit(self, error)
            return
        self._shown[editor.field.key] = before
        editor.mark(words.text(message))
