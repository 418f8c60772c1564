"""Owns the bar above a preview's rows: each column's heading and the field it is taken for.

Must not map; it shows the mapping and says what the person chose.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QApplication, QTableWidget, QWidget

from app.sheets.mapping.columns import ColumnMapping
from app.sheets.targets import KINDS, TARGETS
from ui import formats
from ui.imports.column_choice import ColumnChoice
from ui.imports.rows_model import FIXED_COLUMNS
from ui.turns import Turns
from ui.words import say, words

COLUMN_PX = 206
WHY_PX = 240
HEAD_PX = 30
_ROW_PX = 60


class MappingBar(QTableWidget):
    """One row of choices under the sheet's headings; its columns line up with the rows below."""

    #: Column name → field, of the columns the person changed.
    changed = Signal(dict)
    split_asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(1, 0, parent)
        self.setFixedHeight(_ROW_PX + HEAD_PX + 2)
        self.horizontalHeader().setFixedHeight(HEAD_PX)
        self.horizontalHeader().setTextElideMode(Qt.TextElideMode.ElideRight)
        self.horizontalHeader().setDefaultAlignment(
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        )
        self.verticalHeader().hide()
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.verticalHeader().setDefaultSectionSize(_ROW_PX)
        self.setAccessibleName(say("sheets.columns"))
        self._chosen: dict[str, str] = {}
        self._columns: dict[str, ColumnMapping] = {}
        self._fields: Sequence[tuple[str, str]] = ()
        #: The column whose choice had the keyboard; the one made anew in its place has it again.
        self._held = ""
        #: The choices, which all at once would hold up the window.
        self.making = Turns(self)

    def show_columns(
        self, columns: Sequence[ColumnMapping], kind: str | None, chosen: Mapping[str, str]
    ) -> None:
        """Shows the mapping of a table of ``kind``."""
        self._chosen = dict(chosen)
        self._held = self._name_in_focus()
        self._columns = {column.name: column for column in columns}
        self.setColumnCount(len(columns) + FIXED_COLUMNS)
        names = (column.name for column in columns)
        self.setHorizontalHeaderLabels([say("sheets.why"), *names])
        for place, column in enumerate(columns, FIXED_COLUMNS):
            item = self.horizontalHeaderItem(place)
            item.setToolTip(column.name.replace("<", "‹"))
            self.setColumnWidth(place, COLUMN_PX)
        self._fields = fields_of(kind)
        self.making.begin(self._make(columns))

    def choice(self, name: str) -> ColumnChoice:
        """What stands above the column of this name."""
        place = list(self._columns).index(name) + FIXED_COLUMNS
        self.making.finish()
        choice = self.cellWidget(0, place)
        assert isinstance(choice, ColumnChoice)
        return choice

    def _make(self, columns: Sequence[ColumnMapping]) -> Iterator[None]:
        for place, column in enumerate(columns, FIXED_COLUMNS):
            choice = self._choice(column)
            self.setCellWidget(0, place, choice)
            if column.name == self._held:
                choice.box.setFocus()
            yield

    def _name_in_focus(self) -> str:
        """The column whose choice has the keyboard; empty where none has."""
        focus = QApplication.focusWidget()
        for place, name in enumerate(self._columns, FIXED_COLUMNS):
            choice = self.cellWidget(0, place)
            if choice is not None and focus is not None and choice.isAncestorOf(focus):
                return name
        return ""

    def _choice(self, column: ColumnMapping) -> ColumnChoice:
        others = [
            name
            for name, other in self._columns.items()
            if name != column.name and (other.fields or column.fields)
        ]
        choice = ColumnChoice(column, self._fields, others)
        choice.chosen.connect(self._choose)
        choice.joined.connect(self._join)
        choice.split_asked.connect(self.split_asked)
        return choice

    def _choose(self, name: str, field: str) -> None:
        self._chosen[name] = field
        self.changed.emit(dict(self._chosen))

    def _join(self, name: str, other: str) -> None:
        """Two columns of one field are read as one."""
        field = self._columns[name].field or self._columns[other].field
        if field is not None:
            self._chosen |= {name: field, other: field}
            self.changed.emit(dict(self._chosen))

    def split(self, name: str, fields: Sequence[str]) -> None:
        """Reads several fields out of one column's cells."""
        self._choose(name, "+".join(fields))


def fields_of(kind: str | None) -> list[tuple[str, str]]:
    """The fields of a kind, by their names for people."""
    keys = KINDS[kind].fields if kind in KINDS else frozenset(TARGETS)
    named = ((words.text(TARGETS[key].label), key) for key in keys)
    return sorted(named, key=lambda one: formats.place_in_order(one[0]))
