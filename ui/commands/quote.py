"""Owns the group of commands on quotations.

Must not hold rules or the commands themselves.
"""

from __future__ import annotations

import click

from ui.commands.groups import CommandGroup

_COMMANDS = {
    "draft": "ui.commands.quote_draft:draft",
    "copy": "ui.commands.quote_draft:copy",
    "proforma": "ui.commands.quote_draft:proforma",
    "revise": "ui.commands.quote_draft:revise",
    "send": "ui.commands.quote_moves:send",
    "accept": "ui.commands.quote_moves:accept",
    "decline": "ui.commands.quote_moves:decline",
    "expire": "ui.commands.quote_moves:expire",
    "withdraw": "ui.commands.quote_moves:withdraw",
    "compare": "ui.commands.quote_moves:compare",
    "expiring": "ui.commands.quote_moves:expiring",
    "export": "ui.commands.quote_paper:export",
    "why": "ui.commands.quote_paper:why",
    "what-if": "ui.commands.quote_what_if:what_if",
    "cost": "ui.commands.quote_cost:cost",
}


@click.group(cls=CommandGroup, places=_COMMANDS)
def quote() -> None:
    """Draft, cost, revise, compare and export quotations."""
