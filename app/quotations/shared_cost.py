"""Owns what one unit costs where several factories share the quantity: each by its part of it.

Must not know offers or where the parts are stored.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal, localcontext

from app.kernel.decimals import CALCULATION
from app.quotations.charges import short
from app.quotations.cost_sheet import FactoryPrice

RateOf = Callable[[str], Decimal]
"""Home currency for one unit of a currency; raises :class:`AppError` where no rate is known."""


def blended(factory: FactoryPrice, rate_of: RateOf, *, home: str) -> FactoryPrice:
    """``factory`` at what its parts come to; as it is where it has none.

    Parts in one currency stay in it, those in several are told in ``home``. The refund counts on
    the share of the amount that comes with an invoice.
    """
    if not factory.parts:
        return factory
    currencies = {part.currency for part in factory.parts}
    currency = currencies.pop() if len(currencies) == 1 else home
    with localcontext(CALCULATION):
        amounts = [
            (part.share * part.amount * _rate(part.currency, currency, rate_of), part.with_invoice)
            for part in factory.parts
        ]
        whole = sum((amount for amount, _ in amounts), Decimal(0))
        invoiced = sum((amount for amount, with_invoice in amounts if with_invoice), Decimal(0))
        return replace(
            factory,
            amount=whole,
            currency=currency,
            with_invoice=invoiced > 0,
            invoiced_share=invoiced / whole if invoiced else Decimal(1),
        )


def blend_formula(factory: FactoryPrice, rate_of: RateOf) -> str:
    """How the parts come to the amount: ``0.6 × 3.2 + 0.4 × 0.45 × 7.1``."""
    told = []
    for part in factory.parts:
        rate = _rate(part.currency, factory.currency, rate_of)
        factors = (part.share, part.amount, *(() if rate == 1 else (rate,)))
        told.append(" × ".join(map(short, factors)))
    return " + ".join(told)


def _rate(currency: str, target: str, rate_of: RateOf) -> Decimal:
    return Decimal(1) if currency == target else rate_of(currency)
