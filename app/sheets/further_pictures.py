"""Owns rows that only bring a further picture of the article above, as shops' programs export them.

Must not read cells into values.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from app.kernel.messages import Message
from app.sheets.grid import Value
from app.sheets.layout import ExcludedRow, TableRegion
from app.sheets.layout.shapes import filled, text_of
from app.sheets.mapping.columns import ColumnMapping


def without_further_pictures(region: TableRegion, columns: Sequence[ColumnMapping]) -> TableRegion:
    """``region`` without the rows that name the article above again and tell no more than a picture."""
    pictures = {column.index for column in columns if column.fields == ("picture",)}
    told = {column.index for column in columns if column.fields} - pictures
    if region.shape != "table" or not pictures:
        return region
    above: tuple[Value, ...] = ()
    kept: list[int] = []
    excluded = list(region.excluded)
    for position, row in enumerate(region.rows):
        if above and _is_further_picture(row, above, pictures, told):
            text = " ".join(text_of(row[place]) for place in filled(row))[:200]
            reason = Message("layout.row_is_further_picture")
            excluded.append(ExcludedRow(region.row_numbers[position], text, reason))
        else:
            kept.append(position)
            above = row
    if len(kept) == len(region.rows):
        return region
    return replace(
        region,
        rows=tuple(region.rows[position] for position in kept),
        row_numbers=tuple(region.row_numbers[position] for position in kept),
        excluded=tuple(sorted(excluded, key=lambda one: one.row)),
    )


def _is_further_picture(
    row: tuple[Value, ...], above: tuple[Value, ...], pictures: set[int], told: set[int]
) -> bool:
    cells = filled(row)
    again = {place for place in cells if place not in pictures and row[place] == above[place]}
    return (
        bool(again)
        and not pictures.isdisjoint(cells)
        and all(place in again for place in cells if place in told)
        and any(above[place] not in (None, "") and place not in cells for place in told)
    )
