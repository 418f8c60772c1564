"""Owns what reading a cell yields, and the text clean-up that all readers begin with.

Must not know any field.
"""

from __future__ import annotations

import html
import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Literal, NamedTuple

from app.kernel.messages import Message
from app.kernel.text import clean
from app.sheets.grid import ErrorValue, Value

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a cell: an error keeps the row out, a warning only tells."""

    severity: Severity
    message: Message
    field: str = ""


class Reading(NamedTuple):
    """The values of a cell by field (``None`` and missing mean nothing), and its problems."""

    values: tuple[tuple[str, object], ...] = ()
    problems: tuple[Problem, ...] = ()


NOTHING = Reading()


@dataclass(frozen=True, slots=True)
class Hints:
    """What a heading or the file says about all the cells of a column."""

    currency: str | None = None
    includes_vat: bool | None = None
    vat_rate: Decimal | None = None
    incoterm: str | None = None
    place: str | None = None
    unit: str | None = None
    #: For how many units one price is: ``元/千只``.
    per: int = 1
    #: ``12.345,67`` rather than ``12,345.67``.
    decimal_comma: bool = False
    #: ``12/31/2026`` rather than ``31/12/2026``.
    month_first: bool = False
    #: The year of days written without one, and whether they are ``31/12`` rather than ``12/31``.
    year: int | None = None
    day_first: bool = False
    #: The day of the sheet, or of its import, which days without a year are near to.
    near_day: date | None = None
    country: str = "CN"
    #: Two letters behind a place are its country's.
    are_countries_coded: bool = False
    #: What the column is called, of dates and of prices where a table has several for the same quantity.
    label: str = ""


NO_HINTS = Hints()


_ABSENT = frozenset(
    [
        "-",
        "--",
        "---",
        "—",
        "——",
        "–",
        "/",
        "//",
        "\\",
        ".",
        "..",
        "?",
        "??",
        "*",
        "n/a",
        "n.a.",
        "n.a",
        "na",
        "nan",
        "none",
        "null",
        "nil",
        "#n/a",
        "#na",
        "#value!",
        "#ref!",
        "unknown",
        "k.a",
        "k.a.",
        "k. a.",
        "keine angabe",
        "not-available",
        "no-data",
        "tbd",
        "tba",
        "x",
        "xx",
        "xxx",
        "k.a.",
        "keine",
        "entfällt",
        "нет",
        "н/д",
        "не-указано",
        "없음",
        "해당없음",
        "なし",
        "無し",
        "未定",
        "无",
        "无数据",
        "暂无",
        "没有",
        "未填写",
        "未知",
        "不详",
        "空",
        "待定",
        "未提供",
        "yyyy-mm-dd",
        "dd/mm/yyyy",
        "mm/dd/yyyy",
        "0000-00-00",
        "00/00/0000",
        "(null)",
        "(none)",
        "(blank)",
        "(empty)",
        "<null>",
        "undefined",
    ]
)
_NO_SUCH = re.compile(
    r"no[ _](?:tel|phone|fax|mail|e-?mail|web|site|address|website|contact|number|data|info)\w*|"
    r"not (?:available|provided|applicable|specified|given|known)|no data|не указано?",
    re.IGNORECASE,
)
_TAG = re.compile(r"<\s*(?:br|p|/p|/div|/li)\s*/?>", re.IGNORECASE)
_ANY_TAG = re.compile(
    r"</?(?:b|i|u|span|font|strong|em|div|a|li|ul|table|td|tr)\b[^<>]*>", re.IGNORECASE
)
_ENTITY = re.compile(r"&(?:#\d+|#x[0-9a-f]+|[a-z]+[0-9]?);", re.IGNORECASE)
_BLANKS = re.compile(r"[ \t\u00a0\u3000\u2000-\u200a]+")
#: What makes a text need any cleaning at all; most need none.
_UNTIDY = re.compile(
    r"[&<\x00-\x1f\x7f-\xa0\u2000-\u200f\u2028-\u202f\u2066-\u2069\u3000\ufeff□\ufffd０-９Ａ-ｚ\ud800-\udfff]|  "
)
#: What an apostrophe stands before, so that a spreadsheet program takes it for no formula.
_ESCAPED = frozenset("=+-@\t\r")
_LOST_BREAK = re.compile(r"\s*[□\ufffd]\s*")
_SCIENTIFIC = re.compile(r"(\d)(?:[.,](\d+))?E\+?(\d{1,2})", re.IGNORECASE)


def text_of(value: Value) -> str:
    """``value`` as its text in the file, without loss: numbers in plain digits, dates as ISO."""
    if value is None or isinstance(value, ErrorValue):
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, Decimal):
        digits = f"{value:f}"
        return digits.rstrip("0").rstrip(".") if "." in digits else digits
    if isinstance(value, datetime):
        return value.isoformat(" ") if value.time() != time(0) else value.date().isoformat()
    return value.isoformat() if isinstance(value, date | time) else str(value)


def tidy(text: str) -> str:
    """``text`` as it may be kept: HTML left-overs read, full-width letters and digits narrowed."""
    if text[:1] == "'" and text[1:2] in _ESCAPED:
        text = text[1:]
    if _UNTIDY.search(text) is None:
        return text.strip()
    text = clean(_LOST_BREAK.sub(", ", text).strip(", "))
    if "<" in text:
        text = _ANY_TAG.sub("", _TAG.sub("\n", text))
    if _ENTITY.search(text):
        text = html.unescape(text)
    lines = (_BLANKS.sub(" ", _narrow(line)).strip() for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


def _narrow(text: str) -> str:
    return "".join(
        unicodedata.normalize("NFKC", c) if "０" <= c <= "９" or "Ａ" <= c <= "ｚ" else c
        for c in text
    )


def folded(text: str) -> str:
    """``text`` for reading amounts: all widths narrowed, blanks single."""
    return _BLANKS.sub(" ", unicodedata.normalize("NFKC", text)).strip()


def is_absent(text: str) -> bool:
    """Whether ``text`` only says that there is nothing: ``n/a``, ``-``, ``无``, ``No tel_number``."""
    if len(text) > 24:
        return False
    low = text.strip().lower()
    if low in _ABSENT or not low:
        return True
    if not low.startswith(("no", "не", "<", "(")):
        return False
    return low.replace(" ", "-") in _ABSENT or _NO_SUCH.fullmatch(low) is not None


def unscientific(text: str) -> tuple[str, bool] | None:
    """The digits of ``1.3818470054E+10`` and whether they are certain; ``None`` for other text.

    They are certain when the mantissa has them all; ``1.38E+10`` has lost its other digits.
    """
    match = _SCIENTIFIC.fullmatch(text.strip())
    if match is None:
        return None
    digits = match[1] + (match[2] or "")
    places = int(match[3])
    return digits.ljust(places + 1, "0"), len(digits) == places + 1


def warning(key: str, field: str, /, **params: object) -> Problem:
    """A problem that does not keep the row out."""
    return Problem("warning", Message(key, **params), field)


def error(key: str, field: str, /, **params: object) -> Problem:
    """A problem that keeps the row out until it is mended."""
    return Problem("error", Message(key, **params), field)
