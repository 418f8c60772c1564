"""Owns numbers as people write them in trade: grouped, with either decimal mark, in thousands.

Must not know what a number counts.
"""

from __future__ import annotations

import re
from decimal import Decimal

NUMBER = r"(?:\d{1,3}(?:[,.'’]\d{3})+(?:[.,]\d{1,4})?|\d+(?:[.,]\d{1,6})?|(?<!\d)[.]\d{1,6})(?!\d)"
_TIMES = {
    **dict.fromkeys(("k", "thousand", "tsd", "千"), Decimal(1000)),
    **dict.fromkeys(("万", "萬"), Decimal(10_000)),
    **dict.fromkeys(("百万", "百萬", "million", "mio"), Decimal(1_000_000)),
    **dict.fromkeys(("千万", "千萬"), Decimal(10_000_000)),
    **dict.fromkeys(("亿", "億"), Decimal(100_000_000)),
}
#: Before a number that is not the end of a larger one: of 1,250 the 250 is none of its own.
WHOLE = r"(?<!\d,(?=\d{3}(?!\d)))"
#: What chats write for 万 (5w); in a cell, and as 5W, it is a watt.
_CHATTED = {"w": Decimal(10_000)}
_WORDS = "|".join(sorted(_TIMES, key=len, reverse=True))
#: Not the beginning of a word: 5 kg, 500千克, 20千瓦.
_END = r"(?![A-Za-z]|(?<=千)[克米瓦])"
#: A word behind a number that multiplies it, as tables write it, and as people chat.
WRITTEN_MULTIPLIER = rf"(?:\s?(?:{_WORDS}){_END})"
MULTIPLIER = rf"(?:\s?(?:(?:{_WORDS}){_END}|(?-i:w)(?![A-Za-z/])))"
_MULTIPLIER_FIRST = re.compile(_WORDS)
_GROUPED = re.compile(r"\d{1,3}(?P<mark>[,.'’])\d{3}(?:(?P=mark)\d{3})*(?:(?!(?P=mark))[.,]\d+)?")

#: Numbers in words: 一万, 三千五, a thousand. Two characters of Chinese at least: 一 is often only "a".
HAN_DIGITS = "零一二三四五六七八九两"
_HAN_DIGITS = {han: value for value, han in enumerate(HAN_DIGITS[:10])} | {"两": 2}
_HAN_PLACES = {"十": 10, "百": 100, "千": 1_000, "万": 10_000}
_ENGLISH = {
    **{"a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7},
    **{"eight": 8, "nine": 9, "ten": 10, "fifteen": 15, "twenty": 20, "thirty": 30, "fifty": 50},
}
SPELLED = (
    r"(?:(?<![第每几一二两三四五六七八九十百千万])(?=[一二两三四五六七八九十])[零一二两三四五六七八九十百千万]{2,9}"
    r"(?![几多来零一二两三四五六七八九十百千])"
    rf"|(?<![A-Za-z])(?:{'|'.join(_ENGLISH)}) (?:hundred|thousand)(?![A-Za-z]))"
)
#: Such words count dozens: a dozen, two dozen.
FEW_WORDS = {
    **dict.fromkeys(("a", "one", "una", "ein"), 1),
    **{"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "ten": 10, "dos": 2, "zwei": 2},
}
FEW = "|".join(FEW_WORDS)
#: A count in figures or in words.
COUNT = rf"(?:{NUMBER}|{SPELLED})"

_MANY = {"百": 100, "千": 1_000, "万": 10_000, "hundred": 100, "thousand": 1_000}


def per_many(group: str) -> str:
    """A pattern of what prices are for many of (25元/千只, USD 3/1000pcs), without the sign before it.

    A 千克 is a unit of its own, and digits need a word behind them.
    """
    words, digits = "|".join(_MANY), "10,?000|1,?000|100"
    return rf"(?P<{group}>(?:{words})(?![克米瓦升])|(?:{digits})(?=\s?(?:[A-Za-z]|[^\x00-\x7f])))"


def many(text: str) -> int:
    """How many units a price is for that was told for ``text`` of them."""
    return _MANY.get(text.lower()) or int(text.replace(",", ""))


def counted(text: str, multiplier: str = "") -> Decimal:
    """The count ``text`` writes: a single mark before three digits groups (5,000 and 5.000)."""
    times = times_of(multiplier)
    if not text[-1].isdigit():
        return Decimal(spelled(text)) * times
    if _GROUPED.fullmatch(text) and not text.startswith("0"):
        mark = next(character for character in text if not character.isdigit())
        return _plain(text.replace(mark, "").replace(",", ".")) * times
    return _plain(text.replace(",", ".")) * times


def spelled(text: str) -> int:
    """The number ``text`` says in words as ``SPELLED`` matches them: 一万二 is 12,000."""
    if text.isascii():
        count, _, place = text.lower().partition(" ")
        return _ENGLISH[count] * _MANY[place.strip()]
    whole = part = digit = 0
    last = 1
    for character in text:
        if character in _HAN_DIGITS:
            digit = _HAN_DIGITS[character]
            last = 1 if character == "零" else last
        elif character == "万":
            whole, part, digit, last = (whole + part + digit) * 10_000, 0, 0, 10_000
        else:
            last = _HAN_PLACES[character]
            part, digit = part + (digit or 1) * last, 0
    # What stands behind 千 without a place of its own counts hundreds: 三千五.
    return whole + part + digit * max(last // 10, 1)


def priced(text: str, multiplier: str = "") -> Decimal:
    """The price ``text`` writes: a single point is always the decimal mark (1.250), a single
    comma is one unless three digits follow.
    """
    if text.count(".") == 1 and "," not in text and "'" not in text and "’" not in text:
        return _plain(text) * times_of(multiplier)
    return counted(text, multiplier)


def times_of(multiplier: str) -> Decimal:
    """What a word behind a number multiplies it with (``万`` 10,000); 1 for no such word."""
    word = multiplier.strip().lower()
    return _TIMES.get(word) or _CHATTED.get(word, Decimal(1))


def without_multiplier(word: str) -> tuple[Decimal, str]:
    """What a folded ``word`` behind a number multiplies it with, and what is left: 万元 is 10,000 元."""
    found = _MULTIPLIER_FIRST.match(word)
    return (_TIMES[found[0]], word[found.end() :]) if found else (Decimal(1), word)


def _plain(digits: str) -> Decimal:
    whole, point, fraction = digits.rpartition(".")
    if not point:
        return Decimal(digits)
    return Decimal(f"{whole.replace('.', '') or '0'}.{fraction}")
