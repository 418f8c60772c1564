"""Owns what words for room and number mean by their cells: ``Volume`` in cubic metres, pieces or litres,
whole numbers below a carton, ranges of quantities.

Must not look at the headings of other columns but the unit's.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from app.kernel.quantities import unit_named
from app.sheets.grid import Value
from app.sheets.headings import readings
from app.sheets.layout import TableRegion
from app.sheets.layout.shapes import text_of
from app.sheets.tiers import tier_of

#: Words that count goods as well as cubic metres.
VOLUMES = frozenset(
    [
        "volume", "vol", "volumes", "volumen", "объем", "об'єм", "обсяг", "objem", "objetosc", "volum", "volym",
    ]
)  # fmt: skip
_OF_PIECES = re.compile(
    r"(?<![^\W\d_])(?:pcs|pieces?|units?|sets?|pairs?|stk|stück|szt|uds?|unidades|шт|штук|ед|компл)(?![^\W\d_])",
    re.IGNORECASE,
)
_OF_LITRES = re.compile(r"[\d.,]+\s*(?:ml|cl|l|lit(?:er|re)s?|мл|л|литр\w*|oz)\.?", re.IGNORECASE)
#: What a square metre of cloth or paper weighs.
_OF_CLOTH = re.compile(r"gsm|g\s?/\s?(?:m2|m²|㎡|sqm|平方)|克/平", re.IGNORECASE)
_WHOLE = re.compile(r"\d{1,3}(?:[ ,.'’]\d{3})+|\d+")
#: A carton of ten cubic metres fits into no container's door.
_MOST_CUBIC_METRES = 10
_LOOKED_AT = 60
_MOSTLY = 0.7


#: What the cells say more of than the heading.
TOLD_BY_CELLS = frozenset(["cbm", "carton_size", "quantity", "weight"])


def told_by_cells(
    field: str, word: str, region: TableRegion, place: int, *, has_steps: bool
) -> str:
    """The field that a heading for one of ``TOLD_BY_CELLS`` means over its cells; empty for none.

    ``has_steps`` says whether prices stand there that may go by the quantity.
    """
    if field == "cbm":
        return _meant_by_volume(region, place) if word in VOLUMES else field
    texts = [text for row in region.rows[:_LOOKED_AT] if (text := text_of(row[place]).strip())]
    if field == "weight":
        said = (region.headings[place], *texts)
        return "" if any(map(_OF_CLOTH.search, said)) else field
    if field == "carton_size":
        return "pcs_per_carton" if texts and all(map(_WHOLE.fullmatch, texts)) else field
    steps = sum(tier is not None and not tier.is_exact for tier in map(tier_of, texts))
    return "price_tier" if has_steps and steps and steps >= _MOSTLY * len(texts) else field


def _meant_by_volume(region: TableRegion, place: int) -> str:
    """The field that a bare ``Volume`` is: ``cbm``, ``quantity``, ``size``, or none."""
    texts = [text for row in region.rows[:_LOOKED_AT] if (text := text_of(row[place]).strip())]

    def mostly(said: Callable[[str], object]) -> bool:
        return bool(texts) and sum(map(bool, map(said, texts))) >= _MOSTLY * len(texts)

    if _OF_PIECES.search(region.headings[place]) or mostly(_OF_PIECES.search):
        return "quantity"
    if mostly(_OF_LITRES.fullmatch):
        return "size"
    if not mostly(_is_too_much):
        return "cbm"
    return "quantity" if _counts_in_units(region) else ""


def _is_too_much(text: str) -> bool:
    """Whether ``text`` is a whole number that no carton has of cubic metres."""
    return (
        _WHOLE.fullmatch(text) is not None
        and int("".join(filter(str.isdigit, text))) > _MOST_CUBIC_METRES
    )


def _counts_in_units(region: TableRegion) -> bool:
    """Whether a column tells what the goods are counted in."""
    for place, parts in enumerate(region.heading_parts):
        if any(meaning.field == "unit" for meaning in readings(parts)[:1]):
            return any(_is_unit(row[place]) for row in region.rows[:_LOOKED_AT])
    return False


def _is_unit(value: Value) -> bool:
    return unit_named(text_of(value).strip()) is not None
