"""Owns the group of commands on quotations.

Must not hold rules or the commands themselves.
"""

from __future__ import annotations

import click

from ui.commands.groups import CommandGroup

_COMMANDS = {
    "draft": (
        "ui.commands.quote_draft:draft",
        "Draft a quotation from an inquiry, from typed lines or from products.",
    ),
    "copy": ("ui.commands.quote_draft:copy", "Draft a quotation with the content of another."),
    "proforma": (
        "ui.commands.quote_draft:proforma",
        "Draft the proforma invoice of an accepted quotation.",
    ),
    "revise": (
        "ui.commands.quote_draft:revise",
        "Make the next revision of a quotation, a draft under the same number.",
    ),
    "send": (
        "ui.commands.quote_moves:send",
        "Freeze the draft as sent; the revision before it is superseded.",
    ),
    "accept": ("ui.commands.quote_moves:accept", "Note that the buyer accepted."),
    "decline": ("ui.commands.quote_moves:decline", "Note that the buyer declined."),
    "expire": ("ui.commands.quote_moves:expire", "Note that the validity is over."),
    "withdraw": (
        "ui.commands.quote_moves:withdraw",
        "Take the newest revision back; the one before it holds again.",
    ),
    "take-costs": (
        "ui.commands.quote_moves:take_costs",
        "Give lines without a cost that of the offers chosen for them, those too whose cost was taken off.",
    ),
    "compare": (
        "ui.commands.quote_moves:compare",
        "Show what changed between two revisions, field by field.",
    ),
    "expiring": (
        "ui.commands.quote_moves:expiring",
        "List sent quotations whose validity is over or ends soon.",
    ),
    "export": (
        "ui.commands.quote_paper:export",
        "Write the customer's sheet; several quotations become one file, a sheet each.",
    ),
    "why": (
        "ui.commands.quote_paper:why",
        "Explain the price of a LINE (item number or position), step by step.",
    ),
    "what-if": (
        "ui.commands.quote_what_if:what_if",
        "Show each price of each open quotation in a changed world; --revise makes the revisions.",
    ),
    "cost": ("ui.commands.quote_cost:cost", "Work out one price, every step named."),
}


@click.group(cls=CommandGroup, places=_COMMANDS)
def quote() -> None:
    """Draft, cost, revise, compare and export quotations."""
