"""A price beyond the port of loading is compared with those that lead to the same place."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from compared import FLASK, LID, alike, at, charge, offered, run

from app.desk import Desk
from app.inquiries.service import InquiryDraft
from app.quotations.charges import ChargeLine
from app.quotations.service import QuotationDraft
from app.sourcing.comparison import OfferedLine


def test_a_price_to_another_place_is_another_term() -> None:
    def cif(supplier: int, place: str | None) -> OfferedLine:
        return offered(supplier, incoterm="CIF", place=place)

    freight = at(incoterm="CIF", place="Hamburg", charges=(charge(ChargeLine.MAIN_CARRIAGE, "1"),))
    found = run(cif(1, "汉堡"), cif(2, "Rotterdam"), cif(3, None), basis=freight)
    assert alike(found) == {1: Decimal(10), 3: Decimal(10), 2: None}
    (note,) = found.lines[0].cells[-1].notes
    assert note.key == "comparison.place_differs"
    assert note.params == {"term": "CIF Rotterdam", "place": "Hamburg"}
    at_fob = replace(freight, incoterm="FOB")
    assert alike(run(cif(2, "Rotterdam"), basis=at_fob)) == {2: None}, "our freight leads elsewhere"
    inland = offered(4, incoterm="DAP", place="Munich")
    assert alike(run(inland, basis=replace(freight, incoterm="DAP", place="Munich"))) == {4: 10}


def test_what_cannot_be_compared_leaves_no_total_of_what_is_chosen() -> None:
    offers = (
        offered(1, incoterm="CIF", place="Hamburg"),
        offered(2, "3", line_id=2, incoterm="CIF", place="Rotterdam"),
        offered(3, "2", line_id=2, incoterm="CIF", place="Hamburg"),
    )
    at_hamburg, asked = at(incoterm="CIF", place="Hamburg"), [FLASK, LID]

    def total(lid: int) -> Decimal | None:
        awards = {1: {10: None}, 2: {lid: None}}
        return run(*offers, asked=asked, basis=at_hamburg, awards=awards).award_total

    assert total(30) == 52_000
    assert total(20) is None


def test_where_nobody_said_the_place_most_prices_lead_to_counts() -> None:
    places = ("Hamburg, Germany", "Rotterdam", "DEHAM")
    offers = [offered(n, incoterm="CFR", place=place) for n, place in enumerate(places, 1)]
    freight = at(incoterm="CFR", charges=(charge(ChargeLine.MAIN_CARRIAGE, "1"),))
    assert alike(run(*offers, basis=freight)) == {1: 10, 3: 10, 2: None}


def test_the_place_compared_at_is_that_of_the_quotation_or_the_inquiry(desk: Desk) -> None:
    values = {"destination": "汉堡"}
    inquiry = desk.inquiries.add(
        InquiryDraft(buyer="A", values=values, lines=[{"wording": "cup", "quantity": "10"}])
    )
    assert desk.comparisons.usual_basis(inquiry).place == "汉堡"
    head = {"incoterm": "CIF", "place": "Rotterdam"}
    desk.quotations.draft(QuotationDraft(inquiry_id=inquiry, values=head))
    assert desk.comparisons.usual_basis(inquiry).place == "Rotterdam"
    kept = replace(desk.comparisons.usual_basis(inquiry), place="Antwerp")
    desk.bases.keep(inquiry, kept)
    assert desk.comparisons.usual_basis(inquiry).place == "Antwerp"
