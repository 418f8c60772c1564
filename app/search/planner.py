"""Owns finding as one types: the rarest word is walked lazily, the others are checked, and it stops.

Tiers: names that start with what was typed, names that hold all of its words, anywhere, by sound.
Nothing is scored but what is shown. Must not read the book.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain, islice

from app.search import analysis, pinyin
from app.search.codec import Numbers
from app.search.documents import LETTERS, Key
from app.search.glossary import Part, other_names
from app.search.matches import Matches, one_of
from app.search.needs import Need, in_parts, needs_of
from app.search.rereading import other_readings
from app.search.segments import Leaf, Snapshot, key_of

LEAD, NAMES, GOODS, ANYWHERE, SOUND, SPOKEN, GLOSSARY = range(1, 8)
EXACT = 0
_LOOKED_AT = 60
_RARE = 6
_SPARE = 3
_OF_A_KIND = 4
_SOUGHT = ("supplier", "buyer", "contact", "product")

_Places = Callable[[Need, Leaf], Matches]
"""Where a word is looked up."""


@dataclass(frozen=True, slots=True)
class Found:
    """A record found, how near (a tier, 0 nearest) and its order within the tier."""

    key: Key
    tier: int
    order: int


class Walk:
    """One keystroke's walk through the index, tier by tier, until enough is found."""

    def __init__(self, snapshot: Snapshot, *, limit: int, kind: str | None) -> None:
        self._leaves = [leaf for leaf in snapshot.leaves if kind is None or leaf.has(kind)]
        self._limit = limit
        self._kind = kind
        self._seen: list[set[int]] = [set() for _ in self._leaves]
        self._found: list[tuple[int, int]] = []
        self._room = 0

    @property
    def count(self) -> int:
        """How many were found so far."""
        return len(self._found)

    @property
    def is_full(self) -> bool:
        """Whether there is enough to show."""
        return len(self._found) >= self._limit

    def best(self) -> list[Found]:
        """What to show, nearest first, but not many of a kind before the names of another."""
        ahead: list[Found] = []
        after: list[Found] = []
        counts: Counter[str] = Counter()
        for found in sorted(map(_placed, self._found), key=lambda one: (one.tier, one.order)):
            kind = found.key[0]
            is_ahead = found.tier <= NAMES and counts[kind] < _OF_A_KIND
            counts[kind] += is_ahead
            (ahead if is_ahead else after).append(found)
        return (ahead + after)[: self._limit]

    def take_in(self, found: Iterable[Found]) -> None:
        """Adds what another walk has found."""
        self._found += ((one.tier, one.order) for one in found)

    def lacks(self, kind: str) -> bool:
        """Whether nothing of ``kind`` was found."""
        return all(key_of(order)[0] != kind for _, order in self._found)

    def leads(self, typed: str, tier: int = LEAD) -> None:
        """Names that start with all that was typed."""
        prefix = analysis.lead(analysis.folded(typed)).encode()
        self._room = self._limit * _SPARE
        for leaf, seen in zip(self._leaves, self._seen, strict=True):
            documents = leaf.field("lead").starting(prefix)
            if self._kind is not None:
                documents = _of_kind(leaf, self._kind, documents)
            self._take(leaf, documents, seen=seen, tier=tier)
            if self._room <= 0:
                return

    def words(self, matches_of: Callable[[Leaf], list[Matches]], tier: int) -> None:
        """Documents that satisfy every word; ``matches_of`` gives none where a leaf lacks one."""
        self._room = self._limit * _SPARE
        are_few = self._kind is not None
        for leaf, seen in zip(self._leaves, self._seen, strict=True):
            matches = sorted(matches_of(leaf), key=lambda one: one.cost)
            if len(matches) == 1 and not are_few:
                self._take(leaf, matches[0].walk(), seen=seen, tier=tier)
            elif matches:
                are_few = are_few or self._take_lazily(leaf, matches, seen=seen, tier=tier)
                if are_few:
                    rest = _rest(leaf, matches, but=seen, kind=self._kind)
                    self._take(leaf, rest, seen=seen, tier=tier)
            if self._room <= 0:
                return

    def said(self, parts: Sequence[Sequence[Sequence[Need]]], tier: int) -> None:
        """Documents that hold every part of a text in at least one of its ways."""
        from app.search.masks import documents_of, live, of_kind, roughly_said

        self._room = self._limit * _SPARE
        for leaf, seen in zip(self._leaves, self._seen, strict=True):
            ways = [[_each(way, Need.anywhere, leaf) for way in part] for part in parts]
            allowed = live(leaf) if self._kind is None else of_kind(leaf, self._kind)
            found = (
                docnum
                for docnum in documents_of(roughly_said(ways, allowed))
                if all(any(all(m.test(docnum) for m in way) for way in part) for part in ways)
            )
            self._take(leaf, found, seen=seen, tier=tier)
            if self._room <= 0:
                return

    def _take(self, leaf: Leaf, documents: Iterable[int], *, seen: set[int], tier: int) -> None:
        order, deleted = leaf.order, leaf.deleted
        for docnum in documents:
            if docnum in seen or docnum in deleted:
                continue
            seen.add(docnum)
            self._found.append((tier, order[docnum]))
            self._room -= 1
            if self._room <= 0:
                return

    def _take_lazily(
        self, leaf: Leaf, matches: list[Matches], *, seen: set[int], tier: int
    ) -> bool:
        """Walks the cheapest word and tests the others; whether too few hold them to go on so."""
        first, *others = matches
        walked = iter(first.walk())
        tests = [one.test for one in others]
        while self._room > 0:
            part = list(islice(walked, _LOOKED_AT))
            holding = [
                docnum
                for docnum in part
                if docnum not in seen and all(test(docnum) for test in tests)
            ]
            self._take(leaf, holding, seen=seen, tier=tier)
            if len(holding) * _RARE < len(part):
                return True
            if len(part) < _LOOKED_AT:
                return False
        return False


def _placed(found: tuple[int, int]) -> Found:
    """What was found, in its tier; letters that are about something come after the thing itself."""
    tier, order = found
    key = key_of(order)
    if key[0] in LETTERS:
        tier = max(tier, ANYWHERE if tier <= ANYWHERE else SPOKEN)
    return Found(key, tier, order)


def _of_kind(leaf: Leaf, kind: str, documents: Numbers) -> Numbers:
    from app.search.masks import documents_of, mask_of, of_kind

    return documents_of(mask_of(documents, leaf.size) & of_kind(leaf, kind))


def _rest(leaf: Leaf, matches: list[Matches], *, but: set[int], kind: str | None) -> Iterable[int]:
    """The documents of all ``matches``; what needs a look at the text is tested one by one."""
    from app.search.masks import candidates, documents_of, of_kind

    found, unsure = candidates(matches, leaf.size)
    if kind is not None:
        found &= of_kind(leaf, kind)
    tests = [one.test for one in unsure]
    return (
        docnum
        for docnum in documents_of(found)
        if docnum not in but and all(test(docnum) for test in tests)
    )


def complete_into(walk: Walk, snapshot: Snapshot, typed: str, needs: list[Need]) -> list[Need]:
    """Adds the nearest records for text that is still being typed; the words they were found by.

    Those are the ``needs``, or when nothing has them another way to read them.
    """
    if not needs:
        return needs
    walk.leads(typed)
    for read in chain([needs], other_readings(snapshot, needs)):
        _by_tiers(walk, read)
        if walk.count:
            return read
    return needs


def _by_tiers(walk: Walk, needs: list[Need]) -> None:
    for tier, places, sounds in _PLACES:
        if walk.is_full or not _is_worth(tier, needs, found=walk.count):
            break
        walk.words(partial(_all_of, needs, places, sounds=sounds), tier)


