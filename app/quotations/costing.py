"""Owns the way from a factory price to the price under each delivery term, step by step.

The rules: refund = price incl. VAT / (1 + VAT) × rebate; FOB = (net cost + domestic charges) /
((1 − margin) × rate), or × (1 + markup) / rate; CFR = FOB + freight; CIF = CFR / (1 − 110 % ×
premium); price with commission = net price / (1 − commission). Must not round before the last
step, and must not know where the figures are stored.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, localcontext

from app.kernel.decimals import CALCULATION
from app.kernel.errors import AppError
from app.kernel.messages import Message
from app.kernel.money import Money
from app.quotations.between import added_share, held_share
from app.quotations.beyond import BEYOND, price_from_base, without_suppliers_beyond
from app.quotations.charges import short, unit_charge
from app.quotations.cost_sheet import CostSheet, ProfitBasis
from app.quotations.incoterms import OFFERED
from app.quotations.refunds import trader_refund
from app.quotations.shared_cost import blend_formula
from app.quotations.steps import Step, converted, held_step, taken_off


@dataclass(frozen=True, slots=True)
class TermPrice:
    """The price of one unit under a term: exact, as shown, and the steps that lead to it."""

    term: str
    price: Money
    shown: Money
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Costing:
    """All that a cost sheet comes to.

    ``prices`` has every offered term whose figures are known, ``unknown`` says of each other one
    what it lacks. The margins are before freight, insurance, commission and rounding.
    """

    refund: Money
    net_cost: Money
    prices: Mapping[str, TermPrice]
    unknown: Mapping[str, Message]
    margin_on_price: Decimal
    markup_on_cost: Decimal


def costed(sheet: CostSheet) -> Costing:
    """Every price the figures of ``sheet`` allow."""
    prices: dict[str, TermPrice] = {}
    unknown: dict[str, Message] = {}
    for term in OFFERED:
        try:
            prices[term] = term_price(sheet, term)
        except AppError as lack:
            unknown[term] = lack.message
    refund, net, _ = _net_cost(sheet)
    currency = sheet.factory_price.currency
    return Costing(
        refund=Money(refund, currency),
        net_cost=Money(net, currency),
        prices=prices,
        unknown=unknown,
        margin_on_price=sheet.profit.margin_on_price,
        markup_on_cost=sheet.profit.markup_on_cost,
    )


def term_price(sheet: CostSheet, term: str) -> TermPrice:
    """The price under ``term`` with its steps; :class:`AppError` names the figure it lacks."""
    cost, cost_steps = _cost(sheet, term)
    if cost < 0:
        raise AppError("quotations.taken_off_too_much")
    with localcontext(CALCULATION):
        base, steps = _with_profit(sheet, cost)
        price, beyond = price_from_base(sheet, term, base)
    shown = sheet.rounding.applied(price)
    last = Step(
        Message("quotations.step_shown"),
        shown,
        sheet.quote_currency,
        f"{short(price)} ≈ {short(shown)}",
    )
    return TermPrice(
        term=term,
        price=Money(price, sheet.quote_currency),
        shown=Money(shown, sheet.quote_currency),
        steps=(*cost_steps, *steps, *beyond, last),
    )


def cost_in_home(sheet: CostSheet, term: str) -> Decimal:
    """What one unit costs us before main carriage under ``term``, or as far as the supplier's price reaches."""
    return _cost(sheet, term)[0]


def net_in_home(sheet: CostSheet) -> Decimal:
    """What one unit costs as the supplier asks for it, without the refund, in the home currency."""
    _, net, _ = _net_cost(sheet)
    with localcontext(CALCULATION):
        return net * sheet.rate(sheet.factory_price.currency).home_per_unit


def costed_refund(sheet: CostSheet) -> Decimal:
    """The refund on one unit in the home currency."""
    refund, _, _ = _net_cost(sheet)
    with localcontext(CALCULATION):
        return refund * sheet.rate(sheet.factory_price.currency).home_per_unit


def charges_in_home(sheet: CostSheet, term: str) -> Decimal:
    """The charges before main carriage between the supplier's price and ``term``, per unit."""
    with localcontext(CALCULATION):
        return sum((step.amount for step in _charge_steps(sheet, term)), Decimal(0))


