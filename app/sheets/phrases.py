"""Owns the phrases of the trade's languages that stand over columns, each with the fields it can stand for.

They are data (``resources/headings/*.toml``). Must not know how a heading is put together.
"""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Mapping

from app.kernel.text import fold
from resources import resource

_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_NOT_WORD = re.compile(r"[^\w#'%№〒]+")
#: In this order: of what a word means in several languages, the first one's meaning is the likeliest.
_LANGUAGES = (
    "zh",
    "en",
    "de",
    "es",
    "ru",
    "ko",
    "ja",
    "fr",
    "pl",
    "tr",
    "vi",
    "ar",
    "pt",
    "it",
    "nl",
    "id",
    "uk",
    "cs",
    "sv",
    "da",
    "hu",
    "ro",
    "fi",
    "el",
    "he",
    "th",
    "hi",
)


def heading_key(text: str) -> str:
    """``text`` as headings are compared: folded, punctuation and line breaks as single spaces."""
    spaced = _CAMEL.sub(" ", text).replace("_", " ")
    return _NOT_WORD.sub(" ", fold(spaced)).strip()


@functools.cache
def phrases() -> Mapping[str, tuple[str, ...]]:
    """Folded phrase → the fields it can stand for, the likeliest first."""
    found: dict[str, list[str]] = {}
    folder = resource("headings")
    for language in _LANGUAGES:
        content = tomllib.loads(folder.joinpath(f"{language}.toml").read_text(encoding="utf-8"))
        for field, names in content.items():
            for name in names:
                fields = found.setdefault(heading_key(name), [])
                if field not in fields:
                    fields.append(field)
    return {phrase: tuple(fields) for phrase, fields in found.items() if phrase}
