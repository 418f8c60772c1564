"""Owns asking the index a whole query: words with "or" and "not", phrases, conditions on fields.

Conditions on what the index keeps (country, category, stage, tag, source, kind) are answered here;
those on other fields by whoever knows the fields. Must not rank.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import reduce
from operator import and_, or_

from app.kernel.syllables import is_spoken_in
from app.query import (
    And,
    Condition,
    Everything,
    Has,
    Not,
    Or,
    Phrase,
    Query,
    Word,
)
from app.query.values import Text
from app.search import analysis, masks
from app.search.documents import FACETS
from app.search.known_fields import KnownFields
from app.search.masks import Mask
from app.search.needs import needs_of
from app.search.segments import Leaf, unpacked


class Asked:
    """One query, asked of each segment; conditions are read from the book once."""

    def __init__(self, query: Query, fields: KnownFields) -> None:
        self._query = query
        self._fields = fields
        self._records: dict[Query, Mapping[str, Collection[int]]] = {}

    def documents(self, leaf: Leaf) -> Mask:
        """The live documents of ``leaf`` that satisfy the query."""
        return self._satisfying(self._query, leaf) & masks.live(leaf)

    def _satisfying(self, query: Query, leaf: Leaf) -> Mask:
        match query:
            case Everything():
                return masks.live(leaf)
            case Word(text):
                return _with_words(text, leaf)
            case Phrase(text):
                return _with_phrase(text, leaf)
            case Not(part):
                return ~self._satisfying(part, leaf)
            case And(parts):
                return reduce(and_, [self._satisfying(part, leaf) for part in parts])
            case Or(parts):
                return reduce(or_, [self._satisfying(part, leaf) for part in parts])
            case Condition(field="kind", value=Text(written=written)):
                return masks.of_kind(leaf, analysis.folded(written))
            case Condition(field=name, value=Text(written=written)) if name in FACETS:
                is_inside = query != self._fields.narrowing(name, written)
                return _having(leaf, facet=name, value=written, is_inside=is_inside)
            case Has("kind"):
                return masks.live(leaf)
            case Has(name) if name in FACETS:
                return masks.chosen(leaf, name, bool)
            case Condition() | Has():
                return masks.of_records(leaf, self._among_records(query))

    def _among_records(self, condition: Query) -> Mapping[str, Collection[int]]:
        records = self._records.get(condition)
        if records is None:
            records = self._records[condition] = self._fields.records(condition)
        return records


def _with_words(text: str, leaf: Leaf) -> Mask:
    needs = needs_of(text, is_open=False)
    if not needs:
        return masks.live(leaf)
    return masks.all_of([need.anywhere(leaf) for need in needs], masks.live(leaf))


def _with_phrase(text: str, leaf: Leaf) -> Mask:
    needle = analysis.folded(text).encode()
    holding = [
        docnum
        for docnum in masks.documents_of(_with_words(text, leaf))
        if needle in leaf.names[docnum] or needle in leaf.body[docnum]
    ]
    return masks.mask_of(holding, leaf.size)


def _having(leaf: Leaf, *, facet: str, value: str, is_inside: bool) -> Mask:
    """The documents with ``value`` in ``facet``, or with something it is a part of or sounds like."""
    wanted = analysis.folded(value)

    def has_it(choice: str) -> bool:
        if is_inside:
            held = unpacked(choice)
            return any(wanted in analysis.folded(one) or is_spoken_in(wanted, one) for one in held)
        return wanted in map(analysis.folded, unpacked(choice))

    return masks.chosen(leaf, facet, has_it)
