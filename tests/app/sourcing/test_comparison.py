"""Owns the tests of asking suppliers, recording what they offer, and comparing it like for like.

Must not test the reading of offers from words.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from compared import FLASK, LID, TODAY, alike, at, charge, dollars, offered, run, tiers

from app.desk import Desk
from app.inquiries.offered_tiers import OfferedTier, offered_price
from app.inquiries.offers_service import OfferDraft, OfferLineDraft
from app.inquiries.requests_service import RequestDraft
from app.inquiries.service import InquiryDraft
from app.kernel.errors import AppError
from app.quotations.charges import Basis as ChargeBasis
from app.quotations.charges import Charge, ChargeLine
from app.quotations.service import QuotationDraft
from app.sourcing.comparison import (
    Basis,
    compare,
)


def test_prices_are_told_in_one_currency() -> None:
    found = run(
        offered(1, "14.20"),
        offered(2, "1.90", currency="USD"),
        basis=at(rates=dollars("7.10")),
    )
    assert alike(found) == {2: Decimal("13.49"), 1: Decimal("14.20")}
    assert found.lines[0].cheapest is found.lines[0].cells[0]


def test_a_currency_without_a_rate_is_marked_and_not_ranked() -> None:
    (cell,) = run(offered(1, currency="EUR")).lines[0].cells
    assert cell.alike is None
    assert [note.key for note in cell.notes] == ["quotations.rate_missing"]


def test_refundable_tax_is_taken_off_where_there_is_an_invoice() -> None:
    basis = at(rebate=Decimal("0.13"))
    found = run(offered(1, "113"), offered(2, "103", includes_vat=False), basis=basis)
    assert alike(found) == {1: Decimal(100), 2: Decimal(103)}
    assert [note.key for note in found.lines[0].cells[1].notes] == ["comparison.no_refund"]


def test_the_price_is_that_of_the_asked_quantity() -> None:
    steps = tiers((1000, "12"), (3000, "11"), (10000, "10"))
    assert alike(run(offered(1, tiers=steps))) == {1: Decimal(11)}
    below = run(offered(1, tiers=tiers((10000, "10")), moq=Decimal(10000)))
    assert [note.key for note in below.lines[0].cells[0].notes] == ["comparison.below_moq"]


def test_terms_meet_only_with_their_charges() -> None:
    found = run(offered(1, incoterm="EXW"))
    assert alike(found) == {1: None}
    assert [note.key for note in found.lines[0].cells[0].notes] == ["comparison.term_differs"]
    inland = (charge(ChargeLine.DOMESTIC, "0.25"),)
    assert alike(run(offered(1, incoterm="EXW"), basis=at(charges=inland))) == {1: Decimal("10.25")}


def test_a_price_with_freight_and_insurance_is_brought_back_to_the_port() -> None:
    """FOB 10 + freight 1.50, premium 0.3 % → CIF 11.538076 (the worked case of the trade)."""
    freight = (charge(ChargeLine.MAIN_CARRIAGE, "1.50", "USD"),)
    basis = at(rates=dollars("7.10"), charges=freight, premium=Decimal("0.003"), currency="USD")
    dear = offered(1, "11.538076", currency="USD", incoterm="CIF", includes_vat=False)
    told = alike(run(dear, basis=basis))[1]
    assert told is not None
    assert round(told, 6) == Decimal(10)
    other_way = replace(basis, incoterm="CIF")
    told = alike(run(offered(1, "10", currency="USD", includes_vat=False), basis=other_way))[1]
    assert told is not None
    assert round(told, 6) == Decimal("11.538076")


def test_freight_that_nobody_said_is_named() -> None:
    (cell,) = run(offered(1, incoterm="CFR")).lines[0].cells
    assert cell.alike is None
    assert [note.key for note in cell.notes] == ["quotations.lacks_freight"]


def test_the_way_and_the_refund_are_told() -> None:
    inland = (charge(ChargeLine.DOMESTIC, "0.25"),)
    basis = at(charges=inland, rebate=Decimal("0.13"))
    (cell,) = run(offered(1, "113", incoterm="EXW"), basis=basis).lines[0].cells
    assert (cell.refund, cell.way, cell.alike) == (Decimal(13), Decimal("0.25"), Decimal("100.25"))


def test_a_charge_on_the_whole_load_is_shared_out() -> None:
    """300 for 6,000 pieces of both lines: 0.05 each."""
    fixed = Charge(
        amount=Decimal(300), currency="CNY", basis=ChargeBasis.FIXED, line=ChargeLine.DOMESTIC
    )
    found = run(offered(1, incoterm="EXW"), asked=[FLASK, LID], basis=at(charges=(fixed,)))
    assert alike(found) == {1: Decimal("10.05")}


def test_the_goods_own_rebate_goes_before_the_general_one() -> None:
    line = replace(FLASK, rebate=Decimal("0.09"))
    found = run(offered(1, "113"), asked=[line], basis=at(rebate=Decimal("0.13")))
    assert alike(found) == {1: Decimal(104)}


def test_prices_by_the_dozen_are_told_by_the_piece() -> None:
    assert alike(run(offered(1, "120", unit="dozen"))) == {1: Decimal(10)}
    assert alike(run(offered(1, unit="kg"))) == {1: None}


def test_expired_offers_stand_last_and_win_nothing() -> None:
    old = offered(1, "5", valid_until=TODAY - timedelta(days=1))
    last_day = offered(2, "8", valid_until=TODAY)
    line = run(old, last_day).lines[0]
    assert [cell.offered.supplier_id for cell in line.cells] == [2, 1]
    assert line.cheapest is line.cells[0]


def test_only_the_latest_offer_of_a_supplier_counts() -> None:
    older = offered(1, "8", offer_id=1, offered_on=TODAY - timedelta(days=9))
    assert alike(run(offered(1, "9", offer_id=2), older)) == {1: Decimal(9)}


def test_cheapest_fastest_and_best_may_be_three() -> None:
    line = run(
        offered(1, "10", lead_time_days=60),
        offered(2, "14", lead_time_days=10),
        offered(3, "10.2", lead_time_days=15, valid_until=TODAY),
    ).lines[0]
    chosen = [cell.offered.supplier_id for cell in (line.cheapest, line.fastest, line.best) if cell]
    assert chosen == [1, 2, 3]


def test_who_was_asked_and_is_silent_is_named() -> None:
    found = run(offered(1), asked_suppliers={1: "S1", 2: "S2"})
    assert found.lines[0].missing == ("S2",)


def test_lines_may_go_to_different_suppliers() -> None:
    offers = (
        offered(1, "10"),
        offered(1, "3", line_id=2, offer_line_id=11),
        offered(2, "11"),
        offered(2, "2", line_id=2, offer_line_id=21),
    )
    found = run(*offers, asked=[FLASK, LID], awards={1: {20: None}, 2: {21: None}})
    assert found.mixed_total == Decimal(52000)
    assert found.award_total == Decimal(57000)
    assert [(one.supplier_id, one.total, one.is_whole) for one in found.suppliers] == [
        (1, Decimal(53000), True),
        (2, Decimal(57000), True),
    ]


def test_a_line_may_be_split_between_suppliers() -> None:
    awards = {1: {10: Decimal(2000), 20: Decimal(3000)}}
    found = run(offered(1, "10"), offered(2, "11"), awards=awards)
    assert found.award_total == Decimal(53000)


def test_the_chosen_have_no_sum_while_one_of_them_is_for_no_known_quantity() -> None:
    offers = (offered(1, "10"), offered(2, "3", line_id=2))
    asked, awards = [FLASK, replace(LID, quantity=None)], {1: {10: None}, 2: {20: None}}
    assert run(*offers, asked=asked, awards=awards).award_total is None
    awards[2] = {20: Decimal(1000)}
    assert run(*offers, asked=asked, awards=awards).award_total == Decimal(53000)


def test_the_chosen_share_a_charge_on_the_load_as_far_as_they_need_it() -> None:
    """600 for the 5,000 flasks asked ex works; the lids' price holds the way to the port."""
    fixed = Charge(
        amount=Decimal(600), currency="CNY", basis=ChargeBasis.FIXED, line=ChargeLine.DOMESTIC
    )
    offers = (
        offered(1, "10", incoterm="EXW"),
        offered(2, "3", line_id=2, incoterm="FOB"),
        offered(3, "2", line_id=2, incoterm="EXW"),
    )
    asked, basis = [FLASK, LID], at(charges=(fixed,))

    def total(awards: dict[int, dict[int, Decimal | None]]) -> Decimal | None:
        return run(*offers, asked=asked, basis=basis, awards=awards).award_total

    assert total({1: {10: None}, 2: {20: None}}) == 50_000 + 600 + 3_000
    assert total({1: {10: None}, 2: {30: None}}) == 50_000 + 600 + 2_000
    assert total({1: {10: None}}) == 50_000 + 600, "nothing else is shipped yet"
    assert total({1: {10: Decimal(2500)}}) == 25_000 + 600
    assert total({2: {20: None}}) == 3_000


