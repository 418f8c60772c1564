"""Owns which fields a query in the search box may name, and who answers for them.

Must not know the index.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from app.fields import Field, FieldType, choice_names
from app.query import Condition, Operator, Parsed, Query, parse
from app.query.currencies import RatesKnown, no_rates
from app.query.values import Text, is_text
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


class ConditionFailed(Exception):
    """The book could not be asked a condition; the index has no part in it."""


@dataclass(frozen=True, slots=True)
class KnownFields:
    """The fields of the book's lists, their other names, and who asks for them."""

    of_lists: tuple[Field, ...] = ()
    key_of: Callable[[str], str | None] = _no_field
    records_where: RecordsWhere = _no_records
    rates: RatesKnown = no_rates

    @property
    def offered(self) -> tuple[Field, ...]:
        """The fields a search may name, those the index itself counts first."""
        known = {field.key: field for field in self.of_lists}
        counted = [_counted(name, known.get(name)) for name in FACETS]
        told = {_KIND.key, *FACETS, *(f"{facet}s" for facet in FACETS)}
        return (_KIND, *counted, *(field for key, field in known.items() if key not in told))

    def records(self, condition: Query) -> Mapping[str, Collection[int]]:
        """As ``records_where``; whatever goes wrong there is a :class:`ConditionFailed`."""
        try:
            return self.records_where(condition)
        except Exception as trouble:
            raise ConditionFailed(repr(condition)) from trouble

    def narrowing(self, facet: str, value: str) -> Condition:
        """The condition that a record has ``value`` in ``facet``, and not only inside a longer one."""
        (field,) = (field for field in self.offered if field.key == facet)
        operator = Operator.EQUALS if is_text(field.type) else Operator.MATCHES
        return Condition(facet, operator, Text(value))

    def parsed(self, text: str) -> Parsed:
        """The query a person typed into the search box."""
        fields = {field.key: field for field in (*self.of_lists, *self.offered)}
        # What the index counts as a stage is the state of a quotation, too.
        also = {"stage": "state"}

        def choices(key: str) -> Mapping[str, str]:
            told = [fields[one] for one in (also.get(key, key), key) if one in fields]
            return {name: value for field in told for name, value in choice_names(field).items()}

        types = {key: field.type for key, field in fields.items()}
        return parse(text, types, key_of=self.key_of, choices=choices, rates=self.rates)


def _counted(name: str, known: Field | None) -> Field:
    type_ = FieldType.COUNTRY if name == "country" else FieldType.TEXT
    return known or Field(name, type_, f"search.facet.{name}")
