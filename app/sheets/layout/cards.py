"""Owns cards: a catalogue with goods beside and below each other, each a few lines above its facts.

Must not parse values; whether a line is a price or a number is seen by its shape alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from app.kernel.messages import Message
from app.sheets.grid import CellRange, Value
from app.sheets.layout.regions import ExcludedRow, TableRegion
from app.sheets.layout.shapes import text_of
from app.sheets.layout.view import View
from app.sheets.lexicon import is_known_heading, meanings

_FACT = re.compile(r"([^:：\n]{1,40}?)\s*[:：]\s*(\S.*)")
#: What only goods have: people's and companies' cards say none of it.
_OF_GOODS = frozenset(
    ["moq", "packing", "pcs_per_carton", "carton_size", "hs_code", "quantity", "lead_time", "cbm"]
)
_FEWEST_FACTS = 2
#: Rows of a card above its facts: picture, number, names, description, price.
_MOST_ROWS_ABOVE = 6
#: Where the first facts must stand, in filled rows: a long list is not walked to its end.
_SOUGHT_ROWS = 80
_MONEY = re.compile(r"(?:\b[A-Z]{3}|US\$|[$€£¥￥])\s?\d[\d,.]*|\d[\d,.]*\s?(?:[A-Z]{3}\b|[€元])")
_CODE = re.compile(r"(?=.*\d)[\w.\-#+]+(?: ?/ ?[\w.\-#+]+)*", re.ASCII)


@dataclass(frozen=True, slots=True)
class _Block:
    """Cards side by side: their first row that can hold a picture, the first that holds a text,
    the row of their facts, and their columns.
    """

    floor: int
    top: int
    facts_row: int
    columns: tuple[int, ...]
    group: str


def find_cards(view: View, start: int) -> TableRegion | None:
    """The goods of a catalogue of cards, or ``None`` where none of its rows holds their facts."""
    sought = islice(view.filled_rows(start), _SOUGHT_ROWS)
    if not any(_is_facts_row(view, number, _FEWEST_FACTS) for number in sought):
        return None
    blocks = list(_blocks(view, start))
    return _region(view, blocks, start) if blocks else None


def _facts(text: str) -> dict[str, str]:
    """The facts a cell says, one in each line; empty where a line is none."""
    found: dict[str, str] = {}
    for line in text.split("\n"):
        fact = _FACT.fullmatch(line.strip())
        if fact is None:
            return {}
        found.setdefault(fact[1], fact[2].strip())
    return found


def _is_facts_row(view: View, number: int, fewest: int) -> bool:
    """Whether every cell says nothing but facts of goods, and one of them ``fewest`` known ones."""
    most = 0
    for column in view.filled(number):
        value = view.value(number, column)
        facts = _facts(value) if isinstance(value, str) else {}
        known = [label for label in facts if is_known_heading(label)]
        if not any(meaning.field in _OF_GOODS for label in known for meaning in meanings(label)):
            return False
        most = max(most, len(known))
    return most >= fewest


def _blocks(view: View, start: int) -> Iterator[_Block]:
    columns: set[int] = set()
    free, group = start, ""
    for number in view.filled_rows(start):
        # Where cards stand already, one of them may have a single fact.
        if not _is_facts_row(view, number, 1 if columns else _FEWEST_FACTS):
            continue
        columns |= set(view.filled(number))
        floor = max(free, number - _MOST_ROWS_ABOVE)
        top = _top(view, number, columns, floor)
        own = {c for row in range(top, number + 1) for c in view.filled(row)}
        if top == number:
            continue
        group = _title_above(view, top, free) or group
        yield _Block(floor, top, number, tuple(sorted(own)), group)
        free = number + 1


def _top(view: View, facts_row: int, columns: set[int], floor: int) -> int:
    """The first filled row that belongs to the cards above ``facts_row``."""
    top = facts_row
    for number in range(facts_row - 1, floor - 1, -1):
        cells = view.filled(number)
        if any(column not in columns or view.span(number, column) > 1 for column in cells):
            break
        top = number if cells else top
    return top


def _title_above(view: View, top: int, free: int) -> str:
    """The title of a group that stands over the whole width above the cards."""
    for number in range(top - 1, max(free, top - _MOST_ROWS_ABOVE) - 1, -1):
        cells = view.filled(number)
        if cells:
            is_wide = len(cells) == 1 and view.span(number, cells[0]) > 1
            return view.text(number, cells[0]) if is_wide else ""
    return ""


def _region(view: View, blocks: Sequence[_Block], start: int) -> TableRegion:
    headings = _upper_headings(view, blocks)
    cards = [(block, column) for block in blocks for column in block.columns]
    facts = [_facts(view.text(block.facts_row, column)) for block, column in cards]
    labels = dict.fromkeys(label for each in facts for label in each)
    names = [*dict.fromkeys(headings.values()), *labels]
    rows: list[tuple[Value, ...]] = []
    for (block, column), said in zip(cards, facts, strict=True):
        values = _upper_values(view, block, column, headings) | said
        rows.append(tuple(values.get(name) for name in names))
    numbers = tuple(_own_row(block, column) for block, column in cards)
    first, last = blocks[0].top, blocks[-1].facts_row
    return TableRegion(
        shape="cards",
        headings=tuple(names),
        heading_parts=tuple((name,) for name in names),
        columns=(-1,) * len(names),
        header_rows=(),
        row_numbers=numbers,
        rows=tuple(rows),
        groups={
            number: block.group
            for number, (block, _) in zip(numbers, cards, strict=True)
            if block.group
        },
        excluded=tuple(_left_out(view, blocks)),
        letterhead=tuple(n for n in view.filled_rows(start) if n < first),
        first_row=first,
        last_row=last,
        first_column=view.left,
        last_column=view.right - 1,
        areas=tuple(_area(view, block, column) for block, column in cards),
    )


def _own_row(block: _Block, column: int) -> int:
    """A row of the block for each card in it, so that each record has a number of its own."""
    return min(block.top + block.columns.index(column), block.facts_row)


def _area(view: View, block: _Block, column: int) -> CellRange:
    """The cells of one card with its picture, up to the next card."""
    place = block.columns.index(column)
    following = [*block.columns[place + 1 : place + 2], view.right + 1]
    return CellRange(block.floor, column, block.facts_row, following[0] - 1)


def _upper_headings(view: View, blocks: Sequence[_Block]) -> dict[int, str]:
    """What the rows above the facts hold, by their distance: number, name, description, price."""
    found: dict[int, str] = {}
    for distance in range(_MOST_ROWS_ABOVE, 0, -1):
        texts = [
            text
            for block in blocks
            if block.facts_row - distance >= block.top
            for column in block.columns
            if (text := view.text(block.facts_row - distance, column))
        ]
        if texts:
            found[distance] = _heading(texts, set(found.values()))
    return found


def _heading(texts: Sequence[str], taken: set[str]) -> str:
    if 2 * sum(bool(_MONEY.search(text)) for text in texts) > len(texts):
        return "Price"
    if not taken and 2 * sum(bool(_CODE.fullmatch(text)) for text in texts) > len(texts):
        return "Item No."
    return "Description" if "Product name" in taken else "Product name"


def _upper_values(
    view: View, block: _Block, column: int, headings: dict[int, str]
) -> dict[str, str]:
    """The card's lines above its facts; lines of one meaning are joined."""
    values: dict[str, str] = {}
    for distance, name in headings.items():
        number = block.facts_row - distance
        text = text_of(view.value(number, column)) if number >= block.top else ""
        if text:
            values[name] = f"{values[name]}\n{text}" if name in values else text
    return values


def _left_out(view: View, blocks: Sequence[_Block]) -> Iterator[ExcludedRow]:
    """Every filled row between and below the cards that belongs to none of them."""
    inside = {row for block in blocks for row in range(block.top, block.facts_row + 1)}
    for number in view.filled_rows(blocks[0].top):
        if number not in inside:
            cells = view.filled(number)
            text = " ".join(view.text(number, column) for column in cells)[:200]
            yield ExcludedRow(number, text, Message("layout.row_is_below_table"))
