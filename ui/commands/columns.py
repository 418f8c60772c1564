"""Owns how rows are printed for people: in columns that line up, Chinese beside Latin.

Must not choose what is shown; callers give headings and texts.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence

_WIDEST = 36
_GAP = "  "


def in_columns(
    headings: Sequence[str], rows: Sequence[Sequence[str]], *, numbers: Sequence[bool]
) -> Iterator[str]:
    """The headings and rows as lines; a column that is empty in every row is left out.

    ``numbers`` says which columns line up to the right.
    """
    filled = [i for i in range(len(headings)) if any(row[i] for row in rows)]
    table = [[_cut(line[i]) for i in filled] for line in (headings, *rows)]
    widths = [max(map(_width, column)) for column in zip(*table, strict=True)]
    for line in table:
        cells = (
            _padded(text, width, is_right=numbers[i])
            for text, width, i in zip(line, widths, filled, strict=True)
        )
        yield _GAP.join(cells).rstrip()


def _width(text: str) -> int:
    """How many cells of a terminal ``text`` takes: two for a Chinese character."""
    return sum(map(_cells, text))


def _cells(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _cut(text: str) -> str:
    line = " ".join(text.split())
    if _width(line) <= _WIDEST:
        return line
    kept, width = "", 1
    for character in line:
        width += _cells(character)
        if width > _WIDEST:
            break
        kept += character
    return kept + "…"


def _padded(text: str, width: int, *, is_right: bool) -> str:
    blanks = " " * (width - _width(text))
    return blanks + text if is_right else text + blanks
