"""Owns the window on the trade glossary: every entry in a table, to filter, add, change and take out.

Every change is one step with its undo and counts for the next search. Must not know how synonyms
are applied.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from app.kernel.messages import Message
from app.search.glossary_service import FIELDS, GlossaryEntry
from ui import formats, theme
from ui.buttons import key_button
from ui.context import Context
from ui.forms.dialog import RecordDialog
from ui.icons import icon
from ui.search.glossary_model import GlossaryModel
from ui.tables import dress
from ui.words import say

_FIRST_SIZE = (900, 600)


class GlossaryDialog(QDialog):
    """The glossary of the open book."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._steps = 0
        self.setWindowTitle(say("search.glossary.title"))
        self.resize(*_FIRST_SIZE)
        self.model = GlossaryModel(self)
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(say("search.glossary.filter"))
        self.filter.setAccessibleName(say("search.glossary.filter"))
        self.filter.setClearButtonEnabled(True)
        self.filter.textChanged.connect(self._on_filter)
        self.table = QTableView()
        self._prepare_table()
        self._count = QLabel()
        self._count.setProperty("role", "faint")
        self._make_buttons()
        self._lay_out()
        self.read()

    def _prepare_table(self) -> None:
        table = self.table
        table.setModel(self.model)
        table.setAccessibleName(say("search.glossary.title"))
        dress(table)
        header = table.horizontalHeader()
        for column, field in enumerate(FIELDS):
            room = self.fontMetrics().horizontalAdvance("n") * field.width_chars + 24
            header.resizeSection(column, room)
        header.setStretchLastSection(True)
        table.activated.connect(lambda _index: self.edit())
        table.selectionModel().selectionChanged.connect(lambda *_: self._enable())

    def _make_buttons(self) -> None:
        # A table's own keys, so that the filter keeps deleting and undoing what is typed there.
        self.add_button = key_button(
            "search.glossary.add", "Ctrl+N", self, picture="add", run=self.add
        )
        self.add_button.setProperty("role", "primary")
        self.add_button.setIcon(icon("add", on_accent=True))
        self.edit_button = key_button(
            "search.glossary.change", "", self, picture="edit", run=self.edit
        )
        self.delete_button = key_button(
            "window.delete", "Del", self.table, picture="delete", run=self.delete
        )
        self.undo_button = key_button(
            "window.undo", "Ctrl+Z", self.table, picture="undo", run=self.undo
        )
        self.back_button = QPushButton(icon("undo"), "")
        self.back_button.setAutoDefault(False)
        self.back_button.clicked.connect(lambda: self.bring_back())
        self.back_button.hide()

    def _lay_out(self) -> None:
        hint = QLabel(say("search.glossary.hint"))
        hint.setProperty("role", "faint")
        hint.setWordWrap(True)
        head = QHBoxLayout()
        head.setSpacing(theme.SMALL)
        head.addWidget(self.filter, 1)
        for button in (self.undo_button, self.delete_button, self.edit_button, self.add_button):
            head.addWidget(button)
        foot = QHBoxLayout()
        foot.addWidget(self._count)
        foot.addStretch(1)
        foot.addWidget(self.back_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.LARGE, theme.MEDIUM, theme.LARGE, theme.MEDIUM)
        layout.setSpacing(theme.SMALL)
        layout.addWidget(hint)
        layout.addLayout(head)
        layout.addWidget(self.table, 1)
        layout.addLayout(foot)

    # -- showing ----------------------------------------------------------------------------

    def read(self) -> None:
        """Reads the entries again."""
        glossary = self._context.desk.glossary
        self._context.tasks.read(
            self, lambda: (glossary.entries(), glossary.taken_out()), self._show
        )

    def _show(self, answer: tuple[Sequence[GlossaryEntry], int]) -> None:
        entries, taken_out = answer
        at = self.table.currentIndex().row()
        self.model.show_entries(entries)
        self._select(at)
        self.back_button.setText(say("search.glossary.bring_back", count=taken_out))
        self.back_button.setVisible(taken_out > 0)

    def _on_filter(self, text: str) -> None:
        self.model.set_filter(text)
        self._select(0)

    def _select(self, row: int) -> None:
        rows = self.model.rowCount()
        if rows:
            self.table.selectRow(max(0, min(row, rows - 1)))
        shown, total = formats.number(rows), formats.number(self.model.total)
        told = say("search.glossary.count", shown=shown, total=total)
        self._count.setText(told if rows else say("search.glossary.nothing"))
        self._enable()

    def _enable(self) -> None:
        can_write = not self._context.desk.is_read_only
        chosen = len(self._chosen())
        self.add_button.setEnabled(can_write)
        self.edit_button.setEnabled(can_write and chosen == 1)
        self.delete_button.setEnabled(can_write and chosen > 0)
        self.undo_button.setEnabled(can_write and self._steps > 0)
        self.back_button.setEnabled(can_write)

    def _chosen(self) -> list[GlossaryEntry]:
        rows = self.table.selectionModel().selectedRows()
        entries = (self.model.entry(index.row()) for index in rows)
        return [entry for entry in entries if entry is not None]

    # -- changing ---------------------------------------------------------------------------

    def add(self) -> None:
        """Asks for the names of a new entry."""
        add = self._context.desk.glossary.add
        self._ask(say("search.glossary.new"), None, add, say("search.glossary.added"))

    def edit(self) -> None:
        """Opens the chosen entry."""
        chosen = self._chosen()
        if len(chosen) == 1 and not self._context.desk.is_read_only:
            edit = partial(self._context.desk.glossary.edit, chosen[0])
            self._ask(say("search.glossary.edit"), chosen[0], edit, say("search.glossary.edited"))

    def _ask(
        self, title: str, entry: GlossaryEntry | None, save: Callable[..., object], told: str
    ) -> None:
        dialog = RecordDialog(
            title,
            FIELDS,
            self._context.tasks,
            save=save,
            values=entry.values if entry is not None else None,
            then=lambda _answer: self._changed(told),
            parent=self,
        )
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def delete(self) -> None:
        """Takes the chosen entries out."""
        chosen = self._chosen()
        if chosen:
            told = say("search.glossary.deleted", count=len(chosen))
            self._write(partial(self._context.desk.glossary.delete, chosen), told)

    def bring_back(self) -> None:
        """Uses all entries of the program again."""
        self._write(self._context.desk.glossary.bring_back, say("search.glossary.brought_back"))

    def _write(self, work: Callable[[], object], told: str) -> None:
        self._context.tasks.write(
            self,
            Message("window.saving"),
            lambda _task: work(),
            lambda _answer: self._changed(told),
        )

    def _changed(self, told: str) -> None:
        self._context.toast(told)
        self._steps += 1
        self.read()

    def undo(self) -> None:
        """Takes back what was done last in this dialog, and nothing that was done before it."""

        def undone(_answer: object) -> None:
            self._steps -= 1
            self.read()

        if self._steps:
            self._context.tasks.write(
                self,
                Message("window.undoing"),
                lambda _task: self._context.desk.history.undo(),
                undone,
            )
