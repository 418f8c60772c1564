"""Owns how one word is matched in one segment: what it costs, walking it, testing one document.

Walk the postings lazily and stop early (as you type), or test a document another word has found;
taking them all is for ``masks``. Must not rank.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain

from app.search.codec import FieldTerms, Numbers, Texts, holds

_AS_A_SET = 30_000
_TESTS_ON_TEXT = 60
_INTERSECT_FROM = 1_000
_TRIED = 200

# All matches tell their ``cost``, the documents a walk looks at; their ``effort``, the postings that
# hold them all; and whether they are ``is_exact``: a document in those postings needs no test.
# ``walk`` gives the documents, cheapest first, some perhaps twice; ``test`` judges one.


class TermMatches:
    """Documents that hold exactly a term."""

    is_exact = True
    __slots__ = ("cost", "effort", "postings")

    def __init__(self, postings: Numbers) -> None:
        self.postings = postings
        self.cost: int = len(postings)
        self.effort = self.cost

    def walk(self) -> Iterable[int]:
        """The postings."""
        return self.postings

    def test(self, docnum: int) -> bool:
        """A binary search."""
        return holds(self.postings, docnum)


class PrefixMatches:
    """Documents with a term that starts with what was typed: one slice of the postings."""

    is_exact = True
    __slots__ = (
        "_documents",
        "_pattern",
        "_prefix",
        "_tests",
        "_texts",
        "cost",
        "effort",
        "postings",
    )

    def __init__(self, field: FieldTerms, prefix: str, texts: Sequence[Texts] = ()) -> None:
        self.postings = field.starting(prefix.encode())
        self._texts = texts
        self._prefix = prefix
        self._pattern: re.Pattern[bytes] | None = None
        self._documents: set[int] | None = None
        self._tests = 0
        self.cost: int = len(self.postings)
        self.effort = self.cost

    def walk(self) -> Iterable[int]:
        """Term by term through the lexicon."""
        return self.postings

    def test(self, docnum: int) -> bool:
        """In a set when that is quickly made or there is no text, else on the stored text."""
        if self._documents is not None:
            return docnum in self._documents
        self._tests += 1
        is_worth_it = self._tests > _TESTS_ON_TEXT and self.cost <= _AS_A_SET
        if is_worth_it or not self._texts:
            self._documents = set(self.postings)
            return docnum in self._documents
        if self._pattern is None:
            self._pattern = _at_word_start(self._prefix)
        search = self._pattern.search
        return any(search(text[docnum]) is not None for text in self._texts)


def _at_word_start(prefix: str) -> re.Pattern[bytes]:
    before = rb"(?<![a-z])" if prefix[0].isalpha() and prefix[0].isascii() else b""
    before = rb"(?<![0-9])" if prefix[0].isdigit() else before
    return re.compile(before + re.escape(prefix.encode()))


class RunMatches:
    """Documents in one of whose ``texts`` a run of characters stands unbroken.

    ``is_exact`` when holding all the parts is known to be enough.
    """

    __slots__ = ("cost", "effort", "is_exact", "needle", "postings", "texts")

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
        self.postings = sorted(lists, key=len)
        self.needle = run.encode()
        self.texts = texts
        self.cost = len(self.postings[0])
        self.effort = sum(map(len, lists))
        self.is_exact = is_exact

    def walk(self) -> Iterator[int]:
        """Those that hold the rarest part, then checked on the stored text.

        Where few of many do, the other parts are brought in first.
        """
        first, *others = self.postings
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
        needle = self.needle
        return any(needle in text[docnum] for text in self.texts)


class CheckedMatches:
    """Documents of ``wider`` that also pass ``check``."""

    is_exact = False
    __slots__ = ("_check", "cost", "effort", "wider")

    def __init__(self, wider: Matches, check: Callable[[int], bool]) -> None:
        self.wider = wider
        self._check = check
        self.cost: int = wider.cost
        self.effort: int = wider.effort

    def walk(self) -> Iterator[int]:
        """Those of the wider that pass."""
        return filter(self._check, self.wider.walk())

    def test(self, docnum: int) -> bool:
        """Both."""
        return self.wider.test(docnum) and self._check(docnum)


class BothMatches:
    """Documents with a term of each of two prefixes, found as a set."""

    is_exact = True
    __slots__ = ("_found", "both", "cost", "effort")

    def __init__(self, one: PrefixMatches, other: PrefixMatches) -> None:
        self.both = (one, other)
        self._found: set[int] | None = None
        self.cost = min(one.cost, other.cost)
        self.effort = one.effort + other.effort

    def walk(self) -> Iterable[int]:
        """In order."""
        return sorted(self._documents())

    def test(self, docnum: int) -> bool:
        """In the set."""
        return docnum in self._documents()

    def _documents(self) -> set[int]:
        if self._found is None:
            one, other = self.both
            self._found = set(one.postings).intersection(other.postings) if self.cost else set()
        return self._found


class AnyMatches:
    """Documents that satisfy at least one of several."""

    __slots__ = ("choices", "cost", "effort", "is_exact")

    def __init__(self, choices: Iterable[Matches]) -> None:
        self.choices = [choice for choice in choices if choice.cost]
        self.cost: int = sum(choice.cost for choice in self.choices)
        self.effort: int = sum(choice.effort for choice in self.choices)
        self.is_exact: bool = all(choice.is_exact for choice in self.choices)

    def walk(self) -> Iterable[int]:
        """One after the other."""
        return chain.from_iterable(choice.walk() for choice in self.choices)

    def test(self, docnum: int) -> bool:
        """Any of them."""
        return any(choice.test(docnum) for choice in self.choices)


Matches = TermMatches | PrefixMatches | RunMatches | CheckedMatches | BothMatches | AnyMatches
"""The documents of one segment that satisfy one word."""


def one_of(choices: Sequence[Matches]) -> Matches:
    """The only one of ``choices`` that can match, or all of them as one."""
    useful = [choice for choice in choices if choice.cost]
    return useful[0] if len(useful) == 1 else AnyMatches(useful)
