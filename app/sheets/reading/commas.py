"""Owns a column whose words hold the separator in every row, though nobody put them in quotation marks.

Then every record has one cell more than the headings. Must not repair single records; ``repair``
does.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from app.sheets.reading.dialect import Dialect
from app.sheets.reading.kinds import kind
from app.sheets.reading.records import Record

_ENOUGH_ROWS = 3
#: The share of the records that have one cell more than the headings.
_NEARLY_ALL = 0.9


def with_joined_words(found: list[Record], dialect: Dialect) -> tuple[list[Record], list[int]]:
    """The records with the parted words joined, and which they were; the same where nothing is certain.

    Certain is a column only when in all rows words go on behind the separator with a blank, as
    they do in prose and never in another column.
    """
    filled = [place for place, record in enumerate(found) if any(record.cells)]
    if len(filled) <= _ENOUGH_ROWS or dialect.mark == " " or dialect.skips_space:
        return found, []
    width = len(found[filled[0]].cells)
    longer = [place for place in filled[1:] if len(found[place].cells) == width + 1]
    if len(longer) < _NEARLY_ALL * (len(filled) - 1) or width < 2:
        return found, []
    at = _parted(found, longer, width)
    if at is None:
        return found, []
    mended = list(found)
    for place in longer:
        mended[place] = _joined(found[place], at, dialect.mark)
    return mended, longer


def _parted(found: Sequence[Record], rows: Sequence[int], width: int) -> int | None:
    """The place of the words that go on in the next cell, in all ``rows`` and nowhere else."""
    going_on = [
        at
        for at in range(1, width + 1)
        if all(
            found[row].cells[at][:1] == " "
            and found[row].cells[at].strip()
            and kind(found[row].cells[at - 1]) == "words"
            for row in rows
        )
    ]
    spaced = {at for row in rows for at, cell in enumerate(found[row].cells) if cell[:1] == " "}
    return going_on[0] - 1 if len(going_on) == 1 and spaced == set(going_on) else None


def _joined(record: Record, at: int, separator: str) -> Record:
    cells = [*record.cells[:at], separator.join(record.cells[at : at + 2]), *record.cells[at + 2 :]]
    quoted = [*record.quoted[:at], True, *record.quoted[at + 2 :]]
    return replace(record, cells=cells, quoted=quoted)
