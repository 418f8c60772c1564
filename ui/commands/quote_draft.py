"""Owns the commands that write quotations: draft, copy and revise.

Must not hold rules; the services do the work.
"""

from __future__ import annotations

from typing import Any

import click

from app.desk import Desk
from app.quotations.revision_costing import CostingTerms
from app.quotations.service import PRICE_LIST, QUOTATION, QuotationDraft
from ui.commands.console import Console, pass_console
from ui.commands.numbered import INQUIRY
from ui.commands.quote_answer import answer_quotation
from ui.commands.quote_options import (
    asks_for_costing,
    costing_from,
    header_values,
    line_changes,
    line_named,
    product_lines,
    terms_options,
    typed_lines,
)


@click.command()
@click.option("--inquiry", "inquiry_id", type=INQUIRY, help="The inquiry that is answered.")
@click.option("--buyer", help="The buyer's name; an unknown one is added.")
@click.option("--line", "lines", multiple=True, help="product; qty unit; price — once for each.")
@click.option("--product", "products", multiple=True, help="A product's id, or id:quantity.")
@click.option("--price-list", is_flag=True, help="A price list, numbered apart.")
@terms_options
@pass_console
def draft(
    console: Console,
    /,
    inquiry_id: int | None,
    buyer: str | None,
    lines: tuple[str, ...],
    products: tuple[str, ...],
    price_list: bool,
    **options: Any,
) -> None:
    """Draft a quotation from an inquiry, from typed lines or from products."""
    if inquiry_id is None and not buyer and not price_list:
        raise click.UsageError("give --inquiry ID, or --buyer NAME with --line or --product")
    with console.desk(create=inquiry_id is None) as desk:
        today = desk.clock.today()
        if inquiry_id is not None:
            desk.search.open()
            desk.search.update()
        typed, currency = typed_lines(lines, today=today)
        values = header_values(options, today=today)
        if currency and "currency" not in values:
            values["currency"] = currency
        quotation_id = desk.quotations.draft(
            QuotationDraft(
                document=PRICE_LIST if price_list else QUOTATION,
                buyer=buyer,
                inquiry_id=inquiry_id,
                values=values,
                lines=[*typed, *product_lines(products)],
                costing=_costing(desk, options, values, inquiry_id),
            )
        )
        answer_quotation(console, desk, quotation_id)


def _costing(
    desk: Desk, options: dict[str, Any], values: dict[str, object], inquiry_id: int | None
) -> CostingTerms | None:
    if not asks_for_costing(options):
        return None
    currency = values.get("currency")
    if currency is None and inquiry_id is not None:
        currency = desk.inquiry_views.inquiry(inquiry_id).values["currency"]
    quoting = str(currency or "USD")
    return costing_from(options, CostingTerms(), currency=quoting, today=desk.clock.today())


@click.command()
@click.argument("name", metavar="NUMBER")
@click.option("--buyer", help="Another buyer.")
@pass_console
def copy(console: Console, name: str, buyer: str | None) -> None:
    """Draft a quotation with the content of another."""
    with console.desk() as desk:
        answer_quotation(console, desk, desk.quotations.copy(name, buyer=buyer))


@click.command()
@click.argument("name", metavar="NUMBER")
@pass_console
def proforma(console: Console, name: str) -> None:
    """Draft the proforma invoice of an accepted quotation."""
    with console.desk() as desk:
        answer_quotation(console, desk, desk.quotations.proforma(name))


@click.command()
@click.argument("name", metavar="NUMBER")
@click.option("--price", "prices", multiple=True, help="LINE=PRICE, by item number or position.")
@click.option("--quantity", "quantities", multiple=True, help="LINE=QUANTITY.")
@click.option("--line", "lines", multiple=True, help="A line to add: product; qty unit; price.")
@click.option("--remove", "removed", multiple=True, help="A LINE to take off.")
@terms_options
@pass_console
def revise(
    console: Console,
    /,
    name: str,
    prices: tuple[str, ...],
    quantities: tuple[str, ...],
    lines: tuple[str, ...],
    removed: tuple[str, ...],
    **options: Any,
) -> None:
    """Make the next revision of a quotation, a draft under the same number."""
    with console.desk() as desk:
        today = desk.clock.today()
        views, before = desk.quotation_views, desk.quotation_views.quotation(name)
        changes = line_changes(before, {"price": prices, "quantity": quantities})
        gone = [line_named(before, each).position for each in removed]
        typed, _ = typed_lines(lines, today=today)
        values = header_values(options, today=today)
        costing = None
        if asks_for_costing(options):
            currency = str(values.get("currency") or before.values["currency"])
            costing = costing_from(options, before.internal.costing, currency=currency, today=today)
        by_position = {
            line.position: changes[line.id] for line in before.lines if line.id in changes
        }
        desk.quotations.revise(
            name,
            values,
            costing=costing,
            line_values=by_position,
            removed=gone,
            added=typed,
        )
        answer_quotation(console, desk, views.quotation(name).id)
