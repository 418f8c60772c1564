"""Owns cells that say they are as the one above: 同上, ``ditto``, 〃.

Must not read cells into values.
"""

from __future__ import annotations

from typing import Final

from app.sheets.grid import Value
from app.sheets.layout.shapes import is_empty

_SAID: Final = (
    "同上|同上行|〃|″|\"|''|”|“|ditto|(ditto)|-ditto-|-do-|do.|same as above|(same as above)|(same)|as above|"
    "dito|dto.|wie oben|siehe oben|idem|ídem|то же|то же самое"
)
_AS_ABOVE: Final = frozenset(
    said
    for word in _SAID.split("|")
    for said in (word, word.upper(), word.capitalize(), word.title())
)


class RowAbove:
    """The row before the next one of a table, with what its own cells took from above."""

    def __init__(self) -> None:
        self._row: tuple[Value, ...] = ()

    def repeated_in(self, row: tuple[Value, ...]) -> tuple[Value, ...]:
        """``row`` with the cells above in place of those that only say so."""
        if not _AS_ABOVE.isdisjoint(row) and self._row:
            row = tuple(
                above if value in _AS_ABOVE and not is_empty(above) else value
                for value, above in zip(row, self._row, strict=True)
            )
        self._row = row
        return row
