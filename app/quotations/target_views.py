"""Owns the answer to "this price must be met": the factory price or the margin that would meet it.

Must not change a line.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from app.kernel.decimals import CALCULATION
from app.kernel.errors import AppError
from app.kernel.messages import Message
from app.kernel.money import Money
from app.quotations.cost_sheet import CostSheet, Profit, ProfitBasis
from app.quotations.costing import cost_in_home, term_price
from app.quotations.targets import factory_price_for, floor_warning, profit_at


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceTarget:
    """What meets ``price``: ``factory_price`` with the usual profit, or ``profit`` with today's.

    ``factory_price`` is ``None`` where no factory price above zero would do; ``lowest_price`` is the
    one without any profit, ``floor_price`` that of the margin floor.
    """

    price: Money
    factory_price: Money | None
    factory_price_now: Money
    usual_profit: Profit
    profit: Profit
    cost: Money
    lowest_price: Money
    floor_price: Money | None
    warning: Message | None


def price_target(
    sheet: CostSheet, *, term: str, price: Decimal, discount_percent: Decimal = Decimal(0)
) -> PriceTarget:
    """The target for a line's price, of which the buyer pays what ``discount_percent`` leaves.

    Raises ``AppError`` naming a figure that is missing, or that freight and charges alone are more.
    """
    net = CALCULATION.multiply(price, (100 - discount_percent) / 100)
    try:
        factory_price = factory_price_for(sheet, term=term, price=net)
    except AppError:
        factory_price = None
    return PriceTarget(
        price=Money(price, sheet.quote_currency),
        factory_price=factory_price,
        factory_price_now=Money(sheet.factory_price.amount, sheet.factory_price.currency),
        usual_profit=sheet.profit,
        profit=profit_at(sheet, term=term, price=net),
        cost=Money(cost_in_home(sheet, term), sheet.home_currency),
        lowest_price=_at_margin(sheet, term, Decimal(0)),
        floor_price=None
        if sheet.margin_floor is None
        else _at_margin(sheet, term, sheet.margin_floor),
        warning=floor_warning(sheet, term=term, price=net),
    )


def _at_margin(sheet: CostSheet, term: str, margin: Decimal) -> Money:
    profit = Profit(ProfitBasis.MARGIN_ON_PRICE, margin)
    return term_price(replace(sheet, profit=profit), term).shown
