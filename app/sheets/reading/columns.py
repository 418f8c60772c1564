"""Owns what the columns of a table usually hold, learnt from its whole rows, as costs.

A cost is about the negative logarithm of a probability: 0 fits perfectly, 5 hardly ever occurs.
Must not know separators or quotation marks beyond whether a cell was quoted.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence

from app.sheets.reading.kinds import TELLING, kind, shape

_FEW_SHAPES = 4
_ODD_SHAPE = 1.5
_LEAST_SPREAD = 0.35
_TRIED = 40
#: Rows with the same words, from which on they are no coincidence.
_KNOWN = 3
_DATE_BEHIND_WORD = re.compile(r"[^\W\d_]\d{4}")


class Column:
    """What one column usually holds; ``least`` is the cost of what fits it best."""

    def __init__(self, cells: Sequence[str], quoted: Sequence[bool]) -> None:
        self._count = len(cells)
        self._costs: dict[tuple[str, bool], float] = {}
        self._kinds = Counter(map(kind, cells))
        self._cells = cells
        #: Words that several rows hold just so.
        self.known = frozenset(
            cell for cell, count in Counter(cells).items() if cell.strip() and count >= _KNOWN
        )
        self._shapes = _outline(cells)
        self._starts = Counter(_start(cell) for cell in cells if cell.strip())
        self._filled = sum(self._starts.values())
        in_marks = sum(q for q, cell in zip(quoted, cells, strict=True) if cell.strip())
        self._quoted = in_marks / max(self._filled, 1)
        lengths = [math.log(len(cell) + 1) for cell in cells if cell.strip()]
        self._length = sum(lengths) / max(len(lengths), 1)
        spread = sum((one - self._length) ** 2 for one in lengths) / max(len(lengths), 1)
        self._spread = max(math.sqrt(spread), _LEAST_SPREAD)
        pairs = list(zip(cells, quoted, strict=True))[:_TRIED]
        self.least = min((self.cost(cell, quoted=q) for cell, q in pairs), default=0.0)

    @property
    def holds_words(self) -> bool:
        """Whether running text is usual here, which may contain a separator."""
        return self._kinds["words"] * 5 > self._filled > 0

    @property
    def is_mostly_empty(self) -> bool:
        """Whether most cells here are empty."""
        return self._kinds["empty"] * 2 >= self._count

    def knows(self, cell: str) -> bool:
        """Whether several rows hold just these words here."""
        return cell in self.known

    def has_end(self, words: str) -> bool:
        """Whether any cell here ends with ``words``."""
        return any(cell.endswith(words) for cell in self._cells)

    def has_start(self, words: str) -> bool:
        """Whether any cell here begins with ``words``."""
        return any(cell.startswith(words) for cell in self._cells)

    def cost(self, cell: str, *, quoted: bool) -> float:
        """How odd ``cell`` would be in this column."""
        key = (cell, quoted)
        if key not in self._costs:
            self._costs[key] = self._cost(cell, quoted)
        return self._costs[key]

    def _cost(self, cell: str, quoted: bool) -> float:
        what = kind(cell)
        cost = -math.log((self._kinds[what] + 0.3) / (self._count + 0.3 * 6))
        if what == "empty":
            return cost
        if self._filled:
            share = self._quoted if quoted else 1 - self._quoted
            cost -= math.log(0.1 + 0.9 * share)
        if what in TELLING:
            odd = bool(self._shapes) and shape(cell) not in self._shapes
            return cost + (_ODD_SHAPE if odd else 0.0)
        return cost + (0.0 if cell in self.known else self._words_cost(cell))

    def _words_cost(self, cell: str) -> float:
        start = -math.log((self._starts[_start(cell)] + 0.5) / (self._filled + 2.0))
        away = (math.log(len(cell) + 1) - self._length) / self._spread
        edge = 1.0 if cell[0] == " " or cell[-1] == " " else 0.0
        return 0.4 * start + 0.25 * min(away * away, 12.0) + edge


class Heading(Column):
    """What a heading above any column usually is: a few words, seldom empty, no number or date."""

    def __init__(self) -> None:
        super().__init__((), ())

    @property
    def holds_words(self) -> bool:
        """Headings are words, but none is expected to contain a separator."""
        return False

    def cost(self, cell: str, *, quoted: bool) -> float:
        """How odd ``cell`` would be as a heading, in quotation marks or not."""
        what = kind(cell)
        if what == "empty":
            return 3.5
        if what == "words":
            glued = 1.5 if _DATE_BEHIND_WORD.search(cell) else 0.0
            return 0.2 + glued + max(0.0, len(cell) - 60) / 20
        return 1.0 + 0.1 * quoted if what == "code" else 2.5


def columns_of(rows: Sequence[tuple[list[str], list[bool]]]) -> list[Column]:
    """The columns of whole rows of one length, given as cells and whether they were quoted."""
    width = len(rows[0][0])
    return [
        Column([cells[at] for cells, _ in rows], [quoted[at] for _, quoted in rows])
        for at in range(width)
    ]


def _outline(cells: Sequence[str]) -> frozenset[str]:
    """The shapes of a column whose typed values come in few shapes; none when they vary."""
    typed = Counter(shape(cell) for cell in cells if kind(cell) in TELLING)
    if not typed:
        return frozenset()
    usual = typed.most_common(_FEW_SHAPES)
    if sum(count for _, count in usual) < 0.9 * sum(typed.values()):
        return frozenset()
    return frozenset(name for name, _ in usual)


def _start(cell: str) -> str:
    """What a cell begins with, roughly."""
    first = cell.lstrip()[:1]
    if first.isdigit():
        return "9"
    if first.isalpha():
        return "A" if first.isupper() else "a" if first.islower() else "字"
    return "."
