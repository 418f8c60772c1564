"""Owns a record that is whole, but written otherwise than its table: other marks, another separator.

Must not repair what is damaged in any writing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product

from app.sheets.reading.columns import Column
from app.sheets.reading.dialect import OTHER_QUOTES, Dialect
from app.sheets.reading.records import Cutter, Record

_SEPARATORS = (",", ";", "\t", "|", "#", "~", "^", ":", "!", "&")
_QUOTES = ('"', *OTHER_QUOTES)


def written_otherwise(
    record: Record, columns: Sequence[Column], separator: str
) -> tuple[list[str], float] | None:
    """The cells of ``record`` in the writing that fits ``columns`` best, and their cost.

    ``None`` when no other writing makes a whole record of the right length.
    """
    ways = [
        (_cost(columns, cells), cells)
        for cells in _cuts(record.raw, separator, len(columns))
        if len(cells) == len(columns)
    ]
    if not ways:
        return None
    cost, cells = min(ways)
    return cells, cost


def _cuts(raw: str, separator: str, width: int) -> Iterator[list[str]]:
    """The cells of ``raw`` in each other writing that cuts it cleanly."""
    for sign, quote in product(dict.fromkeys((separator, *_SEPARATORS)), _QUOTES):
        if raw.count(sign) < width - 1 or (quote != '"' and quote not in raw):
            continue
        if raw[0] == quote == raw[-1]:
            yield raw[1:-1].split(f"{quote}{sign}{quote}")
        for spaced in (False, True) if f"{sign} " in raw else (False,):
            cut = Cutter(Dialect(sign, quote, skips_space=spaced)).cut(raw)
            if cut.state == "whole" and not any(map(_keeps_mark, cut.cells, cut.quoted)):
                yield cut.cells


def _keeps_mark(cell: str, quoted: bool) -> bool:
    """Whether a mark was left at the edge of a cell, so that the cut was not the writer's."""
    return not quoted and cell != "" and (cell[0] in _QUOTES or cell[-1] in _QUOTES)


def _cost(columns: Sequence[Column], cells: Sequence[str]) -> float:
    """How odd the cells are in the columns; whether they stood in marks says nothing here."""
    return sum(
        min(column.cost(cell, quoted=False), column.cost(cell, quoted=True))
        for column, cell in zip(columns, cells, strict=True)
    )
