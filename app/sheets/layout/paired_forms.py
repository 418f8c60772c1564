"""Owns forms with several labels in a row, each before its value: ``Item No.`` | ``A-1`` | ``Colour`` | ``red``.

No colon tells the labels from the values; that labels stand below labels in the same columns does.
Must not parse values.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice, pairwise

from app.sheets.layout.forms import Pair, bare_label, form_of, hold_a_list
from app.sheets.layout.regions import TableRegion
from app.sheets.layout.shapes import TYPED, shape
from app.sheets.layout.view import View
from app.sheets.lexicon import is_known_heading

#: A form is a page; what is longer is a list.
_MOST_ROWS = 60
_FEWEST_ROWS = 2
_FEWEST_LABELS = 5
#: The share of the cells of a column that are known as labels.
_MOSTLY = 0.6
_LONGEST_LABEL = 40
_COLONS = (":", "：")


def find_paired_form(view: View, start: int) -> TableRegion | None:
    """The records of such a form, or ``None`` where labels stand in one column alone or in rows."""
    rows = list(islice(view.filled_rows(start), _MOST_ROWS + 1))
    told = [number for number in rows if len(view.filled(number)) > 1]
    if not _FEWEST_ROWS <= len(told) <= _MOST_ROWS or len(rows) > _MOST_ROWS:
        return None
    columns = _label_columns(view, told)
    if len(columns) < 2 or any(_heads_a_table(view, number, columns) for number in told):
        return None
    if hold_a_list(view, told):
        return None
    pairs = list(_pairs(view, rows[rows.index(told[0]) :], columns))
    known = {pair.label for pair in pairs if is_known_heading(pair.label)}
    values = sum(pair.value is not None for pair in pairs)
    if len(known) < _FEWEST_LABELS or 2 * values < len(pairs):
        return None
    return form_of(view, pairs, rows)


def _label_columns(view: View, rows: Sequence[int]) -> list[int]:
    """The columns that hold labels below each other and no numbers; the first begins the form."""
    found = []
    for column in range(view.left, view.right):
        texts = [text for number in rows if (text := view.text(number, column))]
        known = sum(_is_label(view, number, column) for number in rows)
        if known >= _FEWEST_ROWS and known >= _MOSTLY * len(texts):
            found.append(column)
    follow_each_other = any(b == a + 1 for a, b in pairwise(found))
    is_first = bool(found) and found[0] == min(view.filled(number)[0] for number in rows)
    return found if is_first and not follow_each_other else []


def _is_label(view: View, row: int, column: int) -> bool:
    text = view.text(row, column)
    if not text or len(text) > _LONGEST_LABEL or shape(view.value(row, column)) in TYPED:
        return False
    return text.endswith(_COLONS) or is_known_heading(text)


def _heads_a_table(view: View, row: int, columns: Sequence[int]) -> bool:
    """Whether labels stand where values should: a table's headings."""
    cells = view.filled(row)
    misplaced = [c for c in cells if c not in columns and _is_label(view, row, c)]
    return len(misplaced) >= 2 or (len(misplaced) == 1 and len(cells) <= 3)


def _pairs(view: View, rows: Sequence[int], columns: Sequence[int]) -> Iterator[Pair]:
    """Each label with the next cell in front of the next column of labels."""
    ends = [*columns[1:], view.right]
    for number in rows:
        for column, end in zip(columns, ends, strict=True):
            text = view.text(number, column)
            value = next((c for c in range(column + 1, end) if view.text(number, c)), None)
            if not text or (value is None and not _is_label(view, number, column)):
                continue
            at = column + 1 if value is None else value
            found = None if value is None else view.value(number, value)
            yield Pair(bare_label(text), found, number, at)
