"""Cartons, volume and containers as freight is booked."""

from __future__ import annotations

from decimal import Decimal

import pytest

from app.quotations.packing import (
    CONTAINERS,
    CartonPacking,
    LoadPlan,
    PackedGoods,
    cartons_in,
    fill_share,
    packed,
    plan_load,
    quantity_in,
    together,
)

GP20, GP40, HQ40 = CONTAINERS
BOX = CartonPacking(
    pcs_per_carton=Decimal(24),
    length_cm=Decimal(50),
    width_cm=Decimal(40),
    height_cm=Decimal(30),
    net_weight_kg=Decimal(12),
    gross_weight_kg=Decimal("13.5"),
)


def goods(cbm: str, kg: str) -> PackedGoods:
    return PackedGoods(cartons=1, cbm=Decimal(cbm), net_weight_kg=None, gross_weight_kg=Decimal(kg))


def test_five_thousand_pieces_are_209_cartons_of_12_54_cbm() -> None:
    load = packed(Decimal(5000), BOX)
    assert load.cartons == 209
    assert load.cbm == Decimal("12.54")
    assert load.net_weight_kg == 2500
    assert load.gross_weight_kg == Decimal("2821.5")


def test_a_carton_without_a_size_has_no_volume() -> None:
    bare = CartonPacking(pcs_per_carton=Decimal(10), gross_weight_kg=Decimal(20))
    load = packed(Decimal(95), bare)
    assert (load.cartons, load.cbm, load.gross_weight_kg) == (10, None, 200)
    assert cartons_in(GP20, bare) == 875
    assert cartons_in(GP20, CartonPacking(pcs_per_carton=Decimal(1))) is None
    assert quantity_in(GP20, CartonPacking(pcs_per_carton=Decimal(1))) is None
    assert plan_load(load) is None
    assert (
        fill_share(GP20, PackedGoods(cartons=1, cbm=None, net_weight_kg=None, gross_weight_kg=None))
        is None
    )


def test_the_quantity_that_fills_a_container_minds_volume_and_weight() -> None:
    assert [quantity_in(each, BOX) for each in CONTAINERS] == [466 * 24, 966 * 24, 1133 * 24]
    heavy = CartonPacking(
        pcs_per_carton=Decimal(1),
        length_cm=Decimal(30),
        width_cm=Decimal(30),
        height_cm=Decimal(30),
        gross_weight_kg=Decimal(40),
    )
    assert quantity_in(GP20, heavy) == 437


def test_a_mixed_load_is_the_sum_of_its_parts() -> None:
    mixed = together([packed(Decimal(5000), BOX), packed(Decimal(24), BOX)])
    assert (mixed.cartons, mixed.cbm) == (210, Decimal("12.60"))
    unknown = together([mixed, packed(Decimal(1), CartonPacking(pcs_per_carton=Decimal(1)))])
    assert unknown.cbm is None


@pytest.mark.parametrize(
    ("load", "plan"),
    [
        (goods("12.54", "2821"), LoadPlan((), Decimal("12.54"))),
        (goods("25", "9000"), LoadPlan((("20GP", 1),), Decimal(0))),
        (goods("16", "20000"), LoadPlan((("40GP", 1),), Decimal(0))),
        (goods("68", "9000"), LoadPlan((("40HQ", 1),), Decimal(0))),
        (goods("130", "9000"), LoadPlan((("40HQ", 2),), Decimal(0))),
        (goods("92", "9000"), LoadPlan((("40HQ", 1), ("20GP", 1)), Decimal(0))),
        (goods("0", "0"), LoadPlan((), Decimal(0))),
    ],
)
def test_a_load_goes_in_the_containers_a_forwarder_would_book(
    load: PackedGoods, plan: LoadPlan
) -> None:
    assert plan_load(load) == plan


def test_what_a_full_container_leaves_over_goes_lcl() -> None:
    plan = plan_load(goods("78", "7800"))
    assert plan is not None
    assert plan.containers == (("40HQ", 1),)
    assert round(plan.lcl_cbm, 20) == 10


def test_the_tighter_of_volume_and_weight_fills_a_container() -> None:
    assert fill_share(GP20, goods("14", "0")) == Decimal("0.5")
    assert fill_share(GP20, goods("14", "17500")) == 1


def test_an_empty_carton_is_refused() -> None:
    with pytest.raises(ValueError, match="more than nothing"):
        CartonPacking(pcs_per_carton=Decimal(0))
