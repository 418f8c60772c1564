"""Owns records that run on in one line because the line end between them was lost.

They are parted where both halves fit the columns, a heading and its first record as well. Must not
repair single records; ``repair`` does.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from app.sheets.reading.alignment import MARGIN, Writing, fit
from app.sheets.reading.columns import Column, Heading, columns_of
from app.sheets.reading.dialect import Dialect
from app.sheets.reading.marks import ODD_ENDS
from app.sheets.reading.records import Record

_ENOUGH_ROWS = 4
_FEWEST_COLUMNS = 3
_MODEL_ROWS = 90
_MOST_PARTED = 50
#: What a cell of two records in one line may cost above the columns' usual.
_BELIEVED_A_CELL = 1.2
_AT_THE_JOINT = " " + ODD_ENDS


def with_parted_records(
    found: list[Record], dialect: Dialect
) -> tuple[list[Record], dict[int, bool]]:
    """The records with those in one line parted; the places of their second halves, each with
    whether it is certain where the one ends and the other begins.
    """
    widths = Counter(len(r.cells) for r in found if r.state == "whole" and any(r.cells))
    width, count = widths.most_common(1)[0] if widths else (0, 0)
    double = [at for at, record in enumerate(found) if len(record.cells) >= 2 * width - 1]
    if not double or width < _FEWEST_COLUMNS or count < _ENOUGH_ROWS or dialect.mark == " ":
        return found, {}
    if len(double) > min(_MOST_PARTED, count):
        return found, {}
    return _parted(found, double, width, dialect)


def _parted(
    found: list[Record], double: Sequence[int], width: int, dialect: Dialect
) -> tuple[list[Record], dict[int, bool]]:
    whole = [r for r in found if r.state == "whole" and len(r.cells) == width]
    columns = columns_of([(r.cells, r.quoted) for r in whole[:_MODEL_ROWS]])
    first = next(at for at, record in enumerate(found) if any(record.cells))
    parted: list[Record] = []
    places: dict[int, bool] = {}
    for at, record in enumerate(found):
        two = None
        if at in double:
            heads: Sequence[Column] = [Heading() for _ in columns] if at == first else columns
            two = _two(record, [*heads, *columns], dialect)
        if two is None:
            parted.append(record)
            continue
        cells, is_certain = two
        places[len(parted) + 1] = is_certain
        parted += [
            Record(dialect.mark.join(half), half, [False] * width)
            for half in (cells[:width], cells[width:])
        ]
    return parted, places


def _two(
    record: Record, columns: Sequence[Column], dialect: Dialect
) -> tuple[list[str], bool] | None:
    """The cells of both records in the line of ``record`` and whether they are certain.

    ``None`` when it is no two records.
    """
    budget = sum(column.least for column in columns) + _BELIEVED_A_CELL * len(columns)
    if record.state == "whole" and len(record.cells) == len(columns) - 1:
        return _cut_once(record.cells, columns, budget)
    raw = record.raw.translate({ord(sign): dialect.mark for sign in ODD_ENDS})
    writing = Writing(dialect.mark, dialect.quote, dialect.skips_space)
    best = fit(raw, columns, writing, budget=budget, may_lack_separator=True)
    return ([cell.strip() for cell in best.cells], best.is_certain) if best else None


def _cut_once(
    cells: Sequence[str], columns: Sequence[Column], budget: float
) -> tuple[list[str], bool] | None:
    """``cells`` with the middle one cut in two where both parts fit their columns best."""
    half = len(columns) // 2
    middle = cells[half - 1]
    ways = []
    for at in range(len(middle) + 1):
        parts = [middle[:at].strip(_AT_THE_JOINT), middle[at:].strip(_AT_THE_JOINT)]
        laid = [*cells[: half - 1], *parts, *cells[half:]]
        cost = sum(c.cost(cell, quoted=False) for c, cell in zip(columns, laid, strict=True))
        ways.append((cost, laid))
    ways.sort()
    others = [cost for cost, laid in ways if laid != ways[0][1]]
    if ways[0][0] > budget:
        return None
    return ways[0][1], not others or others[0] - ways[0][0] >= MARGIN
