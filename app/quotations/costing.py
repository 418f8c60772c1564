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
from app.quotations.charges import ChargeLine, UnitCharge, seller_bears, short, unit_charge
from app.quotations.cost_sheet import CostSheet, CustomsBasis, ProfitBasis
from app.quotations.freight import unit_freight
from app.quotations.incoterms import INCOTERMS, OFFERED, CostLine, Incoterm
from app.quotations.refunds import trader_refund
from app.quotations.shared_cost import blend_formula

#: Charges that come after the price at the port of loading; they carry no profit.
_BEYOND = (
    ChargeLine.MAIN_CARRIAGE,
    ChargeLine.DESTINATION_CARRIAGE,
    ChargeLine.UNLOADING,
    ChargeLine.IMPORT_CLEARANCE,
)


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a price: its name, what it comes to per unit, how, and where the figure is from."""

    name: Message
    amount: Decimal
    currency: str
    formula: str
    source: str = ""


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


@dataclass(frozen=True, slots=True)
class _Cost:
    """The cost of one unit up to the price at the port of loading."""

    refund: Decimal
    net: Decimal
    total_home: Decimal
    steps: tuple[Step, ...]


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
    cost = _cost(sheet, term)
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
        steps=(*cost.steps, *steps, *beyond, last),
    )


def cost_in_home(sheet: CostSheet, term: str) -> Decimal:
    """Net cost and the charges before main carriage that ``term`` puts on the seller, per unit."""
    return _cost(sheet, term).total_home


def costed_refund(sheet: CostSheet) -> Decimal:
    """The refund on one unit in the home currency."""
    refund, _, _ = _net_cost(sheet)
    with localcontext(CALCULATION):
        return refund * sheet.rate(sheet.factory_price.currency).home_per_unit


def charges_in_home(sheet: CostSheet, term: str) -> Decimal:
    """Only those charges, without the goods, per unit."""
    with localcontext(CALCULATION):
        return sum((step.amount for step in _charge_steps(sheet, term)), Decimal(0))


def price_from_base(sheet: CostSheet, term: str, base: Decimal) -> tuple[Decimal, tuple[Step, ...]]:
    """The final price under ``term`` from ``base``, the net price before main carriage.

    In the quoting currency, unrounded. The price grows evenly with ``base``, which is what makes
    the way back from a target exact.
    """
    with localcontext(CALCULATION):
        steps: list[Step] = []
        price = base
        incoterm = INCOTERMS[term]
        if incoterm.payer(CostLine.MAIN_CARRIAGE).is_seller:
            price = _add_beyond(sheet, ChargeLine.MAIN_CARRIAGE, price, steps)
        if incoterm.payer(CostLine.INSURANCE).is_seller:
            price = _add_insurance(sheet, incoterm, price, steps)
        for line in _BEYOND[1:]:
            if seller_bears(line, term):
                price = _add_beyond(sheet, line, price, steps)
        if incoterm.payer(CostLine.IMPORT_DUTY).is_seller:
            price = _add_import_taxes(sheet, base, price, steps)
        return _add_shares(sheet, term, price, steps), tuple(steps)


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


def _cost(sheet: CostSheet, term: str) -> _Cost:
    refund, net, steps = _net_cost(sheet)
    home = sheet.home_currency
    with localcontext(CALCULATION):
        total = net
        if sheet.factory_price.currency != home:
            rate = sheet.rate(sheet.factory_price.currency)
            total = net * rate.home_per_unit
            formula = f"{short(net)} × {short(rate.home_per_unit)}"
            name = Message("quotations.step_net_cost_home")
            steps.append(Step(name, total, home, formula, rate.source))
        parts = [total]
        for step in _charge_steps(sheet, term):
            steps.append(step)
            parts.append(step.amount)
        total = sum(parts, Decimal(0))
    if len(parts) > 1:
        formula = " + ".join(map(short, parts))
        steps.append(Step(Message("quotations.step_cost"), total, home, formula))
    return _Cost(refund, net, total, tuple(steps))


def _charge_steps(sheet: CostSheet, term: str) -> list[Step]:
    """The charges before main carriage that ``term`` puts on the seller, in the home currency."""
    steps = []
    for charge in sheet.charges:
        if charge.line in _BEYOND or not seller_bears(charge.line, term):
            continue
        borne = unit_charge(charge, sheet.shipment)
        amount, formula = _converted(sheet, borne, sheet.home_currency)
        steps.append(Step(charge.label, amount, sheet.home_currency, formula, charge.source))
    return steps


def _converted(sheet: CostSheet, borne: UnitCharge, currency: str) -> tuple[Decimal, str]:
    """A unit charge in ``currency``, and its formula with the rates used."""
    if borne.currency == currency:
        return borne.amount, borne.formula
    rate, target = sheet.rate(borne.currency), sheet.rate(currency)
    amount, formula = borne.amount, borne.formula
    with localcontext(CALCULATION):
        if rate.home_per_unit != 1:
            amount *= rate.home_per_unit
            formula = f"{formula} × {short(rate.home_per_unit)}"
        if target.home_per_unit != 1:
            amount /= target.home_per_unit
            formula = f"{formula} / {short(target.home_per_unit)}"
    return amount, formula


def _with_profit(sheet: CostSheet, cost: _Cost) -> tuple[Decimal, list[Step]]:
    """The net price before main carriage in the quoting currency, and the steps to it."""
    fx = sheet.rate(sheet.quote_currency)
    total, profit = cost.total_home, sheet.profit
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


def _add_beyond(sheet: CostSheet, line: ChargeLine, price: Decimal, steps: list[Step]) -> Decimal:
    """``price`` with the charges of ``line``; :class:`AppError` when a line the price needs is unknown."""
    if not sheet.knows(line):
        if line is ChargeLine.MAIN_CARRIAGE:
            raise AppError("quotations.lacks_freight")
        if line is ChargeLine.IMPORT_CLEARANCE:
            return price
        raise AppError("quotations.lacks_destination_charges")
    borne = [
        (charge.label, charge.source, unit_charge(charge, sheet.shipment))
        for charge in sheet.charges
        if charge.line is line
    ]
    if line is ChargeLine.MAIN_CARRIAGE:
        name = Message("quotations.step_freight")
        borne += [(name, rate.source, unit_freight(rate, sheet.shipment)) for rate in sheet.freight]
    for name, source, unit in borne:
        amount, formula = _converted(sheet, unit, sheet.quote_currency)
        steps.append(Step(name, amount, sheet.quote_currency, formula, source))
        price += amount
    return price


def _add_insurance(
    sheet: CostSheet, incoterm: Incoterm, price: Decimal, steps: list[Step]
) -> Decimal:
    """The insured price: the insured value is ``insured_share`` of that price itself."""
    if sheet.premium is None:
        raise AppError("quotations.lacks_premium")
    insured = price / (1 - sheet.insured_share * sheet.premium)
    formula = (
        f"{short(price)} / (1 − {short(sheet.insured_share)} × {short(sheet.premium)})"
        f" − {short(price)}"
    )
    steps.append(
        Step(
            Message("quotations.step_insurance", cover=incoterm.minimum_cover),
            insured - price,
            sheet.quote_currency,
            formula,
            sheet.premium_source,
        )
    )
    return insured


def _add_import_taxes(
    sheet: CostSheet, base: Decimal, price: Decimal, steps: list[Step]
) -> Decimal:
    """Duty and import VAT on the price the goods would have at the border, commission included."""
    taxes = sheet.import_taxes
    if taxes is None:
        raise AppError("quotations.lacks_import_duty")
    value = base
    if taxes.basis is CustomsBasis.CIF:
        value = _add_beyond(sheet, ChargeLine.MAIN_CARRIAGE, base, [])
        value /= 1 - sheet.insured_share * (sheet.premium or Decimal(0))
    value /= 1 - _shares(sheet)
    duty = value * taxes.duty
    vat = (value + duty) * taxes.vat
    currency, source = sheet.quote_currency, taxes.source
    formula = f"{taxes.basis} {short(value)} × {short(taxes.duty)}"
    steps.append(Step(Message("quotations.step_duty"), duty, currency, formula, source))
    if taxes.vat:
        formula = f"({short(value)} + {short(duty)}) × {short(taxes.vat)}"
        steps.append(Step(Message("quotations.step_import_vat"), vat, currency, formula, source))
    return price + duty + vat


def _shares(sheet: CostSheet) -> Decimal:
    """Commission and bank charges as a share of the final price."""
    shares = CALCULATION.add(sheet.commission, sheet.bank_share)
    if not 0 <= shares < 1:
        raise AppError("quotations.shares_out_of_range", percent=short(shares * 100))
    return shares


def _add_shares(sheet: CostSheet, term: str, net: Decimal, steps: list[Step]) -> Decimal:
    price = net / (1 - _shares(sheet))
    currency = sheet.quote_currency
    if sheet.commission:
        name = Message("quotations.step_commission")
        formula = f"{short(price)} × {short(sheet.commission)}"
        steps.append(Step(name, price * sheet.commission, currency, formula))
    if sheet.bank_share:
        name = Message("quotations.step_bank_share")
        formula = f"{short(price)} × {short(sheet.bank_share)}"
        steps.append(Step(name, price * sheet.bank_share, currency, formula))
    formula = f"{short(net)} / (1 − {short(_shares(sheet))})" if price != net else short(net)
    steps.append(Step(Message("quotations.step_price", term=term), price, currency, formula))
    return price
