"""Owns the trade glossary as the user sees and changes it: what ships, what was added, what was taken out.

Every change is one operation with its undo and counts for the next query. Must not search.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from app.fields import Field
from app.forms import Values
from app.kernel.errors import AppError
from app.kernel.text import clean, fold, has_han
from app.search.glossary import shipped_entries
from database.book import Book, WriteScope
from database.records import GlossaryRecord

FIELDS = (
    Field("chinese", label="search.glossary.chinese", width_chars=18),
    Field("english", label="search.glossary.english", width_chars=24),
    Field("others", label="search.glossary.others", width_chars=44),
)
_BETWEEN = re.compile("[,，、;；\n]+")


@dataclass(frozen=True, slots=True)
class GlossaryEntry:
    """Names of the same goods. ``id`` is that of the user's own record, ``shipped`` the first name of
    the entry of the program; one the user has changed has both.
    """

    names: tuple[str, ...]
    id: int | None = None
    shipped: str | None = None

    @property
    def chinese(self) -> str:
        """The first Chinese name."""
        return next(filter(has_han, self.names), "")

    @property
    def english(self) -> str:
        """The first name that is not Chinese."""
        return next((name for name in self.names if not has_han(name)), "")

    @property
    def others(self) -> tuple[str, ...]:
        """All further names."""
        return tuple(name for name in self.names if name not in (self.chinese, self.english))

    @property
    def values(self) -> Values:
        """What a form shows for :data:`FIELDS`."""
        return {
            "chinese": self.chinese,
            "english": self.english,
            "others": ", ".join(self.others),
        }


class GlossaryEditing:
    """The glossary of one book."""

    def __init__(self, book: Book) -> None:
        self._book = book

    def entries(self) -> tuple[GlossaryEntry, ...]:
        """The user's own entries, the latest first, then those of the program that are in use."""
        with self._book.read() as session:
            records = session.scalars(select(GlossaryRecord).order_by(GlossaryRecord.id.desc()))
            own = [GlossaryEntry(tuple(one.words), one.id, one.replaces) for one in records]
        replaced = {entry.shipped for entry in own}
        ours = (GlossaryEntry(names, shipped=names[0]) for names in shipped_entries())
        used = (entry for entry in ours if entry.shipped not in replaced)
        return (*(entry for entry in own if entry.names), *used)

    def taken_out(self) -> int:
        """How many entries of the program the user has taken out."""
        with self._book.read() as session:
            records = session.scalars(select(GlossaryRecord))
            return sum(1 for record in records if not record.words)

    def add(self, values: Values, *, initiator: object = None) -> int:
        """Adds an entry and returns its id; raises ``AppError`` for fewer than two names."""
        names = _names(values)
        with self._book.write("search.glossary_add", initiator=initiator, name=names[0]) as scope:
            return _put(scope, GlossaryRecord(words=names))

    def edit(self, entry: GlossaryEntry, values: Values, *, initiator: object = None) -> int:
        """Changes an entry, one of the program too, and returns the id of the user's own record."""
        names = _names(values)
        with self._book.write("search.glossary_edit", initiator=initiator, name=names[0]) as scope:
            if entry.id is None:
                return _put(scope, GlossaryRecord(words=names, replaces=entry.shipped))
            record = scope.get(GlossaryRecord, entry.id)
            if record is None:
                raise AppError("search.glossary_gone")
            record.words = names
            return record.id

    def delete(self, entries: Sequence[GlossaryEntry], *, initiator: object = None) -> None:
        """Deletes the user's own entries and takes those of the program out of use."""
        with self._book.write(
            "search.glossary_delete", initiator=initiator, count=len(entries)
        ) as scope:
            for entry in entries:
                record = scope.get(GlossaryRecord, entry.id) if entry.id is not None else None
                if entry.shipped is not None:
                    record = record or GlossaryRecord(replaces=entry.shipped)
                    record.words = []
                    scope.add(record)
                elif record is not None:
                    scope.delete(record)

    def bring_back(self, *, initiator: object = None) -> None:
        """All entries of the program that were taken out are in use again."""
        with self._book.write("search.glossary_bring_back", initiator=initiator) as scope:
            for record in scope.scalars(select(GlossaryRecord)):
                if not record.words:
                    scope.delete(record)


def _put(scope: WriteScope, record: GlossaryRecord) -> int:
    scope.add(record)
    scope.flush()
    return record.id


def _names(values: Values) -> list[str]:
    """The names typed into a form, each once."""
    typed = [str(values.get(key) or "") for key in ("chinese", "english", "others")]
    names = [clean(name).strip() for text in typed for name in _BETWEEN.split(text)]
    found = list({fold(name): name for name in reversed(names) if name}.values())[::-1]
    if len(found) < 2:
        raise AppError("search.glossary_needs_two")
    return found
