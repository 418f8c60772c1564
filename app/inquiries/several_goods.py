"""Owns where one sentence asks for several articles: the pieces that each name one with its amount.

Must not read amounts or make lines of an inquiry; it is told the one and says the places.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator, Sequence

from app.inquiries.wording_score import words_in
from app.kernel.wording.amounts import SpokenQuantity
from app.kernel.wording.spans import Found

_JOINED = r"(?:and|und|sowie|y|и|plus|as well as|also|another)\b|以及|还有|另外|[和及与跟]|&"
_CUT = re.compile(
    rf"[ \t]*(?P<end>[;；。]|\.(?=\s))[ \t]*(?:{_JOINED})?[ \t]*"
    r"|[ \t]*(?P<numbered>\([a-h1-9]\))[ \t]*"
    rf"|[ \t]*[,，、][ \t]*(?P<joined>{_JOINED})?[ \t]*|(?<!\w)(?P<word>{_JOINED})[ \t]*"
    r"|(?P<chinese>以及|还有|另外|[和及与跟])",
    re.IGNORECASE,
)
_EACH_AFTER = re.compile(r"[ \t]*(?:each\b|of each\b)", re.IGNORECASE)
_EACH_BEFORE = re.compile(r"各(?:要|来|订)?[ \t]*$")
_CYRILLIC = re.compile(r"[\u0400-\u04ff]{3}")
#: Longer than this, what stands between two words for "and" is no name of goods.
_MOST_WORDS = 6
#: Words that tell kinds of one article apart, or for whom it is, and name no other one.
_NO_GOODS = re.compile(
    r"(?:in |for |to |each|per|both|all|every|red|blue|green|black|white|grey|gray|pink|yellow|purple|brown|silver|gold"
    r"|first|later|then|annual|yearly|pack(?:ing|ed|aging)|年用量|年需求|每年|包装|small|medium|large|assorted|mixed|红|蓝|绿|黑|白|灰|粉|黄|紫|棕|银|金|[sml]\b|发|到|用于)",
    re.IGNORECASE,
)


def pieces_of(
    row: str, amounts: Sequence[Found[SpokenQuantity]], product_in: Callable[[str], str]
) -> Iterator[tuple[int, int]]:
    """Start and end of each piece of ``row`` that asks for an article; one where it is one article.

    ``product_in`` tells the goods a stretch of words names, empty where none. Goods stand either
    before each amount or after it; a row that mixes the two, or that tells more amounts of the
    same goods (tiers, colours, destinations), stays whole.
    """
    cuts = [0, *_cuts(row, amounts, product_in), len(row)]
    yield from itertools.pairwise(cuts)


def goods_sharing(row: str, amount: Found[SpokenQuantity]) -> tuple[str, ...]:
    """The goods before ``amount`` that it is said of each (``cups and mugs, 300 pcs each``), or none."""
    before = row[: amount.start]
    each = _EACH_BEFORE.search(before)
    if each is None and not _EACH_AFTER.match(row[amount.end :]):
        return ()
    goods = before[: each.start()] if each else before
    parts = [
        part.strip() for part in re.split(rf"[,，、]|\s(?:{_JOINED})\s|[和及与跟]|以及", goods)
    ]
    parts = [part for part in parts if part]
    fits = all(words_in(part) and len(part.split()) <= _MOST_WORDS for part in parts)
    return tuple(parts) if fits and len(parts) > 1 else ()


def _cuts(
    row: str, amounts: Sequence[Found[SpokenQuantity]], product_in: Callable[[str], str]
) -> list[int]:
    if len(amounts) < 2:
        return []
    goods_first = _names_goods(row[: amounts[0].start], product_in)
    cuts: list[int] = []
    for one, following in itertools.pairwise(amounts):
        places = list(_CUT.finditer(row, one.end, following.start))
        strong = [place for place in places if any(place.groups())]
        if not places:
            return []
        place = (strong or places)[0 if goods_first else -1]
        cut = place.end()
        named = row[cut : following.start] if goods_first else row[one.end : place.start()]
        if not _names_goods(named, product_in):
            return []
        cuts.append(cut)
    last = row[amounts[-1].end :]
    return cuts if goods_first or _names_goods(last, product_in) else []


def _names_goods(words: str, product_in: Callable[[str], str]) -> bool:
    product = product_in(words)
    return bool(words_in(product) or _CYRILLIC.search(product)) and not _NO_GOODS.match(product)
