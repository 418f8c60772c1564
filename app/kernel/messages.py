"""Owns messages as data: a key and its parameters, turned into words only where they are shown.

Must not hold any text for people; that is in ``resources/translations``.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Named:
    """A name of something that has one in each language, as a place has."""

    english: str
    chinese: str

    def __str__(self) -> str:
        return f"{self.english} {self.chinese}"

    def named(self, language: str) -> str:
        """The name in ``language`` (``en`` or ``zh_CN``)."""
        return self.chinese if language == "zh_CN" else self.english


class Message:
    """A key of the translations and the values its text needs.

    Parameters are plain values (text, numbers, dates), other messages, or names in each language. Two messages are equal
    when their keys and parameters are.
    """

    __slots__ = ("key", "params")

    def __init__(self, key: str, /, **params: object) -> None:
        self.key = key
        self.params: Mapping[str, object] = params

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Message) and self.key == other.key and self.params == other.params

    def __hash__(self) -> int:
        return hash((self.key, tuple(sorted(self.params))))

    def __repr__(self) -> str:
        values = "".join(f", {name}={value!r}" for name, value in self.params.items())
        return f"Message({self.key!r}{values})"

    def to_json(self) -> str:
        """The message as stored text; parameters that JSON has no type for become text."""
        return json.dumps({"key": self.key, "params": self.params}, ensure_ascii=False, default=str)

    @classmethod
    def from_json(cls, stored: str) -> Message:
        """The message that :meth:`to_json` wrote."""
        content = json.loads(stored)
        return cls(content["key"], **content["params"])
