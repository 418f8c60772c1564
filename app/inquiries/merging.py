"""Owns what becomes of two inquiries that are one: whose values stay, and which lines are the same.

A proposal for the person who merges them. Must not read or store anything.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import product
from typing import Protocol

from app.inquiries.fields import INQUIRY_FIELDS
from app.inquiries.stages import Stage
from app.inquiries.wording_score import specifications_in, words_in

#: What the person chooses between. The number stays, and both texts are kept.
MERGED_FIELDS = (
    "buyer",
    *(f.key for f in INQUIRY_FIELDS if f.key not in {"number", "original_text"}),
)
#: Of two inquiries that are one the live one counts, and what was reached is not lost.
_FURTHER = (
    *(Stage.LOST, Stage.DORMANT, Stage.NEW, Stage.QUALIFIED),
    *(Stage.SOURCING, Stage.QUOTED, Stage.NEGOTIATING, Stage.WON),
)
_SAME_WORDS = 0.6


class AskedGoods(Protocol):
    """What the rule looks at of a line, stored or shown."""

    @property
    def id(self) -> int:
        """Which line it is."""

    @property
    def product_id(self) -> int | None:
        """The product of the book it was linked to."""

    @property
    def wording(self) -> str:
        """The buyer's words."""


def taken_fields(kept: Mapping[str, object], other: Mapping[str, object]) -> frozenset[str]:
    """The fields in which the value of ``other`` stays unless the person says otherwise.

    Those that ``kept`` lacks, the earlier of the times, and the stage that was reached.
    """
    taken = {key for key in MERGED_FIELDS if not kept.get(key) and other.get(key)}
    if kept.get("next_action"):
        taken.discard("next_action_on")
    for key in ("received_at", "first_answered_at"):
        mine, theirs = kept.get(key), other.get(key)
        if isinstance(mine, datetime) and isinstance(theirs, datetime) and theirs < mine:
            taken.add(key)
    stages = [_FURTHER.index(Stage(str(values["stage"]))) for values in (kept, other)]
    return frozenset(taken | ({"stage"} if stages[1] > stages[0] else set()))


def same_lines(kept: Sequence[AskedGoods], other: Sequence[AskedGoods]) -> dict[int, int]:
    """Lines of ``other`` → the line of ``kept`` that asks for the same goods, the likest first."""
    likeness = {
        (theirs.id, mine.id): _likeness(mine, theirs) for theirs, mine in product(other, kept)
    }
    joined: dict[int, int] = {}
    for (theirs_id, mine_id), alike in sorted(likeness.items(), key=lambda pair: -pair[1]):
        if alike >= _SAME_WORDS and theirs_id not in joined and mine_id not in joined.values():
            joined[theirs_id] = mine_id
    return joined


def is_same_line(line: AskedGoods, other: AskedGoods) -> bool:
    """Whether two lines likely ask for the same goods, as far as their words tell."""
    return _likeness(line, other) >= _SAME_WORDS


def _likeness(line: AskedGoods, other: AskedGoods) -> float:
    """0 to 1; a flask of 500 ml is not one of 750 ml."""
    if line.product_id is not None and line.product_id == other.product_id:
        return 1.0
    sizes = [frozenset(specifications_in(each.wording)) for each in (line, other)]
    if not (sizes[0] <= sizes[1] or sizes[1] <= sizes[0]):
        return 0.0
    mine, theirs = _words(line.wording), _words(other.wording)
    return len(mine & theirs) / max(len(mine), len(theirs), 1)


def _words(wording: str) -> frozenset[str]:
    """Without the plural, so that flasks are a flask."""
    return frozenset(word.removesuffix("s") for word in words_in(wording))
