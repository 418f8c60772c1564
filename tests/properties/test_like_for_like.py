"""Laws of telling prices like for like: there and back is nothing, and no order depends on the way."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.inquiries.offered_tiers import OfferedTier
from app.kernel.errors import AppError
from app.quotations.charges import Charge, ChargeLine
from app.quotations.cost_sheet import CostSheet, CustomsBasis, FactoryPrice, ImportTaxes
from app.quotations.costing import cost_in_home, term_price
from app.quotations.incoterms import OFFERED
from app.quotations.revision_costing import CostingTerms
from app.sourcing.alike import like_for_like
from app.sourcing.comparison import AskedLine, Basis, OfferedLine, compare

D = Decimal
TODAY = date(2026, 3, 2)
TERMS = st.sampled_from(OFFERED)
PRICES = st.integers(100, 100000).map(lambda cents: D(cents) / 100)
#: Borne under every term, and so added on the way there and on the way back.
_OURS = (ChargeLine.EXPORT_PACKING, ChargeLine.BANK, ChargeLine.OTHER)
#: An unsplit domestic sum stands for what is told in its parts here.
_LINES = tuple(line for line in ChargeLine if line not in (*_OURS, ChargeLine.DOMESTIC))
_PERCENTS = st.tuples(st.integers(0, 20), st.integers(0, 100), st.integers(0, 30))


@st.composite
def ways(draw: st.DrawFn) -> CostingTerms:
    """All figures that lie between any two terms, in the home currency."""
    amounts = draw(st.tuples(*(st.integers(0, 2000) for _ in _LINES)))
    premium, duty, vat = (D(each) / 100 for each in draw(_PERCENTS))
    charges = (
        Charge(amount=D(amount) / 100, currency="CNY", line=line)
        for amount, line in zip(amounts, _LINES, strict=True)
    )
    basis = draw(st.sampled_from(CustomsBasis))
    return CostingTerms(
        rebate=D(0),
        charges=tuple(charges),
        premium=premium / 10,
        import_taxes=ImportTaxes(duty=duty, vat=vat, basis=basis),
    )


def sheet(way: CostingTerms, price: Decimal, term: str) -> CostSheet:
    return CostSheet(
        factory_price=FactoryPrice(amount=price, asked_under=term),
        quote_currency="CNY",
        charges=way.charges,
        premium=way.premium,
        import_taxes=way.import_taxes,
    )


@settings(max_examples=60)
@given(way=ways(), price=PRICES, offered=TERMS, wanted=TERMS)
def test_to_any_term_and_back_is_the_price_that_was_asked(
    way: CostingTerms, price: Decimal, offered: str, wanted: str
) -> None:
    there = like_for_like(sheet(way, price, offered), wanted=wanted).amount
    back = like_for_like(sheet(way, there, wanted), wanted=offered).amount
    assert abs(back - price) < D("1e-20")


@settings(max_examples=60)
@given(way=ways(), prices=st.lists(PRICES, min_size=2, max_size=5), offered=TERMS, wanted=TERMS)
def test_a_dearer_price_under_the_same_term_stays_dearer_under_any(
    way: CostingTerms, prices: list[Decimal], offered: str, wanted: str
) -> None:
    told = [like_for_like(sheet(way, price, offered), wanted=wanted).amount for price in prices]
    by_price = sorted(range(len(prices)), key=lambda place: prices[place])
    assert [told[place] for place in by_price] == sorted(told)


@settings(max_examples=60)
@given(way=ways(), price=PRICES, offered=TERMS, wanted=TERMS)
def test_a_quotation_s_cost_is_what_the_comparison_says(
    way: CostingTerms, price: Decimal, offered: str, wanted: str
) -> None:
    asked = sheet(way, price, offered)
    if cost_in_home(asked, wanted) < 0:
        with pytest.raises(AppError, match="taken_off_too_much"):
            term_price(asked, wanted)
    else:
        told = like_for_like(asked, wanted=wanted).amount
        assert abs(term_price(asked, wanted).price.amount - told) < D("1e-20")
    assert cost_in_home(asked, offered) == price, "under its own term nothing is between"


def offers(prices: list[tuple[Decimal, str]]) -> list[OfferedLine]:
    return [
        OfferedLine(
            offer_id=number,
            offer_line_id=number,
            line_id=1,
            supplier_id=number,
            supplier=str(number),
            offered_on=TODAY,
            valid_until=None,
            currency="CNY",
            incoterm=term,
            place=None,
            includes_vat=False,
            vat_rate=None,
            unit="pcs",
            moq=None,
            lead_time_days=None,
            tiers=(OfferedTier(None, price),),
        )
        for number, (price, term) in enumerate(prices, 1)
    ]


def alike(
    prices: list[tuple[Decimal, str]], wanted: str, way: CostingTerms
) -> tuple[dict[int, Decimal], int | None]:
    """What each supplier's offer comes to like for like, and whose is called the cheapest."""
    asked = [AskedLine(1, "flask", D(1000), "pcs")]
    basis = Basis(incoterm=wanted, costing=way)
    line = compare(asked, offers(prices), basis=basis, today=TODAY).lines[0]
    assert len(line.cells) == len(prices)
    cheapest = line.cheapest.offered.supplier_id if line.cheapest else None
    return {cell.offered.supplier_id: cell.alike or D(0) for cell in line.cells}, cheapest


def with_extra(way: CostingTerms, extra: Decimal) -> CostingTerms:
    ours = Charge(amount=extra, currency="CNY", line=ChargeLine.OTHER)
    return replace(way, charges=(*way.charges, ours))


@settings(max_examples=40)
@given(
    way=ways(),
    prices=st.lists(st.tuples(PRICES, TERMS), min_size=1, max_size=5),
    wanted=TERMS,
    extra=PRICES,
)
def test_a_sum_that_all_offers_bear_does_not_change_their_order(
    way: CostingTerms, prices: list[tuple[Decimal, str]], wanted: str, extra: Decimal
) -> None:
    # Duty, import VAT and insurance are shares of the value, our own costs with it; who offers a
    # price that holds them already pays none on our costs, and so the order may change by them.
    way = replace(way, premium=D(0), import_taxes=ImportTaxes(duty=D(0)))
    _before, cheapest = alike(prices, wanted, way)
    after, _cheapest = alike(prices, wanted, with_extra(way, extra))
    assert cheapest is not None
    assert abs(after[cheapest] - min(after.values())) < D("1e-20")


@settings(max_examples=40)
@given(
    way=ways(),
    prices=st.lists(PRICES, min_size=1, max_size=5),
    offered=TERMS,
    wanted=TERMS,
    extra=PRICES,
)
def test_what_offers_under_one_term_bear_does_not_change_their_order(
    way: CostingTerms, prices: list[Decimal], offered: str, wanted: str, extra: Decimal
) -> None:
    under_one = [(price, offered) for price in prices]
    _before, cheapest = alike(under_one, wanted, way)
    after, _cheapest = alike(under_one, wanted, with_extra(way, extra))
    assert cheapest is not None
    assert abs(after[cheapest] - min(after.values())) < D("1e-20")
