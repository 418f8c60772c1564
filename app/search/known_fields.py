"""Owns which fields a query in the search box may name, and who answers for them.

Must not know the index.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field

from app.fields import FieldType
from app.query import Parsed, Query, parse
from app.search.documents import FACETS

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
