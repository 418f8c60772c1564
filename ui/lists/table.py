"""Owns the view of a big list: columns, sorting, selection, copy, and a row's picture height.

Must not know what is listed; the model does.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from types import MappingProxyType
from typing import TypeAlias

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QFontMetrics, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QMenu, QTableView, QWidget

from app.fields import FieldType
from app.kernel.messages import Message
from app.lists import Sort
from ui import theme
from ui.copied import cells_text, copy_cells, copy_text
from ui.forms.editors import FieldEditor
from ui.lists.delegates import FieldDelegate, PictureDelegate, Thumbnails
from ui.lists.model import ListModel
from ui.tables import dress
from ui.tasks import Tasks
from ui.words import say, words

#: By a field's key, what reads the names its cells offer while they are edited.
OfferedNames: TypeAlias = Mapping[str, Callable[[], Sequence[str]]]
NONE_OFFERED: OfferedNames = MappingProxyType({})


class ListTable(QTableView):
    """A table on a :class:`ListModel`; fixed row heights, sorted by SQL."""

    current_changed = Signal(int)
    opened = Signal(int)

    def __init__(
        self,
        model: ListModel,
        tasks: Tasks,
        parent: QWidget | None = None,
        *,
        offered: OfferedNames = NONE_OFFERED,
    ) -> None:
        super().__init__(parent)
        self._model = model
        self._tasks, self._offered = tasks, offered
        self._thumbnails = Thumbnails(tasks, self)
        self._thumbnails.ready.connect(self.viewport().update)
        self.setModel(model)
        # A heading that is painted asks each row whether it is selected: seconds, with all of 300,000.
        self.horizontalHeader().setSelectionModel(QItemSelectionModel(model, self))
        self._prepare()
        self._place_columns()
        self.selectionModel().currentRowChanged.connect(self._on_current)
        self.activated.connect(lambda index: self.opened.emit(model.record_id(index.row())))
        model.modelReset.connect(self._keep_current)
        model.modelAboutToBeReset.connect(self._remember_current)
        self._remembered = -1

    def _prepare(self) -> None:
        dress(self, is_edited=True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.DoubleClicked
        )
        self.setCornerButtonEnabled(False)
        self.horizontalHeader().setSectionsMovable(True)
        self.horizontalHeader().setSortIndicatorClearable(True)
        self.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        # Sorts at once, by the column that is marked: after it is none, nothing is read here.
        self.setSortingEnabled(True)
        self.horizontalHeader().setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.horizontalHeader().customContextMenuRequested.connect(self._offer_columns)
        copy = QAction(say("window.copy"), self)
        copy.setShortcut(QKeySequence.StandardKey.Copy)
        copy.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        copy.triggered.connect(self.copy_selection)
        self.addAction(copy)

    def _place_columns(self) -> None:
        has_pictures = False
        metrics = QFontMetrics(self.font())
        for column, field in enumerate(self._model.fields):
            self.setColumnHidden(column, not field.is_shown)
            heading = metrics.horizontalAdvance(words.text(field.heading)) + 36
            wanted = field.width_chars * metrics.horizontalAdvance("n") + 24
            self.setColumnWidth(column, max(wanted, heading))
            if field.type is FieldType.PICTURE:
                has_pictures = True
                self.setItemDelegateForColumn(column, PictureDelegate(self._thumbnails, self))
                self.setColumnWidth(column, theme.PICTURE_ROW_HEIGHT + 16)
            else:
                delegate = FieldDelegate(field, self, offer=partial(self._offer_names, field.key))
                self.setItemDelegateForColumn(column, delegate)
        height = theme.PICTURE_ROW_HEIGHT if has_pictures else theme.ROW_HEIGHT
        self.verticalHeader().setDefaultSectionSize(height)
        self.verticalHeader().setMinimumSectionSize(height)

    def _offer_names(self, key: str, editor: FieldEditor) -> None:
        if key in self._offered:
            self._tasks.read(editor, self._offered[key], editor.offer)

    def _offer_columns(self, position: QPoint) -> None:
        self.column_menu().exec(self.horizontalHeader().mapToGlobal(position))

    def column_menu(self) -> QMenu:
        """A menu of all columns, ticked where shown."""
        menu = QMenu(self)
        for column, field in enumerate(self._model.fields):
            action = menu.addAction(words.text(field.heading))
            action.setCheckable(True)
            action.setChecked(not self.isColumnHidden(column))
            action.toggled.connect(lambda on, c=column: self.setColumnHidden(c, not on))
        return menu

    def shown_columns(self) -> tuple[str, ...]:
        """The keys of the columns shown, from left to right."""
        header = self.horizontalHeader()
        visual = (header.logicalIndex(place) for place in range(header.count()))
        fields = self._model.fields
        return tuple(fields[c].key for c in visual if not self.isColumnHidden(c))

    def show_columns(self, keys: Sequence[str]) -> None:
        """Shows these columns from left to right and no others; keys of no column are left out."""
        places = {field.key: column for column, field in enumerate(self._model.fields)}
        columns = [places[key] for key in keys if key in places]
        header = self.horizontalHeader()
        for column in range(header.count()):
            self.setColumnHidden(column, column not in columns)
        for place, column in enumerate(columns):
            header.moveSection(header.visualIndex(column), place)

    def sort_by(self, sort: Sort | None) -> None:
        """Orders by a field, or as entered, and shows the arrow above its column."""
        places = {field.key: column for column, field in enumerate(self._model.fields)}
        column = places.get(sort.key, -1) if sort is not None else -1
        is_descending = sort is not None and sort.is_descending
        orders = Qt.SortOrder
        order = orders.DescendingOrder if is_descending else orders.AscendingOrder
        self.horizontalHeader().setSortIndicator(column, order)

    def selected_ids(self) -> list[int]:
        """The records of the selected rows, in the list's order."""
        ranges = self.selectionModel().selection()
        rows = {row for one in ranges for row in range(one.top(), one.bottom() + 1)}
        return [self._model.record_id(row) for row in sorted(rows)]

    def select_record(self, record_id: int) -> bool:
        """Makes a record current and scrolls to it; ``False`` where it is not listed."""
        row = self._model.row_of(record_id)
        if row < 0:
            return False
        first = self.horizontalHeader().logicalIndexAt(0)
        index = self._model.index(row, max(first, 0))
        self.selectionModel().setCurrentIndex(
            index,
            QItemSelectionModel.SelectionFlag.ClearAndSelect
            | QItemSelectionModel.SelectionFlag.Rows,
        )
        self.scrollTo(index, QAbstractItemView.ScrollHint.EnsureVisible)
        return True

    def copy_selection(self) -> None:
        """Puts the selected rows on the clipboard, headings first, as a spreadsheet takes them.

        Those that nobody looked at yet are read for it.
        """
        header = self.horizontalHeader()
        visual = [header.logicalIndex(i) for i in range(header.count())]
        columns = [c for c in visual if not self.isColumnHidden(c)]
        ids, model = self.selected_ids(), self._model
        headings = [words.text(model.fields[c].heading) for c in columns]
        shown = model.shown_cells(ids, columns)
        if shown is not None:
            copy_cells([headings, *shown])
            return
        self._tasks.long_read(
            self,
            Message("window.copying"),
            lambda task: cells_text([headings, *model.read_cells(ids, columns, task)]),
            copy_text,
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Home and End go to the first and last record, which is then the selected one."""
        end = {Qt.Key.Key_Home: 0, Qt.Key.Key_End: self._model.rowCount() - 1}.get(
            Qt.Key(event.key())
        )
        if end is None or event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            super().keyPressEvent(event)
        elif self._model.rowCount():
            self.select_record(self._model.record_id(end))

    def _on_current(self, current: QModelIndex, _previous: QModelIndex) -> None:
        if current.isValid():
            self.current_changed.emit(self._model.record_id(current.row()))

    def _remember_current(self) -> None:
        current = self.currentIndex()
        self._remembered = self._model.record_id(current.row()) if current.isValid() else -1

    def _keep_current(self) -> None:
        if self._remembered >= 0:
            self.select_record(self._remembered)
