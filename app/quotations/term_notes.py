"""Owns saying in words what of the way a supplier's price holds, and how its cost minds that.

Must not calculate; ``costing`` does.
"""

from __future__ import annotations

from decimal import Decimal

from app.kernel.messages import Message
from app.quotations.between import BornLine, added_share, held_share, unknown_between
from app.quotations.charges import ChargeLine, short
from app.quotations.cost_sheet import CostSheet
from app.quotations.incoterms import CostLine

#: What a price may hold without a charge of ours for it.
_BEYOND: tuple[BornLine, ...] = (
    ChargeLine.MAIN_CARRIAGE,
    CostLine.INSURANCE,
    CostLine.IMPORT_DUTY,
)


def term_notes(sheet: CostSheet, term: str) -> tuple[Message, ...]:
    """What to know of a cost whose supplier names a delivery term, ``term`` being quoted."""
    asked = sheet.factory_price.shares_asked
    if not any(each for _, each in asked):
        return ()
    offered = ", ".join(_told(each, share) for share, each in asked)
    lines = {*(charge.line for charge in sheet.charges), *_BEYOND}
    found = {
        "quotations.term_holds": any(held_share(asked, line, term) for line in lines),
        "quotations.term_reaches_further": any(
            added_share(asked, line, term) < 0 for line in lines
        ),
        "quotations.term_charges_unknown": unknown_between(sheet, term),
    }
    return tuple(Message(key, offered=offered, term=term) for key, is_so in found.items() if is_so)


def _told(asked: str, share: Decimal) -> str:
    return (asked or "?") if share == 1 else f"{asked or '?'} ({short(share * 100)}%)"
