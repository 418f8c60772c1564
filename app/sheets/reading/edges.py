"""Owns where rows or columns begin and end, from the few sizes that differ from the ordinary one.

Must not know units: each format brings its own.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from itertools import accumulate

from app.sheets.reading import limits


class Edges:
    """Positions along one direction: sizes of the lines that differ, one size for the others."""

    def __init__(self, sizes: Mapping[int, int], default: int) -> None:
        self._default = max(default, 1)
        self._sizes = sizes
        self._lines = sorted(sizes)
        grown = accumulate(sizes[line] - self._default for line in self._lines)
        #: By how much the lines up to each listed one push what follows further.
        self._pushed = [0, *grown]

    def start(self, line: int) -> int:
        """Where ``line`` begins."""
        return line * self._default + self._pushed[bisect_right(self._lines, line - 1)]

    def position(self, line: int, offset: int) -> int:
        """A point inside ``line``; what lies beyond its end counts as its end, as Excel draws it."""
        return self.start(line) + max(0, min(offset, self._size(line)))

    def part_of(self, line: int, part: int, parts: int) -> int:
        """A point inside ``line``, given as so many of ``parts``."""
        return self.position(line, self._size(line) * part // parts)

    def middle(self, first: int, last: int) -> int:
        """The line that holds the point half-way between two positions."""
        position = (first + last) // 2
        low, high = 0, limits.ROWS
        while low < high:
            middle = (low + high + 1) // 2
            if self.start(middle) <= position:
                low = middle
            else:
                high = middle - 1
        return low

    def _size(self, line: int) -> int:
        return self._sizes.get(line, self._default)
