"""Owns forms: sheets of "label: value", one record a sheet or a block, and tables lying on the side.

Must not parse values.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from app.sheets.grid import Value
from app.sheets.layout.regions import TableRegion
from app.sheets.layout.shapes import TYPED, WORDS, filled, shape, text_of
from app.sheets.layout.view import View
from app.sheets.lexicon import is_known_heading

_INLINE = re.compile(r"\s*([^:：\n]{1,40}?)\s*[:：]\s*(\S.*)", re.DOTALL)
_NOT_A_LABEL = re.compile(r"https?|\d|www", re.IGNORECASE)
_FEWEST_PAIRS = 3
#: What a row of headings has at least, and below it, where it is told from a form's labels.
_WIDE = 6
_FEWEST_RECORDS = 3
#: A long list is told by its beginning.
_LOOKED_AT = 60
#: The share of its labels that a record below another one has in common with the first.
_MOSTLY = 0.6
_MOST_LABELS = 150
#: So many known words beside each other are the headings of a list, not a label and its value.
_FEWEST_HEADINGS = 3


@dataclass(frozen=True, slots=True)
class Pair:
    """A label and the value that belongs to it, by the sheet's row and column of the value."""

    label: str
    value: Value
    row: int
    column: int


#: What tells the same heading from others like it.
_COUNTED = re.compile(r"[\s_.#-]*(?:[A-Z]|\d{1,2})$")


def label_pairs(view: View, rows: Iterable[int]) -> Iterator[Pair]:
    """The "label: value" pairs in ``rows``: in one cell, or a label and the next cell."""
    for number in rows:
        cells = view.filled(number)
        place = 0
        while place < len(cells):
            column = cells[place]
            text = view.text(number, column)
            inline = _INLINE.fullmatch(text)
            following = cells[place + 1] if place + 1 < len(cells) else None
            if inline and not _NOT_A_LABEL.match(inline[1]):
                yield Pair(inline[1].strip(), inline[2].strip(), number, column)
            elif _is_label(view, number, column) and following is not None:
                if not _is_label(view, number, following) or text.endswith(
                    (":", "：")
                ) != view.text(number, following).endswith((":", "：")):
                    yield Pair(bare_label(text), view.value(number, following), number, following)
                    place += 1
            elif text.endswith((":", "：")):
                yield Pair(bare_label(text), None, number, column)
            place += 1


def _is_label(view: View, row: int, column: int) -> bool:
    text = view.text(row, column)
    if len(text) > 40 or shape(view.value(row, column)) in TYPED:
        return False
    return text.endswith((":", "：")) or is_known_heading(text)


def bare_label(text: str) -> str:
    """A label without its colon."""
    return text.strip().rstrip(":：").strip()


def find_form(view: View, start: int) -> TableRegion | None:
    """The records of a sheet of labels and values, or ``None`` where too little says it is one."""
    rows = list(view.filled_rows(start))
    if not _mostly_pairs(view, rows[:_LOOKED_AT]) or not _mostly_pairs(view, rows):
        return None
    if hold_a_list(view, rows):
        return None
    pairs = [pair for pair in label_pairs(view, rows) if pair.label]
    known = sum(is_known_heading(pair.label) for pair in pairs)
    if len(pairs) < _FEWEST_PAIRS or known < 2:
        return None
    return form_of(view, pairs, rows)


def form_of(view: View, pairs: Sequence[Pair], rows: Sequence[int]) -> TableRegion:
    """The records that ``pairs`` tell; each begins with the label of the first. ``rows`` are all
    that are filled.
    """
    labels = list(dict.fromkeys(pair.label for pair in pairs))
    records: list[dict[str, Pair]] = []
    for pair in pairs:
        if not records or (pair.label in records[-1] and pair.label == pairs[0].label):
            records.append({})
        records[-1].setdefault(pair.label, pair)
    return TableRegion(
        shape="form",
        headings=tuple(labels),
        heading_parts=tuple((label,) for label in labels),
        columns=tuple(next(p.column for p in pairs if p.label == label) for label in labels),
        header_rows=(),
        row_numbers=tuple(min(pair.row for pair in record.values()) for record in records),
        rows=tuple(
            tuple(record[label].value if label in record else None for label in labels)
            for record in records
        ),
        letterhead=tuple(number for number in rows if number < pairs[0].row),
        first_row=pairs[0].row,
        last_row=pairs[-1].row,
        first_column=view.left,
        last_column=view.right - 1,
    )


