"""Prices of suppliers' price lists become offers for an inquiry, though nobody was asked."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from app.desk import Desk
from app.inquiries.service import InquiryDraft
from app.kernel.errors import AppError
from app.quotations.service import QuotationDraft


@pytest.fixture
def inquiry(desk: Desk) -> int:
    """5,000 flasks and some lids."""
    lines = [{"wording": "vacuum flask", "quantity": 5000, "unit": "pcs"}, {"wording": "lid"}]
    return desk.inquiries.add(InquiryDraft(buyer="Nordic Home", lines=lines))


def flask_of(desk: Desk, supplier: str, *prices: dict[str, object]) -> int:
    supplier_id = desk.directory.add("supplier", {"name_zh": supplier})
    values = {"supplier_id": supplier_id, "name_zh": "保温杯", "moq": 1000}
    product = desk.directory.add("product", values)
    for price in prices:
        desk.directory.add("price", {"product_id": product, "currency": "CNY", **price})
    return product


def line(desk: Desk, inquiry: int, position: int = 1) -> int:
    return desk.inquiry_views.inquiry(inquiry).lines[position - 1].id


def test_the_newest_list_with_its_tiers_and_terms_becomes_an_offer(
    desk: Desk, inquiry: int
) -> None:
    new = {"quoted_on": date(2026, 2, 1), "incoterm": "EXW", "includes_vat": True}
    product = flask_of(
        desk,
        "海达",
        {"amount": 20, "quoted_on": date(2025, 2, 1)},
        {"amount": 15, "min_quantity": 1000, **new},
        {"amount": 13, "min_quantity": 5000, **new},
    )
    (offer,) = desk.listed_prices.take(inquiry, [(line(desk, inquiry), product)])
    keys = [field.key for field in desk.lists.listing("offer").fields]
    row = dict(zip(keys, desk.lists.row("offer", offer), strict=True))
    assert (row["offered_on"], row["incoterm"]) == (date(2026, 2, 1), "EXW")
    assert (row["includes_vat"], row["request_id"]) == (True, None)
    (offered,) = desk.sourcing_views.offer_lines(offer)
    assert [(tier.min_quantity, tier.amount) for tier in offered.tiers] == [(1000, 15), (5000, 13)]
    assert offered.moq == 1000
    (cell,) = desk.comparisons.compare(inquiry).lines[0].cells
    assert cell.price == Decimal(13)


def test_it_is_one_step_awarded_and_quoted_like_any_offer(desk: Desk, inquiry: int) -> None:
    flasks = [flask_of(desk, name, {"amount": 10}) for name in ("甲厂", "乙厂")]
    first, second = (line(desk, inquiry, position) for position in (1, 2))
    goods = [(first, flasks[0]), (first, flasks[1]), (second, flasks[1])]
    assert len(desk.listed_prices.take(inquiry, goods)) == 2
    desk.history.undo()
    assert not desk.lists.ids("offer")
    desk.history.redo()
    cell = desk.comparisons.compare(inquiry).lines[0].cells[0]
    desk.offers.award(first, cell.offered.offer_line_id)
    quotation = desk.quotations.draft(QuotationDraft(inquiry_id=inquiry))
    quoted = desk.quotation_views.quotation(quotation)
    assert quoted.internal.lines[quoted.lines[0].id].cost == 10


def test_what_was_taken_already_is_left_out_and_what_has_no_price_is_told(
    desk: Desk, inquiry: int
) -> None:
    product, without = flask_of(desk, "甲厂", {"amount": 10}), flask_of(desk, "乙厂")
    goods = [(line(desk, inquiry), product)]
    desk.listed_prices.take(inquiry, goods)
    for again, key in (
        (goods, "offers.listed_taken"),
        ([(line(desk, inquiry), without)], "offers.none_listed"),
        ([(99, product)], "kernel.no_such_record"),
    ):
        with pytest.raises(AppError) as refused:
            desk.listed_prices.take(inquiry, again)
        assert refused.value.message.key == key
    later = {"product_id": product, "amount": 9, "currency": "CNY", "quoted_on": date(2026, 3, 9)}
    desk.directory.add("price", later)
    assert len(desk.listed_prices.take(inquiry, goods)) == 1
    (cell,) = desk.comparisons.compare(inquiry).lines[0].cells
    assert cell.price == 9
    assert len(desk.lists.ids("offer")) == 2
