"""Owns the page that sets two revisions side by side, field by field.

Must not find the differences; the view does.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QBrush, QColor, QFont, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.quotations.comparison import ComparedField
from app.quotations.detail_views import QuotationDetail
from app.quotations.revisions import STATE_NAMES, Change
from ui import theme
from ui.context import Context
from ui.icons import icon
from ui.tables import dress, fit_rows
from ui.words import say, words


class ComparisonPage(QWidget):
    """What changed from one revision to another."""

    left = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._detail: QuotationDetail | None = None
        self.before, self.after = QComboBox(), QComboBox()
        self.before.setAccessibleName(say("editor.compare_from"))
        self.after.setAccessibleName(say("editor.compare_to"))
        for box in (self.before, self.after):
            box.activated.connect(lambda _i: self._read())
        self._title = QLabel()
        self._title.setProperty("role", "title")
        self.back = QPushButton(icon("back"), say("editor.back_to_quotation"))
        self.back.clicked.connect(self.left)
        leave = QShortcut(QKeySequence("Esc"), self, self.left.emit)
        leave.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.table = QTableWidget(0, 3)
        self.table.setAccessibleName(say("editor.compare"))
        dress(self.table)
        self.table.setWordWrap(True)
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self._note = QLabel()
        self._note.setProperty("role", "faint")
        self._lay_out()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(theme.SMALL)
        head.addWidget(self.back)
        head.addSpacing(theme.MEDIUM)
        head.addWidget(self._title)
        head.addStretch(1)
        head.addWidget(self.before)
        head.addWidget(QLabel("→"))
        head.addWidget(self.after)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.LARGE, theme.MEDIUM, theme.LARGE, theme.MEDIUM)
        layout.setSpacing(theme.MEDIUM)
        layout.addLayout(head)
        layout.addWidget(self._note)
        layout.addWidget(self.table, 1)

    def show_quotation(self, detail: QuotationDetail) -> None:
        """Compares the revision shown with the one before it."""
        self._detail = detail
        self._title.setText(say("editor.compare_title", number=detail.number))
        numbers = [one.revision for one in detail.revisions]
        for box in (self.before, self.after):
            box.clear()
            for one in detail.revisions:
                state = words.text(STATE_NAMES[one.state])
                box.addItem(f"R{one.revision} · {state}", one.revision)
        shown = max(numbers.index(detail.revision), 1)
        self.before.setCurrentIndex(shown - 1)
        self.after.setCurrentIndex(shown)
        self._read()
        self.table.setFocus()

    def _read(self) -> None:
        detail = self._detail
        before, after = self.before.currentData(), self.after.currentData()
        if detail is None or before is None or after is None:
            return
        views, language = self._context.desk.quotation_views, words.language
        self._context.tasks.read(
            self,
            lambda: views.comparison(detail.id, before, after, language=language),
            self._show,
        )

    def _show(self, found: Sequence[ComparedField]) -> None:
        self._note.setText(
            say("editor.differences", count=len(found)) if found else say("editor.no_differences")
        )
        self.table.setRowCount(0)
        self.table.setHorizontalHeaderLabels(
            [say("editor.field"), self.before.currentText(), self.after.currentText()]
        )
        line: str | None = None
        for each in found:
            if each.line_uid != line:
                line = each.line_uid
                self._add_heading(each.line or say("editor.head"))
            self._add(each)
        fit_rows(self.table)

    def _add_heading(self, text: str) -> None:
        row = self.table.rowCount()
        self.table.insertRow(row)
        item = QTableWidgetItem(text)
        font = QFont()
        font.setBold(True)
        item.setFont(font)
        item.setBackground(QBrush(QColor(theme.colours().stripe)))
        self.table.setItem(row, 0, item)
        self.table.setSpan(row, 0, 1, 3)

    def _add(self, each: ComparedField) -> None:
        row = self.table.rowCount()
        self.table.insertRow(row)
        tokens = theme.colours()
        gone = QBrush(QColor(tokens.error))
        come = QBrush(QColor(tokens.good))
        cells = (words.text(each.label), each.before or "–", each.after or "–")
        for column, text in enumerate(cells):
            item = QTableWidgetItem(text)
            if column == 1 and each.change is not Change.ADDED:
                item.setForeground(gone)
            elif column == 2 and each.change is not Change.REMOVED:
                item.setForeground(come)
            self.table.setItem(row, column, item)
