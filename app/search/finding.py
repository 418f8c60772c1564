"""Owns the full search: every match counted, ranked in tiers, facets counted, one page picked.

Tiers: exact names, names that start with the text, words in names, in products, anywhere, by sound
(of names, then of goods and places), by synonym. Within a tier own partners come first, then shorter
names, then older records. Must not read the book: it answers with keys.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import reduce
from itertools import chain, product
from operator import or_

from app.search import analysis, masks
from app.search.documents import FACETS, KINDS, LETTERS
from app.search.masks import Mask
from app.search.matches import Matches
from app.search.needs import Need
from app.search.planner import (
    ANYWHERE,
    EXACT,
    GLOSSARY,
    GOODS,
    LEAD,
    NAMES,
    SOUND,
    SPOKEN,
    Found,
    by_name_or_sound,
)
from app.search.rereading import other_readings
from app.search.segments import Leaf, Snapshot, key_of, unpacked


@dataclass(frozen=True, slots=True)
class Question:
    """What is looked for: the words, other words for them, and what else must hold."""

    text: str
    needs: Sequence[Need]
    synonyms: Sequence[Sequence[Sequence[Need]]] = ()
    """For each part of the text, the ways to say it, each with what it needs; empty without any."""
    base: Callable[[Leaf], Mask] | None = None
    """The documents of the query tree; without it, those that satisfy all ``needs``."""
    within: Callable[[Leaf], Mask] | None = None
    """The documents that satisfy the conditions beside the words."""
    kind: str | None = None


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
        every = _none(leaf)
        for tier, found in tiers:
            every |= found
            if tier <= ANYWHERE:
                result.plain += masks.count_of(found)
        result.total += masks.count_of(every)
        _count(leaf, every, result.facets)
        ranked += _nearest(leaf, tiers, limit + offset)
    ranked.sort(key=lambda one: (one.tier, one.order))
    result.page = ranked[offset : offset + limit]
    return result


def ids_with(snapshot: Snapshot, kind: str, needs: Sequence[Need]) -> list[int]:
    """The ids of all records of ``kind`` that satisfy ``needs``, as written or else by their sound.

    Where there are none, those that satisfy another reading of them.
    """
    places = (Need.anywhere, by_name_or_sound, Need.by_any_sound)
    for read, where in product(chain([needs], other_readings(snapshot, needs)), places):
        found: list[int] = []
        for leaf in snapshot.leaves:
            allowed = masks.live(leaf) & masks.of_kind(leaf, kind)
            found += masks.ids(leaf, _all(leaf, read, where, within=allowed)).tolist()
        if found:
            break
    return found


def _tiers(leaf: Leaf, question: Question) -> list[tuple[int, Mask]]:
    """The documents of each tier, each document in its nearest."""
    needs, allowed = question.needs, _allowed(leaf, question)
    names = _all(leaf, needs, Need.in_names, within=allowed)
    goods = _all(leaf, needs, Need.in_goods, within=allowed)
    if question.base is not None:
        anywhere = question.base(leaf)
    else:
        anywhere = _all(leaf, needs, Need.anywhere, within=allowed, known=names | goods)
    letters = reduce(or_, [masks.of_kind(leaf, kind) for kind in LETTERS])
    things = anywhere & ~letters
    found = [(NAMES, names & things), (GOODS, goods), (ANYWHERE, anywhere)]
    if needs:
        lead = analysis.lead(analysis.folded(question.text)).encode()
        leads = leaf.field("lead")
        for tier, postings in ((LEAD, leads.starting(lead)), (EXACT, leads.find(lead))):
            found.insert(0, (tier, masks.mask_of(postings, leaf.size) & things))
    if question.base is None:
        left = allowed & ~anywhere
        if any(need.may_be_sound and len(need.word) > 1 for need in needs):
            by_name = _all(leaf, needs, by_name_or_sound, within=left & ~letters)
            found.append((SOUND, by_name))
            spoken = _all(leaf, needs, Need.by_any_sound, within=left & ~by_name)
            found.append((SPOKEN, spoken))
        if question.synonyms:
            ways = [
                [[need.anywhere(leaf) for need in way] for way in part]
                for part in question.synonyms
            ]
            found.append((GLOSSARY, masks.said(ways, left)))
    else:
        allowed &= anywhere
    return _each_once(found, allowed)


def _each_once(tiers: list[tuple[int, Mask]], allowed: Mask) -> list[tuple[int, Mask]]:
    left = allowed.copy()
    result = []
    for tier, documents in tiers:
        new = documents & left
        left &= ~new
        result.append((tier, new))
    return result


def _none(leaf: Leaf) -> Mask:
    return masks.mask_of((), leaf.size)


def _all(
    leaf: Leaf,
    needs: Sequence[Need],
    places: Callable[[Need, Leaf], Matches],
    *,
    within: Mask,
    known: Mask | None = None,
) -> Mask:
    if not needs:
        return _none(leaf)
    return masks.all_of([places(need, leaf) for need in needs], within, known=known)


def _allowed(leaf: Leaf, question: Question) -> Mask:
    """Not deleted, of the kind asked for, and what the conditions leave."""
    allowed = masks.live(leaf)
    if question.kind is not None:
        allowed &= masks.of_kind(leaf, question.kind)
    if question.within is not None:
        allowed &= question.within(leaf)
    return allowed


def _count(leaf: Leaf, documents: Mask, facets: dict[str, Counter[str]]) -> None:
    for kind, count in masks.choice_counts(leaf.kinds, documents):
        facets["kind"][KINDS[kind]] += count
    for facet in FACETS:
        choices, counts = leaf.facets[facet], facets[facet]
        if any(choices.texts):
            for number, count in masks.choice_counts(choices.numbers, documents):
                for value in unpacked(choices.texts[number]):
                    counts[value] += count


def _nearest(leaf: Leaf, tiers: list[tuple[int, Mask]], wanted: int) -> list[Found]:
    found: list[Found] = []
    for tier, documents in tiers:
        best = masks.nearest(leaf, documents, wanted - len(found))
        found += [Found(key_of(order), tier, order) for order in best]
        if len(found) >= wanted:
            break
    return found
