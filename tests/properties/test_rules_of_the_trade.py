"""Laws that hold for any figures: built up equals broken down, tiers agree with a plain search."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from app.kernel.money import Money
from app.quotations.amounts_in_words import chinese_words, english_words
from app.quotations.charges import Charge, ChargeLine
from app.quotations.cost_sheet import (
    CostSheet,
    ExchangeRate,
    FactoryPrice,
    ImportTaxes,
    Profit,
    ProfitBasis,
)
from app.quotations.costing import costed, term_price
from app.quotations.incoterms import OFFERED
from app.quotations.packing import cartons_for
from app.quotations.targets import factory_price_for, profit_at
from app.quotations.tiers import PriceTier, price_tiers


def amounts(low: str, high: str, places: int = 4) -> st.SearchStrategy[Decimal]:
    return st.decimals(Decimal(low), Decimal(high), places=places)


CHARGED = {
    ChargeLine.DOMESTIC: "CNY",
    ChargeLine.EXPORT_PACKING: "CNY",
    ChargeLine.MAIN_CARRIAGE: "USD",
    ChargeLine.DESTINATION_CARRIAGE: "EUR",
    ChargeLine.UNLOADING: "USD",
    ChargeLine.IMPORT_CLEARANCE: "USD",
}


@st.composite
def sheets(draw: st.DrawFn) -> CostSheet:
    return CostSheet(
        factory_price=FactoryPrice(
            amount=draw(amounts("0.01", "99999")),
            with_invoice=draw(st.booleans()),
            includes_vat=draw(st.booleans()),
            vat=draw(st.sampled_from([Decimal(t) for t in ("0.03", "0.09", "0.13")])),
            rebate=draw(st.sampled_from([Decimal(t) for t in ("0", "0.05", "0.09", "0.13")])),
        ),
        rates=(
            ExchangeRate("USD", draw(amounts("0.5", "20"))),
            ExchangeRate("EUR", draw(amounts("0.5", "20"))),
        ),
        profit=Profit(draw(st.sampled_from(ProfitBasis)), draw(amounts("-0.3", "0.6"))),
        charges=tuple(
            Charge(amount=draw(amounts("0", "50")), currency=currency, line=line)
            for line, currency in CHARGED.items()
        ),
        premium=draw(amounts("0", "0.05")),
        import_taxes=ImportTaxes(duty=draw(amounts("0", "0.5")), vat=draw(amounts("0", "0.27"))),
        commission=draw(amounts("0", "0.2")),
        bank_share=draw(amounts("0", "0.02")),
        refund_cap=draw(st.none() | amounts("0", "20")),
    )


def close(first: Decimal, second: Decimal) -> bool:
    return abs(first - second) <= Decimal("1e-30") * max(1, abs(first), abs(second))


@given(sheet=sheets(), term=st.sampled_from(OFFERED))
def test_a_price_built_up_equals_the_price_broken_down(sheet: CostSheet, term: str) -> None:
    price = term_price(sheet, term).price.amount
    assert close(
        factory_price_for(sheet, term=term, price=price).amount, sheet.factory_price.amount
    )
    left = profit_at(sheet, term=term, price=price)
    assert close(left.margin_on_price, sheet.profit.margin_on_price)


@given(sheet=sheets())
def test_cif_built_up_is_cif_taken_apart(sheet: CostSheet) -> None:
    """Insurance, freight and commission taken off by their own definitions leave the FOB price."""
    prices = {term: each.price.amount for term, each in costed(sheet).prices.items()}
    kept = 1 - sheet.commission - sheet.bank_share
    assert sheet.premium is not None
    freight = next(c.amount for c in sheet.charges if c.line is ChargeLine.MAIN_CARRIAGE)
    net_cif = prices["CIF"] * kept
    insurance = net_cif * Decimal("1.10") * sheet.premium
    fob = (net_cif - insurance - freight) / kept
    assert abs(fob - prices["FOB"]) <= Decimal("1e-18") * max(1, abs(fob))


@given(sheet=sheets())
def test_the_terms_never_get_cheaper_on_the_way_to_the_door(sheet: CostSheet) -> None:
    prices = {term: each.price.amount for term, each in costed(sheet).prices.items()}
    way = [prices[term] for term in ("EXW", "FCA", "FAS", "FOB", "CFR", "CIF")]
    door = [prices[term] for term in ("FOB", "CPT", "DAP", "DPU")]
    assert way == sorted(way)
    assert door == sorted(door)
    assert prices["DAP"] <= prices["DDP"]


@given(sheet=sheets(), term=st.sampled_from(OFFERED))
def test_the_shown_price_is_within_half_a_step(sheet: CostSheet, term: str) -> None:
    found = term_price(sheet, term)
    assert abs(found.shown.amount - found.price.amount) <= Decimal("0.005")
    assert found.steps[-1].amount == found.shown.amount
    assert found.steps[-2].amount == found.price.amount


@given(sheet=sheets(), factor=amounts("1.01", "3"))
def test_a_dearer_factory_makes_every_price_dearer(sheet: CostSheet, factor: Decimal) -> None:
    factory = sheet.factory_price
    dearer = replace(sheet, factory_price=replace(factory, amount=factory.amount * factor))
    before, after = costed(sheet).prices, costed(dearer).prices
    assert all(before[term].price < after[term].price for term in before)


@given(
    starts=st.lists(st.integers(1, 10_000), min_size=1, max_size=8, unique=True),
    quantity=st.integers(0, 12_000),
)
def test_tiers_agree_with_a_plain_search(starts: list[int], quantity: int) -> None:
    starts.sort()
    tiers = price_tiers(PriceTier(Decimal(n), Decimal(20_000 - n)) for n in starts)
    reached = [n for n in starts if n <= quantity]
    expected = Decimal(20_000 - max(reached)) if reached else None
    assert tiers.price_for(Decimal(quantity)) == expected


@given(quantity=st.integers(0, 10**9), per_carton=st.integers(1, 10_000))
def test_cartons_hold_the_quantity_and_none_is_empty(quantity: int, per_carton: int) -> None:
    cartons = cartons_for(Decimal(quantity), Decimal(per_carton))
    assert cartons * per_carton >= quantity > (cartons - 1) * per_carton


ENGLISH = {
    word: number
    for number, word in enumerate(
        [
            "ZERO",
            "ONE",
            "TWO",
            "THREE",
            "FOUR",
            "FIVE",
            "SIX",
            "SEVEN",
            "EIGHT",
            "NINE",
            "TEN",
            "ELEVEN",
            "TWELVE",
            "THIRTEEN",
            "FOURTEEN",
            "FIFTEEN",
            "SIXTEEN",
            "SEVENTEEN",
            "EIGHTEEN",
            "NINETEEN",
        ]
    )
} | {
    word: number * 10
    for number, word in enumerate(
        ["TWENTY", "THIRTY", "FORTY", "FIFTY", "SIXTY", "SEVENTY", "EIGHTY", "NINETY"], start=2
    )
}
SCALES = {"THOUSAND": 10**3, "MILLION": 10**6, "BILLION": 10**9, "TRILLION": 10**12}


def number_of(english: str) -> int:
    total = group = 0
    for word in english.replace("-", " ").split():
        if word == "HUNDRED":
            group *= 100
        elif word in SCALES:
            total, group = total + group * SCALES[word], 0
        elif word != "AND":
            group += ENGLISH[word]
    return total + group


def number_of_chinese(words: str) -> int:
    """The thousandths a Chinese amount says, read the usual way: section by section."""
    total = section = digit = 0
    for character in words:
        if character in "零壹贰叁肆伍陆柒捌玖":
            digit = "零壹贰叁肆伍陆柒捌玖".index(character)
        elif character in "拾佰仟":
            section, digit = section + digit * {"拾": 10, "佰": 100, "仟": 1000}[character], 0
        elif character == "万":
            total, section, digit = (total + section + digit) * 10_000, 0, 0
        elif character == "亿":
            total, section, digit = (total + section + digit) * 10**8, 0, 0
    return total + section + digit


CENTS = st.integers(0, 10**17 - 1) | st.builds(
    lambda digits, power: digits * 10**power % 10**17, st.integers(0, 99), st.integers(0, 16)
)


@given(cents=CENTS)
def test_english_words_read_back_to_the_amount(cents: int) -> None:
    text = english_words(Money(Decimal(cents).scaleb(-2), "USD"))
    dollars, _, rest = (
        text.removeprefix("SAY US DOLLARS ").removesuffix(" ONLY").partition(" AND CENTS ")
    )
    assert number_of(dollars) * 100 + (number_of(rest) if rest else 0) == cents


@given(cents=CENTS)
def test_chinese_words_read_back_to_the_amount(cents: int) -> None:
    text = chinese_words(Money(Decimal(cents).scaleb(-2), "CNY")).removeprefix("人民币")
    assert "零零" not in text
    whole, mark, fraction = text.partition("元")
    if not mark:
        whole, fraction = "零", text
    # 壹万贰仟亿: in the sections above 亿, what was read so far counts as 亿 altogether.
    high, billion, low = whole.rpartition("亿")
    yuan = (
        number_of_chinese(high) * 10**8 + number_of_chinese(low)
        if billion
        else number_of_chinese(whole)
    )
    jiao = (
        "零壹贰叁肆伍陆柒捌玖".index(fraction[fraction.index("角") - 1]) if "角" in fraction else 0
    )
    fen = (
        "零壹贰叁肆伍陆柒捌玖".index(fraction[fraction.index("分") - 1]) if "分" in fraction else 0
    )
    assert yuan * 100 + jiao * 10 + fen == cents
    assert text.endswith("整") == (cents % 10 == 0)
