"""Owns which fields a query in the search box may name, and who answers for them.

Must not know the index.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace

from app.fields import Field, FieldType
from app.query import Parsed, Query, parse
from app.search.documents import FACETS, KINDS

RecordsWhere = Callable[[Query], Mapping[str, Collection[int]]]
"""Ids by kind of the records that satisfy a condition; kinds without its field are left out."""


def _no_records(_condition: Query) -> Mapping[str, Collection[int]]:
    return {}


def _no_field(_name: str) -> str | None:
    return None


_KIND = Field(
    "kind", FieldType.CHOICE, "search.facet.kind", choices=KINDS, choice_labels="lists.kind"
)


@dataclass(frozen=True, slots=True)
class KnownFields:
    """The fields of the book's lists, their other names, and who asks for them."""

    of_lists: tuple[Field, ...] = ()
    key_of: Callable[[str], str | None] = _no_field
    records_where: RecordsWhere = _no_records

    @property
    def offered(self) -> tuple[Field, ...]:
        """The fields a search may name; what the index itself counts has whole values there."""
        known = {field.key: field for field in self.of_lists}
        counted = [_counted(name, known.get(name)) for name in FACETS]
        told = {name for facet in FACETS for name in (facet, f"{facet}s")}
        return (_KIND, *counted, *(field for key, field in known.items() if key not in told))

    def parsed(self, text: str) -> Parsed:
        """The query a person typed into the search box."""
        types = {field.key: field.type for field in (*self.of_lists, *self.offered)}
        return parse(text, types, key_of=self.key_of)


def _counted(name: str, known: Field | None) -> Field:
    if known is None:
        return Field(name, FieldType.CHOICE, f"search.facet.{name}")
    return known if known.type is FieldType.COUNTRY else replace(known, type=FieldType.CHOICE)
