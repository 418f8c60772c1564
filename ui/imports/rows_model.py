"""Owns the table of a preview's rows: what will happen to each and why, and its cells, to be corrected.

Must not plan; it shows the plan and says what was typed.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QColor

from app.sheets.cells.reading import text_of
from app.sheets.mapping.columns import ColumnMapping
from app.sheets.plan.outcome import Choice, Decisions, Outcome, PlannedRow, TableRows
from ui import theme
from ui.lists.delegates import Encoded
from ui.lists.model import PICTURE
from ui.words import say, words

_NO_PARENT = QModelIndex()
#: What stands before the sheet's own columns: why that will happen to the row which its header says.
FIXED_COLUMNS = 1
WHY = 0
_MARK_ALPHA = 46


class RowFilter(StrEnum):
    """Which rows are shown."""

    ALL = "all"
    PROBLEMS = "problems"
    DUPLICATES = "duplicates"


class RowsModel(QAbstractTableModel):
    """The rows of one table of a sheet."""

    #: A cell was typed over: the row, the column of the table (from 0), the text.
    edited = Signal(object, int, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all = TableRows()
        self._rows: Sequence[PlannedRow] = ()
        self._columns: Sequence[ColumnMapping] = ()
        #: The first column of pictures, which shows those of the rows; -1 without any.
        self.picture_column = -1
        self._decisions: Decisions = {}
        self._typed: dict[tuple[int, int], str] = {}
        #: Whether no cell can be typed over now.
        self.is_held = False
        self.filter = RowFilter.ALL

    def show_rows(
        self, rows: TableRows, columns: Sequence[ColumnMapping], decisions: Decisions
    ) -> None:
        """Shows other rows, or the same ones planned again: these stay where they are.

        A cell that is being typed into stays open then, with what was typed.
        """
        wanted = _found(rows, self.filter)
        names, before = ([column.name for column in some] for some in (columns, self._columns))
        stays = names == before and _have_same_places(wanted, self._rows)
        if not stays:
            self.beginResetModel()
        self._all, self._columns, self._decisions = rows, columns, decisions
        places = enumerate(columns, FIXED_COLUMNS)
        self.picture_column = next((n for n, one in places if "picture" in one.fields), -1)
        self._rows = wanted
        self._typed.clear()
        if not stays:
            self.endResetModel()
        elif wanted:
            last = len(wanted) - 1
            self.dataChanged.emit(self.index(0, WHY), self.index(last, WHY))
            self.headerDataChanged.emit(Qt.Orientation.Vertical, 0, last)

    def use_filter(self, wanted: RowFilter) -> None:
        """Shows only some of the rows."""
        self.beginResetModel()
        self.filter = wanted
        self._rows = _found(self._all, wanted)
        self.endResetModel()

    def count(self, wanted: RowFilter) -> int:
        """How many rows a filter shows."""
        return len(_found(self._all, wanted))

    def has_duplicates_in_book(self) -> bool:
        """Whether a row looks like a record of the book; others only repeat a row above."""
        return self._all.is_like_book

    def row_at(self, row: int) -> PlannedRow:
        """The planned row shown at a place."""
        return self._rows[row]

    def place_of(self, sheet: str, position: int) -> int:
        """Where a record of the table is shown, or -1."""
        for place, row in enumerate(self._rows):
            if row.record.position == position and row.sheet == sheet:
                return place
        return -1

    def marked_column(self, row: int) -> int:
        """The first column of the row with a problem, where the hand corrects it, else its first."""
        places = range(FIXED_COLUMNS, self.columnCount())
        marked = (place for place in places if self._mark(self._rows[row], place - FIXED_COLUMNS))
        return next(marked, FIXED_COLUMNS)

    @property
    def has_words(self) -> bool:
        """Whether any row has something to say."""
        return bool(self._all.with_problems or self._decisions) or self._all.is_like_book

    # -- what Qt asks -----------------------------------------------------------------------

    def rowCount(self, parent: QModelIndex = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: QModelIndex = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._columns) + FIXED_COLUMNS

    def flags(self, index: QModelIndex) -> Qt.ItemFlag:
        flags = super().flags(index)
        if index.column() >= FIXED_COLUMNS and not self.is_held:
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row, column = self._rows[index.row()], index.column()
        if role == PICTURE:
            return self._picture(row, column)
        if role == Qt.ItemDataRole.DisplayRole:
            is_picture = self._picture(row, column) is not None
            return "" if is_picture else self._text(row, column).replace("\n", " ")
        if role == Qt.ItemDataRole.EditRole:
            return self._text(row, column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._tip(row, column)
        if role == Qt.ItemDataRole.ForegroundRole and column == WHY:
            return QColor(outcome_colour(row))
        if role == Qt.ItemDataRole.BackgroundRole and column >= FIXED_COLUMNS:
            return self._mark(row, column - FIXED_COLUMNS)
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """What is read out with a cell: the row and what will happen to it, the column's name.

        While another table is taken in, one header asks for sections the other no longer has.
        """
        if orientation is Qt.Orientation.Horizontal:
            if role != Qt.ItemDataRole.DisplayRole or section >= self.columnCount():
                return None
            place = section - FIXED_COLUMNS
            return say("sheets.why") if section == WHY else self._columns[place].name
        if section >= len(self._rows):
            return None
        row = self._rows[section]
        if role == Qt.ItemDataRole.DisplayRole:
            happens = say(f"sheets.happens.{row.outcome.value}")
            return say("sheets.row_says", row=row.record.number, happens=happens)
        return self._tip(row, WHY) if role == Qt.ItemDataRole.ToolTipRole else None

    def setData(
        self, index: QModelIndex, value: object, role: int = Qt.ItemDataRole.EditRole
    ) -> bool:
        """Takes a corrected cell; it shows at once, and what follows from it when it is planned."""
        row, text = self._rows[index.row()], str(value)
        if role != Qt.ItemDataRole.EditRole or text == self._text(row, index.column()):
            return False
        self._typed[id(row), index.column()] = text
        self.dataChanged.emit(index, index)
        self.edited.emit(row, index.column() - FIXED_COLUMNS, text)
        return True

    def _text(self, row: PlannedRow, column: int) -> str:
        if column == WHY:
            return " · ".join(told(row, self._decisions))
        if (id(row), column) in self._typed:
            return self._typed[id(row), column]
        raw, place = row.record.raw, column - FIXED_COLUMNS
        return text_of(raw[place]) if place < len(raw) else ""

    def _picture(self, row: PlannedRow, column: int) -> Encoded | None:
        """The first picture on the row."""
        if column != self.picture_column or not row.record.pictures:
            return None
        return Encoded(row.record.pictures[0].data)

    def _tip(self, row: PlannedRow, column: int) -> str | None:
        """A tool tip guesses HTML; what comes from a sheet is only text."""
        place = column - FIXED_COLUMNS
        if column == WHY:
            lines = told(row, self._decisions, whole=True)
        else:
            lines = [words.text(p.message) for p in row.problems if self._is_at(p.field, place)]
            if _was_corrected(row, place):
                lines.append(say("sheets.cell_was", text=text_of(row.record.original[place])))
        return "\n".join(lines).replace("<", "‹") or None

    def _is_at(self, field: str, place: int) -> bool:
        return bool(field) and place < len(self._columns) and field in self._columns[place].fields

    def _mark(self, row: PlannedRow, place: int) -> QColor | None:
        tokens = theme.colours()
        severities = {p.severity for p in row.problems if self._is_at(p.field, place)}
        if "error" in severities:
            return _faint(tokens.error)
        if severities:
            return _faint(tokens.warning)
        return _faint(tokens.accent) if _was_corrected(row, place) else None


def _found(rows: TableRows, wanted: RowFilter) -> Sequence[PlannedRow]:
    """The rows a filter shows."""
    if wanted is RowFilter.PROBLEMS:
        return rows.with_problems
    return rows.duplicates if wanted is RowFilter.DUPLICATES else rows.all


def _have_same_places(some: Sequence[PlannedRow], others: Sequence[PlannedRow]) -> bool:
    """Whether these are the same rows of the sheet, planned once more or not."""
    return len(some) == len(others) and all(
        (one.record.number, one.record.position, one.sheet)
        == (other.record.number, other.record.position, other.sheet)
        for one, other in zip(some, others, strict=True)
    )


def told(row: PlannedRow, decisions: Decisions, *, whole: bool = False) -> list[str]:
    """What there is to say of a row, in words; ``whole`` with the reasons for a duplicate."""
    errors_first = sorted(row.problems, key=lambda problem: problem.severity != "error")
    lines = [words.text(problem.message) for problem in errors_first]
    decision = decisions.get(row.place)
    if decision is not None:
        is_parted = decision.choice is Choice.CREATE and row.match is None
        what = "parted" if is_parted else decision.choice.value
        lines.append(say(f"sheets.decided.{what}"))
    if row.match is not None:
        key = "sheets.is_same" if row.match.is_taken else "sheets.may_be_same"
        if decision is None or whole:
            lines.append(say(key, name=row.match.title, score=round(row.match.score * 100)))
        if whole:
            lines += [words.text(reason.message) for reason in row.match.reasons]
    return lines


def _was_corrected(row: PlannedRow, place: int) -> bool:
    original = row.record.original
    return place < len(original) and original[place] != row.record.raw[place]


def _faint(colour: str) -> QColor:
    mark = QColor(colour)
    mark.setAlpha(_MARK_ALPHA)
    return mark


def outcome_colour(row: PlannedRow) -> str:
    """The colour of what will happen to a row."""
    tokens = theme.colours()
    if row.outcome is Outcome.REJECT:
        return tokens.error
    if row.problems:
        return tokens.warning
    return tokens.good if row.outcome in {Outcome.CREATE, Outcome.UPDATE} else tokens.faint
