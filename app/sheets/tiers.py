"""Owns price steps by quantity as they stand in headings and cells: ``500-999``, ``≥5000``, ``1000+``.

Must not know prices.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass

from app.kernel.quantities import unit_named
from app.kernel.text import fold

_NUMBER = r"(\d{1,3}(?:[,\s.]\d{3})+|\d+)(k\b)?"
#: A unit, also in two languages: ``pcs/个``.
_UNIT = r"\s*([^\W\d_]{1,8}\.?(?:/[^\W\d_]{1,4})?)?\s*"
_FROM_WORD = r"(?:>=|≥|=>|>|ab|from|over|above|от|desde|oltre|a partir (?:de|da)|plus de|mas de|mais de|powyzej|min\.?|moq|超过|大于|大于等于|不少于|满)"
_UPTO_WORD = (
    r"(?:<=|≤|=<|<|up to|until|under|below|bis|до|hasta|fino a|jusqu'a|ate|小于|少于|不足|不超过)"
)
_RANGE = re.compile(
    rf"{_NUMBER}{_UNIT}(?:-|–|—|~|～|至|到|to|bis|до|(?<=\s)[aà](?=\s)|\.\.)\s*{_NUMBER}{_UNIT}"
)
_FROM = re.compile(rf"{_FROM_WORD}\s*{_NUMBER}{_UNIT}")
_UPTO = re.compile(rf"{_UPTO_WORD}\s*{_NUMBER}{_UNIT}")
_OPEN = re.compile(
    rf"{_NUMBER}\s*([^\W\d_]{{1,8}}?\.?(?:/[^\W\d_]{{1,4}})?)?\s*(?:\+{_UNIT}|以上|及以上|up|or more|and up|and more|and above|above|이상|以上~|起批?)"
)
#: A step at the end of a heading that says more: ``USD FOB Ningbo ≥ 500 pcs``.
_ENDS_FROM = re.compile(rf".{{1,60}}\s(?:>=|≥)\s*{_NUMBER}{_UNIT}")
_BELOW = re.compile(rf"{_NUMBER}{_UNIT}(?:以下|以内|or less|and below|이하|未満)")
_EXACT = re.compile(rf"{_NUMBER}{_UNIT}")
_PREFIX = re.compile(
    r"^(?:qty|quantity|order|staffel(?:preis)?|escala|tramo|palier|fascia|价格|单价|price|数量|fob|exw|usd|rmb|unit price|price (?:for|at|from)|preis|precio|preço|prix|"
    r"prezzo|cena|fiyat|цена|заказ|при (?:заказе|покупке|партии)|menge|cantidad|pedido|quantité|ordine|zamówienie|sipariş)"
    r"[\s:：]+(?:@\s*(?=\d))?|^@\s*(?=\d)"
)
_LONGEST_TOLD = 200


@dataclass(frozen=True, slots=True)
class Tier:
    """A step of a price: from ``at_least`` to ``at_most`` units, both included; ``None`` is open."""

    at_least: int
    at_most: int | None
    unit: str | None = None
    is_exact: bool = False


@functools.lru_cache(maxsize=10_000)
def tier_of(text: str) -> Tier | None:
    """The step that ``text`` names, or ``None``.

    A bare number (``1000`` or ``1000 pcs``) names a step too, with ``is_exact`` set: as a heading
    it means "from 1000 up to the next step".
    """
    if len(text) > _LONGEST_TOLD:
        return None
    folded = _PREFIX.sub("", fold(text)).strip()
    if not any(c.isdigit() for c in folded):
        return None
    if (match := _ENDS_FROM.fullmatch(folded)) and _is_unit(match[3]):
        return Tier(_number(match[1], match[2]), None, _unit(match[3]))
    if len(folded) > 40:
        return None
    if match := _RANGE.fullmatch(folded):
        low, high = _number(match[1], match[2]), _number(match[4], match[5])
        unit = _unit(match[6] or match[3])
        return Tier(low, high, unit) if low < high and _is_unit(match[6], match[3]) else None
    for pattern, at_most in ((_FROM, None), (_OPEN, None), (_UPTO, 0), (_BELOW, 0)):
        if (match := pattern.fullmatch(folded)) and _is_unit(*match.groups()[2:]):
            return _open_tier(folded, match, is_upper=at_most is not None)
    if (match := _EXACT.fullmatch(folded)) and _is_unit(match[3]):
        return Tier(_number(match[1], match[2]), None, _unit(match[3]), is_exact=True)
    return None


def _open_tier(folded: str, match: re.Match[str], *, is_upper: bool) -> Tier:
    number, unit = _number(match[1], match[2]), _unit(match[match.lastindex or 3])
    strict = folded.startswith(
        (
            ">",
            "<",
            "over",
            "under",
            "below",
            "above",
            "oltre",
            "plus de",
            "mas de",
            "mais de",
            "powyzej",
            "小于",
            "大于",
            "少于",
            "超过",
        )
    )
    strict = strict and not folded.startswith((">=", "<=", "大于等于"))
    if is_upper:
        return Tier(0, number - 1 if strict else number, unit)
    return Tier(number + 1 if strict else number, None, unit)


def _number(digits: str, thousands: str | None) -> int:
    return int(re.sub(r"\D", "", digits)) * (1000 if thousands else 1)


def _is_unit(*texts: str | None) -> bool:
    """Whether what stands behind the numbers is nothing or a unit, so that ``A-1 40HQ`` is none."""
    return all(not text or _unit(text) is not None for text in texts)


def _unit(text: str | None) -> str | None:
    return unit_named(text.split("/")[0].strip(". ")) if text else None
