"""Owns asking the index a whole query: words with "or" and "not", phrases, conditions on fields.

Conditions on what the index keeps (country, category, stage, tag, source, kind) are answered here;
those on other fields by whoever knows the fields. Must not rank.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field

from app.fields import FieldType
from app.query import (
    And,
    Condition,
    Everything,
    Has,
    Not,
    Or,
    Parsed,
    Phrase,
    Query,
    Word,
    parse,
)
from app.query.values import Text
from app.search import analysis
from app.search.documents import FACETS, KINDS
from app.search.finding import having
from app.search.matches import all_of
from app.search.needs import needs_of
from app.search.segments import Leaf

_FACET_TYPES: Mapping[str, FieldType] = {
    **dict.fromkeys(FACETS, FieldType.CHOICE),
    "country": FieldType.COUNTRY,
    "kind": FieldType.CHOICE,
}

RecordsWhere = Callable[[Query], Mapping[str, Collection[int]]]
"""Ids by kind of the records that satisfy a condition; kinds without its field are left out."""


def _no_records(_condition: Query) -> Mapping[str, Collection[int]]:
    return {}


def _no_field(_name: str) -> str | None:
    return None


@dataclass(frozen=True, slots=True)
class KnownFields:
    """The fields of the book's lists: their types, their other names, and who asks for them."""

    types: Mapping[str, FieldType] = field(default_factory=dict)
    key_of: Callable[[str], str | None] = _no_field
    records_where: RecordsWhere = _no_records

    def parsed(self, text: str) -> Parsed:
        """The query a person typed into the search box."""
        return parse(text, {**self.types, **_FACET_TYPES}, key_of=self.key_of)


class Asked:
    """One query, asked of each segment; conditions are read from the book once."""

    def __init__(self, query: Query, fields: KnownFields) -> None:
        self._query = query
        self._fields = fields
        self._records: dict[Query, Mapping[str, frozenset[int]]] = {}

    def documents(self, leaf: Leaf) -> set[int]:
        """The live documents of ``leaf`` that satisfy the query."""
        return self._satisfying(self._query, leaf)

    def _satisfying(self, query: Query, leaf: Leaf) -> set[int]:
        match query:
            case Everything():
                return leaf.live()
            case Word(text):
                return _with_words(text, leaf)
            case Phrase(text):
                needle = analysis.folded(text).encode()
                return {one for one in _with_words(text, leaf) if _stands_in(leaf, one, needle)}
            case Not(part):
                return leaf.live() - self._satisfying(part, leaf)
            case And(parts):
                return set.intersection(*(self._satisfying(part, leaf) for part in parts))
            case Or(parts):
                return set().union(*(self._satisfying(part, leaf) for part in parts))
            case Condition(field="kind", value=Text(written=written)):
                return _of_kind(written, leaf)
            case Condition(field=name, value=Text(written=written)) if name in FACETS:
                return having(leaf, leaf.live(), facet=name, value=written)
            case Condition() | Has():
                return self._among_records(query, leaf)

    def _among_records(self, condition: Query, leaf: Leaf) -> set[int]:
        records = self._records.get(condition)
        if records is None:
            found = self._fields.records_where(condition)
            records = {kind: frozenset(ids) for kind, ids in found.items()}
            self._records[condition] = records
        result = set()
        for docnum in leaf.live():
            kind, number = leaf.key(docnum)
            if number in records.get(kind, ()):
                result.add(docnum)
        return result


def _with_words(text: str, leaf: Leaf) -> set[int]:
    needs = needs_of(text, is_open=False)
    if not needs:
        return leaf.live()
    return set(all_of([need.anywhere(leaf) for need in needs])) - leaf.deleted


def _stands_in(leaf: Leaf, docnum: int, needle: bytes) -> bool:
    return needle in leaf.names[docnum] or needle in leaf.body[docnum]


def _of_kind(written: str, leaf: Leaf) -> set[int]:
    kind = analysis.folded(written)
    if kind not in KINDS:
        return set()
    number = KINDS.index(kind)
    return {docnum for docnum in leaf.live() if leaf.kinds[docnum] == number}
