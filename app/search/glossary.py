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

_MOST_NAMES = 8

_Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of what was typed: a phrase the glossary knows, with its other names, or not."""

    text: str
    names: tuple[str, ...] = ()


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

    def names_for(self, name: str) -> tuple[str, ...]:
        """The other names of ``name``; none when the glossary doesn't know it."""
        return tuple(self._same.get(_key(name), ()))

    def parts(self, typed: str) -> list[Part]:
        """``typed`` cut into the longest phrases the glossary knows and what is between them."""
        return self._cut(_key(typed))

    def _cut(self, words: _Words) -> list[Part]:
        for length in range(min(self._longest, len(words)), 0, -1):
            for start in range(len(words) - length + 1):
                phrase = words[start : start + length]
                if names := self._same.get(phrase):
                    known = Part(_text(phrase), tuple(names[:_MOST_NAMES]))
                    return [*self._cut(words[:start]), known, *self._cut(words[start + length :])]
        return [Part(_text(words))] if words else []


def other_names(parts: Iterable[Part]) -> tuple[str, ...]:
    """The names that stand for something in ``parts``, each once."""
    return tuple(dict.fromkeys(name for part in parts for name in part.names))


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
def shipped_entries() -> tuple[_Words, ...]:
    """The entries that come with the program; the first name of each is its own."""
    lines = resource("glossary", "trade_terms.csv").read_text(encoding="utf-8").splitlines()
    entries = (line.split(",") for line in lines if line and not line.startswith("#"))
    return tuple(tuple(name.strip() for name in entry) for entry in entries)


@functools.cache
def shipped() -> Glossary:
    """The glossary that comes with the program."""
    return Glossary(shipped_entries())
