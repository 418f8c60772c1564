"""Owns Chinese names by their sound: whole syllables, initials, and runs that mix both.

A character with several readings is found by each of them, within a limit. Must not be asked about
long texts: only names are indexed by sound.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import product

from app.kernel.syllables import readings, syllables

SYLLABLES_A_TERM = 4
INITIALS_A_TERM = 6
_READINGS_A_TERM = 8
_HAN_RUN = re.compile("[\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af]+")
_LEGAL_TAIL = re.compile("(?:股份|有限|责任|公司|集团)+$")
_LEGAL_SOUND = re.compile("(?:gu ?fen|you ?xian|ze ?ren|gong ?si|ji ?tuan| )+$")
_FIRST_INITIALS = ("zh", "ch", "sh")


def _runs(title: str) -> list[str]:
    return _HAN_RUN.findall(_LEGAL_TAIL.sub("", title))


def add_sounds(title: str, whole: set[str], initials: set[str]) -> None:
    """Adds the terms of a folded name by sound: runs of whole syllables and runs of initials.

    Each starts at one character and reaches a few characters on, so that any part of the name is
    the start of a term: 不锈钢保温杯 → ``buxiugangbao`` … ``baowenbei`` and ``bxgbwb`` … ``bwb``.
    """
    for run in _runs(title):
        spoken = [readings(character) for character in run]
        letters = [_letters(character) for character in run]
        if all(len(options) == 1 for options in spoken):
            syllables_ = [options[0] for options in spoken]
            firsts = "".join(options[0] for options in letters)
            for at in range(len(run)):
                whole.add("".join(syllables_[at : at + SYLLABLES_A_TERM]))
                initials.add(firsts[at : at + INITIALS_A_TERM])
            continue
        for at in range(len(run)):
            whole.update(map("".join, _combinations(spoken[at : at + SYLLABLES_A_TERM])))
            initials.update(map("".join, _combinations(letters[at : at + INITIALS_A_TERM])))


@lru_cache(maxsize=30_000)
def _letters(character: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(reading[0] for reading in readings(character)))


def _combinations(options: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Up to a few ways to read the characters; when there are more, only the first readings vary."""
    while True:
        known = [choice for choice in options if choice]
        size = 1
        for choice in known:
            size *= len(choice)
        if size <= _READINGS_A_TERM:
            return list(product(*known))
        longest = max(range(len(known)), key=lambda at: (len(known[at]), at))
        known[longest] = known[longest][:-1]
        options = known


def without_legal_tail(typed: str) -> str:
    """Typed pinyin without the sound of 有限公司 and its like, which no term carries."""
    return _LEGAL_SOUND.sub("", typed)


@lru_cache(maxsize=4_096)
def spelled(typed: str) -> tuple[str, ...]:
    """``typed`` cut into syllables from the left, as far as it goes; the rest is the last item.

    ``baowenb`` → ``bao``, ``wen``, ``b``. Prefers long syllables and cuts that leave no rest.
    """
    best: tuple[str, ...] = (typed,)
    for length in range(min(6, len(typed)), 0, -1):
        head = typed[:length]
        if head not in syllables():
            continue
        if length == len(typed):
            return (head,)
        tail = spelled(typed[length:])
        candidate = (head, *tail)
        if all(part in syllables() for part in tail):
            return candidate
        if len(candidate[-1]) < len(best[-1]):
            best = candidate
    return best


def is_whole(typed: str) -> bool:
    """Whether ``typed`` is at least two whole syllables, as a word is and a single sound is not."""
    cut = spelled(typed)
    return len(cut) > 1 and all(part in syllables() for part in cut)


def mixed(typed: str) -> list[tuple[str, str]]:
    """What a name has that is typed partly in syllables, partly in initials: all initials, a stretch.

    ``ningbohd`` → ``nbhd``, ``ningbo``; ``nbhongda`` → ``nbhd``, ``hongda``.
    """
    found = []
    cut = spelled(typed)
    if len(cut) > 1 and cut[-1] not in syllables():
        head = cut[:-1]
        found.append(("".join(part[0] for part in head) + cut[-1], "".join(head)))
    for at in range(1, len(typed) - 1):
        tail = spelled(typed[at:])
        if all(part in syllables() for part in tail):
            found.append((typed[:at] + "".join(part[0] for part in tail), typed[at:]))
            break
    return found


def sounds_like(typed: str, title: str) -> bool:
    """Whether some part of the folded ``title`` is spoken as ``typed``."""
    return place_of(typed, title) is not None


def place_of(typed: str, title: str) -> tuple[int, int] | None:
    """Start and end of the first part of the folded ``title`` that is spoken as ``typed``.

    Each character takes its whole syllable or just its first letters; the last may be unfinished.
    """
    for found in _HAN_RUN.finditer(title):
        run = found.group()
        for at in range(len(run)):
            end = _spoken_until(typed, run, at)
            if end is not None:
                return found.start() + at, found.start() + end
    return None


def _spoken_until(typed: str, run: str, at: int) -> int | None:
    """Where in ``run`` the sound of ``typed`` ends when it is spoken from ``at`` on."""
    if not typed:
        return at
    if at == len(run):
        return None
    for reading in readings(run[at]):
        if reading.startswith(typed):
            return at + 1
        starts = [reading, reading[:2]] if reading[:2] in _FIRST_INITIALS else [reading]
        for start in (*starts, reading[0]):
            if typed.startswith(start):
                end = _spoken_until(typed[len(start) :], run, at + 1)
                if end is not None:
                    return end
    return None


def run_spoken_as(typed: str, title: str, *, length: int) -> str | None:
    """The ``length`` characters of ``title`` usually spoken as ``typed``, when there are such."""
    for run in _runs(title):
        for at in range(len(run) - length + 1):
            part = run[at : at + length]
            if "".join(reading for one in part for reading in readings(one)[:1]) == typed:
                return part
    return None
