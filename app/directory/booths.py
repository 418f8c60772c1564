"""Owns booth numbers of fairs and the order in which one walks past them.

Canton Fair booths are Hall.FloorAisleNumber (``9.2B29``, ``10.3E15-16``). They change every
session, so a booth belongs to a fair, an edition and a phase. Must not store booths.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from dataclasses import dataclass

_CANTON = re.compile(
    r"(?:hall|booth(?:\s*no)?|stand|area|展馆|展位号?|馆|摊位号?)?[\s.:#]*"
    r"(?P<area>[ABCD](?=\s*\d))?\s*(?P<hall>\d{1,2})\s*[.\-]\s*(?P<floor>\d)\s*[\s\-/]*"
    r"(?P<aisle>[A-Z]{1,2})\s*-?\s*(?P<first>\d{1,3})"
    r"(?:\s*[\-~,/、&]\s*(?:(?P=aisle))?(?P<last>\d{1,3}))*",
    re.IGNORECASE,
)
_RUNS = re.compile(r"\d+|[^\W\d_]+")
_MOST_DIGITS = 18


@dataclass(frozen=True, slots=True)
class Booth:
    """A booth, or several side by side from ``first`` to ``last``."""

    hall: int
    floor: int
    aisle: str
    first: int
    last: int

    @property
    def text(self) -> str:
        """``10.3E15-16``: as the fair writes it."""
        number = (
            f"{self.first:02}" if self.first == self.last else f"{self.first:02}-{self.last:02}"
        )
        return f"{self.hall}.{self.floor}{self.aisle}{number}"


@functools.lru_cache(maxsize=16_384)
def parse_booth(text: str) -> Booth | None:
    """The Canton Fair booth in ``text`` (``9.2 B 29``, ``10.3E15,E16``), or ``None``."""
    found = _CANTON.fullmatch(_written(text))
    if found is None:
        return None
    first, last = int(found["first"]), int(found["last"] or found["first"])
    return Booth(
        hall=int(found["hall"]),
        floor=int(found["floor"]),
        aisle=found["aisle"].upper(),
        first=min(first, last),
        last=max(first, last),
    )


def walking_order(text: str) -> tuple[tuple[int, int, str], ...]:
    """A key that sorts booths as one walks: hall, floor, aisle, number.

    Booths of other fairs sort by their numbers and letters in turn, ``A9`` before ``A10``; text
    without either comes last.
    """
    booth = parse_booth(text)
    if booth is None:
        runs = _RUNS.findall(_written(text).upper())
        parts = [(0, int(run), "") if _is_number(run) else (1, 0, run) for run in runs]
        return tuple(parts) or ((2, 0, ""),)
    return (
        (0, booth.hall, ""),
        (0, booth.floor, ""),
        (1, 0, booth.aisle),
        (0, booth.first, ""),
        (0, booth.last, ""),
    )


def _is_number(run: str) -> bool:
    """Whether it is a number that can be counted with; a cell may hold a million digits."""
    return run.isdecimal() and len(run) <= _MOST_DIGITS


@functools.lru_cache(maxsize=16_384)
def walking_key(text: str) -> str:
    """:func:`walking_order` as text that sorts alike, for storing."""
    return " ".join(f"{kind}{number:06d}{word}" for kind, number, word in walking_order(text))


def _written(text: str) -> str:
    wide = unicodedata.normalize("NFKC", text).replace("—", "-").replace("–", "-")
    return wide.strip()
