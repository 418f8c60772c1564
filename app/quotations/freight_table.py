"""Owns choosing the freight of a load from the user's dated table: by route, day, mode and packing.

Where the shipment says no mode, the cheaper of the two ways by sea is taken, as a forwarder would
advise. Must not know where the table is stored.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_FLOOR, Decimal

from app.kernel.errors import AppError
from app.kernel.ports import is_same_place
from app.quotations.charges import Shipment
from app.quotations.freight import FreightMode, FreightRate, WeightBreak, freight_total, mode_named
from app.quotations.packing import CONTAINERS, Container, PackedGoods, fill_share

_BY_SEA = (FreightMode.SEA_FCL, FreightMode.SEA_LCL)
_BY_RAIL = (FreightMode.RAIL_FCL, FreightMode.RAIL_LCL)
#: What a shipment's wording says of the mode, the plainest words last.
_SAID: tuple[tuple[str, tuple[FreightMode, ...]], ...] = (
    (r"express|courier|dhl|fedex|\bups\b|\btnt\b|快递|快件", (FreightMode.EXPRESS,)),
    (r"\bair\b|airfreight|空运", (FreightMode.AIR,)),
    (r"rail|train|铁路|班列", _BY_RAIL),
    (r"\bsea\b|ocean|vessel|海运|船", _BY_SEA),
)
_FULL = re.compile(r"\bfcl\b|整柜|整箱|container|20gp|40gp|40hq")
_PART = re.compile(r"\blcl\b|拼箱|散货")


@dataclass(frozen=True, slots=True, kw_only=True)
class FreightRow:
    """One row of the table: what carriage costs per ``unit`` on a route while it is in force."""

    mode: FreightMode
    loading: str
    destination: str
    unit: str
    amount: Decimal
    minimum: Decimal
    currency: str
    valid_from: date
    valid_until: date | None
    source: str


@dataclass(frozen=True, slots=True)
class Route:
    """Between which ports, on which day, and how, as the quotation words it."""

    loading: str
    destination: str
    on: date
    shipment: str = ""


@dataclass(frozen=True, slots=True)
class ChosenFreight:
    """The rate taken, and the containers it was taken for."""

    rate: FreightRate
    containers: tuple[tuple[str, int], ...] = ()


def modes_said(shipment: str) -> tuple[FreightMode, ...]:
    """The mode that was chosen, or those that a wording leaves open; by sea where it says none."""
    if (chosen := mode_named(shipment)) is not None:
        return (chosen,)
    words = shipment.casefold()
    modes = next((modes for pattern, modes in _SAID if re.search(pattern, words)), _BY_SEA)
    full, part = _FULL.search(words), _PART.search(words)
    if bool(full) == bool(part) or len(modes) < 2:
        return modes
    return modes[:1] if full else modes[1:]


def chosen_freight(
    rows: Iterable[FreightRow],
    route: Route,
    *,
    quantity: Decimal,
    goods: PackedGoods | None,
    containers: tuple[tuple[str, int], ...] = (),
    home_value: Callable[[Decimal, str], Decimal | None],
) -> ChosenFreight | None:
    """The freight for a load on ``route``: the cheapest way that the table and the wording allow.

    ``containers`` are those the user loads; without them the load is planned. ``home_value`` gives
    an amount in the home currency, to compare. ``None`` where the table has no rate.
    """
    rates = [rate for rate in table_rates(rows, route) if rate.mode in modes_said(route.shipment)]
    priced: list[tuple[Decimal, ChosenFreight]] = []
    for rate in rates:
        loaded = containers or planned_containers(goods, [code for code, _ in rate.per_container])
        chosen = ChosenFreight(rate, loaded if rate.per_container else ())
        shipment = Shipment(
            quantity=quantity,
            cbm=goods.cbm if goods else None,
            gross_weight_kg=goods.gross_weight_kg if goods else None,
            containers=loaded,
        )
        try:
            total = freight_total(rate, shipment)
        except AppError:
            continue
        value = home_value(total.amount, total.currency)
        if value is not None:
            priced.append((value, chosen))
    if priced:
        return min(priced, key=lambda each: each[0])[1]
    # A rate whose total lacks a figure: the price then names what is missing.
    return ChosenFreight(rates[-1], containers) if rates else None


def table_rates(rows: Iterable[FreightRow], route: Route) -> list[FreightRate]:
    """The rates in force on ``route``, one a mode; a named port goes before one left open."""
    fitting = [row for row in rows if _fits(row, route)]
    fitting.sort(
        key=lambda row: (bool(row.destination), bool(row.loading), row.valid_from), reverse=True
    )
    rates: list[FreightRate] = []
    for mode in FreightMode:
        taken: dict[str, FreightRow] = {}
        for row in fitting:
            if row.mode is mode:
                taken.setdefault(row.unit, row)
        first = next(iter(taken.values()), None)
        if first is not None:
            same = [row for row in taken.values() if row.currency == first.currency]
            rates.append(_rate(mode, same))
    return rates


def _fits(row: FreightRow, route: Route) -> bool:
    in_force = row.valid_from <= route.on and (
        row.valid_until is None or row.valid_until >= route.on
    )
    return (
        in_force
        and _same_port(row.loading, route.loading, when_open=True)
        and _same_port(row.destination, route.destination, when_open=False)
    )


def _same_port(known: str, asked: str, *, when_open: bool) -> bool:
    """Whether two ports are one, ``宁波`` and ``Ningbo, China``; a row without one is for all."""
    if not known:
        return True
    if not asked:
        return when_open
    return is_same_place(known, asked)


def _rate(mode: FreightMode, rows: Sequence[FreightRow]) -> FreightRate:
    first = rows[0]
    rate = FreightRate(
        mode=mode,
        currency=first.currency,
        minimum=max(row.minimum for row in rows),
        source=_told(rows),
    )
    for row in rows:
        if row.unit == "wm":
            rate = replace(rate, per_wm=row.amount)
        elif row.unit == "cbm":
            rate = replace(rate, per_cbm=row.amount)
        elif row.unit == "ton":
            rate = replace(rate, per_ton=row.amount)
        elif row.unit == "kg":
            rate = replace(rate, breaks=(WeightBreak(Decimal(0), row.amount),))
        else:
            rate = replace(rate, per_container=(*rate.per_container, (row.unit, row.amount)))
    return rate


def _told(rows: Sequence[FreightRow]) -> str:
    """Where the figure stands: the forwarder, the route and the day from which it holds."""
    first = rows[0]
    ends = " → ".join(filter(None, (first.loading, first.destination)))
    return " · ".join(filter(None, (first.source, ends, first.valid_from.isoformat())))


def planned_containers(
    goods: PackedGoods | None, codes: Sequence[str]
) -> tuple[tuple[str, int], ...]:
    """The containers of ``codes`` that take ``goods`` whole: large ones full, then the smallest
    that takes the rest. Nothing where the volume is unknown.
    """
    usable = sorted(
        (each for each in CONTAINERS if each.code in codes), key=lambda each: each.usable_cbm
    )
    if goods is None or goods.cbm is None or not usable:
        return ()
    largest = usable[-1]
    fill = fill_share(largest, goods) or Decimal(0)
    full = int(fill.to_integral_value(ROUND_FLOOR))
    rest = fill - full
    loaded: list[Container] = [largest] * full
    if rest or not loaded:
        loaded.append(_smallest(usable, largest, goods, share=rest / fill if fill else Decimal(0)))
    return tuple(Counter(each.code for each in loaded).items())


def _smallest(
    usable: Sequence[Container], largest: Container, goods: PackedGoods, *, share: Decimal
) -> Container:
    cbm = (goods.cbm or Decimal(0)) * share
    weight_kg = (goods.gross_weight_kg or Decimal(0)) * share
    fitting = (c for c in usable if c.usable_cbm >= cbm and c.payload_kg >= weight_kg)
    return next(fitting, largest)
