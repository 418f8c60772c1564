"""Owns the middle of a preview: filters, the columns' choices above the rows, and words on the current row.

Must not plan; it says what the person wants of a row or a cell.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, QPoint, Qt, Signal, SignalInstance
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from app.sheets.plan.outcome import Outcome, PlannedRow, TableRows
from app.sheets.service import ImportOptions
from app.sheets.understanding import UnderstoodSheet
from ui import formats, theme
from ui.imports.mapping_bar import COLUMN_PX, WHY_PX, MappingBar
from ui.imports.row_header import RowHeader
from ui.imports.rows_model import WHY, RowFilter, RowsModel, told
from ui.keys import tab_through
from ui.lists.delegates import PictureDelegate, Thumbnails
from ui.tables import dress
from ui.tasks import Tasks
from ui.words import say

DECIDE_KEYS = "Ctrl+D"
_OPENING = (
    QAbstractItemView.EditTrigger.DoubleClicked,
    QAbstractItemView.EditTrigger.EditKeyPressed,
)
#: The kinds whose rows are joined because they name one company.
_OF_COMPANIES = frozenset(("suppliers", "buyers", "contacts"))


class _MarkedCells(PictureDelegate):
    """Cells with the model's background, which a style sheet would leave out, and its pictures."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        mark = index.data(Qt.ItemDataRole.BackgroundRole)
        if mark is not None:
            painter.fillRect(option.rect, mark)
        super().paint(painter, option, index)


class _Rows(QTableView):
    """The rows, which say so when a cell is typed into that can't be changed now."""

    refused = Signal()

    def edit(self, index: QModelIndex, *how: Any) -> bool:
        """Opens a cell; ``how`` is by what, and the event."""
        if not how or index.flags() & Qt.ItemFlag.ItemIsEditable or not _is_typed(*how):
            return super().edit(index, *how)
        self.refused.emit()
        return True


def _is_typed(trigger: QAbstractItemView.EditTrigger, event: QEvent | None) -> bool:
    """Whether a person wants to type."""
    if trigger is QAbstractItemView.EditTrigger.AnyKeyPressed:
        return isinstance(event, QKeyEvent) and event.text().isprintable()
    return trigger in _OPENING


