"""Owns telling a price under one delivery term as what the goods cost us under another.

By the rules of costing, both ways: what the term of the offer puts on the supplier is in its price
and is taken off, what the wanted term puts on us is added. Refundable tax is off in both. Must not
guess a charge: where no figure stands between the two terms they can't be compared.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, localcontext

from app.kernel.decimals import CALCULATION
from app.kernel.errors import AppError
from app.quotations.charges import ChargeLine, seller_bears
from app.quotations.cost_sheet import CostSheet
from app.quotations.costing import charges_in_home, cost_in_home, costed_refund, price_from_base
from app.quotations.incoterms import INCOTERMS, CostLine

#: Under this term only the charges that are ours in any case are counted.
_NOTHING_BORNE = "EXW"
#: Charges on the way to the port of loading, which the terms put on one side or the other.
_BEFORE_MAIN_CARRIAGE = (
    ChargeLine.DOMESTIC,
    ChargeLine.CARRIAGE_TO_PORT,
    ChargeLine.EXPORT_CLEARANCE,
    ChargeLine.ORIGIN_THC,
    ChargeLine.ON_BOARD,
)


@dataclass(frozen=True, slots=True)
class Alike:
    """A price like for like, per unit in home currency: what was asked, the refund, the way between."""

    asked: Decimal
    refund: Decimal
    way: Decimal

    @property
    def amount(self) -> Decimal:
        """What one unit costs us under the wanted term."""
        return CALCULATION.add(CALCULATION.subtract(self.asked, self.refund), self.way)


def like_for_like(sheet: CostSheet, *, offered: str, wanted: str) -> Alike:
    """The factory price of ``sheet``, asked under ``offered``, as a cost under ``wanted``.

    ``sheet`` quotes in the home currency and has no profit. Raises :class:`AppError` naming the
    figure that is missing between the two terms.
    """
    _check_known(sheet, offered, wanted)
    with localcontext(CALCULATION):
        net = cost_in_home(sheet, _NOTHING_BORNE) - charges_in_home(sheet, _NOTHING_BORNE)
        refund = costed_refund(sheet)
        asked = net + refund
        if offered == wanted:
            return Alike(asked, refund, charges_in_home(sheet, _NOTHING_BORNE))
        at_port = _without_beyond(sheet, offered, net)
        goods = at_port - charges_in_home(sheet, offered) + charges_in_home(sheet, _NOTHING_BORNE)
        told, _steps = price_from_base(sheet, wanted, goods + charges_in_home(sheet, wanted))
        return Alike(asked, refund, told - net)


def _without_beyond(sheet: CostSheet, term: str, price: Decimal) -> Decimal:
    """The price before main carriage in a price under ``term``; the way there is a straight line."""
    if not INCOTERMS[term].payer(CostLine.MAIN_CARRIAGE).is_seller:
        return price
    none, _ = price_from_base(sheet, term, Decimal(0))
    one, _ = price_from_base(sheet, term, Decimal(1))
    return (price - none) / (one - none)


def _check_known(sheet: CostSheet, offered: str, wanted: str) -> None:
    """Raises where charges lie between the terms and none of them is known."""
    between = [
        line
        for line in _BEFORE_MAIN_CARRIAGE
        if seller_bears(line, offered) != seller_bears(line, wanted)
    ]
    if between and not any(sheet.knows(line) for line in between):
        raise AppError("comparison.term_differs", term=offered, basis=wanted)
