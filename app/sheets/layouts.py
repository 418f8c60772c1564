"""Owns what a person said of sheets with the same headings, kept from one import to the next.

Must not read files, nor decide what their columns are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import NamedTuple

from sqlalchemy import delete, select

from app.kernel.clock import Clock
from app.sheets.cells.reading import text_of
from app.sheets.grid import Sheet, Workbook
from app.sheets.headings import layout_key
from app.sheets.mapping.columns import Overrides
from app.sheets.understanding import UnderstoodSheet
from database.book import Book
from database.records import LayoutRecord

#: Before the field of a value that is kept with a layout; no heading begins so.
_CONSTANT = "= "
#: What is said of one file and not of the next with the same headings.
_OF_ONE_FILE = frozenset(
    (
        "company", "company_en", "company_code", "buyer", "contact", "inquiry_no", "uscc",
        "priced_on", "valid_until", "inquired_on", "needed_on", "reply_by",
    )
)  # fmt: skip
#: Before the key of a row of headings that a person pointed at; no layout's own key begins so.
_POINTED_AT = "row:"
#: As many rows are looked at for one that was pointed at before.
_MOST_ROWS = 200


class PointedAt(NamedTuple):
    """A row of headings, from 1 (0 for none), and the kind of the records, as a person said them."""

    sheet: str | None
    row: int
    kind: str | None


class Layouts:
    """The remembered mappings of one book, and the rows that were pointed at as its headings."""

    def __init__(self, book: Book, clock: Clock) -> None:
        self._book = book
        self._clock = clock

    def said_of(self, sheets: Iterable[UnderstoodSheet]) -> Overrides:
        """The fields and constants the person gave sheets of these layouts; what was said last holds."""
        keys = [sheet.layout_key for sheet in sheets]
        query = select(LayoutRecord.mapping).where(LayoutRecord.layout_key.in_(keys))
        query = query.order_by(LayoutRecord.saved_at)
        with self._book.read() as session:
            said = {name: to for mapping in session.scalars(query) for name, to in mapping.items()}
        return _unpacked(said)

    def remember(self, sheets: Sequence[UnderstoodSheet], said: Overrides) -> None:
        """Keeps what the person decided about the layouts, also when the import then fails.

        A value that belongs to this file alone, such as the supplier's name, is not kept.
        """
        constants = {
            field: text for field, text in said.constants.items() if field not in _OF_ONE_FILE
        }
        if not said.fields and self.said_of(sheets).constants == constants:
            return
        with self._book.write("sheets.remember_mapping") as scope:
            for sheet in sheets:
                present = scope.scalar(
                    select(LayoutRecord).where(LayoutRecord.layout_key == sheet.layout_key)
                )
                layout = present or LayoutRecord(layout_key=sheet.layout_key)
                layout.kind = sheet.kind or ""
                held = _unpacked(layout.mapping or {}).fields
                layout.mapping = _packed(Overrides({**held, **said.fields}, constants))
                layout.saved_at = self._clock.now()
                scope.add(layout)

    def pointed_at(self, workbook: Workbook, sheet: str | None) -> PointedAt | None:
        """The row whose cells say what a row said that was pointed at before.

        The sheet is named where it was asked for or is not the first: there a person would look.
        """
        known = self._pointed_at()
        looked_at = _looked_at(workbook, sheet) if known else []
        for place, one in enumerate(looked_at):
            for key, row in _keyed_rows(one):
                if key in known:
                    return PointedAt(one.name if place else sheet, row, known[key] or None)
        return None

    def remember_row(self, workbook: Workbook, said: PointedAt) -> None:
        """Keeps which row of the sheet holds the headings, and the kind of the records below it.

        Another row of these sheets that was pointed at before no longer does.
        """
        known = self._pointed_at()
        if not said.row and not known:
            return
        looked_at = _looked_at(workbook, said.sheet)[: 1 if said.row else None]
        keys = [keyed for one in looked_at for keyed in _keyed_rows(one)]
        kinds = {key: said.kind or "" for key, row in keys if row == said.row}
        gone = {key for key, _row in keys} & known.keys() - kinds.keys()
        told = {key: kind for key, kind in kinds.items() if known.get(key) != kind}
        if not gone and not told:
            return
        with self._book.write("sheets.remember_mapping") as scope:
            anew = LayoutRecord.layout_key.in_(gone | told.keys())
            scope.execute(delete(LayoutRecord).where(anew))
            for key, kind in told.items():
                scope.add(LayoutRecord(layout_key=key, kind=kind, saved_at=self._clock.now()))

    def _pointed_at(self) -> dict[str, str]:
        """The kinds of what stands under the rows that were pointed at, by the rows' keys."""
        query = select(LayoutRecord.layout_key, LayoutRecord.kind)
        query = query.where(LayoutRecord.layout_key.startswith(_POINTED_AT))
        with self._book.read() as session:
            return {row.layout_key: row.kind for row in session.execute(query)}


def _looked_at(workbook: Workbook, sheet: str | None) -> list[Sheet]:
    """The sheet that was asked for, else all that are in sight."""
    return [
        one for one in workbook.sheets if one.name == sheet or (sheet is None and not one.is_hidden)
    ]


def _keyed_rows(sheet: Sheet) -> Iterator[tuple[str, int]]:
    """What is said in the first rows that hold several cells, and their numbers from 1."""
    for number, row in enumerate(islice(sheet.rows, _MOST_ROWS), 1):
        texts = [text for value in row if (text := text_of(value).strip())]
        if len(texts) > 1:
            yield _POINTED_AT + layout_key(texts), number


def _packed(said: Overrides) -> dict[str, str]:
    constants = {_CONSTANT + field: text for field, text in said.constants.items()}
    return {**said.fields, **constants}


def _unpacked(mapping: Mapping[str, str]) -> Overrides:
    fields = {name: to for name, to in mapping.items() if not name.startswith(_CONSTANT)}
    constants = {
        name.removeprefix(_CONSTANT): text
        for name, text in mapping.items()
        if name.startswith(_CONSTANT)
    }
    return Overrides(fields, constants)
