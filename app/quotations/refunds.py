"""Owns the export refund of Chinese VAT: the trader's against the invoice, the manufacturer's capped.

Rates are dated data and come in as arguments. Must not know prices.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, localcontext

from app.kernel.decimals import CALCULATION


def trader_refund(price_incl_vat: Decimal, *, vat: Decimal, rebate: Decimal) -> Decimal:
    """Refund on a purchase with a special VAT invoice: price / (1 + VAT) × rebate rate."""
    with localcontext(CALCULATION):
        return price_incl_vat / (1 + vat) * rebate


@dataclass(frozen=True, slots=True)
class ManufacturerRefund:
    """A manufacturer's refund under exempt–credit–refund, for a period or a shipment.

    ``ceiling`` is FOB × rebate rate, ``excess`` the input VAT left after credit; the ``refund`` is
    the smaller, never below zero. ``not_creditable`` becomes cost, ``carried_over`` is credited
    later.
    """

    ceiling: Decimal
    excess: Decimal
    not_creditable: Decimal

    @property
    def refund(self) -> Decimal:
        """What is paid out."""
        return max(min(self.ceiling, self.excess), Decimal(0))

    @property
    def carried_over(self) -> Decimal:
        """Input VAT that stays to be credited in the next period."""
        with localcontext(CALCULATION):
            return max(self.excess, Decimal(0)) - self.refund


def manufacturer_refund(
    *,
    fob_home: Decimal,
    vat: Decimal,
    rebate: Decimal,
    input_vat: Decimal,
    domestic_output_vat: Decimal = Decimal(0),
) -> ManufacturerRefund:
    """The refund of a manufacturer: min(FOB × rebate, input VAT − output VAT − FOB × (VAT − rebate)).

    All amounts are in the home currency.
    """
    with localcontext(CALCULATION):
        not_creditable = fob_home * (vat - rebate)
        return ManufacturerRefund(
            ceiling=fob_home * rebate,
            excess=input_vat - domestic_output_vat - not_creditable,
            not_creditable=not_creditable,
        )
