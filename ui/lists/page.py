"""Owns the page of a list: its head with filter and actions, the table, and the selected record.

Must not know the kinds of records; each page is given its actions and its detail.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property, partial
from typing import Any, Protocol

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QSplitter,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.kernel.messages import Message
from app.lists import Sort
from app.lists.saved_views_service import SavedView
from app.trouble import trouble_of
from ui import formats, theme
from ui.bridge import ChangedRows
from ui.context import Context
from ui.forms.chips import ChipBar
from ui.forms.condition_editor import QueryTerms
from ui.forms.query_edit import QueryEdit
from ui.icons import icon
from ui.keys import give_keys
from ui.lists.actions import ActionBar, PageAction
from ui.lists.model import ListModel
from ui.lists.table import NONE_OFFERED, ListTable, OfferedNames
from ui.lists.views_button import ViewsButton
from ui.turns import Turns
from ui.words import say, words

#: Typing pauses this long before the list is filtered.
FILTER_AFTER_MS = 150
#: The width of what is said in the place of an empty list.
_EMPTY_PX = 420


class OtherView(Protocol):
    """Another way to show the same records, such as a board; a widget of its own."""

    current_changed: Signal

    def show_where(self, where: str) -> None:
        """Reads and shows the records that match a filter."""

    def reload(self) -> None:
        """Reads them again."""


class ListPage(QWidget):
    """A list with the detail of its current record."""

    opened = Signal(str, int)
    #: The ids of records that shall be shown in windows of their own.
    own_windows_asked = Signal(object)

    def __init__(
        self,
        context: Context,
        *,
        kind: str,
        title: str,
        empty: str,
        actions: Sequence[PageAction],
        detail: Callable[[Context, QWidget], QWidget],
        detail_share: float = 0.4,
        other_view: Callable[[Context, QWidget], OtherView] | None = None,
        offered: OfferedNames = NONE_OFFERED,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        desk, tasks = context.desk, context.tasks
        self._context = context
        self._make_other_view = other_view
        self._detail_share = detail_share
        self.kind = kind
        self.make_detail = detail
        self.model = ListModel(desk, tasks, kind, self)
        # Each widget stands where it belongs from its making on: what moves is given its look again.
        self._split = QSplitter(Qt.Orientation.Horizontal, self)
        self._middle = QStackedWidget(self._split)
        self.page_actions = tuple(actions)
        self._wanted = -1
        self._terms = QueryTerms(
            desk.lists.offered(kind),
            partial(desk.lists.parsed, kind),
            partial(desk.lists.values, kind=kind),
            tasks,
        )
        self._is_touched_by = desk.lists.listing(kind).is_touched_by
        self._is_stale = True
        self._beginning = Turns(self)
        self._build(title)
        self.table = ListTable(self.model, tasks, self._middle, offered=offered)
        self.table.setAccessibleName(say(title))
        self._middle.addWidget(self.table)
        self._middle.addWidget(self._empty_page(empty))
        self._connect()

    def _build(self, title: str) -> None:
        self._split.setChildrenCollapsible(False)
        self._split.setStretchFactor(0, 3)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._head(title))
        layout.addWidget(self.chips)
        layout.addWidget(self._problem)
        layout.addWidget(self._split, 1)

    @cached_property
    def detail(self) -> Any:
        """What shows the current record, made for the first one: with the list it would be felt."""
        detail = self.make_detail(self._context, self._split)
        detail.setMinimumWidth(300)
        detail.hide()
        self._split.addWidget(detail)
        self._split.setStretchFactor(1, 2)
        return detail

    @cached_property
    def other_view(self) -> OtherView:
        """The other way to show the records, made when it is first asked for."""
        assert self._make_other_view is not None
        view = self._make_other_view(self._context, self._middle)
        self._middle.addWidget(view)  # type: ignore[arg-type]
        view.current_changed.connect(self._show_detail)
        return view

    @property
    def _has_detail(self) -> bool:
        return self._split.count() > 1

    def _head(self, title: str) -> QFrame:
        bar = QFrame(self)
        bar.setProperty("role", "bar")
        row = QHBoxLayout(bar)
        row.setContentsMargins(theme.LARGE, theme.MEDIUM, theme.LARGE, theme.MEDIUM)
        row.setSpacing(theme.SMALL)
        heading = QLabel(say(title), bar)
        heading.setProperty("role", "title")
        self._count = QLabel(bar)
        self._count.setProperty("role", "faint")
        self.filter = QueryEdit(bar)
        self.filter.setPlaceholderText(say("window.filter"))
        self.filter.setAccessibleName(say("window.filter"))
        self.filter.setClearButtonEnabled(True)
        self.filter.setMinimumWidth(140)
        self.filter.setMaximumWidth(280)
        self.filter.offer_building()
        self.chips = ChipBar(self._terms, self, after=self.filter)
        self.chips.setContentsMargins(theme.LARGE, theme.SMALL, theme.LARGE, theme.SMALL)
        self.filter.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._problem = QLabel(self)
        self._problem.setProperty("role", "error")
        self._problem.setWordWrap(True)
        self._problem.setContentsMargins(theme.LARGE, theme.TINY, theme.LARGE, theme.TINY)
        self._problem.hide()
        row.addWidget(heading)
        row.addWidget(self._count)
        row.addSpacing(theme.SMALL)
        row.addWidget(self.filter, 20)
        self.views = ViewsButton(self._context, self.kind, self.view, bar)
        self.views.picked.connect(self.use_view)
        row.addWidget(self.views)
        row.addStretch(1)
        self.actions_bar = ActionBar(
            self.page_actions,
            selected=lambda: self.table.selected_ids(),
            page=self,
            list_=self._middle,
            parent=bar,
        )
        row.addWidget(self.actions_bar, 80)
        self.view_switch = QToolButton(bar)
        self.view_switch.setIcon(icon("pipeline"))
        self.view_switch.setCheckable(True)
        self.view_switch.setToolTip(say("window.board"))
        give_keys(self.view_switch, "Ctrl+B", owner=self)
        self.view_switch.setAccessibleName(say("window.board"))
        self.view_switch.setVisible(self._make_other_view is not None)
        self.view_switch.toggled.connect(lambda _on: self._switch_view())
        row.addWidget(self.view_switch)
        columns = QToolButton(bar)
        columns.setIcon(icon("columns"))
        columns.setToolTip(say("window.columns"))
        columns.setAccessibleName(say("window.columns"))
        columns.clicked.connect(
            lambda: self.table.column_menu().exec(columns.mapToGlobal(columns.rect().bottomLeft()))
        )
        row.addWidget(columns)
        return bar

    def _empty_page(self, empty: str) -> QWidget:
        page = QWidget(self._middle)
        layout = QVBoxLayout(page)
        layout.setAlignment(Qt.AlignmentFlag.AlignCenter)
        layout.setSpacing(theme.MEDIUM)
        self._empty_text = QLabel(page)
        self._empty_text.setProperty("role", "faint")
        self._empty_text.setWordWrap(True)
        self._empty_text.setFixedWidth(_EMPTY_PX)
        self._empty_text.setAlignment(Qt.AlignmentFlag.AlignCenter)
        layout.addWidget(self._empty_text, 0, Qt.AlignmentFlag.AlignCenter)
        self._empty_default = say(empty)
        self._tell_empty(self._empty_default)
        row = QHBoxLayout()
        row.addStretch(1)
        self._beginnings = [
            self._empty_button(action, page)
            for action in self.page_actions
            if action.brings_records
        ]
        self.clear_button = QPushButton(icon("close"), say("window.clear_filter"), page)
        self.clear_button.clicked.connect(self._clear_filter)
        self.clear_button.hide()
        for button in (*self._beginnings, self.clear_button):
            row.addWidget(button)
        row.addStretch(1)
        layout.addLayout(row)
        return page

    def _clear_filter(self) -> None:
        self.show_where("")
        self.filter.setFocus()

    def _tell_empty(self, text: str) -> None:
        """A layout asks a text that wraps for its height at another width than it has here."""
        self._empty_text.setText(text)
        self._empty_text.setMinimumHeight(self._empty_text.heightForWidth(_EMPTY_PX))

    def _empty_button(self, action: PageAction, page: QWidget) -> QPushButton:
        button = QPushButton(icon(action.icon), say(action.label), page)
        button.clicked.connect(lambda: action.run([]))
        return button

    def _connect(self) -> None:
        self._typing = QTimer(self, singleShot=True, interval=FILTER_AFTER_MS)
        self._typing.timeout.connect(self._apply_filter)
        self.filter.textChanged.connect(lambda _text: self._typing.start())
        self.filter.build_asked.connect(lambda: self.chips.add(self.filter))
        self.chips.changed.connect(self.filter.setText)
        self.model.counted.connect(self._on_counted)
        self.model.filter_failed.connect(self._on_filter_failed)
        self.table.current_changed.connect(self._show_detail)
        self.table.opened.connect(lambda record_id: self.opened.emit(self.kind, record_id))
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._enable())
        self._enable()

    def _switch_view(self) -> None:
        """Shows the other view in place of the list, or the list again."""
        if self.view_switch.isChecked():
            self.other_view.show_where(self.filter.text().strip())
        self._show_middle()

    def _show_middle(self) -> None:
        is_other = self.view_switch.isChecked() and self.model.rowCount() > 0
        self._middle.setCurrentIndex(2 if is_other else 0 if self.model.rowCount() else 1)

    def activate(self) -> None:
        """Called when the page comes to the front: reads the list where it is stale."""
        if self._is_stale:
            self._is_stale = False
            self._read()
            if self.view_switch.isChecked():
                self.other_view.reload()
        (self.table if self._middle.currentIndex() == 0 else self.filter).setFocus()

    def _read(self) -> None:
        """Reads the list; the first time its detail is made before, both would be felt together."""
        if self._has_detail:
            self.model.reload()
        else:
            self._beginning.begin(self._begin())

    def _begin(self) -> Iterator[None]:
        """Makes the detail, which comes into sight with the first record, and reads the list."""
        self.detail.hide()
        yield
        self.model.reload()
        if self._wanted >= 0:
            self._show_detail(self._wanted)

    def view(self) -> SavedView:
        """The list as it stands: its filter, order and columns, not saved yet."""
        order = self.model.order
        sort = order.text if order is not None else ""
        columns = self.table.shown_columns()
        return SavedView(0, self.kind, "", self.filter.text().strip(), sort, columns)

    def use_view(self, view: SavedView) -> None:
        """Shows the list as it was saved."""
        if view.columns:
            self.table.show_columns(view.columns)
        self.table.sort_by(Sort.parse(view.sort) if view.sort else None)
        self.show_where(view.query)

    def show_where(self, where: str) -> None:
        """Lists only what matches a query, at once; not everything first where nothing was read yet."""
        self.filter.setText(where)
        self._typing.stop()
        self._apply_filter()

    def show_record(self, record_id: int) -> None:
        """Makes a record current, as soon as the list is read."""
        self._wanted = record_id
        if self.filter.text():
            self.filter.clear()
        if not self._has_detail:
            self._read()
            return
        if not self.table.select_record(record_id):
            self.model.reload()
        self._show_detail(record_id)

    def on_changes(self, rows: ChangedRows) -> None:
        """Takes what a commit changed: rows are read again, a hidden list goes stale."""
        if self._has_detail and hasattr(self.detail, "on_changes"):
            self.detail.on_changes(rows)
        if self._is_touched_by(rows):
            self.read_again()

    def read_again(self) -> None:
        """Reads the list and its rows again, out of sight when it comes to the front."""
        self.model.mark_stale()
        if self.isVisible():
            self.model.reload()
            if self.view_switch.isChecked():
                self.other_view.reload()
        else:
            self._is_stale = True

    def _show_detail(self, record_id: int) -> None:
        was_hidden = self.detail.isHidden()
        self.detail.show()
        if was_hidden:
            width = self._split.width()
            detail = round(width * self._detail_share)
            self._split.setSizes([width - detail, detail])
        self.detail.show_record(record_id)

    def _apply_filter(self) -> None:
        where = self.filter.text()
        self.filter.show_troubles(self.chips.show_query(where).troubles)
        self._tell(self.filter.hint)
        where = where.strip()
        if self.model.set_filter(where):
            self._is_stale = False
        if self.view_switch.isChecked():
            self.other_view.show_where(where)

    def _on_filter_failed(self, error: BaseException) -> None:
        message = trouble_of(error) or Message("window.filter_not_understood")
        self._tell(words.text(message))

    def _tell(self, problem: str) -> None:
        self._problem.setText(problem)
        self._problem.setVisible(bool(problem))

    def _on_counted(self, count: int) -> None:
        self._count.setText(formats.number(count))
        is_filtered = bool(self.filter.text().strip())
        self._tell_empty(say("window.nothing_found") if is_filtered else self._empty_default)
        self.clear_button.setVisible(is_filtered)
        for button in self._beginnings:
            button.setVisible(not is_filtered)
        if not count and self.table.hasFocus():
            # Else the keyboard would leave the page with the table that is hidden.
            self.filter.setFocus()
        self._show_middle()
        if count == 0 and self._has_detail:
            self.detail.hide()
        if self._wanted >= 0 and self.table.select_record(self._wanted):
            self._wanted = -1
        elif self.isVisible():
            self._begin_with_the_first()
        self._enable()

    def showEvent(self, event: QShowEvent) -> None:
        """A list that was read while another page was in front begins now."""
        super().showEvent(event)
        self._begin_with_the_first()

    def _begin_with_the_first(self) -> None:
        if self.model.rowCount() and not self.table.currentIndex().isValid():
            self.table.select_record(self.model.record_id(0))

    def _enable(self) -> None:
        has_selection = self.table.selectionModel().hasSelection()
        self.actions_bar.enable(has_selection=has_selection)
