"""Owns how a new or changed record is given and checked: its table, its fields, what it may hang on.

Must not write; services do.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from app.fields import Field, FieldType
from app.kernel.errors import AppError
from app.kernel.language import LANGUAGES, catalogue
from app.kernel.messages import Message
from app.kernel.text import clean, fold
from database.records import Record

Values = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Form:
    """A kind of record : its table, its fields, and what it may hang on."""

    record: type[Record]
    fields: tuple[Field, ...]
    owners: tuple[str, ...] = ()
    #: Of these fields at least one must be filled.
    required: tuple[str, ...] = ()

    def checked(self, values: Values) -> dict[str, object]:
        """``values`` cleaned and of the right types; raises ``AppError`` naming the field."""
        fields = {field.key: field for field in self.fields}
        answer: dict[str, object] = {}
        for key, value in values.items():
            if key in self.owners:
                answer[key] = value
            elif key in fields:
                answer[key] = _checked(fields[key], value)
            else:
                raise AppError("lists.unknown_field", field=key, kind=self.record.__tablename__)
        return answer


def _checked(field: Field, value: object) -> object:
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    try:
        return _typed(field, value)
    except (ValueError, InvalidOperation) as error:
        raise AppError("lists.bad_value", field=Message(field.label), value=str(value)) from error


def _typed(field: Field, value: object) -> object:
    if field.type is FieldType.INTEGER:
        return int(str(value))
    if field.type in {FieldType.DECIMAL, FieldType.PERCENT}:
        number = Decimal(str(value))
        if not number.is_finite():
            raise ValueError(value)
        return round(number, 6)
    if field.type is FieldType.DATE:
        return value if isinstance(value, date) else date.fromisoformat(str(value))
    if field.type is FieldType.INSTANT:
        moment = value if isinstance(value, datetime) else datetime.fromisoformat(str(value))
        return moment if moment.tzinfo else moment.astimezone()
    if field.type is FieldType.YES_NO:
        return bool(value)
    if field.type is FieldType.CHOICE and str(value) not in field.choices:
        raise ValueError(value)
    if field.type in {FieldType.COUNTRY, FieldType.CURRENCY}:
        return str(value).strip().upper()
    return choice_named(field, clean(str(value)).strip())


def choice_named(field: Field, text: str) -> str:
    """The choice of ``field`` that ``text`` names in any language, else the text itself."""
    return _choices_by_words(field).get(fold(text), text) if field.choices else text


@functools.cache
def _choices_by_words(field: Field) -> Mapping[str, str]:
    """The known values of ``field`` by their folded words in every language."""
    return {fold(words): value for words, value in field.also} | {
        fold(catalogue(language).text(field.choice(value))): value
        for language in LANGUAGES
        for value in field.choices
    }
