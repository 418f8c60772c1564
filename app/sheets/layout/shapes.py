"""Owns what a cell looks like at a glance: number, date, contact, code, words or prose.

A shape is a guess for finding tables. Must not parse values; ``app.sheets.cells`` does.
"""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Iterable
from datetime import date, time
from decimal import Decimal
from itertools import pairwise

from app.sheets.grid import ErrorValue, Value

EMPTY, NUMBER, DATE, CONTACT, FLAG, CODE, WORDS, PROSE = "", "n", "d", "c", "b", "k", "t", "p"
#: Shapes that a heading never has: the types of data.
TYPED = frozenset([NUMBER, DATE, CONTACT, FLAG])

_CURRENCY = (
    r"(?:[$€£¥￥₽₩₹฿₫₺₴₸₪₦৳₱]|r?mb\b|cny|usd|eur|gbp|jpy|hkd|us\$|rub|krw|руб\.?|р\.|元|円|원)"
)
_NUMBER = re.compile(
    rf"[<>≥≤~≈±]?\s*{_CURRENCY}?\s*[-+]?\d[\d.,'\s]*\s*(?:e[+-]?\d+)?\s*"
    rf"(?:{_CURRENCY}|%|[a-zа-я㎡°]{{1,3}}\d?\.?|pcs|[个件只套箱台米天kg吨卷张支瓶双])?"
    rf"(?:\s*(?:/|per\s)\s*[\w.]{{1,6}}|含税|不含税|未税)?",
    re.IGNORECASE,
)
_MEASURE = re.compile(r"\d+(?:[.,]\d+)?(?:\s*[*xX×/]\s*\d+(?:[.,]\d+)?)+\s*[a-zA-Z]{0,3}")
_DATE = re.compile(
    r"(?:\d{4}[-/.年]\s?\d{1,2}[-/.月]\s?\d{1,2}日?|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4})"
    r"(?:[T\s]+\d{1,2}:\d{2}(?::\d{2})?.*)?|\d{1,2}:\d{2}(?::\d{2})?"
)
_MAIL_OR_WEB = re.compile(
    r"(?<![\w.+-])[\w.+-]+@[\w-]+\.[\w.-]+|https?://|^www\.\S+", re.IGNORECASE
)
_PHONE = re.compile(r"[+(]?\d[\d\s().\-/+;,]{5,}\d")
_CODE = re.compile(r"(?=.*\d)[\w.\-/#+:]+")
_FLAGS = frozenset(
    ["yes", "no", "true", "false", "y", "n", "是", "否", "wahr", "falsch", "да", "нет"]
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_LONGEST_COUNT = 30
#: Words in a cell above which it reads as prose.
_PROSE_WORDS = 14
_PROSE_LENGTH = 90


def shape(value: Value) -> str:
    """The shape of ``value``: one of the constants of this module."""
    if value is None:
        return EMPTY
    if isinstance(value, str):
        return text_shape(value)
    if isinstance(value, bool):
        return FLAG
    if isinstance(value, Decimal):
        return NUMBER
    if isinstance(value, date | time):
        return DATE
    return NUMBER if isinstance(value, ErrorValue) else WORDS


@functools.lru_cache(maxsize=50_000)
def text_shape(text: str) -> str:
    """The shape of a text cell."""
    text = text.strip()
    if not text:
        return EMPTY
    if text[0].isdigit() or not text[0].isalpha():
        found = _digit_shape(text)
        if found:
            return found
    if _MAIL_OR_WEB.search(text):
        return CONTACT
    if _NUMBER.fullmatch(text):
        return NUMBER
    if len(text) > _PROSE_LENGTH or len(text.split()) > _PROSE_WORDS:
        return PROSE
    if " " not in text and text.isascii() and _CODE.fullmatch(text):
        return CODE
    return FLAG if text.lower() in _FLAGS else WORDS


def _digit_shape(text: str) -> str:
    if _DATE.fullmatch(text):
        return DATE
    if _NUMBER.fullmatch(text) or _MEASURE.fullmatch(text):
        return NUMBER
    if _PHONE.fullmatch(text) and sum(c.isdigit() for c in text) >= 7:
        return CONTACT
    return EMPTY


def is_count(text: str) -> bool:
    """Whether ``text`` is a whole number as people write one; ``²`` and endless digits are none."""
    return text.isdecimal() and len(text) <= _LONGEST_COUNT


def is_year(value: Value) -> bool:
    """Whether ``value`` can be a year standing as a heading."""
    if isinstance(value, Decimal):
        return 1900 <= value <= 2100 and value == value.to_integral_value()
    return isinstance(value, str) and bool(_YEAR.fullmatch(value.strip()))


def text_of(value: Value) -> str:
    """``value`` as the text a person reads; empty for nothing and for errors."""
    if value is None or isinstance(value, ErrorValue):
        return ""
    if isinstance(value, Decimal):
        return f"{value.normalize():f}" if value == value.to_integral_value() else f"{value:f}"
    return value.strip() if isinstance(value, str) else str(value)


def is_empty(value: Value) -> bool:
    """Whether a cell holds nothing."""
    return value is None or value == "" or (isinstance(value, str) and not value.strip())


def filled(row: Iterable[Value]) -> list[int]:
    """The positions of ``row`` that hold something."""
    return [
        place
        for place, value in enumerate(row)
        if value is not None and (value.__class__ is not str or (value and not value.isspace()))
    ]


def dominant_shape(values: Iterable[Value], share: float = 0.6) -> str:
    """The shape that at least ``share`` of the non-empty values have, or ``EMPTY``."""
    counts = Counter(found for found in map(shape, values) if found)
    if not counts:
        return EMPTY
    best, count = counts.most_common(1)[0]
    total = sum(counts.values())
    if count >= share * total:
        return best
    typed = sum(counts[kind] for kind in TYPED)
    return NUMBER if typed >= share * total else EMPTY


def counts_up(values: Iterable[Value]) -> bool:
    """Whether whole numbers rise by one from value to value: 1, 2, 3 …"""
    texts = [text_of(value) for value in values]
    if len(texts) < 2 or not all(text.isascii() and text.isdigit() for text in texts):
        return False
    numbers = list(map(int, texts))
    return all(after == before + 1 for before, after in pairwise(numbers))
