"""Owns the page of the history: what was done, newest first, each step with its undo.

Must not decide what can be undone; the history service does.
"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from app.history.service import Operation
from ui import formats, theme
from ui.bridge import ChangedRows
from ui.changing import undo
from ui.context import Context
from ui.forms.sections import Line, Scroll, empty, plain_label
from ui.words import say, words

STEPS_SHOWN = 100
_BUTTON_PX = 72


class HistoryPage(QWidget):
    """The steps of the book."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        title = QLabel(say("window.place.history"))
        title.setProperty("role", "title")
        self._steps = QVBoxLayout()
        self._steps.setSpacing(theme.TINY)
        self._empty = plain_label(say("history.empty"), role="faint")
        self._empty.hide()
        self._more = QPushButton(say("history.more"))
        self._more.clicked.connect(self._read_more)
        self._oldest: int | None = None
        self._scroll = Scroll()
        self._scroll.body.addWidget(title)
        self._scroll.body.addWidget(self._empty)
        self._scroll.body.addLayout(self._steps)
        self._scroll.body.addWidget(self._more, 0, Qt.AlignmentFlag.AlignLeft)
        self._scroll.body.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._scroll)

    def activate(self) -> None:
        """Reads the newest steps."""
        self._context.tasks.read(
            self, partial(self._context.desk.history.operations, limit=STEPS_SHOWN), self._show
        )

    def on_changes(self, _rows: ChangedRows) -> None:
        """Reads again after a commit."""
        if self.isVisible():
            self.activate()

    def _read_more(self) -> None:
        self._context.tasks.read(
            self,
            partial(self._context.desk.history.operations, limit=STEPS_SHOWN, before=self._oldest),
            self._append,
        )

    def _show(self, operations: list[Operation]) -> None:
        empty(self._steps, self)
        self._empty.setVisible(not operations)
        self._append(operations)

    def _append(self, operations: list[Operation]) -> None:
        for operation in operations:
            self._steps.addWidget(self._line(operation))
        self._oldest = operations[-1].id if operations else self._oldest
        self._more.setVisible(len(operations) == STEPS_SHOWN)

    def _line(self, operation: Operation) -> Line:
        name = say(f"history.{operation.kind}", name=operation.message)
        when = f"{formats.moment(operation.made_at)} · {say('history.rows', count=formats.number(operation.changes))}"
        if operation.is_undone:
            when += " · " + say("history.is_undone")
        line = Line(name)
        line.row.addWidget(plain_label(when, role="faint", wraps=False))
        # What takes an undo back does again what was done.
        key = "redo" if operation.kind == "undo" else "undo"
        button = QPushButton(say(f"window.{key}"))
        button.setAccessibleName(say(f"window.{key}_what", name=words.text(operation.message)))
        button.clicked.connect(partial(undo, self._context, self, operation.id))
        button.setMinimumWidth(_BUTTON_PX)
        # Beside a step without it the others' times would stand elsewhere.
        policy = button.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        button.setSizePolicy(policy)
        line.row.addWidget(button)
        button.setVisible(not operation.is_undone and not self._context.desk.is_read_only)
        return line
