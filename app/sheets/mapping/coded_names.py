"""Owns columns whose names share their cells with a code: ``C001 Hongda Co., Ltd``, 手持风扇 above ``HF-01``.

Must not read cells for records; the readers do.
"""

from __future__ import annotations

import re

from app.kernel.messages import Message
from app.sheets.cells.codes import code_and_name, name_and_number
from app.sheets.cells.reading import tidy
from app.sheets.headings import readings
from app.sheets.layout import TableRegion
from app.sheets.layout.shapes import text_of
from app.sheets.mapping.columns import ColumnMapping, column_of
from app.sheets.targets import Kind

#: What such a column is taken for.
CODED_NAME = ("company_code", "company")
NUMBERED_NAME = ("product", "item_no")
#: What numbers articles; beside such a column no number is looked for among the names.
_NUMBERS = frozenset(["item_no", "model", "style_no", "supplier_item_no"])
_FEWEST_ARTICLES = 2
_BY_PERSON = Message("mapping.why_person")
_LETTERS = re.compile(r"[^a-z]+")
_LOOKED_AT = 200
_FEWEST = 3
_MOSTLY = 0.8
#: From this strength on a reading is of a whole word of the heading.
_OF_BOTH = 0.85
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


def part_numbers_from_names(
    region: TableRegion, rules: Kind, chosen: dict[int, ColumnMapping]
) -> None:
    """Takes a column of goods for names and numbers where nearly each of its cells holds both.

    They stand in lines of their own, or the heading speaks of both: ``产品名称/型号``.
    """
    fields = {field for mapping in chosen.values() for field in mapping.fields}
    place = next((p for p, mapping in chosen.items() if mapping.fields == ("product",)), None)
    if place is None or fields & _NUMBERS or "item_no" not in rules.fields:
        return
    said = {m.field for m in readings(region.heading_parts[place]) if m.strength >= _OF_BOTH}
    texts = {text for row in region.rows[:_LOOKED_AT] if (text := text_of(row[place]).strip())}
    if not said & _NUMBERS:
        texts = {text if "\n" in text or text.startswith("[") else "" for text in texts}
    parted = [found for text in texts if (found := name_and_number(text)) is not None]
    are_own = len({number for _, number in parted}) == len(parted)
    if len(parted) >= max(_FEWEST_ARTICLES, _MOSTLY * len(texts)) and are_own:
        taken = chosen[place]
        if taken.why != _BY_PERSON:
            chosen[place] = column_of(region, place, NUMBERED_NAME, taken.confidence, taken.why)


def _are_coded(region: TableRegion, place: int) -> bool:
    """Whether the cells begin with codes of one make, and each name has its own."""
    texts = {tidy(text_of(row[place])) for row in region.rows[:_LOOKED_AT]} - {""}
    parted = [found for text in texts if (found := code_and_name(text)) is not None]
    if len(parted) < max(_FEWEST, _MOSTLY * len(texts)):
        return False
    beginnings = {_LETTERS.split(code.lower(), maxsplit=1)[0] for code, _ in parted}
    are_own = len({code for code, _ in parted}) == len(parted)
    return are_own and len(beginnings) <= _MOST_BEGINNINGS
