"""Owns quantities in cells: ``500个起``, ``MOQ: 2000 pcs/款``, ``24pcs/ctn``, ``2x40HQ``.

Must not know columns.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from app.kernel.quantities import unit_named
from app.kernel.wording.numbers import WRITTEN_MULTIPLIER
from app.sheets.cells.numbers import NUMBER, number_of, times_after
from app.sheets.cells.reading import Hints, folded


@dataclass(frozen=True, slots=True)
class CellQuantity:
    """An amount of a unit (``None`` where nobody said it) or of containers such as ``40HQ``."""

    amount: Decimal
    unit: str | None = None
    container: str | None = None


_CONTAINER = re.compile(
    r"(?:(?P<count>\d{1,3})\s*[x×*]\s*)?(?P<size>20|40|45)\s*(?:'|’|′|ft\.?|feet|foot|尺)?\s*-?"
    r"(?P<kind>hq|hc|gp|dv|dc|rf|high\s?cube|高柜|平柜|柜|fcl|containers?|cntr)s?(?![A-Za-z])",
    re.IGNORECASE,
)
_NUMBER = re.compile(rf"(?:^[-−])?(?<![\w.,])(?:{NUMBER})")
_UNIT = re.compile(rf"{WRITTEN_MULTIPLIER}?\s*([^\W\d_]{{1,12}}\.?)", re.IGNORECASE)


def _unit(word: str) -> str | None:
    """The unit a word begins with: Chinese leaves no blank behind it (``个起``)."""
    if word.isascii():
        return unit_named(word)
    ends = range(len(word), 0, -1)
    return next((code for end in ends if (code := unit_named(word[:end])) is not None), None)


#: ``24/144``, ``1/24``: so many in the inner box, so many in the carton; ``12*6`` boxes of as many.
_PACKED = re.compile(
    r"(?P<first>\d{1,5})\s?(?P<unit>[^\W\d_]{1,4})?\s?(?P<sign>[/*x×])\s?(?P<last>\d{1,5})\s?(?P<unit_2>[^\W\d_]{1,4})?(?:\s?=\s?\d+\s?[^\W\d_]{0,4})?",
    re.IGNORECASE,
)


def read_packed(text: str, hints: Hints) -> tuple[CellQuantity, CellQuantity | None] | None:
    """How many a carton holds, and an inner box where that is said; ``None`` for a plain quantity."""
    said = folded(text).strip()
    parted = _PACKED.fullmatch(said)
    if parted is None or _CONTAINER.search(said):
        return None
    first, last = Decimal(parted["first"]), Decimal(parted["last"])
    unit = _unit(parted["unit"] or parted["unit_2"] or "") or hints.unit
    if parted["sign"] != "/":
        return CellQuantity(first * last, unit), None
    if not 0 < first <= last or last % first:
        return None
    return CellQuantity(last, unit), CellQuantity(first, unit)


def read_quantity(text: str, hints: Hints) -> CellQuantity | None:
    """The first quantity said in ``text``."""
    said = folded(text)
    if match := _CONTAINER.search(said):
        is_high = re.match(r"h|高", match["kind"], re.IGNORECASE) is not None
        kind = match["size"] + ("HQ" if is_high else "GP")
        return CellQuantity(Decimal(match["count"] or 1), None, kind)
    match = _NUMBER.search(said)
    if match is None:
        return None
    number = number_of(match[0].strip(), decimal_comma=hints.decimal_comma)
    if number is None:
        return None
    after = _UNIT.match(said, match.end())
    unit = _unit(after[1]) if after else None
    amount = number * times_after(said, match.end())
    return CellQuantity(amount, unit or hints.unit)
