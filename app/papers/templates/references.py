"""Owns where a template's rows end up, and moving references and formulas after them.

Must not look at values. Rows are counted from 1, as in a sheet.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from openpyxl.formula.tokenizer import Token, Tokenizer
from openpyxl.utils import column_index_from_string

_AREA = re.compile(
    r"^(\$?)([A-Z]{1,3})(\$?)(\d{1,7})(?::(\$?)([A-Z]{1,3})(\$?)(\d{1,7}))?$", re.IGNORECASE
)
_ROWS = re.compile(r"^(\$?)(\d{1,7}):(\$?)(\d{1,7})$")
LOST = "#REF!"


@dataclass(frozen=True, slots=True)
class PlacedRow:
    """A row of the paper: which row of the template it comes from, and which line it shows."""

    source: int
    line: int | None = None


class RowPlan:
    """The rows of the paper in order, made from the rows of the template."""

    def __init__(self, rows: list[PlacedRow]) -> None:
        self.rows = rows
        self._places: dict[int, list[tuple[int, int | None]]] = {}
        for place, row in enumerate(rows, start=1):
            self._places.setdefault(row.source, []).append((place, row.line))
        self._last_source = max(self._places, default=0)

    def copies(self, source: int) -> list[tuple[int, int | None]]:
        """Where the template's row ``source`` stands now, with the line each copy shows."""
        if source > self._last_source:
            return [(source - self._last_source + len(self.rows), None)]
        return self._places.get(source, [])

    def first(self, source: int, line: int | None = None) -> int | None:
        """The first copy of ``source``, or the one for ``line``; ``None`` when it is gone."""
        copies = self.copies(source)
        same = [place for place, shown in copies if line is not None and shown == line]
        return same[0] if same else (copies[0][0] if copies else None)

    def last(self, source: int, line: int | None = None) -> int | None:
        """The last copy of ``source``, or the one for ``line``; ``None`` when it is gone."""
        copies = self.copies(source)
        same = [place for place, shown in copies if line is not None and shown == line]
        return same[-1] if same else (copies[-1][0] if copies else None)

    def span(self, top: int, bottom: int, line: int | None = None) -> tuple[int, int] | None:
        """Where the rows ``top`` to ``bottom`` stand now; ``None`` when none is left."""
        if bottom - top > self._last_source + len(self.rows):
            return (self.first(top, line) or 1, bottom)
        starts = (self.first(row, line) for row in range(top, bottom + 1))
        ends = (self.last(row, line) for row in range(bottom, top - 1, -1))
        start = next((place for place in starts if place), None)
        end = next((place for place in ends if place), None)
        return None if start is None or end is None else (start, end)


def moved_area(area: str, plan: RowPlan, line: int | None = None) -> str | None:
    """An area such as ``$A$1:C9`` where it stands now; ``None`` when its rows are gone.

    What is no area, a name or whole columns, comes back as it is.
    """
    if rows := _ROWS.match(area):
        span = plan.span(int(rows[2]), int(rows[4]), line)
        return f"{rows[1]}{span[0]}:{rows[3]}{span[1]}" if span else None
    found = _AREA.match(area)
    if not found:
        return area
    left, top = f"{found[1]}{found[2]}", int(found[4])
    if found[8] is None:
        place = plan.first(top, line)
        return f"{left}{found[3]}{place}" if place else None
    span = plan.span(top, int(found[8]), line)
    if span is None:
        return None
    return f"{left}{found[3]}{span[0]}:{found[5]}{found[6]}{found[7]}{span[1]}"


def moved_formula(
    formula: str, plan: RowPlan, *, own: bool, sheet: str, line: int | None = None
) -> str:
    """``formula`` (without ``=``) with its references to ``sheet`` moved.

    ``own`` says that references without a sheet's name mean that sheet.
    """
    parts: list[str] = []
    for token in Tokenizer(f"={formula}").items:
        value = str(token.value)
        if token.type == Token.OPERAND and token.subtype == Token.RANGE:
            value = _moved_operand(value, plan, own=own, sheet=sheet, line=line)
        parts.append(value)
    return "".join(parts)


def _moved_operand(value: str, plan: RowPlan, *, own: bool, sheet: str, line: int | None) -> str:
    prefix, mark, area = value.rpartition("!")
    named = prefix.strip("'").replace("''", "'")
    if (mark and named != sheet) or (not mark and not own):
        return value
    moved = moved_area(area, plan, line)
    return f"{prefix}{mark}{moved}" if moved else LOST


def area_box(area: str) -> tuple[int, int, int, int] | None:
    """Top, left, bottom, right of an area, counted from 1; ``None`` for something else."""
    found = _AREA.match(area)
    if not found:
        return None
    left, top = column_index_from_string(found[2].upper()), int(found[4])
    if found[8] is None:
        return top, left, top, left
    return top, left, int(found[8]), column_index_from_string(found[6].upper())
