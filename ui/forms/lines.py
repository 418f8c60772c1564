"""Owns the small grid in which the lines of a record are typed: fields as columns, one row a line.

Works like a sheet: type, Tab, paste from Excel, delete rows. Must not save; the page does.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyledItemDelegate,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from app.fields import Field
from ui import formats, theme
from ui.copied import copied_cells
from ui.words import words

RECORD_ID = Qt.ItemDataRole.UserRole


class _Numbers(QStyledItemDelegate):
    """Shows numbers with separators; what is typed, copied and saved stays as it is."""

    def displayText(self, value: object, _locale: object) -> str:
        return formats.as_typed(str(value))


class LinesGrid(QTableWidget):
    """Editable lines; an empty row at the end takes the next one, where it ``takes_more``."""

    edited = Signal()

    def __init__(
        self, fields: Sequence[Field], parent: QWidget | None = None, *, takes_more: bool = True
    ) -> None:
        self._takes_more = takes_more
        self._fields = [field for field in fields if field.is_shown]
        super().__init__(0, len(self._fields), parent)
        self._is_filling = False
        self.setHorizontalHeaderLabels([words.text(field.heading) for field in self._fields])
        self.verticalHeader().setDefaultSectionSize(theme.ROW_HEIGHT)
        self.verticalHeader().hide()
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.AnyKeyPressed
            | QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
        )
        font = self.font()
        font.setBold(True)
        numbers = _Numbers(self)
        metrics, bold = self.fontMetrics(), QFontMetrics(font)
        for column, field in enumerate(self._fields):
            heading = bold.horizontalAdvance(words.text(field.heading)) + 32
            width = field.width_chars * metrics.horizontalAdvance("n") + 20
            self.setColumnWidth(column, max(width, heading))
            if field.type.is_number:
                self.setItemDelegateForColumn(column, numbers)
        self.horizontalHeader().setStretchLastSection(True)
        self.setWordWrap(False)
        self.horizontalHeader().setDefaultAlignment(
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        )
        self.itemChanged.connect(self._on_changed)
        self.show_lines([])

    def show_lines(self, lines: Sequence[tuple[int | None, Mapping[str, object]]]) -> None:
        """Shows lines, each with the id of its record (``None`` for a new one)."""
        row, column = self.currentRow(), self.currentColumn()
        self._is_filling = True
        shown = [*lines, (None, {})] if self._takes_more else lines
        self.setRowCount(len(shown))
        for row_shown, (record_id, values) in enumerate(shown):
            self._fill(row_shown, record_id, values)
        self._is_filling = False
        if 0 <= row < self.rowCount():
            self.setCurrentCell(row, column)

    def _fill(self, row: int, record_id: int | None, values: Mapping[str, object]) -> None:
        for column, field in enumerate(self._fields):
            value = values.get(field.key)
            item = QTableWidgetItem("" if value is None else str(value))
            item.setData(RECORD_ID, record_id)
            if not field.is_editable:
                item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsEditable)
            if field.type.is_number:
                item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            self.setItem(row, column, item)

    def lines(self) -> list[dict[str, object]]:
        """The lines that are not empty, by field key; a known one has its ``id``."""
        found = []
        for row in range(self.rowCount()):
            values: dict[str, object] = {
                field.key: self.item(row, column).text().strip()
                for column, field in enumerate(self._fields)
            }
            if any(values.values()):
                record_id = self.record_id(row)
                found.append({"id": record_id, **values} if record_id else values)
        return found

    def record_id(self, row: int) -> int | None:
        """The id of the record shown in ``row``; None for a new one and outside of the grid."""
        item = self.item(row, 0)
        return item.data(RECORD_ID) if item is not None else None

    def delete_rows(self) -> None:
        """Takes the rows of the selected cells off."""
        rows = sorted({index.row() for index in self.selectedIndexes()}, reverse=True)
        for row in rows:
            self.removeRow(row)
        self._keep_an_empty_row()
        if rows:
            self.edited.emit()

    def paste(self) -> None:
        """Puts cells copied from a spreadsheet in, from the current cell on."""
        first_row, first_column = max(self.currentRow(), 0), max(self.currentColumn(), 0)
        self._is_filling = True
        for row, line in enumerate(copied_cells(), first_row):
            while row >= self.rowCount() and self._takes_more:
                self.insertRow(self.rowCount())
                self._fill(self.rowCount() - 1, None, {})
            for column, cell in enumerate(line, first_column):
                if row < self.rowCount() and column < self.columnCount():
                    self._type(self.item(row, column), cell.strip())
        self._is_filling = False
        self._keep_an_empty_row()
        self.edited.emit()

    def focusNextPrevChild(self, forwards: bool) -> bool:
        """Tab goes from cell to cell, and from the last one (Ctrl+End) on to what follows."""
        edge = (self.rowCount() - 1, self.columnCount() - 1) if forwards else (0, 0)
        self.setTabKeyNavigation((self.currentRow(), self.currentColumn()) != edge)
        return super().focusNextPrevChild(forwards)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Paste):
            self.paste()
        elif event.key() == Qt.Key.Key_Delete and event.type() == QEvent.Type.KeyPress:
            self._clear_cells()
        elif (
            event.key() == Qt.Key.Key_Minus
            and event.modifiers() == Qt.KeyboardModifier.ControlModifier
        ):
            self.delete_rows()
        else:
            super().keyPressEvent(event)

    def _clear_cells(self) -> None:
        self._is_filling = True
        for item in self.selectedItems():
            self._type(item, "")
        self._is_filling = False
        self.edited.emit()

    def _type(self, item: QTableWidgetItem, text: str) -> None:
        if item.flags() & Qt.ItemFlag.ItemIsEditable:
            item.setText(text)

    def _on_changed(self, _item: QTableWidgetItem) -> None:
        if self._is_filling:
            return
        self._keep_an_empty_row()
        self.edited.emit()

    def _keep_an_empty_row(self) -> None:
        last = self.rowCount() - 1
        if not self._takes_more:
            return
        if last < 0 or any(self.item(last, c).text() for c in range(self.columnCount())):
            self._is_filling = True
            self.insertRow(last + 1)
            self._fill(last + 1, None, {})
            self._is_filling = False
