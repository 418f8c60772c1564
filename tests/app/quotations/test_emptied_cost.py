"""A cost that was taken off stays off until one is asked for; one that leads elsewhere says so."""

from __future__ import annotations

from decimal import Decimal

import pytest

from app.desk import Desk
from app.inquiries.offers_service import OfferDraft, OfferLineDraft
from app.inquiries.service import InquiryDraft
from app.kernel.messages import Message
from app.kernel.ports import place_named
from app.quotations.internal_views import InternalLine
from app.quotations.service import QuotationDraft


@pytest.fixture
def quotation(desk: Desk) -> int:
    """Drafted from an inquiry of which an offer at 11.30 CNY, CIF Rotterdam, is chosen."""
    desk.rates.add("exchange_rate", {"currency": "USD", "rate": "7.10", "valid_on": "2020-01-01"})
    asked = {"wording": "vacuum flask", "quantity": "5000", "unit": "pcs"}
    inquiry = desk.inquiries.add(InquiryDraft(buyer="Nordlys", lines=[asked]))
    line = desk.inquiry_views.inquiry(inquiry).lines[0].id
    choose(desk, inquiry, line)
    return desk.quotations.draft(QuotationDraft(inquiry_id=inquiry))


def choose(
    desk: Desk,
    inquiry: int,
    line: int,
    *,
    supplier: str = "Haida",
    quantity: Decimal | None = None,
    incoterm: str = "CIF",
    place: str = "Rotterdam",
) -> None:
    """Chooses an offer at 11.30 CNY for a line."""
    offered = OfferLineDraft(tiers=((None, Decimal("11.3")),), inquiry_line_id=line, unit="pcs")
    offer = desk.offers.record(
        OfferDraft(
            supplier_id=desk.directory.add("supplier", {"name_en": supplier}),
            inquiry_id=inquiry,
            currency="CNY",
            incoterm=incoterm,
            place=place,
            lines=[offered],
        )
    )
    cells = desk.comparisons.compare(inquiry).lines[0].cells
    (chosen,) = (cell.offered for cell in cells if cell.offered.offer_id == offer)
    desk.offers.award(line, chosen.offer_line_id, quantity=quantity)


def internal(desk: Desk, quotation: int) -> InternalLine:
    (line,) = desk.quotation_views.quotation(quotation).internal.lines.values()
    return line


def test_an_emptied_cost_stays_empty_until_it_is_asked_for(desk: Desk, quotation: int) -> None:
    (line,) = desk.quotation_views.quotation(quotation).lines
    assert internal(desk, quotation).cost == Decimal("11.3")
    desk.quotations.edit_lines(quotation, {line.id: {"cost": None}})
    costing = desk.quotation_views.quotation(quotation).internal.costing
    desk.quotations.set_costing(quotation, costing)
    emptied = internal(desk, quotation)
    assert (emptied.cost, emptied.may_take_chosen) == (None, True)
    desk.quotations.take_costs(quotation, [line.id])
    taken = internal(desk, quotation)
    assert (taken.cost, taken.may_take_chosen) == (Decimal("11.3"), False)
    assert [part.supplier for part in taken.parts] == ["Haida"]
    desk.history.undo()
    assert internal(desk, quotation).cost is None
    desk.quotations.send(quotation)
    desk.quotations.revise(quotation)
    desk.quotations.set_costing(quotation, costing)
    assert internal(desk, quotation).cost is None, "in the next revision, too"
    desk.quotations.take_costs(quotation)
    assert internal(desk, quotation).cost == Decimal("11.3")


def test_a_typed_cost_ends_the_emptiness(desk: Desk, quotation: int) -> None:
    (line,) = desk.quotation_views.quotation(quotation).lines
    desk.quotations.edit_lines(quotation, {line.id: {"cost": None}})
    desk.quotations.edit_lines(quotation, {line.id: {"cost": "12"}})
    assert internal(desk, quotation).cost == Decimal(12)


