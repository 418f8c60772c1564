"""Money is exact, of one currency, and rounds as a bank does."""

from __future__ import annotations

from decimal import ROUND_UP, Decimal

import pytest

from app.kernel.decimals import decimal_text, round_to_step
from app.kernel.money import CurrencyMismatch, Money, as_priced, minor_unit


def test_sums_are_exact_whatever_the_callers_decimal_context() -> None:
    total = Money.of("123456789012345678901234567.01", "CNY") + Money.of("0.0000000001", "CNY")
    assert total == Money.of("123456789012345678901234567.0100000001", "CNY")


def test_currencies_do_not_mix() -> None:
    with pytest.raises(CurrencyMismatch, match="USD and EUR"):
        Money.of(1, "USD") + Money.of(1, "EUR")
    with pytest.raises(CurrencyMismatch):
        _ = Money.of(1, "USD") < Money.of(1, "EUR")


@pytest.mark.parametrize("code", ["usd", "US", "US$", "RMB1", "人民币"])
def test_a_currency_is_three_capitals(code: str) -> None:
    with pytest.raises(ValueError, match="ISO 4217"):
        Money(Decimal(1), code)


def test_floats_and_infinities_are_refused() -> None:
    with pytest.raises(TypeError):
        Money(1.5, "USD")
    with pytest.raises(ValueError, match="finite"):
        Money(Decimal("NaN"), "USD")


def test_halves_round_away_from_zero_to_the_currencys_unit() -> None:
    assert Money.of("1.005", "USD").rounded() == Money.of("1.01", "USD")
    assert Money.of("-1.005", "USD").rounded() == Money.of("-1.01", "USD")
    assert Money.of("1.5", "JPY").rounded() == Money.of(2, "JPY")
    assert Money.of("1.0005", "KWD").rounded() == Money.of("1.001", "KWD")
    assert minor_unit("JPY") == 1


def test_rounding_to_a_step_keeps_the_steps_digits() -> None:
    assert str(round_to_step(Decimal("1.863"), Decimal("0.05"))) == "1.85"
    assert str(round_to_step(Decimal("1.8"), Decimal("0.010"))) == "1.800"
    assert Money.of("1.861", "USD").rounded(Decimal("0.01"), rounding=ROUND_UP).amount == Decimal(
        "1.87"
    )
    with pytest.raises(ValueError, match="above zero"):
        round_to_step(Decimal(1), Decimal(0))


def test_amounts_print_in_plain_digits() -> None:
    assert str(Money(Decimal("1E+2"), "USD")) == "100 USD"
    assert [decimal_text(Decimal(t)) for t in ("1.50", "-0.00", "1E-7", "200")] == [
        "1.5",
        "0",
        "0.0000001",
        "200",
    ]


def test_money_multiplies_divides_and_compares() -> None:
    price = Money.of("1.86", "USD")
    assert 3 * price == Money.of("5.58", "USD")
    assert price * 3 / 3 == price
    assert -price < Money.zero("USD") <= price
    assert price >= price
    assert price > Money.zero("USD")
    assert not Money.zero("USD")
    assert price - price == Money.zero("USD")


@pytest.mark.parametrize(
    ("amount", "currency", "written"),
    [
        ("3.4", "USD", "3.40"),
        ("2.000", "USD", "2.00"),
        ("0.625", "USD", "0.625"),
        ("80", "JPY", "80"),
    ],
)
def test_a_price_is_written_with_the_decimals_of_its_currency(
    amount: str, currency: str, written: str
) -> None:
    assert str(as_priced(Decimal(amount), currency)) == written
