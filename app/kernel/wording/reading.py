"""Owns the order in which everything the trade says is read out of one text.

The order matters: what looks like a price inside a payment term must be gone before prices are
read. Must not decide what a finding means for a deal.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.kernel.wording.amounts import (
    SpokenPrice,
    SpokenQuantity,
    bare_numbers,
    take_prices,
    take_quantities,
    take_steps,
)
from app.kernel.wording.containers import take_containers
from app.kernel.wording.side_by_side import take_side_by_side
from app.kernel.wording.spans import Found, Sheet
from app.kernel.wording.terms import (
    SpokenTax,
    SpokenTerm,
    take_certificates,
    take_extras,
    take_minimum_orders,
    take_payments,
    take_tax,
    take_terms,
)
from app.kernel.wording.times import LeadTime, take_dates, take_lead_times, take_validity


@dataclass(frozen=True, slots=True)
class Wording:
    """Everything read from a text, each group in the order it stands.

    ``bare`` are numbers that nobody named a currency or unit for; ``rest`` is the text with all
    findings blanked out, as long as the text itself.
    """

    terms: tuple[Found[SpokenTerm], ...]
    payments: tuple[Found[str], ...]
    lead_times: tuple[Found[LeadTime], ...]
    valid_until: tuple[Found[date], ...]
    dates: tuple[Found[date], ...]
    minimum_orders: tuple[Found[SpokenQuantity], ...]
    prices: tuple[Found[SpokenPrice], ...]
    quantities: tuple[Found[SpokenQuantity], ...]
    taxes: tuple[Found[SpokenTax], ...]
    certificates: tuple[Found[str], ...]
    extras: tuple[Found[str], ...]
    bare: tuple[Found[SpokenPrice], ...]
    rest: str


def read_wording(text: str, *, written_on: date) -> Wording:
    """All that ``text`` says in the language of the trade, English or Chinese.

    ``written_on`` settles dates without a year and validity in days.
    """
    sheet = Sheet(text)
    certificates = take_certificates(sheet)
    extras = take_extras(sheet)
    taxes = take_tax(sheet)
    listed, listed_for = take_side_by_side(sheet)
    valid_until = take_validity(sheet, written_on=written_on)
    payments = take_payments(sheet)
    lead_times = take_lead_times(sheet)
    dates = take_dates(sheet, written_on=written_on)
    containers = take_containers(sheet)
    minimum_orders = take_minimum_orders(sheet)
    terms = take_terms(sheet)
    steps = take_steps(sheet)
    prices = [*listed, *take_prices(sheet)]
    quantities = [*containers, *listed_for, *steps, *take_quantities(sheet)]
    return Wording(
        terms=tuple(terms),
        payments=tuple(payments),
        lead_times=tuple(lead_times),
        valid_until=tuple(valid_until),
        dates=tuple(dates),
        minimum_orders=tuple(minimum_orders),
        prices=tuple(sorted(prices, key=lambda found: found.start)),
        quantities=tuple(sorted(quantities, key=lambda found: found.start)),
        taxes=tuple(taxes),
        certificates=tuple(certificates),
        extras=tuple(extras),
        bare=tuple(bare_numbers(sheet)),
        rest=sheet.text,
    )
