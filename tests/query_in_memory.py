"""Owns the yardstick of queries: one asked of a record in memory; lists and the index answer the same.

Text is compared folded. An empty field satisfies no condition, so "not" of a condition is true for
it. Must not read records, nor be used outside tests.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import partial
from typing import TypeVar

from app.fields import BETWEEN_VALUES, FieldType
from app.kernel.syllables import is_spoken_in
from app.kernel.text import fold
from app.query.currencies import (
    NO_RATES,
    Rates,
    currencies_of,
    currency_field,
    in_each_currency,
)
from app.query.parser import Fields
from app.query.tree import (
    And,
    Condition,
    Everything,
    Has,
    Not,
    Operator,
    Or,
    Phrase,
    Query,
    Word,
)
from app.query.values import Day, Number, Text, Value, YesNo, is_name, is_text

Record = Mapping[str, object]
_Ordered = TypeVar("_Ordered", Decimal, date)


def matches(
    query: Query, record: Record, *, fields: Fields, today: date, rates: Rates = NO_RATES
) -> bool:
    """Whether ``record``, values by field key, satisfies ``query``."""
    asked = partial(matches, record=record, fields=fields, today=today, rates=rates)
    match query:
        case Everything():
            return True
        case Word(text) | Phrase(text):
            return _mentions(record, text, fields)
        case Has(field):
            return record.get(field) not in (None, "")
        case Condition():
            own = _in_currency_of(record, query, rates)
            return own is not None and _holds(own, record, fields, today)
        case Not(part):
            return not asked(part)
        case And(parts):
            return all(map(asked, parts))
        case Or(parts):
            return any(map(asked, parts))


def _mentions(record: Record, text: str, fields: Fields) -> bool:
    wanted = fold(text)
    return any(
        is_text(type_) and _says(str(record.get(key) or ""), wanted, type_)
        for key, type_ in fields.items()
    )


def _says(text: str, wanted: str, type_: FieldType) -> bool:
    """Whether ``wanted`` is in a text as written or, in a name, as spoken."""
    return wanted in fold(text) or (is_name(type_) and is_spoken_in(wanted, text))


def _holds(condition: Condition, record: Record, fields: Fields, today: date) -> bool:
    held = record.get(condition.field)
    if held is None:
        return False
    if condition.is_range:
        low, high = condition.value, condition.until
        return (low is None or _compares(held, Operator.AT_LEAST, low, today)) and (
            high is None or _compares(held, Operator.AT_MOST, high, today)
        )
    if condition.value is None:
        return False
    if isinstance(condition.value, Text):
        wanted, type_ = condition.value.folded, fields[condition.field]
        if is_text(type_) and condition.operator is Operator.MATCHES:
            return _says(str(held), wanted, type_)
        text = fold(str(held))
        among = text.split(BETWEEN_VALUES) if is_text(type_) else ()
        return wanted == text or wanted in among
    return _compares(held, condition.operator, condition.value, today)


def _in_currency_of(record: Record, condition: Condition, rates: Rates) -> Condition | None:
    """The condition with its amounts in the record's currency; ``None`` when they are not comparable."""
    field = currency_field(condition.field, record)
    if field is None or not currencies_of(condition):
        return condition
    return in_each_currency(condition, rates).get(str(record[field]))


def _compares(held: object, operator: Operator, value: Value, today: date) -> bool:
    if isinstance(value, YesNo):
        return bool(held) is value.is_yes
    if isinstance(value, Number) and isinstance(held, Decimal | int):
        return _ordered(Decimal(held), operator, value.amount, value.amount)
    if isinstance(value, Day) and isinstance(held, date):
        day = held.astimezone().date() if isinstance(held, datetime) else held
        return _ordered(day, operator, *value.span(today))
    return False


def _ordered(held: _Ordered, operator: Operator, first: _Ordered, last: _Ordered) -> bool:
    match operator:
        case Operator.LESS:
            return held < first
        case Operator.AT_MOST:
            return held <= last
        case Operator.MORE:
            return held > last
        case Operator.AT_LEAST:
            return held >= first
        case _:
            return first <= held <= last
