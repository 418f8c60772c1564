"""Owns the table model of every big list: ids in order, rows a page at a time, cached until stale.

Reads off the GUI thread; a row that is not there yet shows as empty. Must not sort or filter: SQL
does.
"""

from __future__ import annotations

from array import array
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from pathlib import Path

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt, Signal

from app.desk import Desk
from app.fields import Field, FieldType
from app.kernel.messages import Message
from app.kernel.progress import Progress
from app.lists import Sort
from ui import formats
from ui.tasks import Tasks
from ui.words import words

PAGE = 100
_PAGES_KEPT = 60
_COPIED_AT_ONCE = 1000
_NO_PARENT = QModelIndex()
RECORD_ID = Qt.ItemDataRole.UserRole
#: Where a picture lies, or the picture itself: a ``Path`` or an ``Encoded``.
PICTURE = Qt.ItemDataRole.UserRole + 1
Index = QModelIndex
# Qt's flags are joined slowly; a list asks for those of all its fields.
_SHOWN = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemNeverHasChildren
_TYPED_INTO = _SHOWN | Qt.ItemFlag.ItemIsEditable
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class ListModel(QAbstractTableModel):
    """The rows of one kind of record."""

    #: The list was read anew; says how many rows it has.
    counted = Signal(int)
    #: The filter could not be understood; says why.
    filter_failed = Signal(object)

    def __init__(self, desk: Desk, tasks: Tasks, kind: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._tasks = tasks
        self.kind = kind
        self.fields: tuple[Field, ...] = desk.lists.listing(kind).fields
        # Asked for by Qt a hundred times for each of them, whenever a table is laid out or painted.
        self._flags = tuple(map(self._flags_of, self.fields))
        self._alignments = tuple(_RIGHT if f.type.is_number else _LEFT for f in self.fields)
        self._headings = tuple(words.text(field.heading) for field in self.fields)
        self._ids: array[int] = array("q")
        self._rows: OrderedDict[int, tuple[object, ...]] = OrderedDict()
        self._asked: set[int] = set()
        self._stale: set[int] = set()
        self._sort: Sort | None = None
        self._where = ""
        self._version = 0

    # -- what is listed ---------------------------------------------------------------------

    def reload(self) -> None:
        """Reads the order anew, keeping what is shown until it is there."""
        self._version += 1
        version, sort, where = self._version, self._sort, self._where
        self._tasks.read(
            self,
            lambda: self._desk.lists.ids(self.kind, where=where, sort=sort),
            lambda ids: self._take_ids(ids, version),
            failed=self.filter_failed.emit if where else None,
        )

    def set_filter(self, where: str) -> bool:
        """Lists only what matches the query; whether that is another than before."""
        is_other = where != self._where
        if is_other:
            self._where = where
            self.reload()
        return is_other

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Orders by a column; -1 is the order of entry. What is in that order is not read again."""
        descending = order == Qt.SortOrder.DescendingOrder
        sort = Sort(self.fields[column].key, descending) if column >= 0 else None
        if sort != self._sort:
            self._sort = sort
            self.reload()

    @property
    def order(self) -> Sort | None:
        """What the list is ordered by; ``None`` is the order of entry."""
        return self._sort

    def mark_stale(self) -> None:
        """Rows may have changed: each is read again when it is looked at next."""
        self._stale.update(self._rows)
        self._asked.clear()

    def _take_ids(self, ids: array[int], version: int) -> None:
        if version != self._version:
            return
        if ids == self._ids:
            self._repaint(0, len(ids) - 1)
        else:
            self.beginResetModel()
            self._ids = ids
            self._asked.clear()
            self.endResetModel()
        self.counted.emit(len(ids))

    def record_id(self, row: int) -> int:
        """The id of the record in a row."""
        return self._ids[row]

    def row_of(self, record_id: int) -> int:
        """Where a record is, or -1."""
        try:
            return self._ids.index(record_id)
        except ValueError:
            return -1

    def all_ids(self) -> array[int]:
        """All ids that match, in order: what "all 12,345 matching" stands for."""
        return array("q", self._ids)

    # -- rows on demand ---------------------------------------------------------------------

    def _row(self, row: int) -> tuple[object, ...] | None:
        record_id = self._ids[row]
        values = self._rows.get(record_id)
        if values is None or record_id in self._stale:
            self._ask(row // PAGE)
        return values

    def _ask(self, page: int) -> None:
        if page in self._asked:
            return
        self._asked.add(page)
        first = page * PAGE
        ids = self._ids[first : first + PAGE]
        version = self._version
        self._tasks.read(
            self,
            lambda: self._desk.lists.rows(self.kind, ids),
            lambda rows: self._take_rows(ids, rows, first, version),
        )

    def shown_cells(self, ids: Sequence[int], columns: Sequence[int]) -> list[list[str]] | None:
        """What stands in rows and columns; ``None`` where one of the rows was not read yet."""
        if any(each not in self._rows or each in self._stale for each in ids):
            return None
        return [self._texts(self._rows[each], columns) for each in ids]

    def read_cells(
        self, ids: Sequence[int], columns: Sequence[int], progress: Progress
    ) -> Iterator[list[str]]:
        """The same, read from the book; takes too long for the GUI thread."""
        for start in range(0, len(ids), _COPIED_AT_ONCE):
            progress.at(Message("window.copying"), start, len(ids))
            part = ids[start : start + _COPIED_AT_ONCE]
            rows = self._desk.lists.rows(self.kind, part)
            yield from (self._texts(rows[each], columns) for each in part if each in rows)

    def _texts(self, values: Sequence[object], columns: Sequence[int]) -> list[str]:
        role = Qt.ItemDataRole.DisplayRole
        return [str(self._cell(self.fields[c], values[c], role) or "") for c in columns]

    def _take_rows(
        self,
        ids: array[int],
        rows: dict[int, tuple[object, ...]],
        first: int,
        version: int,
    ) -> None:
        for record_id in ids:
            self._stale.discard(record_id)
            self._rows.pop(record_id, None)
            if record_id in rows:
                self._rows[record_id] = rows[record_id]
        while len(self._rows) > PAGE * _PAGES_KEPT:
            self._rows.popitem(last=False)
            self._asked.clear()
        if version == self._version:
            self._repaint(first, first + len(ids) - 1)

    def _repaint(self, first: int, last: int) -> None:
        last = min(last, len(self._ids) - 1)
        if first <= last:
            self.dataChanged.emit(self.index(first, 0), self.index(last, len(self.fields) - 1))

    # -- what Qt asks -----------------------------------------------------------------------

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._ids)

    def columnCount(self, parent: Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self.fields)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._headings[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._alignments[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role == RECORD_ID:
            return self._ids[index.row()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._alignments[index.column()]
        if role not in _ROLES_WITH_ROW:
            return None
        field = self.fields[index.column()]
        values = self._row(index.row())
        if values is None:
            return "…" if role == Qt.ItemDataRole.DisplayRole and index.column() == 0 else None
        return self._cell(field, values[index.column()], role)

    def _cell(self, field: Field, value: object, role: int) -> object:
        if field.type is FieldType.PICTURE:
            return self._picture(value) if role == PICTURE else None
        if role == Qt.ItemDataRole.EditRole:
            return value
        if role == Qt.ItemDataRole.ToolTipRole:
            text = formats.shown(field, value)
            return text if len(text) > field.width_chars else None
        if role == Qt.ItemDataRole.DisplayRole:
            return formats.shown(field, value).replace("\n", " ")
        return None

    def _picture(self, value: object) -> Path | None:
        return self._desk.picture_path(str(value)) if value else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        return self._flags[index.column()]

    def _flags_of(self, field: Field) -> Qt.ItemFlag:
        in_place = field.is_editable and field.type is not FieldType.LONG_TEXT
        return _TYPED_INTO if in_place and not self._desk.is_read_only else _SHOWN

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Changes a field where it stands; the row shows it when it is committed."""
        field = self.fields[index.column()]
        if role != Qt.ItemDataRole.EditRole or value == self.data(index, role):
            return False
        record_id = self._ids[index.row()]
        self._tasks.write(
            self,
            Message("window.saving"),
            lambda _task: self._desk.edit(self.kind, [record_id], {field.key: value}),
        )
        return True


_ROLES_WITH_ROW = {
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.EditRole,
    Qt.ItemDataRole.ToolTipRole,
    PICTURE,
}
