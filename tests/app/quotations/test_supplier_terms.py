"""What of the way a supplier's price holds is not added to its cost again.

By hand, with the worked case of the trade: 113 CNY with invoice, VAT and rebate 13 % → net 100.00;
5.00 domestic, 7.10 CNY a dollar, markup 10 %: ex works 16.2676, and 15.4930 where FOB was offered.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from app.desk import Desk
from app.inquiries.offers_service import OfferDraft, OfferLineDraft
from app.inquiries.service import InquiryDraft
from app.kernel.errors import AppError
from app.quotations.charges import Basis, Charge, ChargeLine
from app.quotations.cost_sheet import (
    CostSheet,
    ExchangeRate,
    FactoryPrice,
    PricePart,
    Profit,
    ProfitBasis,
)
from app.quotations.costing import cost_in_home, term_price
from app.quotations.packing import CartonPacking
from app.quotations.revision_costing import CostingTerms, Load, line_sheet
from app.quotations.revisions import LineTerms
from app.quotations.service import QuotationDraft
from app.quotations.targets import factory_price_for, profit_at
from app.quotations.term_notes import term_notes

D = Decimal
INLAND = Charge(amount=D(5), currency="CNY", line=ChargeLine.DOMESTIC)
FREIGHT = Charge(amount=D("1.5"), currency="USD", line=ChargeLine.MAIN_CARRIAGE)
MARKUP = Profit(ProfitBasis.MARKUP_ON_COST, D("0.10"))


def asked(term: str, amount: str = "113", *charges: Charge, **figures: object) -> CostSheet:
    factory = FactoryPrice(amount=D(amount), vat=D("0.13"), rebate=D("0.13"), asked_under=term)
    sheet = CostSheet(
        factory_price=factory,
        rates=(ExchangeRate("USD", D("7.10")),),
        profit=MARKUP,
        charges=charges or (INLAND,),
        premium=D("0.003"),
    )
    return replace(sheet, **figures)  # type: ignore[arg-type]


def price(sheet: CostSheet, term: str) -> Decimal:
    return round(term_price(sheet, term).price.amount, 4)


def steps(sheet: CostSheet, term: str) -> dict[str, Decimal]:
    found = term_price(sheet, term).steps
    return {step.name.key.removeprefix("quotations.step_"): step.amount for step in found}


@pytest.mark.parametrize(
    ("offered", "expected"), [("", "16.2676"), ("EXW", "16.2676"), ("FOB", "15.4930")]
)
def test_charges_up_to_the_ship_are_added_unless_the_price_holds_them(
    offered: str, expected: str
) -> None:
    assert price(asked(offered), "FOB") == D(expected)


def test_the_refund_counts_on_the_whole_invoice_whatever_the_price_holds() -> None:
    assert steps(asked("FOB"), "FOB")["refund"] == steps(asked("EXW"), "FOB")["refund"] == 13


def test_freight_and_insurance_are_added_to_a_price_up_to_the_ship() -> None:
    """(15.49296 + 1.50) / (1 − 1.10 × 0.003) = 17.0492."""
    sheet = asked("FOB", "113", INLAND, FREIGHT)
    assert price(sheet, "CIF") == D("17.0492")
    assert steps(sheet, "CIF")["held"] == 0, "the inland charge is told and adds nothing"


def test_under_ex_works_the_way_in_a_price_is_taken_off() -> None:
    found = steps(asked("FOB"), "EXW")
    assert (found["taken_off"], found["cost"]) == (-5, 95)


def test_freight_and_insurance_in_a_price_are_taken_off_for_fob() -> None:
    """FOB 10 + freight 1.50, premium 0.3 % → CIF 11.538076 (the worked case), in yuan here."""
    freight = replace(FREIGHT, currency="CNY")
    sheet = asked("CIF", "11.538076", INLAND, freight)
    bare = replace(sheet, factory_price=replace(sheet.factory_price, rebate=D(0)))
    assert round(cost_in_home(bare, "FOB"), 5) == 10
    net = factory_price_for(bare, term="FOB", price=term_price(bare, "FOB").price.amount)
    assert round(net.amount, 12) == D("11.538076"), "and the way back puts them on again"


def test_freight_that_must_be_taken_off_and_is_not_known_is_named() -> None:
    with pytest.raises(AppError) as lack:
        term_price(asked("CIF"), "FOB")
    assert lack.value.message.key == "quotations.lacks_freight"


def test_a_cif_price_quoted_cif_needs_no_freight_of_ours() -> None:
    sheet = asked("CIF")
    assert price(sheet, "CIF") == D("15.4930")
    margin = profit_at(sheet, term="CIF", price=term_price(sheet, "CIF").price.amount)
    assert round(margin.markup_on_cost, 10) == D("0.1")


def test_of_two_suppliers_only_the_part_ex_works_bears_the_way() -> None:
    parts = (
        PricePart(
            share=D("0.6"), amount=D(113), currency="CNY", with_invoice=True, asked_under="FOB"
        ),
        PricePart(
            share=D("0.4"), amount=D(113), currency="CNY", with_invoice=True, asked_under="EXW"
        ),
    )
    sheet = asked("")
    sheet = replace(sheet, factory_price=replace(sheet.factory_price, parts=parts))
    assert cost_in_home(sheet, "FOB") == 102
    notes = term_notes(sheet, "FOB")
    assert [note.key for note in notes] == ["quotations.term_holds"]
    assert notes[0].params["offered"] == "FOB (60%), EXW (40%)"


def loaded(*terms: str, volumes: tuple[str, ...] = ("0.05", "0.05")) -> list[tuple[LineTerms, str]]:
    return [
        (
            LineTerms(
                line_uid=str(number),
                position=number,
                quantity=D(1000),
                packing=CartonPacking(pcs_per_carton=D(10), stated_cbm=D(volume)),
            ),
            term,
        )
        for number, (term, volume) in enumerate(zip(terms, volumes, strict=True), 1)
    ]


def shared_out(lines: list[tuple[LineTerms, str]], charge: Charge, term: str) -> list[Decimal]:
    """What each line bears of the charge, all its quantity together."""
    load = Load.of(
        [line for line, _ in lines], {line.line_uid: ((D(1), each),) for line, each in lines}
    )
    costing = CostingTerms(charges=(charge,), rebate=D(0))
    return [
        cost_in_home(
            line_sheet(
                line,
                FactoryPrice(amount=D(0), asked_under=each),
                costing=costing,
                load=load,
                term=term,
                currency="CNY",
            ),
            term,
        )
        * (line.quantity or 0)
        for line, each in lines
    ]


LUMP = replace(INLAND, amount=D(500), basis=Basis.FIXED)


def test_a_charge_on_the_load_is_shared_by_the_lines_that_need_it() -> None:
    assert shared_out(loaded("EXW", "FOB"), LUMP, "FOB") == [500, 0]
    assert shared_out(loaded("EXW", ""), LUMP, "FOB") == [250, 250]
    assert shared_out(loaded("EXW", "EXW", volumes=("0.03", "0.07")), LUMP, "FOB") == [150, 350]
    assert shared_out(loaded("FOB", "FOB"), LUMP, "FOB") == [0, 0]
    assert shared_out(loaded("EXW", "FOB"), LUMP, "EXW") == [0, -500]


@pytest.fixture
def offered(desk: Desk) -> tuple[Desk, int]:
    """An inquiry for flasks, offered FOB Ningbo, and lids, offered ex works, both chosen."""
    desk.rates.add("exchange_rate", {"currency": "USD", "rate": "7.10", "valid_on": "2020-01-01"})
    lines = [{"wording": each, "quantity": "1000", "unit": "pcs"} for each in ("flask", "lid")]
    inquiry = desk.inquiries.add(
        InquiryDraft(buyer="Nordlys", values={"incoterm": "FOB", "place": "Ningbo"}, lines=lines)
    )
    for line, (name, term) in zip(
        desk.inquiry_views.inquiry(inquiry).lines,
        (("Haida", "FOB"), ("Lida", "EXW")),
        strict=True,
    ):
        desk.offers.record(
            OfferDraft(
                supplier_id=desk.directory.add("supplier", {"name_en": name}),
                inquiry_id=inquiry,
                currency="CNY",
                includes_vat=True,
                offered_on=date(2026, 3, 1),
                incoterm=term,
                lines=[
                    OfferLineDraft(tiers=((None, D(113)),), inquiry_line_id=line.id, unit="pcs")
                ],
            )
        )
    for compared in desk.comparisons.compare(inquiry).lines:
        desk.offers.award(compared.line.line_id, compared.cells[0].offered.offer_line_id)
    return desk, inquiry


def test_a_quotation_counts_the_way_once_and_says_so(offered: tuple[Desk, int]) -> None:
    desk, inquiry = offered
    quotation = desk.quotations.draft(QuotationDraft(inquiry_id=inquiry))
    costing = desk.quotation_views.quotation(quotation).internal.costing
    desk.quotations.set_costing(quotation, replace(costing, charges=(LUMP,)))
    detail = desk.quotation_views.quotation(quotation)
    flask, lid = detail.internal.lines.values()
    assert (flask.cost_incoterm, flask.unit_cost) == ("FOB", 100)
    assert (lid.cost_incoterm, lid.unit_cost) == ("EXW", D("100.5")), "all of the 500 is the lids'"
    assert [note.key for note in flask.notes] == ["quotations.term_holds"]
    assert lid.notes == ()
    compared = desk.comparisons.compare(inquiry).lines
    assert [line.cells[0].alike for line in compared] == [100, D("100.25")], (
        "there for all the load"
    )


def test_a_cost_term_is_typed_and_kept_in_the_next_revision(offered: tuple[Desk, int]) -> None:
    desk, inquiry = offered
    quotation = desk.quotations.draft(QuotationDraft(inquiry_id=inquiry))
    costing = desk.quotation_views.quotation(quotation).internal.costing
    desk.quotations.set_costing(quotation, replace(costing, charges=(INLAND,)))
    lid = desk.quotation_views.quotation(quotation).lines[1]
    desk.quotations.edit_lines(quotation, {lid.id: {"cost_incoterm": "FOB"}})
    desk.quotations.send(quotation)
    desk.quotations.revise(quotation)
    after = desk.quotation_views.quotation(quotation)
    assert [line.unit_cost for line in after.internal.lines.values()] == [100, 100]
    desk.quotations.edit(quotation, {"incoterm": "EXW"})
    after = desk.quotation_views.quotation(quotation)
    assert [line.unit_cost for line in after.internal.lines.values()] == [95, 95]
    keys = [[note.key for note in line.notes] for line in after.internal.lines.values()]
    assert keys == [["quotations.term_reaches_further"]] * 2


def test_the_price_list_of_a_product_says_its_term_too(desk: Desk) -> None:
    product = desk.directory.add("product", {"name_en": "Flask"})
    desk.directory.add(
        "price",
        {"product_id": product, "amount": "10", "includes_vat": True, "incoterm": "FOB"},
    )
    lines = [{"product_id": product, "quantity": "1000"}]
    quotation = desk.quotations.draft(QuotationDraft(buyer="A", lines=lines))
    (inner,) = desk.quotation_views.quotation(quotation).internal.lines.values()
    assert inner.cost_incoterm == "FOB"


def test_charges_beyond_the_price_they_are_taken_off_leave_no_price_below_zero(desk: Desk) -> None:
    product = desk.directory.add("product", {"name_en": "Flask"})
    desk.directory.add("price", {"product_id": product, "amount": "10", "incoterm": "FOB"})
    quotation = desk.quotations.draft(
        QuotationDraft(
            buyer="A",
            values={"incoterm": "EXW", "currency": "CNY"},
            lines=[{"product_id": product, "quantity": "10"}],
        )
    )
    before = desk.quotation_views.quotation(quotation)
    desk.quotations.set_costing(quotation, replace(before.internal.costing, charges=(LUMP,)))
    after = desk.quotation_views.quotation(quotation)
    assert after.lines[0].values["price"] == before.lines[0].values["price"]
    (inner,) = after.internal.lines.values()
    assert inner.lacks is not None
    assert inner.lacks.key == "quotations.taken_off_too_much"
