"""Owns telling several prices of one message apart: those of variants of an article, and a choice of taxes.

Must not read prices or quantities.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.kernel.wording.amounts import SpokenPrice
from app.kernel.wording.spans import Found
from app.kernel.wording.terms import SpokenTax

#: What tells one variant of an article from another, as it stands before or behind the price of each.
_VARIANT = re.compile(
    r"\b(?:red|blue|green|black|white|gr[ea]y|pink|yellow|purple|brown|silver|gold(?:en)?|orange|natural|clear|matt?|glossy|plain|printed"
    r"|small|medium|large|big|s|m|l|x{1,3}l|with(?:out)?\s\w+(?:\s\w+)?|(?:model|type|item|version|size|colou?r|grade)\s?\S+)\b"
    r"|[红蓝绿黑白灰粉黄紫棕银金橙]色?|[大中小]号?|(?:型号|款式?|规格)\s?\w+|\w{1,8}[款型版]|(?:不?带|无|有)[\u4e00-\u9fff]{1,4}",
    re.IGNORECASE,
)
_FOR = re.compile(r"(?:\s(?:each|usd|eur))?\s(?:for|in)\s(?:the\s)?", re.IGNORECASE)
_LAST_CLAUSE = re.compile(r"[^,，;；/|\n、]*$")
#: The prices of variants of one article lie no further apart.
_WIDEST = 3


def are_variants(text: str, prices: Sequence[Found[SpokenPrice]]) -> bool:
    """Whether each of several ``prices`` stands by a variant of its own: red 2.10, blue 2.30."""
    if len(prices) < 2:
        return False
    amounts = [found.value.amount for found in prices]
    if max(amounts) > _WIDEST * min(amounts) or len(set(amounts)) < len(amounts):
        return False
    variants = _before(text, prices) or _behind(text, prices)
    return len(set(variants)) == len(prices)


def _before(text: str, prices: Sequence[Found[SpokenPrice]]) -> list[str]:
    variants: list[str] = []
    end = 0
    for found in prices:
        clause = _LAST_CLAUSE.search(text[max(end, found.start - 40) : found.start])
        variant = _VARIANT.search(clause[0]) if clause else None
        if variant is None:
            return []
        variants.append(variant[0].casefold())
        end = found.end
    return variants


def _behind(text: str, prices: Sequence[Found[SpokenPrice]]) -> list[str]:
    behind = [_FOR.match(text, found.end) for found in prices]
    variants = [_VARIANT.match(text, match.end()) for match in behind if match]
    return [variant[0].casefold() for variant in variants if variant]


def with_invoice(
    prices: Sequence[Found[SpokenPrice]], taxes: Sequence[Found[SpokenTax]]
) -> Sequence[Found[SpokenPrice]]:
    """Of two prices of which one is said to be with VAT and one without, the one with; else all."""
    if len(prices) != 2 or {tax.value.includes_vat for tax in taxes} != {True, False}:
        return prices
    told = [[tax for tax in taxes if tax.end <= price.start <= tax.end + 4] for price in prices]
    if not all(told) or told[0][-1].value.includes_vat == told[1][-1].value.includes_vat:
        return prices
    return [price for price, by in zip(prices, told, strict=True) if by[-1].value.includes_vat]
