"""Owns a condition in the pieces it is built from: a field, how it is compared, and the values.

Must not know fields' names or how values are chosen; what can't be read is answered with a hint.
"""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass

from app.fields import FieldType
from app.kernel.decimals import decimal_text
from app.kernel.messages import Message
from app.query.parser import QUOTES, hint_for, missing_value
from app.query.tree import Condition, Has, Not, Operator, Query
from app.query.values import Number, Value, YesNo, is_text, value_for


class Comparison(enum.StrEnum):
    """How a field is compared, in the words a person chooses from."""

    CONTAINS = "contains"
    LACKS = "lacks"
    IS = "is"
    IS_NOT = "is_not"
    LESS = "less"
    AT_MOST = "at_most"
    MORE = "more"
    AT_LEAST = "at_least"
    BETWEEN = "between"
    YES = "yes"
    NO = "no"
    FILLED = "filled"
    EMPTY = "empty"

    @property
    def values(self) -> int:
        """How many values it takes."""
        if self in _WITHOUT_VALUE:
            return 0
        return 2 if self is Comparison.BETWEEN else 1


_WITHOUT_VALUE = frozenset({Comparison.YES, Comparison.NO, Comparison.FILLED, Comparison.EMPTY})
_PRESENCE = (Comparison.FILLED, Comparison.EMPTY)
_IN_TEXT = (Comparison.CONTAINS, Comparison.LACKS, Comparison.IS, Comparison.IS_NOT, *_PRESENCE)
_BY_SIZE: Mapping[Comparison, Operator] = {
    Comparison.LESS: Operator.LESS,
    Comparison.AT_MOST: Operator.AT_MOST,
    Comparison.MORE: Operator.MORE,
    Comparison.AT_LEAST: Operator.AT_LEAST,
}
_OF_OPERATOR = {operator: comparison for comparison, operator in _BY_SIZE.items()}
_ORDERED = (Comparison.IS, *_BY_SIZE, Comparison.BETWEEN, *_PRESENCE)


def comparisons_for(type_: FieldType) -> tuple[Comparison, ...]:
    """How fields of this type can be compared, the likeliest first."""
    if type_.is_number or type_ in {FieldType.DATE, FieldType.INSTANT}:
        return _ORDERED
    if type_ is FieldType.YES_NO:
        return Comparison.YES, Comparison.NO, *_PRESENCE
    if type_ is FieldType.PICTURE:
        return _PRESENCE
    return _IN_TEXT if is_text(type_) else (Comparison.IS, Comparison.IS_NOT, *_PRESENCE)


@dataclass(frozen=True, slots=True)
class Pieces:
    """A condition taken apart: ``values`` as one types them, two for "between", either may be empty.

    ``currency`` is three letters, or empty for any.
    """

    field: str
    comparison: Comparison
    values: tuple[str, ...] = ()
    currency: str = ""


def built(pieces: Pieces, type_: FieldType) -> Query | Message:
    """The condition made of ``pieces``, or a hint about a value that can't be read."""
    key, comparison = pieces.field, pieces.comparison
    if comparison in _PRESENCE:
        return Has(key) if comparison is Comparison.FILLED else Not(Has(key))
    if comparison in {Comparison.YES, Comparison.NO}:
        return Condition(key, value=YesNo(comparison.value, comparison is Comparison.YES))
    values: list[Value | None] = []
    for typed in pieces.values[: comparison.values]:
        written = _written(typed, pieces.currency)
        value = value_for(type_, key, written) if written else None
        if written and value is None:
            return Message(hint_for(type_), field=key, value=typed)
        values.append(value)
    if not any(values):
        return missing_value(type_, key)
    if comparison is Comparison.BETWEEN:
        return Condition(key, value=values[0], until=values[1], is_range=True)
    return _compared(key, comparison, values[0], is_inside=is_text(type_))


def _written(typed: str, currency: str) -> str:
    text = " ".join(QUOTES.sub(" ", typed).split())
    return f"{text}{currency.lower()}" if text and currency else text


def _compared(key: str, comparison: Comparison, value: Value | None, *, is_inside: bool) -> Query:
    if comparison in _BY_SIZE:
        return Condition(key, _BY_SIZE[comparison], value)
    is_whole = is_inside and comparison in {Comparison.IS, Comparison.IS_NOT}
    condition = Condition(key, Operator.EQUALS if is_whole else Operator.MATCHES, value)
    is_negated = comparison in {Comparison.LACKS, Comparison.IS_NOT}
    return Not(condition) if is_negated else condition


def pieces_of(part: Query, types: Mapping[str, FieldType]) -> Pieces | None:
    """``part`` taken apart; ``None`` when it is no single condition that can be built so."""
    match part:
        case Has(field) if field in types:
            return Pieces(field, Comparison.FILLED)
        case Not(Has(field)) if field in types:
            return Pieces(field, Comparison.EMPTY)
        case Condition() if part.field in types:
            return _taken_apart(part, types[part.field], is_negated=False)
        case Not(Condition() as condition) if condition.field in types:
            return _taken_apart(condition, types[condition.field], is_negated=True)
        case _:
            return None


def _taken_apart(condition: Condition, type_: FieldType, *, is_negated: bool) -> Pieces | None:
    comparison = _comparison(condition, type_, is_negated=is_negated)
    if comparison is None:
        return None
    ends = (condition.value, condition.until)[: comparison.values]
    currencies = {end.currency for end in ends if isinstance(end, Number) and end.currency}
    typed = tuple(_typed(end) for end in ends)
    return Pieces(condition.field, comparison, typed, currencies.pop() if currencies else "")


def _comparison(condition: Condition, type_: FieldType, *, is_negated: bool) -> Comparison | None:
    if isinstance(condition.value, YesNo):
        # "Not yes" holds for an empty field, too; "no" does not.
        if is_negated:
            return None
        return Comparison.YES if condition.value.is_yes else Comparison.NO
    is_inside = is_text(type_) and condition.operator is Operator.MATCHES
    if is_negated:
        if Comparison.IS_NOT not in comparisons_for(type_):
            return None
        return Comparison.LACKS if is_inside else Comparison.IS_NOT
    if condition.is_range:
        return Comparison.BETWEEN
    return Comparison.CONTAINS if is_inside else _OF_OPERATOR.get(condition.operator, Comparison.IS)


def _typed(value: Value | None) -> str:
    if value is None:
        return ""
    if isinstance(value, Number) and value.currency:
        return decimal_text(value.amount)
    return value.written
