"""Owns one step of a price: what it is called, what it comes to, how, and where the figure is from.

Must not decide which steps a price has; ``costing`` and ``beyond`` do.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, localcontext

from app.kernel.decimals import CALCULATION
from app.kernel.messages import Message
from app.quotations.charges import UnitCharge, short
from app.quotations.cost_sheet import CostSheet


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a price: its name, what it comes to per unit, how, and where the figure is from."""

    name: Message
    amount: Decimal
    currency: str
    formula: str
    source: str = ""


def held_step(charge: Message, *, sheet: CostSheet, currency: str) -> Step:
    """A charge that is ours under the quoted term and in the supplier's price already."""
    name = Message("quotations.step_held", charge=charge, offered=_offered(sheet))
    return Step(name, Decimal(0), currency, "")


def taken_off(step: Step, sheet: CostSheet) -> Step:
    """``step`` the other way: it is in the supplier's price, and the quoted term leaves it out."""
    name = Message("quotations.step_taken_off", charge=step.name, offered=_offered(sheet))
    return Step(name, -step.amount, step.currency, f"− ({step.formula})", step.source)


def _offered(sheet: CostSheet) -> str:
    """The delivery terms of the supplier's price."""
    terms = (asked for _, asked in sheet.factory_price.shares_asked)
    return ", ".join(dict.fromkeys(filter(None, terms)))


def converted(sheet: CostSheet, borne: UnitCharge, currency: str) -> tuple[Decimal, str]:
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
