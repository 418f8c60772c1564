"""Owns the two small questions about columns: into which fields one is split, and what all rows have.

Must not map; the answers go to the preview.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFormLayout,
    QLabel,
    QLineEdit,
    QWidget,
)

from ui import theme
from ui.buttons import answer_buttons
from ui.words import say

_MOST_PARTS = 4


class _Question(QDialog):
    """A form with "use" and "cancel"."""

    def __init__(self, title: str, about: str, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setMinimumWidth(420)
        self.form = QFormLayout(self)
        self.form.setContentsMargins(theme.LARGE, theme.LARGE, theme.LARGE, theme.MEDIUM)
        self.form.setSpacing(theme.SMALL)
        told = QLabel(about)
        told.setWordWrap(True)
        told.setProperty("role", "faint")
        self.form.addRow(told)

    def _finish(self) -> None:
        buttons, _use = answer_buttons(self, "sheets.column.use", self.accept)
        self.form.addRow(buttons)


class SplitDialog(_Question):
    """Which fields the cells of one column hold, in their order."""

    def __init__(
        self,
        name: str,
        sample: str,
        fields: Sequence[tuple[str, str]],
        present: Sequence[str],
        parent: QWidget | None = None,
    ) -> None:
        title = say("sheets.column.split_title", name=name)
        super().__init__(title, say("sheets.column.split_about", sample=sample), parent)
        self.boxes: list[QComboBox] = []
        for number in range(_MOST_PARTS):
            box = QComboBox()
            box.addItem("", "")
            for label, key in fields:
                box.addItem(label, key)
            if number < len(present):
                box.setCurrentIndex(max(0, box.findData(present[number])))
            self.boxes.append(box)
            self.form.addRow(say("sheets.column.part", number=number + 1), box)
        self._finish()

    def fields(self) -> list[str]:
        """The fields chosen, without the empty ones."""
        chosen = (str(box.currentData()) for box in self.boxes)
        return list(dict.fromkeys(key for key in chosen if key))


class ConstantDialog(_Question):
    """A field and the value it gets in all rows that do not have their own."""

    def __init__(self, fields: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__(
            say("sheets.column.constant_title"), say("sheets.column.constant_about"), parent
        )
        self.field = QComboBox()
        for label, key in fields:
            self.field.addItem(label, key)
        # The one that sheets leave out most often.
        self.field.setCurrentIndex(max(0, self.field.findData("currency")))
        self.value = QLineEdit()
        self.form.addRow(say("sheets.column.field"), self.field)
        self.form.addRow(say("sheets.column.value"), self.value)
        self._finish()

    def answer(self) -> tuple[str, str]:
        """The field and the text of its value."""
        return str(self.field.currentData()), self.value.text().strip()
