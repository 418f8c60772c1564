"""Owns amounts in words, as banks and customs want them on an invoice, in English and Chinese.

Must not round: the amount comes in the currency's smallest unit. Follows the habit of letters of
credit ("SAY US DOLLARS … ONLY") and 中国人民银行's 《正确填写票据和结算凭证的基本规定》 for the
capital figures (zeros inside are read once; 整 closes a sum that ends before 分).
"""

from __future__ import annotations

from decimal import Decimal

from babel.numbers import get_currency_name

_SMALL = [
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
_TENS = [
    "ZERO",
    "TEN",
    "TWENTY",
    "THIRTY",
    "FORTY",
    "FIFTY",
    "SIXTY",
    "SEVENTY",
    "EIGHTY",
    "NINETY",
]
_GROUPS = ("", " THOUSAND", " MILLION", " BILLION", " TRILLION")
_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("", "拾", "佰", "仟")
_MYRIADS = ("", "万", "亿", "万亿")
_HUNDREDTHS = {"GBP": "PENCE"} | dict.fromkeys(
    ("USD", "EUR", "AUD", "CAD", "HKD", "SGD", "NZD"), "CENTS"
)


def amount_in_words(amount: Decimal, currency: str, language: str) -> str:
    """``amount`` of ``currency`` in words, in ``en`` or ``zh_CN``.

    Raises :class:`ValueError` for an amount below zero or of a quadrillion and more.
    """
    if not 0 <= amount < Decimal(10) ** 15:
        raise ValueError(f"no words for {amount}")
    return _chinese(amount, currency) if language == "zh_CN" else _english(amount, currency)


def _english(amount: Decimal, currency: str) -> str:
    name = get_currency_name(currency, count=2, locale="en").upper()
    whole = int(amount)
    cents = int((amount - whole) * 100)
    words = f"SAY {name} {_english_number(whole)}"
    if cents:
        unit = _HUNDREDTHS.get(currency)
        words += f" AND {unit} {_english_number(cents)}" if unit else f" AND {cents:02d}/100"
    return f"{words} ONLY"


def _english_number(number: int) -> str:
    if number == 0:
        return _SMALL[0]
    groups: list[str] = []
    for name in _GROUPS:
        number, group = divmod(number, 1000)
        if group:
            groups.append(_below_thousand(group) + name)
    return " ".join(reversed(groups))


def _below_thousand(number: int) -> str:
    hundreds, rest = divmod(number, 100)
    parts = [f"{_SMALL[hundreds]} HUNDRED"] if hundreds else []
    if rest:
        tens, ones = divmod(rest, 10)
        small = _SMALL[rest] if rest < 20 else _TENS[tens] + (f"-{_SMALL[ones]}" if ones else "")
        parts.append(small)
    return " AND ".join(parts)


def _chinese(amount: Decimal, currency: str) -> str:
    name = get_currency_name(currency, locale="zh_CN")
    whole = int(amount)
    jiao, fen = divmod(int((amount - whole) * 100), 10)
    words = f"{_chinese_number(whole)}元" if whole or not (jiao or fen) else ""
    if jiao:
        words += f"{_DIGITS[jiao]}角"
    elif fen and whole:
        words += _DIGITS[0]
    words += f"{_DIGITS[fen]}分" if fen else "整"
    return f"{name}{words}"


def _chinese_number(number: int) -> str:
    if number == 0:
        return _DIGITS[0]
    words = ""
    zero_between = False
    for index in range(len(_MYRIADS) - 1, -1, -1):
        group = number // 10_000**index % 10_000
        if not group:
            zero_between = bool(words)
            continue
        if words and (zero_between or group < 1000):
            words += _DIGITS[0]
        words += _chinese_group(group) + _MYRIADS[index]
        zero_between = False
    return words


def _chinese_group(group: int) -> str:
    words = ""
    for place in (3, 2, 1, 0):
        digit = group // 10**place % 10
        if digit:
            words += _DIGITS[digit] + _PLACES[place]
        elif words and not words.endswith(_DIGITS[0]) and group % 10**place:
            words += _DIGITS[0]
    return words
