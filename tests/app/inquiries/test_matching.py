"""Owns the tests of matching: the ranking rule alone, and with search, glossary and book.

Must not test how search finds words.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from app.desk import Desk
from app.inquiries.matching import (
    DEFAULT_WEIGHTS,
    Candidate,
    Criterion,
    KnownPrice,
    Match,
    Wanted,
    price_at,
    rank,
)
from app.inquiries.service import InquiryDraft
from app.inquiries.wording_score import concepts_of, specifications_in, wording_points, words_in
from app.kernel.errors import AppError
from app.kernel.ports import port_named
from app.kernel.quantities import Quantity
from app.quotations.charges import Charge, ChargeLine
from app.quotations.cost_sheet import ExchangeRate

TODAY = date(2026, 3, 2)
FLASK = concepts_of("vacuum flask 500 ml", [("vacuum flask", ["保温杯", "thermos"])])


def wanted(**changes: object) -> Wanted:
    return Wanted(**{"concepts": FLASK, **changes})  # type: ignore[arg-type]


def candidate(supplier_id: int = 1, **changes: object) -> Candidate:
    values = {
        "supplier": f"S{supplier_id}",
        "product_id": supplier_id,
        "names": "304不锈钢保温杯 500ml",
    }
    return Candidate(supplier_id=supplier_id, **{**values, **changes})  # type: ignore[arg-type]


def order(asked: Wanted, *candidates: Candidate) -> list[int]:
    return [match.supplier_id for match in rank(asked, candidates, today=TODAY)]


def keys(match: Match) -> set[str]:
    return {reason.key for reason in match.reasons}


def test_other_names_of_the_goods_count_and_other_goods_do_not() -> None:
    cup = candidate(2, names="玻璃杯 glass cup 500ml")
    thermos = candidate(3, names="thermos 1l")
    assert order(wanted(), cup, thermos, candidate(1)) == [1, 3]


def test_the_specification_decides_between_the_same_goods() -> None:
    asked = wanted(specifications=("500ml", "304"))
    assert order(asked, candidate(1, names="保温杯 750ml"), candidate(2)) == [2, 1]


def test_a_minimum_order_above_the_quantity_costs_points_and_says_so() -> None:
    asked = wanted(quantity=Quantity.of(1000, "pcs"))
    small = candidate(1, moq=Quantity.of(500, "pcs"))
    large = candidate(2, moq=Quantity.of(5000, "pcs"))
    first, second = rank(asked, [large, small], today=TODAY)
    assert (first.supplier_id, second.supplier_id) == (1, 2)
    assert "matching.moq_met" in keys(first)
    assert "matching.moq_above" in keys(second)


def test_a_minimum_order_is_compared_in_the_asked_unit() -> None:
    asked = wanted(quantity=Quantity.of(5, "km"))
    match = rank(asked, [candidate(1, moq=Quantity.of(1000, "m"))], today=TODAY)[0]
    assert "matching.moq_met" in keys(match)


def price(amount: str, **changes: object) -> KnownPrice:
    values = {
        "amount": Decimal(amount),
        "currency": "USD",
        "min_quantity": None,
        "quoted_on": TODAY,
        "cost": Decimal(amount),
    }
    return KnownPrice(**{**values, **changes})  # type: ignore[arg-type]


def test_the_price_is_held_against_the_target() -> None:
    asked = wanted(target_price=Decimal("2.00"), currency="USD")
    cheap, dear = candidate(1, prices=(price("1.60"),)), candidate(2, prices=(price("2.50"),))
    unknown = candidate(3)
    matches = rank(asked, [dear, unknown, cheap], today=TODAY)
    assert [match.supplier_id for match in matches] == [1, 3, 2]
    assert [
        reason.params["percent"] for reason in matches[0].reasons if "percent" in reason.params
    ] == [20]


def test_who_sells_to_the_market_and_who_is_near_the_port_come_first_and_say_so() -> None:
    asked = wanted(country="DE", port=port_named("Ningbo"))
    here = candidate(1, markets="EU, US", city="慈溪", province="浙江")
    there = candidate(2, markets="Africa", city="成都", province="四川")
    first, second = rank(asked, [there, here], today=TODAY)
    assert (first.supplier_id, second.supplier_id) == (1, 2)
    assert {"matching.market_known", "matching.port_near"} <= keys(first)
    assert keys(second) & {"matching.market_known", "matching.port_far"} == {"matching.port_far"}


def test_the_latest_price_of_the_right_tier_is_taken() -> None:
    old = price("1.00", quoted_on=date(2025, 1, 1))
    tiers = (price("2.00", min_quantity=Decimal(500)), price("1.80", min_quantity=Decimal(5000)))
    assert price_at((old, *tiers), Decimal(6000)) == tiers[1]
    assert price_at((old, *tiers), Decimal(600)) == tiers[0]
    assert price_at((old, *tiers), None) == tiers[0]
    assert price_at((), Decimal(1)) is None


def test_certificates_that_ran_out_do_not_count() -> None:
    asked = wanted(certificates=("CE",))
    valid = candidate(1, certificates=(("CE", date(2027, 1, 1)),))
    expired = candidate(2, certificates=(("CE", date(2026, 1, 1)),))
    first, second = rank(asked, [expired, valid], today=TODAY)
    assert (first.supplier_id, keys(second) & {"matching.certificates_missing"}) == (
        1,
        {"matching.certificates_missing"},
    )


def test_history_with_us_breaks_a_tie() -> None:
    assert order(wanted(), candidate(1), candidate(2, offers=3), candidate(3, awards=1)) == [
        3,
        2,
        1,
    ]


def test_a_supplier_stands_once_with_its_best_product() -> None:
    worse, better = candidate(1, product_id=10, names="thermos"), candidate(1, product_id=11)
    asked = wanted(specifications=("304",))
    (match,) = rank(asked, [worse, better], today=TODAY)
    assert match.product_id == 11


def test_weights_are_open_and_a_criterion_can_be_left_out() -> None:
    asked = wanted(target_price=Decimal("2.00"), currency="USD")
    dear_friend = candidate(1, prices=(price("2.50"),), awards=2)
    cheap_stranger = candidate(2, prices=(price("1.60"),))
    weights = {**DEFAULT_WEIGHTS, Criterion.PRICE: 0, Criterion.HISTORY: 30}
    found = rank(asked, [cheap_stranger, dear_friend], today=TODAY, weights=weights)
    assert [match.supplier_id for match in found] == [1, 2]
    assert Criterion.PRICE not in {points.criterion for points in found[0].points}
    assert all(0 <= match.score <= 100 for match in found)


@pytest.mark.parametrize(
    ("text", "codes", "words"),
    [
        ("LED strip 5050 RGB 12V", ("5050", "12v"), ("led", "strip", "rgb")),
        ("304不锈钢保温杯 500 ml", ("304", "500ml"), ("不锈钢保温杯",)),
        ("high quality silicone spatula", (), ("silicone", "spatula")),
        ("M8 螺丝", ("m8",), ("螺丝",)),
    ],
)
def test_sizes_and_codes_are_told_from_the_goods(
    text: str, codes: tuple[str, ...], words: tuple[str, ...]
) -> None:
    assert (specifications_in(text), words_in(text)) == (codes, words)


def test_a_word_inside_another_is_not_met() -> None:
    concepts = concepts_of("pan", [])
    assert wording_points(concepts, names="panel lamp", texts="")[1] == ("pan",)
    assert wording_points(concepts, names="japan lamp", texts="")[1] == ()


GOODS = {
    "宁波海达日用品有限公司": [("304不锈钢真空保温杯 500ml", "vacuum flask 500ml", "1000", "12.5")],
    "永康杯业": [("保温壶 1L", "thermos 1L", "3000", "22")],
    "深圳亮彩光电": [("LED灯带 5050 RGB", "LED strip light 5050", "1000", "1.9")],
    "义乌硅胶制品厂": [("硅胶铲 28cm", "silicone spatula", "2000", "3.2")],
    "台州塑料": [("塑料铲", "plastic spatula", "2000", "1.2")],
}


@pytest.fixture
def stocked(desk: Desk) -> Desk:
    for name, products in GOODS.items():
        supplier = desk.directory.add("supplier", {"name_zh": name})
        for name_zh, name_en, moq, amount in products:
            product = desk.directory.add(
                "product",
                {
                    "supplier_id": supplier,
                    "name_zh": name_zh,
                    "name_en": name_en,
                    "unit": "pcs",
                    "moq": moq,
                },
            )
            desk.directory.add(
                "price", {"product_id": product, "amount": amount, "currency": "CNY"}
            )
    desk.directory.add("supplier", {"name_zh": "中山灯饰", "main_products": "LED灯带, 射灯"})
    desk.search.open()
    desk.search.update()
    return desk


def inquiry(desk: Desk, *lines: dict[str, object]) -> int:
    return desk.inquiries.add(InquiryDraft(buyer="Nordlys", lines=lines))


def test_an_english_inquiry_finds_chinese_catalogues_with_reasons(stocked: Desk) -> None:
    asked = inquiry(
        stocked,
        {
            "wording": "vacuum flask 500 ml",
            "specification": "304",
            "quantity": "5000",
            "unit": "pcs",
        },
        {"wording": "LED strip 5050"},
        {"wording": "silicone spatula", "target_price": "3.5", "currency": "CNY"},
    )
    flask, strip, spatula = stocked.matching.match(asked)
    assert [match.supplier for match in flask.candidates] == ["宁波海达日用品有限公司", "永康杯业"]
    assert [match.supplier for match in strip.candidates] == ["深圳亮彩光电", "中山灯饰"]
    assert spatula.candidates[0].supplier == "义乌硅胶制品厂"
    assert {"matching.goods_named", "matching.price_within"} <= keys(spatula.candidates[0])


def test_a_known_price_is_held_against_the_target_after_refund_rate_and_charges(
    desk: Desk,
) -> None:
    supplier = desk.directory.add("supplier", {"name_zh": "海达"})
    product = desk.directory.add("product", {"supplier_id": supplier, "name_en": "flask"})
    values = {"product_id": product, "amount": "11.3", "currency": "CNY", "includes_vat": True}
    desk.directory.add("price", {**values, "incoterm": "EXW"})
    desk.search.open()
    desk.search.update()
    asked = inquiry(desk, {"wording": "flask", "target_price": "2.5", "currency": "USD"})
    basis = desk.comparisons.usual_basis(asked)
    costing = replace(basis.costing, vat=Decimal("0.13"), rebate=Decimal("0.13"))
    rate = ExchangeRate("USD", Decimal(8))
    own = Charge(amount=Decimal(2), currency="CNY", line=ChargeLine.DOMESTIC)
    for charges, cost in (((), "1.25"), ((own,), "1.5")):
        figures = replace(costing.with_rate(rate), charges=charges)
        desk.bases.keep(asked, replace(basis, costing=figures))
        (line,) = desk.matching.match(asked)
        told = {reason.key: reason for reason in line.candidates[0].reasons}
        assert told["matching.price_within"].params["cost"] == Decimal(cost)


def test_weights_kept_in_the_book_are_used_and_can_be_undone(stocked: Desk) -> None:
    stocked.matching.set_weights({Criterion.HISTORY: 50})
    assert stocked.matching.weights()[Criterion.HISTORY] == 50
    stocked.history.undo()
    assert stocked.matching.weights() == DEFAULT_WEIGHTS


def test_goods_nobody_makes_find_nobody(stocked: Desk) -> None:
    (line,) = stocked.matching.match(inquiry(stocked, {"wording": "submarine"}))
    assert line.candidates == ()


def test_matching_a_missing_inquiry_is_trouble(stocked: Desk) -> None:
    with pytest.raises(AppError):
        stocked.matching.match(99)


def test_the_fit_of_an_inquiry_holds_it_against_what_suppliers_want(stocked: Desk) -> None:
    asked = inquiry(
        stocked,
        {
            "wording": "silicone spatula",
            "quantity": "500",
            "unit": "pcs",
            "target_price": "5",
            "currency": "CNY",
        },
    )
    points = {point.reason.key: point for point in stocked.matching.fit(asked).points}
    assert points["fit.suppliers_found"].reason.params["count"] == 1
    assert points["fit.moq_not_reached"].reason.params["moq"] == 2000
    assert points["fit.price_leaves_room"].reason.params["price"] == Decimal("3.2")
    assert "fit.date_missing" in points
