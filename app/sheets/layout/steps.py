"""Owns price steps in pairs of columns (``Qty 1``, ``Price 1``, ``Qty 2`` …), turned into a row each.

Must not read quantities or prices.
"""

from __future__ import annotations

import re
from dataclasses import replace

from app.sheets.grid import Value
from app.sheets.layout.regions import Place, TableRegion
from app.sheets.layout.shapes import is_empty
from app.sheets.lexicon import meanings

_NUMBERED = re.compile(r"(?P<word>.*?[^\W\d_])[\s_.#-]*(?P<number>\d?)")
_COUNTED = frozenset(["quantity", "moq", "price_tier"])
_PRICED = frozenset(["price", "cost", "sell_price", "list_price"])
_FROM = ("Qty from",)
_FEWEST = 2


def read_steps(region: TableRegion) -> TableRegion | None:
    """``region`` with one row for each quantity and its price; ``None`` without such pairs."""
    pairs = _find_pairs(region)
    if len(pairs) < _FEWEST:
        return None
    paired = {place for pair in pairs for place in pair}
    own = [place for place in range(len(region.headings)) if place not in paired]
    rows: list[tuple[Value, ...]] = []
    places: list[tuple[Place, ...]] = []
    numbers: list[int] = []
    for position, (number, row) in enumerate(zip(region.row_numbers, region.rows, strict=True)):
        said = [pair for pair in pairs if not is_empty(row[pair[1]])] or pairs[:1]
        for pair in said:
            kept = (*own, *pair)
            rows.append(tuple(row[place] for place in kept))
            places.append(tuple(region.place(position, place) for place in kept))
            numbers.append(number)
    quantity, price = pairs[0]
    parts = (*(region.heading_parts[p] for p in own), _FROM, (_word(region.headings[price]),))
    return replace(
        region,
        shape="steps",
        headings=tuple(" ".join(" ".join(part).split()) for part in parts),
        heading_parts=parts,
        columns=tuple(region.columns[place] for place in (*own, quantity, price)),
        rows=tuple(rows),
        row_numbers=tuple(numbers),
        shared=tuple(places),
    )


def _find_pairs(region: TableRegion) -> list[tuple[int, int]]:
    """The columns of each step: quantity and price, whichever stands first, always in one order."""
    pairs: list[tuple[int, int]] = []
    place = 0
    while place + 1 < len(region.headings):
        pair = _pair(region.headings, place)
        is_alike = not pairs or _words(region, pairs[0]) == _words(region, pair or pairs[0])
        follows = not pairs or max(pairs[-1]) + 1 == place
        if pair is not None and is_alike and follows:
            pairs.append(pair)
            place += 2
        elif len(pairs) >= _FEWEST:
            break
        else:
            pairs = []
            place += 1
    return pairs


def _pair(headings: tuple[str, ...], place: int) -> tuple[int, int] | None:
    first, second = (_NUMBERED.fullmatch(headings[p]) for p in (place, place + 1))
    if first is None or second is None or first["number"] != second["number"]:
        return None
    if _is_a(first["word"], _COUNTED) and _is_a(second["word"], _PRICED):
        return place, place + 1
    if _is_a(first["word"], _PRICED) and _is_a(second["word"], _COUNTED):
        return place + 1, place
    return None


def _words(region: TableRegion, pair: tuple[int, int]) -> tuple[str, ...]:
    return tuple(_word(region.headings[place]) for place in pair)


def _word(heading: str) -> str:
    match = _NUMBERED.fullmatch(heading)
    return match["word"] if match else heading


def _is_a(word: str, fields: frozenset[str]) -> bool:
    return any(meaning.field in fields for meaning in meanings(word)[:1])
