"""Owns putting the parts that arrive from the reading process together to a workbook.

Numbers become decimals here, while the reading process prepares the next rows. Must not know file
formats.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal
from math import isfinite
from typing import Final

from app.sheets.entries import picture_named
from app.sheets.grid import Picture, Sheet, Value, Workbook
from app.sheets.reading.drafts import RawValue
from app.sheets.reading.wire import Facts, Finished, PictureFound, Rows, SheetBegun

#: Whole numbers below this are written out; beyond it nobody counts in single pieces.
_WHOLE_BELOW: Final = 1e21


class Assembly:
    """A workbook that grows by the parts given to :meth:`add`."""

    def __init__(self, file_name: str) -> None:
        self.row_count = 0
        self._file_name = file_name
        self._done: list[Sheet] = []
        self._begun: SheetBegun | None = None
        self._rows: list[tuple[Value, ...]] = []
        self._facts = Facts({}, {})
        self._pictures: list[Picture] = []
        self._picture_bytes: dict[int, bytes] = {}

    def add(self, part: SheetBegun | Rows | Facts | PictureFound) -> None:
        """Takes the next part."""
        match part:
            case Rows():
                self._rows.extend([_plain_row(row) for row in part.rows])
                self.row_count += len(part.rows)
            case SheetBegun():
                self._end_sheet()
                self._begun = part
            case Facts():
                self._facts = part
            case PictureFound():
                self._pictures.append(self._picture(part))

    def workbook(self, finished: Finished) -> Workbook:
        """The workbook of all parts."""
        self._end_sheet()
        return Workbook(
            self._file_name,
            finished.format,
            tuple(self._done),
            encoding=finished.encoding,
            delimiter=finished.delimiter,
            warnings=finished.warnings,
        )

    def _picture(self, part: PictureFound) -> Picture:
        if part.data is not None:
            self._picture_bytes[part.number] = part.data
        return Picture(
            part.row,
            part.column,
            self._picture_bytes[part.number],
            media_type=part.media_type,
            kind=part.kind,
            written_from=picture_named(part.described),
        )

    def _end_sheet(self) -> None:
        begun = self._begun
        if begun is None:
            return
        rows = _rectangle(self._rows, [p for p in self._pictures if p.kind.startswith("cell")])
        self._done.append(
            Sheet(
                begun.name,
                rows,
                is_hidden=begun.is_hidden,
                merges=begun.merges,
                pictures=tuple(self._pictures),
                currencies=self._facts.currencies,
                hidden_rows=begun.hidden_rows,
                hidden_columns=begun.hidden_columns,
                formulas=self._facts.formulas,
            )
        )
        self._begun, self._rows, self._pictures = None, [], []
        self._facts = Facts({}, {})


def _plain_row(row: Sequence[RawValue]) -> tuple[Value, ...]:
    """``row`` as cells' values; ordinary text, most of every sheet, needs nothing."""
    return tuple(
        [
            value if type(value) is str and value and "\r" not in value else _plain(value)
            for value in row
        ]
    )


def _plain(value: RawValue) -> Value:
    """``value`` as a cell's value: 1.1 and not 1.100000000000000089, 13800000000 and not 1.38E+10.

    Excel keeps 15 significant digits; what a stored number has beyond them is noise.
    """
    if isinstance(value, str):
        if "\r" in value:
            value = value.replace("\r\n", "\n").replace("\r", "\n")
        return value or None
    if isinstance(value, float):
        return _decimal(value)
    if isinstance(value, bool):
        return value
    if isinstance(value, int):
        return Decimal(value)
    return _duration(value) if isinstance(value, timedelta) else value


def _duration(length: timedelta) -> str:
    """As the cell shows it: 26:30:00."""
    seconds = round(length.total_seconds())
    minutes, seconds = divmod(abs(seconds), 60)
    sign = "-" if length < timedelta(0) else ""
    return f"{sign}{minutes // 60}:{minutes % 60:02}:{seconds:02}"


def _decimal(number: float) -> Decimal | None:
    if number.is_integer() and abs(number) < _WHOLE_BELOW:
        return Decimal(int(number))
    return Decimal(f"{number:.15g}") if isfinite(number) else None


def _rectangle(
    rows: Sequence[tuple[Value, ...]], pictures: Sequence[Picture]
) -> tuple[tuple[Value, ...], ...]:
    """Rows of one length; cells that hold nothing but a picture belong to the table, too."""
    height = max([len(rows), *(picture.row + 1 for picture in pictures)])
    width = max([*map(len, rows), *(picture.column + 1 for picture in pictures)], default=0)
    filled = [row if len(row) == width else row + (None,) * (width - len(row)) for row in rows]
    return (*filled, *((None,) * width for _ in range(height - len(rows))))
