"""Freight comes from the table by route, day, mode and packing, and stays in the quotation."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from quotation_desk import Made, furnished

from app.desk import Desk
from app.quotations.charges import Basis, Charge, ChargeLine
from app.quotations.freight import FreightMode
from app.quotations.freight_table import modes_said, planned_containers
from app.quotations.packing import PackedGoods
from app.quotations.service import QuotationDraft
from app.quotations.targets import WhatIf

LCL = {"mode": "sea_lcl", "unit": "wm", "amount": "40", "currency": "USD"}
ROUTE = {"port_of_loading": "Ningbo", "port_of_destination": "Hamburg", "source": "Tianmu"}
SINCE = {"valid_from": "2026-02-20", "valid_until": "2026-03-31"}


@pytest.fixture
def made(desk: Desk) -> Made:
    made = furnished(desk)
    desk.rates.add("freight_rate", {**LCL, **ROUTE, **SINCE})
    for code, amount in (("20GP", "1300"), ("40HQ", "1900")):
        values = {"mode": "sea_fcl", "unit": code, "amount": amount, "currency": "USD"}
        desk.rates.add("freight_rate", {**values, **ROUTE, **SINCE})
    return made


def drafted(desk: Desk, made: Made, quantity: str = "5000", **values: object) -> int:
    header = {
        "incoterm": "CFR",
        "place": "Hamburg",
        "port_of_loading": "Ningbo, China",
        **values,
    }
    lines = [{"product_id": made.flask, "quantity": quantity}]
    return desk.quotations.draft(QuotationDraft(buyer="A", values=header, lines=lines))


def why(desk: Desk, quotation: int) -> tuple[str, str]:
    """The formula and source of the freight step."""
    line = desk.quotation_views.quotation(quotation).lines[0]
    explained = desk.quotation_views.explained(quotation, line.id)
    assert explained is not None
    (step,) = [s for s in explained.price.steps if s.name.key == "quotations.step_freight"]
    return step.formula, step.source


def test_a_small_load_goes_lcl_and_the_price_names_the_row_and_its_day(
    desk: Desk, made: Made
) -> None:
    quotation = drafted(desk, made)
    # 209 cartons of 0.06 m³: 12.54 W/M × 40 = 501.60, below 1,300 for a 20GP
    assert why(desk, quotation) == (
        "(12.54 W/M × 40) / 5000",
        "Tianmu · Ningbo → Hamburg · 2026-02-20",
    )
    free_on_board = drafted(desk, made, incoterm="FOB", place="Ningbo")
    prices = [
        desk.quotation_views.quotation(each).lines[0].unit_price
        for each in (quotation, free_on_board)
    ]
    # 11.30 − 1.30 = 10.00; / 0.9 / 7.10 = 1.5649; + 0.1003
    assert prices == [Decimal("1.67"), Decimal("1.56")]


def test_a_full_load_goes_in_the_containers_that_take_it(desk: Desk, made: Made) -> None:
    quotation = drafted(desk, made, "25000")
    # 1,042 cartons, 62.52 m³: a 40HQ; LCL would be 2,500.80
    assert why(desk, quotation)[0] == "(1 × 40HQ 1900) / 25000"
    assert desk.quotation_views.quotation(quotation).internal.costing.loaded_containers == (
        ("40HQ", 1),
    )


def test_the_wording_of_the_shipment_decides_the_mode(desk: Desk, made: Made) -> None:
    quotation = drafted(desk, made, shipment="By sea, FCL 整柜")
    assert why(desk, quotation)[0] == "(1 × 20GP 1300) / 5000"


def test_a_rate_that_is_over_or_for_another_port_is_not_used(desk: Desk, made: Made) -> None:
    for values in (
        {"issued_on": "2026-04-02", "valid_until": None},
        {"place": "Santos"},
        {"port_of_loading": "Xiamen"},
    ):
        quotation = drafted(desk, made, **values)
        line = desk.quotation_views.quotation(quotation).lines[0]
        lacks = desk.quotation_views.quotation(quotation).internal.lines[line.id].lacks
        assert lacks is not None
        assert lacks.key == "quotations.lacks_freight"


def test_another_destination_brings_its_freight_and_prices_follow(desk: Desk, made: Made) -> None:
    desk.rates.add("freight_rate", {**LCL, **ROUTE, **SINCE, "port_of_destination": "Santos", "amount": "90"})  # fmt: skip
    quotation = drafted(desk, made, place="Santos")
    dear = desk.quotation_views.quotation(quotation).lines[0].unit_price
    desk.quotations.edit(quotation, {"place": "Hamburg"})
    assert desk.quotation_views.quotation(quotation).lines[0].unit_price == Decimal("1.67")
    assert dear is not None
    assert dear > Decimal("1.67")


def test_a_newer_table_leaves_what_was_sent_as_it_was(desk: Desk, made: Made) -> None:
    quotation = drafted(desk, made)
    desk.quotations.send(quotation)
    desk.rates.add("freight_rate", {**LCL, **ROUTE, **SINCE, "valid_from": "2026-03-01", "amount": "80"})  # fmt: skip
    assert why(desk, quotation)[1].endswith("2026-02-20")
    assert why(desk, drafted(desk, made))[1].endswith("2026-03-01")


def test_a_typed_freight_goes_before_the_table(desk: Desk, made: Made) -> None:
    quotation = drafted(desk, made)
    costing = desk.quotation_views.quotation(quotation).internal.costing
    typed = Charge(
        amount=Decimal(1000), currency="USD", basis=Basis.FIXED, line=ChargeLine.MAIN_CARRIAGE
    )
    desk.quotations.set_costing(quotation, replace(costing, charges=(typed,)))
    assert why(desk, quotation)[0] == "1000 / 5000"
    desk.quotations.set_costing(quotation, replace(costing, charges=()))
    assert why(desk, quotation)[0] == "(12.54 W/M × 40) / 5000"


def test_a_what_if_freight_is_not_overruled_by_the_table(desk: Desk, made: Made) -> None:
    quotation = drafted(desk, made)
    desk.what_if.apply(WhatIf(freight_factor=Decimal("1.5")), [quotation])
    line = desk.quotation_views.quotation(quotation).lines[0]
    desk.quotations.edit_lines(quotation, {line.id: {"remarks": "urgent"}})
    assert why(desk, quotation)[0] == "(12.54 W/M × 60) / 5000"


@pytest.mark.parametrize(
    ("shipment", "modes"),
    [
        ("", ("sea_fcl", "sea_lcl")),
        ("海运拼箱", ("sea_lcl",)),
        ("China–Europe rail, LCL", ("rail_lcl",)),
        ("By air", ("air",)),
        ("DHL", ("express",)),
        ("1 x 40HQ by sea", ("sea_fcl",)),
    ],
)
def test_a_shipments_words_name_its_mode(shipment: str, modes: tuple[str, ...]) -> None:
    assert modes_said(shipment) == tuple(FreightMode(mode) for mode in modes)


def test_a_load_beyond_one_container_gets_a_second_that_takes_the_rest() -> None:
    goods = PackedGoods(cartons=1, cbm=Decimal(90), net_weight_kg=None, gross_weight_kg=Decimal(9))
    assert planned_containers(goods, ["20GP", "40HQ"]) == (("40HQ", 1), ("20GP", 1))
    assert planned_containers(goods, ["20GP"]) == (("20GP", 4),)
    assert planned_containers(None, ["20GP"]) == ()


def test_a_port_is_found_in_the_table_by_any_of_its_names(desk: Desk, made: Made) -> None:
    quotation = drafted(desk, made, place="汉堡", port_of_loading="CNNGB")
    assert why(desk, quotation)[1].startswith("Tianmu · Ningbo → Hamburg")


def test_a_chosen_mode_is_taken_even_where_another_is_cheaper(desk: Desk, made: Made) -> None:
    rail = {"mode": "rail_lcl", "unit": "wm", "amount": "95", "currency": "USD"}
    desk.rates.add("freight_rate", {**rail, **ROUTE, **SINCE})
    quotation = drafted(desk, made, shipment="rail_lcl", incoterm="CPT")
    assert why(desk, quotation)[0] == "(12.54 W/M × 95) / 5000"
    desk.quotations.edit(quotation, {"shipment": "sea_lcl"})
    assert why(desk, quotation)[0] == "(12.54 W/M × 40) / 5000"
    assert modes_said("air") == (FreightMode.AIR,)


def test_a_term_of_the_sea_by_rail_is_doubted(desk: Desk, made: Made) -> None:
    quotation = drafted(desk, made, shipment="rail_fcl")
    warnings = desk.quotation_views.quotation(quotation).internal.warnings
    assert "quotations.term_is_for_sea" in [warning.key for warning in warnings]
    desk.quotations.edit(quotation, {"shipment": "sea_fcl"})
    warnings = desk.quotation_views.quotation(quotation).internal.warnings
    assert "quotations.term_is_for_sea" not in [warning.key for warning in warnings]
