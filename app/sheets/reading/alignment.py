"""Owns the fitting of one damaged record to its table's columns.

The record's pieces between separators are laid over the columns in every sensible way: one piece a
cell; several pieces one cell (a separator inside text); an empty piece dropped (a separator too
many); one piece cut in two (a separator too few); cells missing at the end. The cheapest way wins,
and it is certain when no different result comes near it. Must not know files or rows around it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.sheets.reading.columns import Column
from app.sheets.reading.kinds import TELLING, kind

_EXTRA_SEPARATOR = 2.5
_MISSING_SEPARATOR = 2.5
_MISSING_CELL = 1.0
_STRAY_QUOTE = 3.0
_INNER_QUOTE = 1.0
_QUOTE_INSIDE_WORDS = 0.7
_SEPARATOR_IN_QUOTES = 3.0
_SEPARATOR_IN_WORDS = {" ": 0.15, ",": 2.0}
_SEPARATOR_ELSEWHERE = 2.5
_SEPARATOR_AT_EDGE = 2.0
_KEPT = 4
#: How much dearer any other way must be for the cheapest one to be certain.
MARGIN = 1.2
_MOST_PIECES = 200
#: Quotation marks: each may be where a cell ends, and no record has nearly as many.
_MOST_MARKS = 400
_MOST_STATES = 6000
_LONGEST_CUT = 80
_LAST_CUT = 320
_FITS_WELL = 1.2

Way = tuple[float, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Writing:
    """How the record is written: separator, quotation mark, whether a space belongs to the former."""

    separator: str
    quote: str | None
    skips_space: bool


@dataclass(frozen=True, slots=True)
class Fit:
    """How a record fits: its cells, the cost, and how much dearer the next different result is."""

    cells: tuple[str, ...]
    cost: float
    margin: float

    @property
    def is_certain(self) -> bool:
        """Whether no other reading comes near."""
        return self.margin >= MARGIN


def fit(
    raw: str,
    columns: Sequence[Column],
    writing: Writing,
    *,
    budget: float,
    may_lack_separator: bool,
) -> Fit | None:
    """The best way to lay ``raw`` over ``columns``; ``None`` when it costs more than ``budget``.

    A record of very many pieces or quotation marks is not tried either.
    """
    if writing.quote and raw.count(writing.quote) > _MOST_MARKS:
        return None
    pieces = raw.split(writing.separator)
    if len(pieces) > _MOST_PIECES or len(pieces) * len(columns) > _MOST_STATES:
        return None
    fitting = _Fitting(pieces, columns, writing, budget, may_lack_separator)
    ways = fitting.ways()
    if not ways or ways[0][0] > budget:
        return None
    margin = (ways[1][0] if len(ways) > 1 else budget + MARGIN) - ways[0][0]
    return Fit(cells=ways[0][1], cost=ways[0][0], margin=margin)


class _Fitting:
    def __init__(
        self,
        pieces: list[str],
        columns: Sequence[Column],
        writing: Writing,
        budget: float,
        may_lack_separator: bool,
    ) -> None:
        self._pieces = [p.lstrip(" ") for p in pieces] if writing.skips_space else pieces
        self._columns = columns
        self._separator = writing.separator
        self._joint = self._separator + " " * writing.skips_space
        self._quote = writing.quote or "\x00"
        self._budget = budget + MARGIN
        least = [column.least for column in columns]
        self._left_over = [self._budget - sum(least[at:]) for at in range(len(columns) + 1)]
        self._may_lack_separator = may_lack_separator
        self._spare = max(0, len(pieces) - len(columns)) + 2

    def ways(self) -> list[Way]:
        """The cheapest ways to fill all columns from all pieces, cheapest first."""
        width, count = len(self._columns), len(self._pieces)
        states: list[list[list[Way]]] = [[[] for _ in range(count + 1)] for _ in range(width + 1)]
        states[0][0] = [(0.0, ())]
        for column in range(width + 1):
            for piece in range(count + 1):
                here = _best(states[column][piece])
                if here:
                    states[column][piece] = here
                    for taken, used, cells, cost in self._steps(column, piece, here[0][0]):
                        most = self._left_over[column + taken] - cost
                        there = states[column + taken][piece + used]
                        there.extend(
                            (known + cost, done + cells) for known, done in here if known <= most
                        )
        return _best(states[width][count])

    def _steps(
        self, column: int, piece: int, known: float
    ) -> Iterator[tuple[int, int, tuple[str, ...], float]]:
        """Steps from here: columns filled, pieces used, the cells, the cost."""
        left = len(self._columns) - column
        if piece == len(self._pieces):
            if left:
                missing = self._columns[column].cost("", quoted=False) + _MISSING_CELL
                yield 1, 0, ("",), missing
            return
        if not self._pieces[piece].strip():
            yield 0, 1, (), _EXTRA_SEPARATOR
        if not left:
            return
        for used, text, cost in self._cells_from(column, piece):
            yield 1, used, (text,), cost
        affordable = self._left_over[column] - known > _MISSING_SEPARATOR
        if left > 1 and self._may_lack_separator and affordable:
            for used, cells, cost in self._cuts(column, piece, known):
                yield 2, used, cells, cost

    def _cells_from(self, column: int, piece: int) -> Iterator[tuple[int, str, float]]:
        """Cells that start with ``piece``: pieces used, text, cost."""
        target = self._columns[column]
        text = self._pieces[piece]
        yield 1, *self._cell(text, target, 0)
        opened = text.startswith(self._quote)
        if not (opened or target.holds_words):
            return
        most = len(self._pieces) - piece if opened or self._separator == " " else self._spare
        closed = 0
        for used in range(2, min(most, len(self._pieces) - piece) + 1):
            text += self._joint + self._pieces[piece + used - 1]
            closes = opened and text.endswith(self._quote)
            if closes or target.holds_words:
                if not closes and used > self._spare and self._separator != " ":
                    continue
                yield used, *self._cell(text, target, used - 1)
                closed += closes
                if closed >= 3:
                    return

    def _cell(self, text: str, column: Column, joints: int) -> tuple[str, float]:
        """What ``text`` says in ``column``, and the cost with ``joints`` separators inside."""
        quote = self._quote
        if len(text) >= 2 and text[0] == quote == text[-1]:
            inner = text[1:-1]
            lone = inner.replace(quote + quote, "").count(quote)
            inner = inner.replace(quote + quote, quote)
            cost = lone * _INNER_QUOTE + column.cost(inner, quoted=True)
            edges = text.count(self._separator + quote) + text.count(quote + self._separator)
            return inner, cost + edges * _SEPARATOR_IN_QUOTES
        bare = text.strip(quote)
        if len(bare) < len(text):
            likely = min(column.cost(bare, quoted=True), column.cost(bare, quoted=False))
            cost = likely + _STRAY_QUOTE * (len(text) - len(bare))
        else:
            cost = column.cost(text, quoted=False)
        cost += bare.count(quote) * _QUOTE_INSIDE_WORDS
        if joints:
            cost += joints * _SEPARATOR_IN_WORDS.get(self._separator, _SEPARATOR_ELSEWHERE)
            at_edge = text.startswith(self._separator) or text.endswith(self._separator)
            cost += _SEPARATOR_AT_EDGE * at_edge
        return text, cost

    def _cuts(
        self, column: int, piece: int, known: float
    ) -> Iterator[tuple[int, tuple[str, ...], float]]:
        """A separator is missing: cells of two columns out of one run of pieces."""
        most = self._left_over[column + 1] - known - _MISSING_SEPARATOR
        for used, text in self._runs(piece):
            ways: list[Way] = []
            for at in self._places(text, column):
                left, left_cost = self._cell(text[:at], self._columns[column], 0)
                if left_cost > most:
                    continue
                right, right_cost = self._cell(text[at:], self._columns[column + 1], 0)
                ways.append((left_cost + right_cost + _MISSING_SEPARATOR, (left, right)))
            for cost, cells in _best(ways):
                yield used, cells, cost

    def _runs(self, piece: int) -> Iterator[tuple[int, str]]:
        """The piece, and longer runs when a quotation mark opens inside of it."""
        text = self._pieces[piece]
        yield 1, text
        if self._quote not in text:
            return
        closed = 0
        for used in range(2, min(len(self._pieces) - piece, 40) + 1):
            text += self._joint + self._pieces[piece + used - 1]
            if self._quote in self._pieces[piece + used - 1]:
                yield used, text
                closed += 1
                if closed >= 3:
                    return

    def _places(self, text: str, column: int) -> Iterator[int]:
        """Where ``text`` may be cut: anywhere when short, where its writing changes when long.

        What fits one of the two columns well is only taken for one of the two, the other empty,
        unless one part is words that its column knows, and the other known or of a telling kind.
        """
        yield 0
        yield len(text)
        quoted = self._quote in text
        both = self._columns[column : column + 2]
        if not quoted and any(self._cell(text, one, 0)[1] < _FITS_WELL for one in both):
            for at in range(1, min(len(text), _LONGEST_CUT)):
                known = both[0].knows(text[:at]), both[1].knows(text[at:])
                if all(known) or (
                    any(known) and kind(text[at:] if known[0] else text[:at]) in TELLING
                ):
                    yield at
            return
        for at in range(1, len(text)):
            before, after = text[at - 1], text[at]
            if self._separator in (before, after):
                continue
            by_quote = quoted and self._quote in (before, after)
            anywhere = at < _LONGEST_CUT and not quoted
            if by_quote or anywhere or (at < _LAST_CUT and _class(before) != _class(after)):
                yield at


def _class(character: str) -> str:
    if character.isdigit():
        return "9"
    if character.isalpha():
        return "A" if character.isupper() else "a"
    return character


def _best(ways: list[Way]) -> list[Way]:
    """The cheapest ways that differ in their cells, cheapest first."""
    cheapest: dict[tuple[str, ...], float] = {}
    for cost, cells in ways:
        if cost < cheapest.get(cells, 1e9):
            cheapest[cells] = cost
    ranked = sorted((cost, cells) for cells, cost in cheapest.items())
    return ranked[:_KEPT]
