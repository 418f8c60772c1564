"""Revisions freeze their terms, move between states as allowed, and compare field by field."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from app.kernel.errors import AppError
from app.quotations.incoterms import TradeTerm
from app.quotations.payment import PRESETS
from app.quotations.revisions import (
    STATE_NAMES,
    TRANSITIONS,
    Change,
    Difference,
    LineKind,
    LineTerms,
    RevisionTerms,
    State,
    check_move,
    differences,
    is_editable,
    is_valid_on,
    next_revision_number,
    revision_label,
)
from app.quotations.tiers import PriceTier, price_tiers
from app.quotations.totals import line_amount, totals

MUG = LineTerms(
    line_uid="a",
    position=1,
    name_en="Mug",
    quantity=Decimal(1000),
    unit="pcs",
    unit_price=Decimal("1.86"),
)
BOX = LineTerms(
    line_uid="b", position=2, name_en="Box", quantity=Decimal(10), unit_price=Decimal(2)
)
FIRST = RevisionTerms(
    number="Q-2026-0031",
    revision=1,
    quoted_on=date(2026, 3, 1),
    valid_through=date(2026, 3, 31),
    trade_term=TradeTerm("FOB", "Ningbo"),
    payment=PRESETS["tt_30_70_bl_copy"],
    lines=(MUG, BOX),
)


def test_labels_and_numbers_of_revisions() -> None:
    assert revision_label("Q-1", 1) == "Q-1"
    assert revision_label("Q-1", 2) == "Q-1-R2"
    assert next_revision_number([1, 3, 2]) == 4
    assert next_revision_number([]) == 1


def test_a_price_holds_through_its_last_day() -> None:
    assert is_valid_on(date(2026, 3, 31), FIRST.valid_through)
    assert not is_valid_on(date(2026, 4, 1), FIRST.valid_through)
    assert is_valid_on(date(2099, 1, 1), None)


def test_differences_are_found_field_by_field() -> None:
    cheaper = replace(MUG, unit_price=Decimal("1.80"), position=2)
    lid = LineTerms(line_uid="c", position=1, name_en="Lid")
    second = replace(
        FIRST,
        revision=2,
        trade_term=TradeTerm("CIF", "Hamburg"),
        lines=(lid, cheaper),
    )
    assert differences(FIRST, second) == (
        Difference("trade_term", TradeTerm("FOB", "Ningbo"), TradeTerm("CIF", "Hamburg")),
        Difference("line", None, lid, Change.ADDED, "c"),
        Difference("position", 1, 2, line_uid="a"),
        Difference("unit_price", Decimal("1.86"), Decimal("1.80"), line_uid="a"),
        Difference("line", BOX, None, Change.REMOVED, "b"),
    )
    assert differences(FIRST, FIRST) == ()


def test_a_revision_moves_only_as_allowed() -> None:
    check_move(State.DRAFT, State.SENT)
    check_move(State.SUPERSEDED, State.SENT)
    for before, after in [
        (State.DRAFT, State.ACCEPTED),
        (State.WITHDRAWN, State.SENT),
        (State.SENT, State.DRAFT),
    ]:
        with pytest.raises(AppError) as trouble:
            check_move(before, after)
        assert trouble.value.message.key == "quotations.move_not_allowed"
    with pytest.raises(AppError) as trouble:
        check_move(State.SENT, State.SENT)
    assert trouble.value.message.key == "quotations.is_already"
    assert [state for state in State if is_editable(state)] == [State.DRAFT]


def test_every_state_but_the_withdrawn_leads_somewhere_and_has_a_name() -> None:
    assert {before for before, _ in TRANSITIONS} == set(State) - {State.WITHDRAWN}
    assert {after for _, after in TRANSITIONS} == set(State) - {State.DRAFT}
    assert set(STATE_NAMES) == set(State)


def test_amounts_are_the_shown_price_times_the_quantity() -> None:
    assert line_amount(MUG, "USD") == Decimal("1860.00")
    assert line_amount(replace(MUG, discount_percent=Decimal(5)), "USD") == Decimal("1767.00")
    assert line_amount(replace(MUG, kind=LineKind.HEADING), "USD") is None
    assert line_amount(replace(MUG, quantity=None), "USD") is None
    tiers = price_tiers(
        [PriceTier(Decimal(1), Decimal(2)), PriceTier(Decimal(500), Decimal("1.5"))]
    )
    assert line_amount(replace(MUG, tiers=tiers), "USD") == Decimal("1500.00")


def test_the_total_counts_goods_charges_and_discounts_but_no_options() -> None:
    terms = replace(
        FIRST,
        lines=(
            MUG,
            BOX,
            replace(BOX, line_uid="o", is_optional=True),
            replace(BOX, line_uid="x", alternative_to="b"),
            LineTerms(line_uid="h", position=3, kind=LineKind.HEADING, name_en="Extras"),
            LineTerms(line_uid="m", position=4, kind=LineKind.CHARGE, unit_price=Decimal(120)),
            LineTerms(
                line_uid="d", position=5, kind=LineKind.DISCOUNT, discount_percent=Decimal(5)
            ),
            LineTerms(line_uid="e", position=6, kind=LineKind.DISCOUNT, unit_price=Decimal(10)),
        ),
    )
    sums = totals(terms)
    assert (sums.goods, sums.charges, sums.discounts) == (1880, 120, -104)
    assert sums.total == 1896


def test_a_port_in_another_language_is_no_change_and_another_port_is() -> None:
    first = replace(FIRST, port_of_loading="Ningbo, China", port_of_destination="Hamburg")
    same = replace(
        first,
        revision=2,
        trade_term=TradeTerm("FOB", "宁波"),
        port_of_loading="CNNGB",
        port_of_destination="汉堡",
    )
    assert differences(first, same) == ()
    moved = replace(same, trade_term=TradeTerm("FOB", "上海"), port_of_loading="Shanghai")
    assert {each.field for each in differences(first, moved)} == {"trade_term", "port_of_loading"}
