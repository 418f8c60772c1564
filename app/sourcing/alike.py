"""Owns telling a price under one delivery term as what the goods cost us under another.

By the rule of costing for what lies between two terms. Refundable tax is off in both. Must not
guess a charge: where no figure stands between the two terms they can't be compared.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from app.kernel.decimals import CALCULATION
from app.kernel.errors import AppError
from app.quotations.between import unknown_between
from app.quotations.beyond import price_from_base
from app.quotations.cost_sheet import CostSheet
from app.quotations.costing import cost_in_home, costed_refund, net_in_home


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


def like_for_like(sheet: CostSheet, *, wanted: str) -> Alike:
    """The factory price of ``sheet``, asked under its own term, as a cost under ``wanted``.

    ``sheet`` quotes in the home currency and has no profit. Raises :class:`AppError` naming the
    figure that is missing between the two terms.
    """
    offered = sheet.factory_price.asked_under
    if offered and unknown_between(sheet, wanted):
        raise AppError("comparison.term_differs", term=offered, basis=wanted)
    net, refund = net_in_home(sheet), costed_refund(sheet)
    told, _steps = price_from_base(sheet, wanted, cost_in_home(sheet, wanted))
    return Alike(CALCULATION.add(net, refund), refund, CALCULATION.subtract(told, net))
