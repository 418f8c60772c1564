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
from app.negotiation.mentioned import is_mentioned, is_of_customers
from app.negotiation.offered import Offered, OfferedPrice, Side
from app.negotiation.quoted import own_words
from app.negotiation.totals import apiece, is_beyond, is_near
from app.negotiation.variants import are_variants, with_invoice

_PRICE_CUE = re.compile(
    r"(?:target|budget|best|lowest|final|price|offer|counter|only|accept|agree|do|at|is|say|settle|quote|can|to|close|deal"
    r"|最低|最多|能做|可以做|做到|做|目标价?|价格?|单价|给到?|可以|要|按|改成|降到|一口价)"
    r"[\s:=]*(?:is|be|was|for you|around|about|到)?[\s:=]*$",
    re.IGNORECASE,
)
_PRICE_ECHO = re.compile(
    r"^\s*(?:[/每]\s?\d|一[个只件套台双把支条张]|一口价|成交|吗|呢|可以|行|怎么样|能做|[?？]|for\b|and (?:we|i)\b|is (?:our|my|the)\b|ok\b|deal\b|each\b|max\b|as (?:our|my)\b)",
    re.IGNORECASE,
)
#: What leads to the price of all other quantities.
_OTHERWISE = re.compile(
    r"(?:\botherwise|\bor else|\belse|(?:above|over|beyond) (?:that|this)|否则|不然|其余|其他数量)[^\d\n.;!?。；]{0,16}$",
    re.IGNORECASE,
)
_OTHERWISE_AFTER = re.compile(
    r"\s*(?:thereafter|afterwards|after that|(?:beyond|above|over|for|if) (?:that|more|the rest)|for (?:everything|all) (?:after|above|beyond|over))\b",
    re.IGNORECASE,
)
_TARGET = re.compile(
    r"\btarget|\bbudget|目标价?|预算|\bexpect|\b(?:ziel|wunsch)preis|\bobjetivo|[Цц]елев",
    re.IGNORECASE,
)
#: Up to such a quantity there is no least one.
_AT_MOST = re.compile(r"\s*(?:以下|以内|之内|(?:or|and) (?:less|fewer|below|under))", re.IGNORECASE)
_AT_MOST_BEFORE = re.compile(
    r"(?:\b(?:under|below|up to|(?:less|fewer) than)|<=?|≤|不到|不足|低于|少于|小于|不满)\s*$",
    re.IGNORECASE,
)
#: A price that stands by a quantity of its own: 1000以上3.0, 3.0（1000起）.
_BEHIND_QUANTITY = re.compile(
    r"[\s:：=@(（)）\-–—]*(?:以上|以下|以内|之内|起|的话|的|or more|and up|单价|价格?|就?按|就|可以|能|做到?|给[你您]?|[是为])*"
    r"[\s:：=@(（)）\-–—]*$",
    re.IGNORECASE,
)
_BEFORE_QUANTITY = re.compile(r"\s*[(（@]\s*$|\s*(?:for|from|if|at)\s*$", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[。!?！？\n]|\.\s")
_CLAUSE_END = re.compile(r"[，；;、]|,(?!\d)")
#: Units that people use for one another when they talk of the same goods.
_COUNTED_ALIKE = {"pcs", "set", "unit", "pair"}
T = TypeVar("T")

#: So many messages are read only once while the program runs.
_REMEMBERED = 8192
#: A price is said for one of so many quantities before and behind it.
_REACH = 40


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
    tax = _nearest(wording.taxes, prices)
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
    before = _priced_in(earlier, {found.value.currency for found in wording.prices})
    told = [
        apiece(text, found, wording.quantities, known=before)
        for found in wording.prices
        if not is_mentioned(text, found)
    ]
    told = [found for found in told if not is_beyond(found, before)]
    wishes = [found for found in told if is_of_customers(text, found)]
    named = [found for found in told if found not in wishes]
    quantities = [found for found in wording.quantities if not found.value.container]
    known = [found.value.amount for found in named] or _priced(earlier)
    variants = sorted({*named, *_with_decimals(text, wording.bare)}, key=lambda found: found.start)
    if len(variants) > len(named) and are_variants(text, variants):
        named = variants
    if len(named) < len(quantities) or not named:
        bare = [
            found
            for found in wording.bare
            if not is_mentioned(text, found)
            and not (wishes and is_of_customers(text, found))
            and (
                _may_be_price(text, found, earlier, named)
                or _stands_by(text, found, quantities, near=known)
            )
        ]
        if not named or len(named) + len(bare) == len(quantities):
            named = sorted([*named, *bare], key=lambda found: found.start)
    named = _with_the_rest(text, named, wording.bare, tiers=len(quantities))
    named = [found for found in named if not is_of_customers(text, found)] or named or wishes
    named = [*with_invoice(named, wording.taxes)]
    if len(named) > 1 and not quantities and not _is_list(text, named):
        return [_foremost(text, named)]
    return named


def _with_decimals(text: str, bare: Sequence[Found[SpokenPrice]]) -> list[Found[SpokenPrice]]:
    return [found for found in bare if "." in found.words(text) and not is_mentioned(text, found)]


def _is_list(text: str, prices: list[Found[SpokenPrice]]) -> bool:
    return _listed(text, prices) or are_variants(text, prices)


def _priced_in(earlier: Sequence[Offered], currencies: set[str | None]) -> list[Decimal]:
    """The prices before in one of ``currencies``."""
    return _priced([offered for offered in earlier if offered.currency in currencies])


def _priced(earlier: Sequence[Offered]) -> list[Decimal]:
    return [price.amount for offered in earlier for price in offered.prices]


def _stands_by(
    text: str,
    found: Found[SpokenPrice],
    quantities: Sequence[Found[SpokenQuantity]],
    *,
    near: Sequence[Decimal],
) -> bool:
    """Whether a bare number, ``near`` the known prices or with decimals, has a quantity of its own beside it."""
    is_likely = bool(near) or "." in found.words(text)
    if not is_likely or not _is_near(found.value.amount, near):
        return False
    return any(
        _BEHIND_QUANTITY.match(text, quantity.end, found.start)
        if quantity.end <= found.start
        else _BEFORE_QUANTITY.match(text, found.end, quantity.start)
        for quantity in quantities
    )


def _is_near(amount: Decimal, prices: Sequence[Decimal]) -> bool:
    """Whether ``amount`` may be a price for the same goods as one of ``prices``; where there are none, too."""
    return not prices or is_near(amount, prices)


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
    return bool(
        _OTHERWISE.search(text[max(0, found.start - 30) : found.start])
        or _OTHERWISE_AFTER.match(text, found.end)
    )


def _is_alike(found: Found[SpokenPrice], prices: Sequence[Found[SpokenPrice]]) -> bool:
    """Whether a number may be a price for the same goods as one of ``prices``."""
    return _is_near(found.value.amount, [price.value.amount for price in prices])


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
    if known := _priced(earlier):
        return _is_near(amount, known) and (has_fraction or cued)
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
            if quantity is None or (not rest and _is_most(text, quantity))
            else _amount_in(quantity.value, unit),
        )
        for price, quantity in pairs
    ]
    if rest and len(tiers) > 1 and tiers[-1].amount < min(tier.amount for tier in tiers[:-1]):
        tiers = _up_to(tiers)
    if _is_list(text, prices) and len({quantity for _, quantity in pairs if quantity}) < 2:
        told_for = next((tier.min_quantity for tier in tiers if tier.min_quantity), None)
        return tuple(OfferedPrice(amount, told_for) for amount in _amounts(prices))
    by_quantity = {tier.min_quantity: tier for tier in reversed(tiers)}
    return tuple(sorted(by_quantity.values(), key=lambda tier: tier.min_quantity or Decimal(0)))


