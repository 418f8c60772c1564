"""Owns dates that are stored as a number of days, and what a number format makes of such a number.

Must not know which file format the number came from.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from typing import Final

import xlrd

from app.sheets.reading.number_formats import shows_a_date

_LENGTH: Final = re.compile(r"\[(?:h+|m+|s+)\]", re.IGNORECASE)


def shows_a_length(code: str) -> bool:
    """Whether the format ``code`` shows a length of time, as ``[h]:mm`` does: 36:00 and no day of 1900."""
    return _LENGTH.search(code) is not None


def moment(value: float, datemode: int) -> date | datetime | time | timedelta | float:
    """A date, a time of the day or both; the number itself when it is none of them.

    ``datemode``: 0 for days counted from 1900, 1 from 1904.
    """
    try:
        found: datetime = xlrd.xldate.xldate_as_datetime(value, datemode)
    except (xlrd.xldate.XLDateError, ValueError, OverflowError):
        return value
    if 0 <= value < 1:
        return found.time()
    return found.date() if value == int(value) else found


def as_formatted(
    value: float, code: str, datemode: int
) -> date | datetime | time | timedelta | float:
    """``value`` as the format ``code`` means it: a date, a length of time or the number it is."""
    try:
        if shows_a_length(code):
            return timedelta(days=value)
        return moment(value, datemode) if shows_a_date(code) else value
    except (ValueError, OverflowError):
        return value
