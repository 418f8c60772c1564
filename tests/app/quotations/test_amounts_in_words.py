"""Amounts in words agree with their figures in both languages."""

from __future__ import annotations

import pytest

from app.kernel.money import Money
from app.quotations.amounts_in_words import chinese_words, english_words


@pytest.mark.parametrize(
    ("amount", "currency", "words"),
    [
        ("0", "USD", "SAY US DOLLARS ZERO ONLY"),
        ("1860", "USD", "SAY US DOLLARS ONE THOUSAND EIGHT HUNDRED AND SIXTY ONLY"),
        (
            "1234.56",
            "USD",
            "SAY US DOLLARS ONE THOUSAND TWO HUNDRED AND THIRTY-FOUR AND CENTS FIFTY-SIX ONLY",
        ),
        ("1000001", "EUR", "SAY EUROS ONE MILLION ONE ONLY"),
        ("12.05", "GBP", "SAY POUNDS STERLING TWELVE AND PENCE FIVE ONLY"),
        ("90", "JPY", "SAY JAPANESE YEN NINETY ONLY"),
        ("1.005", "KWD", "SAY KUWAITI DINARS ONE AND FILS FIVE ONLY"),
        ("7.50", "BDT", "SAY BDT SEVEN AND 50/100 ONLY"),
    ],
)
def test_english(amount: str, currency: str, words: str) -> None:
    assert english_words(Money.of(amount, currency)) == words


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ("0", "零元整"),
        ("1409.50", "壹仟肆佰零玖元伍角整"),
        ("6007.14", "陆仟零柒元壹角肆分"),
        ("1680.32", "壹仟陆佰捌拾元叁角贰分"),
        ("107000.53", "壹拾万柒仟元伍角叁分"),
        ("16409.02", "壹万陆仟肆佰零玖元零贰分"),
        ("325.04", "叁佰贰拾伍元零肆分"),
        ("0.50", "伍角整"),
        ("0.06", "陆分"),
        ("10", "壹拾元整"),
        ("100010000", "壹亿零壹万元整"),
        ("1000400", "壹佰万零肆佰元整"),
        ("100000001", "壹亿零壹元整"),
        ("100001234", "壹亿零壹仟贰佰叁拾肆元整"),
        ("120000000000", "壹仟贰佰亿元整"),
        ("1234500000000", "壹万贰仟叁佰肆拾伍亿元整"),
        ("1000000000000", "壹万亿元整"),
    ],
)
def test_chinese_follows_the_rules_for_bills(amount: str, words: str) -> None:
    assert chinese_words(Money.of(amount, "CNY")) == "人民币" + words


def test_other_currencies_are_named_in_front() -> None:
    assert chinese_words(Money.of("1234.56", "USD")) == "美元壹仟贰佰叁拾肆元伍角陆分"
    assert chinese_words(Money.of("12", "JPY")) == "日元壹拾贰元整"
    assert chinese_words(Money.of("1.005", "KWD")) == "科威特第纳尔壹元零伍厘"
    assert chinese_words(Money.of("1.250", "KWD")) == "科威特第纳尔壹元贰角伍分"
    assert chinese_words(Money.of("5", "BDT")) == "BDT伍元整"


@pytest.mark.parametrize(
    ("amount", "currency"), [("-1", "USD"), ("1.005", "USD"), ("1e15", "USD"), ("1.5", "JPY")]
)
def test_amounts_without_words_are_refused(amount: str, currency: str) -> None:
    for words in (english_words, chinese_words):
        with pytest.raises(ValueError, match=currency):
            words(Money.of(amount, currency))
