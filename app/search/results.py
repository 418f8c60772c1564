"""Owns what a search is asked and what it answers, and how far the index is, as plain data.

Must not hold anything of the index: results are kinds and ids with texts read fresh from the book.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.kernel.language import catalogue
from app.kernel.messages import Message
from app.kernel.territories import territory
from app.search.documents import Card, Key

Span = tuple[int, int]
"""Start and end of a part of a text, in characters."""


@dataclass(frozen=True, slots=True)
class Request:
    """A full search: the text, the kind it is about, and which page is wanted."""

    text: str
    kind: str | None = None
    limit: int = 50
    offset: int = 0


@dataclass(frozen=True, slots=True)
class FieldHit:
    """A field that matched: its text and where in it the words stand."""

    field: str
    text: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """A record found. ``fields`` say why it is here; ``nearness`` 0 is an exact name.

    ``country`` and ``state`` are codes that stand behind the ``subtitle`` in the user's words.
    """

    kind: str
    id: int
    title: str
    subtitle: str
    nearness: int
    country: str = ""
    state: str = ""
    fields: tuple[FieldHit, ...] = ()

    @classmethod
    def of(cls, card: Card, nearness: int, fields: tuple[FieldHit, ...] = ()) -> Hit:
        """The hit that shows ``card``."""
        told = (card.title, card.subtitle, nearness, card.country, card.state)
        return cls(card.kind, card.id, *told, fields)

    def told(self, language: str) -> str:
        """What stands below the title, in words: what it is, where, in which state."""
        state = catalogue(language).say(f"quotations.state.{self.state}") if self.state else ""
        return " · ".join(filter(None, (self.subtitle, territory(self.country, language), state)))

    @property
    def key(self) -> Key:
        """Kind and id."""
        return (self.kind, self.id)


@dataclass(frozen=True, slots=True)
class Completion:
    """What the box shows while one types; ``also`` are the synonyms that were tried."""

    hits: tuple[Hit, ...]
    milliseconds: float
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Result:
    """The answer to a :class:`Request`.

    ``shown_for`` is the spelling that was searched instead of what was typed; ``suggestion`` one
    that finds more. ``facets`` count the values among all ``total`` hits. ``trouble`` says what of
    the query was not understood and was read as plain words, or that there is no index yet.
    """

    total: int
    hits: tuple[Hit, ...]
    milliseconds: float
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    suggestion: str | None = None
    shown_for: str | None = None
    also: tuple[str, ...] = ()
    trouble: tuple[Message, ...] = ()


@dataclass(frozen=True, slots=True)
class Indexing:
    """How far the work on the index is; without a ``message`` nothing is done at the moment.

    ``is_paused`` when the person asked to stop: it goes on when asked to, or at the next start.
    """

    message: Message | None = None
    done: int = 0
    total: int = 0
    is_paused: bool = False
