"""Owns the lines of a quotation as the grid shows them, changed at once where they are typed.

What is typed shows with its amount and the totals before it is saved; the page saves it and shows
the quotation anew. Must not save and must not read the book.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QFont

from app.kernel.errors import AppError
from app.quotations.detail_views import LineView, QuotationDetail
from app.quotations.internal_views import InternalLine
from app.quotations.revisions import LineKind, LineTerms, RevisionTerms
from app.quotations.tiers import PriceTiers
from app.quotations.totals import Totals, line_amount, totals, unit_price
from ui import formats, theme
from ui.lists.model import PICTURE
from ui.quotations.columns import Column, line_columns
from ui.quotations.typed import tiers_text, typed_value, with_price
from ui.words import say, words

_NO_PARENT = QModelIndex()
_ROLE = Qt.ItemDataRole
#: Fields that change the sums, by their names in the terms.
_COUNTED = {
    "kind": "kind",
    "quantity": "quantity",
    "price": "unit_price",
    "discount_percent": "discount_percent",
    "is_optional": "is_optional",
    "tiers": "tiers",
}
#: Ours alone; with two decimals at least they can be compared down the column.
_MONEY = frozenset({"cost", "unit_cost", "last_price"})
_SUMS = frozenset({"amount", "margin", "markup"})
#: Columns that may show something else once a line changed.
_FOLLOW = ("price", *sorted(_SUMS))


@dataclass(slots=True)
class Row:
    """A line on the screen: what stands in it, and what is ours of it."""

    view: LineView
    terms: LineTerms
    internal: InternalLine
    is_waiting: bool = False

    def value(self, key: str) -> object:
        """The value of a column, from wherever it comes."""
        return _WORKED_OUT[key](self) if key in _WORKED_OUT else self._of_field(key)

    def _of_field(self, key: str) -> object:
        if key in self.view.values:
            return self.view.values[key]
        return getattr(self.internal, key, None)


def _past(row: Row) -> object:
    past = row.internal.last_price
    return f"{past.currency} {past.price.normalize():f}" if past else None


def _target(row: Row) -> object:
    inner = row.internal
    if inner.target_price is None:
        return None
    return f"{inner.target_currency or ''} {inner.target_price.normalize():f}".strip()


def _margin(row: Row) -> object:
    return None if row.is_waiting else row.internal.margin_on_price


def _markup(row: Row) -> object:
    return None if row.is_waiting else row.internal.markup_on_cost


_WORKED_OUT: Mapping[str, Callable[[Row], object]] = {
    "price": lambda row: unit_price(row.terms),
    "tiers": lambda row: tiers_text(row.terms.tiers) or None,
    "amount": lambda row: row.view.amount,
    "cartons": lambda row: row.view.goods.cartons if row.view.goods else None,
    "cbm": lambda row: row.view.goods.cbm if row.view.goods else None,
    "margin": _margin,
    "markup": _markup,
    "target": _target,
    "last_price": _past,
}


class LinesModel(QAbstractTableModel):
    """The lines of one revision, and an empty row at the end of a draft that takes the next."""

    #: Values by line id, to be saved.
    changed = Signal(object)
    #: Values of new lines, to be added at the end.
    added = Signal(object)
    #: A value was refused; says why.
    refused = Signal(object)
    #: The sums are other ones now.
    retotalled = Signal()

    def __init__(self, picture: Callable[[str], Path], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._picture = picture
        self.columns: tuple[Column, ...] = line_columns()
        self._place = {column.key: index for index, column in enumerate(self.columns)}
        self._rows: list[Row] = []
        self._terms: RevisionTerms | None = None
        self.is_editable = False

    # -- what is shown ----------------------------------------------------------------------

    def show_quotation(self, detail: QuotationDetail, terms: RevisionTerms) -> None:
        """Shows the lines of a revision; those that stay keep their place on the screen."""
        rows = [
            Row(view, line, detail.internal.lines[view.id])
            for view, line in zip(detail.lines, terms.lines, strict=True)
        ]
        same = [row.view.id for row in rows] == [row.view.id for row in self._rows]
        if same and detail.is_editable == self.is_editable:
            self._rows, self._terms = rows, terms
            if rows:
                last = self.index(len(rows) - 1, len(self.columns) - 1)
                self.dataChanged.emit(self.index(0, 0), last)
        else:
            self.beginResetModel()
            self._rows, self._terms, self.is_editable = rows, terms, detail.is_editable
            self.endResetModel()
        self.retotalled.emit()

    def row(self, row: int) -> Row | None:
        """The line in a row; ``None`` for the empty one at the end."""
        return self._rows[row] if 0 <= row < len(self._rows) else None

    def line_ids(self, rows: Sequence[int]) -> list[int]:
        """The ids of the lines in ``rows``, in their order."""
        return [self._rows[row].view.id for row in sorted(set(rows)) if row < len(self._rows)]

    def row_of(self, line_id: int) -> int:
        """Where a line is, or -1."""
        ids = [row.view.id for row in self._rows]
        return ids.index(line_id) if line_id in ids else -1

    @property
    def line_count(self) -> int:
        """How many lines there are, without the empty one."""
        return len(self._rows)

    def column_of(self, key: str) -> int:
        """Where a column is."""
        return self._place[key]

    def totals(self) -> Totals | None:
        """The sums of what is on the screen."""
        return totals(self._terms) if self._terms else None

    def marked(self, ids: Sequence[int], what: str) -> dict[int, dict[str, object]]:
        """The changes that make lines an ``option``, an ``alternative`` to the line above, or neither."""
        places = [place for place in map(self.row_of, ids) if place >= 0]
        if not places:
            return {}
        first = self._rows[places[0]].terms
        was = bool(first.alternative_to) if what == "alternative" else first.is_optional
        above = next((row for row in reversed(self._rows[: places[0]]) if row.view.counts), None)
        plain: dict[str, object] = {"is_optional": False, "alternative_to": None}
        if was or (what == "alternative" and above is None):
            change = plain
        elif what == "alternative" and above is not None:
            change = {**plain, "alternative_to": above.view.line_uid}
        else:
            change = {**plain, "is_optional": True}
        return {self._rows[place].view.id: change for place in places}

    # -- changing ---------------------------------------------------------------------------

    def put(self, cells: Mapping[tuple[int, int], str]) -> None:
        """Takes texts by row and column, all at once; rows beyond the last become new lines."""
        changes: dict[int, dict[str, object]] = {}
        new: dict[int, dict[str, object]] = {}
        try:
            for (row, place), text in cells.items():
                self._read_cell(row, self.columns[place], text, changes, new)
        except AppError as error:
            self.refused.emit(error)
            return
        for row, values in changes.items():
            self._show_change(row, values)
        if changes:
            self._retotal()
            self.changed.emit({self._rows[row].view.id: v for row, v in changes.items()})
        if new:
            self.added.emit([new[row] for row in sorted(new)])

    def _read_cell(
        self,
        row: int,
        column: Column,
        text: str,
        changes: dict[int, dict[str, object]],
        new: dict[int, dict[str, object]],
    ) -> None:
        if column.field is None or not self.is_editable:
            return
        value = typed_value(column.field, text)
        if row >= len(self._rows):
            if value is not None:
                new.setdefault(row, {})[column.key] = value
            return
        line = self._rows[row]
        tiers = line.terms.tiers
        if value == (tiers if column.key == "tiers" else line.value(column.key)):
            return
        values = changes.setdefault(row, {})
        if column.key == "price" and tiers is not None and isinstance(value, Decimal):
            quantity = values.get("quantity", line.terms.quantity)
            at = quantity if isinstance(quantity, Decimal) else None
            values["tiers"] = with_price(tiers, at, value)
        else:
            values[column.key] = value

    def _show_change(self, place: int, values: Mapping[str, object]) -> None:
        row = self._rows[place]
        terms = row.terms
        for key, value in values.items():
            if key in _COUNTED:
                terms = replace(terms, **{_COUNTED[key]: _as_terms(key, value)})
        currency = self._terms.currency if self._terms else ""
        own = {key: value for key, value in values.items() if key in row.view.values}
        view = replace(
            row.view,
            values={**row.view.values, **own},
            kind=terms.kind,
            tiers=terms.tiers,
            unit_price=unit_price(terms),
            amount=line_amount(terms, currency),
        )
        inner = {key: value for key, value in values.items() if key.startswith("cost")}
        internal = replace(row.internal, **inner) if inner else row.internal
        self._rows[place] = Row(view, terms, internal, is_waiting=True)
        # Cell by cell: a range would have Qt paint everything that is visible.
        for key in {*values, *_FOLLOW}:
            cell = self.index(place, self._place[key])
            self.dataChanged.emit(cell, cell)

    def _retotal(self) -> None:
        if self._terms is not None:
            self._terms = replace(self._terms, lines=tuple(row.terms for row in self._rows))
            self.retotalled.emit()

    # -- what Qt asks -----------------------------------------------------------------------

    def rowCount(self, parent: QModelIndex = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._rows) + self.is_editable

    def columnCount(self, parent: QModelIndex = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = _ROLE.DisplayRole
    ) -> object:
        if orientation is Qt.Orientation.Vertical:
            if role == _ROLE.DisplayRole:
                return self._number(section)
            return None
        column = self.columns[section]
        if role == _ROLE.DisplayRole:
            return words.text(column.heading)
        if role == _ROLE.TextAlignmentRole:
            return _alignment(column)
        if role == _ROLE.ToolTipRole and column.is_internal:
            return say("editor.internal_column")
        return None

    def _number(self, place: int) -> str:
        """The number of a line, marked where it is an option or an alternative."""
        row = self.row(place)
        if row is None:
            return "+"
        mark = " ↳" if row.terms.alternative_to else " ○" if row.terms.is_optional else ""
        return f"{place + 1}{mark}"

    def flags(self, index: QModelIndex) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if self.is_editable and self.columns[index.column()].field is not None:
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def data(self, index: QModelIndex, role: int = _ROLE.DisplayRole) -> object:
        column = self.columns[index.column()]
        if role == _ROLE.TextAlignmentRole:
            return _alignment(column)
        row = self.row(index.row())
        if row is None:
            return self._of_empty_row(index, role)
        if role == _ROLE.DisplayRole:
            return self._shown(row, column)
        if role == _ROLE.EditRole:
            return _edited(row.value(column.key))
        if role == PICTURE and column.key == "picture" and row.view.picture:
            return self._picture(row.view.picture)
        if role == _ROLE.ForegroundRole:
            return _colour(row, column)
        if role == _ROLE.FontRole and row.view.kind is LineKind.HEADING:
            font = QFont()
            font.setBold(True)
            return font
        if role == _ROLE.ToolTipRole:
            return self._tip(row, column)
        return None

    def _of_empty_row(self, index: QModelIndex, role: int) -> object:
        first = self.columns[index.column()].key == "item_number"
        if role == _ROLE.DisplayRole and first:
            return "…"
        if role == _ROLE.ForegroundRole:
            return QBrush(QColor(theme.colours().faint))
        return "" if role == _ROLE.EditRole else None

    def _shown(self, row: Row, column: Column) -> str:
        value = row.value(column.key)
        if column.key == "picture":
            return ""
        if column.key in {"margin", "markup"}:
            return f"{value * 100:.1f}%" if isinstance(value, Decimal) else ""
        if column.key == "price" and value is None and row.terms.kind is LineKind.DISCOUNT:
            return f"−{formats.number(row.terms.discount_percent)}%"
        if column.key in {"price", "amount"} and isinstance(value, Decimal):
            return formats.money(value, None)
        if isinstance(value, Decimal):
            value = round(value, 4)
            if column.key in _MONEY:
                return formats.money(value, None)
        if column.field is not None:
            return formats.shown(column.field, value).replace("\n", " ")
        return "" if value is None else formats.plain(value)

    def _tip(self, row: Row, column: Column) -> str | None:
        if column.key in _SUMS or column.is_internal:
            inner = row.internal
            message = inner.floor_warning or inner.lacks
            return words.text(message) if message else None
        value = row.value(column.key)
        return str(value) if isinstance(value, str) and len(value) > column.width_chars else None


def _as_terms(key: str, value: object) -> object:
    if key == "kind":
        return LineKind(str(value or LineKind.FREE))
    if key == "discount_percent":
        return value or Decimal(0)
    return bool(value) if key == "is_optional" else value


def _edited(value: object) -> object:
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return "" if isinstance(value, PriceTiers) or value is None else value


def _colour(row: Row, column: Column) -> QBrush | None:
    tokens = theme.colours()
    if column.key in {"price", *_SUMS} and row.internal.floor_warning is not None:
        return QBrush(QColor(tokens.warning))
    if not row.view.counts and row.view.kind is not LineKind.HEADING:
        return QBrush(QColor(tokens.faint))
    return None


def _alignment(column: Column) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column.is_number else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter
