"""Owns sets of a segment's documents as masks, one truth value a document, and what is done at once.

A mask of a hundred thousand documents is joined, counted and narrowed in microseconds where a
Python set takes milliseconds. Loading numpy takes a tenth of a second, so whoever answers the first
keystroke imports this module only when a mask is needed. Must not rank.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from functools import reduce
from operator import and_, or_

import numpy as np
from numpy.typing import NDArray

from app.search.codec import Numbers
from app.search.documents import KINDS
from app.search.matches import (
    AnyMatches,
    BothMatches,
    CheckedMatches,
    Matches,
    PrefixMatches,
    RunMatches,
    TermMatches,
)
from app.search.segments import ID_MASK, Leaf

Mask = NDArray[np.bool_]
Ways = Sequence[Sequence[Sequence[Matches]]]
"""For each part of a text the ways to say it, each with the words it needs."""
_TEST_RATHER_THAN_MASK = 400
"""One look at a text costs as much as marking so many postings."""


def mask_of(documents: Numbers, size: int) -> Mask:
    """The mask over ``size`` documents of those in ``documents``, which may repeat."""
    mask = np.zeros(size, dtype=np.bool_)
    if len(documents):
        mask[np.asarray(documents)] = True
    return mask


def documents_of(mask: Mask) -> list[int]:
    """The documents of a mask, ascending."""
    found: list[int] = np.flatnonzero(mask).tolist()
    return found


def count_of(mask: Mask) -> int:
    """How many documents a mask holds."""
    return int(np.count_nonzero(mask))


def live(leaf: Leaf) -> Mask:
    """The documents that stand for records and were not deleted."""
    mask: Mask = np.asarray(leaf.kinds) < len(KINDS)
    if leaf.deleted:
        mask[list(leaf.deleted)] = False
    return mask


def of_kind(leaf: Leaf, kind: str) -> Mask:
    """The documents of one kind of record; none for a kind nobody knows."""
    number = KINDS.index(kind) if kind in KINDS else len(KINDS)
    mask: Mask = np.asarray(leaf.kinds) == number
    return mask


def ids(leaf: Leaf, mask: Mask) -> NDArray[np.uint64]:
    """The ids of the records the documents of ``mask`` stand for."""
    return np.asarray(leaf.order)[mask] & np.uint64(ID_MASK)


def of_records(leaf: Leaf, records: Mapping[str, Collection[int]]) -> Mask:
    """The documents of the records named by kind and id."""
    mask = np.zeros(leaf.size, dtype=np.bool_)
    for kind, wanted in records.items():
        documents = np.flatnonzero(of_kind(leaf, kind))
        numbers = np.asarray(leaf.order)[documents] & np.uint64(ID_MASK)
        mask[documents[np.isin(numbers, np.fromiter(wanted, np.uint64))]] = True
    return mask


def chosen(leaf: Leaf, facet: str, wanted: Callable[[str], bool]) -> Mask:
    """The documents whose choice in ``facet`` is ``wanted``."""
    choices = leaf.facets[facet]
    is_wanted = np.fromiter(map(wanted, choices.texts), np.bool_, len(choices.texts))
    mask: Mask = is_wanted[np.asarray(choices.numbers)]
    return mask


def choice_counts(numbers: Numbers, mask: Mask) -> list[tuple[int, int]]:
    """How many documents of ``mask`` have each of the ``numbers`` of a column."""
    counts = np.bincount(np.asarray(numbers)[mask])
    return [(number, int(counts[number])) for number in np.flatnonzero(counts).tolist()]


def nearest(leaf: Leaf, mask: Mask, wanted: int) -> list[int]:
    """The places in the order of the ``wanted`` first documents of ``mask``."""
    orders = np.asarray(leaf.order)[mask]
    if len(orders) > wanted:
        orders = np.partition(orders, wanted - 1)[:wanted]
    found: list[int] = np.sort(orders).tolist()
    return found


def all_of(matches: Sequence[Matches], within: Mask, *, known: Mask | None = None) -> Mask:
    """The documents ``within`` that satisfy every one; those ``known`` to do so aren't tested."""
    found, unsure = candidates(matches, len(within))
    found &= within
    if not unsure:
        return found
    tested = found if known is None else found & ~known
    for match in unsure:
        tested = _tested(match, tested)
    return tested if known is None else tested | (found & known)


def roughly_said(parts: Ways, within: Mask) -> Mask:
    """The documents ``within`` that may satisfy every part in at least one of its ways."""
    nothing = np.zeros(len(within), dtype=np.bool_)
    for ways in parts:
        rough = [candidates(way, len(within))[0] for way in ways]
        within = within & reduce(or_, rough, nothing)
    return within


def said(parts: Ways, within: Mask) -> Mask:
    """The documents ``within`` that satisfy every part in at least one of its ways.

    Texts are looked at last, for what may satisfy all parts.
    """
    nothing = np.zeros(len(within), dtype=np.bool_)
    within = roughly_said(parts, within)
    for ways in parts:
        within = reduce(or_, [all_of(way, within) for way in ways], nothing)
    return within


def candidates(matches: Sequence[Matches], size: int) -> tuple[Mask, list[Matches]]:
    """What may satisfy every one of ``matches``, and those that must still be tested.

    Postings are brought together, the shortest first; where few documents are left and many
    postings to come, testing is sooner done.
    """
    ordered = sorted(matches, key=lambda one: one.effort)
    found = _rough(ordered[0], size)
    unsure = [] if ordered[0].is_exact else [ordered[0]]
    for other in ordered[1:]:
        if other.effort > _TEST_RATHER_THAN_MASK * count_of(found):
            unsure.append(other)
            continue
        found &= _rough(other, size)
        if not other.is_exact:
            unsure.append(other)
    return found, unsure


def _rough(match: Matches, size: int) -> Mask:
    """The documents that satisfy ``match`` and perhaps more, without a look at any text."""
    match match:
        case TermMatches() | PrefixMatches():
            return mask_of(match.postings, size)
        case RunMatches():
            return reduce(and_, [mask_of(part, size) for part in match.postings])
        case CheckedMatches():
            return _rough(match.wider, size)
        case BothMatches():
            one, other = match.both
            return mask_of(one.postings, size) & mask_of(other.postings, size)
        case AnyMatches():
            ways = [_rough(choice, size) for choice in match.choices]
            return reduce(or_, ways, np.zeros(size, dtype=np.bool_))


def _tested(match: Matches, mask: Mask) -> Mask:
    """The documents of ``mask`` that pass the test of ``match``."""
    if isinstance(match, AnyMatches):
        passed = np.zeros(len(mask), dtype=np.bool_)
        for choice in sorted(match.choices, key=lambda one: not one.is_exact):
            left = mask & ~passed & _rough(choice, len(mask))
            passed |= left if choice.is_exact else _tested(choice, left)
        return passed
    return mask_of([docnum for docnum in documents_of(mask) if match.test(docnum)], len(mask))
