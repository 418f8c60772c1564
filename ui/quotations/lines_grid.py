"""Owns how the lines are worked on with the hands: typing, Enter and Tab, copy, paste, fill, move.

Must not save; it tells the page what is asked.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import (
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QPoint,
    QSettings,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QBrush,
    QColor,
    QContextMenuEvent,
    QFontMetrics,
    QKeyEvent,
    QKeySequence,
    QPainter,
)
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QComboBox,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from app.fields import FieldType
from ui import theme
from ui.copied import copied_cells, copy_cells
from ui.lists.delegates import PictureDelegate, Thumbnails
from ui.quotations.column_memory import ColumnMemory
from ui.quotations.lines_model import LinesModel
from ui.tasks import Tasks
from ui.words import say, words

_CTRL = Qt.KeyboardModifier.ControlModifier
_ALT = Qt.KeyboardModifier.AltModifier
#: What the style leaves on both sides of a heading, so that none is cut off.
_HEADING_ROOM_PX = 32


class LinesGrid(QTableView):
    """Works like a sheet."""

    deleting = Signal(object)
    #: The ids of lines, and "option" or "alternative": what they are to become, or no longer to be.
    marking = Signal(object, str)
    moving = Signal(object, int)
    adding = Signal()
    asked_why = Signal()
    current_line = Signal(int)

    def __init__(
        self,
        model: LinesModel,
        tasks: Tasks,
        settings: QSettings,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.lines = model
        self.setModel(model)
        self.setAccessibleName(say("editor.lines"))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.AnyKeyPressed
            | QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
        )
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(True)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self._delegate = LineDelegate(self)
        self.setItemDelegate(self._delegate)
        thumbnails = Thumbnails(tasks, self)
        thumbnails.ready.connect(self.viewport().update)
        picture = PictureDelegate(thumbnails, self)
        self.setItemDelegateForColumn(model.column_of("picture"), picture)
        self._prepare_headers()
        keys = [column.key for column in model.columns]
        self._memory = ColumnMemory(self, keys, settings=settings, name="quotation/columns")
        self.selectionModel().currentRowChanged.connect(self._on_current)
        model.modelAboutToBeReset.connect(self._remember)
        model.modelReset.connect(self._put_back)
        #: The current line, its row and column, for when the lines are shown anew.
        self._remembered = (-1, 0, model.column_of("item_number"))
        self._expected: tuple[int, int] | None = None
        self._keys = self._commands()

    def _prepare_headers(self) -> None:
        side, top = self.verticalHeader(), self.horizontalHeader()
        side.setDefaultSectionSize(theme.ROW_HEIGHT + 8)
        side.setMinimumWidth(44)
        side.setDefaultAlignment(Qt.AlignmentFlag.AlignCenter)
        top.setHighlightSections(False)
        top.setSectionsMovable(True)
        top.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        top.customContextMenuRequested.connect(self._offer_columns)
        bold = self.font()
        bold.setBold(True)
        metrics, headings = self.fontMetrics(), QFontMetrics(bold)
        for place, column in enumerate(self.lines.columns):
            heading = headings.horizontalAdvance(words.text(column.heading)) + _HEADING_ROOM_PX
            wanted = column.width_chars * metrics.horizontalAdvance("0") + 18
            self.setColumnWidth(place, max(heading, wanted))
            self.setColumnHidden(place, not column.is_shown)

    # -- columns ----------------------------------------------------------------------------

    def show_internal(self, on: bool) -> None:
        """Shows or hides what is ours alone."""
        for place, column in enumerate(self.lines.columns):
            if column.is_internal:
                self.setColumnHidden(place, not on or column.key in self._memory.hidden)

    def column_menu(self) -> QMenu:
        """A menu of all columns, ticked where shown."""
        menu = QMenu(self)
        for place, column in enumerate(self.lines.columns):
            if column.key in {"cost", "description"}:
                menu.addSeparator()
            action = menu.addAction(words.text(column.heading))
            action.setCheckable(True)
            action.setChecked(not self.isColumnHidden(place))
            action.toggled.connect(lambda on, at=place: self._memory.show(at, on=on))
        return menu

    def _offer_columns(self, position: QPoint) -> None:
        self.column_menu().exec(self.horizontalHeader().mapToGlobal(position))

    # -- where the hand is ------------------------------------------------------------------

    def expect_line(self, row: int, key: str) -> None:
        """Goes to a cell of a line that is about to be added."""
        self._expected = (row, self.lines.column_of(key))

    def selected_rows(self) -> list[int]:
        """The rows of the selected cells."""
        return sorted({index.row() for index in self.selectedIndexes()})

    def current_id(self) -> int:
        """The id of the current line, or -1."""
        row = self.lines.row(self.currentIndex().row())
        return row.view.id if row is not None else -1

    def _on_current(self, current: QModelIndex, _before: QModelIndex) -> None:
        row = self.lines.row(current.row())
        self.current_line.emit(row.view.id if row is not None else -1)

    def _remember(self) -> None:
        current = self.currentIndex()
        if current.isValid():
            self._remembered = (self.current_id(), current.row(), current.column())

    def _put_back(self) -> None:
        line_id, row, column = self._remembered
        moved_to = self.lines.row_of(line_id)
        row = moved_to if moved_to >= 0 else min(row, self.lines.rowCount() - 1)
        if self._expected is not None:
            (row, column), self._expected = self._expected, None
        if row >= 0:
            self.selectionModel().setCurrentIndex(
                self.lines.index(row, column), QItemSelectionModel.SelectionFlag.ClearAndSelect
            )
            self._on_current(self.currentIndex(), QModelIndex())

    # -- keys -------------------------------------------------------------------------------

    def _commands(self) -> Mapping[tuple[Qt.Key, Qt.KeyboardModifier], Callable[[], None]]:
        plain = Qt.KeyboardModifier.NoModifier
        return {
            (Qt.Key.Key_D, _CTRL): self.fill_down,
            (Qt.Key.Key_Minus, _CTRL): self.delete_rows,
            (Qt.Key.Key_O, _CTRL): partial(self.mark_rows, "option"),
            (Qt.Key.Key_L, _CTRL): partial(self.mark_rows, "alternative"),
            (Qt.Key.Key_Up, _ALT): lambda: self.move_rows(-1),
            (Qt.Key.Key_Down, _ALT): lambda: self.move_rows(1),
            (Qt.Key.Key_Delete, plain): self.clear_cells,
            (Qt.Key.Key_Backspace, plain): self.clear_cells,
            (Qt.Key.Key_Insert, plain): self.adding.emit,
            (Qt.Key.Key_F9, plain): self.asked_why.emit,
            (Qt.Key.Key_Return, plain): lambda: self._step_down(1),
            (Qt.Key.Key_Enter, plain): lambda: self._step_down(1),
        }

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Enter that ends an edit comes by here as well; it has its step down in closeEditor.
        if self.state() is QAbstractItemView.State.EditingState:
            super().keyPressEvent(event)
            return
        if event.matches(QKeySequence.StandardKey.Paste):
            self.paste()
            return
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
            return
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        run = self._keys.get((Qt.Key(event.key()), modifiers))
        if run is not None:
            run()
        elif event.key() == Qt.Key.Key_Tab and modifiers == _CTRL:
            self.focusNextChild()
        else:
            super().keyPressEvent(event)

    def _step_down(self, by: int) -> None:
        current = self.currentIndex()
        row = current.row() + by
        if 0 <= row < self.lines.rowCount():
            self.setCurrentIndex(self.lines.index(row, current.column()))

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        super().closeEditor(editor, hint)
        # Enter ends the edit with this hint; a sheet goes on with the cell below.
        if hint is QAbstractItemDelegate.EndEditHint.SubmitModelCache:
            self._step_down(1)

    # -- what a sheet can -------------------------------------------------------------------

    def copy(self) -> None:
        """Puts the selected cells on the clipboard as a spreadsheet takes them."""
        # Asked for single cells, Qt asks back for each of them: felt, with hundreds of lines.
        rows: dict[int, list[str]] = {}
        selected, role = self.selectionModel().selection(), Qt.ItemDataRole.EditRole
        for block in sorted(selected, key=lambda one: (one.top(), one.left())):
            columns = range(block.left(), block.right() + 1)
            shown = [column for column in columns if not self.isColumnHidden(column)]
            for row in range(block.top(), block.bottom() + 1):
                cells = (self.lines.data(self.lines.index(row, each), role) for each in shown)
                rows.setdefault(row, []).extend(str(cell or "") for cell in cells)
        copy_cells(rows.values())

    def paste(self) -> None:
        """Puts cells copied from a spreadsheet in from the current cell on; more rows are new lines."""
        block, current = copied_cells(), self.currentIndex()
        if not block or not current.isValid():
            return
        places = self._shown_from(current.column())
        cells = {
            (current.row() + down, place): cell
            for down, line in enumerate(block)
            for place, cell in zip(places, line, strict=False)
        }
        if len(block) == 1 and len(block[0]) == 1 and len(self.selectedIndexes()) > 1:
            self.put_in_selected(block[0][0])
        else:
            self.lines.put(cells)

    def put_in_selected(self, text: str) -> None:
        """Puts one text into all selected cells in one step."""
        self.lines.put({(index.row(), index.column()): text for index in self.selectedIndexes()})

    def _shown_from(self, column: int) -> list[int]:
        header = self.horizontalHeader()
        visual = range(header.visualIndex(column), header.count())
        return [at for v in visual if not self.isColumnHidden(at := header.logicalIndex(v))]

    def fill_down(self) -> None:
        """Copies the first row of the selection into the rows below it, or the row above into one."""
        chosen = self.selectedIndexes()
        if not chosen:
            return
        rows = sorted({index.row() for index in chosen})
        first = rows[0] if len(rows) > 1 else rows[0] - 1
        if first < 0:
            return
        columns = {index.column() for index in chosen}
        self.lines.put(
            {
                (row, column): str(
                    self.lines.index(first, column).data(Qt.ItemDataRole.EditRole) or ""
                )
                for row in rows
                for column in columns
                if row != first and row < self.lines.line_count
            }
        )

    def clear_cells(self) -> None:
        """Empties the selected cells."""
        self.put_in_selected("")

    def delete_rows(self) -> None:
        """Asks for the selected lines to be taken off."""
        ids = self.lines.line_ids(self.selected_rows())
        if ids and self.lines.is_editable:
            self.deleting.emit(ids)

    def mark_rows(self, what: str) -> None:
        """Asks for the selected lines to be an option or an alternative, or no longer."""
        ids = self.lines.line_ids(self.selected_rows())
        if ids and self.lines.is_editable:
            self.marking.emit(ids, what)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """What can be done with the selected lines, each with its keys."""
        menu = QMenu(self)
        for label, run, keys in (
            ("editor.make_option", partial(self.mark_rows, "option"), "Ctrl+O"),
            ("editor.make_alternative", partial(self.mark_rows, "alternative"), "Ctrl+L"),
            ("editor.fill_down", self.fill_down, "Ctrl+D"),
            ("editor.move_up", partial(self.move_rows, -1), "Alt+Up"),
            ("editor.move_down", partial(self.move_rows, 1), "Alt+Down"),
            ("editor.delete_lines", self.delete_rows, "Ctrl+-"),
        ):
            shown = QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)
            action = menu.addAction(f"{say(label)}\t{shown}")
            action.setEnabled(self.lines.is_editable)
            action.triggered.connect(lambda _on=False, run=run: run())
        menu.addSeparator()
        why = menu.addAction(f"{say('editor.why')}\tF9")
        why.triggered.connect(lambda: self.asked_why.emit())
        menu.exec(event.globalPos())

    def move_rows(self, by: int) -> None:
        """Asks for the selected lines to be put one place up (-1) or down (1)."""
        rows = [row for row in self.selected_rows() if row < self.lines.line_count]
        if not rows or not self.lines.is_editable:
            return
        if rows[0] + by < 0 or rows[-1] + by >= self.lines.line_count:
            return
        # Positions count from 1; going down, the lines stand before the one after the next.
        position = rows[0] if by < 0 else rows[-1] + 3
        self.moving.emit(self.lines.line_ids(rows), position)


class LineDelegate(QStyledItemDelegate):
    """Paints our columns apart, and edits each cell by its field."""

    def __init__(self, grid: LinesGrid) -> None:
        super().__init__(grid)
        self._grid = grid
        #: Whether the edit that ends is meant for all selected cells.
        self._for_all = False

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        column = self._grid.lines.columns[index.column()]
        row = self._grid.lines.row(index.row())
        heading = row is not None and row.view.kind == "heading"
        if column.is_internal or heading:
            tokens = theme.colours()
            painter.fillRect(
                option.rect, QBrush(QColor(tokens.stripe if heading else tokens.window))
            )
        super().paint(painter, option, index)

    def createEditor(
        self, parent: QWidget, option: QStyleOptionViewItem, index: QModelIndex
    ) -> QWidget:
        column = self._grid.lines.columns[index.column()]
        field = column.field
        if field is not None and field.type in {FieldType.CHOICE, FieldType.YES_NO}:
            box = QComboBox(parent)
            if field.type is FieldType.YES_NO:
                box.addItem(say("window.no"), "")
                box.addItem(say("window.yes"), "yes")
            for value in field.choices:
                box.addItem(words.text(field.choice(value)), value)
            editor: QWidget = box
        elif field is not None and field.type is FieldType.LONG_TEXT:
            editor = CellText(parent)
        else:
            editor = QLineEdit(parent)
            editor.setFrame(False)
        editor.setAccessibleName(words.text(column.heading))
        return editor

    def setEditorData(self, editor: QWidget, index: QModelIndex) -> None:
        value = index.data(Qt.ItemDataRole.EditRole)
        text = "" if value is None else str(value)
        if isinstance(editor, QComboBox):
            wanted = "yes" if value is True else "" if value is False else text
            editor.setCurrentIndex(max(0, editor.findData(wanted)))
        elif isinstance(editor, QPlainTextEdit):
            editor.setPlainText(text)
            editor.selectAll()
        elif isinstance(editor, QLineEdit):
            editor.setText(text)

    def setModelData(self, editor: QWidget, model: QObject, index: QModelIndex) -> None:
        if isinstance(editor, QComboBox):
            text = str(editor.currentData() or "")
        elif isinstance(editor, QPlainTextEdit):
            text = editor.toPlainText()
        else:
            text = editor.text() if isinstance(editor, QLineEdit) else ""
        if self._for_all:
            self._grid.put_in_selected(text)
        elif text != str(index.data(Qt.ItemDataRole.EditRole) or ""):
            self._grid.lines.put({(index.row(), index.column()): text})

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, index: QModelIndex
    ) -> None:
        super().updateEditorGeometry(editor, option, index)
        if isinstance(editor, CellText):
            editor.resize(max(option.rect.width(), 280), 96)

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        """Ctrl+Enter puts what is typed into all selected cells; Alt+Enter begins another line."""
        asked = {QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride}
        if not isinstance(event, QKeyEvent) or event.type() not in asked:
            return super().eventFilter(editor, event)
        key, modifiers = event.key(), event.modifiers()
        if key not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            return super().eventFilter(editor, event)
        for_all = bool(modifiers & _CTRL)
        if event.type() == QEvent.Type.ShortcutOverride:
            # Outside an edit the same keys send the quotation.
            event.setAccepted(for_all)
            return for_all
        if for_all:
            self._end_edit(editor, QAbstractItemDelegate.EndEditHint.NoHint, for_all=True)
            return True
        if not isinstance(editor, CellText):
            return super().eventFilter(editor, event)
        if modifiers & _ALT:
            editor.insertPlainText("\n")
        else:
            self._end_edit(editor, QAbstractItemDelegate.EndEditHint.SubmitModelCache)
        return True

    def _end_edit(
        self, editor: QObject, hint: QAbstractItemDelegate.EndEditHint, *, for_all: bool = False
    ) -> None:
        self._for_all = for_all
        self.commitData.emit(editor)
        self._for_all = False
        self.closeEditor.emit(editor, hint)


class CellText(QPlainTextEdit):
    """Several lines of text in a cell, higher than the cell while it is edited."""
