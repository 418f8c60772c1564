"""Owns what a quotation adds up to, so that the sheet agrees when the buyer checks it.

The unit price is rounded as shown first; an amount is that price times the quantity.
Must not know costs.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, localcontext

from app.kernel.decimals import CALCULATION, round_to_step
from app.kernel.money import minor_unit
from app.quotations.revisions import LineKind, LineTerms, RevisionTerms


@dataclass(frozen=True, slots=True)
class Totals:
    """Sums in the revision's currency; ``discounts`` is zero or negative."""

    goods: Decimal
    charges: Decimal
    discounts: Decimal

    @property
    def total(self) -> Decimal:
        """What the buyer pays."""
        with localcontext(CALCULATION):
            return self.goods + self.charges + self.discounts


def unit_price(line: LineTerms) -> Decimal | None:
    """The price of one unit before the line's discount: the tier's at its quantity, else its own."""
    if line.tiers is not None and line.quantity is not None:
        from_tier = line.tiers.price_for(line.quantity)
        return line.unit_price if from_tier is None else from_tier
    return line.unit_price


def line_amount(line: LineTerms, currency: str) -> Decimal | None:
    """Unit price × quantity less the line's discount, rounded to the currency's unit.

    ``None`` for headings, lines without a price or quantity, and discounts by percent.
    """
    price = unit_price(line)
    if line.kind is LineKind.HEADING or price is None:
        return None
    alone = line.kind in (LineKind.CHARGE, LineKind.DISCOUNT)
    quantity = Decimal(1) if line.quantity is None and alone else line.quantity
    if quantity is None:
        return None
    with localcontext(CALCULATION):
        amount = price * quantity * (100 - line.discount_percent) / 100
    return round_to_step(amount, minor_unit(currency))


def totals(terms: RevisionTerms) -> Totals:
    """The sums of a revision; options, alternatives and lines without an amount are left out."""
    sums = Totals(Decimal(0), Decimal(0), Decimal(0))
    for line in terms.lines:
        if line.is_optional or line.alternative_to:
            continue
        with localcontext(CALCULATION):
            sums = _with_line(sums, line, terms.currency)
    return sums


def _with_line(sums: Totals, line: LineTerms, currency: str) -> Totals:
    amount = line_amount(line, currency)
    if line.kind is LineKind.DISCOUNT:
        if amount is None:
            cut = -sums.goods * line.discount_percent / 100
            amount = round_to_step(cut, minor_unit(currency))
        return Totals(sums.goods, sums.charges, sums.discounts - abs(amount))
    if amount is None:
        return sums
    if line.kind is LineKind.CHARGE:
        return Totals(sums.goods, sums.charges + amount, sums.discounts)
    return Totals(sums.goods + amount, sums.charges, sums.discounts)
