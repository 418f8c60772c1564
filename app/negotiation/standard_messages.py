"""Owns standard messages: the ones that come with the program, their fields, and filling them in.

A field nobody has a value for stays visible in brackets, so that no letter goes out with a hole in
it unseen. Must not read the book.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from app.kernel.language import catalogue
from app.kernel.text import fold
from resources import resource

#: What can stand in braces, in the order a person is offered them.
FIELDS = [
    "contact",
    "buyer",
    "inquiry",
    "subject",
    "lines",
    "reply_by",
    "quotation",
    "total",
    "term",
    "payment",
    "lead_time",
    "valid_until",
    "our_price",
    "their_price",
    "last_out",
    "today",
    "our_name",
    "our_company",
    "our_phone",
    "our_email",
]
#: The messages that come with the program, in the order of a deal.
STANDARD_NAMES = (
    "first_reply",
    "ask_details",
    "quotation_cover",
    "follow_up",
    "price_refusal",
    "order_thanks",
)
_FIELD = re.compile(r"\{([a-z_]+)\}")


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageTemplate:
    """A standard message in one language; ``id`` is None for one as it comes with the program."""

    name: str
    language: str
    subject: str
    text: str
    id: int | None = None

    @property
    def is_standard(self) -> bool:
        """Whether it is one of those that come with the program, changed or not."""
        return self.name in STANDARD_NAMES


@dataclass(frozen=True, slots=True)
class FilledMessage:
    """A message ready to be looked over; ``lacking`` are the fields without a value."""

    subject: str
    text: str
    lacking: tuple[str, ...]


def own_name(name: str, language: str) -> str:
    """The name a message is kept under: one called as a standard message is takes its place."""
    words, typed = catalogue(language), fold(name)
    shipped = (one for one in STANDARD_NAMES if fold(words.say(f"templates.of.{one}")) == typed)
    return next(shipped, name)


def filled(template: MessageTemplate, values: Mapping[str, str]) -> FilledMessage:
    """``template`` with ``values`` in place of its fields."""
    lacking: dict[str, None] = {}

    def value(match: re.Match[str]) -> str:
        name = match[1]
        if values.get(name):
            return values[name]
        lacking[name] = None
        return f"[{name}]"

    subject = _FIELD.sub(value, template.subject)
    text = _FIELD.sub(value, template.text)
    return FilledMessage(" ".join(subject.split()), text, tuple(lacking))


def unknown_fields(text: str) -> tuple[str, ...]:
    """What stands in braces in ``text`` and is no field."""
    return tuple(dict.fromkeys(name for name in _FIELD.findall(text) if name not in FIELDS))


@cache
def standard_messages() -> tuple[MessageTemplate, ...]:
    """The messages that come with the program."""
    content = resource("reference", "message_templates.toml").read_text(encoding="utf-8")
    return tuple(
        MessageTemplate(
            name=one["name"],
            language=one["language"],
            subject=one["subject"],
            text=one["text"].strip("\n"),
        )
        for one in tomllib.loads(content)["template"]
    )
