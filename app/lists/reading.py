"""Owns reading any list of the book by its kind: ids, counts and rows.

Must not describe lists; each slice does.
"""

from __future__ import annotations

import re
from array import array
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cached_property

from sqlalchemy import ColumnElement

from app.fields import BETWEEN_VALUES, Field, choice_names
from app.kernel.clock import Clock, SystemClock
from app.kernel.errors import AppError
from app.kernel.language import LANGUAGES, catalogue
from app.kernel.syllables import is_spoken_in
from app.kernel.text import fold, has_han
from app.lists.existing import missing
from app.lists.listing import Listing, Sort
from app.lists.where import Where, WordFinder, rows_only
from app.query import Condition, Has, Parsed, Query, parse
from app.query.currencies import RatesKnown, no_rates
from database.book import Book
from database.listed import among

#: The unit at the end of a heading.
_UNIT = re.compile(r"\(.*\)$")
#: More values than these are found by typing.
_MOST_VALUES = 300


class Lists:
    """All lists of the book."""

    def __init__(
        self,
        book: Book,
        listings: Iterable[Listing],
        *,
        clock: Clock | None = None,
        find: WordFinder = rows_only,
        rates: RatesKnown = no_rates,
    ) -> None:
        self._book = book
        book.teach("fold", fold)
        book.teach("is_spoken_in", is_spoken_in)
        self._clock: Clock = clock or SystemClock()
        self._find = find
        self._rates = rates
        self._listings: Mapping[str, Listing] = {listing.kind: listing for listing in listings}
        self._known_names: dict[str, Mapping[str, str]] = {}

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of lists there are."""
        return tuple(self._listings)

    def listing(self, kind: str) -> Listing:
        """The list of ``kind``; raises ``AppError`` for an unknown one."""
        if kind not in self._listings:
            raise AppError("lists.unknown_kind", kind=kind, kinds=", ".join(self._listings))
        return self._listings[kind]

    def parsed(self, kind: str, where: str) -> Parsed:
        """The query ``where`` over the fields of ``kind``, with what of it was not understood.

        Fields go by their keys, by their headings in any language, with or without the unit, and by
        the start of either, or a part in Chinese, when only one field has it (``valid:`` for
        ``valid_until``, ``毛重:`` for the gross weight of a carton).
        """
        listing = self.listing(kind)
        return parse(
            where,
            {field.key: field.type for field in listing.fields},
            key_of=lambda typed: _key_of(self._names(kind), typed),
            choices=lambda key: choice_names(listing.field(key)),
            rates=self._rates,
        )

    def _names(self, kind: str) -> Mapping[str, str]:
        """Other names of the fields of ``kind``, folded and without spaces, and the fields' keys."""
        if kind not in self._known_names:
            names = {
                _bare(name): field.key
                for field in self._listings[kind].fields
                for name in (
                    field.key,
                    *(catalogue(language).text(field.heading) for language in LANGUAGES),
                )
            }
            without_unit = {_UNIT.sub("", name): key for name, key in names.items()}
            self._known_names[kind] = {**without_unit, **names}
        return self._known_names[kind]

    def _condition(self, kind: str, where: str) -> ColumnElement[bool] | None:
        if not where.strip():
            return None
        translator = Where(self.listing(kind), self._clock.today(), self._find, self._rates)
        return translator.condition(self.parsed(kind, where).query)

    @cached_property
    def _searched(self) -> Mapping[str, Listing]:
        """The lists of what stands on its own, which the search box finds."""
        return {kind: listing for kind, listing in self._listings.items() if not listing.part_of}

    def offered(self, kind: str | None = None) -> tuple[Field, ...]:
        """The fields a query on ``kind`` may name, or one on everything; each key once."""
        listings = self._searched.values() if kind is None else (self.listing(kind),)
        fields: dict[str, Field] = {}
        for listing in listings:
            for field in listing.fields:
                fields.setdefault(field.key, field)
        return tuple(fields.values())

    def values(self, key: str, kind: str | None = None) -> tuple[tuple[str, int], ...]:
        """The values a field has in the book, each with how many records have it, the most first.

        Of several values in one cell (tags, certificates) each counts.
        """
        counts: Counter[str] = Counter()
        listings = self._searched.values() if kind is None else (self.listing(kind),)
        with self._book.read() as session:
            for listing in listings:
                if (own := _key_of(self._names(listing.kind), key)) is not None:
                    for value, count in listing.values(session, own).items():
                        for one in dict.fromkeys(str(value).split(BETWEEN_VALUES)):
                            counts[one] += count
        return tuple(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:_MOST_VALUES])

    def key_of(self, typed: str) -> str | None:
        """The field of any list but those of parts that goes by the name ``typed``.

        A whole name goes before the start of one, and the commonest lists before the others.
        """
        names = [self._names(kind) for kind in self._searched]
        whole = (one[_bare(typed)] for one in names if _bare(typed) in one)
        keys = {_key_of(one, typed) for one in names} - {None}
        return next(whole, keys.pop() if len(keys) == 1 else None)

    def records_where(self, condition: Query) -> Mapping[str, Collection[int]]:
        """By kind, the ids of the records that satisfy a condition on one field."""
        found: dict[str, Collection[int]] = {}
        key = condition.field if isinstance(condition, Condition | Has) else None
        with self._book.read() as session:
            for kind, listing in self._searched.items():
                if any(field.key == key for field in listing.fields):
                    asked = Where(listing, self._clock.today(), rates=self._rates)
                    found[kind] = listing.ids(session, where=asked.condition(condition))
        return found

    def ids(
        self, kind: str, *, where: str = "", sort: Sort | None = None, limit: int | None = None
    ) -> array[int]:
        """The ids of all rows that match the query ``where``, in order."""
        with self._book.read() as session:
            return self.listing(kind).ids(
                session, where=self._condition(kind, where), sort=sort, limit=limit
            )

    def count(self, kind: str, *, where: str = "") -> int:
        """How many rows match the query ``where``."""
        with self._book.read() as session:
            return self.listing(kind).count(session, where=self._condition(kind, where))

    def part_kinds(self, kind: str) -> tuple[str, ...]:
        """The kinds of what hangs on records of ``kind`` and is listed."""
        return tuple(one for one, listing in self._listings.items() if kind in listing.part_of)

    def parts(self, kind: str, *, of: str, owner_ids: Sequence[int]) -> list[int]:
        """The ids of what hangs on the records ``owner_ids`` of the kind ``of``, record by record."""
        with self._book.read() as session:
            return self.listing(kind).parts(session, of=of, owner_ids=owner_ids)

    def row(self, kind: str, record_id: int) -> tuple[object, ...]:
        """The values of one row; raises ``AppError`` where the list has none with this id."""
        self.require(kind, [record_id])
        return self.rows(kind, [record_id])[record_id]

    def require(self, kind: str, ids: Sequence[int]) -> None:
        """Raises ``AppError`` for the first of ``ids`` that the list has not: a supplier is no buyer."""
        listing = self.listing(kind)
        with self._book.read() as session:
            there = listing.ids(session, where=listing.id_column.in_(among(ids)))
            lacking = next((id_ for id_ in ids if id_ not in there), None)
            if lacking is not None:
                raise missing(session, listing.table, kind, lacking)

    def has(self, kind: str, record_id: int) -> bool:
        """Whether the list has a row with this id."""
        listing = self.listing(kind)
        with self._book.read() as session:
            return record_id in listing.ids(session, where=listing.id_column == record_id)

    def rows(
        self, kind: str, ids: Sequence[int], keys: Iterable[str] | None = None
    ) -> dict[int, tuple[object, ...]]:
        """The values of the rows with these ids."""
        with self._book.read() as session:
            return self.listing(kind).rows(session, ids, keys)


def _bare(name: str) -> str:
    return fold(name).replace(" ", "").replace("_", "")


def _key_of(names: Mapping[str, str], typed: str) -> str | None:
    wanted = _bare(typed)
    if wanted in names:
        return names[wanted]
    keys = {key for name, key in names.items() if name.startswith(wanted)}
    if not keys and has_han(wanted):
        keys = {key for name, key in names.items() if wanted in name}
    return keys.pop() if len(keys) == 1 else None
