"""Owns the preview of one file: what was understood, what will happen, and the way to change both.

Reads and plans off the GUI thread. Must not import by itself; it asks the service to.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from app.kernel.messages import Message
from app.sheets.corrections import place_of, places_of
from app.sheets.mapping.columns import Overrides
from app.sheets.mapping.overriding import still_said
from app.sheets.plan.outcome import Choice, Decision, PlannedRow
from app.sheets.service import ImportOptions, ImportResult, Preview
from app.sheets.understanding import UnderstoodSheet
from ui import theme
from ui.context import Context
from ui.forms.sections import clear
from ui.imports.column_dialogs import ConstantDialog, SplitDialog
from ui.imports.decide_dialog import DecideDialog
from ui.imports.mapping_bar import fields_of
from ui.imports.rows_pane import DECIDE_KEYS, RowsPane
from ui.imports.source_choices import SourceChoices
from ui.imports.steps import Steps
from ui.imports.summary import notes, summary
from ui.imports.writing import Writing, let_go, unless_stopped
from ui.keys import IN_SIGHT, give_keys
from ui.tasks import Task
from ui.words import say, words


@dataclass(frozen=True, slots=True)
class HeldPreview:
    """A preview that made room for another file, with what was chosen last."""

    preview: Preview
    options: ImportOptions


class PreviewPage(QWidget):
    """A file before it is imported."""

    #: A preview is shown: the person looks at it, and may import it.
    planned = Signal(object)
    #: What came of an import, and whether no other file came meanwhile.
    imported = Signal(object, bool)
    left = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        #: The file that is open.
        self.path: Path | None = None
        self._preview: Preview | None = None
        self._options = ImportOptions()
        self._running: Task[Preview | None] | None = None
        #: The import that is written, while nothing else is asked for.
        self._written: Writing | None = None
        #: All that are, also behind another file.
        self._writings: list[Writing] = []
        #: Counts what was asked for; only the newest answer is shown.
        self._asked = 0
        self._was_on_import = False
        self._title, self._summary, self._notes = QLabel(), QLabel(), QLabel()
        self._title.setProperty("role", "title")
        self._notes.setProperty("role", "warning")
        self._following = QLabel()
        self._following.setProperty("role", "faint")
        for label in (self._title, self._summary, self._notes):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
        self.choices = SourceChoices()
        self.tables = QTabBar()
        self.tables.setExpanding(False)
        self.tables.setDrawBase(False)
        self.pane = RowsPane(context.tasks)
        self.constants = QHBoxLayout()
        self.import_button = QPushButton(say("sheets.do_import"))
        self.import_button.setProperty("role", "primary")
        give_keys(self.import_button, "Ctrl+Return", "Ctrl+Enter", owner=self, where=IN_SIGHT)
        self.leave_button = QPushButton(say("window.cancel"))
        #: What its button says while nothing is written.
        self._leave_text = say("window.cancel")
        self._steps = Steps(self)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(theme.SMALL)
        head.addWidget(self._title, 1)
        head.addWidget(self._following)
        head.addWidget(self.leave_button)
        head.addWidget(self.import_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.LARGE, theme.MEDIUM, theme.LARGE, theme.SMALL)
        layout.setSpacing(theme.SMALL)
        layout.addLayout(head)
        layout.addWidget(self._summary)
        layout.addWidget(self._notes)
        layout.addWidget(self.choices)
        layout.addWidget(self.tables)
        layout.addLayout(self.constants)
        layout.addWidget(self.pane, 1)

    def _connect(self) -> None:
        self.choices.changed.connect(self._choose)
        self.tables.currentChanged.connect(lambda _place: self._show_table())
        self.pane.bar.changed.connect(self._map)
        self.pane.bar.split_asked.connect(self._ask_split)
        self.pane.constant_button.clicked.connect(self._ask_constant)
        self.pane.corrected.connect(self._correct)
        self.pane.refused.connect(self._tell_written)
        self.pane.decide_asked.connect(self.decide)
        self.pane.left_out.connect(partial(self._decide_row, choice=Choice.SKIP))
        self.pane.parted.connect(partial(self._decide_row, choice=Choice.CREATE))
        self.pane.taken_back.connect(self._take_back)
        self._steps.asked.connect(self._go_a_step)
        self.import_button.clicked.connect(self._import)
        QShortcut(QKeySequence(Qt.Key.Key_Escape), self, self.stop, context=IN_SIGHT)
        decide = QShortcut(QKeySequence(DECIDE_KEYS), self)
        decide.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        decide.activated.connect(self.pane.decide_button.click)

    # -- reading ----------------------------------------------------------------------------

    def open(self, file: Path | HeldPreview, *, following: int = 0) -> None:
        """Reads a file and shows what it holds, and how many are ``following`` it.

        One that was looked at before is shown as it was left.
        """
        held = file if isinstance(file, HeldPreview) else None
        path = held.preview.path if held is not None else file
        self._name(path, following)
        self._stop()
        self._steps.forget()
        before, self._preview, self._options = self._preview, None, ImportOptions()
        if held is not None:
            self._show(held.preview)
            self._let_go(before)
            self._options = held.options
            # The book may hold more by now than it was planned with.
            self._choose({})
            return
        self._summary.setText(say("sheets.reading_file", name=path.name))
        self._notes.clear()
        # Nothing can be chosen yet; its place stays, so that what comes does not jump.
        self.choices.hide()
        self.pane.clear()
        self._let_go(before)
        self._set_ready(is_ready=False)
        self._plan(lambda task: self._context.desk.sheets.preview(path, progress=task))

    def _name(self, path: Path, following: int) -> None:
        self.path = path
        self._leave_text = say("sheets.skip_file" if following else "window.cancel")
        self._following.setText(say("sheets.following", count=following))
        self._following.setVisible(following > 0)
        self._title.setText(path.name)

    def _let_go(self, before: Preview | None) -> None:
        """Nothing of it is shown any more."""
        if before is not None and before is not self._preview:
            let_go(self._context.tasks, before)

    @property
    def is_busy(self) -> bool:
        """Whether a file is open or written."""
        return self.path is not None or bool(self._writings)

    def take_over(self, before: PreviewPage, following: int) -> None:
        """Takes the place of another page: waits for what is written, and shows the file of it."""
        self._writings = before._writings
        for writing in self._writings:
            writing.page = self
        if before._written is not None:
            self._name(before._written.preview.path, following)
            self._show(before._written.preview)
            self._wait_for(before._written)

    def held(self) -> Path | HeldPreview | None:
        """What is open, to be gone on with after another file; nothing while it is imported."""
        if self.path is None or self._written is not None:
            return None
        if self._preview is None:
            return self.path
        return HeldPreview(self._preview, self._options)

    def stop(self) -> None:
        """Stops what is read, planned or written; what is only looked at stays open."""
        for task in (self._written, self._running):
            if task is not None:
                task.cancel()

    def leave(self) -> None:
        """Stops the import that is written, else gives the file up and stops what is still read."""
        if self._written is not None:
            self._written.cancel()
            return
        self._stop()
        self._give_up()

    def _give_up(self) -> None:
        # The preview stays until the next file comes: letting go of a large one takes a while.
        self.path = None
        self.left.emit()

    def _choose(self, changed: Mapping[str, Any]) -> None:
        """Plans again with other options; what they do not touch is not done again.

        What is being written stays as it was planned.
        """
        if self._written is not None:
            self._tell_written()
        if self._preview is None or self._written is not None:
            return
        if "kinds" in changed:
            changed = {"overrides": self._still_said(changed["kinds"]), **changed}
        if "sheet" in changed:
            changed = {"heading_row": None, **changed}
        options = replace(self._options, **changed)
        if options != self._options:
            self._steps.take(self._options)
        self._revise(self._preview, options)

    def _go_a_step(self, is_back: bool) -> None:
        """Takes back what was chosen last, or chooses it again."""
        if self._written is not None:
            self._tell_written()
        elif self._preview is not None:
            self._revise(self._preview, self._steps.step(self._options, is_back=is_back))

    def _revise(self, preview: Preview, options: ImportOptions) -> None:
        self._options = options
        # Also while a dialog is closing, behind which the button waits for the hand.
        self._was_on_import = self.window().focusWidget() is self.import_button
        self._set_ready(is_ready=False)
        self._plan(lambda task: self._context.desk.sheets.revise(preview, options, progress=task))

    def _still_said(self, kinds: Mapping[str, str]) -> Overrides:
        """What holds of the columns when the sheet that is shown is one of ``kinds``."""
        said, table = self._options.overrides, self._table()
        if table is None:
            return said
        return still_said(said, [column.name for column in table.columns], kinds.get(table.sheet))

    def _plan(self, work: Callable[..., Preview]) -> None:
        self._stop()
        number = self._asked
        self._running = self._context.tasks.long_read(
            self,
            Message("sheets.reading_rows"),
            lambda task: unless_stopped(work, task),
            lambda preview: self._take(preview, number),
            failed=lambda error: self._on_failed(error, number),
        )

    def _take(self, preview: Preview | None, number: int) -> None:
        """Shows what was planned; what the person stopped is as if it had not been asked."""
        if number != self._asked:
            return
        if preview is not None:
            self._show(preview)
        else:
            self._go_back()

    def _stop(self) -> None:
        """A newer choice makes an older plan needless."""
        self._asked += 1
        self._take_written(None)
        if self._running is not None:
            self._running.cancel()
            self._running = None

    def _on_failed(self, error: BaseException, number: int) -> None:
        if number == self._asked:
            self._context.tasks.failed.emit(self, error)
            self._go_back()

    def _go_back(self) -> None:
        """To what was shown before, or away where that is nothing."""
        if self._preview is None:
            self._give_up()
        else:
            self._options = self._preview.options
            self._show(self._preview)

    # -- showing ----------------------------------------------------------------------------

    def _show(self, preview: Preview) -> None:
        before, is_first = self._preview, self._preview is None
        self._preview, self._options = preview, preview.options
        self._show_tables(preview)
        self._show_table()
        self._let_go(before)
        self._show_constants()
        self._set_ready(is_ready=bool(preview.taken))
        if is_first or self._was_on_import:
            self.import_button.setFocus()
        self.planned.emit(preview)

    def _show_tables(self, preview: Preview) -> None:
        self.tables.blockSignals(True)
        current = self.tables.currentIndex()
        while self.tables.count():
            self.tables.removeTab(0)
        in_sheets = Counter(table.sheet for table in preview.taken)
        for table in preview.taken:
            kind = say(f"sheets.kind.{table.kind}")
            key = "table_tab" if in_sheets[table.sheet] == 1 else "table_tab_at"
            first = table.region.first_row + 1
            title = say(f"sheets.{key}", name=table.sheet, kind=kind, row=first)
            tab = self.tables.addTab(title.replace("&", "&&"))
            self.tables.setTabToolTip(tab, words.text(table.kind_why))
        self.tables.setCurrentIndex(min(max(current, 0), self.tables.count() - 1))
        self.tables.blockSignals(False)
        self.tables.setVisible(len(preview.taken) > 1)

    def _table(self) -> UnderstoodSheet | None:
        """The table that is shown: one that is taken, else what was found of the first."""
        if self._preview is None:
            return None
        taken = self._preview.taken
        if taken:
            return taken[max(0, self.tables.currentIndex())]
        return next(iter(self._preview.sheets), None)

    def _show_table(self) -> None:
        preview, table = self._preview, self._table()
        if preview is None:
            return
        self.choices.show_preview(preview, self._options, table)
        self.choices.show()
        self._summary.setText(summary(preview, table))
        self._notes.setText("\n".join(notes(preview, table)))
        self._notes.setVisible(bool(self._notes.text()))
        if table is None:
            self.pane.clear()
            return
        self.pane.show_table(table, preview.rows_of(table), self._options)

    def _show_constants(self) -> None:
        clear(self.constants)
        for field, text in self._options.overrides.constants.items():
            name = words.text(Message(f"mapping.field.{field}"))
            told = say("sheets.constant_chip", field=name, value=text)
            chip = QPushButton(told.replace("&", "&&") + "  ✕")
            chip.setProperty("role", "chip")
            chip.setAccessibleName(say("sheets.constant_remove", field=name))
            chip.setToolTip(say("sheets.constant_remove", field=name))
            chip.clicked.connect(lambda: self.pane.constant_button.setFocus())
            chip.clicked.connect(lambda _on=False, field=field: self._set_constant(field, ""))
            self.constants.addWidget(chip)
        self.constants.addStretch(1)

    def _set_ready(self, *, is_ready: bool) -> None:
        self.import_button.setEnabled(is_ready and not self._context.desk.is_read_only)
        may_choose = self._preview is not None and self._written is None
        self.choices.setEnabled(may_choose)
        self.pane.constant_button.setEnabled(may_choose)
        self.pane.bar.setEnabled(may_choose)
        self.pane.hold(is_held=self._written is not None)

    # -- changing ---------------------------------------------------------------------------

    def _map(self, fields: Mapping[str, str]) -> None:
        self._choose({"overrides": Overrides(dict(fields), self._options.overrides.constants)})

    def _set_constant(self, field: str, text: str) -> None:
        constants = {**self._options.overrides.constants, field: text}
        kept = {key: value for key, value in constants.items() if value}
        self._choose({"overrides": Overrides(self._options.overrides.fields, kept)})

    def _ask_split(self, name: str) -> None:
        table = self._table()
        if table is None:
            return
        column = next(column for column in table.columns if column.name == name)
        fields = fields_of(table.kind)
        dialog = SplitDialog(name, column.sample, fields, column.fields, self)
        dialog.accepted.connect(
            lambda: dialog.fields() and self.pane.bar.split(name, dialog.fields())
        )
        self._open(dialog)

    def _ask_constant(self) -> None:
        table = self._table()
        dialog = ConstantDialog(fields_of(table.kind if table else None), self)
        dialog.accepted.connect(lambda: self._set_constant(*dialog.answer()))
        self._open(dialog)

    def _correct(self, row: PlannedRow, column: int, text: str) -> None:
        table = self._table()
        if table is not None:
            place = place_of(table, row.record, column)
            self._choose({"corrections": {**self._options.corrections, place: text}})

    def _decide_row(self, row: PlannedRow, *, choice: Choice) -> None:
        decided = {row.place: Decision(choice)}
        self._choose({"decisions": {**self._options.decisions, **decided}})

    def _take_back(self, row: PlannedRow) -> None:
        """The row as the sheet has it, undecided."""
        table = self._table()
        if table is None:
            return
        cells = places_of(table, row.record)
        decisions, corrections = self._options.decisions, self._options.corrections
        self._choose(
            {
                "decisions": {key: one for key, one in decisions.items() if key != row.place},
                "corrections": {
                    cell: text for cell, text in corrections.items() if cell not in cells
                },
            }
        )

    def decide(self, current: PlannedRow | None = None) -> None:
        """Opens the likely duplicates side by side, at ``current`` where it is one of them."""
        if self._preview is None:
            return
        rows = [row for row in self._preview.plan.rows if row.match is not None]
        if not rows:
            self._context.toast(say("sheets.decide.none"))
            return
        first = next((n for n, row in enumerate(rows) if row is current), 0)
        dialog = DecideDialog(self._context, self._preview, rows, first=first, parent=self)
        dialog.accepted.connect(lambda: self._choose({"decisions": dialog.decisions}))
        self._open(dialog)

    def _open(self, dialog: SplitDialog | ConstantDialog | DecideDialog) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    # -- importing --------------------------------------------------------------------------

    def _import(self) -> None:
        if self._preview is not None:
            writing = Writing(self._context, self._preview, self)
            self._writings.append(writing)
            self._wait_for(writing)

    def _wait_for(self, writing: Writing) -> None:
        self._take_written(writing)
        self._was_on_import = True
        self._set_ready(is_ready=False)

    def _take_written(self, writing: Writing | None) -> None:
        """Offers to stop the import that is written, or to leave where none is."""
        self._written = writing
        is_written = writing is not None
        self.leave_button.setText(say("sheets.stop_import") if is_written else self._leave_text)

    def _tell_written(self) -> None:
        self._context.toast(say("sheets.is_written"))

    def _end(self, writing: Writing) -> bool:
        """Waits for it no more; whether its file is the one that is open."""
        self._writings.remove(writing)
        is_open = writing is self._written
        if is_open:
            self._take_written(None)
        return is_open

    def on_not_written(self, writing: Writing, error: BaseException) -> None:
        """It is told wherever the person is by then."""
        self._context.tasks.failed.emit(self, error)
        if self._end(writing):
            self._go_back()

    def on_written(self, writing: Writing, result: ImportResult | None) -> None:
        """A stopped import has changed nothing and can be started again."""
        is_open = self._end(writing)
        if result is None:
            self._context.toast(say("sheets.import_stopped", file=writing.preview.path.name))
            if is_open:
                self._go_back()
            return
        if is_open:
            self.path = None
        self.imported.emit(result, is_open)
