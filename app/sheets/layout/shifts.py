"""Owns rows that slipped sideways: a stray separator pushed their cells into the wrong columns.

Must not mend them; a person decides.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from app.sheets.grid import Value
from app.sheets.layout.regions import TableRegion
from app.sheets.layout.shapes import (
    CONTACT,
    DATE,
    NUMBER,
    PROSE,
    WORDS,
    dominant_shape,
    filled,
    is_empty,
    shape,
)

_SAMPLE = 500
_FEWEST_ROWS = 20
_LINK = re.compile(r"@|://|\bwww\.")


@dataclass(frozen=True, slots=True)
class UsualShapes:
    """What the columns of a table usually hold: a shape of data, or nothing where no heading is."""

    typed: frozenset[int]
    #: Those of ``typed`` that hold numbers or dates, and so no link and no mail either.
    counted: frozenset[int]
    usually_empty: frozenset[int]

    def fills_empty(self, row: tuple[Value, ...]) -> bool:
        """Whether something stands where usually nothing does."""
        return any(not is_empty(row[place]) for place in self.usually_empty)

    def is_shifted(self, row: tuple[Value, ...]) -> bool:
        """Whether at least two cells stand where their like never does."""
        strange = sum(bool(shape(row[place])) for place in self.usually_empty)
        strange += sum(
            shape(row[place]) in (WORDS, PROSE)
            or (place in self.counted and _LINK.search(str(row[place])) is not None)
            for place in self.typed
        )
        return strange >= 2


def usual_shapes(region: TableRegion) -> UsualShapes:
    """The usual shapes of the columns of ``region``, from a sample over all its rows."""
    rows = region.rows[:: max(1, len(region.rows) // _SAMPLE)]
    if len(rows) < _FEWEST_ROWS:
        return UsualShapes(frozenset(), frozenset(), frozenset())
    typed: dict[int, str] = {}
    counts = dict.fromkeys(range(len(region.headings)), 0)
    for row in rows:
        for place in filled(row):
            counts[place] += 1
    for place in counts:
        usual = dominant_shape((row[place] for row in rows), share=0.85)
        if usual in (NUMBER, DATE, CONTACT):
            typed[place] = usual
    empty = frozenset(
        place
        for place, count in counts.items()
        if count <= 0.02 * len(rows) and not region.headings[place]
    )
    counted = frozenset(place for place, usual in typed.items() if usual != CONTACT)
    return UsualShapes(frozenset(typed), counted, empty if typed else frozenset())
