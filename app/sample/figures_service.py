"""Owns who writes the sample book's papers, and the dated figures its prices are worked out with.

Must not write records itself; the service of the rates does, but for templates of messages.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.quotations.rates_service import Rates
from app.sample.reading import Days, picture
from database.book import WriteScope
from database.records import MessageTemplateRecord

_SOURCE = "中国银行现汇买入价"


def write_figures(rates: Rates, scope: WriteScope, *, told: Mapping[str, Any], days: Days) -> None:
    """Writes the seller's profile, rates, standard texts and templates of ``told``."""
    profile = dict(told["profile"])
    logo = picture(profile.pop("logo"))
    rates.set_picture(rates.add("seller_profile", profile), "logo", logo)
    _add_rates(rates, told, days)
    for freight in told["freight_rate"]:
        _add_freight(rates, freight, days)
    for text in told["standard_text"]:
        rates.add("standard_text", text)
    scope.add_all(MessageTemplateRecord(**template) for template in told["template"])


def _add_rates(rates: Rates, told: Mapping[str, Any], days: Days) -> None:
    for each in told["exchange_rate"]:
        for offset, rate in each["days"]:
            values = {"currency": each["currency"], "valid_on": days.on(offset), "rate": rate}
            rates.add("exchange_rate", {**values, "source": _SOURCE})
    for each in told["vat_rate"]:
        values = {"name": each["name"], "rate": each["rate"]}
        rates.add("vat_rate", {**values, "valid_from": days.on(each["from"])})
    for each in told["rebate_rate"]:
        for code in each["hs_codes"]:
            values = {"hs_code": code, "rate": each["rate"], "source": "出口退税率文库"}
            rates.add("rebate_rate", {**values, "valid_from": days.on(each["from"])})


def _add_freight(rates: Rates, told: Mapping[str, Any], days: Days) -> None:
    first, last = told["valid"]
    for port, amount in told["to"]:
        rates.add(
            "freight_rate",
            {
                "mode": told["mode"],
                "port_of_loading": told["from_port"],
                "port_of_destination": port,
                "unit": told["unit"],
                "amount": amount,
                "currency": told["currency"],
                "valid_from": days.on(first),
                "valid_until": days.on(last),
                "source": "天沐货代",
            },
        )
