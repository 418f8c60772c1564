"""Owns names that stand in two columns, one of them Chinese: which is the name, which the English one.

Must not choose a column that no heading calls a name.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from app.kernel.messages import Message
from app.kernel.text import has_han
from app.sheets.headings import readings
from app.sheets.layout import TableRegion
from app.sheets.layout.shapes import text_of
from app.sheets.mapping.columns import ColumnMapping, column_of
from app.sheets.targets import Kind

#: That a name is said to be in Chinese: ``Chinese name``, 中文品名, ``Name (CN)``.
_IN_CHINESE = re.compile(
    r"中文|汉语|漢語|(?<![^\W\d_])(?:chinese|cn|chn|zh|chinesisch\w*|chino|chinois|cinese|chinês|chińsk\w+)(?![^\W\d_])|"
    r"китайск|中国語|중국어|중문",
    re.IGNORECASE,
)
#: What a name is told by, and what is left of it beside a Chinese one.
_NAMES = (
    (
        "product",
        "product_en",
        frozenset(["product", "product_en", "name", "company", "company_en"]),
    ),
    ("company", "company_en", frozenset(["company", "company_en", "buyer"])),
)
_LOOKED_AT = 100
_MOSTLY = 0.7
_SURE = 0.9
_LONGEST = 40


def name_by_language(region: TableRegion, rules: Kind, chosen: dict[int, ColumnMapping]) -> None:
    """The Chinese of two names is the name, the other one the English name."""
    for name, english, words in _NAMES:
        if name not in rules.fields or english not in rules.fields:
            continue
        if name == "company" and "product" in rules.fields:
            continue
        places = list(_named(region, chosen, (name, english), words))
        chinese = [place for place in places if _share(region, place, has_han) >= _MOSTLY]
        others = [place for place in places if _share(region, place, _is_in_letters) >= _MOSTLY]
        if len(chinese) != 1 or not others:
            continue
        taken = (place for place in others if chosen.get(place) and chosen[place].fields)
        beside = next(taken, others[0])
        _call(region, chosen, chinese[0], name)
        _call(region, chosen, beside, english)
        return


def _named(
    region: TableRegion,
    chosen: dict[int, ColumnMapping],
    fields: tuple[str, str],
    words: frozenset[str],
) -> Iterator[int]:
    """The columns called a name, or called Chinese, that are one already or free.

    Of goods a column that stands in for the name is one, too.
    """
    for place, parts in enumerate(region.heading_parts):
        held = chosen[place].fields if place in chosen else ()
        if len(region.headings[place]) > _LONGEST or not parts:
            continue
        first = next(iter(readings(parts)), None)
        is_named = first is not None and first.field in words and first.strength >= _SURE
        is_said = _IN_CHINESE.search(parts[-1]) is not None
        is_one = len(held) == 1 and held[0] in fields
        is_free = not held or (len(held) == 1 and held[0] in words)
        if (is_one and fields[0] == "product") or ((is_one or is_free) and (is_named or is_said)):
            yield place


def _share(region: TableRegion, place: int, is_so: Callable[[str], bool]) -> float:
    texts = [text_of(row[place]).strip() for row in region.rows[:_LOOKED_AT]]
    filled = [text for text in texts if text]
    return sum(map(is_so, filled)) / len(filled) if filled else 0.0


def _is_in_letters(text: str) -> bool:
    """Whether ``text`` is a name without a Chinese character, and no code: ``DCL1B``."""
    is_code = any(map(str.isdigit, text)) and " " not in text
    return not is_code and not has_han(text) and any(map(str.isalpha, text))


def _call(region: TableRegion, chosen: dict[int, ColumnMapping], place: int, field: str) -> None:
    held = chosen.get(place)
    if held is not None and held.fields:
        chosen[place] = replace(held, fields=(field,))
        return
    why = Message("mapping.why_heading", heading=region.headings[place])
    chosen[place] = column_of(region, place, (field,), _SURE, why)
