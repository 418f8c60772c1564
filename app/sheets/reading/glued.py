"""Owns cells that hold two columns because the separator between them was lost, told by known words.

``…/item/7new`` and ``56*58*33cm现货`` end in what several other rows say in the next column, and no
other cell of their own column ends so. Must not weigh what no other row says; ``alignment`` does.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from app.sheets.reading.columns import Column
from app.sheets.reading.kinds import TELLING, kind

#: Words so long are no chance at the end of a word, and no part of it.
_LONG = 5
_WRITTEN_TOGETHER = frozenset(" -_/\\&+,.;:(\u3000")
#: What a cell costs at most that fits its column.
_FITTING = 4.5


def parted_at_known_words(cells: Sequence[str], columns: Sequence[Column]) -> list[str] | None:
    """``cells`` with the one that holds two parted; ``None`` where that is not certain."""
    if len(cells) + 1 != len(columns):
        return None
    ways = [laid for laid in _ways(cells, columns) if _fits(laid, columns)]
    return ways[0] if len(ways) == 1 else None


def _ways(cells: Sequence[str], columns: Sequence[Column]) -> Iterator[list[str]]:
    for at, text in enumerate(cells):
        own, following = columns[at : at + 2]
        if own.knows(text):
            continue
        places = {len(text) - len(word) for word in following.known if text.endswith(word)}
        places = {cut for cut in places if not own.has_end(text[cut:])}
        starts = (word for word in own.known if text.startswith(word))
        places |= {len(word) for word in starts if not following.has_start(word)}
        for cut in places:
            left, right = text[:cut], text[cut:]
            if _is_joint(left, right):
                yield [*cells[:at], left, right, *cells[at + 1 :]]


def _is_joint(left: str, right: str) -> bool:
    """Whether two texts met by accident: no blank or mark between them, or a change of writing."""
    if not (left and right) or left[-1] in _WRITTEN_TOGETHER or right[0] in _WRITTEN_TOGETHER:
        return left[-1:] == "." and right[:1].isalpha() and len(right) >= _LONG
    if kind(right) in TELLING and kind(left) in TELLING:
        return False
    changes = _writing(left[-1]) != _writing(right[0])
    return changes or min(len(left), len(right)) >= _LONG


def _writing(character: str) -> str:
    if character.isdigit():
        return "9"
    if not character.isalpha():
        return "."
    if not character.isascii():
        return "字"
    return "A" if character.isupper() else "a"


def _fits(cells: Sequence[str], columns: Sequence[Column]) -> bool:
    return all(
        min(column.cost(cell, quoted=False), column.cost(cell, quoted=True)) < _FITTING
        for column, cell in zip(columns, cells, strict=True)
    )
