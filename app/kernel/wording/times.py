"""Owns reading days, dates, lead times and validity out of free text.

Must not read a date without a year by the wall clock: the caller says on which day it was written.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from app.kernel.wording.spans import Found, Sheet

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan",
            "february feb",
            "march mar",
            "april apr",
            "may",
            "june jun",
            "july jul",
            "august aug",
            "september sept sep",
            "october oct",
            "november nov",
            "december dec",
        ),
        start=1,
    )
    for name in names.split()
}
_MONTH = "(?:{})".format("|".join(sorted(_MONTHS, key=len, reverse=True)))
_DATE = (
    r"(?:(?P<y1>20\d\d)\s?[-/.年]\s?(?P<m1>\d{1,2})\s?[-/.月]\s?(?P<d1>\d{1,2})\s?日?(?!\d)"
    r"|(?<!\d)(?P<d2>\d{1,2})[./-](?P<m2>\d{1,2})[./-](?P<y2>20\d\d|\d\d)(?!\d)"
    rf"|(?<!\d)(?P<d3>\d{{1,2}})(?:st|nd|rd|th)?\s(?:of\s)?(?P<m3>{_MONTH})\b\.?(?:,?\s(?P<y3>20\d\d))?"
    rf"|\b(?P<m4>{_MONTH})\.?\s(?P<d4>\d{{1,2}})(?:st|nd|rd|th)?(?!\d)(?:,?\s(?P<y4>20\d\d))?"
    r"|(?<!\d)(?P<m5>\d{1,2})\s?月\s?(?P<d5>\d{1,2})\s?[日号]"
    rf"|(?:end of\s)(?P<m6>{_MONTH})\b(?:\s(?P<y6>20\d\d))?"
    r"|(?P<m7>\d{1,2})\s?月底)"
)
_DATE_PATTERN = re.compile(_DATE, re.IGNORECASE | re.ASCII)
_COUNTED = r"(?P<from>\d{1,3})(?:\s?(?:-|–|~|to|至|到|bis|a)\s?(?P<to>\d{1,3}))?\s?-?\s?"
_UNITS = r"days?|weeks?|wks?|months?|天|日|周|星期|个月"
#: Days that stand without a word that says what they are for.
_SPAN_ALONE = rf"{_COUNTED}(?P<working>working\s|business\s|个工作|工作)?(?P<unit>{_UNITS})(?![A-Za-z])(?P<workdays>(?!))?"
_SPAN = (
    rf"{_COUNTED}(?P<working>working\s|business\s|个工作|工作|werk|arbeits|рабочих\s)?"
    rf"(?P<unit>{_UNITS}|tagen?|wochen?|monaten?|monat|d[ií]as?|semanas?|mes(?:es)?|дн(?:ей|я)|день|недел[яиь]|месяц(?:а|ев)?)"
    r"(?![A-Za-z])(?P<workdays>\s(?:h[aá]biles|laborables))?"
)
_LEAD_CUE = (
    r"(?:lead\s?-?time|delivery(?:\s(?:time|date|in|within))?|production(?:\stime)?|ready\sin|ship(?:ment)?\s(?:in|within)"
    r"|l/t|交货期|交货时间|交货|交期|货期|生产周期|生产期|工期|大货"
    r"|liefer(?:zeit|frist|ung)|produktionszeit|plazo(?:\sde\s(?:entrega|producción|fabricación))?|tiempo\sde\s(?:entrega|producción)|entrega"
    r"|[Сс]рок(?:и)?(?:\s(?:изготовления|поставки|производства|отгрузки))?|[Пп]роизводство|[Пп]оставка)"
)
_LEAD = re.compile(
    rf"{_LEAD_CUE}\s*(?:is|:|=|time|of|within|in|about|around|approx\.?|需要?|大?约|大概|为|是|ca\.?|innerhalb|von|beträgt|ist|en|de|es|dentro|max\.?|maximal|maximum|up to|bis zu|[-–—])*\s*{_SPAN}"
    r"(?:\s(?:after|from|upon)\s(?:the\s)?(?:receipt of\s)?(?:deposit|order|payment|confirmation)(?:\sconfirm\w*)?)?",
    re.IGNORECASE | re.ASCII,
)
_DAYS_AFTER_DEPOSIT = re.compile(
    rf"{_SPAN}(?:\slead\s?time|\sdelivery|\sproduction|\s?交货|\s?出货|\s?发货"
    r"|\s(?:after|from|upon)\s(?:the\s)?(?:receipt of\s)?(?:your\s)?(?:deposit|order|sample))",
    re.IGNORECASE | re.ASCII,
)
_DAYS_ALONE = re.compile(
    rf"(?<![\w./\-\x00月])(?:in\s|within\s|约)?{_SPAN_ALONE}(?!\s(?:after|from)\s(?:b/?l|sight|invoice|arrival)|\s?账期|\s?内付)",
    re.IGNORECASE | re.ASCII,
)
_VALID_CUE = (
    r"(?:(?:(?:price|offer|quotation|quote)s?\s)?(?:is\s|are\s|remains?\s)?(?:valid(?:ity)?|good)(?:\suntil|\still|\sthrough|\sto|\sfor)?"
    r"|报价有效期?|价格有效期?|有效期?(?:至|到)?|有效"
    r"|gültig(?:keit)?|v[aá]lid[oa]|vigencia|validez|действительн[оаы]|[Дд]ействует)"
)
_VALID_FOR = re.compile(
    rf"{_VALID_CUE}\s*(?:is|:|=|为|:)?\s*(?:for\s|within\s|por\s|für\s)?{_SPAN}",
    re.IGNORECASE | re.ASCII,
)
_VALID_UNTIL = re.compile(
    rf"{_VALID_CUE}\s*(?:is|:|=|为)?\s*(?:until|till|through|to|by|bis(?:\szum)?|hasta(?:\sel)?|до|至|到)?\s*{_DATE}",
    re.IGNORECASE | re.ASCII,
)
_DAYS_VALID = re.compile(rf"{_SPAN}\s?(?:内)?(?:\s?valid(?:ity)?|有效)", re.IGNORECASE | re.ASCII)
#: Every finding holds one of these words; most messages none.
_ELSEWHERE_CUES = (
    "tag",
    "woche",
    "monat",
    "día",
    "dia",
    "seman",
    "mes",
    "дн",
    "ден",
    "недел",
    "месяц",
)
_SPAN_CUES = (*_ELSEWHERE_CUES, "day", "week", "wk", "month", "天", "日", "周", "星期", "个月")
_VALID_CUES = ("valid", "good", "有效", "gültig", "válid", "vigencia", "действ")
_AFTER_CUES = ("lead", "delivery", "production", "货", "after", "from", "upon")
_MONTH_CUES = ("月", *sorted({name[:3] for name in _MONTHS}))
_FIGURED = re.compile(r"\d\s?[-/.年]\s?\d{1,2}\s?[-/.月]\s?\d")
_DAYS_OF = {"t": 1, "s": 7, "д": 1, "н": 7, "м": 30} | {
    "d": 1,
    "w": 7,
    "m": 30,
    "天": 1,
    "日": 1,
    "周": 7,
    "星": 7,
    "个": 30,
}


@dataclass(frozen=True, slots=True)
class LeadTime:
    """Days until the goods are ready, as a range; ``working`` when only working days count."""

    from_days: int
    to_days: int
    working: bool = False

    @property
    def calendar_days(self) -> int:
        """The longer end in calendar days; five working days make seven."""
        return -(-self.to_days * 7 // 5) if self.working else self.to_days


def take_validity(sheet: Sheet, *, written_on: date) -> list[Found[date]]:
    """The days until which what is said holds (through that day); taken off the sheet."""
    if not sheet.mentions(*_VALID_CUES):
        return []
    until = sheet.take(_VALID_UNTIL, lambda match: _date(match, written_on))
    for pattern in (_VALID_FOR, _DAYS_VALID):
        until += sheet.take(pattern, lambda match: written_on + timedelta(days=_days(match)[1]))
    return until


def take_lead_times(sheet: Sheet) -> list[Found[LeadTime]]:
    """Lead times, the named ones first; taken off the sheet. Payment terms must be off before."""
    if not sheet.mentions(*_SPAN_CUES):
        return []
    named = sheet.take(_LEAD, _lead_time)
    if sheet.mentions(*_AFTER_CUES):
        named += sheet.take(_DAYS_AFTER_DEPOSIT, _lead_time)
    return named or sheet.take(_DAYS_ALONE, _lead_time)


def take_dates(sheet: Sheet, *, written_on: date) -> list[Found[date]]:
    """Other dates, in the order they stand; one without a year is the next such day."""
    if not sheet.mentions(*_MONTH_CUES) and _FIGURED.search(sheet.text) is None:
        return []
    return sheet.take(_DATE_PATTERN, lambda match: _date(match, written_on))


def _lead_time(match: re.Match[str]) -> LeadTime | None:
    low, high = _days(match)
    return (
        LeadTime(low, high, bool(match["working"] or match["workdays"]))
        if 0 < low <= high <= 400
        else None
    )


def _days(match: re.Match[str]) -> tuple[int, int]:
    days = _DAYS_OF[match["unit"][0].lower()]
    low = int(match["from"]) * days
    return low, int(match["to"] or match["from"]) * days


def _date(match: re.Match[str], written_on: date) -> date | None:
    """The day a match names; day before month where figures leave it open, as most buyers write."""
    groups = match.groupdict()
    number = next(n for n in "1234567" if groups.get(f"m{n}"))
    said = groups[f"m{number}"]
    month = int(said) if said.isdigit() else _MONTHS[said.lower()]
    year = _year(groups.get(f"y{number}") or "")
    day_text = groups.get(f"d{number}")
    if day_text is None:
        return _month_end(month, year, written_on)
    day = int(day_text)
    if number == "2" and month > 12 >= day:
        day, month = month, day
    return _day(day, month, year, written_on)


def _year(digits: str) -> int | None:
    return int(digits) + (2000 if len(digits) == 2 else 0) if digits else None


def _day(day: int, month: int, year: int | None, written_on: date) -> date | None:
    try:
        found = date(year or written_on.year, month, day)
        if year is None and found < written_on - timedelta(days=30):
            found = date(written_on.year + 1, month, day)
    except ValueError:
        return None
    return found


def _month_end(month: int, year: int | None, written_on: date) -> date | None:
    if not 1 <= month <= 12:
        return None
    year = year or written_on.year + (month < written_on.month)
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
