"""Owns the reference tables about companies' names: legal forms, business words, places, free mail.

The tables are data under ``resources/reference``. Must not compare names; ``names`` does.
"""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass

from resources import resource


@dataclass(frozen=True, slots=True)
class Place:
    """A Chinese city, county or province, its Latin name without spaces, and its province."""

    chinese: str
    latin: str
    province: str


@dataclass(frozen=True, slots=True)
class CompanyWords:
    """The words of ``company_words.toml``."""

    legal_chinese: frozenset[str]
    #: The lengths of Chinese legal forms, longest first.
    legal_chinese_sizes: tuple[int, ...]
    legal_latin: frozenset[tuple[str, ...]]
    spellings: Mapping[str, str]
    business: Mapping[str, str]
    business_latin: frozenset[str]
    #: Words of the longest Latin legal form.
    longest_legal_latin: int
    #: The words of ``business`` by their first character, with their place in its order.
    business_by_first: Mapping[str, tuple[tuple[int, str], ...]]


@functools.cache
def company_words() -> CompanyWords:
    """The table, read once."""
    content = tomllib.loads(_text("company_words.toml"))
    business = content["business"]
    ordered = sorted(business, key=len, reverse=True)
    legal_chinese = frozenset(content["legal_zh"])
    legal_latin = frozenset(tuple(form.split()) for form in content["legal_latin"])
    by_first: dict[str, list[tuple[int, str]]] = {}
    for place, word in enumerate(ordered):
        by_first.setdefault(word[0], []).append((place, word))
    return CompanyWords(
        legal_chinese=legal_chinese,
        legal_chinese_sizes=tuple(sorted(set(map(len, legal_chinese)), reverse=True)),
        legal_latin=legal_latin,
        spellings=content["spellings"],
        business={word: business[word] for word in ordered},
        business_latin=frozenset(word for text in business.values() for word in text.split()),
        longest_legal_latin=max(map(len, legal_latin)),
        business_by_first={first: tuple(words) for first, words in by_first.items()},
    )


@functools.cache
def chinese_places() -> Mapping[str, Place]:
    """Places by their Chinese name."""
    lines = (line.split() for line in _text("chinese_places.txt").splitlines())
    return {parts[0]: Place(*parts) for parts in lines if parts and parts[0] != "#"}


@functools.cache
def latin_places() -> Mapping[str, Place]:
    """Places by their Latin name; the first of those that share one."""
    places: dict[str, Place] = {}
    for place in chinese_places().values():
        places.setdefault(place.latin, place)
    return places


@functools.cache
def free_mail_domains() -> frozenset[str]:
    """Domains anyone can have an address at."""
    lines = (line.strip() for line in _text("free_mail_domains.txt").splitlines())
    return frozenset(line for line in lines if line and not line.startswith("#"))


def _text(file: str) -> str:
    return resource("reference", file).read_text(encoding="utf-8")
