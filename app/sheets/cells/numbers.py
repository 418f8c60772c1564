"""Owns numbers in cells: with either decimal mark, grouped, in thousands, by the file's habit.

Must not know what a number counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

from app.kernel.wording.numbers import WRITTEN_MULTIPLIER, times_of

NUMBER = r"\d[\d.,'’\u00a0 ]*\d|\d"
_COMMA = re.compile(r"(?:\.\d{3},\d|(?<!\d)0,\d|\d,\d{1,2}(?!\d)|\d,\d{4,}(?!\d))")
_POINT = re.compile(r"(?:,\d{3}\.\d|\d\.\d{1,2}(?!\d)|\d\.\d{4,}(?!\d)|(?<!\d)0\.\d)")
_AFTER = re.compile(WRITTEN_MULTIPLIER, re.IGNORECASE)
_BELOW_ZERO = re.compile(r"[-−](?:[A-Z]{2,3}\s?|[^\w\s]\s?)?[.,]?\d")
_BY_POINTS = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+")
_RANGE = re.compile(
    rf"(?:{NUMBER})\s*[^\W\d_]{{0,3}}\s*(?:[-–—~]|至|到|\bto\b|\bbis\b)\s*(?:{NUMBER})",
    re.IGNORECASE,
)
_GROUPS = re.compile(r"\d{1,3}(?:[.,]\d{3})+")


def has_decimal_comma(texts: Iterable[str], *, is_usual: bool = False) -> bool:
    """Whether the numbers in ``texts`` are written ``12.345,67``.

    Where that ``is_usual``, ``85.000`` says so, too, if nothing speaks against it.
    """
    comma = point = grouped = 0
    for text in texts:
        comma += bool(_COMMA.search(text))
        point += bool(_POINT.search(text))
        grouped += is_usual and _BY_POINTS.fullmatch(text.strip()) is not None
    return comma > point or (grouped > 0 and comma == point == 0)


def is_below_zero(text: str) -> bool:
    """Whether ``text`` begins with a negative number: ``-5kg``, ``-$2``; a dash and a blank mark a list."""
    return _BELOW_ZERO.match(text) is not None


def is_range(text: str) -> bool:
    """Whether ``text`` tells two ends between which a number lies: ``12-13kg``, ``500 to 1000``."""
    return _RANGE.search(text) is not None


def number_of(text: str, *, decimal_comma: bool = False) -> Decimal | None:
    """The number that ``text`` is, grouped or not; ``None`` when it is something else."""
    sign = "-" if text.startswith(("-", "−")) else ""
    digits = re.sub(r"[\s'’\u00a0]", "", text.lstrip("-−+"))
    if not digits or not re.fullmatch(r"\d+(?:[.,]\d+)*|[.,]\d+", digits):
        return None
    return Decimal(sign + _plain(digits, decimal_comma=decimal_comma))


def times_after(text: str, end: int) -> Decimal:
    """What a ``k`` or ``万`` behind a number multiplies it with."""
    match = _AFTER.match(text, end)
    return times_of(match[0]) if match else Decimal(1)


def _plain(digits: str, *, decimal_comma: bool) -> str:
    comma, point = digits.rfind(","), digits.rfind(".")
    if comma >= 0 and point >= 0:
        mark = "," if comma > point else "."
        whole, _, fraction = digits.rpartition(mark)
        return f"{re.sub('[.,]', '', whole)}.{fraction}"
    mark = "," if comma >= 0 else "."
    if mark not in digits:
        return digits
    grouped = _GROUPS.fullmatch(digits) is not None and not digits.startswith("0")
    usual = mark == "," and not decimal_comma
    foreign = mark == "." and (decimal_comma or digits.count(".") > 1)
    if grouped and (usual or foreign or digits.count(mark) > 1):
        return digits.replace(mark, "")
    whole, _, fraction = digits.rpartition(mark)
    return f"{re.sub('[.,]', '', whole) or '0'}.{fraction}"
