"""Owns the list of companies of the book that are likely one, to be merged or said to be two.

Must not compare; the service does, in the background.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QLabel,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.directory.duplicates_views import LikelyPair
from app.kernel.messages import Message
from ui import theme
from ui.context import Context
from ui.directory.merge_dialog import DirectoryMergeDialog
from ui.tables import dress
from ui.words import say, words

_SIZE = (880, 520)
_SURE_PX = 70


class DuplicatesDialog(QDialog):
    """Likely pairs, likeliest first."""

    def __init__(self, context: Context, kind: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self._kind = context, kind
        self._pairs: list[LikelyPair] = []
        self.setWindowTitle(say("window.duplicates.title"))
        self.resize(*_SIZE)
        self.about = QLabel(say("window.duplicates.looking"))
        self.about.setWordWrap(True)
        self.about.setProperty("role", "faint")
        self.table = QTableWidget(0, 4)
        self._prepare_table()
        buttons = QDialogButtonBox()
        role = QDialogButtonBox.ButtonRole
        self.compare_button = buttons.addButton(say("window.duplicates.compare"), role.ActionRole)
        self.compare_button.setProperty("role", "primary")
        self.compare_button.setEnabled(False)
        buttons.addButton(say("window.close"), role.RejectRole).setAutoDefault(False)
        self.compare_button.clicked.connect(self.compare)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.LARGE, theme.LARGE, theme.LARGE, theme.MEDIUM)
        layout.setSpacing(theme.SMALL)
        layout.addWidget(self.about)
        layout.addWidget(self.table, 1)
        layout.addWidget(buttons)
        self._read()

    def _prepare_table(self) -> None:
        table = self.table
        table.setAccessibleName(say("window.duplicates.title"))
        table.setHorizontalHeaderLabels(
            [say(f"window.duplicates.{key}") for key in ("sure", "first", "second", "why")]
        )
        dress(table)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setColumnWidth(0, _SURE_PX)
        header = table.horizontalHeader()
        for column in (1, 2, 3):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        table.activated.connect(lambda _index: self.compare())

    def _read(self) -> None:
        self._context.tasks.long_read(
            self,
            Message("directory.finding_duplicates"),
            lambda task: self._context.desk.directory_views.likely_duplicates(task),
            self._show,
        )

    def _show(self, pairs: Sequence[LikelyPair]) -> None:
        self._pairs = list(pairs)
        self.table.setRowCount(len(pairs))
        for row, pair in enumerate(pairs):
            why = " · ".join(words.text(reason.message) for reason in pair.reasons)
            cells = (f"{pair.score:.0%}", pair.first_title, pair.second_title, why)
            for column, text in enumerate(cells):
                item = QTableWidgetItem(text)
                item.setToolTip(text.replace("<", "‹"))
                self.table.setItem(row, column, item)
        self._show_count()
        if pairs:
            self.table.setCurrentCell(0, 0)
            self.table.setFocus()

    def _show_count(self) -> None:
        count = len(self._pairs)
        self.about.setText(
            say("window.duplicates.found", count=count) if count else say("window.duplicates.none")
        )
        self.compare_button.setEnabled(count > 0)

    def compare(self) -> None:
        """Opens the pair side by side; once it is settled, the next one is current."""
        row = self.table.currentRow()
        if not 0 <= row < len(self._pairs):
            return
        pair = self._pairs[row]
        dialog = DirectoryMergeDialog(self._context, self._kind, (pair.first, pair.second), self)
        dialog.settled.connect(lambda: self._on_settled(pair))
        dialog.open()

    def _on_settled(self, settled: LikelyPair) -> None:
        """A company that is merged is in no other pair any more; the list is read again."""
        self._pairs.remove(settled)
        self._read()
