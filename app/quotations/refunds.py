"""Owns the export refund of Chinese VAT against the invoice of a purchase.

Rates are dated data and come in as arguments. Must not know prices.
"""

from __future__ import annotations

from decimal import Decimal, localcontext

from app.kernel.decimals import CALCULATION


def trader_refund(price_incl_vat: Decimal, *, vat: Decimal, rebate: Decimal) -> Decimal:
    """Refund on a purchase with a special VAT invoice: price / (1 + VAT) × rebate rate."""
    with localcontext(CALCULATION):
        return price_incl_vat / (1 + vat) * rebate
