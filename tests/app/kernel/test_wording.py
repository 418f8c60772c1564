"""Owns the tests of reading trade wording out of free text.

Must not test what a finding means for a deal.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from growth import IN_PROPORTION, growth
from hypothesis import given
from hypothesis import strategies as st

from app.kernel.wording.numbers import counted, priced
from app.kernel.wording.reading import Wording, read_wording

DAY = date(2026, 3, 5)


def read(text: str) -> Wording:
    return read_wording(text, written_on=DAY)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("5,000", 5000),
        ("5.000", 5000),
        ("1'200'000", 1200000),
        ("500", 500),
        ("1.234.567,5", "1234567.5"),
    ],
)
def test_counts_group_before_three_digits(text: str, count: object) -> None:
    assert counted(text) == Decimal(str(count))


@pytest.mark.parametrize(
    ("text", "price"),
    [
        ("1.250", "1.250"),
        ("0,95", "0.95"),
        ("1,250", "1250"),
        ("1,250.50", "1250.50"),
        ("1.250,50", "1250.50"),
    ],
)
def test_a_single_point_in_a_price_is_the_decimal_mark(text: str, price: str) -> None:
    assert priced(text) == Decimal(price)


@pytest.mark.parametrize(
    ("text", "price"),
    [
        ("USD 2.10/pc.", ("2.10", "USD", "pcs")),
        ("US$1.78 per piece", ("1.78", "USD", "pcs")),
        ("€0,95/pc", ("0.95", "EUR", "pcs")),
        ("做到1.78美金", ("1.78", "USD", None)),
        ("含税价13.5元/个", ("13.5", "CNY", "pcs")),
        ("RMB13.00", ("13.00", "CNY", None)),
        ("￥３.２", ("3.2", "CNY", None)),
        ("1,250 USD per set", ("1250", "USD", "set")),
        ("$0.42/m", ("0.42", "USD", "m")),
        ("HK$ 9.8", ("9.8", "HKD", None)),
        ("总价5万元", ("50000", "CNY", None)),
        ("预算3.5万美元", ("35000.0", "USD", None)),
        ("USD 1.2万/台", ("12000.0", "USD", "unit")),
        ("8千元一台", ("8000", "CNY", "unit")),
        ("$5k", ("5000", "USD", None)),
        ("USD 1.85 w/o VAT", ("1.85", "USD", None)),
    ],
)
def test_prices_are_read_with_currency_and_unit(
    text: str, price: tuple[str, str, str | None]
) -> None:
    (found,) = read(text).prices
    assert (str(found.value.amount), found.value.currency, found.value.unit) == price


@pytest.mark.parametrize(
    ("text", "quantity"),
    [
        ("5,000 pcs vacuum flask 500 ml", (5000, "pcs", "")),
        ("保温杯500ml 5000个", (5000, "pcs", "")),
        ("1.5万件", (15000, "pcs", "")),
        ("LED strip 5050 10km?", (10, "km", "")),
        ("we take 5k", (5000, None, "")),
        ("2x40HQ", (2, "container", "40HQ")),
        ("one 20ft container", (1, "container", "20GP")),
        ("200 sets", (200, "set", "")),
        ("5 000 pcs", (5000, "pcs", "")),
        ("quantity: 500 kg", (500, "kg", "")),
    ],
)
def test_quantities_are_told_from_sizes_of_the_article(
    text: str, quantity: tuple[int, str | None, str]
) -> None:
    (found,) = read(text).quantities
    assert (found.value.amount, found.value.unit, found.value.container) == quantity


@pytest.mark.parametrize(
    "text", ["12.8 in stock", "304 stainless", "500 ml", "5050 strip", "50*40*30cm"]
)
def test_numbers_of_the_article_are_no_quantity(text: str) -> None:
    assert read(text).quantities == ()


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("FOB Ningbo.", ("FOB", "Ningbo")),
        ("FOB宁波, 5000pcs", ("FOB", "宁波")),
        ("宁波FOB价1.78", ("FOB", "宁波")),
        ("CIF Port Klang, Malaysia", ("CIF", "Port Klang")),
        ("price terms: cif hamburg with L/C", ("CIF", "hamburg")),
        ("C&F Valparaiso", ("CFR", "Valparaiso")),
        ("EXW", ("EXW", "")),
        ("FOB USD 1.78", ("FOB", "")),
        ("DDP to Rio de Janeiro please", ("DDP", "Rio de Janeiro")),
    ],
)
def test_delivery_terms_keep_their_place(text: str, term: tuple[str, str]) -> None:
    (found,) = read(text).terms
    assert (found.value.code, found.value.place) == term


@pytest.mark.parametrize(
    ("text", "payment"),
    [
        ("T/T 30/70, 35 days", "T/T 30/70"),
        ("payment 30% deposit, 70% against copy of B/L.", "30% deposit, 70% against copy of B/L"),
        ("L/C at sight, 2x40HQ", "L/C at sight"),
        ("O/A 60 days after B/L date, 45 days lead time", "O/A 60 days after B/L date"),
        ("定金30%，余款70%见提单复印件，交期35天", "定金30%,余款70%见提单复印件"),
        ("款到发货", "款到发货"),
        ("40/60 before shipment", "40/60 before shipment"),
    ],
)
def test_payment_terms_are_read_whole(text: str, payment: str) -> None:
    assert [found.value for found in read(text).payments] == [payment]


@pytest.mark.parametrize("text", ["sizes 30/60", "含13%专票", "model 12-34", "5% off"])
def test_other_figures_are_no_payment_terms(text: str) -> None:
    assert read(text).payments == ()


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Delivery 45 days.", 45),
        ("lead time: 30-35 days after deposit", 35),
        ("交期30天", 30),
        ("4 weeks delivery", 28),
        ("ready in 20 working days", 28),
        ("T/T 30/70, 35 days", 35),
    ],
)
def test_lead_times_are_read_in_calendar_days(text: str, days: int) -> None:
    (found,) = read(text).lead_times
    assert found.value.calendar_days == days


@pytest.mark.parametrize(
    ("text", "until"),
    [
        ("Valid 15 days.", date(2026, 3, 20)),
        ("price valid until 30 April", date(2026, 4, 30)),
        ("报价有效期至4月10日", date(2026, 4, 10)),
        ("有效期30天", date(2026, 4, 4)),
        ("valid till 2026-03-31", date(2026, 3, 31)),
        ("valid until 5 January", date(2027, 1, 5)),
    ],
)
def test_validity_ends_on_a_day(text: str, until: date) -> None:
    wording = read(text)
    assert [found.value for found in wording.valid_until] == [until]
    assert wording.lead_times == ()


@pytest.mark.parametrize(
    ("text", "moq"),
    [
        ("MOQ 3,000 pcs", (3000, "pcs")),
        ("minimum order quantity is 500 sets", (500, "set")),
        ("最低起订1000个", (1000, "pcs")),
        ("500个起订", (500, "pcs")),
        ("起订量500千克", (500, "kg")),
        ("MOQ 5km", (5, "km")),
    ],
)
def test_minimum_orders_are_not_taken_for_ordered_quantities(
    text: str, moq: tuple[int, str]
) -> None:
    wording = read(text)
    (found,) = wording.minimum_orders
    assert (found.value.amount, found.value.unit) == moq
    assert wording.quantities == ()


@pytest.mark.parametrize(
    ("text", "tax"),
    [
        ("含13%专票", (True, "0.13")),
        ("未税13元", (False, None)),
        ("incl. 13% VAT", (True, "0.13")),
        ("不含税", (False, None)),
        ("without invoice", (False, None)),
    ],
)
def test_tax_is_read(text: str, tax: tuple[bool, str | None]) -> None:
    (found,) = read(text).taxes
    rate = str(found.value.rate) if found.value.rate else None
    assert (found.value.includes_vat, rate) == tax


def test_every_finding_names_its_place() -> None:
    text = (
        "We can offer USD 2.45/pc FOB Ningbo, MOQ 3,000 pcs, T/T 30/70, 35 days, CE, free samples"
    )
    wording = read(text)
    words = [
        found.words(text)
        for group in (wording.prices, wording.terms, wording.minimum_orders, wording.payments)
        for found in group
    ]
    assert words == ["USD 2.45/pc", "FOB Ningbo", "MOQ 3,000 pcs", "T/T 30/70"]
    assert [found.value for found in wording.certificates] == ["CE"]
    assert [found.value for found in wording.extras] == ["free samples"]


@given(st.text(st.characters(codec="utf-8"), max_size=200))
def test_no_text_breaks_the_reader_or_moves_its_places(text: str) -> None:
    wording = read(text)
    assert len(wording.rest) == len(text)


PHRASES = [
    "USD ",
    "FOB",
    " Ningbo",
    "5000",
    "pcs",
    "T/T",
    "30/70",
    "交期",
    "天",
    "%",
    "valid ",
    "元",
    "1.78",
    "-",
    "/",
    "31.2.26",
]


@given(st.lists(st.sampled_from(PHRASES), max_size=14).map("".join))
def test_no_mixture_of_trade_words_breaks_the_reader(text: str) -> None:
    for group in (read(text).prices, read(text).quantities, read(text).dates):
        assert all(0 <= found.start < found.end <= len(text) for found in group)


@pytest.mark.no_cover
def test_long_text_takes_time_in_proportion() -> None:
    line = "For 8,000 pcs: USD 2.32 FOB Ningbo, T/T 30/70 against copy of B/L, 40 days. "
    assert len(read(line * 250).prices) == 250
    assert growth(lambda lines: read(line * lines), 60) < IN_PROPORTION
