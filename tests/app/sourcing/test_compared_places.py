"""Prices are compared with those that are loaded in the same harbour and lead to the same place."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from compared import FLASK, LID, alike, at, charge, offered, run

from app.desk import Desk
from app.inquiries.service import InquiryDraft
from app.kernel.language import catalogue
from app.kernel.ports import place_named
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
    assert note.params == {
        "term": place_named("Rotterdam", term="CIF"),
        "place": place_named("Hamburg"),
    }
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


def test_a_price_at_another_port_of_loading_is_another_term() -> None:
    def fob(supplier: int, place: str | None) -> OfferedLine:
        return offered(supplier, incoterm="FOB", place=place)

    offers = (fob(1, "宁波"), fob(2, "Yantian"), fob(3, None), fob(4, "any Chinese port"))
    found = run(*offers, basis=at(loading="Ningbo, China"))
    assert alike(found) == {1: 10, 2: None, 3: 10, 4: 10}
    (note,) = found.lines[0].cells[-1].notes
    assert note.key == "comparison.port_differs"
    for language, words in (
        ("en", ("FOB Yantian", "Ningbo, China")),
        ("zh_CN", ("FOB 盐田", "宁波")),
    ):
        assert all(word in catalogue(language).text(note) for word in words)
    assert alike(run(*offers, basis=at(loading="深圳"))) == {1: None, 2: 10, 3: 10, 4: 10}
    assert alike(run(*offers, fob(5, "CNNGB"), basis=at()))[2] is None, "most load at Ningbo"
    freight = at(incoterm="CIF", charges=(charge(ChargeLine.MAIN_CARRIAGE, "1"),))
    at_ningbo = replace(freight, loading="Ningbo", costing=replace(freight.costing, premium=None))
    assert alike(run(fob(2, "Yantian"), basis=at_ningbo)) == {2: None}, "freight leaves elsewhere"


def test_the_port_of_loading_compared_at_is_that_of_the_quotation_or_the_inquiry(
    desk: Desk,
) -> None:
    values = {"incoterm": "FOB", "place": "Ningbo"}
    lines = [{"wording": "cup", "quantity": "10"}]
    inquiry = desk.inquiries.add(InquiryDraft(buyer="A", values=values, lines=lines))
    assert desk.comparisons.usual_basis(inquiry).loading == "Ningbo"
    head = {"incoterm": "CIF", "place": "Rotterdam", "port_of_loading": "Shanghai"}
    desk.quotations.draft(QuotationDraft(inquiry_id=inquiry, values=head))
    assert desk.comparisons.usual_basis(inquiry).loading == "Shanghai"
