"""Owns sizes, weights, volumes, shares and days in cells, in the units the program keeps.

Must not know columns; a heading's unit comes in as a hint.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from app.sheets.cells.numbers import NUMBER, number_of
from app.sheets.cells.reading import Hints, folded


@dataclass(frozen=True, slots=True)
class Dimensions:
    """Length, width and height of a carton or an article, in centimetres."""

    length_cm: Decimal
    width_cm: Decimal
    height_cm: Decimal


@dataclass(frozen=True, slots=True)
class Days:
    """A time in calendar days, as a range that may be open, and the words it was said in."""

    at_least: int | None
    at_most: int | None
    text: str


_CM = {"mm": Decimal("0.1"), "cm": Decimal(1), "m": Decimal(100), "in": Decimal("2.54")}
_LENGTH_UNIT = re.compile(
    r"(mm|毫米|cm|厘米|公分|meters?|(?<![^\W\d_])m(?![^\W_²³])(?![²³])|米|inch(?:es)?|(?<![^\W\d_])in(?![^\W\d_])|英寸|\"|″|мм|см)",
    re.IGNORECASE,
)
_LENGTH_WORDS = {
    "毫米": "mm",
    "мм": "mm",
    "厘米": "cm",
    "公分": "cm",
    "см": "cm",
    "米": "m",
    "meter": "m",
    "meters": "m",
    "inch": "in",
    "inches": "in",
    "英寸": "in",
    '"': "in",
    "″": "in",
}
_ONE = rf"(?:[LWHDlwhdØ长宽高]\s*[:：]?\s*)?({NUMBER})\s*(?:mm|cm|m|in|inch|\"|″|厘米|毫米)?\s*(?:\([LWHD]\)|[LWHD长宽高])?"
_THREE = re.compile(rf"{_ONE}\s*[*x×X✕/]\s*{_ONE}\s*[*x×X✕/]\s*{_ONE}", re.IGNORECASE)
#: ``L50 W40 H30``, 长50宽40高30, ``50-40-30``
_NAMED_THREE = re.compile(
    rf"[L长長]\s*[:：]?\s*({NUMBER})\D{{0,6}}?[W宽寬]\s*[:：]?\s*({NUMBER})\D{{0,6}}?[H高]\s*[:：]?\s*({NUMBER})(?:\s*(?:mm|cm|m|in))?",
    re.IGNORECASE,
)
_DASHED_THREE = re.compile(r"(\d{1,4})\s?-\s?(\d{1,4})\s?-\s?(\d{1,4})\s?(?:mm|cm)?", re.IGNORECASE)
_KG = {
    "kg": Decimal(1),
    "g": Decimal("0.001"),
    "t": Decimal(1000),
    "lb": Decimal("0.45359237"),
    "oz": Decimal("0.028349523125"),
}
_WEIGHT_UNIT = re.compile(
    r"(kgs?|kilos?|公斤|千克|кг|(?<![A-Za-z])g(?:rams?|r)?(?![.\w])|克|гр?\b|lbs?|磅|oz|盎司|tons?|吨|(?<![^\W\d_])[тt]\b)",
    re.IGNORECASE,
)
_M3 = {
    "m3": Decimal(1),
    "ft3": Decimal("0.028316846592"),
    "in3": Decimal("0.000016387064"),
    "cm3": Decimal("0.000001"),
    "l": Decimal("0.001"),
}
_VOLUME_UNIT = re.compile(
    r"(?<![^\W\d_])(?:(?P<ft3>cu\.?\s?ft\.?|cuft|cft|ft3|ft³|cubic f(?:ee|oo)t|立方(?:英)?尺|材)|(?P<in3>cu\.?\s?in\.?|cuin|in3|in³|cubic inch(?:es)?)"
    r"|(?P<cm3>cm3|cm³|ccm|立方厘米)|(?P<m3>cbm|m3|m³|㎥|cubic met(?:er|re)s?|куб|立方米?)|(?P<l>lit(?:er|re)s?|dm3|dm³))(?![^\W\d_])",
    re.IGNORECASE,
)
_AMOUNTS = re.compile(NUMBER)
_DAYS = re.compile(
    r"(\d{1,3})\s*(?:-|–|~|/|to|至|到|bis|до|a)?\s*(\d{1,3})?\s*(?:个)?\s*(?:working\s+|business\s+|工作)?"
    r"(days?|d\b|天|日|tage?n?|días?|dias?|дн\w*|日間|일|giorni|jours?|dni|gün|ngày|"
    r"weeks?|wks?|周|週|星期|wochen?|semanas?|недел\w*|주|settiman\w*|semaines?|tygod\w*|hafta|tuần|"
    r"(?:[ヶかカケ箇]?月)|months?|monate?|mes(?:es|i)?\b|mois|месяц\w*|개월|miesi\w*|ay\b|tháng)?",
    re.IGNORECASE,
)
#: 一周, 两个月, 半个月: how many in words.
_HAN_COUNTS = dict(zip("一两二三四五六", "1223456", strict=True))
_HAN_COUNT = re.compile(r"([一两二三四五六])(?=\s?(?:个|天|日|周|週|星期|月))")
_HALF_A_MONTH = re.compile(r"半个?月")
_WEEKS = ("w", "周", "週", "星", "sem", "недел", "주", "settim", "tyg", "haf", "tuần")
_MONTHS = ("m", "月", "месяц", "개", "ay", "th", *"ヶかカケ箇")
_AT_ONCE = re.compile(
    r"现货|即时发货|当天发|立即|马上|ready|in stock|ex stock|stock|immediate|sofort|ab lager|lagernd|vorrätig|в наличии|即納|在庫|재고|pronta consegna|en stock|na stanie|stokta|disponible",
    re.IGNORECASE,
)


def length_unit(text: str) -> str | None:
    """The unit of length ``text`` names: ``mm``, ``cm``, ``m`` or ``in``."""
    match = _LENGTH_UNIT.search(text)
    if match is None:
        return None
    word = match[1].lower()
    return _LENGTH_WORDS.get(word, word)


def read_dimensions(text: str, hints: Hints) -> Dimensions | None:
    """Three measures such as ``50*40*30cm``; without a unit in the hint's, else centimetres."""
    said = folded(text)
    match = _THREE.search(said) or _NAMED_THREE.search(said) or _DASHED_THREE.fullmatch(said)
    if match is None:
        return None
    sizes = [number_of(match[n].strip(), decimal_comma=hints.decimal_comma) for n in (1, 2, 3)]
    if any(size is None for size in sizes):
        return None
    factor = _CM[length_unit(said) or hints.unit or "cm"]
    length, width, height = (size * factor for size in sizes if size is not None)
    return Dimensions(length, width, height)


