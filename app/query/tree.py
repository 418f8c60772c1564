"""Owns the tree of a query: what it can say.

Must not know how it is written (``parser``, ``printing``) nor what it is asked of.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from app.query.values import Value


class Operator(enum.Enum):
    """How a field is compared. ``MATCHES`` is a bare ``field:value``."""

    MATCHES = ""
    EQUALS = "="
    LESS = "<"
    AT_MOST = "<="
    MORE = ">"
    AT_LEAST = ">="


@dataclass(frozen=True, slots=True)
class Everything:
    """Matches every record: an empty query."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word somewhere in the record."""

    text: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words somewhere in the record, in this order and side by side."""

    text: str


@dataclass(frozen=True, slots=True)
class Condition:
    """A field compared with a value; with ``until``, a range that includes both ends.

    Either end of a range may be open (``None``).
    """

    field: str
    operator: Operator = Operator.MATCHES
    value: Value | None = None
    until: Value | None = None
    is_range: bool = False


@dataclass(frozen=True, slots=True)
class Has:
    """A field that is filled in."""

    field: str


@dataclass(frozen=True, slots=True)
class Not:
    """What ``part`` does not match."""

    part: Query


@dataclass(frozen=True, slots=True)
class And:
    """What all ``parts`` match; at least two."""

    parts: tuple[Query, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """What at least one of ``parts`` matches; at least two."""

    parts: tuple[Query, ...]


Query = Everything | Word | Phrase | Condition | Has | Not | And | Or


def all_of(parts: Iterable[Query]) -> Query:
    """The parts joined by "and", flat."""
    flat: list[Query] = []
    for part in parts:
        if isinstance(part, And):
            flat += part.parts
        elif not isinstance(part, Everything):
            flat.append(part)
    if not flat:
        return Everything()
    return flat[0] if len(flat) == 1 else And(tuple(flat))


def any_of(parts: Iterable[Query]) -> Query:
    """The parts joined by "or", flat."""
    flat: list[Query] = []
    for part in parts:
        if isinstance(part, Or):
            flat += part.parts
        else:
            flat.append(part)
    if not flat:
        return Everything()
    return flat[0] if len(flat) == 1 else Or(tuple(flat))


def wanted_texts(query: Query) -> Iterator[str]:
    """The words and phrases a match may hold, for ranking and highlighting; negated ones left out."""
    match query:
        case Word(text) | Phrase(text):
            yield text
        case And(parts) | Or(parts):
            for part in parts:
                yield from wanted_texts(part)
        case _:
            return


def is_plain(query: Query) -> bool:
    """Whether the query is nothing but words side by side, as most searches are."""
    match query:
        case Everything() | Word():
            return True
        case And(parts):
            return all(isinstance(part, Word) for part in parts)
        case _:
            return False
