"""Owns suggesting a round of the bargaining from the text of a message.

A suggestion says where in the text each of its values stands, so that the person who confirms it
sees why. Text quoted from earlier messages and prices reported from the other side are not
counted again. Must not confirm or store anything.
"""

from __future__ import annotations

import functools
import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TypeVar

from app.kernel.quantities import Quantity
from app.kernel.wording.amounts import SpokenPrice, SpokenQuantity
from app.kernel.wording.reading import Wording, read_wording
from app.kernel.wording.spans import Found
from app.kernel.wording.terms import SpokenTax
from app.negotiation.offered import Offered, OfferedPrice, Side
from app.negotiation.quoted import own_words

_REPORTED = re.compile(
    r"(?:\byour?(?:r)?\s(?:\w+\s){0,2}(?:price|offer|quote|quoted|offered|quotation)|instead of|\bnot\b|\bwas\b"
    r"|\bfrom|\bprevious(?:ly)?|last (?:time|order)|market price|贵司|你们?报|您报|之前|原来|上次|不是|从)"
    r"[^\d\n]{0,20}$",
    re.IGNORECASE,
)
#: Nobody calls his own price too high, or asks for less than it.
_TOO_HIGH = re.compile(
    r"\s*(?:is|are|was|的?价格?)?\s*(?:still|a (?:bit|little)|way|much|really)?\s*too (?:high|expensive|much)\b"
    r"|[^\d\n,，。.;；]{0,6}(?:便宜|[优实]惠|[太偏]贵|[太偏]高|贵了|高了)|\s?贵",
    re.IGNORECASE,
)
_PRICE_CUE = re.compile(
    r"(?:target|budget|best|lowest|final|price|offer|counter|only|accept|agree|do|at|is|quote|can|to|close|deal"
    r"|最低|最多|能做|可以做|做到|做|目标价?|价格?|单价|给到?|可以|要|按|改成|降到|一口价)"
    r"[\s:=]*(?:is|be|was|for you|around|about|到)?[\s:=]*$",
    re.IGNORECASE,
)
_PRICE_ECHO = re.compile(
    r"^\s*(?:[/每]\s?\d|吗|呢|可以|行|怎么样|能做|[?？]|for\b|and (?:we|i)\b|is (?:our|my|the)\b|ok\b|deal\b|each\b|max\b|as (?:our|my)\b)",
    re.IGNORECASE,
)
#: What leads to the price of all other quantities.
_OTHERWISE = re.compile(
    r"(?:\botherwise|\bor else|\belse|否则|不然|其余|其他数量)[^\d\n.;!?。；]{0,16}$", re.IGNORECASE
)
_TARGET = re.compile(r"\btarget|\bbudget|目标价?|预算|\bexpect", re.IGNORECASE)
#: What a third party wants is told to make one's own price understood.
_THIRD_PARTY = re.compile(
    r"(?:客户|客人|终端|别家|同行|另一家|别的|其他(?:厂|家|供应商)|\b(?:an)?other\s(?:supplier|factory|vendor|company|offer|quote)s?|competitors?|\b(?:my|our|the|end)\s(?:customer|client|buyer)s?)[^\d\n。.!?！？;；]{0,24}$",
    re.IGNORECASE,
)
#: What all of it comes to is no price of one; without a product before it a "=" leads to the price.
_TOTAL_BEFORE = re.compile(
    r"(?:[x×*]\s*(?:[a-z]{2,3}|[$€£¥])?\s*[\d.,]+[^\d\n=]{0,12}=|\btotal(?:\s(?:amount|value|price|budget|cost))?(?:\s(?:is|of))?|总价|总额|总金额|合计|共计|总共|一共)\s*[:：]?\s*(?:约|为|是)?\s*$",
    re.IGNORECASE,
)
_TOTAL_AFTER = re.compile(
    r"^\s*(?:in total(?!\s(?:quantity|of))|total\b|altogether|in all)", re.IGNORECASE
)
#: Up to such a quantity there is no least one.
_AT_MOST = re.compile(r"\s*(?:以下|以内|之内|or less|or below|and below)", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[。!?！？\n]|\.\s")
#: Units that people use for one another when they talk of the same goods.
_COUNTED_ALIKE = {"pcs", "set", "unit", "pair"}
T = TypeVar("T")

#: So many messages are read only once while the program runs.
_REMEMBERED = 8192
_NEAR = (Decimal("0.4"), Decimal("2.5"))


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the message's text ``field`` of a round was read: characters ``start`` to ``end``."""

    field: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class SuggestedRound:
    """A round as read from a message, with the place of every value; ``is_target`` for a wish.

    ``tax`` is what was said of VAT, which a supplier's offer needs to be told apart.
    """

    offered: Offered
    places: tuple[Place, ...]
    is_target: bool
    tax: SpokenTax | None = None


def suggest_round(
    text: str, *, side: Side, made_at: datetime, earlier: Sequence[Offered] = ()
) -> SuggestedRound | None:
    """The round ``text`` makes, or None when it offers nothing.

    ``earlier`` are the rounds before, oldest first: they lend the currency and unit that nobody
    repeats, and tell whether a bare number is near enough to be a price. A message without a
    price is a round only when it moves the terms of an offer that stands.
    """
    own = own_words(text)
    wording = _wording(own, made_at.date())
    prices = _prices(own, wording, earlier)
    if not prices and not (_priced_before(earlier) and _names_terms(wording)):
        return None
    return _round(own, wording, prices, side=side, made_at=made_at, earlier=earlier)


@functools.lru_cache(maxsize=_REMEMBERED)
def _wording(text: str, written_on: date) -> Wording:
    """A message never changes, and its thread is shown again after every change to it."""
    return read_wording(text, written_on=written_on)


def _round(
    text: str,
    wording: Wording,
    prices: list[Found[SpokenPrice]],
    *,
    side: Side,
    made_at: datetime,
    earlier: Sequence[Offered],
) -> SuggestedRound:
    quantities = [found for found in wording.quantities if not found.value.container]
    unit = _unit(prices, [*quantities, *wording.minimum_orders], earlier)
    term = _nearest(wording.terms, prices)
    moq = next(iter(wording.minimum_orders), None)
    lead_time, payment = _last(wording.lead_times), _last(wording.payments)
    valid = _last(wording.valid_until)
    extras = sorted([*wording.certificates, *wording.extras], key=lambda found: found.start)
    tax = _last(wording.taxes)
    places = (
        *(Place("price", found.start, found.end) for found in prices),
        *(Place("quantity", found.start, found.end) for found in quantities if prices),
        *(Place("extras", found.start, found.end) for found in (*extras, *wording.taxes)),
        *_places(moq=moq, term=term, lead_time=lead_time, payment_terms=payment, valid=valid),
    )
    offered = Offered(
        side=side,
        prices=_tiers(text, prices, quantities, unit=unit),
        currency=_currency(prices, earlier),
        unit=unit,
        moq=_amount_in(moq.value, unit) if moq else None,
        incoterm=term.value.code if term else None,
        place=term.value.place or None if term else None,
        payment_terms=payment.value if payment else None,
        lead_time_days=lead_time.value.calendar_days if lead_time else None,
        valid_until=valid.value if valid else None,
        extras=tuple(
            dict.fromkeys(
                found.words(text).strip() for found in (*extras, *((tax,) if tax else ()))
            )
        ),
        made_at=made_at,
    )
    return SuggestedRound(
        offered,
        tuple(sorted(places, key=lambda place: place.start)),
        _is_target(text, prices),
        tax.value if tax else None,
    )


def _places(**found: Found[object] | None) -> list[Place]:
    return [Place(name, value.start, value.end) for name, value in found.items() if value]


def _prices(text: str, wording: Wording, earlier: Sequence[Offered]) -> list[Found[SpokenPrice]]:
    """The prices ``text`` puts forward itself.

    Bare numbers count where no currency was named, and where one that is led to by the words around
    it is near a named price and stands by a quantity of its own (``8000个可以给到19.9``).
    """
    named = [
        found
        for found in wording.prices
        if not _is_reported(text, found) and not _is_total(text, found)
    ]
    quantities = [found for found in wording.quantities if not found.value.container]
    if len(named) < len(quantities) or not named:
        bare = [
            found
            for found in wording.bare
            if _may_be_price(text, found, earlier, named) and not _is_reported(text, found)
        ]
        if not named or len(named) + len(bare) == len(quantities):
            named = sorted([*named, *bare], key=lambda found: found.start)
    named = _with_the_rest(text, named, wording.bare, tiers=len(quantities))
    named = [found for found in named if not _is_of_others(text, found)] or named
    if len(named) > 1 and not quantities and not _listed(text, named):
        return [_foremost(text, named)]
    return named


def _is_reported(text: str, found: Found[SpokenPrice]) -> bool:
    line = text[max(0, found.start - 60) : found.start].rpartition("\n")[2]
    return bool(_REPORTED.search(line) or _TOO_HIGH.match(text, found.end))


def _is_total(text: str, found: Found[SpokenPrice]) -> bool:
    if found.value.unit is not None:
        return False
    before = text[max(0, found.start - 30) : found.start]
    return bool(_TOTAL_BEFORE.search(before) or _TOTAL_AFTER.match(text[found.end :][:20]))


def _with_the_rest(
    text: str,
    named: list[Found[SpokenPrice]],
    bare: Sequence[Found[SpokenPrice]],
    *,
    tiers: int,
) -> list[Found[SpokenPrice]]:
    """``named``, and where a price of all other quantities is told, the bare ones it ends."""
    every = sorted({*named, *bare}, key=lambda found: found.start)
    rest = next((found for found in every if _is_for_the_rest(text, found)), None)
    if rest is None or not tiers:
        return named
    told = [
        found
        for found in every
        if found.end <= rest.start
        and "\n" not in text[found.start : rest.start]
        and _is_alike(found, [rest])
    ]
    ended = {*told[-tiers:], rest} if told else set()
    return sorted({*named, *ended}, key=lambda found: found.start)


def _is_for_the_rest(text: str, found: Found[SpokenPrice]) -> bool:
    """Whether a price is that of all quantities but those that were told."""
    return bool(_OTHERWISE.search(text[max(0, found.start - 30) : found.start]))


def _is_alike(found: Found[SpokenPrice], prices: Sequence[Found[SpokenPrice]]) -> bool:
    """Whether a number may be a price for the same goods as one of ``prices``."""
    return any(
        _NEAR[0] * price.value.amount <= found.value.amount <= _NEAR[1] * price.value.amount
        for price in prices
    )


def _is_of_others(text: str, found: Found[SpokenPrice]) -> bool:
    return bool(_THIRD_PARTY.search(text[max(0, found.start - 60) : found.start]))


def _may_be_price(
    text: str,
    found: Found[SpokenPrice],
    earlier: Sequence[Offered],
    named: Sequence[Found[SpokenPrice]],
) -> bool:
    """Whether a bare number is a price: near the prices before, or led to by the words around.

    Beside ``named`` prices it has to be near them and led to.
    """
    amount = found.value.amount
    cued = bool(
        _PRICE_CUE.search(text[max(0, found.start - 30) : found.start])
        or _PRICE_ECHO.match(text[found.end : found.end + 20])
    )
    if named:
        return cued and _is_alike(found, named)
    has_fraction = amount != amount.to_integral_value() or "." in found.words(text)
    known = [price.amount for offered in earlier for price in offered.prices]
    if known:
        near = any(_NEAR[0] * price <= amount <= _NEAR[1] * price for price in known)
        return near and (has_fraction or cued)
    return cued and has_fraction


def _listed(text: str, prices: list[Found[SpokenPrice]]) -> bool:
    """Whether several prices stand on lines of their own, as a list of articles does."""
    return len({text.count("\n", 0, found.start) for found in prices}) == len(prices)


def _foremost(text: str, prices: list[Found[SpokenPrice]]) -> Found[SpokenPrice]:
    """Of several prices without quantities the one that is led to by a cue, else the last said."""
    cued = [p for p in prices if _PRICE_CUE.search(text[max(0, p.start - 30) : p.start])]
    return (cued or prices)[-1]


def _is_target(text: str, prices: list[Found[SpokenPrice]]) -> bool:
    return any(
        _TARGET.search(
            text[max(0, p.start - 40) : p.end] + _SENTENCE_END.split(text[p.end : p.end + 20])[0]
        )
        for p in prices
    )


def _priced_before(earlier: Sequence[Offered]) -> bool:
    return any(offered.prices for offered in earlier)


def _names_terms(wording: Wording) -> bool:
    return bool(wording.minimum_orders or wording.payments or wording.lead_times or wording.terms)


def _currency(prices: list[Found[SpokenPrice]], earlier: Sequence[Offered]) -> str | None:
    said = next((found.value.currency for found in prices if found.value.currency), None)
    return said or next((o.currency for o in reversed(earlier) if o.currency), None)


def _unit(
    prices: list[Found[SpokenPrice]],
    quantities: list[Found[SpokenQuantity]],
    earlier: Sequence[Offered],
) -> str | None:
    """The unit prices are for: as said, as agreed before, or the one quantities are told in."""
    said = next((found.value.unit for found in prices if found.value.unit), None)
    before = next((o.unit for o in reversed(earlier) if o.unit), None)
    counted = next((found.value.unit for found in quantities if found.value.unit), None)
    return said or before or counted


def _tiers(
    text: str,
    prices: list[Found[SpokenPrice]],
    quantities: list[Found[SpokenQuantity]],
    *,
    unit: str | None,
) -> tuple[OfferedPrice, ...]:
    """Each price with the quantity it was said for: the pairs that stand next to each other.

    That of all other quantities has none, or begins where the others end when it is the lowest.
    """
    rest = [price for price in prices if _is_for_the_rest(text, price)]
    told = [price for price in prices if price not in rest]
    pairs = [*_paired(text, told, quantities), *((price, None) for price in rest)]
    tiers = [
        OfferedPrice(
            price.value.amount,
            None
            if quantity is None or _AT_MOST.match(text, quantity.end)
            else _amount_in(quantity.value, unit),
        )
        for price, quantity in pairs
    ]
    if rest and len(tiers) > 1 and tiers[-1].amount < min(tier.amount for tier in tiers[:-1]):
        tiers = _up_to(tiers)
    by_quantity = {tier.min_quantity: tier for tier in reversed(tiers)}
    return tuple(sorted(by_quantity.values(), key=lambda tier: tier.min_quantity or Decimal(0)))


def _up_to(tiers: list[OfferedPrice]) -> list[OfferedPrice]:
    """``tiers`` whose quantities end them, as steps that begin at one; the last is for all above."""
    ends = sorted(tier.min_quantity or Decimal(0) for tier in tiers[:-1])
    amounts = sorted((tier.amount for tier in tiers), reverse=True)
    return [
        OfferedPrice(amount, start or None)
        for amount, start in zip(amounts, [Decimal(0), *ends], strict=True)
    ]


def _paired(
    text: str, prices: list[Found[SpokenPrice]], quantities: list[Found[SpokenQuantity]]
) -> list[tuple[Found[SpokenPrice], Found[SpokenQuantity] | None]]:
    """In their order where there are as many, else the nearest first, those of one sentence before."""
    if len(prices) == len(quantities):
        return list(zip(prices, quantities, strict=True))

    ends = [end.start() for end in _SENTENCE_END.finditer(text)]

    def apart(pair: tuple[int, int]) -> tuple[int, int]:
        price, quantity = prices[pair[0]], quantities[pair[1]]
        first, second = sorted((price, quantity), key=lambda found: found.start)
        sentences = bisect_left(ends, second.start) - bisect_left(ends, first.end)
        return sentences, second.start - first.start

    every = ((one, other) for one in range(len(prices)) for other in range(len(quantities)))
    found: dict[int, int] = {}
    taken: set[int] = set()
    for one, other in sorted(every, key=apart):
        if one not in found and other not in taken:
            found[one] = other
            taken.add(other)
    return [
        (price, quantities[found[place]] if place in found else None)
        for place, price in enumerate(prices)
    ]


def _amount_in(quantity: SpokenQuantity, unit: str | None) -> Decimal | None:
    """The number of ``quantity`` told in ``unit``; ``None`` where that can't be."""
    if quantity.unit is None or unit is None or {quantity.unit, unit} <= _COUNTED_ALIKE:
        return quantity.amount
    whole = Quantity(quantity.amount, quantity.unit)
    return whole.in_unit(unit).amount if whole.converts_to(unit) else None


def _nearest(findings: Sequence[Found[T]], prices: list[Found[SpokenPrice]]) -> Found[T] | None:
    if not findings or not prices:
        return findings[-1] if findings else None
    return min(findings, key=lambda found: abs(found.start - prices[0].end))


def _last(findings: Sequence[Found[T]]) -> Found[T] | None:
    return findings[-1] if findings else None