def _net_cost(sheet: CostSheet) -> tuple[Decimal, Decimal, list[Step]]:
    """Refund, net cost and their steps, in the factory price's currency."""
    factory = sheet.factory_price
    currency = factory.currency
    stated = short(factory.amount)
    if factory.parts:
        stated = blend_formula(factory, lambda code: sheet.rate(code).home_per_unit)
    steps = [
        Step(
            Message("quotations.step_factory_price"),
            factory.amount,
            currency,
            stated,
            factory.source,
        )
    ]
    paid = factory.amount
    with localcontext(CALCULATION):
        if factory.with_invoice and not factory.includes_vat:
            formula = f"{short(paid)} × (1 + {short(factory.vat)})"
            paid = paid * (1 + factory.vat)
            steps.append(Step(Message("quotations.step_price_with_vat"), paid, currency, formula))
        refund, formula = _refund(sheet, paid)
        net = paid - refund
    source = factory.rebate_source
    steps.append(Step(Message("quotations.step_refund"), refund, currency, formula, source))
    difference = f"{short(paid)} − {short(refund)}"
    steps.append(Step(Message("quotations.step_net_cost"), net, currency, difference))
    return refund, net, steps


def _refund(sheet: CostSheet, paid: Decimal) -> tuple[Decimal, str]:
    factory = sheet.factory_price
    if not factory.with_invoice:
        return Decimal(0), "0"
    share = factory.invoiced_share
    invoiced = CALCULATION.multiply(paid, share)
    refund = trader_refund(invoiced, vat=factory.vat, rebate=factory.rebate)
    told = short(paid) if share == 1 else f"{short(paid)} × {short(share)}"
    formula = f"{told} / (1 + {short(factory.vat)}) × {short(factory.rebate)}"
    if sheet.refund_cap is not None and sheet.refund_cap < refund:
        return sheet.refund_cap, f"min({formula}; {short(sheet.refund_cap)})"
    return refund, formula


def _cost(sheet: CostSheet, term: str) -> tuple[Decimal, tuple[Step, ...]]:
    """The cost of one unit in the home currency before our profit, and the steps to it."""
    _, net, steps = _net_cost(sheet)
    home = sheet.home_currency
    with localcontext(CALCULATION):
        goods = net
        if sheet.factory_price.currency != home:
            rate = sheet.rate(sheet.factory_price.currency)
            goods = net * rate.home_per_unit
            formula = f"{short(net)} × {short(rate.home_per_unit)}"
            name = Message("quotations.step_net_cost_home")
            steps.append(Step(name, goods, home, formula, rate.source))
        total, left_out = without_suppliers_beyond(sheet, term, goods)
        between = (*left_out, *_charge_steps(sheet, term))
        total += charges_in_home(sheet, term)
    steps += between
    amounts = [step.amount for step in between if step.amount]
    if amounts:
        formula = " + ".join(map(short, (goods, *amounts))).replace("+ -", "− ")
        steps.append(Step(Message("quotations.step_cost"), total, home, formula))
    return total, tuple(steps)


def _charge_steps(sheet: CostSheet, term: str) -> list[Step]:
    """Those charges, each as a step in the home currency."""
    steps = []
    home, asked = sheet.home_currency, sheet.factory_price.shares_asked
    for charge in sheet.charges:
        if charge.line in BEYOND:
            continue
        share = added_share(asked, charge.line, term)
        if share:
            borne = unit_charge(charge, sheet.shipment, abs(share))
            amount, formula = converted(sheet, borne, home)
            step = Step(charge.label, amount, home, formula, charge.source)
            steps.append(step if share > 0 else taken_off(step, sheet))
        elif held_share(asked, charge.line, term):
            steps.append(held_step(charge.label, sheet=sheet, currency=home))
    return steps


def _with_profit(sheet: CostSheet, total: Decimal) -> tuple[Decimal, list[Step]]:
    """The net price in the quoting currency of what costs ``total``, and the steps to it."""
    fx = sheet.rate(sheet.quote_currency)
    profit = sheet.profit
    rate = short(profit.rate)
    if profit.basis is ProfitBasis.MARGIN_ON_PRICE:
        base = total / ((1 - profit.rate) * fx.home_per_unit)
        priced, formula = total / (1 - profit.rate), f"{short(total)} / (1 − {rate})"
        name = Message("quotations.step_margin_on_price", percent=short(profit.rate * 100))
    else:
        base = total * (1 + profit.rate) / fx.home_per_unit
        priced, formula = total * (1 + profit.rate), f"{short(total)} × (1 + {rate})"
        name = Message("quotations.step_markup_on_cost", percent=short(profit.rate * 100))
    gained = f"{formula} − {short(total)}"
    steps = [
        Step(name, priced - total, sheet.home_currency, gained),
        Step(Message("quotations.step_price_home"), priced, sheet.home_currency, formula),
    ]
    if sheet.quote_currency != sheet.home_currency:
        exchanged = f"{short(priced)} / {short(fx.home_per_unit)}"
        name = Message("quotations.step_exchanged")
        steps.append(Step(name, base, sheet.quote_currency, exchanged, fx.source))
    return base, steps
