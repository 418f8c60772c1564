"""Owns what a spreadsheet is after reading: plain cells, merges and pictures, of any file format.

Everything here can be pickled and sent from the reading process. Must not know file formats,
layouts or the book.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class ErrorValue:
    """A cell that shows an error (``#N/A``, ``#REF!``); imports as empty with a warning."""

    code: str


#: A cell's value. Numbers keep the digits of the file, text stays text, an empty cell is ``None``.
Value = str | Decimal | bool | date | datetime | time | ErrorValue | None


@dataclass(frozen=True, slots=True)
class CellRange:
    """A rectangle of cells; all indexes from 0, last row and column included."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int

    def holds(self, row: int, column: int) -> bool:
        """Whether the cell lies inside."""
        return (
            self.first_row <= row <= self.last_row
            and self.first_column <= column <= self.last_column
        )


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture found in a sheet: its bytes as encoded anew by us, and the cell its centre lies on."""

    row: int
    column: int
    data: bytes = field(repr=False)
    media_type: str
    kind: str  # "floating", "cell-wps", "cell-excel" or "comment" (hung on the cell's comment)
    #: The SHA-256 of the stored picture that this program wrote here: encoding it anew changes its bytes.
    written_from: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: rows of values, all of the same length, from the sheet's own cell A1."""

    name: str
    rows: tuple[tuple[Value, ...], ...] = field(repr=False)
    is_hidden: bool = False
    merges: tuple[CellRange, ...] = ()
    pictures: tuple[Picture, ...] = field(default=(), repr=False)
    #: Number formats that say more than the value: (row, column) → currency code or unit.
    currencies: dict[tuple[int, int], str] = field(default_factory=dict, repr=False)
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    #: (row, column) → formula text of cells whose value is computed but was not stored.
    formulas: dict[tuple[int, int], str] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True)
class Workbook:
    """A file as read: its sheets, how it was read, and what the person should know about it."""

    file_name: str
    #: "xlsx", "xls", "xlsb", "ods", "gnumeric", "dbf", "csv", "html", "spreadsheetml", "vcard"
    format: str
    sheets: tuple[Sheet, ...]
    encoding: str | None = None
    delimiter: str | None = None
    #: Message keys with parameters, as ``(key, {name: value})``: macros ignored, links not followed …
    warnings: tuple[tuple[str, dict[str, object]], ...] = ()
