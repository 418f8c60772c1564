"""Owns amounts in words as papers state them: English capitals, and the Chinese financial characters.

The Chinese follows the rules for bills of the People's Bank of China (支付结算办法, annex 1).
Must not round on its own: an amount finer than the currency's smallest unit is refused.
"""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from app.kernel.money import Money, minor_unit
from resources import resource

_ONES = [
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
_TENS = ["TWENTY", "THIRTY", "FORTY", "FIFTY", "SIXTY", "SEVENTY", "EIGHTY", "NINETY"]
_THOUSANDS = ("", " THOUSAND", " MILLION", " BILLION", " TRILLION")
_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("", "拾", "佰", "仟")
_SECTIONS = ("", "万", "亿", "万亿")
_FRACTIONS = "角分厘"
#: Below this amount both languages have the words.
LIMIT = Decimal(10) ** 15


@dataclass(frozen=True, slots=True)
class CurrencyWords:
    """How a currency and its hundredth (or thousandth) are called."""

    major: str
    minor: str
    zh: str


@functools.cache
def currency_words() -> Mapping[str, CurrencyWords]:
    """The names by currency code; a currency not among them is called by its code."""
    content = tomllib.loads(resource("reference", "currencies.toml").read_text(encoding="utf-8"))
    return {code: CurrencyWords(**words) for code, words in content.items()}


def english_words(amount: Money) -> str:
    """``SAY US DOLLARS ONE THOUSAND TWO HUNDRED AND THIRTY-FOUR AND CENTS FIFTY-SIX ONLY``.

    A currency whose minor unit has no name here gets ``56/100``. Raises :class:`ValueError` for
    amounts below zero, of :data:`LIMIT` and above, or finer than the currency's smallest unit.
    """
    whole, fraction, digits = _parts(amount)
    names = currency_words().get(amount.currency, CurrencyWords(amount.currency, "", ""))
    text = f"SAY {names.major} {_english(whole)}"
    if fraction and names.minor:
        text += f" AND {names.minor} {_english(fraction)}"
    elif fraction:
        text += f" AND {fraction:0{digits}}/{10**digits}"
    return f"{text} ONLY"


def chinese_words(amount: Money) -> str:
    """``美元壹仟贰佰叁拾肆元伍角陆分``; raises as :func:`english_words` does."""
    whole, fraction, digits = _parts(amount)
    names = currency_words().get(amount.currency)
    text = names.zh if names else amount.currency
    if whole or not fraction:
        text += _chinese(whole) + "元"
    if not fraction:
        return text + "整"
    written = f"{fraction:0{digits}}"
    text += _chinese_fraction(written, after_whole=bool(whole))
    return text if written[1:].strip("0") else text + "整"


def _parts(amount: Money) -> tuple[int, int, int]:
    """Whole units, smallest units, and how many digits those have."""
    smallest = minor_unit(amount.currency)
    if not 0 <= amount.amount < LIMIT:
        raise ValueError(f"there are no words for {amount}")
    if amount.rounded() != amount:
        raise ValueError(f"{amount} is finer than {smallest} {amount.currency}")
    digits = -int(smallest.as_tuple().exponent)
    whole = int(amount.amount)
    return whole, int((amount.amount - whole) * 10**digits), digits


def _english(number: int) -> str:
    if number == 0:
        return _ONES[0]
    groups: list[str] = []
    for name in _THOUSANDS:
        number, group = divmod(number, 1000)
        if group:
            groups.insert(0, _english_hundreds(group) + name)
    return " ".join(groups)


def _english_hundreds(number: int) -> str:
    hundreds, rest = divmod(number, 100)
    if not hundreds:
        return _english_tens(rest)
    text = f"{_ONES[hundreds]} HUNDRED"
    return f"{text} AND {_english_tens(rest)}" if rest else text


def _english_tens(number: int) -> str:
    if number < 20:
        return _ONES[number]
    tens, ones = divmod(number, 10)
    return f"{_TENS[tens - 2]}-{_ONES[ones]}" if ones else _TENS[tens - 2]


def _chinese(number: int) -> str:
    """A whole number: sections of four digits, one 零 for any run of zeros between digits."""
    if number == 0:
        return _DIGITS[0]
    text, sections = "", []
    while number:
        number, section = divmod(number, 10_000)
        sections.append(section)
    for place in range(len(sections) - 1, -1, -1):
        section = sections[place]
        if section == 0:
            continue
        gap = text and (section < 1000 or sections[place + 1] == 0)
        name = _SECTIONS[place]
        if place == 3 and sections[2]:
            name = "万"  # 壹万贰仟亿: the 亿 follows with the next section
        text += (_DIGITS[0] if gap else "") + _chinese_section(section) + name
    return text


def _chinese_section(number: int) -> str:
    text, is_gap = "", False
    for place in (3, 2, 1, 0):
        digit = number // 10**place % 10
        if digit:
            text += (_DIGITS[0] if is_gap and text else "") + _DIGITS[digit] + _PLACES[place]
        is_gap = not digit
    return text


def _chinese_fraction(written: str, *, after_whole: bool) -> str:
    """角, 分 and 厘; a 零 stands for zeros between 元 and the first of them."""
    text, is_gap = "", False
    for digit, name in zip(written, _FRACTIONS, strict=False):
        if digit != "0":
            lead = _DIGITS[0] if is_gap and (text or after_whole) else ""
            text += lead + _DIGITS[int(digit)] + name
        is_gap = digit == "0"
    return text
