"""Owns the bar above a preview's rows: each column's heading and the field it is taken for.

Must not map; it shows the mapping and says what the person chose.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QAbstractItemView, QComboBox, QTableWidget, QWidget

from app.sheets.mapping.columns import CUSTOM, IGNORED, NOTE, ColumnMapping
from app.sheets.targets import KINDS, TARGETS
from ui.imports.rows_model import FIXED_COLUMNS
from ui.words import say, words

COLUMN_PX, NUMBER_PX, HAPPENS_PX = 170, 52, 120
_BAR_PX = 70


class MappingBar(QTableWidget):
    """One row of choices under the sheet's headings; its columns line up with the rows below."""

    #: Column name → field, of the columns the person changed.
    changed = Signal(dict)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(1, 0, parent)
        self.setFixedHeight(_BAR_PX)
        self.verticalHeader().hide()
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.verticalHeader().setDefaultSectionSize(36)
        self._chosen: dict[str, str] = {}

    def show_columns(
        self, columns: Sequence[ColumnMapping], kind: str | None, chosen: Mapping[str, str]
    ) -> None:
        """Shows the mapping of a table of ``kind``."""
        self._chosen = dict(chosen)
        self.setColumnCount(len(columns) + FIXED_COLUMNS)
        headings = [say("sheets.row"), say("sheets.happens_heading")]
        self.setHorizontalHeaderLabels([*headings, *(column.name for column in columns)])
        self.setColumnWidth(0, NUMBER_PX)
        self.setColumnWidth(1, HAPPENS_PX)
        fields = _fields_of(kind)
        for place, column in enumerate(columns, FIXED_COLUMNS):
            self.setColumnWidth(place, COLUMN_PX)
            self.setCellWidget(0, place, self._choice(column, fields))

    def _choice(self, column: ColumnMapping, fields: Sequence[tuple[str, str]]) -> QComboBox:
        box = QComboBox()
        box.setAccessibleName(say("sheets.field_of", name=column.name))
        box.addItem(say("sheets.keep_custom"), CUSTOM)
        box.addItem(say("sheets.keep_note"), NOTE)
        box.addItem(say("sheets.ignore"), IGNORED)
        box.insertSeparator(3)
        for label, key in fields:
            box.addItem(label, key)
        current = column.field or column.keep_as
        if box.findData(current) < 0:
            names = (words.text(TARGETS[key].label) for key in column.fields)
            box.addItem(" + ".join(names), current)
        box.setCurrentIndex(box.findData(current))
        why = words.text(column.why)
        box.setToolTip(f"{why} ({column.confidence:.0%})".replace("<", "‹"))
        box.activated.connect(lambda _index: self._choose(column.name, str(box.currentData())))
        return box

    def _choose(self, name: str, field: str) -> None:
        self._chosen[name] = field
        self.changed.emit(dict(self._chosen))


def _fields_of(kind: str | None) -> list[tuple[str, str]]:
    keys = KINDS[kind].fields if kind in KINDS else frozenset(TARGETS)
    return sorted((words.text(TARGETS[key].label), key) for key in keys)