def test_where_no_cost_was_nothing_is_taken_off_and_a_choice_made_later_counts(
    desk: Desk,
) -> None:
    asked = {"wording": "vacuum flask", "quantity": "5000", "unit": "pcs"}
    inquiry = desk.inquiries.add(InquiryDraft(buyer="Nordlys", lines=[asked]))
    quotation = desk.quotations.draft(QuotationDraft(inquiry_id=inquiry))
    (line,) = desk.quotation_views.quotation(quotation).lines
    desk.quotations.edit_lines(quotation, {line.id: {"cost": None}})
    asked_id = desk.inquiry_views.inquiry(inquiry).lines[0].id
    choose(desk, inquiry, asked_id)
    costing = desk.quotation_views.quotation(quotation).internal.costing
    desk.quotations.set_costing(quotation, costing)
    assert internal(desk, quotation).cost == Decimal("11.3")


def test_a_cost_shared_by_offers_to_one_place_leads_there(desk: Desk, quotation: int) -> None:
    shown = desk.quotation_views.quotation(quotation)
    inquiry = shown.inquiry_id or 0
    asked = desk.inquiry_views.inquiry(inquiry).lines[0].id
    cells = desk.comparisons.compare(inquiry).lines[0].cells
    desk.offers.take_back_award(asked, cells[0].offered.offer_line_id)
    for name in ("Haida", "Yongkang"):
        choose(desk, inquiry, asked, supplier=name, quantity=Decimal(2500), place="Hamburg")
    desk.quotations.take_costs(quotation, [shown.lines[0].id])
    desk.quotations.edit(quotation, {"incoterm": "CIF", "place": "Hamburg"})
    desk.quotations.edit_lines(quotation, {shown.lines[0].id: {"cost_currency": "USD"}})
    notes = internal(desk, quotation).notes
    assert "quotations.leads_elsewhere" not in {note.key for note in notes}


def test_a_cost_that_leads_elsewhere_asks_for_the_difference(desk: Desk, quotation: int) -> None:
    told = Message(
        "quotations.leads_elsewhere",
        term=place_named("Rotterdam", term="CIF"),
        place=place_named("Hamburg"),
    )
    assert told not in internal(desk, quotation).notes, "under FOB freight leads nowhere yet"
    desk.quotations.edit(quotation, {"incoterm": "CIF", "place": "Hamburg"})
    assert told in internal(desk, quotation).notes
    desk.quotations.edit(quotation, {"place": "鹿特丹"})
    assert told not in internal(desk, quotation).notes
    desk.quotations.edit(quotation, {"incoterm": "FOB", "place": "Ningbo"})
    desk.quotations.edit(quotation, {"port_of_destination": "Hamburg"})
    assert told in internal(desk, quotation).notes
    (line,) = desk.quotation_views.quotation(quotation).lines
    desk.quotations.edit_lines(quotation, {line.id: {"cost_incoterm": "FOB"}})
    assert {note.key for note in internal(desk, quotation).notes}.isdisjoint(
        ["quotations.leads_elsewhere", "quotations.loads_elsewhere"]
    )


def test_a_cost_loaded_at_another_port_asks_for_the_difference(desk: Desk) -> None:
    asked = {"wording": "vacuum flask", "quantity": "5000", "unit": "pcs"}
    inquiry = desk.inquiries.add(InquiryDraft(buyer="Nordlys", lines=[asked]))
    line = desk.inquiry_views.inquiry(inquiry).lines[0].id
    choose(desk, inquiry, line, incoterm="FOB", place="Shenzhen")
    terms = {"incoterm": "FOB", "place": "Ningbo", "currency": "CNY"}
    quotation = desk.quotations.draft(QuotationDraft(inquiry_id=inquiry, values=terms))
    told = Message(
        "quotations.loads_elsewhere",
        term=place_named("Shenzhen", term="FOB"),
        place=place_named("Ningbo"),
    )
    assert told in internal(desk, quotation).notes
    desk.quotations.edit(quotation, {"place": "Yantian"})
    assert told.key not in {note.key for note in internal(desk, quotation).notes}
