"""Owns reading any list of the book by its kind: ids, counts and rows.

Must not describe lists; each slice does.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping, Sequence

from app.kernel.errors import AppError
from app.lists.listing import Listing, Sort
from database.book import Book


class Lists:
    """All lists of the book."""

    def __init__(self, book: Book, listings: Iterable[Listing]) -> None:
        self._book = book
        self._listings: Mapping[str, Listing] = {listing.kind: listing for listing in listings}

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of lists there are."""
        return tuple(self._listings)

    def listing(self, kind: str) -> Listing:
        """The list of ``kind``; raises ``AppError`` for an unknown one."""
        if kind not in self._listings:
            raise AppError("lists.unknown_kind", kind=kind, kinds=", ".join(self._listings))
        return self._listings[kind]

    def ids(
        self, kind: str, *, where: str = "", sort: Sort | None = None, limit: int | None = None
    ) -> array[int]:
        """The ids of all rows that match the query ``where``, in order."""
        listing = self.listing(kind)
        with self._book.read() as session:
            condition = listing.condition(where) if where else None
            return listing.ids(session, where=condition, sort=sort, limit=limit)

    def count(self, kind: str) -> int:
        """How many rows there are."""
        with self._book.read() as session:
            return self.listing(kind).count(session)

    def rows(
        self, kind: str, ids: Sequence[int], keys: Iterable[str] | None = None
    ) -> dict[int, tuple[object, ...]]:
        """The values of the rows with these ids."""
        with self._book.read() as session:
            return self.listing(kind).rows(session, ids, keys)
