"""Owns the full search: every match counted, ranked in tiers, facets counted, one page picked.

Tiers: exact names, names that start with the text, words in names, in products, anywhere, by sound,
by synonym. Within a tier own partners come first, then shorter names, then older records. Must not
read the book: it answers with keys.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from heapq import nsmallest

from app.search import analysis
from app.search.codec import Choices
from app.search.documents import FACETS, KINDS
from app.search.matches import Matches, all_of
from app.search.needs import Need
from app.search.planner import (
    ANYWHERE,
    EXACT,
    GLOSSARY,
    GOODS,
    LEAD,
    NAMES,
    SOUND,
    Found,
    by_name_or_sound,
)
from app.search.segments import Leaf, Snapshot, unpacked

Documents = set[int]
Filter = Callable[[Leaf, Documents], Documents]
"""Keeps those of the documents that satisfy the conditions of a query."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is looked for: the words, other words for them, and what else must hold."""

    text: str
    needs: Sequence[Need]
    synonyms: Sequence[Sequence[Need]] = ()
    base: Callable[[Leaf], Documents] | None = None
    """The documents of the query tree; without it, those that satisfy all ``needs``."""
    kind: str | None = None
    facets: Mapping[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Answer:
    """All that matched, counted, and the page asked for."""

    total: int = 0
    page: list[Found] = field(default_factory=list)
    facets: dict[str, Counter[str]] = field(default_factory=dict)
    plain: int = 0
    """How many matched as typed, without sounds and synonyms."""


def answer(snapshot: Snapshot, question: Question, *, limit: int, offset: int) -> Answer:
    """Everything that matches ``question``: its count, its facets, and ``limit`` from ``offset``."""
    result = Answer(facets={"kind": Counter(), **{facet: Counter() for facet in FACETS}})
    ranked: list[Found] = []
    for leaf in snapshot.leaves:
        tiers = _tiers(leaf, question)
        plain = sum(len(found) for tier, found in tiers if tier <= ANYWHERE)
        every: Documents = set().union(*(found for _, found in tiers))
        result.total += len(every)
        result.plain += plain
        _count(leaf, every, result.facets)
        ranked += _nearest(leaf, tiers, limit + offset)
    ranked.sort(key=lambda one: (one.tier, one.order))
    result.page = ranked[offset : offset + limit]
    return result


def ids_with(snapshot: Snapshot, kind: str, needs: Sequence[Need]) -> list[int]:
    """The ids of all records of ``kind`` that satisfy ``needs``."""
    question = Question("", needs, kind=kind)
    return [leaf.key(one)[1] for leaf in snapshot.leaves for one in _base(leaf, question)]


def _tiers(leaf: Leaf, question: Question) -> list[tuple[int, Documents]]:
    """The documents of each tier, each document in its nearest."""
    needs = question.needs
    anywhere = _base(leaf, question)
    found: list[tuple[int, Documents]] = []
    if needs and anywhere:
        folded = analysis.lead(analysis.folded(question.text)).encode()
        names = leaf.field("lead")
        found = [
            (EXACT, set(names.find(folded))),
            (LEAD, set(names.starting(folded))),
            (NAMES, _all(leaf, needs, Need.in_names)),
            (GOODS, _all(leaf, needs, Need.in_goods)),
        ]
    found = [(tier, documents & anywhere) for tier, documents in found]
    found.append((ANYWHERE, anywhere))
    if question.base is None and needs:
        if any(need.may_be_sound and len(need.word) > 1 for need in needs):
            found.append((SOUND, _narrowed(leaf, _all(leaf, needs, by_name_or_sound), question)))
        for synonym in question.synonyms:
            documents = _narrowed(leaf, _all(leaf, synonym, Need.anywhere), question)
            found.append((GLOSSARY, documents))
    return _each_once(found)


def _each_once(tiers: list[tuple[int, Documents]]) -> list[tuple[int, Documents]]:
    seen: Documents = set()
    result = []
    for tier, documents in tiers:
        new = documents - seen if seen else documents
        if new:
            result.append((tier, new))
            seen = seen | new
    return result


def _base(leaf: Leaf, question: Question) -> Documents:
    if question.base is not None:
        return _narrowed(leaf, question.base(leaf), question)
    return _narrowed(leaf, _all(leaf, question.needs, Need.anywhere), question)


def _all(leaf: Leaf, needs: Sequence[Need], places: Callable[[Need, Leaf], Matches]) -> Documents:
    if not needs:
        return set()
    return set(all_of([places(need, leaf) for need in needs]))


def _narrowed(leaf: Leaf, documents: Documents, question: Question) -> Documents:
    """Without the deleted and those of another kind or facet value."""
    if leaf.deleted:
        documents = documents - leaf.deleted
    if question.kind is not None:
        wanted, kinds = KINDS.index(question.kind), leaf.kinds
        documents = {docnum for docnum in documents if kinds[docnum] == wanted}
    for facet, value in question.facets.items():
        documents = having(leaf, documents, facet=facet, value=value)
    return documents


def having(leaf: Leaf, documents: Documents, *, facet: str, value: str) -> Documents:
    """Those of ``documents`` with ``value`` in ``facet``, compared folded."""
    wanted = analysis.folded(value)
    choices = leaf.facets[facet]
    numbers = {
        number
        for number, text in enumerate(choices.texts)
        if any(analysis.folded(part) == wanted for part in unpacked(text))
    }
    chosen = choices.numbers
    return {docnum for docnum in documents if chosen[docnum] in numbers}


def _count(leaf: Leaf, documents: Iterable[int], facets: dict[str, Counter[str]]) -> None:
    ordered = sorted(documents)
    for kind, count in Counter(map(leaf.kinds.__getitem__, ordered)).items():
        facets["kind"][KINDS[kind]] += count
    for facet in FACETS:
        _count_choices(leaf.facets[facet], ordered, facets[facet])


def _count_choices(choices: Choices, documents: list[int], counts: Counter[str]) -> None:
    if len(choices.texts) < 2 and not any(choices.texts):
        return
    for number, count in Counter(map(choices.numbers.__getitem__, documents)).items():
        for value in unpacked(choices.texts[number]):
            counts[value] += count


def _nearest(leaf: Leaf, tiers: list[tuple[int, Documents]], wanted: int) -> list[Found]:
    found: list[Found] = []
    order = leaf.order.__getitem__
    for tier, documents in tiers:
        best = nsmallest(wanted - len(found), documents, key=order)
        found += [Found(leaf.key(docnum), tier, leaf.order[docnum]) for docnum in best]
        if len(found) >= wanted:
            break
    return found
