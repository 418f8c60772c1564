"""Owns the names of countries by their codes of ISO 3166, in the languages of the program, and back.

Must not guess: a name it doesn't know is no country. The importer knows many more languages.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping

from babel import Locale

from app.kernel.language import LANGUAGES
from app.kernel.text import fold

#: What Babel lists among the countries and is none.
_NO_COUNTRIES = frozenset(["EU", "EZ", "QO", "UN", "XA", "XB", "ZZ"])
#: What people write for a country whose full name is another.
_SHORT_NAMES = {
    "burma": "MM",
    "cote d'ivoire": "CI",
    "czech republic": "CZ",
    "england": "GB",
    "holland": "NL",
    "hong kong": "HK",
    "ivory coast": "CI",
    "korea": "KR",
    "macao": "MO",
    "macau": "MO",
    "myanmar": "MM",
    "p.r. china": "CN",
    "p.r.china": "CN",
    "prc": "CN",
    "the netherlands": "NL",
    "turkey": "TR",
    "u.a.e.": "AE",
    "u.k.": "GB",
    "u.s.a.": "US",
    "uae": "AE",
    "uk": "GB",
    "usa": "US",
    "viet nam": "VN",
    "中国台湾": "TW",
    "中国澳门": "MO",
    "中国香港": "HK",
    "澳门": "MO",
    "阿联酋": "AE",
    "香港": "HK",
}


@functools.cache
def territories(language: str) -> Mapping[str, str]:
    """The names of all countries in a language of the program, by code."""
    names = Locale.parse("zh_Hans_CN" if language == "zh_CN" else "en_GB").territories
    return {
        code: name
        for code, name in names.items()
        if len(code) == 2 and code.isalpha() and code not in _NO_COUNTRIES
    }


def territory(code: str, language: str) -> str:
    """The country's name, or the code where it is none."""
    return territories(language).get(code, code)


@functools.cache
def territory_names(code: str) -> tuple[str, ...]:
    """The country's names in the languages of the program, and the short ones people write."""
    whole = (territories(language).get(code) for language in LANGUAGES)
    short = (name for name, of in _SHORT_NAMES.items() if of == code)
    return tuple(filter(None, (*whole, *short)))


@functools.cache
def territory_codes() -> Mapping[str, str]:
    """The codes of all countries by their folded names, in both languages, and the short ones."""
    whole = {
        fold(name): code for language in LANGUAGES for code, name in territories(language).items()
    }
    return whole | _SHORT_NAMES


def territory_code(name: str) -> str | None:
    """The code of a country by its name in either language; ``None`` for anything else."""
    return territory_codes().get(fold(name))
