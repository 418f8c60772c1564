"""Owns how a query is said in words: "Country: China", "MOQ < 500", "not …".

Must not parse, nor change what it says.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from app.fields import Field, FieldType
from app.kernel.messages import Message
from app.query import And, Condition, Everything, Has, Not, Or, Phrase, Query, Word
from app.query.comparisons import Comparison, Pieces, pieces_of
from ui import formats
from ui.words import say, words

_FROM_TODAY = re.compile(r"(?:today|今天)\s*([+-])\s*(\d+)", re.IGNORECASE)
_NAMED_DAY = {
    "today": "today", "今天": "today",
    "yesterday": "yesterday", "昨天": "yesterday",
    "tomorrow": "tomorrow", "明天": "tomorrow",
}  # fmt: skip


def described(query: Query, fields: Mapping[str, Field]) -> str:
    """``query`` in the user's words; ``fields`` by key."""
    types = {key: field.type for key, field in fields.items()}
    pieces = pieces_of(query, types)
    if pieces is not None:
        return _condition(pieces, fields[pieces.field])
    match query:
        case Everything():
            return ""
        case Word(text):
            return text
        case Phrase(text):
            return f"“{text}”"
        case Not(part):
            return say("query.said.not", what=described(part, fields))
        case And(parts):
            return say("query.said.and").join(described(part, fields) for part in parts)
        case Or(parts):
            return say("query.said.or").join(described(part, fields) for part in parts)
        case Condition(field=key) | Has(field=key):
            return key


def comparison_name(comparison: Comparison, field: Field) -> str:
    """A comparison as one chooses it; days are before and after, not less and more."""
    if field.type in {FieldType.DATE, FieldType.INSTANT}:
        return words.text(Message(f"query.of_days.{comparison}"))
    return words.text(Message(f"query.comparison.{comparison}"))


def shown_value(field: Field, typed: str) -> str:
    """A value as a person reads it: a country's name, a choice's words, a day counted from today."""
    if field.type is FieldType.CHOICE:
        return _choice(field, typed)
    if field.type is FieldType.COUNTRY:
        return formats.country(typed.upper())
    if field.type in {FieldType.DATE, FieldType.INSTANT}:
        return _day(typed)
    return typed.upper() if field.type is FieldType.CURRENCY else typed


def _choice(field: Field, typed: str) -> str:
    value = next((one for one in field.choices if one.casefold() == typed.casefold()), None)
    return formats.state(typed) if value is None else words.text(field.choice(value))


def _day(typed: str) -> str:
    if found := _FROM_TODAY.fullmatch(typed):
        key = "query.day.ahead" if found[1] == "+" else "query.day.ago"
        return words.text(Message(key, count=int(found[2])))
    named = _NAMED_DAY.get(typed.lower())
    return words.text(Message(f"query.day.{named}")) if named else typed


def _condition(pieces: Pieces, field: Field) -> str:
    heading = words.text(field.heading)
    low, high = (*(shown_value(field, typed) for typed in pieces.values), "", "")[:2]
    if pieces.comparison is Comparison.BETWEEN:
        key = (
            "query.said.between"
            if low and high
            else "query.said.from"
            if low
            else "query.said.up_to"
        )
        said = say(key, field=heading, low=low, high=high)
    else:
        said = _compared(pieces.comparison, field, heading, low)
    return f"{said} {pieces.currency}" if pieces.currency else said


def _compared(comparison: Comparison, field: Field, heading: str, value: str) -> str:
    is_day = field.type in {FieldType.DATE, FieldType.INSTANT}
    group = "said_of_days" if is_day and comparison in _BY_SIZE else "said"
    return words.text(Message(f"query.{group}.{comparison}", field=heading, value=value))


_BY_SIZE = {Comparison.LESS, Comparison.AT_MOST, Comparison.MORE, Comparison.AT_LEAST}
