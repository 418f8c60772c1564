"""Owns the trade glossary: names of the same goods in both languages, applied when searching.

Entries are sets of names that stand for each other. Those shipped come from ``resources``; the
user's own are merged in, and may also cancel one. Must not change what is indexed.
"""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from app.search import analysis
from resources import resource

_MOST_ALTERNATIVES = 8

_Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Alternative:
    """``typed`` with one phrase replaced by ``name``, another name of the same thing."""

    text: str
    name: str


class Glossary:
    """Names by each other."""

    def __init__(self, entries: Iterable[Iterable[str]] = ()) -> None:
        self._same: defaultdict[_Words, list[str]] = defaultdict(list)
        self._longest = 1
        for entry in entries:
            self._add([name.strip() for name in entry if name.strip()])

    def _add(self, names: list[str]) -> None:
        for name in names:
            key = _key(name)
            others = self._same[key]
            others += [other for other in names if _key(other) != key and other not in others]
            self._longest = max(self._longest, len(key))

    def merged_with(self, entries: Iterable[Iterable[str]]) -> Glossary:
        """This glossary and the user's own ``entries``."""
        merged = Glossary()
        merged._same = defaultdict(list, {key: list(names) for key, names in self._same.items()})
        merged._longest = self._longest
        for entry in entries:
            merged._add([name.strip() for name in entry if name.strip()])
        return merged

    def names_for(self, name: str) -> tuple[str, ...]:
        """The other names of ``name``; none when the glossary doesn't know it."""
        return tuple(self._same.get(_key(name), ()))

    def alternatives(self, typed: str) -> list[Alternative]:
        """``typed`` with its longest known phrase replaced by each of the other names."""
        words = _key(typed)
        for length in range(min(self._longest, len(words)), 0, -1):
            for start in range(len(words) - length + 1):
                names = self._same.get(words[start : start + length])
                if names:
                    before, after = _text(words[:start]), _text(words[start + length :])
                    return [
                        Alternative(f"{before} {name} {after}".strip(), name)
                        for name in names[:_MOST_ALTERNATIVES]
                    ]
        return []


def _key(name: str) -> _Words:
    """Latin words by their stem, Chinese character by character, so that a name inside a run counts."""
    parts: list[str] = []
    for word in analysis.words(analysis.folded(name)):
        parts += word if analysis.is_cjk(word) else [analysis.stem(word)]
    return tuple(parts)


def _text(words: _Words) -> str:
    pieces = [word if analysis.is_cjk(word) else f" {word} " for word in words]
    return " ".join("".join(pieces).split())


@functools.cache
def shipped() -> Glossary:
    """The glossary that comes with the program."""
    lines = resource("glossary", "trade_terms.csv").read_text(encoding="utf-8").splitlines()
    return Glossary(line.split(",") for line in lines if line and not line.startswith("#"))
