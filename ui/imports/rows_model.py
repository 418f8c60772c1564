"""Owns the table of a preview's rows: what will happen to each, and the cells as they stand in the sheet.

Must not plan; it shows the plan.
"""

from __future__ import annotations

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt
from PySide6.QtGui import QColor

from app.sheets.cells.reading import text_of
from app.sheets.plan.outcome import Outcome, PlannedRow
from ui import theme
from ui.words import say, words

_NO_PARENT = QModelIndex()
#: What stands before the sheet's own columns: the row's number and what will happen.
FIXED_COLUMNS = 2


class RowsModel(QAbstractTableModel):
    """The rows of one table of a sheet."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[PlannedRow] = []
        self._columns = 0

    def show_rows(self, rows: list[PlannedRow], columns: int) -> None:
        """Shows other rows."""
        self.beginResetModel()
        self._rows, self._columns = rows, columns
        self.endResetModel()

    def rowCount(self, parent: QModelIndex = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: QModelIndex = _NO_PARENT) -> int:
        return 0 if parent.isValid() else self._columns + FIXED_COLUMNS

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self._rows[index.row()]
        column = index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(row, column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return _why(row) if column < FIXED_COLUMNS else None
        if role == Qt.ItemDataRole.ForegroundRole and column == 1:
            return QColor(_colour(row))
        if role == Qt.ItemDataRole.TextAlignmentRole and column == 0:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def _text(self, row: PlannedRow, column: int) -> str:
        if column == 0:
            return str(row.record.number)
        if column == 1:
            mark = " ⚠" if row.problems and row.outcome is not Outcome.REJECT else ""
            return say(f"sheets.happens.{row.outcome.value}") + mark
        raw = row.record.raw
        place = column - FIXED_COLUMNS
        return text_of(raw[place]).replace("\n", " ") if place < len(raw) else ""


def _why(row: PlannedRow) -> str | None:
    lines = [words.text(problem.message) for problem in row.problems]
    if row.match is not None:
        key = "sheets.is_same" if row.match.is_taken else "sheets.may_be_same"
        lines.append(say(key, name=row.match.title, score=round(row.match.score * 100)))
        lines += [words.text(reason.message) for reason in row.match.reasons]
    # A tool tip guesses HTML; what comes from a sheet is only text.
    return "\n".join(lines).replace("<", "‹") or None


def _colour(row: PlannedRow) -> str:
    tokens = theme.colours()
    if row.outcome is Outcome.REJECT:
        return tokens.error
    if row.problems:
        return tokens.warning
    return tokens.good if row.outcome in {Outcome.CREATE, Outcome.UPDATE} else tokens.faint