@pytest.fixture
def sourced(desk: Desk) -> tuple[Desk, int, list[int]]:
    inquiry = desk.inquiries.add(
        InquiryDraft(
            buyer="Nordlys",
            lines=[
                {
                    "wording": "vacuum flask",
                    "quantity": "5000",
                    "unit": "pcs",
                    "target_price": "2.1",
                    "currency": "USD",
                }
            ],
        )
    )
    suppliers = [desk.directory.add("supplier", {"name_zh": name}) for name in ("海达", "杯业")]
    return desk, inquiry, suppliers


def test_a_request_hides_buyer_and_target_unless_wanted(
    sourced: tuple[Desk, int, list[int]],
) -> None:
    desk, inquiry, suppliers = sourced
    plain = desk.requests.create(RequestDraft(inquiry_id=inquiry, supplier_ids=suppliers))
    text = desk.sourcing_views.request_text(plain, language="zh_CN")
    assert "vacuum flask / 5000 pcs" in text
    assert "Nordlys" not in text
    assert "2.1" not in text
    shown = desk.requests.create(
        RequestDraft(
            inquiry_id=inquiry, supplier_ids=suppliers, shows_buyer=True, shows_target=True
        )
    )
    text = desk.sourcing_views.request_text(shown, language="en")
    assert "Nordlys" in text
    assert "2.1 USD" in text
    assert desk.sourcing_views.request(shown).number == "R-2026-0002"


