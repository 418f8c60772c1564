"""Owns what the index is fed with: the documents and the source they are read from.

Must not know how they are indexed, nor which tables they come from.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Protocol

SUPPLIER = "supplier"
BUYER = "buyer"
CONTACT = "contact"
PRODUCT = "product"
INQUIRY = "inquiry"
QUOTATION = "quotation"
MESSAGE = "message"
AGENT = "agent"
FORWARDER = "forwarder"
THREAD = "thread"

KINDS: tuple[str, ...] = (
    SUPPLIER, BUYER, CONTACT, PRODUCT, INQUIRY, QUOTATION, MESSAGE, AGENT, FORWARDER, THREAD,
)  # fmt: skip
"""The place of a kind in this row is part of every document: new ones go to the end."""
COMPANIES: tuple[str, ...] = (SUPPLIER, BUYER, AGENT, FORWARDER)
"""The kinds that are companies; one that is no supplier and no buyer is found as agent or forwarder."""
LETTERS: tuple[str, ...] = (MESSAGE, THREAD)
"""The kinds that are about something; their subject is no name."""
COUNTRY = "country"
FACETS: tuple[str, ...] = (COUNTRY, "category", "certificate", "stage", "tag", "source")

PLACES: tuple[str, ...] = ("city", "province")
"""The texts of a company that say where it is."""

Key = tuple[str, int]
"""A kind of :data:`KINDS` and the id of its record."""


@dataclass(frozen=True, slots=True)
class Card:
    """What a hit shows before it is opened; ``country`` and ``state`` as codes."""

    kind: str
    id: int
    title: str
    subtitle: str
    country: str = ""
    state: str = ""


@dataclass(frozen=True, slots=True)
class SearchDocument:
    """One record as search sees it: words by where they stand, as the user typed them.

    ``titles`` are its names (Chinese, English, short, former), the one shown first; ``goods`` the
    names of products it is about; ``texts`` everything else worth finding, by field name, so that
    a hit can say where it was found; ``codes`` item numbers, booths, HS codes, USCC; ``mails`` and
    ``phones`` how it is reached. ``is_partner`` marks those the user has quoted to or ordered from.
    """

    kind: str
    id: int
    titles: tuple[str, ...]
    subtitle: str = ""
    codes: tuple[str, ...] = ()
    mails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    goods: tuple[str, ...] = ()
    texts: Mapping[str, str] = field(default_factory=dict)
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    is_partner: bool = False

    @property
    def key(self) -> Key:
        """Kind and id."""
        return (self.kind, self.id)

    @property
    def told_facets(self) -> Iterator[tuple[str, str]]:
        """Each facet with each of its values, a country by its code and by its names."""
        for facet, values in self.facets.items():
            for value in values:
                yield facet, value
                if facet == COUNTRY:
                    # Babel is slow to import; most searches show nothing of a country.
                    from app.kernel.territories import territory_names

                    yield from ((facet, name) for name in territory_names(value))

    @property
    def card(self) -> Card:
        """What a hit on it shows."""
        country = self.facets.get(COUNTRY, ()) if self.kind in COMPANIES else ()
        state = self.facets.get("stage", ()) if self.kind == QUOTATION else ()
        title = self.titles[0] if self.titles else ""
        return Card(self.kind, self.id, title, self.subtitle, "".join(country), "".join(state))


class DocumentSource(Protocol):
    """Where documents come from: the book's database, or a list in tests.

    ``watermark`` is the last journal entry; it only grows. A source can be pickled: another process
    then reads the same book.
    """

    def watermark(self) -> int:
        """The id of the last journal entry."""

    def mark(self, watermark: int) -> bytes:
        """What tells this entry from one with its number in a copy of the book, or in an older state."""

    def changed_since(self, watermark: int, limit: int) -> tuple[int, set[Key]]:
        """Keys of records touched by up to ``limit`` entries past ``watermark``, and how far it read.

        Deleted records are named too; :meth:`documents` then leaves them out.
        """

    def today(self) -> str:
        """The day it is; with it may change what nobody wrote."""

    def moved_by_the_day(self) -> Mapping[Key, str]:
        """Records that stand at another stage by the day alone, with that stage."""

    def documents(self, kind: str, ids: Iterable[int]) -> Iterator[SearchDocument]:
        """The documents of ``ids`` that still exist, in any order."""

    def all_ids(self, kind: str) -> Iterable[int]:
        """The ids of all records of ``kind``, own partners first."""

    def count(self) -> int:
        """How many documents the whole book has."""

    def cards(self, keys: Iterable[Key]) -> Mapping[Key, Card]:
        """What to show for ``keys``; records that are gone are left out."""

    def containing(self, words: Iterable[str], kind: str | None, limit: int) -> list[Key]:
        """Keys of records whose names contain every word: the answer while no index is at hand."""
