"""Owns which rows of a template stand in the paper: lines repeat, conditional blocks come or go.

Must not fill cells.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from app.kernel.errors import AppError
from app.papers.content import LineKind, PaperLine
from app.papers.templates.placeholders import CONDITION, END, GROUP, MarkedCell, is_line_name
from app.papers.templates.references import PlacedRow, RowPlan
from app.papers.templates.values import Value

#: The cells with placeholders of each row, by the row's number.
MarkedRows = Mapping[int, Sequence[MarkedCell]]


@dataclass(frozen=True, slots=True)
class _Block:
    """An open condition: the cell it stands in, its name, and whether it holds."""

    cell: str
    name: str
    holds: bool


def plan_rows(
    rows: MarkedRows,
    last_row: int,
    *,
    plain_rows: Iterable[int],
    values: Mapping[str, Value],
    lines: Sequence[PaperLine],
    sheet: str,
) -> RowPlan:
    """The rows of the paper. ``plain_rows`` hold something besides placeholders.

    Raises :class:`AppError` for a condition that is never closed, and for an end without one.
    """
    kept = _kept_rows(rows, last_row, plain=set(plain_rows), values=values, sheet=sheet)
    has_groups = any(GROUP in cell.names for cells in rows.values() for cell in cells)
    placed: list[PlacedRow] = []
    for repeated, run in groupby(kept, lambda row: _is_line_row(rows, row)):
        sources = list(run)
        if not repeated:
            placed += [PlacedRow(source) for source in sources]
        elif not lines:
            placed += [PlacedRow(s, -1) for s in sources if not _is_group_row(rows, s)]
        else:
            for index, line in enumerate(lines):
                grouping = line.kind is LineKind.HEADING and has_groups
                placed += [
                    PlacedRow(s, index) for s in sources if _is_group_row(rows, s) == grouping
                ]
    return RowPlan(placed)


def _is_line_row(rows: MarkedRows, row: int) -> bool:
    return any(is_line_name(name) for cell in rows.get(row, ()) for name in cell.names)


def _is_group_row(rows: MarkedRows, row: int) -> bool:
    return any(GROUP in cell.names for cell in rows.get(row, ()))


def _kept_rows(
    rows: MarkedRows,
    last_row: int,
    *,
    plain: set[int],
    values: Mapping[str, Value],
    sheet: str,
) -> list[int]:
    """The rows whose conditions hold, without those that only say a condition."""
    open_blocks: list[_Block] = []
    kept: list[int] = []
    for row in range(1, last_row + 1):
        cells = rows.get(row, ())
        shown = all(block.holds for block in open_blocks)
        for cell in cells:
            _turn(cell, open_blocks, values, sheet)
        shown = shown and all(block.holds for block in open_blocks)
        marker = bool(cells) and row not in plain and all(cell.only_control for cell in cells)
        if shown and not marker:
            kept.append(row)
    if open_blocks:
        block = open_blocks[-1]
        raise AppError("papers.unclosed_block", sheet=sheet, cell=block.cell, name=block.name)
    return kept


def _turn(
    cell: MarkedCell, open_blocks: list[_Block], values: Mapping[str, Value], sheet: str
) -> None:
    place = cell.cell.get("r", "?")
    for name in cell.names:
        if name == END:
            if not open_blocks:
                raise AppError("papers.stray_end", sheet=sheet, cell=place)
            open_blocks.pop()
        elif name.startswith(CONDITION):
            condition = name.removeprefix(CONDITION).strip()
            open_blocks.append(_Block(place, condition, bool(values.get(condition))))
