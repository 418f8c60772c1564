"""Owns forms in one column: lines of "label: value" below each other, one record a block.

Must not parse values.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from app.sheets.grid import Value
from app.sheets.layout.forms import bare_label
from app.sheets.layout.regions import TableRegion
from app.sheets.layout.view import View
from app.sheets.lexicon import is_known_heading

_LINE = re.compile(r"\s*([^:：\n]{1,40}?)\s*[:：]\s*(.*)", re.DOTALL)
#: What stands in front of a colon in addresses of the web.
_NO_LABELS = frozenset(["http", "www."])
_FEWEST_LABELS = 3
#: The share of the lines that have a label: the others name whom the block is of.
_MOST_OF_THEM = 0.6
_MOSTLY_KNOWN = 0.5
#: A sheet that begins with so many lines without known labels is a list of something else.
_LOOKED_AT = 60


def find_lines(view: View, start: int) -> TableRegion | None:
    """The records of labelled lines in one column, or ``None`` where there are none."""
    if view.right - view.left != 1:
        return None
    rows = list(view.filled_rows(start))
    if not (_are_labelled(view, rows[:_LOOKED_AT]) and _are_labelled(view, rows)):
        return None
    records = list(_records(view, rows))
    labels = tuple(dict.fromkeys(label for _, record in records for label in record))
    return TableRegion(
        shape="form",
        headings=labels,
        heading_parts=tuple((label,) if label else () for label in labels),
        columns=(view.left,) * len(labels),
        header_rows=(),
        row_numbers=tuple(number for number, _ in records),
        rows=tuple(tuple(record.get(label) for label in labels) for _, record in records),
        first_row=rows[0],
        last_row=rows[-1],
        first_column=view.left,
        last_column=view.left,
    )


def _are_labelled(view: View, rows: list[int]) -> bool:
    labels = [said[0] for number in rows if (said := _line(view, number))[0]]
    known = {label for label in labels if is_known_heading(label)}
    of_known = sum(label in known for label in labels)
    return (
        len(known) >= _FEWEST_LABELS
        and len(labels) >= _MOST_OF_THEM * len(rows)
        and of_known >= _MOSTLY_KNOWN * len(labels)
    )


def _line(view: View, number: int) -> tuple[str, Value]:
    """The label of a line, empty for none, and what it says."""
    value = view.value(number, view.left)
    found = _LINE.fullmatch(value) if isinstance(value, str) else None
    if found is None or (not is_known_heading(found[1]) and found[1][:4].lower() in _NO_LABELS):
        return "", value
    return bare_label(found[1]), found[2].strip() or None


def _records(view: View, rows: list[int]) -> Iterator[tuple[int, dict[str, Value]]]:
    """The first row of each record and its values by their labels.

    A line without a label names whom the block is of where one begins, and goes on with the line
    before it elsewhere.
    """
    record: dict[str, Value] = {}
    first = last = rows[0]
    first_label, _ = _line(view, rows[0])
    for number in rows:
        label, value = _line(view, number)
        is_apart = number > last + 1
        is_next = is_apart if not label or label in record else False
        if record and (is_next or (label == first_label and label in record)):
            yield first, record
            record = {}
        first = first if record else number
        if record and (not label or label in record):
            before = label if label in record else next(reversed(record))
            record[before] = f"{record[before] or ''}\n{value or ''}".strip()
        else:
            record[label] = value
        last = number
    yield first, record
