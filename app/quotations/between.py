"""Owns what lies between the term a supplier's price is asked under and the term that is wanted.

The one rule of costing and comparing: a charge that only the wanted term puts on the seller is
added, one that only the supplier's term does is in its price and is taken off, one that both do is
in its price and stays there. Must not know amounts.
"""

from __future__ import annotations

from decimal import Decimal, localcontext

from app.kernel.decimals import CALCULATION
from app.quotations.charges import ChargeLine, is_ours_always, seller_bears
from app.quotations.cost_sheet import CostSheet, PriceTerms
from app.quotations.incoterms import CostLine

#: A price whose term is not said is taken to hold nothing of the way.
NOTHING_BORNE = "EXW"

#: Charges on the way to the port of loading, which the terms put on one side or the other.
_BEFORE_MAIN_CARRIAGE = (
    ChargeLine.DOMESTIC,
    ChargeLine.CARRIAGE_TO_PORT,
    ChargeLine.EXPORT_CLEARANCE,
    ChargeLine.ORIGIN_THC,
    ChargeLine.ON_BOARD,
)

BornLine = ChargeLine | CostLine


def added_share(asked: PriceTerms, line: BornLine, term: str) -> Decimal:
    """For which share of the quantity charges of ``line`` are added to prices ``asked`` so.

    Below 0 they are taken off; 0 where the price and ``term`` agree on who pays them.
    """
    if is_ours_always(line):
        return Decimal(1)
    wanted = seller_bears(line, term)
    with localcontext(CALCULATION):
        return sum(
            (share * (int(wanted) - int(_holds(each, line))) for share, each in asked),
            Decimal(0),
        )


def held_share(asked: PriceTerms, line: BornLine, term: str) -> Decimal:
    """For which share of the quantity ``line`` is in the supplier's price and belongs there."""
    if is_ours_always(line) or not seller_bears(line, term):
        return Decimal(0)
    with localcontext(CALCULATION):
        return sum((share for share, each in asked if _holds(each, line)), Decimal(0))


def unknown_between(sheet: CostSheet, term: str) -> bool:
    """Whether charges before main carriage lie between the price's term and ``term``, and none is known."""
    asked = sheet.factory_price.shares_asked
    between = [line for line in _BEFORE_MAIN_CARRIAGE if added_share(asked, line, term)]
    return bool(between) and not any(sheet.knows(line) for line in between)


def _holds(asked: str, line: BornLine) -> bool:
    return seller_bears(line, asked or NOTHING_BORNE)
