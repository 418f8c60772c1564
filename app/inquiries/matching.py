"""Owns the ranking of suppliers for an asked-for article, with every reason spelled out.

A candidate earns points by criteria with open weights; what the inquiry does not ask and what the
book does not know is told apart: the first does not count, the second earns a neutral part.
Must not search or read the book.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from app.inquiries.markets import shared_market
from app.inquiries.way_to_port import way_to_port
from app.inquiries.wording_score import Concept, wording_points
from app.kernel.messages import Message
from app.kernel.ports import Port
from app.kernel.quantities import Quantity
from app.kernel.text import fold

_NEUTRAL = Decimal("0.4")
_FULL, _NONE = Decimal(1), Decimal(0)
_SHOWN = Decimal("0.0001")
#: From the factory to the port: a short truck's way, and one that eats the price.
_NEAR_KM, _FAR_KM = 150, 1500


class Criterion(StrEnum):
    """What a candidate is judged by."""

    WORDING = "wording"
    SPECIFICATION = "specification"
    CATEGORY = "category"
    MOQ = "moq"
    PRICE = "price"
    LEAD_TIME = "lead_time"
    CERTIFICATES = "certificates"
    MARKET = "market"
    DISTANCE = "distance"
    HISTORY = "history"
    FRESHNESS = "freshness"
    TRUST = "trust"


DEFAULT_WEIGHTS: Mapping[Criterion, int] = {
    Criterion.WORDING: 40,
    Criterion.SPECIFICATION: 12,
    Criterion.CATEGORY: 6,
    Criterion.MOQ: 10,
    Criterion.PRICE: 14,
    Criterion.LEAD_TIME: 4,
    Criterion.CERTIFICATES: 6,
    Criterion.MARKET: 3,
    Criterion.DISTANCE: 3,
    Criterion.HISTORY: 4,
    Criterion.FRESHNESS: 2,
    Criterion.TRUST: 2,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What one line asks for.

    ``concepts`` are the goods in words, each with its other names; ``specifications`` are folded
    sizes, grades and codes (``500ml``, ``304``). ``lead_time_days`` is the time left; ``country``
    (ISO 3166) is where the goods go, ``port`` the Chinese one they are loaded in.
    """

    concepts: tuple[Concept, ...]
    specifications: tuple[str, ...] = ()
    categories: frozenset[int] = frozenset()
    quantity: Quantity | None = None
    target_price: Decimal | None = None
    currency: str | None = None
    lead_time_days: int | None = None
    certificates: tuple[str, ...] = ()
    country: str | None = None
    port: Port | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownPrice:
    """One price tier the book knows, in ``currency``.

    ``cost`` is what it costs us, in the target's currency and delivery term; None where that can't
    be told.
    """

    amount: Decimal
    currency: str
    min_quantity: Decimal | None
    quoted_on: date
    valid_until: date | None = None
    cost: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A product of a supplier, or a supplier with no product that fits (then ``product_id`` is None).

    ``names`` and ``texts`` are folded. ``certificates`` are names with their expiry. ``offers``,
    ``awards`` count what passed between us; ``trust`` counts what is known for sure of the company.
    """

    supplier_id: int
    supplier: str
    product_id: int | None = None
    product: str = ""
    names: str = ""
    texts: str = ""
    category_id: int | None = None
    moq: Quantity | None = None
    unit: str | None = None
    lead_time_days: int | None = None
    prices: tuple[KnownPrice, ...] = ()
    certificates: tuple[tuple[str, date | None], ...] = ()
    offers: int = 0
    awards: int = 0
    markets: str = ""
    city: str = ""
    province: str = ""
    seen_on: date | None = None
    trust: int = 0


@dataclass(frozen=True, slots=True)
class Points:
    """What a candidate earned by one criterion: ``share`` of ``weight``, and why."""

    criterion: Criterion
    weight: int
    share: Decimal
    reason: Message | None


@dataclass(frozen=True, slots=True)
class Match:
    """A supplier with its best product for the line; ``score`` from 0 to 100."""

    supplier_id: int
    supplier: str
    product_id: int | None
    product: str
    score: Decimal
    points: tuple[Points, ...] = field(default=())

    def share(self, criterion: Criterion) -> Decimal:
        """How much of a criterion's weight was earned, 0 to 1; 0 where it did not count."""
        return next((one.share for one in self.points if one.criterion is criterion), _NONE)

    @property
    def reasons(self) -> tuple[Message, ...]:
        """Why it stands where it stands, the weightiest first."""
        told = [points for points in self.points if points.reason is not None]
        told.sort(
            key=lambda points: (-points.weight * abs(points.share - _NEUTRAL), points.criterion)
        )
        return tuple(points.reason for points in told if points.reason is not None)


