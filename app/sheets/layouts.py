"""Owns what a person said of sheets with the same headings, kept from one import to the next.

Must not read files, nor decide what their columns are.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import select

from app.kernel.clock import Clock
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


class Layouts:
    """The remembered mappings of one book."""

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
