"""Owns reading the dates of chat exports, whose day and month stand in the order of a phone.

The order is decided once for a whole file from all its dates: a number above twelve settles it;
else the order in which time never runs backwards; else the one that spans fewer days, since people
who chat answer soon; else the habit that goes with the writing (``3/5/26, 2:02 PM`` is American, so month first).
Must not know the layouts around the dates.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, tzinfo
from enum import StrEnum
from itertools import pairwise

DATE = r"\d{1,4}\s?[./\-年]\s?\d{1,2}\s?[./\-月]\s?\d{1,4}日?"
CLOCK = (
    r"(?:(?:凌晨|早上|上午|中午|下午|晚上|[AaPp]\.?\s?[Mm]\.?)\s?)?"
    r"\d{1,2}[:.]\d{2}(?:[:.]\d{2})?"
    r"(?:\s?(?:[AaPp]\.?\s?[Mm]\.?))?"
)
_NUMBERS = re.compile(r"\d+")
_AFTERNOON = re.compile(r"[pP]\.?\s?[mM]|下午|晚上")
_MORNING = re.compile(r"[aA]\.?\s?[mM]|凌晨|早上|上午")
_NOON = "中午"


class DateOrder(StrEnum):
    """In which order day, month and year stand."""

    DAY_FIRST = "day_first"
    MONTH_FIRST = "month_first"
    YEAR_FIRST = "year_first"


@dataclass(frozen=True, slots=True)
class ChatStamp:
    """The date and clock of one chat line as written."""

    date: str
    clock: str


def date_order(stamps: Sequence[ChatStamp]) -> DateOrder:
    """The order all ``stamps`` of one file are written in."""
    numbers = [_numbers(stamp.date) for stamp in stamps]
    if any(len(first) == 4 for first, _, _ in numbers):
        return DateOrder.YEAR_FIRST
    possible = [
        order
        for order in (DateOrder.DAY_FIRST, DateOrder.MONTH_FIRST)
        if all(_day(parts, order) is not None for parts in numbers)
    ]
    if len(possible) < 2:
        return possible[0] if possible else DateOrder.DAY_FIRST
    american = any(_american(stamp) for stamp in stamps)
    habit = DateOrder.MONTH_FIRST if american else DateOrder.DAY_FIRST
    return min(possible, key=lambda order: (*_strangeness(stamps, order), order is not habit))


def _strangeness(stamps: Sequence[ChatStamp], order: DateOrder) -> tuple[int, int]:
    """How often time runs backwards under ``order``, and how many days the chat spans."""
    moments = [moment for stamp in stamps if (moment := naive(stamp, order)) is not None]
    if not moments:
        return 0, 0
    backwards = sum(later < earlier for earlier, later in pairwise(moments))
    return backwards, (max(moments) - min(moments)).days


def naive(stamp: ChatStamp, order: DateOrder) -> datetime | None:
    """The local date and time ``stamp`` names under ``order``; None when there is no such time."""
    day = _day(_numbers(stamp.date), order)
    clock = _clock(stamp.clock)
    return datetime.combine(day, clock) if day and clock else None


def in_utc(moment: datetime, zone: tzinfo | None) -> datetime:
    """The instant of a local ``moment`` in ``zone``, or where this computer stands."""
    return (moment if zone is None else moment.replace(tzinfo=zone)).astimezone(UTC)


def _numbers(text: str) -> tuple[str, str, str]:
    found = [*_NUMBERS.findall(text), "", "", ""]
    return found[0], found[1], found[2]


def _day(parts: tuple[str, str, str], order: DateOrder) -> date | None:
    if not all(parts):
        return None
    first, second, third = (int(part) for part in parts)
    if order is DateOrder.YEAR_FIRST or len(parts[0]) == 4:
        year, month, day = first, second, third
    elif order is DateOrder.DAY_FIRST:
        day, month, year = first, second, third
    else:
        month, day, year = first, second, third
    try:
        return date(year + 2000 if year < 100 else year, month, day)
    except ValueError:
        return None


def _american(stamp: ChatStamp) -> bool:
    return bool(re.search(r"[AP]M$", stamp.clock)) and not stamp.date.startswith("0")


def _clock(text: str) -> time | None:
    hour, minute, second = (int(number or 0) for number in _numbers(text))
    if (_AFTERNOON.search(text) and hour < 12) or (_NOON in text and hour < 3):
        hour += 12
    elif _MORNING.search(text) and hour == 12:
        hour = 0
    try:
        return time(hour, minute, second)
    except ValueError:
        return None
