"""Freight is counted by mode as carriers count it."""

from __future__ import annotations

from decimal import Decimal

import pytest

from app.kernel.errors import AppError
from app.quotations.charges import Shipment
from app.quotations.freight import (
    FreightMode,
    FreightRate,
    WeightBreak,
    chargeable_weight_kg,
    freight_total,
    revenue_tons,
    unit_freight,
    volume_weight_kg,
)

LOAD = Shipment(quantity=Decimal(5000), cbm=Decimal("12.54"), gross_weight_kg=Decimal(2800))
AIR = FreightRate(
    mode=FreightMode.AIR,
    currency="USD",
    breaks=(
        WeightBreak(Decimal(0), Decimal("5.0")),
        WeightBreak(Decimal(45), Decimal("4.2")),
        WeightBreak(Decimal(100), Decimal("3.5")),
    ),
)


def shipment(cbm: str, kg: str) -> Shipment:
    return Shipment(quantity=Decimal(100), cbm=Decimal(cbm), gross_weight_kg=Decimal(kg))


def test_lcl_goes_by_weight_or_measure_and_one_at_least() -> None:
    rate = FreightRate(mode=FreightMode.SEA_LCL, currency="USD", per_wm=Decimal(50))
    assert freight_total(rate, LOAD).amount == Decimal(627)
    assert freight_total(rate, shipment("2", "3500")).amount == Decimal(175)
    assert freight_total(rate, shipment("0.3", "100")).amount == 50
    assert revenue_tons(cbm=Decimal(2), gross_weight_kg=Decimal(1500), kg_per_cbm=Decimal(500)) == 3


def test_fcl_goes_by_container() -> None:
    rate = FreightRate(
        mode=FreightMode.SEA_FCL,
        currency="USD",
        per_container=(("20GP", Decimal(1200)), ("40HQ", Decimal(2100))),
    )
    two = Shipment(quantity=Decimal(1000), containers=(("40HQ", 2), ("20GP", 1)))
    assert freight_total(rate, two).amount == 5400
    assert unit_freight(rate, two).amount == Decimal("5.4")
    assert freight_total(rate, two).formula == "2 × 40HQ 2100 + 1 × 20GP 1200"


def test_air_and_express_weigh_the_volume() -> None:
    assert volume_weight_kg(Decimal("0.06"), Decimal(6000)) == 10
    assert chargeable_weight_kg(
        cbm=Decimal("0.06"), gross_weight_kg=Decimal("10.2"), divisor=Decimal(6000)
    ) == Decimal("10.5")
    air, express = shipment("0.3", "20"), FreightMode.EXPRESS
    assert freight_total(AIR, air).amount == Decimal("210.0")  # 50 kg at 4.2
    rate = FreightRate(mode=express, currency="USD", breaks=(WeightBreak(Decimal(0), Decimal(6)),))
    assert freight_total(rate, air).amount == 360  # 60 kg at 6
    own = FreightRate(
        mode=express, currency="USD", breaks=rate.breaks, volume_divisor=Decimal(6000)
    )
    assert freight_total(own, air).amount == 300


def test_paying_for_the_next_weight_break_may_be_cheaper() -> None:
    assert freight_total(AIR, shipment("0.1", "95")).amount == 350  # as 100 kg, not 95 × 4.2


def test_the_minimum_is_charged() -> None:
    rate = FreightRate(
        mode=FreightMode.RAIL_LCL, currency="USD", per_wm=Decimal(30), minimum=Decimal(90)
    )
    assert freight_total(rate, shipment("1", "100")).amount == 90


@pytest.mark.parametrize(
    ("mode", "load", "key"),
    [
        (FreightMode.SEA_LCL, Shipment(quantity=Decimal(1)), "quotations.freight_needs_volume"),
        (FreightMode.AIR, Shipment(quantity=Decimal(1)), "quotations.freight_needs_weight"),
        (
            FreightMode.RAIL_FCL,
            Shipment(quantity=Decimal(1)),
            "quotations.freight_needs_containers",
        ),
        (
            FreightMode.SEA_FCL,
            Shipment(quantity=Decimal(1), containers=(("45HQ", 1),)),
            "quotations.freight_without_container",
        ),
        (FreightMode.SEA_LCL, None, "quotations.freight_needs_quantity"),
    ],
)
def test_freight_names_the_figure_it_needs(
    mode: FreightMode, load: Shipment | None, key: str
) -> None:
    with pytest.raises(AppError) as trouble:
        unit_freight(FreightRate(mode=mode, currency="USD"), load)
    assert trouble.value.message.key == key


def test_the_sea_modes_are_known() -> None:
    assert [mode for mode in FreightMode if mode.is_by_sea] == [
        FreightMode.SEA_LCL,
        FreightMode.SEA_FCL,
    ]
