"""A change of rates is looked at over all open quotations, then made in one step."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from quotation_desk import Made, furnished

from app.desk import Desk
from app.quotations.cost_sheet import ExchangeRate
from app.quotations.revisions import State
from app.quotations.service import QuotationDraft
from app.quotations.targets import WhatIf

WEAKER = WhatIf(rates=(ExchangeRate("USD", Decimal("6.50"), "what if"),), rebate=Decimal("0.09"))


@pytest.fixture
def made(desk: Desk) -> Made:
    return furnished(desk)


def drafted(desk: Desk, made: Made) -> int:
    return desk.quotations.draft(
        QuotationDraft(
            buyer="A",
            values={"place": "Ningbo", "margin_floor": "0.05"},
            lines=[{"product_id": made.flask, "quantity": "5000"}],
        )
    )


def test_lines_below_their_floor_are_named_and_nothing_changes(desk: Desk, made: Made) -> None:
    quotation = drafted(desk, made)
    before = desk.quotation_views.quotation(quotation)
    (row,) = desk.what_if.effects(WEAKER)
    assert (row.number, row.price, row.name) == (
        "Q-2026-0001",
        Decimal("1.56"),
        "VF-500 Vacuum flask 500 ml",
    )
    assert row.effect.is_below_floor
    # 11.30 − 0.90 refund = 10.40; margin 10 % on the price at 6.50
    assert row.effect.new_price == Decimal("1.78")
    assert desk.quotation_views.quotation(quotation) == before


def test_drafts_change_sent_ones_are_revised_and_one_undo_takes_all_back(
    desk: Desk, made: Made
) -> None:
    draft, sent, left = (drafted(desk, made) for _ in range(3))
    desk.quotations.send(sent)
    assert desk.what_if.apply(WEAKER, [draft, sent]) == ("Q-2026-0001", "Q-2026-0002")
    changed = [desk.quotation_views.quotation(name) for name in (draft, sent, left)]
    assert [each.lines[0].unit_price for each in changed] == [
        Decimal("1.78"),
        Decimal("1.78"),
        Decimal("1.56"),
    ]
    assert [(each.revision, each.state) for each in changed[:2]] == [
        (1, State.DRAFT),
        (2, State.DRAFT),
    ]
    assert desk.quotation_views.quotation(sent, 1).lines[0].unit_price == Decimal("1.56")
    desk.history.undo()
    prices = [desk.quotation_views.quotation(name).lines[0].unit_price for name in (draft, sent)]
    assert prices == [Decimal("1.56")] * 2
    assert desk.quotation_views.quotation(sent).revision == 1


def test_an_answered_quotation_is_not_open(desk: Desk, made: Made) -> None:
    quotation = drafted(desk, made)
    desk.quotations.send(quotation)
    desk.quotations.decline(quotation)
    assert desk.what_if.effects(WEAKER) == ()
    assert desk.what_if.apply(WEAKER, [quotation]) == ()


def test_what_was_sent_and_is_expired_is_open_no_more(
    desk: Desk, made: Made, clock: object
) -> None:
    desk.quotations.send(drafted(desk, made))
    assert len(desk.what_if.effects(WEAKER)) == 1
    clock.moment += timedelta(days=31)  # type: ignore[attr-defined]
    assert desk.what_if.effects(WEAKER) == ()
