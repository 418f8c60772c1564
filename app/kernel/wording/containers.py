"""Owns reading quantities told in containers: 2x40HQ, one 20ft container, 1x20ft.

Must not read other quantities, nor say what fits a container.
"""

from __future__ import annotations

import re
from decimal import Decimal

from app.kernel.wording.amounts import SpokenQuantity
from app.kernel.wording.spans import Found, Sheet

_CONTAINER = re.compile(
    r"(?<![\w.])(?:(?P<count>\d{1,3}|one|two|three|an?|一|两|三)\s?[x×*]?\s?)?"
    r"(?P<size>20|40|45)\s?(?:(?:'|’|′|ft|feet|尺)?\s?-?"
    r"(?P<kind>hq|hc|gp|dv|reefer|high ?cube|高柜|平柜|小柜|大柜|containers?|fcl|柜|货柜)(?![A-Za-z])"
    r"|(?<=[1-9][x×*](?:20|40|45))\s?(?:'|’|′|ft(?![A-Za-z])))",
    re.IGNORECASE | re.ASCII,
)
_CONTAINER_CUES = (
    "hq",
    "hc",
    "gp",
    "dv",
    "reefer",
    "cube",
    "柜",
    "container",
    "fcl",
    "ft",
    "'",
    "’",
    "′",
)
_WORDS = {"one": 1, "two": 2, "three": 3, "a": 1, "an": 1, "一": 1, "两": 2, "三": 3}


def take_containers(sheet: Sheet) -> list[Found[SpokenQuantity]]:
    """Quantities told in containers (``2x40HQ``, ``one 20ft container``); taken off the sheet."""
    return sheet.take(_CONTAINER, _container) if sheet.mentions(*_CONTAINER_CUES) else []


def _container(match: re.Match[str]) -> SpokenQuantity:
    said = (match["count"] or "1").lower()
    count = Decimal(_WORDS[said]) if said in _WORDS else Decimal(said)
    high = re.match(r"h|高", match["kind"] or "", re.IGNORECASE)
    return SpokenQuantity(count, "container", match["size"] + ("HQ" if high else "GP"))
