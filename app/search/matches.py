"""Owns how one word is matched in one segment: what it costs, walking it, testing one document.

Three ways to use the same postings: walk them lazily and stop early (as you type), test a document
another word has found, or take them all (the full search). Must not rank.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from typing import Protocol

from app.search.codec import FieldTerms, Numbers, Texts, holds

_AS_A_SET = 30_000
_TESTS_ON_TEXT = 60
_INTERSECT_FROM = 1_000
_TRIED = 200
_LOOK_AT_TEXT = 40


class Matches(Protocol):
    """The documents of one segment that satisfy one word."""

    cost: int
    effort: int
    """What :meth:`rough` costs, in postings copied."""
    is_exact: bool
    """Whether :meth:`rough` holds nothing that :meth:`test` refuses."""

    def walk(self) -> Iterable[int]:
        """The documents, cheapest first; some may come twice."""

    def test(self, docnum: int) -> bool:
        """Whether ``docnum`` is one of them."""

    def every(self) -> set[int] | Numbers:
        """All of them, each once."""

    def rough(self) -> set[int] | Numbers:
        """All of them and perhaps more, without a look at any text."""


class TermMatches:
    """Documents that hold exactly a term."""

    is_exact = True
    __slots__ = ("_postings", "cost", "effort")

    def __init__(self, postings: Numbers) -> None:
        self._postings = postings
        self.cost = self.effort = len(postings)

    def walk(self) -> Iterable[int]:
        """The postings."""
        return self._postings

    def test(self, docnum: int) -> bool:
        """A binary search."""
        return holds(self._postings, docnum)

    def every(self) -> Numbers:
        """The postings."""
        return self._postings

    rough = every


class PrefixMatches:
    """Documents with a term that starts with what was typed: one slice of the postings."""

    is_exact = True
    __slots__ = (
        "_documents",
        "_pattern",
        "_postings",
        "_prefix",
        "_tests",
        "_texts",
        "cost",
        "effort",
    )

    def __init__(self, field: FieldTerms, prefix: str, texts: Sequence[Texts] = ()) -> None:
        self._postings = field.starting(prefix.encode())
        self._texts = texts
        self._prefix = prefix
        self._pattern: re.Pattern[bytes] | None = None
        self._documents: set[int] | None = None
        self._tests = 0
        self.cost = self.effort = len(self._postings)

    def walk(self) -> Iterable[int]:
        """Term by term through the lexicon."""
        return self._postings

    def test(self, docnum: int) -> bool:
        """In a set when that is quickly made or there is no text, else on the stored text."""
        if self._documents is not None:
            return docnum in self._documents
        self._tests += 1
        is_worth_it = self._tests > _TESTS_ON_TEXT and self.cost <= _AS_A_SET
        if is_worth_it or not self._texts:
            self._documents = set(self._postings)
            return docnum in self._documents
        if self._pattern is None:
            self._pattern = _at_word_start(self._prefix)
        search = self._pattern.search
        return any(search(text[docnum]) is not None for text in self._texts)

    def every(self) -> set[int]:
        """Each document once."""
        if self._documents is None:
            self._documents = set(self._postings)
        return self._documents

    rough = every


def _at_word_start(prefix: str) -> re.Pattern[bytes]:
    before = rb"(?<![a-z])" if prefix[0].isalpha() and prefix[0].isascii() else b""
    before = rb"(?<![0-9])" if prefix[0].isdigit() else before
    return re.compile(before + re.escape(prefix.encode()))


class RunMatches:
    """Documents in one of whose ``texts`` a run of characters stands unbroken.

    ``is_exact`` when holding all the parts is known to be enough.
    """

    __slots__ = ("_needle", "_postings", "_texts", "cost", "effort", "is_exact")

    def __init__(
        self,
        field: FieldTerms,
        parts: Sequence[str],
        *,
        run: str,
        texts: Sequence[Texts],
        is_exact: bool = False,
    ) -> None:
        lists = [field.find(part.encode()) for part in set(parts)]
        self._postings = sorted(lists, key=len)
        self._needle = run.encode()
        self._texts = texts
        self.cost = len(self._postings[0])
        self.effort = sum(map(len, lists))
        self.is_exact = is_exact

    def walk(self) -> Iterator[int]:
        """Those that hold the rarest part, then checked on the stored text.

        Where few of many do, the other parts are brought in first.
        """
        first, *others = self._postings
        if len(first) < _INTERSECT_FROM or not others:
            yield from filter(self.test, first)
            return
        looked = first[:_TRIED]
        found = list(filter(self.test, looked))
        yield from found
        rest: Iterable[int] = first[_TRIED:]
        if len(found) * 4 < len(looked):
            rest = sorted(set(rest).intersection(*others))
        yield from filter(self.test, rest)

    def test(self, docnum: int) -> bool:
        """A look at the stored text."""
        needle = self._needle
        return any(needle in text[docnum] for text in self._texts)

    def every(self) -> set[int]:
        """All that :meth:`walk` finds."""
        rough = self.rough()
        return rough if self.is_exact else set(filter(self.test, rough))

    def rough(self) -> set[int]:
        """Those that hold all the parts."""
        first, *others = self._postings
        return set(first).intersection(*others)


class CheckedMatches:
    """Documents of ``wider`` that also pass ``check``."""

    is_exact = False
    __slots__ = ("_check", "_wider", "cost", "effort")

    def __init__(self, wider: Matches, check: Callable[[int], bool]) -> None:
        self._wider = wider
        self._check = check
        self.cost = wider.cost
        self.effort = wider.effort

    def walk(self) -> Iterator[int]:
        """Those of the wider that pass."""
        return filter(self._check, self._wider.walk())

    def test(self, docnum: int) -> bool:
        """Both."""
        return self._wider.test(docnum) and self._check(docnum)

    def every(self) -> set[int]:
        """All that pass."""
        return set(filter(self._check, self._wider.every()))

    def rough(self) -> set[int] | Numbers:
        """The wider."""
        return self._wider.rough()


class BothMatches:
    """Documents of two at once, found as a set."""

    is_exact = True
    __slots__ = ("_both", "_found", "cost", "effort")

    def __init__(self, one: Matches, other: Matches) -> None:
        self._both = (one, other)
        self._found: set[int] | None = None
        self.cost = min(one.cost, other.cost)
        self.effort = one.effort + other.effort

    def walk(self) -> Iterable[int]:
        """In order."""
        return sorted(self.every())

    def test(self, docnum: int) -> bool:
        """In the set."""
        return docnum in self.every()

    def every(self) -> set[int]:
        """What both hold."""
        if self._found is None:
            one, other = self._both
            self._found = set(one.every()).intersection(other.every()) if self.cost else set()
        return self._found

    rough = every


class AnyMatches:
    """Documents that satisfy at least one of several."""

    __slots__ = ("_choices", "cost", "effort", "is_exact")

    def __init__(self, choices: Iterable[Matches]) -> None:
        self._choices = [choice for choice in choices if choice.cost]
        self.cost = sum(choice.cost for choice in self._choices)
        self.effort = sum(choice.effort for choice in self._choices)
        self.is_exact = all(choice.is_exact for choice in self._choices)

    def walk(self) -> Iterable[int]:
        """One after the other."""
        return chain.from_iterable(choice.walk() for choice in self._choices)

    def test(self, docnum: int) -> bool:
        """Any of them."""
        return any(choice.test(docnum) for choice in self._choices)

    def every(self) -> set[int] | Numbers:
        """The union."""
        if len(self._choices) == 1:
            return self._choices[0].every()
        return set().union(*(choice.every() for choice in self._choices))

    def rough(self) -> set[int] | Numbers:
        """The union of the rough."""
        if len(self._choices) == 1:
            return self._choices[0].rough()
        return set().union(*(choice.rough() for choice in self._choices))


def one_of(choices: Sequence[Matches]) -> Matches:
    """The only one of ``choices`` that can match, or all of them as one."""
    useful = [choice for choice in choices if choice.cost]
    return useful[0] if len(useful) == 1 else AnyMatches(useful)


def all_of(matches: Sequence[Matches]) -> set[int] | Numbers:
    """The documents that satisfy every one of ``matches``."""
    found, unsure = candidates(matches)
    for match in unsure:
        found = set(filter(match.test, found))
    return found


def candidates(matches: Sequence[Matches]) -> tuple[set[int] | Numbers, list[Matches]]:
    """What may satisfy every one of ``matches``, and those that must still be tested.

    Postings are brought together as sets, the soonest taken first; where few are left, testing
    them is sooner done.
    """
    ordered = sorted(matches, key=lambda one: one.effort)
    found = ordered[0].rough()
    unsure = [] if ordered[0].is_exact else [ordered[0]]
    for other in ordered[1:]:
        if other.effort > _LOOK_AT_TEXT * len(found):
            unsure.append(other)
            continue
        found = set(found).intersection(other.rough())
        if not other.is_exact:
            unsure.append(other)
    return found, unsure
