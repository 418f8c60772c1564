"""Owns the way from a price at the port of loading to the price at its destination, and back.

Freight, insurance, charges and taxes at the destination, then the shares of the final price. What
the supplier's price holds already is not added again. Must not know profit, nor the charges before
main carriage.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal, localcontext

from app.kernel.decimals import CALCULATION
from app.kernel.errors import AppError
from app.kernel.messages import Message
from app.quotations.between import BornLine, added_share, held_share
from app.quotations.charges import ChargeLine, line_name, short, unit_charge
from app.quotations.cost_sheet import CostSheet, CustomsBasis
from app.quotations.freight import unit_freight
from app.quotations.incoterms import INCOTERMS, CostLine
from app.quotations.steps import Step, converted, held_step, taken_off

#: Charges that come after the price at the port of loading; they carry no profit.
BEYOND = (
    ChargeLine.MAIN_CARRIAGE,
    ChargeLine.DESTINATION_CARRIAGE,
    ChargeLine.UNLOADING,
    ChargeLine.IMPORT_CLEARANCE,
)
_ALL_BEYOND: tuple[BornLine, ...] = (*BEYOND, CostLine.INSURANCE, CostLine.IMPORT_DUTY)
_NAMES: dict[BornLine, Message] = {
    **{line: line_name(line) for line in BEYOND},
    CostLine.INSURANCE: Message("quotations.step_insurance_alone"),
    CostLine.IMPORT_DUTY: Message("quotations.step_duty"),
}
_NONE = Decimal(0)

_Counted = Callable[[BornLine], Decimal]
"""For which share of the quantity a line is counted."""


def price_from_base(sheet: CostSheet, term: str, base: Decimal) -> tuple[Decimal, tuple[Step, ...]]:
    """The final price under ``term`` from ``base``, the net price before main carriage.

    In the quoting currency, unrounded. Where the supplier's price reaches further than the port,
    so does ``base``. The price grows evenly with it, which is what makes the way back from a target
    exact. Raises :class:`AppError` naming a figure that is missing.
    """
    with localcontext(CALCULATION):
        steps = [
            held_step(_NAMES[line], sheet=sheet, currency=sheet.quote_currency)
            for line in _ALL_BEYOND
            if held_share(sheet.factory_price.shares_asked, line, term) == 1
        ]
        price = _with_beyond(sheet, base, term=term, counted=_added(sheet, term), steps=steps)
        return _add_shares(sheet, term, price, steps), tuple(steps)


def without_suppliers_beyond(
    sheet: CostSheet, term: str, price: Decimal
) -> tuple[Decimal, tuple[Step, ...]]:
    """``price``, a supplier's in the home currency, without what ``term`` leaves out beyond the port.

    Raises :class:`AppError` naming a figure of it that is missing.
    """
    if not any(_left_out(sheet, term)(line) for line in _ALL_BEYOND):
        return price, ()
    none, one = (with_suppliers_beyond(sheet, term, Decimal(base)) for base in (0, 1))
    with localcontext(CALCULATION):
        base = (price - none) / (one - none)
        steps: list[Step] = []
        home = _told_at_home(sheet)
        _with_beyond(home, base, term=term, counted=_left_out(sheet, term), steps=steps)
    return base, tuple(taken_off(step, sheet) for step in reversed(steps))


def with_suppliers_beyond(sheet: CostSheet, term: str, base: Decimal) -> Decimal:
    """The inverse of :func:`without_suppliers_beyond`."""
    with localcontext(CALCULATION):
        counted = _left_out(sheet, term)
        return _with_beyond(_told_at_home(sheet), base, term=term, counted=counted, steps=[])


def _added(sheet: CostSheet, term: str) -> _Counted:
    return lambda line: max(added_share(sheet.factory_price.shares_asked, line, term), _NONE)


def _left_out(sheet: CostSheet, term: str) -> _Counted:
    return lambda line: max(-added_share(sheet.factory_price.shares_asked, line, term), _NONE)


def _told_at_home(sheet: CostSheet) -> CostSheet:
    """``sheet`` for a supplier's price: in the home currency, without what only ours bears."""
    return replace(sheet, quote_currency=sheet.home_currency, commission=_NONE, bank_share=_NONE)


