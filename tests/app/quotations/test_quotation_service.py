"""A quotation is drafted, costed, sent, revised and closed; each step can be undone."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from quotation_desk import Made, furnished

from app.desk import Desk
from app.inquiries.service import InquiryDraft
from app.kernel.errors import AppError
from app.quotations.charges import Basis, Charge, ChargeLine
from app.quotations.cost_sheet import Profit, ProfitBasis
from app.quotations.revision_costing import CostingTerms
from app.quotations.revisions import LineKind, State
from app.quotations.service import QuotationDraft
from app.quotations.tiers import PriceTier, price_tiers
from app.search.results import Request


@pytest.fixture
def made(desk: Desk) -> Made:
    return furnished(desk)


@pytest.fixture
def quotation(desk: Desk, made: Made) -> int:
    return desk.quotations.draft(QuotationDraft(inquiry_id=made.inquiry))


def test_a_draft_answers_each_line_of_the_inquiry(desk: Desk, quotation: int, made: Made) -> None:
    detail = desk.quotation_views.quotation(quotation)
    assert detail.number == "Q-2026-0001"
    assert (detail.values["buyer_name"], detail.values["place"]) == ("Nordic Home AB", "Ningbo")
    assert detail.values["valid_until"] == date(2026, 4, 1)
    flask, mug, tray = detail.lines
    assert (flask.product_id, mug.product_id, tray.product_id) == (made.flask, made.mug, None)
    assert flask.picture is not None
    # 11.30 / 1.13 × 0.13 is refunded: net 10.00; margin 10 % on the price at 7.10: 1.5649
    assert flask.unit_price == Decimal("1.56")
    assert flask.amount == Decimal("7800.00")
    assert flask.goods is not None
    assert (flask.goods.cartons, flask.goods.cbm) == (209, Decimal("12.54"))
    assert tray.kind is LineKind.FREE
    assert tray.unit_price is None
    inner = detail.internal.lines[flask.id]
    assert inner.supplier == "宁波海达"
    assert inner.target_price == Decimal(2)
    assert inner.margin_on_price is not None
    assert Decimal("0.095") < inner.margin_on_price < Decimal("0.1")


def test_a_price_explains_itself(desk: Desk, quotation: int) -> None:
    line = desk.quotation_views.quotation(quotation).lines[0]
    explained = desk.quotation_views.explained(quotation, line.id)
    assert explained is not None
    assert explained.price.shown.amount == line.unit_price
    assert "PL-2026-secret" in explained.price.steps[0].source
    assert any(step.source.startswith("BOC") for step in explained.price.steps)


def test_undo_takes_a_draft_back_whole(desk: Desk, quotation: int) -> None:
    desk.history.undo()
    assert desk.lists.count("quotation") == 0
    desk.history.redo()
    assert len(desk.quotation_views.quotation(quotation).lines) == 3


def test_sending_freezes_answers_the_inquiry_and_can_be_undone(
    desk: Desk, quotation: int, made: Made
) -> None:
    desk.quotations.send(quotation)
    inquiry = desk.inquiry_views.inquiry(made.inquiry)
    assert inquiry.values["stage"] == "quoted"
    assert inquiry.values["first_answered_at"] is not None
    with pytest.raises(AppError):
        desk.quotations.edit(quotation, {"remarks": "x"})
    line = desk.quotation_views.quotation(quotation).lines[0]
    with pytest.raises(AppError):
        desk.quotations.edit_lines(quotation, {line.id: {"price": "1"}})
    desk.history.undo()
    assert desk.quotation_views.quotation(quotation).state is State.DRAFT
    assert desk.inquiry_views.inquiry(made.inquiry).values["stage"] == "new"


def test_a_revision_supersedes_and_withdrawing_it_restores(desk: Desk, quotation: int) -> None:
    desk.quotations.send(quotation)
    assert desk.quotations.revise(quotation, {"place": "Shanghai"}) == 2
    draft = desk.quotation_views.quotation(quotation)
    assert (draft.label, draft.state) == ("Q-2026-0001-R2", State.DRAFT)
    desk.quotations.edit_lines(quotation, {draft.lines[0].id: {"price": "1.50"}})
    desk.quotations.send(quotation)
    states = [each.state for each in desk.quotation_views.quotation(quotation).revisions]
    assert states == [State.SUPERSEDED, State.SENT]
    changes = desk.quotation_views.differences(quotation, 1, 2)
    assert [each.field for each in changes] == ["trade_term", "unit_price"]
    desk.quotations.withdraw("Q-2026-0001")
    detail = desk.quotation_views.quotation(quotation)
    assert (detail.revision, detail.state) == (1, State.SENT)
    assert detail.lines[0].unit_price == Decimal("1.56")
    desk.history.undo()
    assert desk.quotation_views.quotation(quotation).revision == 2


def test_what_is_revised_later_is_valid_for_as_many_days(
    desk: Desk, quotation: int, clock: object
) -> None:
    first = desk.quotation_views.quotation(quotation).values
    clock.moment = clock.moment.replace(month=5)  # type: ignore[attr-defined]
    desk.quotations.revise(quotation)
    second = desk.quotation_views.quotation(quotation).values
    assert second["issued_on"] == desk.clock.today() > first["issued_on"]
    days = first["valid_until"] - first["issued_on"]
    assert second["valid_until"] - second["issued_on"] == days


def test_a_draft_can_be_revised_and_then_only_the_newest_changes(
    desk: Desk, quotation: int
) -> None:
    lines = desk.quotation_views.quotation(quotation).lines
    desk.quotations.revise(
        quotation,
        {"remarks": "second try"},
        line_values={1: {"price": "1.40"}},
        removed=[3],
        added=[{"wording": "EM-1", "quantity": "5"}],
    )
    second = desk.quotation_views.quotation(quotation)
    assert second.lines[0].unit_price == Decimal("1.40")
    assert second.lines[2].values["item_number"] == "EM-1"
    assert not desk.quotation_views.quotation(quotation, 1).is_editable
    with pytest.raises(AppError):
        desk.quotations.edit_lines(quotation, {lines[0].id: {"price": "9"}})
    with pytest.raises(AppError):
        desk.quotations.revise(quotation, removed=[17])
    desk.history.undo()
    assert desk.quotation_views.quotation(quotation).is_editable


def test_a_sent_revision_keeps_its_seller_and_buyer(desk: Desk, quotation: int, made: Made) -> None:
    desk.quotations.send(quotation)
    buyer = desk.quotation_views.quotation(quotation).buyer_id
    assert buyer is not None
    before = desk.papers.paper(quotation)
    desk.directory.edit("buyer", [buyer], {"name_en": "Other name"})
    desk.rates.edit("seller_profile", made.profile, {"name_en": "Renamed"})
    assert desk.papers.paper(quotation) == before
    assert before.seller.name.en == "Entrepot Trading Co., Ltd."


def test_accepting_wins_the_inquiry(desk: Desk, quotation: int, made: Made) -> None:
    desk.quotations.send(quotation)
    desk.quotations.accept(quotation)
    assert desk.inquiry_views.inquiry(made.inquiry).values["stage"] == "won"
    with pytest.raises(AppError):
        desk.quotations.send(quotation)


def test_what_is_overdue_is_told_and_closed_as_expired(
    desk: Desk, quotation: int, clock: object
) -> None:
    desk.quotations.send(quotation)
    desk.search.update()
    assert desk.quotation_views.expiring() == ()
    assert desk.quotation_views.expiring(within_days=30)[0].days_left == 30
    clock.moment = clock.moment.replace(month=4, day=1)  # type: ignore[attr-defined]
    assert _standings(desk, quotation) == {"sent"}
    assert desk.lists.ids("quotation", where="state:expired").tolist() == []
    clock.moment = clock.moment.replace(day=2)  # type: ignore[attr-defined]
    assert _standings(desk, quotation) == {"expired"}
    assert desk.lists.ids("quotation", where="state:expired").tolist() == [quotation]
    assert not desk.lists.ids("quotation", where="state:sent")
    assert desk.quotation_views.quotation(quotation).state is State.SENT, "nobody noted it"
    desk.search.update()
    assert [hit.id for hit in desk.search.find(Request("stage:expired")).hits] == [quotation]
    desk.quotations.expire(quotation)
    assert desk.quotation_views.quotation(quotation).state is State.EXPIRED
    clock.moment = clock.moment.replace(day=3)  # type: ignore[attr-defined]
    desk.quotations.accept(quotation)
    (told,) = desk.quotation_views.quotation(quotation).revisions
    assert told.closed_at == desk.clock.now()
    assert desk.quotation_views.quotation(quotation).state is State.ACCEPTED


def _standings(desk: Desk, quotation: int) -> set[str]:
    """The state of a quotation wherever it is shown."""
    detail = desk.quotation_views.quotation(quotation)
    (hit,) = desk.search.complete(detail.number).hits
    mention = desk.inquiry_views.inquiry(detail.inquiry_id or 0).mentions[0]
    row = dict(
        zip(
            ("state",), desk.lists.rows("quotation", [quotation], ["state"])[quotation], strict=True
        )
    )
    told = (detail.standing, detail.revisions[-1].state, hit.state, mention.state, row["state"])
    return {str(each) for each in told}


def test_lines_of_every_kind_add_up(desk: Desk, quotation: int) -> None:
    desk.quotations.add_lines(
        quotation,
        [
            {"kind": "charge", "name_en": "Mould", "price": "300"},
            {"kind": "discount", "name_en": "Fair discount", "discount_percent": "2"},
            {
                "kind": "free",
                "name_en": "Lid",
                "price": "0.1",
                "quantity": "10",
                "is_optional": True,
            },
        ],
    )
    heading = desk.quotations.add_lines(
        quotation, [{"kind": "heading", "name_en": "Drinkware"}], position=1
    )
    detail = desk.quotation_views.quotation(quotation)
    assert detail.lines[0].id == heading[0]
    assert [line.position for line in detail.lines] == [1, 2, 3, 4, 5, 6, 7]
    assert (detail.totals.charges, detail.totals.goods) == (Decimal(300), Decimal(8740))
    assert detail.totals.discounts == Decimal("-174.80")
    assert detail.total == Decimal("8865.20")
    desk.quotations.move_lines(quotation, [detail.lines[6].id, detail.lines[5].id], 1)
    kinds = [line.kind for line in desk.quotation_views.quotation(quotation).lines]
    assert kinds[:3] == [LineKind.FREE, LineKind.DISCOUNT, LineKind.HEADING]


def test_costing_reprices_and_warns_below_the_floor(desk: Desk, quotation: int) -> None:
    detail = desk.quotation_views.quotation(quotation)
    costing = CostingTerms(
        profit=Profit(ProfitBasis.MARKUP_ON_COST, Decimal("0.20")),
        rates=detail.internal.costing.rates,
        charges=(Charge(amount=Decimal(600), currency="CNY", basis=Basis.FIXED),),
    )
    desk.quotations.set_costing(quotation, costing)
    priced = desk.quotation_views.quotation(quotation)
    assert priced.lines[0].unit_price != detail.lines[0].unit_price
    desk.quotations.edit(quotation, {"margin_floor": "0.08"})
    line = priced.lines[0]
    desk.quotations.edit_lines(quotation, {line.id: {"price": "1.45"}})
    inner = desk.quotation_views.quotation(quotation).internal.lines[line.id]
    assert inner.floor_warning is not None
    desk.quotations.reprice(quotation, [line.id])
    again = desk.quotation_views.quotation(quotation)
    assert again.lines[0].unit_price == line.unit_price
    assert again.internal.lines[line.id].floor_warning is None


def test_freight_of_the_load_is_shared_out_by_volume(desk: Desk, made: Made) -> None:
    quotation = desk.quotations.draft(
        QuotationDraft(
            buyer="A",
            values={"incoterm": "CFR", "place": "Hamburg"},
            lines=[
                {"product_id": made.flask, "quantity": "2400"},
                {"product_id": made.flask, "quantity": "7200"},
            ],
        )
    )
    detail = desk.quotation_views.quotation(quotation)
    assert [line.unit_price for line in detail.lines] == [None, None]
    assert detail.internal.lines[detail.lines[0].id].lacks is not None
    freight = Charge(
        amount=Decimal(960), currency="USD", basis=Basis.FIXED, line=ChargeLine.MAIN_CARRIAGE
    )
    costing = CostingTerms(
        rates=detail.internal.costing.rates,
        charges=(freight,),
        profit=detail.internal.costing.profit,
    )
    desk.quotations.set_costing(quotation, costing)
    first = desk.quotation_views.quotation(quotation).lines[0]
    # 13.37 CNY → net 11.83186 → FOB 1.8516, and 960 × 1/4 / 2400 = 0.10 freight
    assert first.unit_price == Decimal("1.95")


def test_tiers_are_priced_each_at_its_own_cost(desk: Desk, made: Made) -> None:
    tiers = price_tiers(
        [PriceTier(Decimal(1000), Decimal(9)), PriceTier(Decimal(5000), Decimal(8))]
    )
    quotation = desk.quotations.draft(
        QuotationDraft(
            buyer="A", lines=[{"product_id": made.flask, "quantity": "1000", "tiers": tiers}]
        )
    )
    line = desk.quotation_views.quotation(quotation).lines[0]
    assert line.unit_price == Decimal(9)
    desk.quotations.reprice(quotation)
    line = desk.quotation_views.quotation(quotation).lines[0]
    assert line.tiers is not None
    assert [tier.price for tier in line.tiers] == [Decimal("1.85"), Decimal("1.56")]
    assert line.unit_price == Decimal("1.85")
    desk.quotations.edit_lines(quotation, {line.id: {"quantity": "6000"}})
    assert desk.quotation_views.quotation(quotation).lines[0].unit_price == Decimal("1.56")
    desk.quotations.edit_lines(quotation, {line.id: {"tiers": None, "price": "2"}})
    assert desk.quotation_views.quotation(quotation).lines[0].tiers is None


def test_a_copy_is_a_new_quotation_for_another_buyer(desk: Desk, quotation: int) -> None:
    desk.quotations.send(quotation)
    copy = desk.quotations.copy(quotation, buyer="Süd GmbH")
    detail = desk.quotation_views.quotation(copy)
    assert (detail.number, detail.revision, detail.state) == ("Q-2026-0002", 1, State.DRAFT)
    assert detail.values["buyer_name"] == "Süd GmbH"
    assert len(detail.lines) == 3
    assert desk.quotation_views.quotation(quotation).state is State.SENT
    assert desk.papers.paper(copy).buyer.name == "Süd GmbH"


def test_the_last_price_to_this_buyer_stands_beside_the_line(desk: Desk, quotation: int) -> None:
    desk.quotations.send(quotation)
    copy = desk.quotations.copy(quotation)
    detail = desk.quotation_views.quotation(copy)
    last = detail.internal.lines[detail.lines[0].id].last_price
    assert last is not None
    assert (last.price, last.number, last.term) == (Decimal("1.56"), "Q-2026-0001", "FOB Ningbo")


@pytest.mark.parametrize(
    "values",
    [{"quantity": "-1"}, {"price": "-2"}, {"discount_percent": "120"}, {"kind": "joke"}, {"no": 1}],
)
def test_a_line_that_cannot_be_is_refused_and_nothing_changes(
    desk: Desk, quotation: int, values: dict[str, object]
) -> None:
    before = desk.quotation_views.quotation(quotation)
    with pytest.raises(AppError):
        desk.quotations.edit_lines(quotation, {before.lines[0].id: values})
    assert desk.quotation_views.quotation(quotation) == before


def test_a_validity_that_ends_before_it_begins_is_refused(desk: Desk, quotation: int) -> None:
    with pytest.raises(AppError):
        desk.quotations.edit(quotation, {"valid_until": "2026-01-01"})
    with pytest.raises(AppError):
        desk.quotations.edit(quotation, {"currency": ""})


def test_payment_is_understood_where_it_can_be(desk: Desk, quotation: int) -> None:
    desk.quotations.edit(quotation, {"payment_terms": "T/T 30/70 against copy of B/L"})
    assert desk.papers.paper(quotation).payment.zh == "30% 电汇 下单时付定金，70% 电汇 见提单副本付"
    desk.quotations.edit(quotation, {"payment_terms": "as agreed on the phone"})
    assert desk.papers.paper(quotation).payment.en == "as agreed on the phone"


def test_changing_the_currency_changes_prices(desk: Desk, quotation: int) -> None:
    desk.quotations.edit(quotation, {"currency": "CNY"})
    # net 10.00 with 10 % margin on the price
    assert desk.quotation_views.quotation(quotation).lines[0].unit_price == Decimal("11.11")


def test_a_starting_rate_is_named_until_the_user_enters_one(desk: Desk, made: Made) -> None:
    quotation = desk.quotations.draft(
        QuotationDraft(
            buyer="A",
            values={"currency": "EUR", "place": "Ningbo"},
            lines=[{"product_id": made.mug, "quantity": "10"}],
        )
    )
    detail = desk.quotation_views.quotation(quotation)
    assert detail.lines[0].unit_price is not None
    assert [each.key for each in detail.internal.warnings] == ["quotations.starting_rate_used"]


def test_the_rebate_of_the_hs_code_counts(desk: Desk, made: Made) -> None:
    desk.rates.add("rebate_rate", {"hs_code": "9617", "rate": "0.09", "valid_from": "2026-01-01"})
    quotation = desk.quotations.draft(
        QuotationDraft(buyer="A", lines=[{"product_id": made.flask, "quantity": "5000"}])
    )
    # 11.30 − 10.00 × 0.09 = 10.40 net
    assert desk.quotation_views.quotation(quotation).lines[0].unit_price == Decimal("1.63")


def test_deleting_the_line_makes_its_alternative_an_option(desk: Desk, quotation: int) -> None:
    lines = desk.quotation_views.quotation(quotation).lines
    desk.quotations.edit_lines(quotation, {lines[1].id: {"alternative_to": lines[0].line_uid}})
    assert not desk.quotation_views.quotation(quotation).lines[1].counts
    desk.quotations.delete_lines(quotation, [lines[0].id])
    left = desk.quotation_views.quotation(quotation).lines
    assert [line.id for line in left] == [lines[1].id, lines[2].id]
    assert left[0].values["is_optional"] is True
    desk.history.undo()
    assert len(desk.quotation_views.quotation(quotation).lines) == 3


def test_a_proforma_invoice_follows_the_accepted_quotation(desk: Desk, quotation: int) -> None:
    desk.quotations.send(quotation)
    with pytest.raises(AppError):
        desk.quotations.proforma(quotation)
    desk.quotations.accept(quotation)
    invoice = desk.quotations.proforma(quotation)
    paper = desk.papers.paper(invoice)
    assert (paper.number, paper.kind.value) == ("PI-2026-0001", "proforma")
    assert paper.reference == "Q-2026-0001"
    assert [(part.percent, part.name.en) for part in paper.instalments] == [
        (30, "30% T/T deposit with order"),
        (70, "70% T/T before shipment"),
    ]
    assert paper.seller.bank.bank_name == "Bank of Ningbo"
    assert [line.amount for line in desk.quotation_views.quotation(invoice).lines] == [
        line.amount for line in desk.quotation_views.quotation(quotation).lines
    ]
    desk.history.undo()
    assert desk.lists.count("quotation") == 1


def test_of_products_of_one_name_the_one_nearest_to_the_target_answers(desk: Desk) -> None:
    desk.rates.add("exchange_rate", {"currency": "USD", "rate": "7.10", "valid_on": "2026-03-01"})
    made = []
    for name, amount in (("甲厂", "8.20"), ("乙厂", "6.10"), ("丙厂", "9.90")):
        supplier = desk.directory.add("supplier", {"name_zh": name})
        product = desk.directory.add(
            "product", {"name_en": "Silicone spatula", "supplier_id": supplier}
        )
        price = {"product_id": product, "amount": amount, "currency": "CNY"}
        desk.directory.add("price", {**price, "quoted_on": "2026-02-01"})
        made.append(product)
    line = {"wording": "silicone spatula", "target_price": "0.95", "currency": "USD"}
    inquiry = desk.inquiries.add(
        InquiryDraft(buyer="Acme", lines=[{**line, "quantity": "3000", "unit": "pcs"}])
    )
    desk.search.open()
    desk.search.update()
    quotation = desk.quotations.draft(QuotationDraft(inquiry_id=inquiry))
    assert desk.quotation_views.quotation(quotation).lines[0].product_id == made[1]