def _is_worth(tier: int, needs: Sequence[Need], *, found: int) -> bool:
    """Whether words like these may be pinyin; words that are all written somewhere seldom are."""
    if tier < SOUND:
        return True
    sounds = [need for need in needs if need.may_be_sound]
    if tier == SOUND:
        return bool(sounds)
    return not found or any(pinyin.is_whole(need.word) for need in sounds)


def complete_kinds(walk: Walk, snapshot: Snapshot, typed: str, needs: list[Need]) -> None:
    """Adds names of the kinds that others left no room for: one supplier among fifty products."""
    if not needs or not walk.is_full:
        return
    for kind in _SOUGHT:
        if walk.lacks(kind):
            own = Walk(snapshot, limit=_OF_A_KIND, kind=kind)
            own.leads(typed)
            if not own.is_full:
                own.words(partial(_all_of, needs, Need.in_names), NAMES)
            walk.take_in(own.best())


def complete_words(walk: Walk, needs: list[Need], tier: int) -> None:
    """Adds documents that hold other words, such as a synonym's."""
    for places in (Need.in_names, Need.anywhere):
        if not walk.is_full:
            walk.words(partial(_all_of, needs, places), tier)


def complete_synonyms(walk: Walk, parts: Sequence[Part]) -> tuple[str, ...]:
    """Adds documents that say what was typed with other names; those names, if any were added."""
    known = [part for part in parts if part.names]
    if len(known) > 1:
        before = walk.count
        walk.said(ways_of(parts), GLOSSARY)
        return other_names(parts) if walk.count > before else ()
    used: list[str] = []
    for name in other_names(known):
        before = walk.count
        text = " ".join(name if part.names else part.text for part in parts)
        complete_words(walk, needs_of(text, is_open=False), GLOSSARY)
        used += [name] if walk.count > before else []
    return tuple(used)


def ways_of(parts: Sequence[Part]) -> list[list[list[Need]]]:
    """The ways to say each part, each with what it needs; none when no part has another name."""
    if not other_names(parts):
        return []
    said = [[needs_of(text, is_open=False) for text in (part.text, *part.names)] for part in parts]
    return [[needs for needs in ways if needs] for ways in said]


def _each(needs: Sequence[Need], places: _Places, leaf: Leaf) -> list[Matches]:
    return [places(need, leaf) for need in needs]


def _all_of(
    needs: Sequence[Need], places: _Places, leaf: Leaf, *, sounds: _Places | None = None
) -> list[Matches]:
    """As :func:`_each`, but none where the leaf lacks a word: the others need no look.

    With ``sounds`` at least one must be heard in the leaf: what is only written was found before.
    """
    if sounds is not None and not any(sounds(need, leaf).cost for need in needs):
        return []
    found: list[Matches] = []
    for need in needs:
        matches = places(need, leaf)
        if not matches.cost:
            return []
        found.append(matches)
    return found


def by_name_or_sound(need: Need, leaf: Leaf) -> Matches:
    """In a name as written, or as spoken."""
    return one_of((need.in_names(leaf), need.by_sound(leaf)))


_PLACES: tuple[tuple[int, _Places, _Places | None], ...] = (
    (NAMES, Need.in_names, None),
    (ANYWHERE, Need.anywhere, None),
    (SOUND, by_name_or_sound, Need.by_sound),
    (SPOKEN, Need.by_any_sound, Need.heard),
)


def settled(snapshot: Snapshot, needs: list[Need]) -> list[Need]:
    """``needs`` with codes nobody wrote as a whole, nor began with, replaced by their parts."""
    found: list[Need] = []
    for need in needs:
        parts = in_parts(need)
        known = [need, replace(need, is_open=True)] if need is needs[-1] else [need]
        if len(parts) > 1 and not any(
            one.anywhere(leaf).cost for one in known for leaf in snapshot.leaves
        ):
            found += parts
        else:
            found.append(need)
    return list(dict.fromkeys(found))
