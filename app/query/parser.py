"""Owns reading a query: text to tree, with what was not understood marked where it stands.

Must not raise for anything typed: what is no query is read as plain words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from app.fields import FieldType
from app.kernel.messages import Message
from app.kernel.text import fold, has_han
from app.query.currencies import RatesKnown, currencies_of
from app.query.tree import (
    Condition,
    Everything,
    Has,
    Not,
    Operator,
    Phrase,
    Query,
    Word,
    all_of,
    any_of,
)
from app.query.values import Value, is_unit, value_for

QUOTES = re.compile('["“”]')
_TOKEN = re.compile(
    r"""(?P<space>\s+)
      | (?P<open>[(（])
      | (?P<close>[)）])
      | (?P<condition>-?[^\W\d]\w*[:：](?!//)(?:<=|>=|=|<|>)?(?:["“][^"”]*["”]?|[^\s()（）"“”]*))
      | (?P<phrase>-?["“][^"”]*["”]?)
      | (?P<word>[^\s()（）"“”]+)
      | (?P<stray>.)""",
    re.VERBOSE,
)
_CONDITION = re.compile(r"([^\W\d]\w*)[:：](<=|>=|=|<|>)?(.*)", re.DOTALL)
_OR = frozenset({"or", "|", "或"})
_AND = frozenset({"and", "&", "且"})
_NOT = frozenset({"not", "非"})
_DEEPEST = 30
_NEAR = 0.75
_EXAMPLES = {
    FieldType.DATE: ">today",
    FieldType.INSTANT: ">today",
    FieldType.YES_NO: "yes",
    FieldType.COUNTRY: "CN",
    FieldType.CURRENCY: "USD",
}

Fields = Mapping[str, FieldType]
"""The fields a query may name, by key."""

Choices = Callable[[str], Mapping[str, str]]
"""The values a field takes, by their folded names; none where it takes any."""


def _any_value(_key: str) -> Mapping[str, str]:
    return {}


@dataclass(frozen=True, slots=True)
class Trouble:
    """What was not understood: its place in the text, and a hint.

    ``is_advice`` when it was understood and a person should know what it can't do.
    """

    start: int
    end: int
    hint: Message
    is_advice: bool = False


@dataclass(frozen=True, slots=True)
class Parsed:
    """A query and what of it was not understood."""

    query: Query
    troubles: tuple[Trouble, ...] = ()


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    start: int
    end: int


def parse(
    text: str,
    fields: Fields,
    *,
    key_of: Callable[[str], str | None] | None = None,
    choices: Choices = _any_value,
    rates: RatesKnown | None = None,
) -> Parsed:
    """The tree of ``text``. ``key_of`` knows other names of fields, such as their headings.

    A currency that is not among the ``rates`` is told of.
    """
    tokens = [
        _Token(found.lastgroup or "", found.group(), *found.span())
        for found in _TOKEN.finditer(text)
        if found.lastgroup != "space"
    ]
    reader = _Reader([_named(token) for token in tokens], fields, key_of, choices, rates)
    query = reader.alternatives(depth=0)
    while not reader.is_at_end:
        reader.complain(reader.take(), "query.unmatched_close")
        query = all_of((query, reader.alternatives(depth=0)))
    return Parsed(query, tuple(reader.troubles))


def _named(token: _Token) -> _Token:
    kind = token.kind
    word = token.text.lower()
    for name, words in (("or", _OR), ("and", _AND), ("not", _NOT)):
        if kind == "word" and word in words:
            kind = name
    return _Token(kind, token.text, token.start, token.end)


class _Reader:
    def __init__(
        self,
        tokens: list[_Token],
        fields: Fields,
        key_of: Callable[[str], str | None] | None,
        choices: Choices,
        rates: RatesKnown | None,
    ) -> None:
        self._tokens = tokens
        self._at = 0
        self._fields = fields
        self._key_of = key_of
        self._choices = choices
        self._rates = rates
        self.troubles: list[Trouble] = []

    @property
    def is_at_end(self) -> bool:
        return self._at >= len(self._tokens)

    def take(self) -> _Token:
        self._at += 1
        return self._tokens[self._at - 1]

    def complain(self, token: _Token, key: str, **params: object) -> None:
        self._mark(token, Message(key, **params))

    def _mark(self, token: _Token, hint: Message) -> None:
        self.troubles.append(Trouble(token.start, token.end, hint))

    def _sees(self, kind: str) -> bool:
        return not self.is_at_end and self._tokens[self._at].kind == kind

    def alternatives(self, *, depth: int) -> Query:
        parts = [self._sequence(depth)]
        while self._sees("or"):
            token = self.take()
            part = self._sequence(depth)
            if isinstance(part, Everything) or isinstance(parts[-1], Everything):
                self.complain(token, "query.dangling_or")
            parts.append(part)
        return any_of([part for part in parts if not isinstance(part, Everything)])

    def _sequence(self, depth: int) -> Query:
        parts: list[Query] = []
        while not self.is_at_end and not self._sees("or") and not self._sees("close"):
            parts.append(self._negatable(depth))
        return all_of(parts)

    def _negatable(self, depth: int) -> Query:
        token = self.take()
        if token.kind in {"and", "stray"}:
            return Everything()
        if token.kind == "not":
            if self.is_at_end or self._sees("or") or self._sees("close"):
                self.complain(token, "query.dangling_not")
                return Everything()
            return _negated(self._negatable(depth))
        if token.kind == "open":
            return self._group(token, depth)
        if token.text == "-" and self._sees("open"):
            return _negated(self._group(self.take(), depth))
        if token.text.startswith("-") and len(token.text) > 1:
            rest = _Token(token.kind, token.text[1:], token.start + 1, token.end)
            return _negated(self._single(rest))
        return self._single(token)

    def _group(self, token: _Token, depth: int) -> Query:
        if depth >= _DEEPEST:
            self.complain(token, "query.too_deep")
            return Everything()
        inside = self.alternatives(depth=depth + 1)
        if self._sees("close"):
            self.take()
        else:
            self.complain(token, "query.unmatched_open")
        return inside

    def _single(self, token: _Token) -> Query:
        if token.kind == "phrase":
            return self._phrase(token)
        if token.kind == "condition":
            return self._condition(token)
        return Word(token.text) if token.text.strip("-") else Everything()

    def _phrase(self, token: _Token) -> Query:
        if len(token.text) < 2 or token.text[-1] not in '"”':
            self.complain(token, "query.unmatched_quote")
        text = " ".join(QUOTES.sub(" ", token.text).split())
        return Phrase(text) if text else Everything()

    def _condition(self, token: _Token) -> Query:
        found = _CONDITION.fullmatch(token.text)
        if found is None:
            return Word(token.text)
        name, sign, written = found.groups()
        asks_for_field = name.lower() in {"has", "有"} and name.lower() not in self._fields
        key = self._field(name)
        if key is None and not asks_for_field:
            return self._unknown(token, name)
        if not written and (self._sees("word") or self._sees("phrase")):
            value = self.take()
            return self._condition(
                _Token("condition", token.text + value.text, token.start, value.end)
            )
        if key is None or asks_for_field:
            return self._has(token, written)
        return self._compared(token, key, Operator(sign or ""), written.strip('"“”'))

    def _unknown(self, token: _Token, name: str) -> Query:
        typed = name.lower()
        near = [key for key in self._fields if typed in key.split("_")]
        near = near or get_close_matches(typed, self._fields, 1, _NEAR)
        key = "query.unknown_field_near" if near else "query.unknown_field"
        self.complain(token, key, field=name, near=": / ".join(near))
        return Word(token.text)

    def _has(self, token: _Token, name: str) -> Query:
        if not name:
            self.complain(token, "query.missing_field")
            return Everything()
        key = self._field(name)
        return Has(key) if key is not None else self._unknown(token, name)

    def _field(self, name: str) -> str | None:
        key = name.lower()
        if key in self._fields:
            return key
        return self._key_of(name) if self._key_of else None

    def _compared(self, token: _Token, key: str, operator: Operator, written: str) -> Query:
        type_ = self._fields[key]
        if not written:
            self._mark(token, missing_value(type_, key))
            return Everything()
        if names := self._choices(key):
            if fold(written) not in names:
                told = ", ".join(_spoken(names, written))
                self.complain(token, "query.no_such_choice", field=key, value=written, choices=told)
                return Word(token.text)
            written = names[fold(written)]
        ordered = type_.is_number or type_ in {FieldType.DATE, FieldType.INSTANT}
        if type_.is_number and self._sees("word") and is_unit(fold(self._tokens[self._at].text)):
            written += self.take().text
        if ordered and ".." in written and operator is Operator.MATCHES:
            return self._range(token, key, written)
        value = value_for(type_, key, written)
        if not ordered and operator not in {Operator.MATCHES, Operator.EQUALS}:
            self.complain(token, "query.no_order", field=key, value=written)
            return Word(token.text)
        if value is None:
            self.complain(token, hint_for(type_), field=key, value=written)
            return Word(token.text)
        return self._with_rates(token, Condition(key, operator, value))

    def _range(self, token: _Token, key: str, written: str) -> Query:
        low, _, high = written.partition("..")
        ends: list[Value | None] = []
        for end in (low, high):
            value = value_for(self._fields[key], key, end) if end else None
            if end and value is None:
                self.complain(token, hint_for(self._fields[key]), field=key, value=end)
                return Word(token.text)
            ends.append(value)
        if ends == [None, None]:
            self._mark(token, missing_value(self._fields[key], key))
            return Everything()
        condition = Condition(key, value=ends[0], until=ends[1], is_range=True)
        return self._with_rates(token, condition)

    def _with_rates(self, token: _Token, condition: Condition) -> Condition:
        named = currencies_of(condition)
        if named and self._rates is not None:
            rates = self._rates()
            for currency in named:
                if currency not in rates:
                    hint = Message("query.no_rate", currency=currency)
                    self.troubles.append(Trouble(token.start, token.end, hint, is_advice=True))
        return condition


def _spoken(names: Mapping[str, str], written: str) -> Iterable[str]:
    """The values of a choice in the script that is being written."""
    return filter(has_han, names) if has_han(written) else dict.fromkeys(names.values())


def _negated(query: Query) -> Query:
    return query if isinstance(query, Everything) else Not(query)


def missing_value(type_: FieldType, key: str) -> Message:
    """The hint that a field still needs a value, with one it could have."""
    example = "<500" if type_.is_number else _EXAMPLES.get(type_, "…")
    return Message("query.missing_value", field=key, example=example)


def hint_for(type_: FieldType) -> str:
    """The key of the hint for a value that is none of this type."""
    if type_.is_number:
        return "query.not_a_number"
    if type_ in {FieldType.DATE, FieldType.INSTANT}:
        return "query.not_a_day"
    if type_ is FieldType.YES_NO:
        return "query.not_yes_or_no"
    return "query.not_a_country" if type_ is FieldType.COUNTRY else "query.not_a_text"
