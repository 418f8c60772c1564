"""Owns what is next in a deal: the next step with its day, and the follow-ups still open.

Must not save; it says what the person wants.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.negotiation.views import ThreadDetail
from ui import formats, theme
from ui.forms.sections import empty, link, plain_label
from ui.keys import UndoOfWindow
from ui.words import say


@dataclass(frozen=True, slots=True)
class NextActions:
    """What the page does: a step of "" is done; a follow-up is put off or done by its id."""

    set_step: Callable[[str, date | None], None]
    snooze: Callable[[int, date], None]
    done: Callable[[int], None]
    today: Callable[[], date]


class NextSteps(QWidget):
    """Next step, its day, and follow-ups with "done", "tomorrow" and "next week"."""

    def __init__(self, actions: NextActions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._actions = actions
        self._shown: tuple[str, date | None] = ("", None)
        self.step, self.on = QLineEdit(), QLineEdit()
        self.step.setPlaceholderText(say("negotiation.field.next_step"))
        self.step.setAccessibleName(say("negotiation.field.next_step"))
        self.on.setPlaceholderText(say("window.date_hint"))
        self.on.setAccessibleName(say("negotiation.field.next_step_on"))
        self.on.setFixedWidth(120)
        for editor in (self.step, self.on):
            editor.editingFinished.connect(self._on_left)
            UndoOfWindow(editor)
        self._later = link(say("deals.next_week"), partial(self._put_off, 7))
        self._tomorrow = link(say("deals.tomorrow"), partial(self._put_off, 1))
        self._done = link(say("deals.done"), partial(actions.set_step, "", None))
        row = QHBoxLayout()
        row.setSpacing(theme.TINY)
        row.addWidget(self.step, 1)
        row.addWidget(self.on)
        later = QHBoxLayout()
        later.setSpacing(theme.TINY)
        later.addStretch(1)
        for button in (self._tomorrow, self._later, self._done):
            later.addWidget(button)
        self._rows = QVBoxLayout()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.TINY)
        layout.addLayout(row)
        layout.addLayout(later)
        layout.addLayout(self._rows)

    def show_thread(self, thread: ThreadDetail) -> None:
        """Shows what is next in ``thread``."""
        self._shown = (thread.next_step or "", thread.next_step_on)
        for editor, text in (
            (self.step, thread.next_step or ""),
            (self.on, thread.next_step_on.isoformat() if thread.next_step_on else ""),
        ):
            if not editor.hasFocus():
                editor.setText(text)
        for button in (self._tomorrow, self._later, self._done):
            button.setVisible(bool(thread.next_step))
        empty(self._rows, self)
        for follow_up in thread.follow_ups:
            self._rows.addWidget(self._follow_up(follow_up.id, follow_up.text, follow_up.due_on))

    def _follow_up(self, id_: int, text: str, due_on: date) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(theme.SMALL, 0, 0, 0)
        row.setSpacing(theme.TINY)
        is_late = due_on <= self._actions.today()
        row.addWidget(plain_label(text), 1)
        row.addWidget(
            plain_label(formats.day(due_on), role="warning" if is_late else "faint", wraps=False)
        )
        for key, days in (("deals.tomorrow", 1), ("deals.next_week", 7)):
            row.addWidget(link(say(key), partial(self._snooze, id_, days)))
        row.addWidget(link(say("deals.done"), partial(self._actions.done, id_)))
        return line

    def _snooze(self, id_: int, days: int) -> None:
        self._actions.snooze(id_, self._actions.today() + timedelta(days=days))

    def _put_off(self, days: int) -> None:
        self._actions.set_step(self._shown[0], self._actions.today() + timedelta(days=days))

    def _on_left(self) -> None:
        text = self.on.text().strip()
        try:
            due_on = date.fromisoformat(text) if text else None
        except ValueError:
            self._mark(say("deals.bad_date"))
            return
        self._mark("")
        step = (self.step.text().strip(), due_on)
        if step != self._shown:
            self._shown = step
            self._actions.set_step(*step)

    def _mark(self, problem: str) -> None:
        self.on.setProperty("problem", bool(problem))
        self.on.setToolTip(problem)
        self.on.style().unpolish(self.on)
        self.on.style().polish(self.on)
