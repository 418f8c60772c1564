"""Owns the reading of text tables: comma, semicolon, tab and otherwise separated values.

Every cell is text or ``None``; numbers and dates are interpreted later, per column. Must not
decide which rows are headings or records.
"""

from __future__ import annotations

from pathlib import PurePath
from unicodedata import category

from app.kernel.errors import AppError
from app.sheets.grid import Sheet, Workbook
from app.sheets.reading import limits
from app.sheets.reading.commas import with_joined_words
from app.sheets.reading.dialect import STAND_IN, Dialect, directive, guess_dialect
from app.sheets.reading.encodings import decode
from app.sheets.reading.marks import with_line_ends, with_plain_marks
from app.sheets.reading.records import records, regular_rows
from app.sheets.reading.repair import Damage, repaired
from app.sheets.reading.run_ons import with_parted_records

_MOST_NAMED = 200
#: A text has hardly any control signs; of bytes that are no text, more than one in twenty reads as one.
_MOST_NOISE = 20
_FEWEST_NOISE = 20
#: Old systems fill fields up with zero bytes; of a file that is lost they are all, or most.
_MOST_ZEROS = 4
_SAMPLE_CHARACTERS = 20_000
#: Control signs that spreadsheets and old systems do write: tabs, breaks, ends of pages and files.
_WRITTEN = frozenset("\x01\t\n\v\f\r\x1a\x1c\x1d\x1e\x1f")
#: What Unicode has no character for.
_NO_SIGN = "Cn"
Warnings = list[tuple[str, dict[str, object]]]


def read_text(
    data: bytes, *, file_name: str, encoding: str | None = None, delimiter: str | None = None
) -> Workbook:
    """The text file ``data`` as a workbook of one sheet, named like the file.

    ``encoding`` and ``delimiter`` are guessed unless the person has chosen; the guess is offered
    back in the workbook. A blank line is an empty row, so row numbers are those of the records.
    Raises ``AppError("sheets.text.unknown_encoding")`` for an encoding that doesn't exist and
    ``AppError("sheets.empty_file")`` for a file without any text, and ``AppError("sheets.no_text")``
    for bytes that never were text; with a chosen encoding they are shown as they read.
    """
    decoded = decode(data, encoding)
    text = decoded.text.removeprefix("\ufeff")
    if not text.strip("\r\n\t \x00\x1a"):
        raise AppError("sheets.empty_file", file=file_name)
    if encoding is None and _is_no_text(text):
        raise AppError("sheets.no_text", file=file_name)
    text = text.replace("\x00", "")  # what old systems fill their fields up with
    warnings: Warnings = []
    if decoded.unreadable:
        warnings.append(("sheets.text.unreadable_characters", {"count": decoded.unreadable}))
    named = directive(text)
    if named is not None:
        text = "\n" + text[named[1] :]
        delimiter = delimiter or named[0]
    text = with_plain_marks(with_line_ends(text))
    dialect = guess_dialect(text, delimiter)
    rows = regular_rows(text, dialect)
    if rows is None:
        found, parted = with_parted_records(records(text, dialect), dialect)
        found, joined = with_joined_words(found, dialect)
        rows, damages = repaired(found, dialect)
        for row, is_certain in parted.items():
            name = "sheets.text.row_parted" if is_certain else "sheets.text.row_parted_somewhere"
            warnings.append((name, {"row": row + 1}))
        if joined:
            warnings.append(("sheets.text.words_joined", {"count": len(joined)}))
        warnings += _warnings_of(damages)
    name = PurePath(file_name).stem
    sheet = Sheet(name, _grid(name, rows, dialect))
    return Workbook(
        file_name=file_name,
        format="csv",
        sheets=(sheet,),
        encoding=decoded.encoding,
        delimiter=dialect.name,
        warnings=tuple(warnings),
    )


def _is_no_text(text: str) -> bool:
    """Whether so much of it is no character of any writing that the file never was text."""
    sample = text[:_SAMPLE_CHARACTERS]
    noise = sum(
        sign == "\ufffd" or (sign < " " and sign not in _WRITTEN) or category(sign) == _NO_SIGN
        for sign in sample
    )
    zeros = sample.count("\x00")
    if zeros == noise and zeros * _MOST_ZEROS <= len(sample):
        return False
    return noise > _FEWEST_NOISE and noise * _MOST_NOISE > len(sample)


def _warnings_of(damages: list[Damage]) -> Warnings:
    warnings: Warnings = []
    for damage in damages[:_MOST_NAMED]:
        if damage.is_repaired:
            warnings.append(("sheets.text.row_repaired", {"row": damage.row + 1}))
        else:
            warnings.append(("sheets.text.row_damaged", {"row": damage.row + 1}))
    if len(damages) > _MOST_NAMED:
        warnings.append(("sheets.text.rows_damaged", {"count": len(damages) - _MOST_NAMED}))
    return warnings


def _grid(name: str, rows: list[list[str]], dialect: Dialect) -> tuple[tuple[str | None, ...], ...]:
    """Rows of one length, empty cells ``None``, blank rows kept except those at the end."""
    while rows and not any(rows[-1]):
        rows.pop()
    width = max(map(len, rows), default=0)
    if width > limits.COLUMNS or width * len(rows) > limits.BOX_CELLS:
        raise AppError("sheets.cells_too_far_apart", sheet=name, rows=len(rows), columns=width)
    several = len(dialect.delimiter) > 1
    grid = []
    for row in rows:
        if several:
            row = [cell.replace(STAND_IN, dialect.delimiter) for cell in row]
        cells = tuple(cell or None for cell in row)
        grid.append(cells if len(cells) == width else cells + (None,) * (width - len(cells)))
    return tuple(grid)