def test_who_was_asked_and_who_answered_is_kept(sourced: tuple[Desk, int, list[int]]) -> None:
    desk, inquiry, (first, second) = sourced
    request = desk.requests.create(RequestDraft(inquiry_id=inquiry, supplier_ids=[first]))
    desk.requests.add_suppliers(request, [first, second])
    desk.requests.asked(request, [first, second])
    line = desk.inquiry_views.inquiry(inquiry).lines[0].id
    desk.offers.record(
        OfferDraft(
            supplier_id=first,
            inquiry_id=inquiry,
            request_id=request,
            currency="CNY",
            incoterm="FOB",
            lines=[
                OfferLineDraft(tiers=((None, Decimal("13.5")),), inquiry_line_id=line, unit="pcs")
            ],
        )
    )
    asked = desk.sourcing_views.request(request).suppliers
    assert [(one.answered_at is not None, one.remind_on) for one in asked] == [
        (True, None),
        (False, TODAY + timedelta(days=3)),
    ]
    found = desk.comparisons.compare(inquiry)
    assert found.lines[0].missing == ("杯业",)
    assert found.mixed_total == Decimal(67500)


def test_an_offer_is_chosen_changed_and_undone(sourced: tuple[Desk, int, list[int]]) -> None:
    desk, inquiry, suppliers = sourced
    line = desk.inquiry_views.inquiry(inquiry).lines[0].id
    for supplier, amount in zip(suppliers, ("13.5", "14"), strict=True):
        draft = OfferLineDraft(tiers=((None, Decimal(amount)),), inquiry_line_id=line)
        desk.offers.record(
            OfferDraft(supplier_id=supplier, inquiry_id=inquiry, currency="CNY", lines=[draft])
        )
    cells = desk.comparisons.compare(inquiry).lines[0].cells
    for cell in cells:
        desk.offers.award(line, cell.offered.offer_line_id)
    assert desk.comparisons.compare(inquiry).award_total == Decimal(70000)
    desk.history.undo()
    assert desk.comparisons.compare(inquiry).award_total == Decimal(67500)