def hold_a_list(view: View, rows: Sequence[int]) -> bool:
    """Whether headings stand side by side over records, as goods do below the labels of a short offer."""
    for place, number in enumerate(rows):
        cells, below = view.filled(number), rows[place + 1 : place + 3]
        known = sum(is_known_heading(view.text(number, column)) for column in cells)
        if known >= max(_FEWEST_HEADINGS, 0.75 * len(cells)) and len(below) == 2:
            return all(
                view.filled(n) == cells
                and not any(is_known_heading(view.text(n, c)) for c in cells)
                for n in below
            )
    return False


def _mostly_pairs(view: View, rows: Sequence[int]) -> bool:
    """Whether labels and their values fill most of ``rows``: ``... STREET NO: 19`` among the addresses
    of a long list is none.
    """
    cells = sum(len(view.filled(number)) for number in rows)
    return 2 * sum(bool(pair.label) for pair in label_pairs(view, rows)) >= 0.6 * cells


def find_transposed(view: View, start: int, *, known_above: int) -> TableRegion | None:
    """A table whose headings stand in the first column, each record in a column of its own.

    ``known_above`` is how many known headings the best heading row has; the first column must
    have clearly more.
    """
    rows = [number for number in view.filled_rows(start) if not _is_lone(view, number)]
    labels = [(number, view.text(number, view.left)) for number in rows]
    labels = [(number, label) for number, label in labels if label]
    if len(labels) > _MOST_LABELS:
        return None
    known = sum(is_known_heading(label) for _, label in labels)
    words = sum(shape(label) == WORDS for _, label in labels)
    width = len({c for number in rows for c in view.filled(number) if c > view.left})
    if known < _FEWEST_PAIRS or known <= 1.5 * known_above or width < 1:
        return None
    if len(labels) < 0.9 * len(rows) or words < 0.6 * len(labels):
        return None
    if known < 0.5 * len(labels) and width > 1:
        return None
    if width == 1 and _are_cards([label for _, label in labels]):
        return find_form(view, start)
    return _turned(view, _first_named(view, labels), start)


def uncounted(heading: str) -> str:
    """A heading without what tells it from others like it: 型号 of 型号A."""
    return _COUNTED.sub("", heading)


def _first_named(view: View, labels: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """The first label is what the records beside it are called: 型号 before 型号A, 型号B."""
    number = labels[0][0]
    said = {uncounted(view.text(number, c)) for c in view.filled(number) if c > view.left}
    if len(said) == 1 and is_known_heading(name := said.pop()):
        return [(number, name), *labels[1:]]
    return labels


def _are_cards(labels: Sequence[str]) -> bool:
    """Whether labels below each other are those of several records, each with mostly the same ones."""
    starts = [place for place, label in enumerate(labels) if label == labels[0]]
    ends = [*starts[1:], len(labels)]
    cards = [set(labels[start:end]) for start, end in zip(starts, ends, strict=True)]
    alike = (len(cards[0] & card) >= _MOSTLY * len(card) for card in cards[1:])
    return len(cards) > 1 and len(cards[0]) >= _FEWEST_PAIRS and all(alike)


def _is_lone(view: View, number: int) -> bool:
    """A title above the labels."""
    cells = filled(view.row(number))
    return len(cells) == 1 and view.span(number, view.left + cells[0]) > 1


def _turned(view: View, labels: list[tuple[int, str]], start: int) -> TableRegion | None:
    columns = [
        column
        for column in range(view.left + 1, view.right)
        if any(text_of(view.value(number, column)) for number, _ in labels)
    ]
    first, last = labels[0][0], labels[-1][0]
    return TableRegion(
        shape="transposed",
        headings=tuple(label for _, label in labels),
        heading_parts=tuple((label,) for _, label in labels),
        columns=tuple(number for number, _ in labels),
        header_rows=(),
        row_numbers=tuple(columns),
        rows=tuple(tuple(view.shown_value(number, c) for number, _ in labels) for c in columns),
        letterhead=tuple(number for number in view.filled_rows(start) if number < first),
        first_row=first,
        last_row=last,
        first_column=view.left,
        last_column=view.right - 1,
    )


def is_of_a_form(view: View, texts: dict[int, str], below: list[int]) -> bool:
    """Whether a third of the cells are labels that ask for a value beside them.

    Headings may end in colons, too: then fewer than half do, and each has values below it.
    """
    labels = sum(_asks_for_a_value(texts, column) for column in texts)
    if 3 * labels < len(texts):
        return False
    is_wide = len(texts) >= _WIDE and 2 * labels < len(texts)
    rows = [set(view.filled(number)) for number in below]
    return not (is_wide and len(rows) >= _FEWEST_RECORDS and all(set(texts) <= row for row in rows))


def _asks_for_a_value(texts: dict[int, str], column: int) -> bool:
    """Whether a cell is a form's label; one beside another label has no room for its value."""
    colons = (":", "：")
    return texts[column].endswith(colons) and not texts.get(column + 1, "").endswith(colons)
