"""What a quotation froze comes back as it was."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.quotations.charges import Shipment
from app.quotations.cost_sheet import CostSheet
from app.quotations.freezing import from_json, to_json
from app.quotations.freight import FreightMode, FreightRate, WeightBreak
from app.quotations.incoterms import INCOTERMS, TradeTerm
from app.quotations.packing import CartonPacking
from app.quotations.payment import PRESETS
from app.quotations.revisions import LineKind, LineTerms, RevisionTerms
from app.quotations.tiers import PriceTier, price_tiers

TEXT = st.text(st.characters(exclude_categories=("Cs",)), max_size=12)
NUMBER = st.decimals(allow_nan=False, allow_infinity=False, places=6, min_value=0, max_value=10**6)
DAY = st.dates(date(2000, 1, 1), date(2100, 1, 1))
LINES = st.builds(
    LineTerms,
    line_uid=TEXT,
    position=st.integers(0, 500),
    kind=st.sampled_from(LineKind),
    name_zh=TEXT,
    quantity=st.none() | NUMBER,
    unit_price=st.none() | NUMBER,
    tiers=st.none() | st.just(price_tiers([PriceTier(Decimal(1), Decimal("1.86"), Decimal(9))])),
    packing=st.none()
    | st.builds(CartonPacking, pcs_per_carton=st.just(Decimal(24)), length_cm=st.none() | NUMBER),
    is_optional=st.booleans(),
)
REVISIONS = st.builds(
    RevisionTerms,
    number=TEXT,
    revision=st.integers(1, 9),
    quoted_on=DAY,
    valid_through=st.none() | DAY,
    rate=st.none() | NUMBER,
    trade_term=st.none() | st.builds(TradeTerm, st.sampled_from(sorted(INCOTERMS)), TEXT),
    payment=st.none() | st.sampled_from(sorted(PRESETS)).map(PRESETS.__getitem__),
    partial_shipment=st.none() | st.booleans(),
    lines=st.lists(LINES, max_size=3).map(tuple),
)


@given(terms=REVISIONS)
def test_a_revision_comes_back_as_it_was_frozen(terms: RevisionTerms) -> None:
    assert from_json(RevisionTerms, to_json(terms)) == terms


def test_a_cost_sheet_comes_back_with_its_freight_and_shipment() -> None:
    sheet = from_json(CostSheet, '{"factory_price": {"amount": "113.00", "vat": "0.13"}}')
    assert sheet.factory_price.amount == Decimal("113.00")
    assert sheet.insured_share == Decimal("1.10")
    rate = FreightRate(
        mode=FreightMode.AIR,
        currency="USD",
        breaks=(WeightBreak(Decimal(45), Decimal("4.2")),),
        per_container=(("40HQ", Decimal(2100)),),
    )
    shipment = Shipment(quantity=Decimal(5), containers=(("40HQ", 2),))
    full = CostSheet(factory_price=sheet.factory_price, freight=(rate,), shipment=shipment)
    assert from_json(CostSheet, to_json(full)) == full
    assert json.loads(to_json(full))["freight"][0]["mode"] == "air"


def test_fields_of_a_newer_version_are_passed_over() -> None:
    stored = '{"code": "FOB", "place": "Ningbo", "colour": "red"}'
    assert from_json(TradeTerm, stored) == TradeTerm("FOB", "Ningbo")


@pytest.mark.parametrize("stored", ["[]", "{}", "3", '{"code": 5, "place": ""}', "not json", '""'])
def test_other_text_is_refused(stored: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        from_json(TradeTerm, stored)
