"""Owns the page of the figures and texts that quotations draw on: rates by kind, sellers, texts.

Every change is one step with its undo. Must not know what a quotation does with them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QFileInfo, QMimeDatabase, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QTabBar,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from app.history.service import Operation
from app.kernel.messages import Message
from app.quotations.rate_reading import RatesRead
from app.quotations.rates_service import RateRow, rate_form
from ui import theme
from ui.bridge import ChangedRows
from ui.buttons import key_button
from ui.changing import change, offer_undo, with_step
from ui.context import Context
from ui.copied import copied_cells
from ui.forms.dialog import RecordDialog
from ui.icons import icon
from ui.lists.page import PageAction
from ui.quotations.rates_model import RatesModel
from ui.tables import dress
from ui.words import say

#: The kinds in the order of their tabs.
KINDS = (
    "exchange_rate",
    "vat_rate",
    "rebate_rate",
    "freight_rate",
    "seller_profile",
    "standard_text",
)
_TABLES = frozenset(KINDS)
_FILES = "*.xlsx *.xls *.csv *.tsv *.txt *.ods *.et"
_PICTURES = "*.png *.jpg *.jpeg *.webp *.gif *.bmp"


class RatesPage(QWidget):
    """One kind at a time as a table; typed, pasted or read from a file."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.kind = KINDS[0]
        self._wanted = -1
        self._version = 0
        self.page_actions = tuple(
            PageAction(f"rates.tab.{kind}", "price", partial(self._on_kind, kind)) for kind in KINDS
        )
        self.model = RatesModel(self)
        self.table = QTableView()
        self._prepare_table()
        self._build()
        self._choose(KINDS[0])

    def _prepare_table(self) -> None:
        table = self.table
        table.setModel(self.model)
        dress(table)
        table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        table.horizontalHeader().setStretchLastSection(True)
        table.activated.connect(lambda _index: self.edit())
        table.selectionModel().selectionChanged.connect(lambda *_: self._enable())

    def _build(self) -> None:
        title = QLabel(say("window.place.rates"))
        title.setProperty("role", "title")
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(say("window.filter"))
        self.filter.setAccessibleName(say("window.filter"))
        self.filter.setClearButtonEnabled(True)
        self.filter.setMaximumWidth(260)
        self.filter.textChanged.connect(self.model.set_filter)
        self.tabs = QTabBar()
        self.tabs.setAccessibleName(say("window.place.rates"))
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        for kind in KINDS:
            self.tabs.addTab(say(f"rates.tab.{kind}"))
        self.tabs.currentChanged.connect(lambda index: self._choose(KINDS[index]))
        self.hint = QLabel()
        self.hint.setProperty("role", "faint")
        self.hint.setWordWrap(True)
        head = QFrame()
        head.setProperty("role", "bar")
        first = QHBoxLayout()
        first.setSpacing(theme.SMALL)
        first.addWidget(title)
        first.addSpacing(theme.SMALL)
        first.addWidget(self.filter, 20)
        first.addStretch(1)
        for button in self._make_buttons():
            first.addWidget(button)
        column = QVBoxLayout(head)
        column.setContentsMargins(theme.LARGE, theme.MEDIUM, theme.LARGE, 0)
        column.setSpacing(theme.SMALL)
        column.addLayout(first)
        column.addWidget(self.tabs)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(head)
        self.hint.setContentsMargins(theme.LARGE, theme.SMALL, theme.LARGE, theme.SMALL)
        layout.addWidget(self.hint)
        layout.addWidget(self.table, 1)

    def _make_buttons(self) -> list[QPushButton]:
        self.delete_button = key_button(
            "window.delete", "Del", self.table, picture="delete", run=self.delete
        )
        self.logo_button = key_button(
            "rates.logo", "", self, picture="picture", run=partial(self.choose_picture, "logo")
        )
        self.signature_button = key_button(
            "rates.signature",
            "",
            self,
            picture="picture",
            run=partial(self.choose_picture, "signature"),
        )
        self.usual_button = key_button(
            "rates.make_usual", "", self, picture="star", run=self.make_usual
        )
        # The table's own key, so that text can still be pasted into the filter.
        self.paste_button = key_button(
            "rates.paste", "Ctrl+V", self.table, picture="paste", run=self.paste
        )
        self.file_button = key_button(
            "rates.from_file", "Ctrl+I", self, picture="import", run=self.choose_file
        )
        self.add_button = key_button("rates.add", "Ctrl+N", self, picture="add", run=self.add)
        self.add_button.setProperty("role", "primary")
        self.add_button.setIcon(icon("add", on_accent=True))
        return [
            self.delete_button,
            self.logo_button,
            self.signature_button,
            self.usual_button,
            self.paste_button,
            self.file_button,
            self.add_button,
        ]

    # -- showing ----------------------------------------------------------------------------

    def activate(self) -> None:
        """Reads the rows and puts the hand on them."""
        self._read()
        self.table.setFocus()

    def on_changes(self, rows: ChangedRows) -> None:
        """Reads again what a commit changed."""
        if self.isVisible() and _TABLES & set(rows):
            self._read()

    def _on_kind(self, kind: str, _ids: Sequence[int]) -> None:
        self.tabs.setCurrentIndex(KINDS.index(kind))

    def _choose(self, kind: str) -> None:
        self.kind = kind
        self.hint.setText(say(f"rates.hint.{kind}"))
        self.table.setAccessibleName(say(f"rates.tab.{kind}"))
        self.filter.clear()
        profile = kind == "seller_profile"
        for button in (self.logo_button, self.signature_button, self.usual_button):
            button.setVisible(profile)
        for button in (self.paste_button, self.file_button):
            button.setVisible(not profile)
        self._read()

    def _read(self) -> None:
        self._version += 1
        version, kind, desk = self._version, self.kind, self._context.desk
        self._context.tasks.read(self, lambda: desk.rates.rows(kind), partial(self._show, version))

    def _show(self, version: int, rows: Sequence[RateRow]) -> None:
        if version != self._version:
            return
        current = self._current()
        stays = current is not None and current.kind == self.kind
        wanted = current.id if current is not None and stays and self._wanted < 0 else self._wanted
        self._wanted = -1
        self.model.show_rows(rate_form(self.kind).fields, rows)
        header = self.table.horizontalHeader()
        for column, field in enumerate(self.model.fields):
            room = self.fontMetrics().horizontalAdvance("n") * field.width_chars + 28
            header.resizeSection(column, max(room, header.sectionSizeHint(column) + 8))
        place = max(self.model.place_of(wanted), 0)
        if self.model.rowCount():
            self.table.selectRow(place)
        self._enable()

    def _enable(self) -> None:
        can_write = not self._context.desk.is_read_only
        chosen = bool(self.table.selectionModel().selectedRows())
        for button in (self.add_button, self.paste_button, self.file_button):
            button.setEnabled(can_write)
        for button in (
            self.delete_button,
            self.logo_button,
            self.signature_button,
            self.usual_button,
        ):
            button.setEnabled(can_write and chosen)

    def _current(self) -> RateRow | None:
        return self.model.row(self.table.currentIndex().row())

    # -- changing ---------------------------------------------------------------------------

    def add(self) -> None:
        """Asks for a new record, with today and the current row's kind of figure filled in."""
        before = self._current()
        values: dict[str, object] = {}
        for key in ("valid_on", "valid_from"):
            if key in {field.key for field in rate_form(self.kind).fields}:
                values[key] = self._context.desk.clock.today()
        if before is not None and self.kind != "seller_profile":
            kept = ("currency", "hs_code", "name", "mode", "port_of_loading", "unit")
            values |= {key: before.values[key] for key in kept if key in before.values}
        self._ask(
            say(f"rates.new.{self.kind}"), values, partial(self._context.desk.rates.add, self.kind)
        )

    def edit(self) -> None:
        """Opens the current record."""
        row = self._current()
        if row is not None and not self._context.desk.is_read_only:
            save = partial(self._context.desk.rates.edit, row.kind, row.id)
            self._ask(say(f"rates.edit.{self.kind}"), row.values, save)

    def _ask(self, title: str, values: Mapping[str, object], save: Callable[..., object]) -> None:
        dialog = RecordDialog(
            title,
            rate_form(self.kind).fields,
            self._context.tasks,
            save=save,
            values=values,
            then=self._go_on_with,
            parent=self,
        )
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _go_on_with(self, answer: object) -> None:
        self._wanted = answer if isinstance(answer, int) else self._wanted
        self._read()

    def delete(self) -> None:
        """Deletes the selected records; the toast takes it back."""
        rows = [self.model.row(index.row()) for index in self.table.selectionModel().selectedRows()]
        ids = [row.id for row in rows if row is not None]
        if ids:
            self._write(
                partial(self._context.desk.rates.delete, self.kind, ids),
                say("rates.deleted", count=len(ids)),
            )

    def make_usual(self) -> None:
        """New quotations are written under the current profile."""
        row = self._current()
        if row is not None:
            self._write(
                partial(self._context.desk.rates.make_default, row.id), say("rates.is_usual")
            )

    def choose_picture(self, which: str) -> None:
        """Asks for the picture file of a profile's logo or signature."""
        name, _filter = QFileDialog.getOpenFileName(self, say(f"rates.{which}"), "", _PICTURES)
        if name:
            self.use_picture(which, Path(name))

    def use_picture(self, which: str, path: Path) -> None:
        """Takes a picture file for the current profile."""
        row, rates = self._current(), self._context.desk.rates
        if row is None:
            return
        media_type = QMimeDatabase().mimeTypeForFile(QFileInfo(str(path))).name()

        def work() -> None:
            rates.set_picture(row.id, which, path.read_bytes(), media_type=media_type)

        self._write(work, say("rates.picture_taken"))

    def _write(self, work: Callable[[], object], told: str) -> None:
        change(self._context, self, work, told, self._read)

    # -- many at once -----------------------------------------------------------------------

    def paste(self) -> None:
        """Takes rows copied from a sheet or a bank's page."""
        rows = copied_cells()
        if any(map(any, rows)) and self.kind != "seller_profile":
            self._take(rows)

    def choose_file(self) -> None:
        """Asks for a sheet with rates."""
        name, _filter = QFileDialog.getOpenFileName(self, say("rates.from_file"), "", _FILES)
        if name:
            self.take_file(Path(name))

    def take_file(self, path: Path) -> None:
        """Reads a sheet with rates of the kind shown."""
        sheets = self._context.desk.sheets
        self._context.tasks.long_read(
            self,
            Message("sheets.reading_file", name=path.name),
            lambda task: sheets.cells(path, progress=task),
            self._take,
        )

    def _take(self, cells: Sequence[Sequence[object]]) -> None:
        rates, kind = self._context.desk.rates, self.kind

        def work() -> RatesRead:
            found = rates.read(kind, cells)
            if found.rows:
                rates.add_all(kind, found.rows)
            return found

        self._context.tasks.write(
            self,
            Message("window.saving"),
            lambda _task: with_step(self._context.desk, work),
            self._tell_taken,
        )

    def _tell_taken(self, made: tuple[RatesRead, Operation | None]) -> None:
        found, step = made
        self._read()
        if not found.rows:
            self._context.toast(say("rates.nothing_taken"))
            return
        text = say("rates.taken", count=len(found.rows))
        if found.passed_over:
            text += " " + say("rates.passed_over", count=found.passed_over)
        offer_undo(self._context, self, step, text)
