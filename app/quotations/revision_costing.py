"""Owns what all prices of a revision are worked out with, and the cost sheet that follows for a line.

A charge on the whole load is shared out among the lines whose suppliers' prices do not hold it, by
volume where all volumes are known, else by quantity. Must not know how costs are stored or where rates are from.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal, localcontext

from app.kernel.decimals import CALCULATION
from app.kernel.errors import AppError
from app.quotations.between import added_share
from app.quotations.charges import Basis, Charge, ChargeLine, Shipment, short
from app.quotations.cost_sheet import (
    CostSheet,
    ExchangeRate,
    FactoryPrice,
    ImportTaxes,
    PriceTerms,
    Profit,
    ProfitBasis,
    RoundingRule,
)
from app.quotations.freight import FreightRate, freight_total
from app.quotations.packing import PackedGoods, packed, part_of, together
from app.quotations.revisions import LineKind, LineTerms

#: VAT on most goods in China since 1 April 2019.
USUAL_VAT = Decimal("0.13")
#: The export rebate of most manufactured goods.
USUAL_REBATE = Decimal("0.13")
USUAL_PROFIT = Profit(ProfitBasis.MARGIN_ON_PRICE, Decimal("0.10"))

TO_THE_CENT = RoundingRule()


@dataclass(frozen=True, slots=True, kw_only=True)
class CostingTerms:
    """The figures common to all lines of a revision; shares, not percents.

    ``rebate`` is for every line whose HS code has none of its own in the book's table.
    ``freight_is_from_table``: the freight was taken from the book's table and follows the route and
    the load; ``planned_containers`` are those it was taken for where the user names none.
    """

    profit: Profit = USUAL_PROFIT
    rates: tuple[ExchangeRate, ...] = ()
    vat: Decimal = USUAL_VAT
    rebate: Decimal = USUAL_REBATE
    charges: tuple[Charge, ...] = ()
    freight: tuple[FreightRate, ...] = ()
    containers: tuple[tuple[str, int], ...] = ()
    premium: Decimal | None = None
    premium_source: str = ""
    import_taxes: ImportTaxes | None = None
    commission: Decimal = Decimal(0)
    bank_share: Decimal = Decimal(0)
    rounding: RoundingRule = TO_THE_CENT
    home_currency: str = "CNY"
    freight_is_from_table: bool = False
    planned_containers: tuple[tuple[str, int], ...] = ()

    @property
    def loaded_containers(self) -> tuple[tuple[str, int], ...]:
        """The containers of the load: those the user names, else those planned."""
        return self.containers or self.planned_containers

    def rate(self, currency: str) -> ExchangeRate | None:
        """The rate given for ``currency``, if any."""
        return next((rate for rate in self.rates if rate.currency == currency), None)

    def with_rate(self, rate: ExchangeRate) -> CostingTerms:
        """The same with ``rate`` in place of another of its currency."""
        others = tuple(each for each in self.rates if each.currency != rate.currency)
        return replace(self, rates=(*others, rate))

    def with_charge(self, line: ChargeLine, charge: Charge | None) -> CostingTerms:
        """The same with ``charge`` in place of those of its ``line``; ``None`` takes them off."""
        others = tuple(each for each in self.charges if each.line is not line)
        return replace(self, charges=(*others, charge) if charge else others)


@dataclass(frozen=True, slots=True)
class Loaded:
    """A line's part of a load, each packed, and the terms its suppliers' prices are under."""

    quantity: Decimal
    goods: PackedGoods | None
    asked: PriceTerms

    def part(self, share: Decimal) -> Loaded:
        """The same for ``share`` of the quantity."""
        if share == 1:
            return self
        goods = None if self.goods is None else part_of(self.goods, share)
        return replace(self, quantity=CALCULATION.multiply(self.quantity, share), goods=goods)


@dataclass(frozen=True, slots=True)
class Load:
    """What goes in one shipment: the goods that count, each packed.

    ``lines`` are its parts, where it is known whose prices hold what of the way.
    """

    quantity: Decimal
    goods: PackedGoods | None
    lines: tuple[Loaded, ...] = ()
    _borne: dict[tuple[ChargeLine, str], Load] = field(
        default_factory=dict, compare=False, repr=False
    )

    @classmethod
    def of(cls, lines: Sequence[LineTerms], asked: Mapping[str, PriceTerms] | None = None) -> Load:
        """The load of the counted ``lines``; ``goods`` is ``None`` where no packing is known.

        ``asked`` are the terms of the suppliers' prices by the line's uid.
        """
        known = asked or {}
        nothing_said = FactoryPrice(amount=Decimal(0)).shares_asked
        return cls.made_of(
            Loaded(
                line.quantity or Decimal(0),
                packed_line(line),
                known.get(line.line_uid, nothing_said),
            )
            for line in lines
            if is_goods(line) and not is_extra(line)
        )

    @classmethod
    def made_of(cls, lines: Iterable[Loaded]) -> Load:
        """The load of these parts."""
        parts = tuple(lines)
        goods = [part.goods for part in parts if part.goods is not None]
        quantity = sum((part.quantity for part in parts), Decimal(0))
        whole = goods and len(goods) == len(parts)
        return cls(quantity, together(goods) if whole else None, parts)

    def bearing(self, line: ChargeLine, term: str) -> Load:
        """The part of the load that charges of ``line`` are for, where ``term`` is quoted.

        Goods whose suppliers' prices hold them bear none; the whole load where no goods bear any.
        """
        if (line, term) not in self._borne:
            shares = ((part, abs(added_share(part.asked, line, term))) for part in self.lines)
            bearing = [part.part(share) for part, share in shares if share]
            self._borne[line, term] = Load.made_of(bearing) if bearing else self
        return self._borne[line, term]

    def share(self, part: Loaded, line: ChargeLine, term: str) -> Decimal:
        """Which share of charges of ``line`` one part bears: by volume, else by quantity.

        1 of an empty load; for goods that bear none, what they would if all goods did.
        """
        borne = abs(added_share(part.asked, line, term))
        whole, own = (self.bearing(line, term), part.part(borne)) if borne else (self, part)
        if not whole.quantity or own.quantity == whole.quantity:
            return Decimal(1)
        with localcontext(CALCULATION):
            if own.goods and own.goods.cbm and whole.goods and whole.goods.cbm:
                return own.goods.cbm / whole.goods.cbm
            return own.quantity / whole.quantity


def is_goods(line: LineTerms) -> bool:
    """Whether the line is something that is made and shipped."""
    return line.kind in (LineKind.ITEM, LineKind.FREE)


def is_extra(line: LineTerms) -> bool:
    """Whether the line is an option or an alternative, and so not in the total."""
    return line.is_optional or bool(line.alternative_to)


def packed_line(line: LineTerms) -> PackedGoods | None:
    """The cartons of a line's quantity, where both are known."""
    if line.packing is None or not line.quantity:
        return None
    return packed(line.quantity, line.packing)


