"""Owns several quantities asked of one article: 1000/3000/5000 pcs of cups.

Must not read single quantities, nor say which one is bought.
"""

from __future__ import annotations

import functools
import itertools
import re
from dataclasses import replace

from app.kernel.quantities import unit_named
from app.kernel.wording.amounts import SpokenQuantity, unit_words
from app.kernel.wording.numbers import MULTIPLIER, NUMBER, counted
from app.kernel.wording.reading import Wording
from app.kernel.wording.spans import Found

_ITEM = rf"{NUMBER}(?:{MULTIPLIER})?"
#: Numbers of a list have one mark between them; a comma needs a space beside it.
_MARKS = (r"\s?[/|]\s?", r"\s?(?:,\s|、|and\s|or\s|[和及或])\s?(?:and\s|or\s)?")
_LEAST = 10
_NUMBERS = re.compile(rf"(?P<number>{NUMBER})(?P<times>{MULTIPLIER})?", re.IGNORECASE | re.ASCII)


def with_choices(text: str, wording: Wording) -> Wording:
    """``wording`` with each list of rising quantities of one unit as one: the least of them.

    Where prices stand beside as many quantities, each quantity keeps its own.
    """
    if len(wording.prices) > 1:
        return wording
    lists = [
        found
        for pattern in _patterns()
        for match in pattern.finditer(text)
        if (found := _list_of(match)) is not None
    ]
    if not lists:
        return wording
    kept = [
        one
        for one in wording.quantities
        if not any(one.start < found.end and found.start < one.end for found in lists)
    ]
    every = sorted([*kept, *lists], key=lambda found: found.start)
    return replace(wording, quantities=tuple(every))


def choices_in(text: str, found: Found[SpokenQuantity]) -> str:
    """The list of quantities that ``found`` is the least of, as it stands; empty where it is none."""
    words = found.words(text)
    return words.strip() if any(pattern.fullmatch(words) for pattern in _patterns()) else ""


def _list_of(match: re.Match[str]) -> Found[SpokenQuantity] | None:
    amounts = [
        counted(item["number"], item["times"] or "") for item in _NUMBERS.finditer(match["items"])
    ]
    is_rising = all(one < other for one, other in itertools.pairwise(amounts))
    if not is_rising or amounts[0] < _LEAST or any(one % 1 for one in amounts):
        return None
    quantity = SpokenQuantity(amounts[0], unit_named(match["unit"]))
    return Found(quantity, match.start(), match.end())


@functools.cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    return tuple(
        re.compile(
            rf"(?<![\w./,%$€£¥-])(?P<items>{_ITEM}(?:{mark}{_ITEM}){{1,7}})\s?(?P<unit>{_counted()})",
            re.IGNORECASE | re.ASCII,
        )
        for mark in _MARKS
    )


def _counted() -> str:
    """Units that goods are counted in; sizes of one article are listed, too: 20/24/28 cm."""
    return rf"(?!(?:ml|l|g|kg|mm|cm|m|in|inch(?:es)?|ft|oz|克|毫升|厘米|毫米|寸)(?![A-Za-z])){unit_words()}"
