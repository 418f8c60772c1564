"""Owns the money in a condition: which currencies it names, and what its amounts are in others.

Must not read exchange rates; who asks a query brings them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal
from types import MappingProxyType

from app.query.tree import Condition
from app.query.values import Number, Value

Rates = Mapping[str, Decimal]
"""CNY for one unit of each currency there is a rate for."""

RatesKnown = Callable[[], Rates]
"""Reads the rates; asked only when a condition names a currency."""

NO_RATES: Rates = MappingProxyType({})

#: As many decimals as the book keeps of an amount.
_PLACES = Decimal("0.000001")
#: No amount a query may name is larger; a column could not be compared with much more.
_MOST = Decimal(10) ** 10


def no_rates() -> Rates:
    """Where no currency can be compared with another."""
    return NO_RATES


def currencies_of(condition: Condition) -> tuple[str, ...]:
    """The currencies a condition names, each once."""
    ends = (condition.value, condition.until)
    named = (end.currency for end in ends if isinstance(end, Number))
    return tuple(dict.fromkeys(filter(None, named)))


def currency_field(field: str, known: Mapping[str, object]) -> str | None:
    """The field that holds the currency of an amount."""
    return next((key for key in (f"{field}_currency", "currency") if key in known), None)


def in_each_currency(condition: Condition, rates: Rates) -> dict[str, Condition]:
    """What ``condition`` asks of an amount kept in each currency; in one without a rate, of none other.

    The end of a range without a currency is in that of the other end.
    """
    named = currencies_of(condition)
    if rates.keys() >= set(named):
        kept = tuple(rates)
    else:
        kept = named if len(named) == 1 else ()
    return {
        currency: replace(
            condition,
            value=_converted(condition.value, named[0], currency, rates),
            until=_converted(condition.until, named[0], currency, rates),
        )
        for currency in kept
    }


def _converted(end: Value | None, otherwise: str, currency: str, rates: Rates) -> Value | None:
    if not isinstance(end, Number):
        return end
    own = end.currency or otherwise
    if own == currency:
        return Number(end.written, end.amount)
    amount = end.amount * rates[own] / rates[currency]
    return Number(end.written, max(-_MOST, min(_MOST, amount)).quantize(_PLACES))