def rank(
    wanted: Wanted,
    candidates: Iterable[Candidate],
    *,
    today: date,
    weights: Mapping[Criterion, int] = DEFAULT_WEIGHTS,
) -> tuple[Match, ...]:
    """The suppliers best first, each with its best product; those whose goods differ left out."""
    best: dict[int, Match] = {}
    for candidate in candidates:
        match = judge(wanted, candidate, today=today, weights=weights)
        if match is None:
            continue
        known = best.get(candidate.supplier_id)
        if known is None or match.score > known.score:
            best[candidate.supplier_id] = match
    return tuple(sorted(best.values(), key=lambda match: (-match.score, match.supplier_id)))


def judge(
    wanted: Wanted,
    candidate: Candidate,
    *,
    today: date,
    weights: Mapping[Criterion, int] = DEFAULT_WEIGHTS,
) -> Match | None:
    """The candidate's score, or None when its goods are not what is asked for."""
    wording = _wording(wanted, candidate)
    if wording is None:
        return None
    judged = [
        wording,
        _specification(wanted, candidate),
        _category(wanted, candidate),
        _moq(wanted, candidate),
        _price(wanted, candidate, today),
        _lead_time(wanted, candidate),
        _certificates(wanted, candidate, today),
        _market(wanted, candidate),
        _distance(wanted, candidate),
        _history(candidate),
        _freshness(candidate, today),
        _trust(candidate),
    ]
    points = tuple(
        Points(criterion, weights.get(criterion, 0), share, reason)
        for criterion, share, reason in filter(None, judged)
        if weights.get(criterion, 0) > 0
    )
    whole = sum(one.weight for one in points)
    earned = sum((one.weight * one.share for one in points), _NONE)
    score = (earned / whole * 100).quantize(Decimal("0.1")) if whole else _NONE
    return Match(
        candidate.supplier_id,
        candidate.supplier,
        candidate.product_id,
        candidate.product,
        score,
        points,
    )


_Judged = tuple[Criterion, Decimal, Message | None]


def _wording(wanted: Wanted, candidate: Candidate) -> _Judged | None:
    share, met = wording_points(wanted.concepts, names=candidate.names, texts=candidate.texts)
    if not met:
        return None
    words = ", ".join(met)
    if candidate.product_id is None:
        return Criterion.WORDING, share, Message("matching.goods_made", words=words)
    reason = Message("matching.goods_named", words=words, product=candidate.product)
    return Criterion.WORDING, share, reason


def _specification(wanted: Wanted, candidate: Candidate) -> _Judged | None:
    if not wanted.specifications:
        return None
    text = f"{candidate.names} {candidate.texts}".replace(" ", "")
    met = [spec for spec in wanted.specifications if spec.replace(" ", "") in text]
    share = Decimal(len(met)) / len(wanted.specifications)
    if met:
        return (
            Criterion.SPECIFICATION,
            share,
            Message("matching.specification_met", values=", ".join(met)),
        )
    return Criterion.SPECIFICATION, _NEUTRAL / 2, None


def _category(wanted: Wanted, candidate: Candidate) -> _Judged | None:
    if not wanted.categories or candidate.category_id is None:
        return None
    same = candidate.category_id in wanted.categories
    return (
        Criterion.CATEGORY,
        _FULL if same else _NONE,
        Message("matching.category_same") if same else None,
    )


def _moq(wanted: Wanted, candidate: Candidate) -> _Judged | None:
    if wanted.quantity is None:
        return None
    moq = candidate.moq
    if moq is None or not moq.converts_to(wanted.quantity.unit):
        return Criterion.MOQ, _NEUTRAL, Message("matching.moq_unknown") if moq is None else None
    least = moq.in_unit(wanted.quantity.unit).amount
    asked = wanted.quantity.amount
    if least <= asked:
        return (
            Criterion.MOQ,
            _FULL,
            Message("matching.moq_met", moq=least, asked=asked),
        )
    share = max(_NONE, asked / least - Decimal("0.2")) / 2
    return (
        Criterion.MOQ,
        share,
        Message("matching.moq_above", moq=least, asked=asked),
    )


def _price(wanted: Wanted, candidate: Candidate, today: date) -> _Judged | None:
    if wanted.target_price is None:
        return None
    price = price_at(candidate.prices, wanted.quantity.amount if wanted.quantity else None)
    if price is None or price.cost is None:
        return (
            Criterion.PRICE,
            _NEUTRAL,
            Message("matching.price_unknown") if price is None else None,
        )
    ratio = price.cost / wanted.target_price
    percent = ((ratio - 1) * 100).quantize(Decimal(1))
    share = _share_of_price(ratio)
    if price.valid_until is not None and price.valid_until < today:
        share = share * Decimal("0.8")
    told = {
        "price": price.amount,
        "price_currency": price.currency,
        "cost": price.cost.quantize(_SHOWN),
        "target": wanted.target_price,
        "currency": wanted.currency or "",
        "percent": abs(percent),
        "on": price.quoted_on,
    }
    reason = (
        Message("matching.price_above", **told)
        if percent > 0
        else Message("matching.price_within", **told)
    )
    return Criterion.PRICE, share, reason


