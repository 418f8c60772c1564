"""Owns which records of a table are damaged, and putting them right where that is certain.

A record is damaged when its quotation marks don't pair or when it is shorter or longer than the
whole records around it. It is compared with those; what can't be put right for certain is laid out
as well as possible and named. Other records are never touched. Must not read files.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.sheets.reading.alignment import Fit, Writing, fit
from app.sheets.reading.columns import Column, Heading, columns_of
from app.sheets.reading.dialect import Dialect
from app.sheets.reading.glued import parted_at_known_words
from app.sheets.reading.records import Record, looks_written_otherwise
from app.sheets.reading.writings import written_otherwise

_NEIGHBOURS = 60
_PART = 20
_MODEL_ROWS = 90
#: Cells tried; a file that is damaged all over is not worth minutes.
_MOST_EFFORT = 600_000
#: Pieces too many that a damaged record usually has; each further one can join each cell.
_USUAL_SPARE = 4
_OWN_TABLE = 4
#: Costs above the table's own usual cost: what most repairs take, and the most that is believed.
_LIKELY = 6.0
_BELIEVED = 14.0
#: How much better a record of the usual length must become to be cut otherwise.
_CLEARLY = 3.0
_USUAL = 2.5
#: What a cell costs at most that fits its column.
_FITTING = 4.5
_CUT_INSIDE_QUOTES = 8.0
_OTHER_SEPARATORS = (",", ";", "\t", "|", " ")


@dataclass(frozen=True, slots=True)
class Damage:
    """A record that was damaged: its row from 0, and whether the repair is certain."""

    row: int
    is_repaired: bool


def repaired(found: Sequence[Record], dialect: Dialect) -> tuple[list[list[str]], list[Damage]]:
    """The cells of all records, damaged ones put right, and what was damaged."""
    repairs = _Repairs(found, dialect)
    rows = [record.cells for record in found]
    damages: list[Damage] = []
    for row in repairs.suspects():
        if repairs.effort > _MOST_EFFORT:
            damages.append(Damage(row, is_repaired=False))
            continue
        outcome = repairs.repair(row)
        if outcome is not None:
            cells, damage = outcome
            rows[row] = cells
            if damage is not None:
                damages.append(damage)
    return rows, damages


class _Repairs:
    def __init__(self, found: Sequence[Record], dialect: Dialect) -> None:
        self._found = found
        self._dialect = dialect
        self._separator = dialect.mark
        self._widths = [len(r.cells) if r.state == "whole" else 0 for r in found]
        self._filled = [bool(r.cells) and any(r.cells) for r in found]
        self._columns: dict[tuple[int, int], list[Column]] = {}
        self._usual_cost: dict[tuple[int, int], float] = {}
        blank = self._separator == " "
        self._own: set[int] = set() if blank else _in_runs(self._widths)
        self._usual_width: dict[int, int] = {}
        self.effort = 0

    def suspects(self) -> Iterator[int]:
        """Rows that are broken or of another length than the whole rows around them."""
        for row, record in enumerate(self._found):
            if not self._filled[row]:
                continue
            quote = self._dialect.quote
            is_odd = record.has_loose(quote) or looks_written_otherwise(record.cells, quote)
            if row in self._own and not is_odd:
                continue
            width = self._width_around(row)
            other = record.state == "broken" or len(record.cells) != width
            if width > 1 and (other or is_odd):
                yield row

    def _width_around(self, row: int) -> int:
        """The usual length of the whole rows near ``row``; 0 when there is none."""
        part = row // _PART
        if part not in self._usual_width:
            near = self._widths[
                max(0, part * _PART - _NEIGHBOURS) : (part + 1) * _PART + _NEIGHBOURS
            ]
            widths = Counter(width for width in near if width > 1)
            width, count = widths.most_common(1)[0] if widths else (0, 0)
            enough = count >= 3 or count * 2 > sum(widths.values())
            self._usual_width[part] = width if enough else 0
        return self._usual_width[part]

    def _model(self, row: int, width: int) -> tuple[list[Column], float]:
        """The columns of the whole rows of ``width`` near ``row``, and the usual cost of a row."""
        key = (row // (_PART * 10), width)
        if key not in self._columns:
            rows = [
                (self._found[at].cells, self._found[at].quoted) for at in self._nearest(row, width)
            ]
            columns = columns_of(rows)
            costs = sorted(_row_cost(columns, *row) for row in rows[: _NEIGHBOURS // 2])
            self._columns[key] = columns
            self._usual_cost[key] = costs[len(costs) // 2]
        return self._columns[key], self._usual_cost[key]

    def _nearest(self, row: int, width: int) -> list[int]:
        rows = [
            at
            for at in range(
                max(0, row - 3 * _NEIGHBOURS), min(len(self._found), row + 3 * _NEIGHBOURS)
            )
            if self._widths[at] == width and self._filled[at]
        ]
        rows.sort(key=lambda at: abs(at - row))
        return rows[:_MODEL_ROWS]

    def repair(self, row: int) -> tuple[list[str], Damage | None] | None:
        """New cells for ``row`` and what to tell about it; ``None`` to leave it as it is."""
        width = self._width_around(row)
        record = self._found[row]
        columns, usual = self._model(row, width)
        if self._is_above(row, width):
            return self._heading(row, width)
        is_plain = record.state == "whole" and not record.has_loose(self._dialect.quote)
        if is_plain and (parted := parted_at_known_words(record.cells, columns)):
            return parted, Damage(row, is_repaired=True)
        if record.state == "whole" and _is_short_but_fitting(record, columns):
            return None
        as_is = self._cost_as_is(record, columns)
        if as_is is None or looks_written_otherwise(record.cells, self._dialect.quote):
            other = written_otherwise(record, columns, self._separator)
            most = usual + _LIKELY if as_is is None else min(usual + _LIKELY, as_is)
            if other is not None and other[1] < most:
                return other[0], Damage(row, is_repaired=True)
        if as_is is not None and as_is <= usual + _CLEARLY:
            return None
        best = self._best_fit(record, columns, usual)
        if as_is is not None and (
            best is None or not best.is_certain or best.cost + _CLEARLY > as_is
        ):
            is_cut = _is_cut_inside_quotes(record, self._dialect.quote)
            return (record.cells, Damage(row, False)) if is_cut else None
        is_apart = self._is_apart(record, width) and not _is_cut_short(record, columns)
        if best is None:
            return None if is_apart else (record.cells, Damage(row, False))
        certain = best.is_certain and _has_usual_gaps(best, columns)
        if not certain and self._is_apart(record, width):
            return None if is_apart else (record.cells, Damage(row, False))
        return list(best.cells), Damage(row, is_repaired=certain)

    def _cost_as_is(self, record: Record, columns: Sequence[Column]) -> float | None:
        """What a whole record of the right length costs as it is; ``None`` for any other."""
        if record.state != "whole" or len(record.cells) != len(columns):
            return None
        loose: float = sum(_edge_quotes(cell, self._dialect.quote) for cell in record.cells)
        if _is_cut_inside_quotes(record, self._dialect.quote):
            loose += _CUT_INSIDE_QUOTES
        return _row_cost(columns, record.cells, record.quoted) + loose

    def _best_fit(self, record: Record, columns: Sequence[Column], usual: float) -> Fit | None:
        for more in (_LIKELY, _BELIEVED):
            best = self._fit(record, columns, self._separator, usual + more)
            for other in _OTHER_SEPARATORS:
                enough = record.raw.count(other) >= len(columns) - 1
                if other != self._separator and enough and len(record.cells) < len(columns):
                    found = self._fit(record, columns, other, usual + more)
                    if found is not None and (best is None or found.cost + 4 < best.cost):
                        best = found
            if best is not None:
                return best
        return None

    def _fit(
        self, record: Record, columns: Sequence[Column], separator: str, budget: float
    ) -> Fit | None:
        quote = self._dialect.quote
        unpaired = record.state == "broken" or record.has_loose(quote)
        lacks = unpaired or len(record.cells) <= len(columns)
        pieces = record.raw.count(separator) + 1
        spare = max(1, (pieces - len(columns)) // _USUAL_SPARE)
        self.effort += pieces * len(columns) * (8 if lacks else 1) * spare
        return fit(
            record.raw,
            columns,
            Writing(separator, quote, self._dialect.skips_space and separator == self._separator),
            budget=budget,
            may_lack_separator=lacks,
        )

    def _is_above(self, row: int, width: int) -> bool:
        """Whether ``row`` stands directly on the first whole rows: a heading, if anything."""
        above = any(self._widths[at] == width for at in range(max(0, row - _NEIGHBOURS), row))
        below = next((at for at in range(row + 1, len(self._found)) if self._filled[at]), None)
        return not above and below is not None and self._widths[below] == width

    def _heading(self, row: int, width: int) -> tuple[list[str], Damage | None] | None:
        record = self._found[row]
        found = self._best_fit(record, [Heading() for _ in range(width)], 0.4 * width)
        if found is None:
            return None
        if found.is_certain and all(found.cells):
            return list(found.cells), Damage(row, is_repaired=True)
        return None if self._is_apart(record, width) else (record.cells, Damage(row, False))

    def _is_apart(self, record: Record, width: int) -> bool:
        """Whether the record is no row of the table at all: a title, a group, a total, a note."""
        filled = sum(map(bool, record.cells))
        differs = abs(len(record.cells) - width) > 2
        return record.state == "whole" and (filled == 1 or filled * 2 < width or differs)


def _in_runs(widths: list[int]) -> set[int]:
    """Rows in runs of at least four whole rows of one length: tables in their own right."""
    own: set[int] = set()
    start = 0
    for at in range(1, len(widths) + 1):
        if at == len(widths) or widths[at] != widths[start]:
            if widths[start] > 1 and at - start >= _OWN_TABLE:
                own.update(range(start, at))
            start = at
    return own


def _row_cost(columns: Sequence[Column], cells: list[str], quoted: list[bool]) -> float:
    return sum(c.cost(cell, quoted=q) for c, cell, q in zip(columns, cells, quoted, strict=True))


def _has_usual_gaps(found: Fit, columns: Sequence[Column]) -> bool:
    """Whether empty cells are only where the table has empty cells elsewhere too."""
    return all(
        cell or column.cost("", quoted=False) < _USUAL
        for cell, column in zip(found.cells, columns, strict=True)
    )


def _edge_quotes(cell: str, quote: str | None) -> int:
    """How many quotation marks stand at the edges of ``cell``."""
    return len(cell) - len(cell.strip(quote)) if quote and cell else 0


def _is_cut_inside_quotes(record: Record, quote: str | None) -> bool:
    """Whether a quotation begins in one cell and ends in a later one: ``latch"Soft, 45 kg"``.

    A mark behind a digit is an inch.
    """
    if quote is None:
        return False
    pairs = zip(record.cells, record.quoted, strict=True)
    open_cells = [cell for cell, quoted in pairs if not quoted and cell.count(quote) % 2]
    return len(open_cells) > 1 and not all(
        cell[max(0, cell.find(quote) - 1) : cell.find(quote)].isdigit() for cell in open_cells
    )


def _is_cut_short(record: Record, columns: Sequence[Column]) -> bool:
    """Whether the rest of a record is missing: what is there fits the first columns."""
    half = len(record.cells) * 2 >= len(columns) > len(record.cells)
    return half and all(
        cell and column.cost(cell, quoted=quoted) < _FITTING
        for column, cell, quoted in zip(columns, record.cells, record.quoted, strict=False)
    )


def _is_short_but_fitting(record: Record, columns: Sequence[Column]) -> bool:
    """Whether only empty cells at the end were left out."""
    if len(record.cells) >= len(columns):
        return False
    here = all(
        column.cost(cell, quoted=quoted) < _FITTING
        for column, cell, quoted in zip(columns, record.cells, record.quoted, strict=False)
    )
    return here and all(column.is_mostly_empty for column in columns[len(record.cells) :])
