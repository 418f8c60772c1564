"""Owns the command that takes prices of suppliers' price lists as offers: offer take.

Must not hold rules; it prints what the services answer.
"""

from __future__ import annotations

import click

from app.desk import Desk
from app.sourcing.listed_prices_service import LineProduct, goods_of
from ui.commands.console import Console, pass_console
from ui.commands.numbered import ID, INQUIRY
from ui.commands.sourcing import line_at

_MOST_SUPPLIERS = 100


@click.command()
@click.argument("inquiry_id", metavar="INQUIRY", type=INQUIRY)
@click.option(
    "--supplier", "suppliers", type=ID, multiple=True, help="What it has for each line, by its id."
)
@click.option("--line", "positions", type=int, multiple=True, help="By position, one a --product.")
@click.option("--product", "products", type=ID, multiple=True, help="What answers that line.")
@pass_console
def take(
    console: Console,
    inquiry_id: int,
    suppliers: tuple[int, ...],
    positions: tuple[int, ...],
    products: tuple[int, ...],
) -> None:
    """Take newest prices of suppliers' price lists as offers for an INQUIRY; nobody need be asked."""
    if len(positions) != len(products) or not (suppliers or products):
        raise click.UsageError("Give a --supplier, or a --product for each --line.")
    with console.desk() as desk:
        goods = [
            (line_at(desk, inquiry_id, position), product)
            for position, product in zip(positions, products, strict=True)
        ]
        taken = desk.listed_prices.take(inquiry_id, [*goods, *_found(desk, inquiry_id, suppliers)])
    console.answer(
        {"kind": "offer", "inquiry": inquiry_id, "offers": taken},
        lambda: (console.words.say("offers.recorded", offer=each) for each in taken),
    )


def _found(desk: Desk, inquiry_id: int, suppliers: tuple[int, ...]) -> tuple[LineProduct, ...]:
    if not suppliers:
        return ()
    desk.search.open()
    desk.search.update()
    return goods_of(desk.matching.match(inquiry_id, limit=_MOST_SUPPLIERS), suppliers)
