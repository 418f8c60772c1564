"""Owns the nearest words: what a mistyped word may have meant, from the words of the book itself.

One edit for short words, two for long ones; a Chinese word also by its sound (保文杯 → 保温杯).
Must not decide whether a correction is shown.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from heapq import nsmallest
from itertools import islice, product

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from app.kernel.syllables import readings, syllables
from app.search import analysis, masks, pinyin
from app.search.codec import FieldTerms
from app.search.needs import Need, needs_of
from app.search.segments import Snapshot

_VOWEL = re.compile("[^\\W\\dbcdfghjklmnpqrstvwxz_]")
_SHORTEST = 4
_LONG = 8
_CANDIDATES = 20
_CHOICES = 5
_WAYS = 10


def corrected(snapshot: Snapshot, needs: list[Need]) -> list[str] | None:
    """The words with those that nothing holds replaced by the nearest known; ``None`` if no word is.

    A word is only replaced when the whole query found too little, so callers ask only then.
    """
    choices: list[list[str]] = []
    for need in needs:
        is_known = any(need.anywhere(leaf).cost for leaf in snapshot.leaves)
        better = [] if is_known else nearest(snapshot, need.word)
        choices.append(better or [need.word])
    ways = list(islice(product(*choices), _WAYS))
    if list(ways[0]) == [need.word for need in needs]:
        return None
    return list(next((way for way in ways if _stand_together(snapshot, way)), ways[0]))


def _stand_together(snapshot: Snapshot, words: Sequence[str]) -> bool:
    needs = needs_of(" ".join(words), is_open=False)
    for leaf in snapshot.leaves:
        matches = [need.anywhere(leaf) for need in needs]
        if matches and masks.all_of(matches, masks.live(leaf)).any():
            return True
    return False


def nearest(snapshot: Snapshot, word: str) -> list[str]:
    """A few of the nearest words in the book, of those equally near the commonest first."""
    if analysis.is_cjk(word):
        run = _by_sound(snapshot, word)
        return [run] if run is not None else []
    if len(word) < _SHORTEST or not _VOWEL.search(word) or _is_pinyin(word):
        return []
    edits = 1 if len(word) < _LONG else 2
    ranked: list[tuple[int, int, str]] = []
    for letter in dict.fromkeys((word[0], word[1])):
        ranked += _near_terms(snapshot, word, start=letter, edits=edits)
        if ranked:
            return _best(ranked)
    # Another first letter is the one edit, so what follows it is known.
    for letter, following in product("abcdefghijklmnopqrstuvwxyz", {word[0], word[1]}):
        ranked += _near_terms(snapshot, word, start=letter + following, edits=1)
    return _best(ranked)


def _best(ranked: list[tuple[int, int, str]]) -> list[str]:
    return [text for _, _, text in nsmallest(_CHOICES, ranked)]


def _is_pinyin(word: str) -> bool:
    return all(part in syllables() for part in pinyin.spelled(word))


def _near_terms(
    snapshot: Snapshot, word: str, *, start: str, edits: int
) -> list[tuple[int, int, str]]:
    """(edits, minus frequency, term) of the terms near ``word`` that begin with ``start``."""
    counts: dict[str, int] = {}
    for leaf in snapshot.leaves:
        field = leaf.field("text")
        for position in range(*field.span(start.encode())):
            term = field.term(position)
            if abs(len(term) - len(word)) <= edits:
                text = term.decode()
                counts[text] = counts.get(text, 0) + field.frequency(position)
    near = extract(word, counts.keys(), scorer=OSA.distance, score_cutoff=edits, limit=_CANDIDATES)
    return [(int(distance), -counts[text], text) for text, distance, _ in near]


def _by_sound(snapshot: Snapshot, word: str) -> str | None:
    """A run of characters that sounds like ``word``, shares one with it and stands in a name."""
    if not 2 <= len(word) <= pinyin.SYLLABLES_A_TERM:
        return None
    spoken = [readings(character)[:2] for character in word]
    for combination in product(*spoken):
        typed = "".join(combination)
        for leaf in snapshot.leaves:
            found = _starting(leaf.field("whole"), typed)
            for docnum in found:
                name = leaf.names[docnum].decode()
                run = pinyin.run_spoken_as(typed, name, length=len(word))
                if run is not None and set(run) & set(word):
                    return run
    return None


def _starting(field: FieldTerms, typed: str) -> list[int]:
    return list(field.starting(typed.encode())[:5])
