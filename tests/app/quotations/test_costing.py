"""Prices follow the rules of the trade to their digits, and every price explains itself."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from app.kernel.errors import AppError
from app.kernel.language import catalogue
from app.kernel.money import Money
from app.quotations.charges import Basis, Charge, ChargeLine, Shipment, seller_bears, unit_charge
from app.quotations.cost_sheet import (
    CostSheet,
    CustomsBasis,
    ExchangeRate,
    FactoryPrice,
    ImportTaxes,
    Profit,
    ProfitBasis,
    RoundingMode,
    RoundingRule,
)
from app.quotations.costing import costed, term_price
from app.quotations.freight import FreightMode, FreightRate
from app.quotations.incoterms import OFFERED

D = Decimal
MARGIN_10 = Profit(ProfitBasis.MARGIN_ON_PRICE, D("0.10"))
MARKUP_10 = Profit(ProfitBasis.MARKUP_ON_COST, D("0.10"))

TRADER = CostSheet(
    factory_price=FactoryPrice(
        amount=D(113), vat=D("0.13"), rebate=D("0.13"), source="offer of 2026-03-01"
    ),
    rates=(ExchangeRate("USD", D("7.10"), "BOC 2026-03-02"),),
    charges=(Charge(amount=D("5.00"), currency="CNY"),),
    profit=MARGIN_10,
)
FOB_10 = CostSheet(
    factory_price=FactoryPrice(amount=D(10), currency="USD", with_invoice=False),
    home_currency="USD",
    charges=(Charge(amount=D("1.50"), currency="USD", line=ChargeLine.MAIN_CARRIAGE),),
    premium=D("0.003"),
)


def price(sheet: CostSheet, term: str) -> Decimal:
    return term_price(sheet, term).price.amount


def digits(amount: Decimal, places: int) -> str:
    return f"{amount:.{places}f}"


def test_refund_and_net_cost_of_a_trader() -> None:
    costing = costed(TRADER)
    assert costing.refund == Money.of("13.00", "CNY")
    assert costing.net_cost == Money.of("100.00", "CNY")
    nine = replace(TRADER, factory_price=replace(TRADER.factory_price, rebate=D("0.09")))
    assert costed(nine).net_cost == Money.of("104.00", "CNY")


def test_markup_and_margin_of_ten_percent_are_two_prices() -> None:
    assert digits(price(TRADER, "FOB"), 4) == "16.4319"
    assert digits(price(replace(TRADER, profit=MARKUP_10), "FOB"), 4) == "16.2676"


def test_both_profit_rates_are_shown() -> None:
    costing = costed(TRADER)
    assert costing.margin_on_price == D("0.10")
    assert digits(costing.markup_on_cost, 6) == "0.111111"
    markup = costed(replace(TRADER, profit=MARKUP_10))
    assert markup.markup_on_cost == D("0.10")
    assert digits(markup.margin_on_price, 6) == "0.090909"


def test_cif_insures_110_percent_of_itself() -> None:
    cif = term_price(FOB_10, "CIF")
    assert price(FOB_10, "FOB") == 10
    assert price(FOB_10, "CFR") == D("11.50")
    assert digits(cif.price.amount, 6) == "11.538076"
    (insurance,) = [step for step in cif.steps if step.name.key == "quotations.step_insurance"]
    assert insurance.name.params == {"cover": "ICC C"}
    assert digits(insurance.amount, 6) == "0.038076"
    assert round(cif.price.amount * D("1.1") * D("0.003"), 20) == round(insurance.amount, 20)


def test_commission_is_a_share_of_the_final_price() -> None:
    with_commission = replace(FOB_10, commission=D("0.05"))
    assert digits(price(with_commission, "CIF"), 6) == "12.145343"
    both = replace(FOB_10, commission=D("0.03"), bank_share=D("0.02"))
    assert price(both, "CIF") == price(with_commission, "CIF")


def test_without_a_special_invoice_there_is_no_refund() -> None:
    bare = replace(TRADER, factory_price=replace(TRADER.factory_price, with_invoice=False))
    assert costed(bare).refund == Money.zero("CNY")
    assert costed(bare).net_cost == Money.of(113, "CNY")


def test_a_price_before_vat_is_paid_with_it() -> None:
    factory = replace(TRADER.factory_price, amount=D(100), includes_vat=False)
    assert price(replace(TRADER, factory_price=factory), "FOB") == price(TRADER, "FOB")


def test_a_manufacturers_refund_is_capped() -> None:
    capped = replace(TRADER, refund_cap=D(6))
    assert costed(capped).refund == Money.of(6, "CNY")


def test_every_offered_term_is_priced_when_its_figures_are_known() -> None:
    door = replace(
        TRADER,
        charges=(
            *TRADER.charges,
            Charge(amount=D("1.5"), currency="USD", line=ChargeLine.MAIN_CARRIAGE),
            Charge(amount=D("0.4"), currency="USD", line=ChargeLine.DESTINATION_CARRIAGE),
            Charge(amount=D("0.1"), currency="USD", line=ChargeLine.UNLOADING),
            Charge(amount=D("0.2"), currency="USD", line=ChargeLine.IMPORT_CLEARANCE),
        ),
        premium=D("0.003"),
        import_taxes=ImportTaxes(duty=D("0.05"), vat=D("0.19")),
    )
    costing = costed(door)
    assert tuple(costing.prices) == OFFERED
    assert costing.unknown == {}
    amounts = {term: each.price.amount for term, each in costing.prices.items()}
    assert amounts["EXW"] < amounts["FCA"] == amounts["FAS"] == amounts["FOB"]
    assert amounts["CPT"] == amounts["CFR"]
    assert round(amounts["CFR"] - amounts["FOB"], 20) == D("1.5")
    assert amounts["CIP"] == amounts["CIF"]
    assert round(amounts["DAP"] - amounts["CPT"], 20) == D("0.4")
    assert round(amounts["DPU"] - amounts["DAP"], 20) == D("0.1")
    duty = amounts["CIF"] * D("0.05")
    vat = (amounts["CIF"] + duty) * D("0.19")
    assert round(amounts["DDP"], 20) == round(amounts["DAP"] + D("0.2") + duty + vat, 20)
    american = replace(door, import_taxes=ImportTaxes(duty=D("0.05"), basis=CustomsBasis.FOB))
    expected = amounts["DAP"] + D("0.2") + amounts["FOB"] * D("0.05")
    assert round(price(american, "DDP"), 20) == round(expected, 20)


@pytest.mark.parametrize(
    ("term", "key"),
    [
        ("CFR", "quotations.lacks_freight"),
        ("CIF", "quotations.lacks_freight"),
        ("DAP", "quotations.lacks_freight"),
    ],
)
def test_a_price_names_the_figure_it_lacks(term: str, key: str) -> None:
    assert costed(TRADER).unknown[term].key == key
    with pytest.raises(AppError) as trouble:
        term_price(TRADER, term)
    assert trouble.value.message.key == key


def test_insurance_destination_and_duty_are_asked_for_in_turn() -> None:
    lacking = costed(replace(FOB_10, premium=None)).unknown
    assert lacking["CIF"].key == "quotations.lacks_premium"
    assert lacking["DAP"].key == "quotations.lacks_destination_charges"
    at_door = Charge(amount=D(0), currency="USD", line=ChargeLine.DESTINATION_CARRIAGE)
    lacking = costed(replace(FOB_10, charges=(*FOB_10.charges, at_door))).unknown
    assert lacking["DDP"].key == "quotations.lacks_import_duty"
    assert "DAP" not in lacking


def test_charges_are_spread_over_what_they_are_counted_on() -> None:
    shipment = Shipment(
        quantity=D(5000),
        cbm=D("12.54"),
        gross_weight_kg=D(2800),
        containers=(("20GP", 1), ("40HQ", 2)),
    )

    def borne(basis: Basis, amount: str, container: str = "") -> Decimal:
        charge = Charge(amount=D(amount), currency="CNY", basis=basis, container=container)
        return unit_charge(charge, shipment).amount

    assert borne(Basis.PER_UNIT, "0.1") == D("0.1")
    assert borne(Basis.FIXED, "500") == D("0.1")
    assert borne(Basis.PER_CBM, "100") == D("0.2508")
    assert borne(Basis.PER_TON, "50") == D("0.028")
    assert borne(Basis.PER_CONTAINER, "1000") == D("0.6")
    assert borne(Basis.PER_CONTAINER, "1000", "40HQ") == D("0.4")


@pytest.mark.parametrize(
    ("basis", "key"),
    [
        (Basis.FIXED, "quotations.charge_needs_quantity"),
        (Basis.PER_CBM, "quotations.charge_needs_volume"),
        (Basis.PER_TON, "quotations.charge_needs_weight"),
        (Basis.PER_CONTAINER, "quotations.charge_needs_containers"),
    ],
)
def test_a_charge_names_what_it_needs(basis: Basis, key: str) -> None:
    shipment = None if basis is Basis.FIXED else Shipment(quantity=D(1))
    with pytest.raises(AppError) as trouble:
        unit_charge(Charge(amount=D(1), currency="CNY", basis=basis), shipment)
    assert trouble.value.message.key == key


def test_the_term_decides_which_charges_the_seller_bears() -> None:
    borne = {line: [term for term in OFFERED if seller_bears(line, term)] for line in ChargeLine}
    every = list(OFFERED)
    assert borne[ChargeLine.EXPORT_PACKING] == borne[ChargeLine.BANK] == every
    assert borne[ChargeLine.DOMESTIC] == borne[ChargeLine.EXPORT_CLEARANCE] == every[1:]
    assert borne[ChargeLine.ORIGIN_THC] == every[2:]
    assert borne[ChargeLine.ON_BOARD] == every[3:]
    assert borne[ChargeLine.MAIN_CARRIAGE] == every[4:]
    assert borne[ChargeLine.DESTINATION_CARRIAGE] == ["DAP", "DPU", "DDP"]
    assert borne[ChargeLine.UNLOADING] == ["DPU"]
    assert borne[ChargeLine.IMPORT_CLEARANCE] == ["DDP"]


def test_freight_by_mode_enters_the_price() -> None:
    shipment = Shipment(quantity=D(5000), cbm=D("12.54"), gross_weight_kg=D(2800))
    lcl = FreightRate(mode=FreightMode.SEA_LCL, currency="USD", per_wm=D(50))
    sheet = replace(TRADER, freight=(lcl,), shipment=shipment)
    assert price(sheet, "CFR") - price(sheet, "FOB") == D("0.1254")
    in_yuan = replace(lcl, currency="CNY", per_wm=D(355))
    sheet = replace(TRADER, freight=(in_yuan,), shipment=shipment)
    assert round(price(sheet, "CFR") - price(sheet, "FOB"), 20) == D("0.1254")


def test_a_factory_price_in_another_currency_needs_its_rate() -> None:
    sheet = replace(TRADER, factory_price=FactoryPrice(amount=D(10), currency="EUR"))
    assert costed(sheet).unknown["FOB"].key == "quotations.rate_missing"
    rates = (*TRADER.rates, ExchangeRate("EUR", D("7.80")))
    assert digits(price(replace(sheet, rates=rates), "FOB"), 6) == digits(
        (D(78) + 5) / (D("0.9") * D("7.1")), 6
    )


def test_every_price_opens_into_named_steps_with_their_sources() -> None:
    steps = term_price(TRADER, "FOB").steps
    assert [step.name.key.removeprefix("quotations.step_") for step in steps] == [
        "factory_price",
        "refund",
        "net_cost",
        "domestic",
        "cost",
        "margin_on_price",
        "price_home",
        "exchanged",
        "price",
        "shown",
    ]
    by_name = {step.name.key.removeprefix("quotations.step_"): step for step in steps}
    assert by_name["refund"].formula == "113 / (1 + 0.13) × 0.13"
    assert by_name["factory_price"].source == "offer of 2026-03-01"
    assert by_name["exchanged"].source == "BOC 2026-03-02"
    assert by_name["shown"].amount == D("16.43")
    for language in ("en", "zh_CN"):
        assert all(catalogue(language).text(step.name) for step in steps)


@pytest.mark.parametrize(
    ("rule", "shown"),
    [
        (RoundingRule(), "16.43"),
        (RoundingRule(D("0.05")), "16.45"),
        (RoundingRule(D("0.01"), RoundingMode.UP), "16.44"),
        (RoundingRule(D("0.1"), RoundingMode.DOWN), "16.4"),
        (RoundingRule(D("0.001")), "16.432"),
    ],
)
def test_the_shown_price_follows_the_rounding_rule(rule: RoundingRule, shown: str) -> None:
    assert str(term_price(replace(TRADER, rounding=rule), "FOB").shown.amount) == shown


@pytest.mark.parametrize(
    ("basis", "rate"),
    [(ProfitBasis.MARGIN_ON_PRICE, "1"), (ProfitBasis.MARKUP_ON_COST, "-1")],
)
def test_impossible_profit_rates_are_refused(basis: ProfitBasis, rate: str) -> None:
    with pytest.raises(AppError) as trouble:
        Profit(basis, D(rate))
    assert trouble.value.message.key == "quotations.profit_out_of_range"


def test_shares_that_eat_the_whole_price_are_refused() -> None:
    greedy = replace(TRADER, commission=D("0.6"), bank_share=D("0.4"))
    assert costed(greedy).unknown["FOB"].key == "quotations.shares_out_of_range"
