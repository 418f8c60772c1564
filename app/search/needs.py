"""Owns what typed words ask of a document, and where in a segment that is looked up.

A :class:`Need` is one word; for a segment it becomes matches in the names, in the goods, anywhere
or by sound. Must not combine needs or rank what they find.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from app.search import analysis, pinyin, reach
from app.search.codec import FieldTerms, Texts
from app.search.matches import (
    BothMatches,
    CheckedMatches,
    Matches,
    PrefixMatches,
    RunMatches,
    TermMatches,
    one_of,
)
from app.search.segments import Leaf

_PHONE = re.compile(r"^\+?[\d\s\-.()（）]{6,}$")
_JOINTS = re.compile(r"[-_./+&'*×#\s()（）]")
_SCHEME = re.compile(r"\bhttps?://")
_LETTER = re.compile(r"[^\W\d_]")
_LETTERS_AND_DIGITS = re.compile(r"[^\W\d_]{2,}|\d{2,}")
_LONGEST_SOUND = 40
_LONGEST_QUERY = 200
_NOTHING = TermMatches(())


@dataclass(frozen=True, slots=True)
class Need:
    """One folded word; ``is_open`` when it may go on (it is still being typed)."""

    word: str
    is_open: bool = False
    is_number: bool = False
    is_mail: bool = False

    @property
    def digits(self) -> str:
        """The digits of a phone number or of a part of one; none of a code with letters."""
        return reach.digits(self.word) if self.is_number and not _LETTER.search(self.word) else ""

    @property
    def may_be_sound(self) -> bool:
        """Whether the word could be pinyin."""
        word = self.word
        return len(word) <= _LONGEST_SOUND and word.isascii() and word.isalpha()

    def in_names(self, leaf: Leaf) -> Matches:
        """Documents with the word in a name or code."""
        if self.is_mail:
            return _NOTHING
        return self._in_field(leaf.field("name"), (leaf.names,))

    def in_goods(self, leaf: Leaf) -> Matches:
        """Documents with the word in a product's name."""
        if self.is_mail or self.is_number:
            return _NOTHING
        return self._in_field(leaf.field("goods"), (leaf.body,))

    def anywhere(self, leaf: Leaf) -> Matches:
        """Documents with the word anywhere, phones, mails and codes included."""
        ways: list[Matches] = []
        if not self.is_mail:
            ways.append(self._in_field(leaf.field("text"), (leaf.names, leaf.body)))
        if not analysis.is_cjk(self.word):
            ways.append(self._in_reach(leaf))
        digits = self.digits
        if digits:
            parts = sorted(reach.grams(digits))
            ways.append(RunMatches(leaf.field("digits"), parts, run=digits, texts=(leaf.reach,)))
        return one_of(ways)

    def by_sound(self, leaf: Leaf) -> Matches:
        """Documents with a Chinese name that sounds like the word."""
        if not self.may_be_sound:
            return _NOTHING
        typed = pinyin.without_legal_tail(self.word) or self.word
        whole = self._whole_syllables(leaf, typed)
        initials = self._initials(leaf, typed)
        if whole.cost or initials.cost or len(typed) < 3 or self._is_written(leaf):
            return one_of((whole, initials))
        return self._mixed(leaf, typed)

    def by_any_sound(self, leaf: Leaf) -> Matches:
        """Documents with the word as written or by its sound: in a name, in the goods, in the place."""
        return one_of((self.anywhere(leaf), self.heard(leaf)))

    def heard(self, leaf: Leaf) -> Matches:
        """Documents with a Chinese name, goods or a place that sounds like the word."""
        ways = [self.by_sound(leaf)]
        if self.may_be_sound and pinyin.is_whole(self.word):
            cut = pinyin.spelled(self.word)
            head = "".join(cut[: pinyin.SYLLABLES_A_TERM])
            spoken = PrefixMatches(leaf.field("spoken"), head)
            is_longer = len(cut) > pinyin.SYLLABLES_A_TERM
            check = _sounds_in(leaf.body, self.word)
            ways.append(CheckedMatches(spoken, check) if is_longer else spoken)
        return one_of(ways)

    def _is_written(self, leaf: Leaf) -> bool:
        first, last = leaf.field("text").span(self.word.encode())
        return first < last

    def _whole_syllables(self, leaf: Leaf, typed: str) -> Matches:
        field = leaf.field("whole")
        cut = pinyin.spelled(typed)
        if len(cut) <= pinyin.SYLLABLES_A_TERM:
            return PrefixMatches(field, typed)
        head = "".join(cut[: pinyin.SYLLABLES_A_TERM])
        wider = TermMatches(field.find(head.encode()))
        return CheckedMatches(wider, _sounds_in(leaf.names, typed))

    def _initials(self, leaf: Leaf, typed: str) -> Matches:
        field = leaf.field("initials")
        if len(typed) <= pinyin.INITIALS_A_TERM:
            return PrefixMatches(field, typed)
        wider = TermMatches(field.find(typed[: pinyin.INITIALS_A_TERM].encode()))
        return CheckedMatches(wider, _sounds_in(leaf.names, typed))

    def _mixed(self, leaf: Leaf, typed: str) -> Matches:
        initials, whole = leaf.field("initials"), leaf.field("whole")
        ways = [
            BothMatches(
                PrefixMatches(initials, letters[: pinyin.INITIALS_A_TERM]),
                PrefixMatches(whole, stretch),
            )
            for letters, stretch in pinyin.mixed(typed)
        ]
        return CheckedMatches(one_of(ways), _sounds_in(leaf.names, typed))

    def _in_field(self, field: FieldTerms, texts: Sequence[Texts]) -> Matches:
        word = self.word
        if analysis.is_cjk(word):
            if len(word) <= 2:
                return TermMatches(field.find(word.encode()))
            return RunMatches(
                field,
                analysis.bigrams(word),
                run=word,
                texts=texts,
                is_exact=word in analysis.LEGAL_WORDS,
            )
        if self.is_open:
            return one_of(
                [PrefixMatches(field, word[: analysis.LONGEST_TERM], texts), *_stems(field, word)]
            )
        exact = TermMatches(field.find(word[: analysis.LONGEST_TERM].encode()))
        if exact.cost == 0 and _JOINTS.search(word):
            squeezed = _JOINTS.sub("", word)
            exact = TermMatches(field.find(squeezed.encode()))
        return one_of([exact, *_stems(field, word)])

    def _in_reach(self, leaf: Leaf) -> Matches:
        field = leaf.field("contact")
        word = self.digits or self.word[: analysis.LONGEST_TERM]
        if self.is_open or self.is_number or self.is_mail:
            return PrefixMatches(field, word, (leaf.reach,))
        return TermMatches(field.find(word.encode()))


