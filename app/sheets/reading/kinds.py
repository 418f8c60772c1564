"""Owns what kind of thing the text of a cell looks like: number, date, price, address, code, words.

Only good enough to tell columns apart and rows damaged from rows whole; what a value means is
decided later, per column. Must not change or interpret values.
"""

from __future__ import annotations

import functools
import re

_NUMBER = re.compile(
    r"[+\-−]?(?:\d{1,3}(?:[ .,'\u00a0\u202f]\d{3})+(?:[.,]\d+)?|\d+(?:[.,]\d+)?|[.,]\d+)(?:[eE][+\-]?\d+)?"
)
_INTEGER = re.compile(r"[+\-−]?\d+")
_CURRENCY = r"(?:[$€£¥￥₽₩₹฿]|US\$|HK\$|NT\$|R\$|USD|EUR|GBP|CNY|RMB|JPY|HKD|KRW|RUB|INR|TWD|CHF|元|р\.|руб\.?)"
_AMOUNT = r"[+\-−]?\d[\d.,' \u00a0]*"
_PRICE = re.compile(rf"\(?{_CURRENCY}\s?{_AMOUNT}\)?|{_AMOUNT}\s?{_CURRENCY}", re.IGNORECASE)
_PERCENT = re.compile(r"[+\-−]?\d+(?:[.,]\d+)?\s?[%‰％]")
_DATE = re.compile(
    r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}|\d{4}年\d{1,2}月(?:\d{1,2}日)?|\d{1,2}[- ][A-Za-z]{3,9}\.?[- ]\d{2,4}"
    r"|[A-Za-z]{3,9}\.? \d{1,2},? \d{4}"
)
_TIME = re.compile(r"\d{1,2}[:.]\d{2}(?::\d{2}(?:\.\d+)?)?(?: ?[AaPp]\.?[Mm]\.?)?Z?")
_INSTANT = re.compile(rf"(?:{_DATE.pattern})[T ](?:{_TIME.pattern})(?: ?[+\-]\d\d:?\d\d)?")
_ADDRESS = re.compile(r"(?:https?|ftp)://[^\s\"<>]+|www\.[^\s\"<>]+\.[^\s\"<>]+", re.IGNORECASE)
_MAIL = re.compile(r"[^\s@,;|]+@[^\s@,;|]+\.[A-Za-z]{2,}")
_CODE = re.compile(r"(?=[^\s]*\d)[A-Za-z0-9][A-Za-z0-9_./#\-+*]*")
_TRUTH = frozenset({"true", "false", "yes", "no", "wahr", "falsch", "是", "否"})
_TYPED = (
    ("integer", _INTEGER),
    ("number", _NUMBER),
    ("date", _DATE),
    ("time", _TIME),
    ("instant", _INSTANT),
    ("price", _PRICE),
    ("percent", _PERCENT),
    ("address", _ADDRESS),
    ("mail", _MAIL),
    ("code", _CODE),
)
#: Kinds that a heading hardly ever has and that tell columns apart.
TELLING = frozenset(name for name, _ in _TYPED)
_LONGEST_TYPED = 300


@functools.lru_cache(maxsize=65536)
def kind(text: str) -> str:
    """``"empty"``, ``"words"``, ``"truth"`` or one of :data:`TELLING`."""
    text = text.strip()
    if not text:
        return "empty"
    if len(text) <= _LONGEST_TYPED:
        for name, pattern in _TYPED:
            if pattern.fullmatch(text):
                return name
        if text.lower() in _TRUTH:
            return "truth"
    return "words"


_SHAPES = (
    (re.compile(r"[A-Z]+"), "A"),
    (re.compile(r"[a-z]+"), "a"),
    (re.compile(r"[^\W\d_A-Za-z]+"), "x"),
    (re.compile(r"\s+"), " "),
)
_DIGITS = re.compile(r"\d+")


@functools.lru_cache(maxsize=65536)
def shape(text: str) -> str:
    """The outline of ``text``: letters and digits folded, ``MG-8769`` → ``A-9999``."""
    text = text.strip()[:60]
    for pattern, sign in _SHAPES:
        text = pattern.sub(sign, text)
    return _DIGITS.sub(lambda digits: "9" * min(len(digits.group()), 8), text)
