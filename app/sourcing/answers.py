"""Owns what a supplier's filled-in row says, and which line of the request it answers.

A row is brought home by its hidden key; where the key is gone, or stands on a row that speaks of
another article, by item number and wording. What fits no line, or two, is left to the person.
Must not know sheets or the book.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from rapidfuzz import fuzz

from app.kernel.messages import Message
from app.kernel.text import fold

#: A wording this like the line's is the same; one below the second speaks of something else.
_SAME, _OTHER = 88, 50
_KEY = re.compile(r"^(?P<number>.+)#(?P<position>\d+)(?:@(?P<supplier>\d+))?$")


@dataclass(frozen=True, slots=True)
class LineKey:
    """What the hidden column holds: the request, the line's position in it, whom it was written for."""

    number: str
    position: int
    supplier_id: int | None = None

    def __str__(self) -> str:
        written_for = f"@{self.supplier_id}" if self.supplier_id is not None else ""
        return f"{self.number}#{self.position}{written_for}"


def line_key(text: str) -> LineKey | None:
    """The key written in ``text``, or None."""
    match = _KEY.match(text.strip())
    if match is None:
        return None
    supplier = match["supplier"]
    return LineKey(match["number"], int(match["position"]), int(supplier) if supplier else None)


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestedLine:
    """A line of the request as an answer is matched to it."""

    position: int
    wording: str
    other_names: tuple[str, ...] = ()
    item_number: str = ""
    quantity: Decimal | None = None
    inquiry_line_id: int | None = None
    product_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AnsweredRow:
    """One filled-in row. ``tiers`` are (from quantity, amount) in ``currency``; ``row`` counts from 1."""

    row: int
    key: LineKey | None = None
    item_number: str = ""
    name: str = ""
    tiers: tuple[tuple[Decimal | None, Decimal], ...] = ()
    currency: str | None = None
    includes_vat: bool | None = None
    vat_rate: Decimal | None = None
    incoterm: str | None = None
    place: str | None = None
    unit: str | None = None
    moq: Decimal | None = None
    lead_time_days: int | None = None
    packing: str = ""
    pieces_per_carton: int | None = None
    carton_cbm: Decimal | None = None
    gross_weight_kg: Decimal | None = None
    valid_until: date | None = None
    remarks: str = ""

    @property
    def is_answer(self) -> bool:
        """Whether the supplier wrote a price."""
        return bool(self.tiers)


@dataclass(frozen=True, slots=True)
class MatchedRow:
    """A row with the line it answers, None where none was found; ``note`` says how, or why not."""

    row: AnsweredRow
    line: RequestedLine | None
    note: Message | None = None


def matched(
    rows: Sequence[AnsweredRow], lines: Sequence[RequestedLine], *, number: str
) -> tuple[MatchedRow, ...]:
    """Each row that has a price, with the line of request ``number`` it answers; each line once."""
    by_position = {line.position: line for line in lines}
    taken: set[int] = set()
    found: list[MatchedRow] = []
    for row in rows:
        if not row.is_answer:
            continue
        match = _match(row, lines, by_position, number=number)
        if match.line is not None and match.line.position in taken:
            again = Message("requests.answered_twice", row=row.row, line=match.line.position)
            match = MatchedRow(row, None, again)
        elif match.line is not None:
            taken.add(match.line.position)
        found.append(match)
    return tuple(found)


def _match(
    row: AnsweredRow,
    lines: Sequence[RequestedLine],
    by_position: Mapping[int, RequestedLine],
    *,
    number: str,
) -> MatchedRow:
    named = _named(row, lines)
    keyed = None
    if row.key is not None and row.key.number == number:
        keyed = by_position.get(row.key.position)
    if keyed is not None:
        speaks_of_another = (
            named is not None and named is not keyed and _likeness(row, keyed) < _OTHER
        )
        if not speaks_of_another:
            return MatchedRow(row, keyed)
        return MatchedRow(row, named, Message("requests.key_on_another_row", row=row.row))
    if named is not None:
        return MatchedRow(row, named, Message("requests.matched_by_wording", row=row.row))
    return MatchedRow(row, None, Message("requests.row_fits_no_line", row=row.row, name=row.name))


def _named(row: AnsweredRow, lines: Sequence[RequestedLine]) -> RequestedLine | None:
    """The one line of this item number, else the one whose wording is clearly the most like."""
    if row.item_number:
        same = [line for line in lines if fold(line.item_number) == fold(row.item_number)]
        if len(same) == 1:
            return same[0]
    ranked = sorted(lines, key=lambda line: -_likeness(row, line))
    if not ranked or _likeness(row, ranked[0]) < _SAME:
        return None
    is_tied = len(ranked) > 1 and _likeness(row, ranked[1]) == _likeness(row, ranked[0])
    return None if is_tied else ranked[0]


def _likeness(row: AnsweredRow, line: RequestedLine) -> float:
    """How like the wordings are, 0 to 100."""
    if not row.name:
        return 0
    said = fold(row.name)
    names = (line.wording, *line.other_names)
    whole = fold(" ".join(names))
    return max(
        [fuzz.token_sort_ratio(said, fold(name)) for name in names]
        + [fuzz.token_sort_ratio(said, whole)]
    )