def _amounts(prices: Sequence[Found[SpokenPrice]]) -> list[Decimal]:
    return list(dict.fromkeys(found.value.amount for found in prices))


def _is_most(text: str, quantity: Found[SpokenQuantity]) -> bool:
    words = quantity.words(text)
    return bool(
        _AT_MOST.match(text, quantity.end)
        or _AT_MOST.search(words)
        or _AT_MOST_BEFORE.search(text[max(0, quantity.start - 16) : quantity.start])
        or _AT_MOST_BEFORE.search(re.split(r"[\d一二两三四五六七八九十]", words)[0])
    )


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
    commas = [comma.start() for comma in _CLAUSE_END.finditer(text)]

    def apart(pair: tuple[int, int]) -> tuple[int, int, int]:
        price, quantity = prices[pair[0]], quantities[pair[1]]
        first, second = sorted((price, quantity), key=lambda found: found.start)
        sentences = bisect_left(ends, second.start) - bisect_left(ends, first.end)
        clauses = bisect_left(commas, second.start) - bisect_left(commas, first.end)
        return sentences, clauses, second.start - first.end

    starts = [quantity.start for quantity in quantities]
    near = ((one, bisect_left(starts, price.start)) for one, price in enumerate(prices))
    pairs = (
        (one, other)
        for one, place in near
        for other in range(max(0, place - _REACH), min(len(quantities), place + _REACH))
    )
    found: dict[int, int] = {}
    taken: set[int] = set()
    for one, other in sorted(pairs, key=apart):
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
