"""Owns the abbreviation that the headings of a database's table share: ``FORN_CIDADE``, ``FORN_UF``.

Must not know fields.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from app.sheets.lexicon import is_known_heading

_PREFIXED = re.compile(r"([^\W\d_][^\W_]{1,7})[_.](\w.*)", re.DOTALL)
_FEWEST = 3
_SHARE = 0.5

_Parts = tuple[str, ...]


def without_prefix(parts: Sequence[_Parts]) -> tuple[_Parts, ...]:
    """The headings without what most of them begin with, where it is no word that says whose they are."""
    found = Counter(
        match[1].lower() for part in parts if part and (match := _PREFIXED.fullmatch(part[-1]))
    )
    prefix, count = next(iter(found.most_common(1)), ("", 0))
    headed = sum(map(bool, parts))
    if count < _FEWEST or count < _SHARE * headed or is_known_heading(prefix):
        return tuple(parts)
    return tuple(_bare(part, prefix) for part in parts)


def _bare(part: _Parts, prefix: str) -> _Parts:
    match = _PREFIXED.fullmatch(part[-1]) if part else None
    is_prefixed = match is not None and match[1].lower() == prefix
    return (*part[:-1], match[2]) if match is not None and is_prefixed else part
