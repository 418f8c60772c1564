"""Owns customs tariff codes (HS): text with leading zeros, of 6, 8, 10 or 13 digits.

Six digits are the same world-wide (chapter, heading, subheading); China has 8 for the tariff, 10
with supervision and 13 with inspection. Must not know rebate rates; they are dated data.
"""

from __future__ import annotations

import re
import unicodedata

LENGTHS = (6, 8, 10, 13)
_FORM = re.compile(r"\d[\d.\s\-]*\d")


def parse_hs_code(text: str) -> str | None:
    """The digits of the code in ``text`` (``0902 20 90 00``, ``6911.10``), or ``None``.

    Refuses other lengths and chapters that do not exist (00, 77 and above 99).
    """
    written = unicodedata.normalize("NFKC", text).strip()
    if not _FORM.fullmatch(written):
        return None
    digits = re.sub(r"\D", "", written)
    if len(digits) not in LENGTHS or digits[:2] in ("00", "77"):
        return None
    return digits


def with_lost_zero(text: str) -> str | None:
    """The code a number was before a spreadsheet dropped its first zero (``902209000``), or ``None``."""
    written = text.strip()
    return parse_hs_code("0" + written) if written.isdigit() else None