def read_length_cm(text: str, hints: Hints) -> Decimal | None:
    """One measure in centimetres."""
    said = folded(text)
    match = _AMOUNTS.search(said)
    number = number_of(match[0].strip(), decimal_comma=hints.decimal_comma) if match else None
    return number * _CM[length_unit(said) or hints.unit or "cm"] if number is not None else None


def weight_unit(text: str) -> str | None:
    """The unit of weight ``text`` names: ``kg``, ``g``, ``t``, ``lb`` or ``oz``."""
    match = _WEIGHT_UNIT.search(text)
    if match is None:
        return None
    word = match[1].lower()
    if word.startswith(("kg", "kilo", "公斤", "千克", "кг")):
        return "kg"
    if word.startswith(("lb", "磅")):
        return "lb"
    if word.startswith(("oz", "盎司")):
        return "oz"
    return "t" if word.startswith(("t", "吨", "т")) else "g"


def read_weights_kg(text: str, hints: Hints) -> list[Decimal]:
    """The weights in ``text`` in kilograms, in their order (``12.4/7.3kg`` has two)."""
    said = folded(text)
    factor = _KG[weight_unit(said) or hints.unit or "kg"]
    numbers = (
        number_of(m[0].strip(), decimal_comma=hints.decimal_comma) for m in _AMOUNTS.finditer(said)
    )
    return [number * factor for number in numbers if number is not None]


def volume_unit(text: str) -> str | None:
    """The unit of volume ``text`` names: ``m3``, ``ft3``, ``in3``, ``cm3`` or ``l``."""
    match = _VOLUME_UNIT.search(text)
    return match.lastgroup if match is not None else None


def read_volume_m3(text: str, hints: Hints) -> Decimal | None:
    """The first volume in ``text`` in cubic metres, to a millionth; without a unit in the hint's."""
    said = folded(text)
    number = read_number(said, hints)
    factor = _M3[volume_unit(said) or hints.unit or "m3"]
    if number is None or factor == 1:
        return number
    return round(number * factor, 6)


def read_number(text: str, hints: Hints) -> Decimal | None:
    """The first number in ``text``, whatever it counts."""
    said = folded(text)
    match = re.search(rf"[-−]?(?:{NUMBER})", said)
    return number_of(match[0].strip(), decimal_comma=hints.decimal_comma) if match else None


def read_share(text: str, hints: Hints) -> Decimal | None:
    """A rate as a fraction: ``13%``, ``13`` and ``0.13`` are the same."""
    number = read_number(text, hints)
    if number is None:
        return None
    return number / 100 if "%" in text or "％" in text or number >= 1 else number


def read_days(text: str, *, needs_unit: bool = False) -> Days | None:
    """A lead time such as ``25-30 days``, ``30天``, ``4 weeks``, ``现货``.

    Bare numbers are days; where it ``needs_unit`` they and ``现货`` say nothing.
    """
    said = _HALF_A_MONTH.sub("15天", _HAN_COUNT.sub(lambda m: _HAN_COUNTS[m[1]], folded(text)))
    match = _DAYS.search(said)
    if needs_unit and (match is None or not match[3]):
        return None
    if match is None:
        return Days(0, 0, text) if _AT_ONCE.search(said) else None
    unit = (match[3] or "d").lower()
    if unit.startswith(_WEEKS):
        factor = 7
    else:
        factor = 30 if unit.startswith(_MONTHS) else 1
    low = int(match[1]) * factor
    high = int(match[2] or match[1]) * factor
    return Days(low, high, text) if low <= high <= 1000 else None
