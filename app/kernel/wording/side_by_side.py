"""Owns reading prices listed beside the quantities they are for: 2.1/2.0/1.9 for 500/1000/3000 pcs.

Must not read a price or a quantity that stands alone, nor pair lists of different lengths.
"""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from app.kernel.quantities import unit_named
from app.kernel.wording.amounts import SIGN, SpokenPrice, SpokenQuantity, currency_of, unit_words
from app.kernel.wording.numbers import MULTIPLIER, NUMBER, WHOLE, counted, priced
from app.kernel.wording.spans import Found, Sheet

_ITEM = re.compile(
    rf"(?:(?P<before>{SIGN})\s?)?{WHOLE}(?P<number>{NUMBER})(?P<times>{MULTIPLIER})?(?:\s?(?P<after>{SIGN})(?![A-Za-z]))?",
    re.IGNORECASE | re.ASCII,
)
#: One mark parts all numbers of a list; a comma does where a space or an "and" is beside it.
_MARKS = (r"\s?[/|]\s?", r"\s?(?:,\s|、|and\s|[和及])\s?(?:and\s)?")
_OF_TIME_OR_SIZE = r"\s?(?:days?|weeks?|months?|天|日|周|个月|[cm]m|inch|ml|°)"
#: The prices of one article lie no further apart, whatever the quantity.
_WIDEST = 4
_LEAST_QUANTITY = 10
#: Further apart, two lists of equal length have nothing to do with one another.
_FURTHEST = 48
_DIGITS = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class _Listed:
    items: Sequence[re.Match[str]]
    unit_name: str | None
    end: int

    @property
    def start(self) -> int:
        return self.items[0].start()

    @property
    def unit(self) -> str | None:
        return unit_named(self.unit_name) if self.unit_name else None

    @property
    def currency(self) -> str | None:
        signs = (item["before"] or item["after"] for item in self.items)
        return next((currency_of(sign) for sign in signs if sign), None)

    def are_prices(self) -> bool:
        """Whether the numbers are near one another, and have a currency or decimals."""
        amounts = [priced(item["number"], item["times"] or "") for item in self.items]
        told = self.currency is not None or any("." in item["number"] for item in self.items)
        return told and 0 < max(amounts) <= _WIDEST * min(amounts)

    def are_quantities(self) -> bool:
        """Whether the numbers are whole and rise, as the steps of a price do."""
        amounts = [counted(item["number"], item["times"] or "") for item in self.items]
        rising = all(one < other for one, other in itertools.pairwise(amounts))
        whole = all(amount == amount.to_integral_value() for amount in amounts)
        return self.currency is None and whole and rising and amounts[0] >= _LEAST_QUANTITY


def take_side_by_side(
    sheet: Sheet,
) -> tuple[list[Found[SpokenPrice]], list[Found[SpokenQuantity]]]:
    """Listed prices and the as many quantities beside them, in their order; taken off the sheet."""
    prices: list[Found[SpokenPrice]] = []
    quantities: list[Found[SpokenQuantity]] = []
    for priced_list, counted_list in list(_pairs(sheet.text)):
        currency = priced_list.currency
        for item in priced_list.items:
            amount = priced(item["number"], item["times"] or "")
            value = SpokenPrice(amount, currency, priced_list.unit)
            prices.append(Found(value, item.start(), item.end()))
        for item in counted_list.items:
            amount = counted(item["number"], item["times"] or "")
            counted_one = SpokenQuantity(amount, counted_list.unit)
            quantities.append(Found(counted_one, item.start(), item.end()))
        for each in (priced_list, counted_list):
            sheet.blank(each.start, each.end)
    return prices, quantities


def _pairs(text: str) -> Iterator[tuple[_Listed, _Listed]]:
    """Each list of prices with the list of quantities that stands next to it."""
    lists = sorted(_lists(text), key=lambda one: one.start)
    place = 0
    while place + 1 < len(lists):
        one, other = lists[place : place + 2]
        between = text[one.end : other.start]
        place += 1
        if len(one.items) != len(other.items) or len(between) > _FURTHEST:
            continue
        if _DIGITS.search(between) or between.count("\n") > 1:
            continue
        for prices, quantities in ((one, other), (other, one)):
            if prices.are_prices() and quantities.are_quantities():
                yield prices, quantities
                place += 1
                break


def _lists(text: str) -> Iterator[_Listed]:
    for pattern in _list_patterns():
        for match in pattern.finditer(text):
            items = list(_ITEM.finditer(text, match.start(), match.end("items")))
            listed = _Listed(items, match["unit"], match.end())
            is_apt = bool(match["per"]) == listed.are_prices()
            yield listed if is_apt else replace(listed, unit_name=None, end=match.end("items"))


@functools.cache
def _list_patterns() -> tuple[re.Pattern[str], ...]:
    item = re.sub(r"\?P<\w+>", "?:", _ITEM.pattern)
    return tuple(
        re.compile(
            rf"(?<![\w./,%-])(?P<items>{item}(?:{mark}{item}){{1,7}})(?![\w.%]|\s?[/:-]\s?\d|{_OF_TIME_OR_SIZE})"
            rf"(?:\s?(?P<per>/|per\s|每)?\s?(?P<unit>{unit_words()}))?",
            re.IGNORECASE | re.ASCII,
        )
        for mark in _MARKS
    )
