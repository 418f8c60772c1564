"""Owns which record of a form a picture belongs to: forms have room for one beside, above or below.

Must not know what the pictures show.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from app.sheets.grid import Picture, Sheet
from app.sheets.layout import TableRegion
from app.sheets.layout.shapes import filled


def pictures_of_forms(sheet: Sheet, region: TableRegion) -> dict[int, tuple[Picture, ...]]:
    """The pictures of each record, by its row (its column where the one record lies on the side).

    What lies among the letterhead's lines, or above everything, is its logo. A picture between two
    records is of the upper one, unless they stand below theirs throughout.
    """
    is_aside = region.shape == "transposed"
    starts = [region.first_row] if is_aside else list(region.row_numbers)
    rows = [number for number, row in enumerate(sheet.rows) if filled(row)]
    ends = [_last_before(end, rows) for end in (*starts[1:], len(sheet.rows))]
    head = _last_before(starts[0], rows)
    pictures = [p for p in sheet.pictures if p.row > head]
    stand_above = any(p.row < starts[0] for p in pictures)
    if head < 0 and len(starts) == 1:
        pictures = [p for p in pictures if p.row >= starts[0]]
    leads = stand_above and not any(p.row > ends[-1] for p in pictures)
    found: dict[int, list[Picture]] = {}
    for picture in pictures:
        at = max(bisect_right(starts, picture.row) - 1, 0)
        if leads and picture.row > ends[at]:
            at += 1
        found.setdefault(region.row_numbers[at], []).append(picture)
    return {row: tuple(of_record) for row, of_record in found.items()}


def _last_before(end: int, rows: Sequence[int]) -> int:
    """The last of the filled ``rows`` above ``end``, -1 where there is none."""
    return max((row for row in rows if row < end), default=-1)
