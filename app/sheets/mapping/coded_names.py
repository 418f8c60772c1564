"""Owns columns of companies whose names stand behind a code in the same cell: ``C001 Hongda Co., Ltd``.

Must not read cells for records; the readers do.
"""

from __future__ import annotations

import re

from app.kernel.messages import Message
from app.sheets.cells.codes import code_and_name
from app.sheets.cells.reading import tidy
from app.sheets.layout import TableRegion
from app.sheets.layout.shapes import text_of
from app.sheets.mapping.columns import ColumnMapping, column_of
from app.sheets.targets import Kind

#: What such a column is taken for.
CODED_NAME = ("company_code", "company")
_BY_PERSON = Message("mapping.why_person")
_LETTERS = re.compile(r"[^a-z]+")
_LOOKED_AT = 200
_FEWEST = 3
_MOSTLY = 0.8
#: Codes of one list begin alike.
_MOST_BEGINNINGS = 3


def part_codes_from_names(
    region: TableRegion, rules: Kind, chosen: dict[int, ColumnMapping]
) -> None:
    """Takes a column of companies for codes and names where nearly each of its cells begins with a code."""
    fields = {field for mapping in chosen.values() for field in mapping.fields}
    place = next((p for p, mapping in chosen.items() if mapping.fields == ("company",)), None)
    if place is None or "company_code" in fields or "company_code" not in rules.fields:
        return
    if chosen[place].why != _BY_PERSON and _are_coded(region, place):
        taken = chosen[place]
        chosen[place] = column_of(region, place, CODED_NAME, taken.confidence, taken.why)


def _are_coded(region: TableRegion, place: int) -> bool:
    """Whether the cells begin with codes of one make, and each name has its own."""
    texts = {tidy(text_of(row[place])) for row in region.rows[:_LOOKED_AT]} - {""}
    parted = [found for text in texts if (found := code_and_name(text)) is not None]
    if len(parted) < max(_FEWEST, _MOSTLY * len(texts)):
        return False
    beginnings = {_LETTERS.split(code.lower(), maxsplit=1)[0] for code, _ in parted}
    are_own = len({code for code, _ in parted}) == len(parted)
    return are_own and len(beginnings) <= _MOST_BEGINNINGS
