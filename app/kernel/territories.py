"""Owns the names of countries by their codes of ISO 3166, in the languages of the program, and back.

Must not guess: a name it doesn't know is no country. The importer knows many more languages.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping

from babel import Locale

from app.kernel.language import LANGUAGES
from app.kernel.text import fold


@functools.cache
def territories(language: str) -> Mapping[str, str]:
    """The names of all countries in a language of the program, by code."""
    names = Locale.parse("zh_Hans_CN" if language == "zh_CN" else "en_GB").territories
    return {code: name for code, name in names.items() if len(code) == 2 and code.isalpha()}


def territory(code: str, language: str) -> str:
    """The country's name, or the code where it is none."""
    return territories(language).get(code, code)


@functools.cache
def _codes() -> Mapping[str, str]:
    return {
        fold(name): code for language in LANGUAGES for code, name in territories(language).items()
    }


def territory_code(name: str) -> str | None:
    """The code of a country by its whole name in either language; ``None`` for anything else."""
    return _codes().get(fold(name))
