"""Owns a query as parts side by side, which is how chips show it and change it.

All parts must hold; a part may be a whole "or". Must not know what a part means.
"""

from __future__ import annotations

from dataclasses import replace

from app.query.tree import And, Condition, Everything, Query, Word, all_of
from app.query.values import Text


def parts_of(query: Query) -> tuple[Query, ...]:
    """The parts that all must hold; none of an empty query."""
    match query:
        case Everything():
            return ()
        case And(parts):
            return parts
        case _:
            return (query,)


def with_part(query: Query, part: Query, *, at: int | None = None) -> Query:
    """``query`` with ``part`` in the place of the part ``at``, or after all others."""
    parts = parts_of(query)
    at = len(parts) if at is None else at
    return all_of((*parts[:at], part, *parts[at + 1 :]))


def without_part(query: Query, at: int) -> Query:
    """``query`` without one of its parts."""
    return with_part(query, Everything(), at=at)


def words_and_rest(query: Query) -> tuple[str, Query]:
    """The words that stand by themselves in ``query``, and everything else it says."""
    parts = parts_of(query)
    words = " ".join(part.text for part in parts if isinstance(part, Word))
    return words, all_of(part for part in parts if not isinstance(part, Word))


def place_of(query: Query, condition: Condition) -> int | None:
    """Which part of ``query`` says what ``condition`` says, however it is written."""
    wanted = _plainly(condition)
    parts = parts_of(query)
    return next((at for at, part in enumerate(parts) if _plainly(part) == wanted), None)


def toggled(query: Query, condition: Condition) -> Query:
    """``query`` without ``condition`` if it is one of its parts, else with it after all others."""
    at = place_of(query, condition)
    return with_part(query, condition) if at is None else without_part(query, at)


def _plainly(part: Query) -> Query:
    match part:
        case Condition(value=Text() as value):
            return replace(part, value=Text(value.folded))
        case _:
            return part