def test_a_request_or_an_offer_without_content_is_refused(
    sourced: tuple[Desk, int, list[int]],
) -> None:
    desk, inquiry, suppliers = sourced
    with pytest.raises(AppError):
        desk.requests.create(RequestDraft(inquiry_id=inquiry, supplier_ids=[]))
    with pytest.raises(AppError):
        desk.offers.record(
            OfferDraft(supplier_id=suppliers[0], currency="CNY", lines=[OfferLineDraft(tiers=())])
        )


def test_the_comparison_is_a_sheet_and_the_choice_feeds_the_quotation(
    sourced: tuple[Desk, int, list[int]], tmp_path: Path
) -> None:
    desk, inquiry, suppliers = sourced
    line = desk.inquiry_views.inquiry(inquiry).lines[0].id
    for supplier, amount in zip(suppliers, ("11.3", "14"), strict=True):
        draft = OfferLineDraft(tiers=((None, Decimal(amount)),), inquiry_line_id=line)
        desk.offers.record(
            OfferDraft(
                supplier_id=supplier,
                inquiry_id=inquiry,
                currency="CNY",
                includes_vat=True,
                lines=[draft],
            )
        )
    best = desk.comparisons.compare(inquiry).lines[0].cells[0]
    assert best.alike == Decimal(10), "13 % refund of 11.30"
    desk.offers.award(line, best.offered.offer_line_id)
    quotation = desk.quotations.draft(QuotationDraft(inquiry_id=inquiry))
    detail = desk.quotation_views.quotation(quotation)
    found = desk.comparisons.compare(inquiry)
    assert found.lines[0].cells[0].offered.quoted_in == (detail.number,)
    written = desk.comparisons.export(inquiry, tmp_path / "c.xlsx", language="zh_CN")
    assert written == 2
    sheet = openpyxl.load_workbook(tmp_path / "c.xlsx").active
    cells = [cell.value for row in sheet for cell in row if cell.value is not None]  # type: ignore[union-attr]
    assert "海达" in cells
    assert 10 in cells
    assert 50000 in cells
    assert detail.number in cells
    assert any("同口径" in str(cell) for cell in cells)


def test_a_part_costs_what_its_own_quantity_reaches() -> None:
    steps = tiers((None, "12"), (3000, "11"), (5000, "10"))
    offers = [offered(1, tiers=steps), offered(2, "10.5")]
    found = compare(
        [FLASK],
        offers,
        basis=Basis(),
        today=TODAY,
        awards={1: {10: Decimal(3000), 20: Decimal(2000)}},
    )
    assert found.award_total == 3000 * 11 + 2000 * Decimal("10.5")
    notes = [note for cell in found.lines[0].cells for note in cell.notes]
    (part,) = [note for note in notes if note.key == "comparison.price_of_part"]
    assert (part.params["quantity"], part.params["price"]) == (3000, 11)


def test_a_chosen_offer_stays_in_sight_when_its_supplier_offers_anew() -> None:
    older = offered(1, "9", offered_on=TODAY - timedelta(days=5), offer_line_id=5)
    found = compare(
        [FLASK], [older, offered(1, "10")], basis=Basis(), today=TODAY, awards={1: {5: None}}
    )
    (newest, chosen) = found.lines[0].cells
    assert (newest.offered.offer_line_id, chosen.is_replaced) == (10, True)
    assert found.lines[0].cheapest is newest, "what does not hold any more is not the cheapest"
    assert found.award_total == 45000
    assert [(one.total, one.is_whole) for one in found.suppliers] == [(50000, True)]