def _stems(field: FieldTerms, word: str) -> list[Matches]:
    root = analysis.stem(word)
    return [] if root == word else [TermMatches(field.find(root.encode()))]


def _sounds_in(texts: Texts, typed: str) -> Callable[[int], bool]:
    def sounds(docnum: int) -> bool:
        return any(
            pinyin.sounds_like(typed, text) for text in texts[docnum].decode().split("\n") if text
        )

    return sounds


def needs_of(typed: str, *, is_open: bool) -> list[Need]:
    """The needs of typed text; with ``is_open`` the last word may go on unless a space follows."""
    text = _SCHEME.sub("", analysis.folded(typed[:_LONGEST_QUERY]))
    last_is_open = is_open and not typed[-1:].isspace()
    if _PHONE.match(text) and len(reach.digits(text)) >= reach.GRAM:
        return [Need(text, is_open=last_is_open, is_number=True)]
    found: list[Need] = []
    for token in text.split(" "):
        if "@" in token and len(token) > 1:
            found.append(Need(token.strip("@"), is_mail=True, is_open=last_is_open))
            continue
        found += [_need(word) for word in analysis.words(token)]
    if found and last_is_open:
        last = found[-1]
        found[-1] = Need(last.word, True, last.is_number, last.is_mail)
    return list(dict.fromkeys(found))


def _need(word: str) -> Need:
    return Need(word, is_number=len(reach.digits(word)) >= reach.GRAM)


def in_parts(need: Need) -> list[Need]:
    """A code's parts as needs of their own: ``rgb-5050`` and ``rgb5050`` → ``rgb``, ``5050``."""
    parts = [part for part in _JOINTS.split(need.word) if part]
    pieces = _LETTERS_AND_DIGITS.findall(need.word)
    if len(parts) < 2 and "".join(pieces) == need.word:
        parts = pieces
    if len(parts) < 2 or need.is_mail:
        return [need]
    *before, last = parts
    return [*map(_need, before), replace(_need(last), is_open=need.is_open)]
