"""Owns numbers as people write them in trade: grouped, with either decimal mark, in thousands.

Must not know what a number counts.
"""

from __future__ import annotations

import re
from decimal import Decimal

NUMBER = r"(?:\d{1,3}(?:[,.'’]\d{3})+(?:[.,]\d{1,4})?|\d+(?:[.,]\d{1,6})?|(?<!\d)[.]\d{1,6})(?!\d)"
MULTIPLIER = r"(?:\s?(?:k|thousand|tsd|千|万|萬|w)(?![A-Za-z/]))"
_TIMES = {
    **dict.fromkeys(("k", "thousand", "tsd", "千"), Decimal(1000)),
    **dict.fromkeys(("万", "萬", "w"), Decimal(10000)),
}
_GROUPED = re.compile(r"\d{1,3}(?P<mark>[,.'’])\d{3}(?:(?P=mark)\d{3})*(?:(?!(?P=mark))[.,]\d+)?")


def counted(text: str, multiplier: str = "") -> Decimal:
    """The count ``text`` writes: a single mark before three digits groups (5,000 and 5.000)."""
    times = _TIMES.get(multiplier.strip().lower(), Decimal(1))
    if _GROUPED.fullmatch(text) and not text.startswith("0"):
        mark = next(character for character in text if not character.isdigit())
        return _plain(text.replace(mark, "").replace(",", ".")) * times
    return _plain(text.replace(",", ".")) * times


def priced(text: str) -> Decimal:
    """The price ``text`` writes: a single point is always the decimal mark (1.250), a single
    comma is one unless three digits follow.
    """
    if text.count(".") == 1 and "," not in text and "'" not in text and "’" not in text:
        return _plain(text)
    return counted(text)


def _plain(digits: str) -> Decimal:
    whole, point, fraction = digits.rpartition(".")
    if not point:
        return Decimal(digits)
    return Decimal(f"{whole.replace('.', '') or '0'}.{fraction}")
