"""A query asked of the index and in memory finds the same records, whatever it is put together of."""

from __future__ import annotations

import random
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from listed_book import ListedBook
from query_in_memory import matches
from query_trees import queries_of

from app.fields import BETWEEN_VALUES, Field, FieldType
from app.query import Condition, Has, Operator, Phrase, Query, Word
from app.query.values import Text, value_for
from app.search import masks
from app.search.asking import Asked
from app.search.documents import Key, SearchDocument
from app.search.engine import SearchEngine
from app.search.known_fields import KnownFields
from app.search.segments import Snapshot

#: No word is a part, the root or the sound of another, so that "in the text" means one thing.
WORDS = ("led", "strip", "kettle", "hd-1001", "保温杯", "灯带", "不锈钢", "304")
KINDS = ("supplier", "buyer", "product")
COUNTRIES = ("CN", "DE")
TAGS = ("fair", "重要")
SOURCES = ("广交会", "义乌展、广交会", "web")
TODAY = date(2026, 5, 20)
FIELDS = {
    "kind": FieldType.CHOICE,
    "name": FieldType.TEXT,
    "notes": FieldType.LONG_TEXT,
    "country": FieldType.COUNTRY,
    "tag": FieldType.CHOICE,
    "source": FieldType.TEXT,
    "moq": FieldType.INTEGER,
}


@dataclass(frozen=True, slots=True)
class Indexed:
    """Records in memory, and the index of the same records."""

    records: Mapping[Key, Mapping[str, object]]
    snapshot: Snapshot

    def with_moq(self, condition: Query) -> Mapping[str, Collection[int]]:
        assert isinstance(condition, Condition | Has)
        assert condition.field == "moq"
        found: dict[str, list[int]] = {kind: [] for kind in KINDS}
        for (kind, number), record in self.records.items():
            if matches(condition, record, fields=FIELDS, today=TODAY):
                found[kind].append(number)
        return found

    def by_index(self, query: Query) -> set[Key]:
        fields = KnownFields((Field("moq", FieldType.INTEGER),), records_where=self.with_moq)
        asked = Asked(query, fields)
        return {
            leaf.key(docnum)
            for leaf in self.snapshot.leaves
            for docnum in masks.documents_of(asked.documents(leaf))
        }

    def in_memory(self, query: Query) -> set[Key]:
        return {
            key
            for key, record in self.records.items()
            if matches(query, record, fields=FIELDS, today=TODAY)
        }


@pytest.fixture(scope="module")
def indexed(tmp_path_factory: pytest.TempPathFactory) -> Indexed:
    chance = random.Random(7)
    records: dict[Key, dict[str, object]] = {}
    book = ListedBook()
    engine = SearchEngine(tmp_path_factory.mktemp("index"), book)
    for number in range(1, 121):
        kind = chance.choice(KINDS)
        record: dict[str, object] = {
            "kind": kind,
            "name": " ".join(chance.sample(WORDS, 2)),
            "notes": " ".join(chance.choices(WORDS, k=3)),
            "country": chance.choice((*COUNTRIES, None)),
            "tag": chance.choice((*TAGS, None)),
            "source": chance.choice((*SOURCES, None)),
            "moq": chance.choice((None, 1, 100, 500)),
        }
        records[kind, number] = record
        book.put(document_of((kind, number), record))
        if number % 40 == 0:
            engine.update()
    engine.update()
    index = engine._standing.current()
    assert index is not None
    return Indexed(records, Snapshot(index))


def document_of(key: Key, record: Mapping[str, object]) -> SearchDocument:
    facets = {name: (str(record[name]),) for name in ("country", "tag") if record[name]}
    facets["source"] = tuple(str(record["source"] or "").split(BETWEEN_VALUES))
    texts = {"notes": str(record["notes"])}
    return SearchDocument(*key, (str(record["name"]),), texts=texts, facets=facets)


def conditions() -> st.SearchStrategy[Query]:
    chosen = [("kind", KINDS), ("country", (*COUNTRIES, "cn", "FR")), ("tag", (*TAGS, "Fair"))]
    texts = [Condition(key, value=Text(one)) for key, values in chosen for one in values]
    texts += [
        Condition("source", operator, Text(one))
        for operator in (Operator.MATCHES, Operator.EQUALS)
        for one in ("广交", "广交会", "guangjiao", "jiaohui", "yiwu", "web", "we")
    ]
    numbers = [
        Condition("moq", operator, value_for(FieldType.INTEGER, "moq", written))
        for operator in Operator
        for written in ("1", "100", "400")
    ]
    return st.sampled_from([*texts, *numbers, Has("moq"), Has("tag"), Has("country"), Has("kind")])


LEAVES = st.one_of(
    st.sampled_from([Word(word) for word in (*WORDS, "LED", "zebra")]),
    st.sampled_from([Phrase(f"{one} {other}") for one in WORDS for other in WORDS if one != other]),
    conditions(),
)
QUERIES = queries_of(LEAVES)


@given(query=QUERIES)
def test_index_and_memory_agree(indexed: Indexed, query: Query) -> None:
    assert indexed.by_index(query) == indexed.in_memory(query)
