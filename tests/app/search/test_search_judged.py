"""Search judged on the sample book: what must come first, what must come, what must stay away.

The judgements are in ``judged_queries.csv``; records by their keys in the sample book's files, with
a letter for their kind (S supplier, B buyer, C contact, P product, Q quotation,
I inquiry, F forwarder). One of those under ``first`` must head the list; a bar parts equals.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import pytest

from app.desk import Desk
from app.sample.reading import table
from app.search.results import Request

GOAL_MRR = 0.90
_DEPTH = 50


@dataclass(frozen=True)
class Judged:
    """One query with what was found for it."""

    group: str
    query: str
    first: frozenset[str]
    come: frozenset[str]
    absent: frozenset[str]
    found: tuple[str, ...]

    @property
    def wanted(self) -> frozenset[str]:
        """All that is right to find."""
        return self.come or self.first

    @property
    def reciprocal_rank(self) -> float:
        """1 over the place of the first right one."""
        right = self.first or self.come
        places = (place for place, key in enumerate(self.found, 1) if key in right)
        return 1 / next(places, 1_000_000)

    @property
    def recall(self) -> float:
        """The share of those that must come."""
        if self.come:
            return len(self.come & set(self.found)) / len(self.come)
        return float(bool(self.first & set(self.found)))

    @property
    def precision(self) -> float:
        """The share of right ones among the first five, or as many as there are."""
        top = min(5, len(self.wanted), len(self.found) or 1)
        return len(self.wanted & set(self.found[:top])) / top


def names_of(desk: Desk) -> dict[tuple[str, int], str]:
    """The key in the sample book's files of each record of the book."""
    keys: dict[tuple[str, int], str] = {}
    suppliers = {row["name_zh"]: row["key"] for row in table("suppliers")}
    buyers = {row["name_en"]: row["key"] for row in table("buyers")}
    contacts = {row["contact"]: row["key"] for row in (*table("suppliers"), *table("buyers"))}
    for kind, field, letter, known in (
        ("supplier", "name_zh", "S", suppliers),
        ("buyer", "name_en", "B", buyers),
        ("contact", "name", "C", contacts),
        ("product", "item_number", "P", None),
        ("inquiry", "buyer", "I", buyers),
    ):
        for id_, (value,) in desk.lists.rows(kind, desk.lists.ids(kind), [field]).items():
            name = str(value) if known is None else known.get(str(value), str(value))
            keys[kind, id_] = f"{letter}:{name}"
    for hit in desk.search.find(Request("kind:forwarder")).hits:
        keys[hit.key] = f"F:{suppliers[hit.title]}"
    for id_ in desk.lists.ids("quotation"):
        number = desk.quotation_views.quotation(id_).number
        keys["quotation", id_] = f"Q:{int(number.rsplit('-', 1)[1])}"
    return keys


def _asks_for_goods(row: dict[str, str]) -> bool:
    """Whether only products are right; the window groups hits by kind, so each group has its first."""
    right = row["first"].split("|") + row["come"].split()
    return all(key.startswith("P:") for key in right if key)


@pytest.fixture(scope="module")
def judged(sample_desk: Desk) -> list[Judged]:
    """Every query with what was found."""
    keys = names_of(sample_desk)
    file = Path(__file__).with_name("judged_queries.csv")
    answers = []
    for row in csv.DictReader(file.read_text(encoding="utf-8").splitlines()):
        kind = "product" if _asks_for_goods(row) else None
        result = sample_desk.search.find(Request(row["query"], kind=kind, limit=_DEPTH))
        answers.append(
            Judged(
                row["group"],
                row["query"],
                frozenset(filter(None, row["first"].split("|"))),
                frozenset(row["come"].split()),
                frozenset(row["absent"].split()),
                tuple(keys.get(hit.key, f"{hit.kind}:{hit.id}") for hit in result.hits),
            )
        )
    return answers


def test_what_must_come_comes_and_the_right_one_first(
    judged: list[Judged], capsys: pytest.CaptureFixture[str]
) -> None:
    groups: defaultdict[str, list[Judged]] = defaultdict(list)
    for each in judged:
        groups[each.group].append(each)
        groups["all"].append(each)
    with capsys.disabled():
        print()
        for name, group in groups.items():
            count = len(group)
            mean = [
                sum(getattr(each, key) for each in group) / count
                for key in ("precision", "recall", "reciprocal_rank")
            ]
            print(
                f"search {name:9} {count:4} queries  P@5 {mean[0]:.3f}  recall {mean[1]:.3f}"
                f"  MRR {mean[2]:.3f}"
            )
    assert len(judged) >= 150
    missed = [
        (each.query, sorted(each.wanted - set(each.found)), each.found[:5])
        for each in judged
        if each.recall < 1
    ]
    assert not missed
    for name, group in groups.items():
        rank = sum(each.reciprocal_rank for each in group) / len(group)
        assert rank >= GOAL_MRR, (
            name,
            [(each.query, each.found[:4]) for each in group if each.reciprocal_rank < 1],
        )


def test_what_is_something_else_stays_away(judged: list[Judged]) -> None:
    wrong = [(each.query, each.absent & set(each.found)) for each in judged]
    assert not [each for each in wrong if each[1]]
