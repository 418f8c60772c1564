"""Owns cards of labels and values beside and below each other: ``Item No.`` | ``A-1`` three times a row.

Must not parse values; that the same known labels repeat side by side is all it needs to see.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from app.kernel.messages import Message
from app.sheets.grid import CellRange, Value
from app.sheets.layout.regions import ExcludedRow, TableRegion
from app.sheets.layout.shapes import TYPED, is_empty, shape
from app.sheets.layout.view import View
from app.sheets.lexicon import is_known_heading

_INLINE = re.compile(r"\s*([^:：\n\d]{1,30}?)\s*[:：]\s*(\S[^\n]*)")
_FEWEST_LABELS = 3
_FEWEST_CARDS = 2
_LONGEST_CARD = 30
#: Where the first card must stand, in filled rows: a long list is not walked to its end.
_SOUGHT_ROWS = 40
#: The share of the filled cells that are the cards'.
_MOST_OF_IT = 0.6


@dataclass(frozen=True, slots=True)
class _Card:
    """What stands in one card, from ``row`` and ``column`` on; ``width`` columns a line."""

    row: int
    column: int
    width: int
    values: dict[str, Value]

    @property
    def last_row(self) -> int:
        return self.row + len(self.values) - 1


def find_labelled_cards(view: View, start: int) -> TableRegion | None:
    """The records of such cards, or ``None`` where there are none side by side."""
    first = _first_card(view, start)
    if first is None:
        return None
    label = next(iter(first.values))
    cards = [
        card
        for number in view.filled_rows(first.row)
        for column in view.filled(number)
        if (line := _line(view, number, column)) is not None and line[0] == label
        if (card := _card(view, number, column)) is not None
    ]
    beside = Counter(card.row for card in cards)
    cells = sum(len(view.filled(number)) for number in view.filled_rows(first.row))
    own = sum(card.width * len(card.values) for card in cards)
    if max(beside.values(), default=0) < _FEWEST_CARDS or own < _MOST_OF_IT * cells:
        return None
    return _region(view, cards, start)


def _first_card(view: View, start: int) -> _Card | None:
    """The first card that has another one with the same first label in its row."""
    for number in islice(view.filled_rows(start), _SOUGHT_ROWS):
        lines = [(c, line) for c in view.filled(number) if (line := _line(view, number, c))]
        labels = Counter(line[0] for _, line in lines if is_known_heading(line[0]))
        again = [c for c, line in lines if labels[line[0]] >= _FEWEST_CARDS]
        found = [card for column in again if (card := _card(view, number, column)) is not None]
        if len(found) >= _FEWEST_CARDS:
            return found[0]
    return None


def _line(view: View, row: int, column: int) -> tuple[str, Value, int] | None:
    """A label, its value and how many cells the two take; ``None`` where no label stands."""
    value = view.value(row, column)
    if not isinstance(value, str) or len(value) > 120 or shape(value) in TYPED:
        return None
    inline = _INLINE.fullmatch(value)
    if inline is not None and is_known_heading(inline[1]):
        return inline[1], inline[2].strip(), 1
    following = view.value(row, column + 1) if column + 1 < view.right else None
    label = value.strip().rstrip(":：").strip()
    is_said = value.strip() != label or is_known_heading(label)
    return (label, following, 2) if is_said and "\n" not in label else None


def _card(view: View, row: int, column: int) -> _Card | None:
    """The lines from here downwards, up to a gap or a label that was there already."""
    values: dict[str, Value] = {}
    width = known = 0
    for number in range(row, min(view.bottom, row + _LONGEST_CARD)):
        line = _line(view, number, column)
        if line is None or line[0] in values:
            break
        values[line[0]] = line[1]
        width = max(width, line[2])
        known += is_known_heading(line[0])
    filled = sum(not is_empty(value) for value in values.values())
    if (
        known < _FEWEST_LABELS
        or filled < _FEWEST_LABELS
        or any(_is_label(v) for v in values.values())
    ):
        return None
    return _Card(row, column, width, values)


def _is_label(value: Value) -> bool:
    return isinstance(value, str) and is_known_heading(value) and value[:1].isupper()


def _region(view: View, cards: Sequence[_Card], start: int) -> TableRegion:
    labels = tuple(dict.fromkeys(label for card in cards for label in card.values))
    first = cards[0].row
    return TableRegion(
        shape="cards",
        headings=labels,
        heading_parts=tuple((label,) for label in labels),
        columns=(-1,) * len(labels),
        header_rows=(),
        row_numbers=tuple(_own_rows(cards)),
        rows=tuple(tuple(card.values.get(label) for label in labels) for card in cards),
        excluded=tuple(_left_out(view, cards)),
        letterhead=tuple(n for n in view.filled_rows(start) if n < first),
        first_row=first,
        last_row=max(card.last_row for card in cards),
        first_column=view.left,
        last_column=view.right - 1,
        areas=tuple(_areas(view, cards, start)),
    )


def _own_rows(cards: Sequence[_Card]) -> Iterator[int]:
    """A row of each card, another one for each of those beside each other."""
    place = 0
    for number, card in enumerate(cards):
        place = place + 1 if number and cards[number - 1].row == card.row else 0
        yield min(card.row + place, card.last_row)


def _areas(view: View, cards: Sequence[_Card], start: int) -> Iterator[CellRange]:
    """The cells of each card with the picture above, below or beside it, up to the next ones."""
    rows = sorted({card.row for card in cards})
    bottoms = {row: max(c.last_row for c in cards if c.row == row) for row in rows}
    columns = sorted({card.column for card in cards})
    for card in cards:
        place, column = rows.index(card.row), columns.index(card.column)
        top = bottoms[rows[place - 1]] + 1 if place else start
        right = columns[column + 1] - 1 if column + 1 < len(columns) else view.right
        yield CellRange(top, card.column, card.last_row, right)


def _left_out(view: View, cards: Sequence[_Card]) -> Iterator[ExcludedRow]:
    inside = {row for card in cards for row in range(card.row, card.last_row + 1)}
    for number in view.filled_rows(cards[0].row):
        if number not in inside:
            text = " ".join(view.text(number, column) for column in view.filled(number))[:200]
            yield ExcludedRow(number, text, Message("layout.row_is_below_table"))
