"""Owns what a recognised table is: its headings, its records, and the rows left out with the reason.

All indexes count from 0, as in the sheet. Must not hold rules; the finders do.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias

from app.kernel.messages import Message
from app.sheets.grid import CellRange, Value

Place: TypeAlias = tuple[int, int]
"""A row and a column of a sheet."""


@dataclass(frozen=True, slots=True)
class ExcludedRow:
    """A row below or between the headings that is not a record, what it says, and why it is out."""

    row: int
    text: str
    reason: Message


@dataclass(frozen=True, slots=True)
class TableRegion:
    """One table of a sheet, turned so that every record is a row.

    ``headings[i]`` is what stands above ``rows[…][i]``, merged and stacked headings joined by a
    blank; it is empty where the sheet has none. ``heading_parts`` keeps the levels and their line
    breaks, from the top. ``columns[i]`` is the sheet's column the values come from (its row in a transposed table),
    -1 for a column that unpivoting or a card made. ``row_numbers`` name the sheet's row of each record.
    """

    shape: str  # "table", "form", "transposed", "crosstab", "matrix", "steps" or "cards"
    headings: tuple[str, ...]
    heading_parts: tuple[tuple[str, ...], ...]
    columns: tuple[int, ...]
    header_rows: tuple[int, ...]
    row_numbers: tuple[int, ...] = field(repr=False)
    rows: tuple[tuple[Value, ...], ...] = field(repr=False)
    #: Sheet row of a record → the text of the group row it stands under.
    groups: dict[int, str] = field(default_factory=dict, repr=False)
    #: The group rows themselves: sheet row and title.
    group_rows: tuple[tuple[int, str], ...] = ()
    excluded: tuple[ExcludedRow, ...] = ()
    #: Sheet rows above the table that belong to no other table: title and letterhead.
    letterhead: tuple[int, ...] = ()
    #: First and last sheet row and column of headings and records.
    first_row: int = 0
    last_row: int = 0
    first_column: int = 0
    last_column: int = 0
    #: The cells of each record, where records stand beside each other.
    areas: tuple[CellRange, ...] = field(default=(), repr=False)
    #: Row and column of the sheet of each value, as ``rows``, where records share cells.
    shared: tuple[tuple[Place, ...], ...] = field(default=(), repr=False)
    #: Of a matrix the column that names its rows, where it holds bare sizes of what the title names.
    bare_label: int | None = None

    def place(self, position: int, index: int) -> Place:
        """The sheet's row and column of ``rows[position][index]``."""
        if self.shared:
            return self.shared[position][index]
        return self.row_numbers[position], self.columns[index]

    def own_column(self, position: int) -> int:
        """A column of the sheet that holds a cell of this record alone, of all in its row.

        (Of a transposed table, whose records are columns, it is a row.)
        """
        if self.areas:
            return self.areas[position].first_column
        if self.shared:
            return self.shared[position][-1][1]
        return self.first_row if self.shape == "transposed" else self.first_column
