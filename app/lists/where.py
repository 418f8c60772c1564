"""Owns the SQL of a query: the tree of ``app.query`` as a condition on a list's rows.

Must not answer otherwise than ``tests/query_in_memory.py``; property tests compare them. The database must
know ``fold`` and ``is_spoken_in``, which lists teach it. Conditions on empty fields are false, never unknown, so that "not" means what it says.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import (
    ColumnElement,
    SQLColumnExpression,
    and_,
    case,
    false,
    func,
    not_,
    or_,
    select,
    true,
)

from app.fields import BETWEEN_VALUES, FieldType
from app.kernel.syllables import may_be_spoken
from app.kernel.text import fold
from app.lists.listing import Listing
from app.query import And, Condition, Everything, Has, Not, Operator, Or, Phrase, Query, Word
from app.query.currencies import (
    RatesKnown,
    currencies_of,
    currency_field,
    in_each_currency,
    no_rates,
)
from app.query.values import Day, Number, Text, Value, YesNo, is_name, is_text
from database.listed import among

#: As many decimals as the book keeps of any number.
_PLACES = Decimal("0.000001")

WordFinder = Callable[[str, str], Collection[int] | None]
"""The ids of the records of a kind with a word or phrase; ``None`` when only the rows can tell."""


def rows_only(_kind: str, _text: str) -> Collection[int] | None:
    """Where there is no index to ask."""
    return None


@dataclass(frozen=True, slots=True)
class Where:
    """Turns queries into conditions on the rows of ``listing``; money is compared at ``rates``."""

    listing: Listing
    today: date
    find_words: WordFinder = rows_only
    rates: RatesKnown = no_rates

    def condition(self, query: Query) -> ColumnElement[bool]:
        """The rows that satisfy ``query``."""
        match query:
            case Everything():
                return true()
            case Word(text) | Phrase(text):
                return self._mentions(text)
            case Has(field):
                expression = self.listing.expressions[field]
                filled = expression.is_not(None)
                return filled & (expression != "") if self._is_text(field) else filled
            case Condition():
                return func.coalesce(self._holds(query), false())
            case Not(part):
                return not_(self.condition(part))
            case And(parts):
                return and_(*map(self.condition, parts))
            case Or(parts):
                return or_(*map(self.condition, parts))

    def _is_text(self, field: str) -> bool:
        return is_text(self.listing.field(field).type)

    def _mentions(self, text: str) -> ColumnElement[bool]:
        listing = self.listing
        ids = None if listing.words_in else self.find_words(listing.kind, text)
        if ids is not None:
            return listing.id_column.in_(among(ids))
        said = [
            self._says(field.key, fold(text)) for field in listing.fields if is_text(field.type)
        ]
        for part in listing.words_in:
            owner = part.part_of[listing.kind]
            mentioned = replace(self, listing=part)._mentions(text)
            said.append(listing.id_column.in_(select(owner).where(mentioned)))
        return or_(false(), *said)

    def _contains(self, expression: SQLColumnExpression[Any], wanted: str) -> ColumnElement[bool]:
        return func.instr(_folded(expression, wanted), wanted) > 0

    def _says(self, field: str, wanted: str) -> ColumnElement[bool]:
        """Whether ``wanted`` is in a text as written or, in a name, as spoken."""
        expression = self.listing.expressions[field]
        is_written = self._contains(expression, wanted)
        if not is_name(self.listing.field(field).type) or not may_be_spoken(wanted):
            return is_written
        return is_written | func.is_spoken_in(wanted, func.coalesce(expression, ""))

    def _is_one_of(self, field: str, wanted: str) -> ColumnElement[bool]:
        """Whether one of the values in a text, or the whole of it, is ``wanted``."""
        held = _folded(self.listing.expressions[field], wanted)
        among = func.instr(
            BETWEEN_VALUES + held + BETWEEN_VALUES, f"{BETWEEN_VALUES}{wanted}{BETWEEN_VALUES}"
        )
        return (held == wanted) | (among > 0)

    def _holds(self, condition: Condition) -> ColumnElement[bool]:
        field = currency_field(condition.field, self.listing.expressions)
        if field is None or not currencies_of(condition):
            return self._satisfies(condition)
        each = in_each_currency(condition, self.rates())
        satisfied = {currency: self._satisfies(own) for currency, own in each.items()}
        held = self.listing.expressions[field]
        return case(satisfied, value=held, else_=false()) if satisfied else false()

    def _satisfies(self, condition: Condition) -> ColumnElement[bool]:
        expression = self.listing.expressions[condition.field]
        if condition.is_range:
            low, high = condition.value, condition.until
            return and_(
                expression.is_not(None),
                true() if low is None else self._compared(condition, Operator.AT_LEAST, low),
                true() if high is None else self._compared(condition, Operator.AT_MOST, high),
            )
        if condition.value is None:
            return false()
        return self._compared(condition, condition.operator, condition.value)

    def _compared(
        self, condition: Condition, operator: Operator, value: Value
    ) -> ColumnElement[bool]:
        expression = self.listing.expressions[condition.field]
        match value:
            case Text():
                if not self._is_text(condition.field):
                    return func.lower(expression) == value.folded
                is_inside = operator is Operator.MATCHES
                compared = self._says if is_inside else self._is_one_of
                return compared(condition.field, value.folded) & expression.is_not(None)
            case YesNo(is_yes=is_yes):
                return expression.is_(is_yes)
            case Number(amount=amount):
                exact = amount.quantize(_PLACES)
                return _ordered(expression, operator, exact, exact)
            case Day():
                return self._on(condition.field, operator, value)

    def _on(self, field: str, operator: Operator, day: Day) -> ColumnElement[bool]:
        expression = self.listing.expressions[field]
        first, last = day.span(self.today)
        if self.listing.field(field).type is FieldType.DATE:
            return _ordered(expression, operator, first, last)
        return _ordered(expression, operator, _midnight(first), _last_instant(last))


def _folded(expression: SQLColumnExpression[Any], wanted: str) -> ColumnElement[str]:
    """A text as ``wanted`` is folded; the slower way only where it makes a difference."""
    text = func.coalesce(expression, "")
    if " " in wanted:
        return func.fold(text)
    is_plain = func.octet_length(text) == func.length(text)
    return case((is_plain, func.lower(func.trim(text))), else_=func.fold(text))


def _midnight(day: date) -> datetime:
    """The instant at which ``day`` begins where the user is."""
    return datetime.combine(day, time()).astimezone()


def _last_instant(day: date) -> datetime:
    """The last instant of ``day`` that a clock shows."""
    return _midnight(day + timedelta(days=1)) - timedelta(microseconds=1)


def _ordered(
    expression: SQLColumnExpression[Any], operator: Operator, first: Any, last: Any
) -> ColumnElement[bool]:
    condition: ColumnElement[bool]
    match operator:
        case Operator.LESS:
            condition = expression < first
        case Operator.AT_MOST:
            condition = expression <= last
        case Operator.MORE:
            condition = expression > last
        case Operator.AT_LEAST:
            condition = expression >= first
        case _:
            condition = and_(expression >= first, expression <= last)
    return condition
