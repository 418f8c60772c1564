"""A changed line is costed alone where it can be, with the same figures as if all were costed anew."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from quotation_desk import furnished

from app.desk import Desk
from app.quotations.charges import Basis, Charge, ChargeLine
from app.quotations.service import QuotationDraft

LUMP = Charge(amount=Decimal(900), currency="CNY", basis=Basis.FIXED, line=ChargeLine.DOMESTIC)
EACH = Charge(amount=Decimal("0.4"), currency="CNY", basis=Basis.PER_UNIT, line=ChargeLine.DOMESTIC)
CHANGES = st.fixed_dictionaries(
    {},
    optional={
        "quantity": st.sampled_from(["1", "480", "12000"]),
        "price": st.sampled_from(["1.23", "9"]),
        "cost": st.sampled_from(["8", "11.3"]),
        "cost_has_invoice": st.booleans(),
        "hs_code": st.sampled_from(["9617001100", "7323930000"]),
        "pieces_per_carton": st.sampled_from(["12", "24"]),
        "carton_cbm": st.just("0.05"),
        "is_optional": st.booleans(),
        "kind": st.sampled_from(["item", "free", "heading"]),
        "remarks": st.just("urgent"),
        "discount_percent": st.just("3"),
    },
)


@pytest.mark.parametrize("charge", [LUMP, EACH], ids=["shared", "per unit"])
def test_an_edited_line_has_the_figures_of_a_costing_of_all(desk: Desk, charge: Charge) -> None:
    made = furnished(desk)
    desk.rates.add("rebate_rate", {"hs_code": "7323", "rate": "0.09", "valid_from": "2026-01-01"})
    lines = [{"product_id": each, "quantity": "5000"} for each in (made.flask, made.mug)]
    quotation = desk.quotations.draft(QuotationDraft(buyer="A", lines=lines))
    costing = desk.quotation_views.quotation(quotation).internal.costing
    desk.quotations.set_costing(quotation, replace(costing, charges=(charge,)))
    ids = [line.id for line in desk.quotation_views.quotation(quotation).lines]

    @settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
    @given(changes=CHANGES, place=st.sampled_from([0, 1]))
    def same(changes: dict[str, object], place: int) -> None:
        desk.quotations.edit_lines(quotation, {ids[place]: changes})
        alone = desk.quotation_views.quotation(quotation)
        explained = [_why(desk, quotation, each) for each in ids]
        desk.quotations.reprice(quotation, [])
        assert desk.quotation_views.quotation(quotation) == alone
        assert [_why(desk, quotation, each) for each in ids] == explained

    same()


def _why(desk: Desk, quotation: int, line_id: int) -> object:
    found = desk.quotation_views.explained(quotation, line_id)
    return found.price if found else None
