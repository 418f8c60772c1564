"""Owns the history of one record in the window: each step that concerned it, and what it changed.

Must not decide what can be undone; the history service does.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QDialog, QPushButton, QVBoxLayout, QWidget

from app.history.record_views import FieldChange, Happened, RecordStep, RowChange
from ui import formats, theme
from ui.changing import undo
from ui.context import Context
from ui.forms.sections import Line, Scroll, empty, link, plain_label
from ui.words import say, words

_SIZE = (620, 640)
#: Lines of one step that are shown at once: a label of a thousand takes a second to be laid out.
_LINES = 50


class RecordHistoryDialog(QDialog):
    """What happened to a record, newest first."""

    def __init__(self, context: Context, kind: str, record_id: int, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self._kind, self._record_id = kind, record_id
        self._shown: tuple[RecordStep, ...] = ()
        self.setWindowTitle(say("history.of_what", kind=say(f"lists.kind.{kind}")))
        self.resize(*_SIZE)
        self._scroll = Scroll()
        self.steps = QVBoxLayout()
        self.steps.setSpacing(theme.MEDIUM)
        self._scroll.body.addLayout(self.steps)
        self._scroll.body.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._scroll)
        self.read()

    def event(self, event: QEvent) -> bool:
        """Reads again whenever the person comes back to it: the record may have changed."""
        if event.type() is QEvent.Type.WindowActivate:
            self.read()
        return super().event(event)

    def read(self) -> None:
        """Reads the steps and shows them."""
        read = partial(self._context.desk.record_histories.of, self._kind, self._record_id)
        self._context.tasks.read(self, read, self._show)

    def _show(self, steps: tuple[RecordStep, ...]) -> None:
        if steps == self._shown:
            return
        self._shown = steps
        empty(self.steps, self)
        for step in steps:
            self.steps.addWidget(self._step(step))

    def _step(self, step: RecordStep) -> QWidget:
        block = QWidget()
        lines = QVBoxLayout(block)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(2)
        lines.addWidget(self._head(step))
        if told := tuple(self._told(step)):
            _add_page(lines, told)
        return block

    def _head(self, step: RecordStep) -> Line:
        when = formats.moment(step.made_at)
        if step.is_undone:
            when += " · " + say("history.is_undone")
        line = Line(say(f"history.{step.kind}", name=step.message), when)
        if not step.is_undone and not self._context.desk.is_read_only:
            button = QPushButton(say("window.undo"))
            button.setAutoDefault(False)
            button.setAccessibleName(say("window.undo_what", name=words.text(step.message)))
            take_back = partial(undo, self._context, self, step.operation, then=self.read)
            button.clicked.connect(lambda: take_back())
            line.layout().addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        return line

    def _told(self, step: RecordStep) -> Iterator[str]:
        for change in step.changes:
            fields = [_field(one) for one in change.fields]
            part = self._part(change)
            if part and fields:
                yield say("history.field_is", field=part, value=" · ".join(fields))
            else:
                yield from [part] if part else fields

    def _part(self, change: RowChange) -> str:
        """What happened to a part, or to the record as a whole; nothing for fields of its own."""
        is_own = (change.kind, change.id) == (self._kind, self._record_id)
        if is_own and change.happened is Happened.CHANGED:
            return ""
        told = say(f"history.part.{change.happened.value}", kind=say(f"lists.kind.{change.kind}"))
        return told[:1].upper() + told[1:]


def _add_page(lines: QVBoxLayout, told: Sequence[str]) -> None:
    """The first of what a step changed as one label, and a button for more: it may be hundreds of parts."""
    label, rest = plain_label("\n".join(told[:_LINES])), told[_LINES:]
    label.setContentsMargins(theme.MEDIUM, 0, 0, 0)
    lines.addWidget(label)
    if not rest:
        return

    def show_more() -> None:
        button.hide()
        button.deleteLater()
        _add_page(lines, rest)
        # A hand on the keyboard goes on at the next such button, else with what was shown.
        (lines.itemAt(lines.count() - 1).widget() or label).setFocus()

    button = link(say("history.more_parts", count=len(rest)), show_more)
    lines.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)


def _field(change: FieldChange) -> str:
    heading = change.field.heading
    before, after = (formats.shown(change.field, one) for one in (change.before, change.after))
    if before and after:
        return say("history.field_changed", field=heading, before=before, after=after)
    if before:
        return say("history.field_emptied", field=heading, before=before)
    return say("history.field_is", field=heading, value=after)