class RowsPane(QWidget):
    """The rows of one table and what is said of them."""

    #: A cell was typed over: the row, the table's column, the text.
    corrected = Signal(object, int, str)
    #: A cell was to be typed over that can't be now.
    refused = Signal()
    #: The person wants to see a row beside the record of the book.
    decide_asked = Signal(object)
    left_out = Signal(object)
    #: A row that was joined to one above is a company of its own.
    parted = Signal(object)
    taken_back = Signal(object)

    def __init__(self, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bar = MappingBar()
        self.rows = _Rows()
        self.model = RowsModel(self)
        self.header = RowHeader(self.model)
        self.filters = {wanted: QPushButton() for wanted in RowFilter}
        self.constant_button = QPushButton(say("sheets.column.constant"))
        self.decide_button = QPushButton(say("sheets.decide.action"))
        self.words = QLabel()
        self._thumbnails = Thumbnails(tasks, self)
        self._options = ImportOptions()
        self._are_companies = False
        self._shape: tuple[str, ...] = ()
        self._lay_out()
        self._make_actions()
        self._connect()

    def _lay_out(self) -> None:
        self.rows.setModel(self.model)
        self.rows.setVerticalHeader(self.header)
        self.rows.setItemDelegate(_MarkedCells(self._thumbnails, self.rows))
        self._thumbnails.ready.connect(self.rows.viewport().update)
        self.rows.horizontalHeader().hide()
        dress(self.rows, is_edited=True)
        self.header.show()
        self.rows.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.rows.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.AnyKeyPressed
        )
        self.rows.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.rows.setAccessibleName(say("sheets.rows"))
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.words.setWordWrap(True)
        self.words.setMinimumHeight(36)
        self.words.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.TINY)
        layout.addLayout(self._filter_row())
        layout.addLayout(self._heads())
        layout.addWidget(self.rows, 1)
        layout.addWidget(self.words)
        tab_through(self.constant_button, self.decide_button, self.rows, self.bar)

    def _heads(self) -> QHBoxLayout:
        """What stands above the rows: the bar scrolls with the cells, not what is beside it."""
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self.header.headings)
        row.addWidget(self.bar, 1)
        return row

    def _filter_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.TINY)
        for button in self.filters.values():
            button.setProperty("role", "chip")
            button.setCheckable(True)
            button.setAutoExclusive(True)
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(self.constant_button)
        row.addWidget(self.decide_button)
        return row

    def _make_actions(self) -> None:
        self.actions_of_row = {
            "decide": self._action("sheets.decide.row", "", self.decide_asked),
            "part": self._action("sheets.part", "Ctrl+Shift+D", self.parted),
            "leave": self._action("sheets.leave_out", "Ctrl+Backspace", self.left_out),
            "back": self._action("sheets.take_back", "Ctrl+Shift+Backspace", self.taken_back),
        }
        keys = QKeySequence(DECIDE_KEYS)
        self.decide_button.setToolTip(keys.toString(QKeySequence.SequenceFormat.NativeText))

    def _action(self, key: str, keys: str, wanted: SignalInstance) -> QAction:
        action = QAction(say(key), self.rows)
        action.setShortcut(QKeySequence(keys))
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.triggered.connect(lambda: self._ask(wanted))
        self.rows.addAction(action)
        return action

    def _ask(self, wanted: SignalInstance) -> None:
        row = self.current_row()
        if row is not None:
            wanted.emit(row)

    def _connect(self) -> None:
        for wanted, button in self.filters.items():
            button.clicked.connect(lambda _on, wanted=wanted: self.use_filter(wanted))
        self.decide_button.clicked.connect(lambda: self.decide_asked.emit(self.current_row()))
        self.model.edited.connect(self.corrected)
        self.rows.refused.connect(self.refused)
        self.rows.selectionModel().currentChanged.connect(lambda *_: self._show_words())
        self.rows.customContextMenuRequested.connect(self._offer)
        self.header.customContextMenuRequested.connect(self._offer_beside)
        scroll = self.rows.horizontalScrollBar()
        scroll.valueChanged.connect(self.bar.horizontalScrollBar().setValue)
        self.bar.horizontalScrollBar().valueChanged.connect(scroll.setValue)
        self.bar.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.rows.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.bar.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        # It only takes the room that the rows' one takes.
        self.bar.verticalScrollBar().setEnabled(False)
        self.bar.horizontalHeader().sectionResized.connect(
            lambda column, _old, width: self.rows.setColumnWidth(column, width)
        )

    # -- showing ----------------------------------------------------------------------------

    def hold(self, *, is_held: bool) -> None:
        """Lets nobody type while it is held."""
        self.model.is_held = is_held

    def clear(self) -> None:
        """Shows no table."""
        self.bar.show_columns([], None, {})
        self.model.show_rows(TableRows(), [], {})
        self._shape = ()
        self.model.use_filter(RowFilter.ALL)
        self._show_counts()
        self.words.clear()

    def show_table(self, table: UnderstoodSheet, rows: TableRows, options: ImportOptions) -> None:
        """Shows a table, and stays where it was when it is the same planned again."""
        self._options = options
        self._are_companies = table.kind in _OF_COMPANIES
        shape = tuple(column.name for column in table.columns)
        widths = [self.bar.columnWidth(place) for place in range(self.bar.columnCount())]
        at, scrolled = self._at(), self.rows.horizontalScrollBar().value()
        row = self.rows.currentIndex().row()
        top = self.rows.verticalScrollBar().value()
        self.bar.show_columns(table.columns, table.kind, options.overrides.fields)
        self.model.show_rows(rows, table.columns, options.decisions)
        if shape != self._shape or len(widths) != self.bar.columnCount():
            widths = [WHY_PX, *(COLUMN_PX for _ in table.columns)]
            at = None
        elif at is not None and at[0] != table.sheet:
            at = None
        self._shape = shape
        self.header.fit(max((row.record.number for row in rows.all[-1:]), default=0))
        for place, width in enumerate(widths):
            self.bar.setColumnWidth(place, width)
            self.rows.setColumnWidth(place, width)
        has_pictures = table.picture_count > 0 and self.model.picture_column >= 0
        height = theme.PICTURE_ROW_HEIGHT if has_pictures else theme.ROW_HEIGHT
        self.rows.verticalHeader().setDefaultSectionSize(height)
        for view in (self.bar, self.rows):
            view.setColumnHidden(WHY, not self.model.has_words)
        self._show_counts()
        self._stay(at, else_at=row if at is not None else 0)
        self.rows.horizontalScrollBar().setValue(scrolled)
        if at is not None:
            self.rows.verticalScrollBar().setValue(top)
        self.rows.viewport().update()

    def _at(self) -> tuple[str, int, int] | None:
        index, row = self.rows.currentIndex(), self.current_row()
        return (row.sheet, row.record.position, index.column()) if row is not None else None

    def _stay(self, at: tuple[str, int, int] | None, *, else_at: int = 0) -> None:
        """Stands on the same row, else on the one that took its place."""
        place = self.model.place_of(at[0], at[1]) if at is not None else -1
        if at is not None and place >= 0:
            self.rows.setCurrentIndex(self.model.index(place, at[2]))
        elif self.model.rowCount():
            place = min(else_at, self.model.rowCount() - 1)
            self.rows.setCurrentIndex(self.model.index(place, self.model.marked_column(place)))
        self._show_words()

    def _show_counts(self) -> None:
        for wanted, button in self.filters.items():
            count = formats.number(self.model.count(wanted))
            button.setText(say(f"sheets.filter.{wanted.value}", count=count))
            button.setChecked(wanted is self.model.filter)
        self.decide_button.setEnabled(self.model.has_duplicates_in_book())

    def use_filter(self, wanted: RowFilter) -> None:
        """Shows only the rows with problems, or the likely duplicates."""
        at = self._at()
        self.model.use_filter(wanted)
        self._show_counts()
        self._stay(at)

    def current_row(self) -> PlannedRow | None:
        """The row the person stands on."""
        index: QModelIndex = self.rows.currentIndex()
        is_shown = index.isValid() and index.row() < self.model.rowCount()
        return self.model.row_at(index.row()) if is_shown else None

    def _show_words(self) -> None:
        row = self.current_row()
        is_joined = row is not None and row.outcome is Outcome.MERGE
        self.actions_of_row["part"].setEnabled(is_joined and self._are_companies)
        if row is None:
            self.words.clear()
            return
        happens = say(f"sheets.happens.{row.outcome.value}")
        said = told(row, self._options.decisions, whole=True)
        text = say("sheets.row_says", row=row.record.number, happens=happens)
        self.words.setText(
            " · ".join([text, *said, *([say("sheets.how_to_correct")] if row.problems else [])])
        )

    def _offer_beside(self, place: QPoint) -> None:
        row = self.header.logicalIndexAt(place)
        if row >= 0:
            self.rows.selectRow(row)
            self._offer(place - QPoint(self.header.width(), 0))

    def _offer(self, place: QPoint) -> None:
        menu = QMenu(self)
        for action in self.actions_of_row.values():
            menu.addAction(action)
        menu.exec(self.rows.viewport().mapToGlobal(place))