def line_sheet(
    line: LineTerms,
    factory_price: FactoryPrice,
    *,
    costing: CostingTerms,
    load: Load,
    term: str,
    currency: str,
    margin_floor: Decimal | None = None,
) -> CostSheet:
    """All that the price of one unit of ``line`` is worked out from, ``term`` being quoted."""
    sheet = CostSheet(
        factory_price=factory_price,
        quote_currency=currency,
        home_currency=costing.home_currency,
        rates=costing.rates,
        profit=costing.profit,
        premium=costing.premium,
        premium_source=costing.premium_source,
        import_taxes=costing.import_taxes,
        commission=costing.commission,
        bank_share=costing.bank_share,
        rounding=costing.rounding,
        margin_floor=margin_floor,
    )
    quantity = line.quantity
    if not quantity:
        return replace(sheet, charges=costing.charges, freight=costing.freight)
    goods = packed_line(line)
    shipment = (
        Shipment.of(quantity, goods, costing.loaded_containers)
        if goods
        else Shipment(quantity=quantity, containers=costing.loaded_containers)
    )
    part = Loaded(quantity, goods, factory_price.shares_asked)
    charges = tuple(
        _apportioned(charge, load.share(part, charge.line, term)) if charge.is_shared else charge
        for charge in costing.charges
    )
    sheet = replace(sheet, charges=charges, shipment=shipment)
    share = load.share(part, ChargeLine.MAIN_CARRIAGE, term)
    borne = added_share(part.asked, ChargeLine.MAIN_CARRIAGE, term)
    if share == 1 and borne in (-1, 0, 1):
        return replace(sheet, freight=costing.freight)
    whole = load.bearing(ChargeLine.MAIN_CARRIAGE, term)
    try:
        carried = tuple(_freight_share(rate, share, costing, whole) for rate in costing.freight)
    except AppError:
        # A figure of the whole load is missing; the price that needs freight will name it.
        return replace(sheet, freight=costing.freight)
    return replace(sheet, charges=(*charges, *carried))


def _apportioned(charge: Charge, share: Decimal) -> Charge:
    if share == 1:
        return charge
    return replace(
        charge,
        amount=CALCULATION.multiply(charge.amount, share),
        source=_said_share(charge.source, f"{short(charge.amount)} × {short(share)}"),
    )


def _freight_share(rate: FreightRate, share: Decimal, costing: CostingTerms, load: Load) -> Charge:
    goods = load.goods
    shipment = Shipment(
        quantity=load.quantity or Decimal(1),
        cbm=goods.cbm if goods else None,
        gross_weight_kg=goods.gross_weight_kg if goods else None,
        containers=costing.loaded_containers,
    )
    total = freight_total(rate, shipment)
    return Charge(
        amount=CALCULATION.multiply(total.amount, share),
        currency=total.currency,
        basis=Basis.FIXED,
        line=ChargeLine.MAIN_CARRIAGE,
        source=_said_share(rate.source, f"({total.formula}) × {short(share)}"),
    )


def _said_share(source: str, formula: str) -> str:
    return f"{source}: {formula}" if source else formula


def rebate_for(hs_code: str, rates: Mapping[str, Decimal]) -> tuple[str, Decimal] | None:
    """The rate of the longest code in ``rates`` that ``hs_code`` begins with, and that code."""
    digits = "".join(filter(str.isdigit, hs_code))
    fitting = [code for code in rates if code and digits.startswith(code)]
    best = max(fitting, key=len, default=None)
    return (best, rates[best]) if best is not None else None