def _with_beyond(
    sheet: CostSheet, base: Decimal, *, term: str, counted: _Counted, steps: list[Step]
) -> Decimal:
    """``base`` with the lines that are ``counted``, in the order in which they arise."""
    price = _add_line(sheet, ChargeLine.MAIN_CARRIAGE, price=base, counted=counted, steps=steps)
    insured = counted(CostLine.INSURANCE)
    if insured:
        price = _add_insurance(
            sheet, price, cover=INCOTERMS[term].minimum_cover, share=insured, steps=steps
        )
    for line in BEYOND[1:]:
        price = _add_line(sheet, line, price=price, counted=counted, steps=steps)
    taxed = counted(CostLine.IMPORT_DUTY)
    if taxed:
        value = _customs_value(sheet, base, term=term, counted=counted)
        price += taxed * _import_taxes(sheet, value, steps)
    return price


def _add_line(
    sheet: CostSheet, line: ChargeLine, *, price: Decimal, counted: _Counted, steps: list[Step]
) -> Decimal:
    """``price`` with the charges of ``line``; :class:`AppError` when one the price needs is unknown."""
    share = counted(line)
    if not share:
        return price
    if not sheet.knows(line):
        if line is ChargeLine.MAIN_CARRIAGE:
            raise AppError("quotations.lacks_freight")
        if line is ChargeLine.IMPORT_CLEARANCE:
            return price
        raise AppError("quotations.lacks_destination_charges")
    for step in _steps_of(sheet, line, share):
        steps.append(step)
        price += step.amount
    return price


def _steps_of(sheet: CostSheet, line: ChargeLine, share: Decimal) -> list[Step]:
    """What one unit bears of the charges of ``line``, counted for ``share`` of the quantity."""
    borne = [
        (charge.label, charge.source, unit_charge(charge, sheet.shipment, share))
        for charge in sheet.charges
        if charge.line is line
    ]
    if line is ChargeLine.MAIN_CARRIAGE:
        borne += [
            (line_name(line), rate.source, unit_freight(rate, sheet.shipment).times(share))
            for rate in sheet.freight
        ]
    currency = sheet.quote_currency
    steps = []
    for name, source, unit in borne:
        amount, formula = converted(sheet, unit, currency)
        steps.append(Step(name, amount, currency, formula, source))
    return steps


def _add_insurance(
    sheet: CostSheet, price: Decimal, *, cover: str, share: Decimal, steps: list[Step]
) -> Decimal:
    """The insured price: the insured value is ``insured_share`` of that price itself."""
    if sheet.premium is None:
        raise AppError("quotations.lacks_premium")
    added = price / (1 - sheet.insured_share * sheet.premium) - price
    formula = (
        f"{short(price)} / (1 − {short(sheet.insured_share)} × {short(sheet.premium)})"
        f" − {short(price)}"
    )
    if share != 1:
        formula = f"({formula}) × {short(share)}"
    owed = Message("quotations.step_insurance", cover=cover)
    name = owed if cover else _NAMES[CostLine.INSURANCE]
    steps.append(Step(name, added * share, sheet.quote_currency, formula, sheet.premium_source))
    return price + added * share


def _customs_value(sheet: CostSheet, base: Decimal, *, term: str, counted: _Counted) -> Decimal:
    """The price the goods would have at the border, commission included.

    What ``base`` holds of carriage that duty does not count on is taken off where it is known.
    """
    value, is_cif = base, sheet.import_taxes is None or sheet.import_taxes.basis is CustomsBasis.CIF
    for line in BEYOND[1:] if is_cif else BEYOND:
        held = held_share(sheet.factory_price.shares_asked, line, term)
        if held and sheet.knows(line):
            value -= sum((step.amount for step in _steps_of(sheet, line, held)), _NONE)
    if is_cif:
        freight = ChargeLine.MAIN_CARRIAGE
        value = _add_line(sheet, freight, price=value, counted=counted, steps=[])
        value /= 1 - sheet.insured_share * (sheet.premium or _NONE)
    return value / (1 - _shares(sheet))


def _import_taxes(sheet: CostSheet, value: Decimal, steps: list[Step]) -> Decimal:
    """Duty and import VAT on ``value``."""
    taxes = sheet.import_taxes
    if taxes is None:
        raise AppError("quotations.lacks_import_duty")
    duty = value * taxes.duty
    vat = (value + duty) * taxes.vat
    currency, source = sheet.quote_currency, taxes.source
    formula = f"{taxes.basis} {short(value)} × {short(taxes.duty)}"
    steps.append(Step(_NAMES[CostLine.IMPORT_DUTY], duty, currency, formula, source))
    if taxes.vat:
        formula = f"({short(value)} + {short(duty)}) × {short(taxes.vat)}"
        steps.append(Step(Message("quotations.step_import_vat"), vat, currency, formula, source))
    return duty + vat


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
