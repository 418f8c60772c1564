"""Owns other ways to read what was typed, for when nothing has it as it stands.

People write Chinese words without spaces (厦门箱包), say 杯子 for 杯, and write umlauts in two letters
(muenchen). Must not correct mistakes; ``spelling`` does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from app.search import analysis
from app.search.needs import Need
from app.search.segments import Snapshot

_SHORTEST_WORD = 2
_MOST_CUTS = 3
_SPELLED_OUT = re.compile("(?<=[aou])e")


def other_readings(snapshot: Snapshot, needs: Sequence[Need]) -> Iterator[list[Need]]:
    """The needs with runs of Chinese cut into words, the weakest joint first, each also in short."""
    for cuts in range(_MOST_CUTS + 1):
        read = [part for need in needs for part in _cut(snapshot, need, cuts)]
        if len(read) < len(needs) + cuts:
            break
        if cuts:
            yield read
        short = [replace(need, word=_shortened(need.word)) for need in read]
        if short != read:
            yield short


def _shortened(word: str) -> str:
    """The word with umlauts as one letter; a Chinese one without the 子 that speech adds to it."""
    if analysis.is_cjk(word):
        return word.removesuffix("子") or word
    return _SPELLED_OUT.sub("", word)


def _cut(snapshot: Snapshot, need: Need, cuts: int) -> list[Need]:
    """A run of Chinese in up to ``cuts`` + 1 words, parted where neighbours seldom stand together."""
    word = need.word
    if not analysis.is_cjk(word):
        return [need]
    joints = range(_SHORTEST_WORD, len(word) - _SHORTEST_WORD + 1)
    chosen: list[int] = []
    for at in sorted(joints, key=lambda at: _frequency(snapshot, word[at - 1 : at + 1])):
        if len(chosen) < cuts and all(abs(at - other) >= _SHORTEST_WORD for other in chosen):
            chosen.append(at)
    ends = [0, *sorted(chosen), len(word)]
    return [replace(need, word=word[a:b]) for a, b in pairwise(ends)]


def _frequency(snapshot: Snapshot, pair: str) -> int:
    return sum(len(leaf.field("text").find(pair.encode())) for leaf in snapshot.leaves)
