"""Owns which automatic backups are kept: all of two days, then 12 daily, 10 weekly, 9 monthly.

Must not touch files.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

_ALL_OF = timedelta(days=2)
_DAILY, _WEEKLY, _MONTHLY = 12, 10, 9


def kept(moments: Iterable[datetime], now: datetime) -> set[datetime]:
    """The moments whose backups stay.

    Of each day, week and month the newest stays. Backups from the future (the clock was set back)
    stay, and the newest of all always does.
    """
    newest_first = sorted(set(moments), reverse=True)
    keep = {moment for moment in newest_first if now - moment <= _ALL_OF} | set(newest_first[:1])
    older = [moment for moment in newest_first if moment not in keep]
    keep |= _newest_of_each(older, lambda moment: moment.date(), _DAILY)
    keep |= _newest_of_each(older, lambda moment: moment.isocalendar()[:2], _WEEKLY)
    keep |= _newest_of_each(older, lambda moment: (moment.year, moment.month), _MONTHLY)
    return keep


def _newest_of_each(
    newest_first: Iterable[datetime], period: Callable[[datetime], object], most: int
) -> set[datetime]:
    first: dict[object, datetime] = {}
    for moment in newest_first:
        if len(first) == most and period(moment) not in first:
            break
        first.setdefault(period(moment), moment)
    return set(first.values())
