"""Owns the way back: from a price to the margin or the factory price behind it, and what-if.

Must not change a quotation; it says what a change would do.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal, localcontext

from app.kernel.decimals import CALCULATION
from app.kernel.errors import AppError
from app.kernel.messages import Message
from app.kernel.money import Money
from app.quotations.beyond import price_from_base, with_suppliers_beyond
from app.quotations.charges import ChargeLine
from app.quotations.cost_sheet import CostSheet, ExchangeRate, Profit, ProfitBasis
from app.quotations.costing import charges_in_home, cost_in_home, term_price
from app.quotations.shared_cost import blended


def base_of(sheet: CostSheet, *, term: str, price: Decimal) -> Decimal:
    """The net price before main carriage inside ``price``: commission, taxes, insurance, freight off.

    The inverse of :func:`~app.quotations.beyond.price_from_base`.
    """
    with localcontext(CALCULATION):
        fixed, _ = price_from_base(sheet, term, Decimal(0))
        one, _ = price_from_base(sheet, term, Decimal(1))
        return (price - fixed) / (one - fixed)


def profit_at(sheet: CostSheet, *, term: str, price: Decimal) -> Profit:
    """The margin on price that ``price`` leaves; it may be negative.

    Raises :class:`AppError` when freight and shares alone eat the price up.
    """
    with localcontext(CALCULATION):
        base_home = (
            base_of(sheet, term=term, price=price) * sheet.rate(sheet.quote_currency).home_per_unit
        )
        if base_home <= 0:
            raise AppError("quotations.target_below_charges")
        return Profit(ProfitBasis.MARGIN_ON_PRICE, 1 - cost_in_home(sheet, term) / base_home)


def factory_price_for(sheet: CostSheet, *, term: str, price: Decimal) -> Money:
    """The factory price, stated as the sheet's is, that meets ``price`` with the sheet's profit."""
    factory = sheet.factory_price
    with localcontext(CALCULATION):
        base_home = (
            base_of(sheet, term=term, price=price) * sheet.rate(sheet.quote_currency).home_per_unit
        )
        cost = base_home * (1 - sheet.profit.margin_on_price)
        net = with_suppliers_beyond(sheet, term, cost - charges_in_home(sheet, term))
        if factory.currency != sheet.home_currency:
            net /= sheet.rate(factory.currency).home_per_unit
        if net <= 0:
            raise AppError("quotations.target_below_charges")
        return Money(_before_refund(sheet, net), factory.currency)


def _before_refund(sheet: CostSheet, net: Decimal) -> Decimal:
    """The price as the factory states it whose net cost is ``net``."""
    factory = sheet.factory_price
    if not factory.with_invoice:
        return net
    refunded = factory.invoiced_share * factory.rebate / (1 + factory.vat)
    paid = net / (1 - refunded)
    cap = sheet.refund_cap
    if cap is not None and paid * refunded > cap:
        paid = net + cap
    return paid if factory.includes_vat else paid / (1 + factory.vat)


def floor_warning(sheet: CostSheet, *, term: str, price: Decimal) -> Message | None:
    """The warning that ``price`` leaves less than the margin floor; it forbids nothing."""
    if sheet.margin_floor is None:
        return None
    margin = profit_at(sheet, term=term, price=price).margin_on_price
    if margin >= sheet.margin_floor:
        return None
    return Message(
        "quotations.margin_below_floor", margin=_percent(margin), floor=_percent(sheet.margin_floor)
    )


def _percent(share: Decimal) -> str:
    return f"{CALCULATION.multiply(share, Decimal(100)):.2f}"


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatIf:
    """A change of the world: rates, rebate, freight, factory prices; ``None`` and 1 leave as is.

    ``factory_factor`` and ``freight_factor`` multiply (1.30 is +30 %).
    """

    rates: tuple[ExchangeRate, ...] = ()
    vat: Decimal | None = None
    rebate: Decimal | None = None
    premium: Decimal | None = None
    freight_factor: Decimal = Decimal(1)
    factory_factor: Decimal = Decimal(1)


def _times(amount: Decimal | None, factor: Decimal) -> Decimal | None:
    return None if amount is None else CALCULATION.multiply(amount, factor)


def changed(sheet: CostSheet, what_if: WhatIf) -> CostSheet:
    """``sheet`` in the changed world; its profit rate and charges stay."""
    factory, factor = sheet.factory_price, what_if.freight_factor
    new_rates = {rate.currency: rate for rate in (*sheet.rates, *what_if.rates)}
    with localcontext(CALCULATION):
        after = replace(
            sheet,
            factory_price=replace(
                factory,
                amount=factory.amount * what_if.factory_factor,
                parts=tuple(
                    replace(part, amount=part.amount * what_if.factory_factor)
                    for part in factory.parts
                ),
                vat=factory.vat if what_if.vat is None else what_if.vat,
                rebate=factory.rebate if what_if.rebate is None else what_if.rebate,
            ),
            rates=tuple(new_rates.values()),
            premium=sheet.premium if what_if.premium is None else what_if.premium,
            charges=tuple(
                replace(charge, amount=charge.amount * factor)
                if charge.line is ChargeLine.MAIN_CARRIAGE
                else charge
                for charge in sheet.charges
            ),
            freight=tuple(
                replace(
                    rate,
                    per_wm=_times(rate.per_wm, factor),
                    per_cbm=_times(rate.per_cbm, factor),
                    per_ton=_times(rate.per_ton, factor),
                    per_container=tuple((c, amount * factor) for c, amount in rate.per_container),
                    breaks=tuple(replace(b, per_kg=b.per_kg * factor) for b in rate.breaks),
                    minimum=rate.minimum * factor,
                )
                for rate in sheet.freight
            ),
        )
    factory = blended(
        after.factory_price,
        lambda code: after.rate(code).home_per_unit,
        home=sheet.home_currency,
    )
    return replace(after, factory_price=factory)


@dataclass(frozen=True, slots=True)
class OpenPrice:
    """A price that stands in an open quotation; ``key`` is the caller's (a line's id)."""

    key: int | str
    sheet: CostSheet
    term: str
    price: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """What a change does to one open price.

    ``new_price`` is the price as shown that keeps the sheet's profit; ``floor_price`` the one that
    just meets the floor, ``None`` without a floor.
    """

    key: int | str
    margin_before: Decimal
    margin_after: Decimal
    is_below_floor: bool
    new_price: Decimal
    floor_price: Decimal | None


def effects(prices: Iterable[OpenPrice], what_if: WhatIf) -> tuple[Effect, ...]:
    """What ``what_if`` does to each open price, in the order given."""
    return tuple(_effect(each, changed(each.sheet, what_if)) for each in prices)


def _effect(each: OpenPrice, sheet: CostSheet) -> Effect:
    before = profit_at(each.sheet, term=each.term, price=each.price).margin_on_price
    after = profit_at(sheet, term=each.term, price=each.price).margin_on_price
    floor = sheet.margin_floor
    floor_price = None
    if floor is not None:
        at_floor = replace(sheet, profit=Profit(ProfitBasis.MARGIN_ON_PRICE, floor))
        floor_price = term_price(at_floor, each.term).price.amount
    return Effect(
        key=each.key,
        margin_before=before,
        margin_after=after,
        is_below_floor=floor is not None and after < floor,
        new_price=term_price(sheet, each.term).shown.amount,
        floor_price=floor_price,
    )
