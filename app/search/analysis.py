"""Owns how text becomes terms: folding, Chinese bigrams, Latin words and codes whole and split.

Whoosh's stock analyzers find no Chinese word at all. Must not know about pinyin (``pinyin``) nor
phones and mails (``reach``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from app.kernel.text import fold

CJK = "\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U000323af"
"""The characters written without spaces, as the inside of a character class."""

_CJK_RUN = re.compile(f"[{CJK}]+")
_WORD = re.compile(f"[^\\W{CJK}_]+(?:[-_./+&'*×#][^\\W{CJK}_]+)*|[{CJK}]+")
_JOINTS = re.compile(r"[-_./+&'*×#]")
_LETTERS_OR_DIGITS = re.compile(r"\d+|[^\W\d_]+")

LONGEST_TERM = 40
LEAD_LENGTH = 28

LEGAL_WORDS = frozenset({"有限公司", "有限责任公司", "股份有限公司"})
"""Words every second company ends in; their characters never stand apart."""


def folded(text: str) -> str:
    """``text`` as terms and stored texts have it."""
    return fold(text)


def is_cjk(word: str) -> bool:
    """Whether ``word`` starts with a character written without spaces."""
    return _CJK_RUN.match(word) is not None


def squeezed(text: str) -> str:
    """``text`` without what joins the parts of a code: ``rgb-5050`` → ``rgb5050``."""
    return _JOINTS.sub("", text)


def words(text: str) -> list[str]:
    """The words of a folded text in order: runs of Chinese, and Latin words and codes whole.

    ``304不锈钢 rgb-5050`` → ``304``, ``不锈钢``, ``rgb-5050``.
    """
    return _WORD.findall(text)


def bigrams(run: str) -> list[str]:
    """The neighbouring pairs of a Chinese run; the run itself when it is one character."""
    if len(run) < 2:
        return [run]
    return [run[at : at + 2] for at in range(len(run) - 1)]


@lru_cache(maxsize=200_000)
def word_terms(word: str) -> tuple[str, ...]:
    """All terms under which a Latin word or code is found: whole, squeezed, its parts, its stem.

    ``rgb-5050`` → ``rgb-5050``, ``rgb5050``, ``rgb``, ``5050``; ``m8x20`` → also ``m8``…;
    ``bottles`` → ``bottles``, ``bottle``.
    """
    terms = [word[:LONGEST_TERM]]
    pieces = [piece for piece in _JOINTS.split(word) if piece]
    if len(pieces) > 1:
        terms.append("".join(pieces)[:LONGEST_TERM])
    for piece in pieces:
        terms.append(piece[:LONGEST_TERM])
        parts = _LETTERS_OR_DIGITS.findall(piece)
        if len(parts) > 1:
            terms += [part for part in parts if len(part) > 1 and len(part) < LONGEST_TERM]
        elif piece.isalpha():
            terms.append(stem(piece)[:LONGEST_TERM])
    return tuple(dict.fromkeys(terms))


def stem(word: str) -> str:
    """``word`` without the plural and the commonest endings of English, still a word.

    Light on purpose: bottles → bottle, batteries → battery, knives → knife, boxes → box; a stem is
    indexed beside the word, so a wrong one costs nothing but a term.
    """
    if len(word) < 4 or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("ches", "shes", "sses", "xes", "zes")):
        return word[:-2]
    if word.endswith("ives"):
        return word[:-3] + "fe"
    return word[:-1]


def terms(text: str) -> set[str]:
    """All terms of a folded text."""
    found: set[str] = set()
    for word in _WORD.findall(text):
        if word.isascii() or not _CJK_RUN.match(word):
            found.update(word_terms(word))
        else:
            found.update(word)
            found.update(map(str.__add__, word, word[1:]))
    return found


def terms_of(texts: Iterable[str]) -> set[str]:
    """All terms of several folded texts."""
    found: set[str] = set()
    for text in texts:
        found |= terms(text)
    return found


def lead(title: str) -> str:
    """The beginning of a folded title, by which names that start with a query are found."""
    return title[:LEAD_LENGTH]
