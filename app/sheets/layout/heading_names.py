"""Owns what the columns under some heading rows are called, from the top down.

Must not decide which rows are headings.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from app.sheets.layout.shapes import CONTACT, shape, text_of
from app.sheets.layout.view import View
from app.sheets.tiers import tier_of

#: ``(kg)``, ``(L*W*H cm)``: the unit of the heading above it, no heading of its own.
_UNIT_IN_BRACKETS = re.compile(
    r"[(（\[【]\s*(?:[lwhdxb×*\s]{5,7})?(?:pcs?|sets?|ctns?|kgs?|g|lbs?|cbm|m[23³]?|cm|mm|in|inch(?:es)?|w|v|lm|hz|%|"
    r"usd|rmb|cny|eur|us\$|[$€£¥]|[元件箱个套天年克千米])(?:\s*/\s*[^\W\d_]{1,6})?\s*[)）\]】]",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Header:
    """The heading rows of a table and, by sheet column, the heading's parts from the top down."""

    rows: tuple[int, ...]
    parts: dict[int, tuple[str, ...]]
    first_data_row: int
    #: The title of the first group, where it stands in the last heading row.
    group: str = ""
    #: Texts by column that recur in later group rows (``Price`` above each block).
    recurring: dict[int, str] = field(default_factory=dict)


def heading_span(view: View, header: Header, column: int) -> int:
    """How many columns the heading above ``column`` is wide."""
    spans = [view.span(row, column) for row in header.rows if view.text(row, column)]
    return min(spans, default=1)


def named(view: View, rows: list[int]) -> Header:
    """The headings of ``rows`` by column, with a group's title in the last row told apart."""
    group = _group_in_last_row(view, rows)
    recurring: dict[int, str] = {}
    if group is not None:
        recurring = _recurring_texts(view, rows[-1], group[1])
    parts: dict[int, tuple[str, ...]] = {}
    for column in range(view.left, view.right):
        found: list[str] = []
        for text in _column_parts(view, rows, column, group_columns=group[2] if group else set()):
            if found and _UNIT_IN_BRACKETS.fullmatch(text):
                found[-1] = f"{found[-1]} {text}"
            elif text and text not in found:
                found.append(text)
        if found:
            parts[column] = tuple(found)
    if group is None:
        return Header(tuple(rows), parts, rows[-1] + 1)
    header_rows = tuple(rows[:-1]) if recurring or len(view.filled(rows[-1])) == 1 else tuple(rows)
    return Header(header_rows, parts, rows[-1] + 1, group[1], recurring)


def _column_parts(
    view: View, rows: list[int], column: int, *, group_columns: set[int]
) -> Iterator[str]:
    for number in rows:
        if number == rows[-1] and column in group_columns:
            continue
        text = text_of(view.shown_value(number, column))
        if not text and number != rows[-1] and not view.has_merges():
            text = _carried(view, number, column)
        is_contact = shape(text) == CONTACT and tier_of(text) is None
        lines = (" ".join(line.split()) for line in text.splitlines())
        yield "" if is_contact else "\n".join(line for line in lines if line)


def _carried(view: View, row: int, column: int) -> str:
    """The heading to the left, in a file that keeps no merges, over a column that has a lower one."""
    if not view.text(row + 1, column):
        return ""
    for left in range(column - 1, view.left - 1, -1):
        if not view.text(row + 1, left):
            return ""
        if text := view.text(row, left):
            return text
    return ""


def _group_in_last_row(view: View, rows: list[int]) -> tuple[int, str, set[int]] | None:
    """A wide cell below headings that are already named: the first group, not a heading."""
    if len(rows) < 2:
        return None
    last = rows[-1]
    for column in view.filled(last):
        merge = view.merge(last, column)
        if merge is None or merge.last_column - merge.first_column < 2 or merge.first_row != last:
            continue
        covered = set(range(merge.first_column, merge.last_column + 1))
        named = {c for c in covered for row in rows[:-1] if text_of(view.shown_value(row, c))}
        if 2 * len(named) >= len(covered):
            return last, view.text(last, column), covered
    return None


def _recurring_texts(view: View, row: int, group: str) -> dict[int, str]:
    """The other texts of a group row when the same stand again in a row further down."""
    texts = {c: view.text(row, c) for c in view.filled(row) if view.text(row, c) != group}
    if not texts:
        return {}
    again = any(
        all(view.text(number, column) == text for column, text in texts.items())
        for number in range(row + 1, min(view.bottom, row + 2_000))
    )
    return texts if again else {}
