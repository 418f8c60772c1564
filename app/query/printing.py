"""Owns writing a query: tree to the text that reads back as the same tree.

Must not change what a query means.
"""

from __future__ import annotations

import re

from app.query.tree import And, Condition, Everything, Has, Not, Or, Phrase, Query, Word
from app.query.values import Text, Value

_NEEDS_QUOTES = re.compile(r"[\s()（）]|\.\.|^[<>=]")


def text_of(query: Query) -> str:
    """The query as one types it."""
    return _text(query, is_inside=False)


def _text(query: Query, *, is_inside: bool) -> str:
    match query:
        case Everything():
            return ""
        case Word(text):
            return text
        case Phrase(text):
            return f'"{text}"'
        case Has(field):
            return f"has:{field}"
        case Condition():
            return _condition(query)
        case Not(part):
            return _negation(part)
        case And(parts):
            text = " ".join(_text(part, is_inside=True) for part in parts)
            return f"({text})" if is_inside else text
        case Or(parts):
            text = " or ".join(_alternative(part) for part in parts)
            return f"({text})" if is_inside else text


def _alternative(part: Query) -> str:
    """A part of an "or": "and" binds closer and needs no parentheses there."""
    return _text(part, is_inside=not isinstance(part, And))


def _negation(part: Query) -> str:
    text = _text(part, is_inside=True)
    return f"not {text}" if isinstance(part, Not) else f"-{text}"


def _condition(condition: Condition) -> str:
    if condition.is_range:
        ends = (condition.value, condition.until)
        return f"{condition.field}:" + "..".join(_value(end) for end in ends)
    return f"{condition.field}:{condition.operator.value}{_value(condition.value)}"


def _value(value: Value | None) -> str:
    if value is None:
        return ""
    quoted = isinstance(value, Text) and _NEEDS_QUOTES.search(value.written)
    return f'"{value.written}"' if quoted else value.written
