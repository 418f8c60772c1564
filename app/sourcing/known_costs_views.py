"""Owns telling what a price known in the book costs us, so that matching holds it against a target.

By the figures the inquiry's offers are compared at. Must not rank suppliers, and must not write.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from sqlalchemy.orm import Session

from app.inquiries.candidates_views import Cost, StatedPrice
from app.kernel.decimals import CALCULATION
from app.kernel.errors import AppError
from app.quotations.between import NOTHING_BORNE
from app.quotations.cost_sheet import CostSheet, FactoryPrice
from app.quotations.incoterms import OFFERED
from app.quotations.pricing_service import with_rates
from app.quotations.rates_views import rebate_rates
from app.quotations.revision_costing import CostingTerms, Load, line_sheet, rebate_for
from app.quotations.revisions import LineTerms
from app.sourcing.alike import like_for_like
from app.sourcing.comparing_views import basis_of
from app.sourcing.comparison import cost_only


class KnownCosts:
    """What known prices cost for the lines of one inquiry, at one day's figures."""

    def __init__(self, session: Session, inquiry_id: int, today: date) -> None:
        self._session = session
        self._today = today
        self._basis = basis_of(session, inquiry_id, on=today)
        self._rebates = rebate_rates(session, on=today)

    def told_in(
        self, currency: str | None, *, incoterm: str | None, quantity: Decimal | None
    ) -> Cost:
        """Tells prices in ``currency`` under ``incoterm``; None where a rate is missing.

        Refundable tax is off. Where no figure stands between the term of a price and the wanted
        one, the price is told under its own.
        """
        wanted = incoterm if incoterm in OFFERED else self._basis.incoterm
        known: dict[tuple[object, ...], _Straight | None] = {}

        def cost(price: StatedPrice) -> Decimal | None:
            tax = (price.includes_vat, price.vat_rate, price.hs_code)
            key = (price.currency, price.incoterm, *tax)
            if key not in known:
                known[key] = self._straight(price, currency, wanted=wanted, quantity=quantity)
            line = known[key]
            return None if line is None else line.base + line.slope * price.amount

        return cost

    def _straight(
        self, price: StatedPrice, currency: str | None, *, wanted: str, quantity: Decimal | None
    ) -> _Straight | None:
        """How prices of this kind become costs: refund, rate and charges make a straight line."""
        if currency is None:
            return None
        costing = self._with_rates(currency, price.currency)
        home = costing.home_currency
        rates = {one.currency: one.home_per_unit for one in costing.rates} | {home: Decimal(1)}
        if currency not in rates or price.currency not in rates:
            return None
        first, second = (
            _cost(
                self._sheet(
                    replace(price, amount=amount), costing, wanted=wanted, quantity=quantity
                ),
                wanted,
            )
            for amount in (Decimal(1), Decimal(2))
        )
        slope = CALCULATION.divide(second - first, rates[currency])
        return _Straight(CALCULATION.divide(first, rates[currency]) - slope, slope)

    def _with_rates(self, *currencies: str) -> CostingTerms:
        costing = with_rates(
            self._session, self._basis.costing, currencies=currencies, on=self._today
        )
        self._basis = replace(self._basis, costing=costing)
        return costing

    def _sheet(
        self, price: StatedPrice, costing: CostingTerms, *, wanted: str, quantity: Decimal | None
    ) -> CostSheet:
        found = rebate_for(price.hs_code, self._rebates) if price.hs_code else None
        factory = FactoryPrice(
            amount=price.amount,
            currency=price.currency,
            with_invoice=bool(price.includes_vat),
            vat=costing.vat if price.vat_rate is None else price.vat_rate,
            rebate=found[1] if found else costing.rebate,
            asked_under=price.incoterm if price.incoterm in OFFERED else "",
        )
        goods = LineTerms(line_uid="", position=0, quantity=quantity)
        load = Load(quantity or Decimal(0), None)
        ours, home = cost_only(costing), costing.home_currency
        return line_sheet(goods, factory, costing=ours, load=load, term=wanted, currency=home)


@dataclass(frozen=True, slots=True)
class _Straight:
    """What a price of ``amount`` costs: ``base`` + ``slope`` × amount."""

    base: Decimal
    slope: Decimal


def _cost(sheet: CostSheet, wanted: str) -> Decimal:
    """In the home currency, under the wanted term or, where a figure is missing, the price's own."""
    try:
        return like_for_like(sheet, wanted=wanted).amount
    except AppError:
        bare = replace(sheet, charges=(), freight=())
        return like_for_like(bare, wanted=sheet.factory_price.asked_under or NOTHING_BORNE).amount
