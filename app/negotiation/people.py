"""Owns how the people of a message are kept as text: one a line, ``Name <address>``.

Must not know records.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from app.negotiation.reading.message import Person

_WITH_ADDRESS = re.compile(r"^(?P<name>.*?)\s*<(?P<address>[^<>\s]+@[^<>\s]+)>$")


def people_text(people: Iterable[Person]) -> str:
    """``people`` as kept, in order."""
    return "\n".join(str(person).replace("\n", " ") for person in people)


def people_of(text: str | None) -> tuple[Person, ...]:
    """The people that :func:`people_text` wrote."""
    return tuple(_person(line.strip()) for line in (text or "").split("\n") if line.strip())


def _person(text: str) -> Person:
    found = _WITH_ADDRESS.match(text)
    if found:
        return Person(found["name"], found["address"])
    if re.fullmatch(r"[^\s@]+@[^\s@]+", text):
        return Person("", text)
    return Person(text)
