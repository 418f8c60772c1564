"""Owns the page that asks "what if": other rates, rebate, freight or factory prices over all open
quotations, and the step that makes the revisions.

Must not work anything out; the service does.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import partial

from PySide6.QtCore import QItemSelectionModel, Qt, QTimer, Signal
from PySide6.QtGui import QBrush, QColor, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QFormLayout,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.kernel.errors import AppError
from app.quotations.cost_sheet import ExchangeRate
from app.quotations.targets import WhatIf
from app.quotations.what_if_service import OpenLine
from ui import formats, theme
from ui.bridge import ChangedRows
from ui.changing import change
from ui.context import Context
from ui.icons import icon
from ui.quotations.typed import number_in
from ui.tables import dress
from ui.words import say, words

#: Typing pauses this long before the effects are worked out.
ASK_AFTER_MS = 250
_ID = Qt.ItemDataRole.UserRole
_HUNDRED = Decimal(100)
_COLUMNS = (
    ("quotations.field.number", False),
    ("quotations.field.line", False),
    ("quotations.field.price", True),
    ("what_if.margin_now", True),
    ("what_if.margin_then", True),
    ("what_if.floor_price", True),
    ("what_if.new_price", True),
)
#: The one that may fall below the floor; the margin of today need not be.
_MARGIN_AFTER = 4


class WhatIfPage(QWidget):
    """The change on top, the open prices it touches below, those under their floor first."""

    left = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._version = 0
        self._rows: tuple[OpenLine, ...] = ()
        self.currency = QLineEdit("USD")
        self.rate = self._field("what_if.rate")
        self.rebate = self._field("what_if.rebate")
        self.vat = self._field("what_if.vat")
        self.freight = self._field("what_if.freight")
        self.factory = self._field("what_if.factory")
        self.only_below = QCheckBox(say("what_if.only_below"))
        self.only_below.toggled.connect(lambda _on: self._fill())
        self.table = QTableWidget(0, len(_COLUMNS))
        self.summary, self.problem = QLabel(), QLabel()
        self.summary.setProperty("role", "heading")
        self.problem.setProperty("role", "error")
        self.apply_button = QPushButton()
        self.apply_button.setProperty("role", "primary")
        self.apply_button.clicked.connect(self.apply)
        self._typing = QTimer(self, singleShot=True, interval=ASK_AFTER_MS)
        self._typing.timeout.connect(self.ask)
        self._prepare_table()
        self._lay_out()

    def _field(self, label: str) -> QLineEdit:
        edit = QLineEdit()
        edit.setAccessibleName(say(label))
        edit.setAlignment(Qt.AlignmentFlag.AlignRight)
        edit.setMaximumWidth(120)
        edit.textChanged.connect(lambda _text: self._typing.start())
        edit.returnPressed.connect(self.ask)
        return edit

    def _prepare_table(self) -> None:
        table = self.table
        table.setAccessibleName(say("what_if.title"))
        dress(table)
        table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        header = table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        for column, (label, is_number) in enumerate(_COLUMNS):
            item = QTableWidgetItem(say(label))
            item.setTextAlignment(_alignment(is_number))
            table.setHorizontalHeaderItem(column, item)
        table.itemSelectionChanged.connect(self._say_what_is_revised)

    def _lay_out(self) -> None:
        back = QPushButton(icon("back"), say("editor.all_quotations"))
        back.clicked.connect(self.left)
        leave = QShortcut(QKeySequence("Esc"), self, self.left.emit)
        leave.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        title = QLabel(say("what_if.title"))
        title.setProperty("role", "title")
        head = QHBoxLayout()
        head.setSpacing(theme.MEDIUM)
        head.addWidget(back)
        head.addWidget(title)
        head.addStretch(1)
        self.currency.setMaximumWidth(56)
        self.currency.setAccessibleName(say("quotations.field.currency"))
        self.currency.editingFinished.connect(self._show_today)
        world = QHBoxLayout()
        world.setSpacing(theme.LARGE)
        for label, widgets in (
            ("what_if.rate", (self.currency, self.rate)),
            ("what_if.rebate", (self.rebate,)),
            ("what_if.vat", (self.vat,)),
            ("what_if.freight", (self.freight,)),
            ("what_if.factory", (self.factory,)),
        ):
            world.addLayout(_labelled(label, widgets))
        world.addStretch(1)
        hint = QLabel(say("what_if.hint"))
        hint.setProperty("role", "faint")
        hint.setWordWrap(True)
        foot = QHBoxLayout()
        foot.addWidget(self.only_below)
        foot.addStretch(1)
        foot.addWidget(self.apply_button)
        told = QHBoxLayout()
        told.addWidget(self.summary)
        told.addStretch(1)
        told.addWidget(self.problem)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.LARGE, theme.MEDIUM, theme.LARGE, theme.MEDIUM)
        layout.setSpacing(theme.MEDIUM)
        layout.addLayout(head)
        layout.addLayout(world)
        layout.addWidget(hint)
        layout.addLayout(told)
        layout.addWidget(self.table, 1)
        layout.addLayout(foot)

    # -- asking -----------------------------------------------------------------------------

    def activate(self) -> None:
        """Shows today's figures and the open quotations as they are."""
        self._show_today()
        self.ask()
        self.rate.setFocus()

    def on_changes(self, _rows: ChangedRows) -> None:
        """Asks again after a commit."""
        if self.isVisible():
            self.ask()

    def _show_today(self) -> None:
        desk, currency = self._context.desk, self.currency.text().strip().upper()

        def show(rate: ExchangeRate | None) -> None:
            self.rate.setPlaceholderText(f"{rate.home_per_unit.normalize():f}" if rate else "")

        self._context.tasks.read(
            self, lambda: desk.rates.exchange_rate(currency, desk.clock.today()), show
        )

    def what_if(self) -> WhatIf:
        """The change as typed; raises ``AppError`` naming what is no number."""
        rate = _number(self.rate)
        currency = self.currency.text().strip().upper()
        return WhatIf(
            rates=(ExchangeRate(currency, rate, say("what_if.source")),) if rate else (),
            rebate=_share(self.rebate),
            vat=_share(self.vat),
            freight_factor=1 + (_share(self.freight) or Decimal(0)),
            factory_factor=1 + (_share(self.factory) or Decimal(0)),
        )

    def ask(self) -> None:
        """Works out the effect of what is typed; changes nothing."""
        self._typing.stop()
        try:
            what_if = self.what_if()
        except AppError as error:
            self.problem.setText(words.text(error.message))
            return
        self.problem.clear()
        self._version += 1
        version, service, language = self._version, self._context.desk.what_if, words.language
        self._context.tasks.read(
            self,
            lambda: service.effects(what_if, language=language),
            partial(self._show, version),
        )

    # -- showing ----------------------------------------------------------------------------

    def _show(self, version: int, rows: Sequence[OpenLine]) -> None:
        if version != self._version:
            return
        self._rows = tuple(
            sorted(rows, key=lambda row: (not row.effect.is_below_floor, row.effect.margin_after))
        )
        below = [row for row in rows if row.effect.is_below_floor]
        self.summary.setText(
            say(
                "what_if.summary",
                below=len(below),
                quotations=len({row.number for row in below}),
                lines=len(rows),
            )
        )
        self._fill()

    def _fill(self) -> None:
        shown = [
            row
            for row in self._rows
            if row.effect.is_below_floor or not self.only_below.isChecked()
        ]
        chosen = self._selected()
        self.table.setRowCount(len(shown))
        for place, row in enumerate(shown):
            self._fill_row(place, row)
        model, flags = self.table.selectionModel(), QItemSelectionModel.SelectionFlag
        for place, row in enumerate(shown):
            if row.quotation_id in chosen:
                model.select(self.table.model().index(place, 0), flags.Select | flags.Rows)
        self._say_what_is_revised()

    def _fill_row(self, place: int, row: OpenLine) -> None:
        effect, tokens = row.effect, theme.colours()
        floor = effect.floor_price
        texts = (
            row.number,
            row.name,
            formats.money(row.price, row.currency),
            _percent(effect.margin_before),
            _percent(effect.margin_after),
            formats.money(round(floor, 4), None) if floor is not None else "–",
            formats.money(effect.new_price, None),
        )
        for column, (text, (_label, is_number)) in enumerate(zip(texts, _COLUMNS, strict=True)):
            item = QTableWidgetItem(text)
            item.setTextAlignment(_alignment(is_number))
            item.setData(_ID, row.quotation_id)
            if effect.is_below_floor and column == _MARGIN_AFTER:
                item.setForeground(QBrush(QColor(tokens.error)))
            self.table.setItem(place, column, item)

    def _selected(self) -> set[int]:
        """The quotations of the selected rows."""
        return {
            int(item.data(_ID))
            for index in self.table.selectionModel().selectedRows()
            if (item := self.table.item(index.row(), 0)) is not None
        }

    def chosen(self) -> set[int]:
        """The quotations to revise: those selected, else all with a line below its floor."""
        return self._selected() or {
            row.quotation_id for row in self._rows if row.effect.is_below_floor
        }

    def _say_what_is_revised(self) -> None:
        chosen = self.chosen()
        self.apply_button.setText(say("what_if.apply", count=len(chosen)))
        can_write = not self._context.desk.is_read_only
        self.apply_button.setEnabled(bool(chosen) and can_write)

    # -- making it so -----------------------------------------------------------------------

    def apply(self) -> None:
        """Makes the revisions in one step that can be undone as one."""
        chosen, service = self.chosen(), self._context.desk.what_if
        try:
            what_if = self.what_if()
        except AppError as error:
            self.problem.setText(words.text(error.message))
            return

        change(
            self._context,
            self,
            lambda: service.apply(what_if, chosen),
            say("what_if.done", count=len(chosen)),
            self._begin_anew,
        )

    def _begin_anew(self) -> None:
        self.table.clearSelection()
        self.ask()


def _labelled(label: str, widgets: Sequence[QWidget]) -> QFormLayout:
    column = QFormLayout()
    column.setVerticalSpacing(theme.TINY)
    text = QLabel(say(label))
    text.setProperty("role", "faint")
    text.setBuddy(widgets[-1])
    row = QHBoxLayout()
    row.setSpacing(theme.TINY)
    for widget in widgets:
        row.addWidget(widget)
    column.addRow(text)
    column.addRow(row)
    return column


def _alignment(is_number: bool) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if is_number else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter


def _percent(share: Decimal) -> str:
    return f"{share * _HUNDRED:.1f}%"


def _number(edit: QLineEdit) -> Decimal | None:
    text = edit.text().strip().lstrip("+")
    if not text:
        return None
    number = number_in(text)
    if number is None:
        raise AppError("lists.bad_value", field=edit.accessibleName(), value=text)
    return number


def _share(edit: QLineEdit) -> Decimal | None:
    number = _number(edit)
    return None if number is None else number / _HUNDRED
