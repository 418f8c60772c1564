"""Owns the entries of the trade glossary as a table shows and filters them.

Must not read or write the book; the dialog does.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt

from app.kernel.text import fold
from app.search.glossary_service import FIELDS, GlossaryEntry
from ui.words import say, words

_NO_PARENT = QModelIndex()
_ORIGIN = len(FIELDS)


class GlossaryModel(QAbstractTableModel):
    """Entries, one a row, those with all words of a filter."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all: tuple[GlossaryEntry, ...] = ()
        self._shown: tuple[GlossaryEntry, ...] = ()
        self._wanted: list[str] = []

    @property
    def total(self) -> int:
        """How many entries there are, shown or not."""
        return len(self._all)

    def show_entries(self, entries: Sequence[GlossaryEntry]) -> None:
        """Shows other entries."""
        self._all = tuple(entries)
        self._choose()

    def set_filter(self, text: str) -> None:
        """Shows only entries that have each word of ``text`` in one of their names."""
        self._wanted = fold(text).split()
        self._choose()

    def _choose(self) -> None:
        self.beginResetModel()
        self._shown = tuple(
            entry
            for entry in self._all
            if all(word in fold("\n".join(entry.names)) for word in self._wanted)
        )
        self.endResetModel()

    def entry(self, row: int) -> GlossaryEntry | None:
        """The entry in a row."""
        return self._shown[row] if 0 <= row < len(self._shown) else None

    def rowCount(self, parent: QModelIndex = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: QModelIndex = _NO_PARENT) -> int:
        return 0 if parent.isValid() else _ORIGIN + 1

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        if orientation is Qt.Orientation.Vertical or role != Qt.ItemDataRole.DisplayRole:
            return None
        if section == _ORIGIN:
            return say("search.glossary.origin")
        return words.text(FIELDS[section].heading)

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        entry = self._shown[index.row()]
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        if index.column() < _ORIGIN:
            return entry.values[FIELDS[index.column()].key]
        if entry.shipped is None:
            return say("search.glossary.own")
        return say("search.glossary.shipped" if entry.id is None else "search.glossary.changed")
