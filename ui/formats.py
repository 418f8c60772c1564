"""Owns how values look in the user's language: dates, numbers, money, countries, choices.

Must not parse what is typed; forms do.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal

from babel import Locale
from babel.dates import format_date, format_datetime
from babel.numbers import format_decimal
from PySide6.QtCore import QCollator, QCollatorSortKey, QLocale

from app.fields import Field, FieldType
from app.inquiries.stages import STAGES, Stage
from app.kernel.messages import Message, Named
from app.kernel.ports import place_text
from app.kernel.territories import territory
from app.quotations.revisions import STATE_NAMES, State
from ui.words import say, words

#: As in T/T and D/P.
_SLASH = re.compile(r"(?<=[A-Z])/(?=[A-Z])")
#: One that may be longer without its separators than it is easily read.
_TYPED_NUMBER = re.compile(r"-?[1-9]\d{3,}(?:\.(\d+))?")


@functools.cache
def _locale(language: str) -> Locale:
    return Locale.parse("zh_Hans_CN" if language == "zh_CN" else "en_GB")


def locale() -> Locale:
    """Babel's locale of the language in use."""
    return _locale(words.language)


def place_in_order(text: str) -> QCollatorSortKey:
    """What texts are put in order by, as the language in use has it: Chinese as it is spoken."""
    return _collator(words.language).sortKey(text)


@functools.cache
def _collator(language: str) -> QCollator:
    return QCollator(QLocale(language))


def shown(field: Field, value: object) -> str:
    """``value`` of ``field`` as a cell shows it; nothing for an empty one."""
    if value is None or value == "":
        return ""
    if str(value) in field.choices:
        return words.text(field.choice(str(value)))
    if field.type is FieldType.COUNTRY:
        return country(str(value))
    if field.type is FieldType.PLACE:
        return place_text(str(value), words.language)
    if field.key.endswith("_year"):
        return str(value)
    if field.type is FieldType.PERCENT and isinstance(value, Decimal):
        return f"{number(value * 100)}%"
    return plain(value)


def plain(value: object) -> str:
    """A value whose field is not known, by its type."""
    if isinstance(value, bool):
        return words.say("window.yes") if value else words.say("window.no")
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, date):
        return day(value)
    if isinstance(value, Decimal | int):
        return number(value)
    if isinstance(value, Named):
        return value.named(words.language)
    return str(value)


def number(value: Decimal | int) -> str:
    """A number with its own decimals and the language's separators."""
    return format_decimal(value, format="#,##0.######", locale=locale())


def as_typed(text: str) -> str:
    """A number as it was typed, with the language's separators; any other text as it is."""
    found = _TYPED_NUMBER.fullmatch(text)
    if found is None:
        return text
    places = "." + "0" * len(found[1]) if found[1] else ""
    return format_decimal(Decimal(text), format=f"#,##0{places}", locale=locale())


def count(number_of: int) -> str:
    """How many there are; nothing for none."""
    return number(number_of) if number_of else ""


def money(amount: Decimal | None, currency: str | None, *, places: int = 2) -> str:
    """An amount with its currency: ``USD 1.86``; at least ``places`` decimals, more where it has them."""
    if amount is None:
        return ""
    pattern = "#,##0." + "0" * places + "####"
    return f"{currency or ''} {format_decimal(amount, format=pattern, locale=locale())}".strip()


def day(value: date) -> str:
    """A date, short."""
    return format_date(value, "yyyy-MM-dd" if words.language == "zh_CN" else "d MMM yyyy", locale())


def moment(value: datetime) -> str:
    """An instant in the time of the place where the user is."""
    pattern = "yyyy-MM-dd HH:mm" if words.language == "zh_CN" else "d MMM yyyy HH:mm"
    return format_datetime(value.astimezone(), pattern, locale=locale())


def strung(parts: Iterable[object]) -> str:
    """What there is of several short facts in one line; where it wraps, none of them is torn."""
    facts = (_SLASH.sub("\u2060/\u2060", str(part)) for part in parts if part)
    return "\u00a0· ".join(facts)


def told(message: Message) -> str:
    """The words of a message, its dates and exact figures in the user's way."""
    params = {
        name: plain(value) if isinstance(value, Decimal | date) else value
        for name, value in message.params.items()
    }
    return words.text(Message(message.key, **params))


#: Files that an import reads as tables or cards.
SHEET_ENDINGS = (
    *(".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".fods", ".et", ".gnumeric", ".dbf"),
    *(".csv", ".tsv", ".txt", ".vcf", ".htm", ".html", ".xml"),
)
#: Files that hold pictures of the kinds that can be added.
PICTURE_ENDINGS = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".bmp")


def file_size(size_bytes: int) -> str:
    """How large a file is, in KB or MB."""
    if size_bytes < 1_000_000:
        return f"{number(max(1, round(size_bytes / 1000)))} KB"
    return f"{number(round(Decimal(size_bytes) / 1_000_000, 1))} MB"


def state(code: str) -> str:
    """The name of an inquiry's stage or a quotation's state, or the code where it is neither."""
    if code in tuple(Stage):
        return words.text(STAGES[Stage(code)].name)
    return words.text(STATE_NAMES[State(code)]) if code in tuple(State) else code


def country(code: str) -> str:
    """The country's name, or the code where it is none."""
    return territory(code, words.language)


def files(key: str, endings: Iterable[str]) -> str:
    """What a file dialog shows: a name for the files, and how they end."""
    return f"{say(key)} ({' '.join(f'*{ending}' for ending in endings)})"
