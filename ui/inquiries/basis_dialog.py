"""Owns the small form of what offers are compared at: currency, term, tax, rates, charges.

Must not compare, and must not keep the figures by itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal

from PySide6.QtWidgets import QWidget

from app.fields import Field, FieldType
from app.kernel.decimals import decimal_text
from app.kernel.errors import AppError
from app.kernel.messages import Message
from app.quotations.charges import Charge, ChargeLine
from app.quotations.cost_sheet import ExchangeRate
from app.quotations.incoterms import OFFERED
from app.quotations.revision_costing import CostingTerms
from app.sourcing.comparison import Basis
from ui.context import Context
from ui.forms.dialog import RecordDialog
from ui.words import say

_HUNDRED = Decimal(100)
_RATE = re.compile(r"([A-Za-z]{3})\s*[=:：]?\s*([\d.]+)")
_MONEY = re.compile(r"([\d.]+)\s*([A-Za-z]{3})?")

_FIELDS = (
    Field("currency", FieldType.CURRENCY, "sourcing.basis.currency"),
    Field("incoterm", FieldType.TEXT, "sourcing.basis.term"),
    Field("loading", FieldType.PLACE, "sourcing.basis.loading"),
    Field("place", FieldType.PLACE, "sourcing.basis.place"),
    Field("rates", FieldType.TEXT, "sourcing.basis.rates"),
    Field("vat", FieldType.DECIMAL, "sourcing.basis.vat"),
    Field("rebate", FieldType.DECIMAL, "sourcing.basis.rebate"),
    Field("domestic", FieldType.TEXT, "sourcing.basis.domestic"),
    Field("freight", FieldType.TEXT, "sourcing.basis.freight"),
    Field("premium", FieldType.DECIMAL, "sourcing.basis.premium"),
)
_CHARGES = {"domestic": ChargeLine.DOMESTIC, "freight": ChargeLine.MAIN_CARRIAGE}


def ask_basis(
    context: Context, basis: Basis, keep: Callable[[Basis], object], parent: QWidget
) -> RecordDialog:
    """Shows ``basis`` in a form; ``keep`` gets it as changed, off the GUI thread."""
    dialog = RecordDialog(
        say("sourcing.basis.title"),
        _FIELDS,
        context.tasks,
        save=lambda values: keep(basis_from(basis, values)),
        values=values_of(basis),
        parent=parent,
    )
    dialog.open()
    return dialog


def values_of(basis: Basis) -> Mapping[str, object]:
    """The basis as it is typed."""
    costing = basis.costing
    rates = (f"{rate.currency} {decimal_text(rate.home_per_unit)}" for rate in costing.rates)
    return {
        "currency": basis.currency,
        "incoterm": basis.incoterm,
        "loading": basis.loading,
        "place": basis.place,
        "rates": "; ".join(rates),
        "vat": _percent(costing.vat),
        "rebate": _percent(costing.rebate),
        "premium": _percent(costing.premium),
        **{key: _charge_text(costing, line) for key, line in _CHARGES.items()},
    }


def basis_from(before: Basis, values: Mapping[str, object]) -> Basis:
    """``before`` with what was typed; raises ``AppError`` naming the field that can't be read."""
    said = {key: str(value or "").strip() for key, value in values.items()}
    term = said["incoterm"].upper() or before.incoterm
    if term not in OFFERED:
        raise _bad("incoterm", term)
    costing = replace(
        before.costing,
        vat=_share(said, "vat") or Decimal(0),
        rebate=_share(said, "rebate") or Decimal(0),
        premium=_share(said, "premium"),
        rates=_rates(said["rates"], before.costing),
    )
    currency = said["currency"].upper() or before.currency
    for key, line in _CHARGES.items():
        if said[key] != _charge_text(before.costing, line):
            costing = _with_charge(costing, key, said[key], currency=currency)
    return Basis(
        currency=currency,
        incoterm=term,
        place=said["place"],
        loading=said["loading"],
        costing=costing,
    )


def _rates(text: str, before: CostingTerms) -> tuple[ExchangeRate, ...]:
    """The rates typed; one left as it was keeps its source."""
    found = []
    for part in filter(None, re.split(r"[;；,，]", text)):
        match = _RATE.fullmatch(part.strip())
        if match is None:
            raise _bad("rates", part)
        rate = ExchangeRate(match[1].upper(), _decimal("rates", match[2]))
        known = before.rate(rate.currency)
        same = known is not None and known.home_per_unit == rate.home_per_unit
        found.append(known if known is not None and same else rate)
    return tuple(found)


def _with_charge(costing: CostingTerms, key: str, text: str, *, currency: str) -> CostingTerms:
    """``costing`` with a charge a unit in place of those of its line; an empty text takes them off."""
    line = _CHARGES[key]
    if not text:
        return costing.with_charge(line, None)
    match = _MONEY.fullmatch(text)
    if match is None:
        raise _bad(key, text)
    usual = costing.home_currency if line is ChargeLine.DOMESTIC else currency
    money = (match[2] or usual).upper()
    charge = Charge(amount=_decimal(key, match[1]), currency=money, line=line)
    return costing.with_charge(line, charge)


def _charge_text(costing: CostingTerms, line: ChargeLine) -> str:
    charges = [charge for charge in costing.charges if charge.line is line]
    return "; ".join(f"{decimal_text(charge.amount)} {charge.currency}" for charge in charges)


def _share(said: Mapping[str, str], key: str) -> Decimal | None:
    text = said[key].rstrip("%％ ")
    return _decimal(key, text) / _HUNDRED if text else None


def _percent(share: Decimal | None) -> str:
    return "" if share is None else decimal_text((share * _HUNDRED).normalize())


def _decimal(key: str, text: str) -> Decimal:
    try:
        number = Decimal(text)
    except ArithmeticError as error:
        raise _bad(key, text) from error
    if number < 0:
        raise _bad(key, text)
    return number


def _bad(key: str, text: str) -> AppError:
    label = next(field.label for field in _FIELDS if field.key == key)
    return AppError("lists.bad_value", field=Message(label), value=text)
