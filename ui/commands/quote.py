"""Owns the group of commands on quotations.

Must not hold rules or the commands themselves.
"""

from __future__ import annotations

import click

from ui.commands.quote_cost import cost
from ui.commands.quote_draft import copy, draft, proforma, revise
from ui.commands.quote_moves import accept, compare, decline, expire, expiring, send, withdraw
from ui.commands.quote_paper import export, why


@click.group()
def quote() -> None:
    """Draft, cost, revise, compare and export quotations."""


for _command in (
    draft,
    copy,
    proforma,
    revise,
    send,
    accept,
    decline,
    expire,
    withdraw,
    compare,
    expiring,
    export,
    why,
    cost,
):
    quote.add_command(_command)
