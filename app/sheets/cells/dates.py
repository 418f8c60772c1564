"""Owns dates in cells, in many forms, with day and month in the file's own order.

Must not read the clock.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from decimal import Decimal

from app.sheets.cells.reading import folded
from app.sheets.grid import Value

_YEAR_FIRST = re.compile(r"(?<!\d)(\d{4})\s*[-/.年]\s*(\d{1,2})(?:\s*[-/.月]\s*(\d{1,2})\s*日?)?")
_YEAR_LAST = re.compile(r"(?<!\d)(\d{1,2})\s*[-/.]\s*(\d{1,2})\s*[-/.]\s*(\d{4}|\d{2})(?!\d)")
_COMPACT = re.compile(r"(20\d\d|19\d\d)(0[1-9]|1[0-2])([0-2]\d|3[01])")
_WORDS = re.compile(
    r"(?:(\d{1,2})(?:st|nd|rd|th|\.)?\s*(?:de\s+|of\s+)?[-\s]*)?([^\W\d_]{3,12})\.?[-\s,]*(?:de\s+)?"
    r"(?:(\d{1,2})(?:st|nd|rd|th)?(?!\d)[-\s,]+)?(\d{4}|\d{2})(?!\d)"
)
#: A day whose year stands somewhere else: 3月5日, and 3.5, 3.5. or 3/5 where that is known.
_DAY_OF_MONTH = re.compile(r"(\d{1,2})\s*月\s*(\d{1,2})\s*[日号]?")
_SHORT_DAY = re.compile(r"(\d{1,2})[./](\d{1,2})\.?")
#: ``13-Oct``, ``5. Nov``, ``5 de noviembre``, ``Nov 5th``; ``Oct-13`` is a month of 2013 as well.
_DAY_IN_WORDS = re.compile(
    r"(?:[^\W\d_]{2,10}[,.]?\s+)?(\d{1,2})(?:st|nd|rd|th|er|º|\.)?\s*[-\s]?\s*(?:de\s+|of\s+)?([^\W\d_]{3,12})\.?"
    r"|([^\W\d_]{3,12})\.?\s+(\d{1,2})(?:st|nd|rd|th|\.)?"
)
#: ``KW 36/2026``, ``week 36 2026``, ``W36-2026``: a week by its number.
_WEEK = re.compile(
    r"(?:kw|calendar week|week|wk|w|cw)\.?\s*(\d{1,2})\s*[-/., ]\s*(20\d\d)", re.IGNORECASE
)
_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")
_MONTHS = {
    stem: number
    for number, stems in enumerate(
        (
            "jan ene янв gen sty oca",
            "feb фев fév lut şub",
            "mar mär mrz мар mrt",
            "apr abr апр avr kwi nis",
            "may mai мая май mei maj",
            "jun июн juin giu cze haz",
            "jul июл juil lug lip tem",
            "aug ago авг aoû sie ağu agu",
            "sep set сен wrz eyl",
            "oct okt out окт ott paź eki",
            "nov ноя lis kas",
            "dec dez dic дек déc gru ara des",
        ),
        start=1,
    )
    for stem in stems.split()
}
#: Two years whose days are hardly nearer than one another leave it open which one is meant.
_ABOUT_AS_NEAR = timedelta(days=30)
#: How far ahead something may lie that has happened: clocks and calendars differ.
_HARDLY = timedelta(days=7)
#: Days since this one are how a spreadsheet counts dates.
_EPOCH = date(1899, 12, 30).toordinal()


def is_month_first(texts: Iterable[str]) -> bool:
    """Whether dates such as 12/31/2026 among ``texts`` show that the month comes first."""
    day_first = month_first = 0
    for text in texts:
        if (match := _YEAR_LAST.search(text)) is not None:
            day_first += int(match[1]) > 12
            month_first += int(match[2]) > 12
    return month_first > day_first


def is_day_before_month(texts: Iterable[str]) -> bool | None:
    """Whether days without a year among ``texts`` are written 31/12; ``None`` where none shows it."""
    day_first = month_first = 0
    for text in texts:
        if (match := _SHORT_DAY.fullmatch(text.strip())) is not None:
            day_first += int(match[1]) > 12 >= int(match[2])
            month_first += int(match[2]) > 12 >= int(match[1])
    return None if day_first == month_first else day_first > month_first


def year_in(texts: Iterable[str]) -> int | None:
    """The year that the titles around a table name, where they name one alone."""
    years = {int(year) for text in texts for year in _YEAR.findall(text)}
    return years.pop() if len(years) == 1 else None


def has_day(text: str) -> bool:
    """Whether ``text`` names a day of a month, with its year or without."""
    said = text.strip()
    if (short := _SHORT_DAY.fullmatch(said)) is not None:
        low, high = sorted((int(short[1]), int(short[2])))
        return 1 <= low <= 12 and high <= 31
    if _DAY_OF_MONTH.fullmatch(said) is not None or read_date(text) is not None:
        return True
    return _in_words(said.lower()) is not None


def read_day_near(
    text: str, near: date, *, day_first: bool = False, is_past: bool = False
) -> date | None:
    """The day that ``text`` names without a year, in the year that brings it nearest to ``near``.

    What ``is_past`` lies hardly after that day. ``None`` where the text names no day, or where two
    years are about as near.
    """
    said = _month_and_day(folded(text), day_first=day_first)
    if said is None:
        return None
    latest = near + _HARDLY if is_past else date.max
    days = (_day(near.year + more, *said) for more in (-1, 0, 1))
    known = sorted((day for day in days if day and day <= latest), key=lambda day: abs(day - near))
    if len(known) > 1 and abs(known[1] - near) - abs(known[0] - near) <= _ABOUT_AS_NEAR:
        return None
    return next(iter(known), None)


def _month_and_day(text: str, *, day_first: bool) -> tuple[int, int] | None:
    """Month and day of a text without a year."""
    if said := _DAY_OF_MONTH.fullmatch(text):
        return int(said[1]), int(said[2])
    if short := _SHORT_DAY.fullmatch(text):
        month, day = (short[2], short[1]) if day_first else (short[1], short[2])
        return int(month), int(day)
    return _in_words(text.lower())


def _in_words(text: str) -> tuple[int, int] | None:
    match = _DAY_IN_WORDS.fullmatch(text)
    if match is None:
        return None
    month = _month_named(match[2] or match[3])
    return (month, int(match[1] or match[4])) if month else None


def _month_named(word: str) -> int | None:
    return _MONTHS.get(word[:3]) or _MONTHS.get(word[:4])


def read_date(
    value: Value, *, month_first: bool = False, year: int | None = None, day_first: bool = False
) -> date | None:
    """The day a cell names, or ``None``; a number in the range of spreadsheet dates counts days.

    ``year`` is the one of days that name none; there the month comes first, as Chinese write it,
    unless ``day_first``.
    """
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, Decimal):
        return date.fromordinal(_EPOCH + int(value)) if 20_000 <= value <= 80_000 else None
    if not isinstance(value, str):
        return None
    text = folded(value)
    if year and (said := _month_and_day(text, day_first=day_first)):
        return _day(year, *said)
    return _from_text(text, month_first=month_first)


def _from_text(text: str, *, month_first: bool) -> date | None:
    if match := _YEAR_FIRST.search(text):
        return _day(int(match[1]), int(match[2]), int(match[3] or 1)) if match[3] else None
    if match := _YEAR_LAST.search(text):
        day, month = int(match[1]), int(match[2])
        if (month_first and day <= 12) or month > 12:
            day, month = month, day
        return _day(_full_year(match[3]), month, day)
    if match := _COMPACT.fullmatch(text):
        return _day(int(match[1]), int(match[2]), int(match[3]))
    for match in _WORDS.finditer(text.lower()):
        month_number = _month_named(match[2])
        day_text = match[1] or match[3]
        if month_number and day_text:
            return _day(_full_year(match[4]), month_number, int(day_text))
    week = _WEEK.fullmatch(text)
    return _monday(int(week[2]), int(week[1])) if week else None


def _monday(year: int, week: int) -> date | None:
    """The first day of a week as ISO 8601 counts them."""
    try:
        return date.fromisocalendar(year, week, 1)
    except ValueError:
        return None


def _full_year(digits: str) -> int:
    return int(digits) if len(digits) == 4 else 2000 + int(digits)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
