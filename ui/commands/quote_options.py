"""Owns the options that drafting and revising share, and what they mean for the services.

Must not write; the commands call the services.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import click

from app.inquiries.asked_line import line_from_short_form
from app.kernel.errors import AppError
from app.quotations.charges import Charge, ChargeLine
from app.quotations.cost_sheet import ExchangeRate, Profit, ProfitBasis
from app.quotations.detail_views import LineView, QuotationDetail
from app.quotations.freight import FreightMode
from app.quotations.incoterms import OFFERED
from app.quotations.revision_costing import CostingTerms
from ui.commands.quote_cost import Number

_AMOUNT = Number(at_least="0")
_SHARE = Number(at_least="0", below="1")
_DAY = click.DateTime(["%Y-%m-%d"])

_HEADER = (
    click.option("--term", type=click.Choice(OFFERED, case_sensitive=False)),
    click.option("--place", help="The term's named place."),
    click.option("--currency", help="The quoting currency."),
    click.option("--payment", help="Payment terms, such as: T/T 30/70 before shipment."),
    click.option("--valid-until", type=_DAY, help="The last day the quotation holds."),
    click.option("--valid-days", type=click.IntRange(min=0), help="The same, in days from today."),
    click.option("--lead-time"),
    click.option("--remarks"),
    click.option("--title", help="What the quotation is about."),
    click.option("--shipment", help=f"{', '.join(FreightMode)}, or in words."),
    click.option("--port-of-loading"),
    click.option("--port-of-destination"),
    click.option("--bank/--no-bank", "shows_bank", default=None, help="Print our bank."),
    click.option("--floor", type=Number(below="1"), help="Warn below this margin on price."),
)
_COSTING = (
    click.option("--fx", type=_AMOUNT, help="CNY for one unit of the quoting currency."),
    click.option("--margin", type=Number(below="1"), help="Profit as a share of the price."),
    click.option("--markup", type=Number(at_least="-0.99"), help="Profit as a share of the cost."),
    click.option("--vat", type=_SHARE, help="VAT rate, 0.13 or 13%."),
    click.option("--rebate", type=_SHARE, help="Refund rate where the HS code has none."),
    click.option("--domestic", type=_AMOUNT, help="Charges to on board, CNY per unit."),
    click.option("--freight", type=_AMOUNT, help="Freight per unit, in the quoting currency."),
    click.option("--premium", type=_SHARE, help="Insurance premium, 0.003 or 0.3%."),
    click.option("--commission", type=_SHARE, help="Share of the final price."),
)
_FIELDS = {
    "term": "incoterm",
    "place": "place",
    "currency": "currency",
    "payment": "payment_terms",
    "lead_time": "lead_time",
    "remarks": "remarks",
    "title": "title",
    "shipment": "shipment",
    "port_of_loading": "port_of_loading",
    "port_of_destination": "port_of_destination",
    "shows_bank": "shows_bank",
    "floor": "margin_floor",
}

Command = Callable[..., Any]


def terms_options(command: Command) -> Command:
    """The options for the head of a quotation and for its costing."""
    for option in reversed((*_HEADER, *_COSTING)):
        command = option(command)
    return command


def header_values(options: Mapping[str, Any], *, today: date) -> dict[str, object]:
    """The header fields that were given."""
    values = {key: options[name] for name, key in _FIELDS.items() if options[name] is not None}
    if options["valid_until"] is not None:
        values["valid_until"] = options["valid_until"].date()
    elif options["valid_days"] is not None:
        values["valid_until"] = today + timedelta(days=options["valid_days"])
    return values


def costing_from(
    options: Mapping[str, Any], costing: CostingTerms, *, currency: str, today: date
) -> CostingTerms:
    """``costing`` with what was given on the command line in its place."""
    if options["margin"] is not None and options["markup"] is not None:
        raise click.UsageError("--margin and --markup exclude each other")
    if options["margin"] is not None:
        costing = replace(costing, profit=Profit(ProfitBasis.MARGIN_ON_PRICE, options["margin"]))
    if options["markup"] is not None:
        costing = replace(costing, profit=Profit(ProfitBasis.MARKUP_ON_COST, options["markup"]))
    if options["fx"] is not None:
        costing = costing.with_rate(ExchangeRate(currency, options["fx"], today.isoformat()))
    return with_figures(options, costing, currency=currency)


def with_figures(
    options: Mapping[str, Any], costing: CostingTerms, *, currency: str
) -> CostingTerms:
    """``costing`` with the shares and the charges a unit that were given; freight in ``currency``."""
    shares = ("vat", "rebate", "premium", "commission")
    given = {key: options[key] for key in shares if options.get(key) is not None}
    costing = replace(costing, **given)
    for name, line, money in (
        ("domestic", ChargeLine.DOMESTIC, costing.home_currency),
        ("freight", ChargeLine.MAIN_CARRIAGE, currency),
    ):
        if options[name] is not None:
            charge = Charge(amount=options[name], currency=money, line=line)
            costing = costing.with_charge(line, charge)
    return costing


def asks_for_costing(options: Mapping[str, Any]) -> bool:
    """Whether any figure of the costing was given."""
    names = ("fx", "margin", "markup", "vat", "rebate", "domestic", "freight", "premium")
    return any(options[name] is not None for name in (*names, "commission"))


def typed_lines(texts: Sequence[str], *, today: date) -> tuple[list[dict[str, object]], str | None]:
    """Lines from ``product; qty unit; price``, and the currency their prices name."""
    lines: list[dict[str, object]] = []
    currency = None
    for position, text in enumerate(texts, 1):
        asked = line_from_short_form(text, written_on=today)
        if asked is None:
            raise AppError("inquiries.line_without_product", line=position)
        values = {
            "wording": asked.wording,
            "description": asked.specification,
            "quantity": asked.quantity,
            "unit": asked.unit,
            "price": asked.target_price,
        }
        lines.append({key: value for key, value in values.items() if value not in (None, "")})
        currency = currency or asked.currency
    return lines, currency


def product_lines(texts: Sequence[str]) -> list[dict[str, object]]:
    """Lines from product ids, each with its quantity behind a colon if one is given."""
    lines: list[dict[str, object]] = []
    for text in texts:
        product, _, quantity = text.partition(":")
        if not product.isdigit():
            raise click.BadParameter(
                f"{text!r}: give an id, or id:quantity", param_hint="--product"
            )
        lines.append({"product_id": int(product), **({"quantity": quantity} if quantity else {})})
    return lines


def line_named(detail: QuotationDetail, name: str) -> LineView:
    """The line with this item number, or at this position."""
    for line in detail.lines:
        if str(line.values["item_number"] or "").casefold() == name.casefold():
            return line
    if name.isdigit() and 1 <= int(name) <= len(detail.lines):
        return detail.lines[int(name) - 1]
    raise click.BadParameter(f"{name!r} is no item number and no position", param_hint="LINE")


def line_changes(
    detail: QuotationDetail, changes: Mapping[str, Sequence[str]]
) -> dict[int, dict[str, object]]:
    """What ``LINE=VALUE`` texts, by field, change in which line."""
    found: dict[int, dict[str, object]] = {}
    for field, texts in changes.items():
        for text in texts:
            name, equals, value = text.rpartition("=")
            if not equals:
                raise click.BadParameter(f"{text!r}: give LINE=VALUE", param_hint=f"--{field}")
            line = line_named(detail, name.strip())
            number = Number(at_least="0").convert(value, None, None)
            found.setdefault(line.id, {})[field] = number
    return found
