"""Several suppliers share a line: one cost to price from, each part named and found again.

By hand: 3,000 of 5,000 at 11.30 CNY with invoice, 2,000 at 1.50 USD without, 7.10 CNY a dollar:
0.6 × 11.30 + 0.4 × 10.65 = 11.04; the refund is 6.78 / 1.13 × 0.13 = 0.78.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from app.desk import Desk
from app.inquiries.offers_service import OfferDraft, OfferLineDraft
from app.inquiries.service import InquiryDraft
from app.kernel.messages import Message
from app.quotations.cost_sheet import CostSheet, ExchangeRate, FactoryPrice, PricePart
from app.quotations.costing import costed
from app.quotations.internal_views import InternalLine
from app.quotations.service import QuotationDraft
from app.quotations.shared_cost import blended
from app.quotations.targets import WhatIf, changed, factory_price_for

D = Decimal
PARTS = (
    PricePart(share=D("0.6"), amount=D("11.3"), currency="CNY", with_invoice=True),
    PricePart(share=D("0.4"), amount=D("1.5"), currency="USD", with_invoice=False),
)


def shared(parts: tuple[PricePart, ...] = PARTS, *, rate: str = "7.10") -> CostSheet:
    stated = FactoryPrice(amount=D(0), vat=D("0.13"), rebate=D("0.13"), parts=parts)
    factory = blended(stated, lambda _currency: D(rate), home="CNY")
    return CostSheet(factory_price=factory, rates=(ExchangeRate("USD", D(rate)),))


def test_parts_in_two_currencies_come_to_one_cost_and_the_refund_is_the_invoiced_part_s() -> None:
    sheet = shared()
    assert (sheet.factory_price.amount, sheet.factory_price.currency) == (D("11.04"), "CNY")
    found = costed(sheet)
    assert round(found.refund.amount, 10) == D("0.78")
    assert round(found.net_cost.amount, 10) == D("10.26")
    assert found.prices["FOB"].steps[0].formula == "0.6 × 11.3 + 0.4 × 1.5 × 7.1"


def test_parts_in_one_currency_stay_in_it() -> None:
    dollars = tuple(replace(part, currency="USD") for part in PARTS)
    factory = shared(dollars).factory_price
    assert (factory.amount, factory.currency) == (D("7.38"), "USD")


def test_another_rate_moves_only_the_part_it_is_for() -> None:
    after = changed(shared(), WhatIf(rates=(ExchangeRate("USD", D(7)),)))
    assert after.factory_price.amount == D("10.98")
    dearer = changed(shared(), WhatIf(factory_factor=D("1.1")))
    assert dearer.factory_price.amount == D("12.144")
    assert [part.amount for part in dearer.factory_price.parts] == [D("12.43"), D("1.65")]


def test_the_way_back_from_a_price_minds_the_invoiced_share() -> None:
    sheet = shared()
    price = costed(sheet).prices["FOB"].price.amount
    back = factory_price_for(replace(sheet, quote_currency="USD"), term="FOB", price=price)
    assert round(back.amount, 20) == D("11.04")


@pytest.fixture
def split(desk: Desk) -> tuple[Desk, int, list[int]]:
    """An inquiry for 5,000, of which Haida is chosen for 3,000 and Lida for 2,000; the offer lines."""
    desk.rates.add("exchange_rate", {"currency": "USD", "rate": "7.10", "valid_on": "2020-01-01"})
    asked = {"wording": "vacuum flask", "quantity": "5000", "unit": "pcs"}
    inquiry = desk.inquiries.add(InquiryDraft(buyer="Nordlys", lines=[asked]))
    line = desk.inquiry_views.inquiry(inquiry).lines[0].id
    offers = (
        ("Haida", "CNY", True, ((D(1000), D("11.9")), (D(3000), D("11.3")), (D(5000), D("10.9")))),
        ("Lida", "USD", False, ((None, D("1.5")),)),
    )
    for name, currency, includes_vat, tiers in offers:
        desk.offers.record(
            OfferDraft(
                supplier_id=desk.directory.add("supplier", {"name_en": name}),
                inquiry_id=inquiry,
                currency=currency,
                includes_vat=includes_vat,
                offered_on=date(2026, 3, 1),
                incoterm="FOB" if name == "Haida" else None,
                place="CNNGB" if name == "Haida" else None,
                lines=[OfferLineDraft(tiers=tiers, inquiry_line_id=line, unit="pcs")],
            )
        )
    cells = desk.comparisons.compare(inquiry).lines[0].cells
    lines = {cell.offered.supplier: cell.offered.offer_line_id for cell in cells}
    desk.offers.award(line, lines["Haida"], quantity=D(3000))
    desk.offers.award(line, lines["Lida"], quantity=D(2000))
    return desk, inquiry, [lines["Haida"], lines["Lida"]]


def internal(desk: Desk, quotation: int) -> InternalLine:
    (line,) = desk.quotation_views.quotation(quotation).internal.lines.values()
    return line


def test_a_line_shared_by_two_suppliers_is_quoted_at_what_both_cost(
    split: tuple[Desk, int, list[int]],
) -> None:
    desk, inquiry, offer_lines = split
    quotation = desk.quotations.draft(QuotationDraft(inquiry_id=inquiry))
    found = internal(desk, quotation)
    assert (found.cost, found.cost_currency, found.supplier) == (
        D("11.04"),
        "CNY",
        "Haida + Lida",
    )
    assert [(part.supplier, part.share, part.amount) for part in found.parts] == [
        ("Haida", D("0.6"), D("11.3")),
        ("Lida", D("0.4"), D("1.5")),
    ]
    assert found.cost_source == "Haida · FOB Ningbo · 2026-03-01 × 3000 + Lida · 2026-03-01 × 2000"
    assert [part.offer_line_id for part in found.parts] == offer_lines
    assert {part.inquiry_id for part in found.parts} == {inquiry}
    number = desk.quotation_views.quotation(quotation).number
    cells = desk.comparisons.compare(inquiry).lines[0].cells
    assert [cell.offered.quoted_in for cell in cells] == [(number,), (number,)]


def test_what_both_cost_follows_the_rate_and_goes_into_the_next_revision(
    split: tuple[Desk, int, list[int]],
) -> None:
    desk, inquiry, _ = split
    quotation = desk.quotations.draft(QuotationDraft(inquiry_id=inquiry))
    price = desk.quotation_views.quotation(quotation).lines[0].unit_price
    costing = desk.quotation_views.quotation(quotation).internal.costing
    desk.quotations.set_costing(quotation, costing.with_rate(ExchangeRate("USD", D(7))))
    assert internal(desk, quotation).cost == D("10.98")
    desk.quotations.send(quotation)
    desk.quotations.revise(quotation)
    assert internal(desk, quotation).cost == D("10.98")
    assert len(internal(desk, quotation).parts) == 2
    desk.what_if.apply(WhatIf(factory_factor=D(2)), [quotation])
    assert [part.amount for part in internal(desk, quotation).parts] == [D("22.6"), D(3)]
    desk.quotations.reprice(quotation)
    assert internal(desk, quotation).cost == D("21.96")
    for _step in range(5):
        desk.history.undo()
    assert internal(desk, quotation).cost == D("11.04")
    assert desk.quotation_views.quotation(quotation).lines[0].unit_price == price


def test_a_typed_cost_is_nobody_s_offer_any_more(split: tuple[Desk, int, list[int]]) -> None:
    desk, inquiry, _ = split
    quotation = desk.quotations.draft(QuotationDraft(inquiry_id=inquiry))
    (line,) = desk.quotation_views.quotation(quotation).lines
    desk.quotations.edit_lines(quotation, {line.id: {"cost_has_invoice": True}})
    assert [part.has_invoice for part in internal(desk, quotation).parts] == [True, True]
    desk.quotations.edit_lines(quotation, {line.id: {"cost": "10"}})
    found = internal(desk, quotation)
    assert (found.cost, found.parts, found.cost_source) == (D(10), (), "")
    desk.history.undo()
    assert len(internal(desk, quotation).parts) == 2


def test_without_a_rate_the_line_says_what_it_lacks(desk: Desk) -> None:
    asked = {"wording": "vacuum flask", "quantity": "5000", "unit": "pcs"}
    inquiry = desk.inquiries.add(InquiryDraft(buyer="Nordlys", lines=[asked]))
    line = desk.inquiry_views.inquiry(inquiry).lines[0].id
    for currency in ("CNY", "THB"):
        supplier = desk.directory.add("supplier", {"name_en": currency})
        draft = OfferLineDraft(tiers=((None, D(10)),), inquiry_line_id=line)
        desk.offers.record(
            OfferDraft(supplier_id=supplier, inquiry_id=inquiry, currency=currency, lines=[draft])
        )
    for cell in desk.comparisons.compare(inquiry).lines[0].cells:
        desk.offers.award(line, cell.offered.offer_line_id, quantity=D(2500))
    quotation = desk.quotations.draft(QuotationDraft(inquiry_id=inquiry))
    found = internal(desk, quotation)
    lacks = Message("quotations.rate_missing", currency="THB", home="CNY")
    assert (found.cost, found.lacks) == (None, lacks)
    desk.rates.add("exchange_rate", {"currency": "THB", "rate": "0.2", "valid_on": "2020-01-01"})
    desk.quotations.reprice(quotation)
    assert (internal(desk, quotation).cost, internal(desk, quotation).lacks) == (6, None)


def chosen(desk: Desk, *offers: tuple[str, str | None], product: int | None = None) -> int:
    """An inquiry for 4,800 pieces; each of ``offers``, a supplier and its unit, is chosen for a half."""
    asked = {"wording": "flask", "quantity": "4800", "unit": "pcs", "product_id": product}
    inquiry = desk.inquiries.add(InquiryDraft(buyer="Nordlys", lines=[asked]))
    line = desk.inquiry_views.inquiry(inquiry).lines[0].id
    for name, unit in offers:
        supplier = desk.directory.add("supplier", {"name_en": name})
        draft = OfferLineDraft(tiers=((None, D(240)),), inquiry_line_id=line, unit=unit)
        desk.offers.record(
            OfferDraft(supplier_id=supplier, inquiry_id=inquiry, currency="CNY", lines=[draft])
        )
    for cell in desk.comparisons.compare(inquiry).lines[0].cells:
        desk.offers.award(line, cell.offered.offer_line_id, quantity=D(4800) / len(offers))
    return inquiry


def test_an_offer_whose_unit_cannot_be_told_leaves_no_cost_of_the_others_alone(desk: Desk) -> None:
    product = desk.directory.add("product", {"name_en": "Flask"})
    desk.directory.add("price", {"product_id": product, "amount": "7"})
    inquiry = chosen(desk, ("Haida", "pcs"), ("Lida", "carton"), product=product)
    quotation = desk.quotations.draft(QuotationDraft(inquiry_id=inquiry))
    found = internal(desk, quotation)
    assert (found.cost, found.parts, found.cost_source) == (None, (), "")
    assert found.lacks == Message(
        "quotations.lacks_pieces_per_carton", supplier="Lida", unit="carton", asked="pcs"
    )
    desk.directory.edit("product", [product], {"pieces_per_carton": "24"})
    costing = desk.quotation_views.quotation(quotation).internal.costing
    desk.quotations.set_costing(quotation, costing)
    found = internal(desk, quotation)
    assert [part.amount for part in found.parts] == [240, 10]
    assert (found.cost, found.lacks) == (125, None)


def test_an_offer_by_weight_names_both_units(desk: Desk) -> None:
    inquiry = chosen(desk, ("Lida", "kg"))
    quotation = desk.quotations.draft(QuotationDraft(inquiry_id=inquiry))
    told = {"supplier": "Lida", "unit": "kg", "asked": "pcs"}
    lacks = Message("quotations.lacks_unit_of_offer", **told)
    assert internal(desk, quotation).lacks == lacks


def test_an_offer_by_the_carton_is_compared_and_costed_by_the_piece(desk: Desk) -> None:
    product = desk.directory.add("product", {"name_en": "Flask", "pieces_per_carton": "24"})
    inquiry = chosen(desk, ("Lida", "ctn"), product=product)
    (cell,) = desk.comparisons.compare(inquiry).lines[0].cells
    assert cell.alike is not None
    assert (cell.price, round(cell.alike, 20)) == (240, 10)
    quotation = desk.quotations.draft(QuotationDraft(inquiry_id=inquiry))
    assert internal(desk, quotation).cost == 10


def test_an_offer_by_the_dozen_is_costed_by_the_piece(desk: Desk) -> None:
    asked = {"wording": "vacuum flask", "quantity": "600", "unit": "pcs"}
    inquiry = desk.inquiries.add(InquiryDraft(buyer="Nordlys", lines=[asked]))
    line = desk.inquiry_views.inquiry(inquiry).lines[0].id
    tiers = ((D(10), D(144)), (D(100), D(120)))
    draft = OfferLineDraft(tiers=tiers, inquiry_line_id=line, unit="doz")
    offer = OfferDraft(
        supplier_id=desk.directory.add("supplier", {"name_en": "Haida"}),
        inquiry_id=inquiry,
        currency="CNY",
        lines=[draft],
    )
    desk.offers.record(offer)
    (cell,) = desk.comparisons.compare(inquiry).lines[0].cells
    desk.offers.award(line, cell.offered.offer_line_id)
    quotation = desk.quotations.draft(QuotationDraft(inquiry_id=inquiry))
    assert internal(desk, quotation).cost == D(12), "50 dozen are at 144 the dozen"


def test_what_if_reaches_the_one_offer_that_a_cost_is_from(desk: Desk) -> None:
    inquiry = chosen(desk, ("Haida", "pcs"))
    quotation = desk.quotations.draft(QuotationDraft(inquiry_id=inquiry))
    desk.what_if.apply(WhatIf(factory_factor=D("1.1")), [quotation])
    found = internal(desk, quotation)
    assert (found.cost, [part.amount for part in found.parts]) == (264, [264])
    costing = desk.quotation_views.quotation(quotation).internal.costing
    desk.quotations.set_costing(quotation, costing)
    assert internal(desk, quotation).cost == 264, "and stays when all is worked out anew"
    desk.history.undo()
    desk.history.undo()
    assert [part.amount for part in internal(desk, quotation).parts] == [240]


def test_a_cost_without_its_currency_is_no_cost_yet(desk: Desk) -> None:
    lines = [{"name_en": "Flask", "cost": "10", "quantity": "100"}]
    quotation = desk.quotations.draft(QuotationDraft(buyer="A", lines=lines))
    assert internal(desk, quotation).lacks == Message("quotations.lacks_cost")
