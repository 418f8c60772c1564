"""Owns how a field of a record is described, once for lists, forms, filters, import and export.

Must not know SQL or widgets; lists add the expression, the window adds the editor.
"""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import TypedDict, Unpack

from app.kernel.language import LANGUAGES, Catalogue, catalogue
from app.kernel.messages import Message
from app.kernel.text import fold

BETWEEN_VALUES = "、"
"""What stands between several values in one text."""


class FieldType(enum.Enum):
    """What a field holds, and so how it is shown, edited, compared and aligned."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    INTEGER = "integer"
    DECIMAL = "decimal"
    PERCENT = "percent"
    DATE = "date"
    INSTANT = "instant"
    YES_NO = "yes_no"
    COUNTRY = "country"
    CURRENCY = "currency"
    CHOICE = "choice"
    PLACE = "place"
    PICTURE = "picture"

    @property
    def is_number(self) -> bool:
        """Whether values line up to the right and compare as numbers."""
        return self in {FieldType.INTEGER, FieldType.DECIMAL, FieldType.PERCENT}


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a kind of record.

    ``key`` names it in queries, exports and the command line. ``label`` is the message key of its
    heading. A ``CHOICE`` field names its values by the message keys ``<choices>.<value>``; a
    ``TEXT`` field with choices offers them and takes any other text. ``also`` pairs other words
    people write with the choice they mean. A ``PLACE`` is a text that may name a port, in any
    language.
    """

    key: str
    type: FieldType = FieldType.TEXT
    label: str = ""
    is_editable: bool = True
    is_shown: bool = True
    choices: tuple[str, ...] = ()
    choice_labels: str = ""
    also: tuple[tuple[str, str], ...] = ()
    width_chars: int = 14

    @property
    def heading(self) -> Message:
        """The words above the column and beside the editor."""
        return Message(self.label)

    def choice(self, value: str) -> Message:
        """The words for one value of a choice."""
        return Message(f"{self.choice_labels}.{value}")


class FieldTraits(TypedDict, total=False):
    """What a field may say besides its key and type; as in :class:`Field`."""

    is_shown: bool
    choices: tuple[str, ...]
    choice_labels: str
    also: tuple[tuple[str, str], ...]
    width_chars: int


@dataclass(frozen=True, slots=True)
class FieldsOf:
    """Describes the fields of one slice; the heading of each is the message ``<labels>.<key>``."""

    labels: str
    is_editable: bool = True

    def __call__(
        self, key: str, type_: FieldType = FieldType.TEXT, **traits: Unpack[FieldTraits]
    ) -> Field:
        """The field ``key``."""
        return Field(key, type_, f"{self.labels}.{key}", is_editable=self.is_editable, **traits)


@cache
def choice_names(field: Field) -> Mapping[str, str]:
    """The values of a choice by every folded name they go by: as stored, and in each language.

    None of a field that takes any value.
    """
    if field.type is not FieldType.CHOICE:
        return {}
    names = {fold(value): value for value in field.choices}
    for language in LANGUAGES:
        for value in field.choices:
            names.setdefault(fold(catalogue(language).text(field.choice(value))), value)
    return names


def told(field: Field, value: object, words: Catalogue) -> object:
    """``value`` in a list of plain text: what a person chose in words, a moment by the local clock."""
    if isinstance(value, bool):
        return words.say("kernel.yes" if value else "kernel.no")
    if isinstance(value, datetime):
        return f"{value.astimezone():%Y-%m-%d %H:%M}"
    if value in field.choices:
        return words.text(field.choice(str(value)))
    return value
