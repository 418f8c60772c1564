"""Owns what a price is worked out from: the frozen figures of one item, each with its source.

A cost sheet is stored with the quotation, so that a price explains itself a year later. Must not
calculate; ``costing`` does.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from enum import StrEnum

from app.kernel.decimals import CALCULATION, round_to_step
from app.kernel.errors import AppError
from app.quotations.charges import Charge, ChargeLine, Shipment
from app.quotations.freight import FreightRate

PriceTerms = tuple[tuple[Decimal, str], ...]
"""The delivery terms that suppliers ask for an item under, each with its share of the quantity."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PricePart:
    """What one of several factories asks for one unit, and its ``share`` of the quantity (0.6).

    ``asked_under`` is the delivery term of its price, see :class:`FactoryPrice`.
    """

    share: Decimal
    amount: Decimal
    currency: str
    with_invoice: bool
    asked_under: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FactoryPrice:
    """What the factory asks for one unit.

    ``with_invoice``: a special VAT invoice comes with it, without one there is no refund; with it
    for ``invoiced_share`` of the amount. Where several factories share the quantity, ``parts`` are
    their prices and the amount is what they come to (``shared_cost``).
    ``includes_vat`` is false for a price before VAT (未税价) to which the invoice adds it.
    ``vat`` and ``rebate`` are shares (0.13). ``asked_under`` is the delivery term of the price
    (``FOB``), which says what of the way is in it; empty where none is said, and nothing is.
    """

    amount: Decimal
    currency: str = "CNY"
    with_invoice: bool = True
    includes_vat: bool = True
    vat: Decimal = Decimal(0)
    rebate: Decimal = Decimal(0)
    source: str = ""
    rebate_source: str = ""
    invoiced_share: Decimal = Decimal(1)
    parts: tuple[PricePart, ...] = ()
    asked_under: str = ""

    @property
    def shares_asked(self) -> PriceTerms:
        """The delivery terms of the price."""
        if self.parts:
            return tuple((part.share, part.asked_under) for part in self.parts)
        return ((Decimal(1), self.asked_under),)


@dataclass(frozen=True, slots=True)
class ExchangeRate:
    """Home currency for one unit of ``currency``: the bank's spot buying rate, and its day and bank."""

    currency: str
    home_per_unit: Decimal
    source: str = ""


class ProfitBasis(StrEnum):
    """The two meanings of "profit rate"; every figure says which one it is."""

    MARGIN_ON_PRICE = "margin_on_price"
    MARKUP_ON_COST = "markup_on_cost"


@dataclass(frozen=True, slots=True)
class Profit:
    """A profit rate as a share, on the price or on the cost, before freight and insurance."""

    basis: ProfitBasis
    rate: Decimal

    def __post_init__(self) -> None:
        whole_price = self.basis is ProfitBasis.MARGIN_ON_PRICE and self.rate >= 1
        if whole_price or (self.basis is ProfitBasis.MARKUP_ON_COST and self.rate <= -1):
            raise AppError("quotations.profit_out_of_range", percent=self.rate * 100)

    @property
    def margin_on_price(self) -> Decimal:
        """The share of the price that is profit."""
        if self.basis is ProfitBasis.MARGIN_ON_PRICE:
            return self.rate
        return CALCULATION.divide(self.rate, 1 + self.rate)

    @property
    def markup_on_cost(self) -> Decimal:
        """The profit as a share of the cost."""
        if self.basis is ProfitBasis.MARKUP_ON_COST:
            return self.rate
        return CALCULATION.divide(self.rate, 1 - self.rate)


NO_PROFIT = Profit(ProfitBasis.MARGIN_ON_PRICE, Decimal(0))


class CustomsBasis(StrEnum):
    """The value a country counts duty on: CIF in most, FOB in some (USA, Canada, Australia)."""

    CIF = "CIF"
    FOB = "FOB"


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportTaxes:
    """Duty and import VAT of the buyer's country as shares; VAT counts on the value with duty."""

    duty: Decimal
    vat: Decimal = Decimal(0)
    basis: CustomsBasis = CustomsBasis.CIF
    source: str = ""


class RoundingMode(StrEnum):
    """Which way a price is rounded to its step."""

    NEAREST = "nearest"
    UP = "up"
    DOWN = "down"


_DECIMAL_MODES = {
    RoundingMode.NEAREST: ROUND_HALF_UP,
    RoundingMode.UP: ROUND_CEILING,
    RoundingMode.DOWN: ROUND_FLOOR,
}


@dataclass(frozen=True, slots=True)
class RoundingRule:
    """Prices as multiples of ``step`` (0.01, 0.05)."""

    step: Decimal = Decimal("0.01")
    mode: RoundingMode = RoundingMode.NEAREST

    def applied(self, amount: Decimal) -> Decimal:
        """``amount`` rounded."""
        return round_to_step(amount, self.step, _DECIMAL_MODES[self.mode])


@dataclass(frozen=True, slots=True, kw_only=True)
class CostSheet:
    """Everything the price of one unit is worked out from.

    Shares, not percents: ``premium`` 0.003 is 0.3 %, ``None`` where insurance is not known.
    ``commission`` and ``bank_share`` are shares of the final price. ``refund_cap`` is the most a
    manufacturer gets back on one unit, in the factory price's currency. ``margin_floor`` is a
    margin on price that warns.
    """

    factory_price: FactoryPrice
    quote_currency: str = "USD"
    home_currency: str = "CNY"
    rates: tuple[ExchangeRate, ...] = ()
    profit: Profit = NO_PROFIT
    charges: tuple[Charge, ...] = ()
    freight: tuple[FreightRate, ...] = ()
    shipment: Shipment | None = None
    premium: Decimal | None = None
    premium_source: str = ""
    insured_share: Decimal = Decimal("1.10")
    import_taxes: ImportTaxes | None = None
    commission: Decimal = Decimal(0)
    bank_share: Decimal = Decimal(0)
    refund_cap: Decimal | None = None
    rounding: RoundingRule = RoundingRule()
    margin_floor: Decimal | None = None

    def rate(self, currency: str) -> ExchangeRate:
        """The rate of ``currency``; the home currency's is 1. :class:`AppError` where none is given."""
        if currency == self.home_currency:
            return ExchangeRate(currency, Decimal(1))
        for rate in self.rates:
            if rate.currency == currency and rate.home_per_unit > 0:
                return rate
        raise AppError("quotations.rate_missing", currency=currency, home=self.home_currency)

    def knows(self, line: ChargeLine) -> bool:
        """Whether charges of ``line`` are given: a zero is known, nothing is not."""
        if line is ChargeLine.MAIN_CARRIAGE and self.freight:
            return True
        return any(charge.line is line for charge in self.charges)