def _share_of_price(ratio: Decimal) -> Decimal:
    """From 1 where a fifth of the target is left for us, to 0 where the price is 1.3 times it."""
    room = (Decimal("1.3") - ratio) / Decimal("0.5")
    return min(_FULL, max(_NONE, room))


def price_at(prices: Sequence[KnownPrice], quantity: Decimal | None) -> KnownPrice | None:
    """The latest price that holds for ``quantity``; the highest tier's where no quantity is known."""
    if not prices:
        return None
    latest = max(price.quoted_on for price in prices)
    tiers = sorted(
        (price for price in prices if price.quoted_on == latest),
        key=lambda price: price.min_quantity or _NONE,
    )
    reached = [p for p in tiers if quantity is None or (p.min_quantity or _NONE) <= quantity]
    return reached[-1] if reached and quantity is not None else tiers[0]


def _lead_time(wanted: Wanted, candidate: Candidate) -> _Judged | None:
    if wanted.lead_time_days is None:
        return None
    days = candidate.lead_time_days
    if days is None:
        return Criterion.LEAD_TIME, _NEUTRAL, None
    if days <= wanted.lead_time_days:
        return Criterion.LEAD_TIME, _FULL, Message("matching.lead_time_met", days=days)
    return (
        Criterion.LEAD_TIME,
        _NONE,
        Message("matching.lead_time_long", days=days, asked=wanted.lead_time_days),
    )


def _certificates(wanted: Wanted, candidate: Candidate, today: date) -> _Judged | None:
    if not wanted.certificates:
        return None
    valid = [
        name for name, expires_on in candidate.certificates if not expires_on or expires_on >= today
    ]
    held = [one for one in wanted.certificates if any(_same(one, name) for name in valid)]
    share = Decimal(len(held)) / len(wanted.certificates)
    if held:
        return (
            Criterion.CERTIFICATES,
            share,
            Message("matching.certificates_held", names=", ".join(held)),
        )
    names = ", ".join(wanted.certificates)
    return Criterion.CERTIFICATES, _NONE, Message("matching.certificates_missing", names=names)


def _same(asked: str, held: str) -> bool:
    plain_asked, plain_held = (
        fold(name).replace(" ", "").replace("-", "") for name in (asked, held)
    )
    return plain_asked == plain_held or (len(plain_asked) > 2 and plain_asked in plain_held)


def _market(wanted: Wanted, candidate: Candidate) -> _Judged | None:
    if wanted.country is None:
        return None
    if not candidate.markets:
        return Criterion.MARKET, _NEUTRAL, None
    shared = shared_market(candidate.markets, wanted.country)
    if shared is None:
        return Criterion.MARKET, _NONE, None
    return Criterion.MARKET, _FULL, Message("matching.market_known", market=shared)


def _distance(wanted: Wanted, candidate: Candidate) -> _Judged | None:
    way = way_to_port(candidate.city, candidate.province, wanted.port)
    if way is None:
        return Criterion.DISTANCE, _NEUTRAL, None
    share = min(_FULL, max(_NONE, Decimal(_FAR_KM - way.km) / (_FAR_KM - _NEAR_KM)))
    near = way.km <= _NEAR_KM or way.town == way.port
    told = {"town": way.town.name, "port": way.port.name, "km": way.km}
    if way.km == 0:
        reason = Message("matching.port_here", **told)
    else:
        reason = Message("matching.port_near" if near else "matching.port_far", **told)
    return Criterion.DISTANCE, share, reason


def _history(candidate: Candidate) -> _Judged:
    if candidate.awards:
        return Criterion.HISTORY, _FULL, Message("matching.awarded", count=candidate.awards)
    if candidate.offers:
        share = min(Decimal("0.9"), Decimal("0.6") + Decimal(candidate.offers) / 20)
        return Criterion.HISTORY, share, Message("matching.offered_before", count=candidate.offers)
    return Criterion.HISTORY, _NONE, None


def _freshness(candidate: Candidate, today: date) -> _Judged:
    if candidate.seen_on is None:
        return Criterion.FRESHNESS, _NEUTRAL, None
    days = (today - candidate.seen_on).days
    share = min(_FULL, max(_NONE, 1 - Decimal(days) / 720))
    reason = Message("matching.data_old", on=candidate.seen_on) if days > 540 else None
    return Criterion.FRESHNESS, share, reason


def _trust(candidate: Candidate) -> _Judged:
    return Criterion.TRUST, min(_FULL, Decimal(candidate.trust) / 4), None
