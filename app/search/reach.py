"""Owns how phones, mails and codes are found by the part a person remembers.

They have fields of their own: in the text they bloat the lexicon and make every prefix slow.
Must not judge whether a number is valid; what was typed is what is found.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from app.search.analysis import LONGEST_TERM, folded

GRAM = 4
_NOT_DIGIT = re.compile(r"\D+")
_BREAKS = re.compile(r"[\s\-./()（）]+")


def digits(text: str) -> str:
    """Only the digits of ``text``."""
    return _NOT_DIGIT.sub("", text)


def grams(number: str) -> set[str]:
    """Each run of four digits in ``number``; together they find any longer part."""
    return {number[at : at + GRAM] for at in range(len(number) - GRAM + 1)}


def mail_terms(mail: str) -> set[str]:
    """A mail address by itself, the name before the @, the domain and the domain's own words."""
    address = folded(mail)
    name, _, domain = address.partition("@")
    found = {address, name, domain, *domain.split(".")[:-1], *re.split(r"[._\-+]", name)}
    return {term[:LONGEST_TERM] for term in found if len(term) > 1}


def code_terms(code: str) -> set[str]:
    """A code as written, without its breaks, and from the places people start to read it at.

    A Unified Social Credit Code is also found by its organisation part and its last digits.
    """
    whole = folded(code)
    bare = _BREAKS.sub("", whole)
    found = {whole, bare}
    if len(bare) == 18:
        found |= {bare[2:], bare[8:], bare[-4:]}
    return {term[:LONGEST_TERM] for term in found if term}


def numbers(texts: Iterable[str]) -> list[str]:
    """The digit strings of at least four digits in ``texts``."""
    return [number for number in map(digits, texts) if len(number) >= GRAM]
