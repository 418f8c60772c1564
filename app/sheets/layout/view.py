"""Owns the part of a sheet that is looked at: a window of rows and columns with its merges.

Must not decide anything about tables.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from app.sheets.grid import CellRange, Sheet, Value
from app.sheets.layout.shapes import filled, is_empty, text_of

#: Merges larger than this many cells say nothing about headings and are not followed cell by cell.
_LARGEST_MERGE = 5_000


@dataclass(slots=True)
class View:
    """Rows ``top`` to ``bottom`` and columns ``left`` to ``right`` of a sheet, ends excluded."""

    sheet: Sheet
    top: int
    bottom: int
    left: int
    right: int
    _merge_at: dict[tuple[int, int], CellRange] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        for merge in self.sheet.merges:
            self._note_merge(merge)

    def _note_merge(self, merge: CellRange) -> None:
        last_row = min(merge.last_row, self.bottom - 1)
        last_column = min(merge.last_column, self.right - 1)
        first_row, first_column = max(merge.first_row, self.top), max(merge.first_column, self.left)
        if (last_row - first_row + 1) * (last_column - first_column + 1) > _LARGEST_MERGE:
            last_row = first_row
        clipped = CellRange(merge.first_row, merge.first_column, last_row, last_column)
        for row in range(first_row, last_row + 1):
            for column in range(first_column, last_column + 1):
                self._merge_at[row, column] = clipped

    def within(self, *, top: int, bottom: int, left: int, right: int) -> View:
        """A smaller window of the same sheet."""
        return View(self.sheet, top, bottom, left, right)

    def row(self, number: int) -> tuple[Value, ...]:
        """The values of a row inside the window."""
        return self.sheet.rows[number][self.left : self.right]

    def value(self, row: int, column: int) -> Value:
        """One cell, by the sheet's own row and column."""
        return self.sheet.rows[row][column]

    def text(self, row: int, column: int) -> str:
        """One cell as text."""
        return text_of(self.sheet.rows[row][column])

    def filled(self, number: int) -> list[int]:
        """The sheet columns of a row that hold something."""
        return [self.left + place for place in filled(self.row(number))]

    def merge(self, row: int, column: int) -> CellRange | None:
        """The merge that covers a cell."""
        return self._merge_at.get((row, column))

    def has_merges(self) -> bool:
        """Whether the window has any merged cells: a format that keeps them."""
        return bool(self._merge_at)

    def span(self, row: int, column: int) -> int:
        """How many columns the cell is wide."""
        merge = self.merge(row, column)
        return merge.last_column - merge.first_column + 1 if merge else 1

    def shown_value(self, row: int, column: int) -> Value:
        """What a person sees in a cell: a merged cell's value in all the cells it covers."""
        value = self.value(row, column)
        merge = self.merge(row, column)
        if merge is None or not is_empty(value):
            return value
        return self.value(merge.first_row, merge.first_column)

    def filled_rows(self, start: int) -> Iterator[int]:
        """The rows from ``start`` on that hold something."""
        return (number for number in range(start, self.bottom) if filled(self.row(number)))
