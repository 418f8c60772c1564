"""Owns which names of markets a country goes by: its own, its region's, in both languages.

Must not know suppliers or buyers.
"""

from __future__ import annotations

import functools
import re
import tomllib

from app.kernel.language import LANGUAGES
from app.kernel.territories import territory
from app.kernel.text import fold
from resources import resource

_BETWEEN = re.compile(r"[,，;；、/|\n]| and |&")
_SHORT_NAMES = {"US": ("USA", "United States"), "GB": ("UK", "England", "英国"), "AE": ("UAE",)}


@functools.cache
def market_names(country: str) -> frozenset[str]:
    """The folded names of the markets ``country`` (ISO 3166) belongs to."""
    content = tomllib.loads(resource("reference", "markets.toml").read_text(encoding="utf-8"))
    names = {country, *_SHORT_NAMES.get(country, ())}
    names.update(territory(country, language) for language in LANGUAGES)
    for region in content.values():
        if region["countries"] == "*" or country in region["countries"].split():
            names.update(region["names"])
    return frozenset(map(fold, names))


@functools.cache
def shared_market(markets: str, country: str) -> str | None:
    """The one of a supplier's ``markets``, as written, that ``country`` belongs to; None for none."""
    known = market_names(country)
    parts = (part.strip() for part in _BETWEEN.split(markets))
    return next((part for part in parts if fold(part) in known), None)
