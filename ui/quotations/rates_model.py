"""Owns the rows of one kind of rate as a table shows and filters them.

Must not read or write the book; the page does.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt
from PySide6.QtGui import QBrush, QColor, QFont

from app.fields import Field, FieldType
from app.kernel.text import fold
from app.quotations.rates_service import RateRow
from ui import formats, theme
from ui.words import say, words

_NO_PARENT = QModelIndex()
_ROLE = Qt.ItemDataRole


class RatesModel(QAbstractTableModel):
    """Rows of one kind; those not in force are faint, the usual profile is bold."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.fields: tuple[Field, ...] = ()
        self._all: tuple[RateRow, ...] = ()
        self._shown: tuple[RateRow, ...] = ()
        self._filter = ""

    def show_rows(self, fields: Sequence[Field], rows: Sequence[RateRow]) -> None:
        """Shows ``rows`` with a column for each of ``fields``."""
        self.beginResetModel()
        self.fields, self._all = tuple(fields), tuple(rows)
        self._shown = self._matching()
        self.endResetModel()

    def set_filter(self, text: str) -> None:
        """Shows only rows that have each word of ``text`` in one of their cells."""
        self.beginResetModel()
        self._filter = text
        self._shown = self._matching()
        self.endResetModel()

    def _matching(self) -> tuple[RateRow, ...]:
        wanted = fold(self._filter).split()
        if not wanted:
            return self._all
        return tuple(
            row
            for row in self._all
            if all(word in fold(" ".join(self._texts(row))) for word in wanted)
        )

    def _texts(self, row: RateRow) -> list[str]:
        return [formats.shown(field, row.values.get(field.key)) for field in self.fields]

    def row(self, place: int) -> RateRow | None:
        """The record in a row."""
        return self._shown[place] if 0 <= place < len(self._shown) else None

    def place_of(self, record_id: int) -> int:
        """Where a record is, or -1."""
        return next((at for at, row in enumerate(self._shown) if row.id == record_id), -1)

    def rowCount(self, parent: QModelIndex = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: QModelIndex = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self.fields)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = _ROLE.DisplayRole
    ) -> object:
        if orientation is Qt.Orientation.Vertical or section >= len(self.fields):
            return None
        field = self.fields[section]
        if role == _ROLE.DisplayRole:
            return words.text(field.heading)
        return _alignment(field) if role == _ROLE.TextAlignmentRole else None

    def data(self, index: QModelIndex, role: int = _ROLE.DisplayRole) -> object:
        row, field = self._shown[index.row()], self.fields[index.column()]
        if role == _ROLE.DisplayRole:
            return _cell(field, row.values.get(field.key))
        if role == _ROLE.TextAlignmentRole:
            return _alignment(field)
        if role == _ROLE.ForegroundRole and not row.is_in_force:
            return QBrush(QColor(theme.colours().faint))
        if role == _ROLE.FontRole and row.is_default:
            font = QFont()
            font.setBold(True)
            return font
        if role == _ROLE.ToolTipRole and not row.is_in_force:
            return say("rates.not_in_force")
        return None


def _alignment(field: Field) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if field.type.is_number else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter


def _cell(field: Field, value: object) -> str:
    """A value on one line; exchange rates with the four decimals banks give, under each other."""
    if field.key == "rate" and field.type is FieldType.DECIMAL and isinstance(value, Decimal):
        return formats.money(value, None, places=4)
    return formats.shown(field, value).replace("\n", " ")
