"""Owns the group of commands on quotations.

Must not hold rules or the commands themselves.
"""

from __future__ import annotations

import click

from ui.commands.quote_cost import cost


@click.group()
def quote() -> None:
    """Draft, cost, revise, compare and export quotations."""


quote.add_command(cost)
