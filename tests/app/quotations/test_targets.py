"""From a target back to the factory price and the margin; and what a change of the world does."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from app.kernel.errors import AppError
from app.quotations.charges import Charge, ChargeLine, Shipment
from app.quotations.cost_sheet import CostSheet, ExchangeRate, FactoryPrice, Profit, ProfitBasis
from app.quotations.costing import term_price
from app.quotations.freight import FreightMode, FreightRate, WeightBreak
from app.quotations.targets import (
    OpenPrice,
    WhatIf,
    base_of,
    changed,
    effects,
    factory_price_for,
    floor_warning,
    profit_at,
)

SHEET = CostSheet(
    factory_price=FactoryPrice(amount=Decimal(113), vat=Decimal("0.13"), rebate=Decimal("0.13")),
    rates=(ExchangeRate("USD", Decimal("7.10")),),
    charges=(
        Charge(amount=Decimal(5), currency="CNY"),
        Charge(amount=Decimal("1.5"), currency="USD", line=ChargeLine.MAIN_CARRIAGE),
    ),
    profit=Profit(ProfitBasis.MARGIN_ON_PRICE, Decimal("0.10")),
    premium=Decimal("0.003"),
    margin_floor=Decimal("0.08"),
)


def test_the_base_inside_a_cif_price_is_the_fob_price() -> None:
    fob, cif = term_price(SHEET, "FOB").price.amount, term_price(SHEET, "CIF").price.amount
    assert round(base_of(SHEET, term="CIF", price=cif), 20) == round(fob, 20)


def test_a_target_price_leads_to_a_factory_price_that_meets_it() -> None:
    found = factory_price_for(SHEET, term="CIF", price=Decimal(17))
    met = replace(SHEET, factory_price=replace(SHEET.factory_price, amount=found.amount))
    assert round(term_price(met, "CIF").price.amount, 20) == 17
    assert found.currency == "CNY"


@pytest.mark.parametrize(
    "factory",
    [
        FactoryPrice(amount=Decimal(100), with_invoice=False),
        FactoryPrice(
            amount=Decimal(100), includes_vat=False, vat=Decimal("0.13"), rebate=Decimal("0.09")
        ),
        FactoryPrice(amount=Decimal(15), currency="EUR"),
    ],
)
def test_the_factory_price_comes_back_as_it_was_stated(factory: FactoryPrice) -> None:
    rates = (*SHEET.rates, ExchangeRate("EUR", Decimal("7.80")))
    sheet = replace(SHEET, factory_price=factory, rates=rates)
    price = term_price(sheet, "CIF").price.amount
    assert round(factory_price_for(sheet, term="CIF", price=price).amount, 20) == factory.amount


@pytest.mark.parametrize("cap", [6, 12, 14])
def test_the_way_back_minds_a_capped_refund(cap: int) -> None:
    sheet = replace(SHEET, refund_cap=Decimal(cap))
    price = term_price(sheet, "FOB").price.amount
    assert round(factory_price_for(sheet, term="FOB", price=price).amount, 20) == 113


def test_a_price_tells_the_margin_it_leaves() -> None:
    price = term_price(SHEET, "CIF").price.amount
    assert round(profit_at(SHEET, term="CIF", price=price).margin_on_price, 20) == Decimal("0.1")
    assert profit_at(SHEET, term="CIF", price=Decimal(12)).margin_on_price < 0


def test_a_price_below_the_freight_is_refused() -> None:
    for way_back in (profit_at, factory_price_for):
        with pytest.raises(AppError) as trouble:
            way_back(SHEET, term="CIF", price=Decimal(1))
        assert trouble.value.message.key == "quotations.target_below_charges"


def test_the_floor_warns_and_forbids_nothing() -> None:
    assert floor_warning(SHEET, term="FOB", price=Decimal("16.43")) is None
    warning = floor_warning(SHEET, term="FOB", price=Decimal("16.00"))
    assert warning is not None
    assert warning.params == {"margin": "7.57", "floor": "8.00"}
    assert floor_warning(replace(SHEET, margin_floor=None), term="FOB", price=Decimal(1)) is None


def test_what_if_lists_what_falls_below_its_floor() -> None:
    price = Decimal("16.43")
    generous = replace(SHEET, margin_floor=None)
    open_prices = [
        OpenPrice("a", SHEET, "FOB", price),
        OpenPrice("b", SHEET, "FOB", Decimal("18.50")),
        OpenPrice("c", generous, "FOB", price),
    ]
    world = WhatIf(rates=(ExchangeRate("USD", Decimal("6.95")),), rebate=Decimal("0.09"))
    a, b, c = effects(open_prices, world)
    assert [each.is_below_floor for each in (a, b, c)] == [True, False, False]
    assert round(a.margin_before, 3) == Decimal("0.100")
    assert a.margin_after < Decimal("0.08")
    # 113 CNY at a rebate of 9 % costs 104; with 5 domestic, 10 % margin and 6.95: 17.43.
    assert a.new_price == Decimal("17.43")
    assert a.floor_price is not None
    assert round(
        profit_at(changed(SHEET, world), term="FOB", price=a.floor_price).margin_on_price, 20
    ) == Decimal("0.08")
    assert c.floor_price is None


def test_a_dearer_freight_reaches_every_kind_of_rate() -> None:
    shipment = Shipment(
        quantity=Decimal(100),
        cbm=Decimal(2),
        gross_weight_kg=Decimal(500),
        containers=(("20GP", 1),),
    )
    rates = (
        FreightRate(mode=FreightMode.SEA_LCL, currency="USD", per_wm=Decimal(50)),
        FreightRate(
            mode=FreightMode.SEA_FCL, currency="USD", per_container=(("20GP", Decimal(1000)),)
        ),
        FreightRate(
            mode=FreightMode.AIR, currency="USD", breaks=(WeightBreak(Decimal(0), Decimal(4)),)
        ),
    )
    sheet = replace(SHEET, freight=rates, shipment=shipment)
    dearer = changed(sheet, WhatIf(freight_factor=Decimal("1.30"), factory_factor=Decimal("1.10")))

    def freight(each: CostSheet) -> Decimal:
        return term_price(each, "CFR").price.amount - term_price(each, "FOB").price.amount

    assert round(freight(dearer) / freight(sheet), 20) == Decimal("1.3")
    assert dearer.factory_price.amount == Decimal("124.30")
    assert changed(SHEET, WhatIf()) == SHEET
    assert changed(SHEET, WhatIf(premium=Decimal("0.01"), vat=Decimal("0.09"))).premium == Decimal(
        "0.01"
    )
