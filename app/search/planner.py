"""Owns finding as one types: the rarest word is walked lazily, the others are checked, and it stops.

Tiers: names that start with what was typed, names that hold all of its words, anywhere, by sound.
Nothing is scored but what is shown. Must not read the book.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial

from app.search import analysis
from app.search.documents import KINDS, Key
from app.search.matches import Matches, all_of, one_of
from app.search.needs import Need, in_parts, needs_of
from app.search.segments import Leaf, Snapshot

LEAD, NAMES, GOODS, ANYWHERE, SOUND, GLOSSARY = range(1, 7)
EXACT = 0
_LOOKED_AT = 150
_SPARE = 3
_SET_FOR_TESTS = 60


@dataclass(frozen=True, slots=True)
class Found:
    """A record found, how near (a tier, 0 nearest) and its order within the tier."""

    key: Key
    tier: int
    order: int


class Walk:
    """One keystroke's walk through the index, tier by tier, until enough is found."""

    def __init__(self, snapshot: Snapshot, *, limit: int, kind: str | None) -> None:
        self._leaves = snapshot.leaves
        self._limit = limit
        self._kind = None if kind is None else KINDS.index(kind)
        self._seen: list[set[int]] = [set() for _ in self._leaves]
        self.found: list[Found] = []

    @property
    def is_full(self) -> bool:
        """Whether there is enough to show."""
        return len(self.found) >= self._limit

    def best(self) -> list[Found]:
        """What to show, nearest first."""
        return sorted(self.found, key=lambda one: (one.tier, one.order))[: self._limit]

    def leads(self, typed: str, tier: int = LEAD) -> None:
        """Names that start with all that was typed."""
        prefix = analysis.lead(analysis.folded(typed)).encode()
        for leaf, seen in zip(self._leaves, self._seen, strict=True):
            slice_ = leaf.field("lead").starting(prefix)
            self._take(leaf, slice_, seen=seen, tier=tier)

    def words(self, matches_of: Callable[[Leaf], list[Matches]], tier: int) -> None:
        """Documents that satisfy every word, in the places ``matches_of`` names."""
        for leaf, seen in zip(self._leaves, self._seen, strict=True):
            matches = sorted(matches_of(leaf), key=lambda one: one.cost)
            if matches and matches[0].cost:
                self._take_all_of(leaf, matches, seen=seen, tier=tier)

    def _take(self, leaf: Leaf, documents: Iterable[int], *, seen: set[int], tier: int) -> None:
        room = self._limit * _SPARE
        for docnum in documents:
            if self._is_new(leaf, docnum, seen):
                self._add(leaf, docnum, seen=seen, tier=tier)
                room -= 1
                if not room:
                    return

    def _take_all_of(
        self, leaf: Leaf, matches: list[Matches], *, seen: set[int], tier: int
    ) -> None:
        room = self._limit * _SPARE
        first, others = matches[0], [one.test for one in matches[1:]]
        for looked, docnum in enumerate(first.walk()):
            if looked == _LOOKED_AT and others:
                self._take(leaf, _rest(matches), seen=seen, tier=tier)
                return
            if self._is_new(leaf, docnum, seen) and all(test(docnum) for test in others):
                self._add(leaf, docnum, seen=seen, tier=tier)
                room -= 1
                if not room:
                    return

    def _is_new(self, leaf: Leaf, docnum: int, seen: set[int]) -> bool:
        if docnum in seen or docnum in leaf.deleted:
            return False
        return self._kind is None or leaf.kinds[docnum] == self._kind

    def _add(self, leaf: Leaf, docnum: int, *, seen: set[int], tier: int) -> None:
        seen.add(docnum)
        self.found.append(Found(leaf.key(docnum), tier, leaf.order[docnum]))


def _rest(matches: list[Matches]) -> Iterable[int]:
    """The documents of all ``matches``, whose costs ascend; the costliest is tested one by one."""
    *cheap, last = matches
    found = all_of(cheap)
    if last.cost <= _SET_FOR_TESTS * len(found):
        return sorted(set(found).intersection(last.every()))
    return filter(last.test, sorted(found))


def complete_into(walk: Walk, snapshot: Snapshot, typed: str) -> None:
    """Adds the nearest records for text that is still being typed."""
    needs = settled(snapshot, needs_of(typed, is_open=True))
    if not needs:
        return
    walk.leads(typed)
    for tier, places in _PLACES:
        if walk.is_full or (tier == SOUND and not any(need.may_be_sound for need in needs)):
            break
        walk.words(partial(_each, needs, places), tier)


def complete_words(walk: Walk, needs: list[Need], tier: int) -> None:
    """Adds documents that hold other words, such as a synonym's."""
    for places in (Need.in_names, Need.anywhere):
        if not walk.is_full:
            walk.words(partial(_each, needs, places), tier)


def _each(needs: list[Need], places: Callable[[Need, Leaf], Matches], leaf: Leaf) -> list[Matches]:
    return [places(need, leaf) for need in needs]


def by_name_or_sound(need: Need, leaf: Leaf) -> Matches:
    """In a name as written, or as spoken."""
    return one_of((need.in_names(leaf), need.by_sound(leaf)))


_PLACES: tuple[tuple[int, Callable[[Need, Leaf], Matches]], ...] = (
    (NAMES, Need.in_names),
    (ANYWHERE, Need.anywhere),
    (SOUND, by_name_or_sound),
)


def settled(snapshot: Snapshot, needs: list[Need]) -> list[Need]:
    """``needs`` with codes nobody wrote as a whole replaced by their parts."""
    found: list[Need] = []
    for need in needs:
        parts = in_parts(need)
        if len(parts) > 1 and not any(need.anywhere(leaf).cost for leaf in snapshot.leaves):
            found += parts
        else:
            found.append(need)
    return list(dict.fromkeys(found))
