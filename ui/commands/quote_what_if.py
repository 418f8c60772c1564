"""Owns the command that asks what a change of rates, rebate, freight or prices does to what is open.

Must not hold rules; the service works everything out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

import click

from app.kernel.money import as_priced
from app.quotations.cost_sheet import ExchangeRate
from app.quotations.targets import WhatIf
from app.quotations.what_if_service import OpenLine
from ui.commands.console import Console, pass_console
from ui.commands.quote_cost import Number

_SHARE = Number(at_least="0", below="1")
_CHANGE = Number(at_least="-0.99")


class _Rate(click.ParamType[tuple[str, Decimal]]):
    """A rate: ``USD=6.95``, CNY for one unit."""

    name = "CUR=RATE"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, Decimal]:
        """The currency and its rate."""
        currency, equals, rate = str(value).partition("=")
        if not equals or len(currency.strip()) != 3:
            self.fail(f"{value!r}: give a currency and its rate, such as USD=6.95", param, ctx)
        return currency.strip().upper(), Number(at_least="0.000001").convert(rate, param, ctx)


@click.command(name="what-if")
@click.option("--rate", "rates", type=_Rate(), multiple=True, help="CNY for one unit: USD=6.95.")
@click.option("--rebate", type=_SHARE, help="Export rebate, 0.09 or 9%.")
@click.option("--vat", type=_SHARE, help="VAT rate, 0.13 or 13%.")
@click.option("--freight", type=_CHANGE, default=Decimal(0), help="Change of freight, +30%.")
@click.option("--factory", type=_CHANGE, default=Decimal(0), help="Change of factory prices.")
@click.option("--revise", is_flag=True, help="Price those below their floor anew, in one step.")
@click.option("--only", "numbers", multiple=True, help="Revise this quotation instead.")
@pass_console
def what_if(
    console: Console,
    /,
    rates: tuple[tuple[str, Decimal], ...],
    rebate: Decimal | None,
    vat: Decimal | None,
    freight: Decimal,
    factory: Decimal,
    revise: bool,
    numbers: tuple[str, ...],
) -> None:
    """Show each price of each open quotation in a changed world; --revise makes the revisions."""
    source = console.words.say("what_if.source")
    change = WhatIf(
        rates=tuple(ExchangeRate(currency, rate, source) for currency, rate in rates),
        rebate=rebate,
        vat=vat,
        freight_factor=1 + freight,
        factory_factor=1 + factory,
    )
    revised: tuple[str, ...] = ()
    with console.desk() as desk:
        rows = desk.what_if.effects(change, language=console.language)
        if revise:
            chosen = {desk.quotation_views.quotation(name).id for name in numbers} or {
                row.quotation_id for row in rows if row.effect.is_below_floor
            }
            revised = desk.what_if.apply(change, chosen) if chosen else ()
    content = {
        "lines": [_content(row) for row in rows],
        "below_floor": sum(row.effect.is_below_floor for row in rows),
        "revised": revised,
    }
    console.answer(content, lambda: _lines(console, rows, revised))


def _content(row: OpenLine) -> dict[str, object]:
    effect = row.effect
    return {
        "number": row.number,
        "quotation": row.quotation_id,
        "line": row.name,
        "currency": row.currency,
        "price": row.price,
        "margin_before": effect.margin_before,
        "margin_after": effect.margin_after,
        "floor_price": effect.floor_price,
        "new_price": effect.new_price,
        "is_below_floor": effect.is_below_floor,
    }


def _lines(console: Console, rows: Sequence[OpenLine], revised: tuple[str, ...]) -> Iterator[str]:
    words = console.words
    below = [row for row in rows if row.effect.is_below_floor]
    for row in rows:
        mark = "!" if row.effect.is_below_floor else " "
        margins = f"{row.effect.margin_before:.1%} → {row.effect.margin_after:.1%}"
        before, after = (
            as_priced(price, row.currency) for price in (row.price, row.effect.new_price)
        )
        prices = f"{row.currency} {before:f} → {after:f}"
        yield f"{mark} {row.number}  {row.name} · {margins} · {prices}"
    yield words.say(
        "what_if.summary",
        below=len(below),
        quotations=len({row.number for row in below}),
        lines=len(rows),
    )
    if revised:
        yield words.say("what_if.done", count=len(revised))
        yield "  " + ", ".join(revised)