def test_alternatives_of_one_offer_stand_side_by_side() -> None:
    offers = [
        offered(1, "9", offered_on=TODAY - timedelta(days=9), offer_id=1, offer_line_id=1),
        offered(1, "12", offer_id=2, offer_line_id=2),
        offered(1, "11", offer_id=2, offer_line_id=3),
    ]
    found = compare([FLASK], offers, basis=Basis(), today=TODAY)
    assert [cell.price for cell in found.lines[0].cells] == [11, 12]
    assert [(one.total, one.is_whole) for one in found.suppliers] == [(55000, True)]


def test_offers_are_compared_at_the_term_they_share_where_no_charges_are_known(
    sourced: tuple[Desk, int, list[int]],
) -> None:
    desk, inquiry, suppliers = sourced
    line = desk.inquiry_views.inquiry(inquiry).lines[0].id
    assert desk.comparisons.usual_basis(inquiry).incoterm == "FOB"
    for supplier in suppliers:
        desk.offers.record(
            OfferDraft(
                supplier_id=supplier,
                inquiry_id=inquiry,
                currency="CNY",
                incoterm="EXW",
                lines=[OfferLineDraft(tiers=((None, Decimal(12)),), inquiry_line_id=line)],
            )
        )
    found = desk.comparisons.compare(inquiry)
    assert found.basis.incoterm == "EXW"
    assert [cell.alike for cell in found.lines[0].cells] == [12, 12]


def test_what_no_longer_holds_is_no_measure_for_the_best() -> None:
    """Dearer by a tenth but four times as fast is better than 10 in 40 days, unless 1 in 1 day counts."""
    offers = [
        offered(1, "1", offered_on=TODAY - timedelta(days=5), offer_line_id=5, lead_time_days=1),
        offered(1, "10", lead_time_days=40),
        offered(2, "11", lead_time_days=10),
        offered(3, "1", lead_time_days=1, valid_until=TODAY - timedelta(days=1)),
    ]
    shown = run(*offers, awards={1: {5: None}}).lines[0]
    alone = run(*offers[1:3]).lines[0]
    assert {cell.offered.supplier: cell.score for cell in shown.cells if cell.holds} == {
        cell.offered.supplier: cell.score for cell in alone.cells
    }
    assert {cell.score for cell in shown.cells if not cell.holds} == {0}
    assert shown.best is not None
    assert shown.best.offered.supplier_id == 2


def test_goods_in_stock_are_the_fastest() -> None:
    found = run(offered(1, lead_time_days=30), offered(2, lead_time_days=0)).lines[0]
    assert found.fastest is not None
    assert found.fastest.offered.supplier_id == 2


def test_an_offer_by_the_dozen_is_told_by_the_piece_with_its_steps() -> None:
    steps = tiers((10, "144"), (100, "120"))
    (cell,) = run(offered(1, tiers=steps, unit="doz", moq=Decimal(400))).lines[0].cells
    assert (cell.price, cell.alike) == (120, 10), "5,000 pieces are more than 100 dozen"
    assert not cell.notes, "400 dozen are 4,800 pieces"
    told = offered_price(steps, Decimal(600), asked_unit="pcs", offered_unit="doz")
    assert told == OfferedTier(Decimal(120), Decimal(12))


def test_an_offer_in_a_unit_of_another_kind_is_told_at_its_first_price() -> None:
    steps = tiers((None, "30"), (1000, "20"))
    (cell,) = run(offered(1, tiers=steps, unit="kg", moq=Decimal(9000))).lines[0].cells
    assert (cell.price, cell.alike) == (30, None), "how many kilograms are wanted is not known"
    assert [note.key for note in cell.notes] == ["comparison.unit_differs"]


def test_an_offer_without_a_term_is_taken_as_ex_works_where_charges_are_known() -> None:
    (near,) = run(offered(1, incoterm=None)).lines[0].cells
    assert (near.alike, [note.key for note in near.notes]) == (10, ["comparison.term_assumed"])
    inland = (charge(ChargeLine.DOMESTIC, "0.25"),)
    (far,) = run(offered(1, incoterm=None), basis=at(charges=inland)).lines[0].cells
    assert far.alike == Decimal("10.25"), "as a quotation would count it"
    assert [note.key for note in far.notes] == ["comparison.term_unknown"]
