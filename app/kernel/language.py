"""Owns the way from a message to words in the user's language.

Texts live in ``resources/translations/<language>/<slice>.toml``; the file's name is the first part
of a key (``directory.toml`` holds ``directory.add_supplier``). ``{count:row|rows}`` is the word that
fits the number. Must not decide which language is
used: the window and the command line do.
"""

from __future__ import annotations

import functools
import string
import tomllib
from collections.abc import Iterator, Mapping
from decimal import Decimal

from app.kernel.decimals import decimal_text
from app.kernel.messages import Message, Named
from resources import resource

LANGUAGES = ("en", "zh_CN")


class _Counted(string.Formatter):
    """Knows ``{count:row|rows}``: the word for one, or the word for any other number."""

    def format_field(self, value: object, format_spec: str) -> str:
        one, bar, many = format_spec.partition("|")
        if not bar:
            return str(super().format_field(value, format_spec))
        return one if str(value) == "1" else many


_COUNTED = _Counted()


class Catalogue:
    """All texts of one language."""

    def __init__(self, language: str, texts: Mapping[str, str]) -> None:
        self.language = language
        self._texts = texts

    def __contains__(self, key: object) -> bool:
        return key in self._texts

    def __iter__(self) -> Iterator[str]:
        return iter(self._texts)

    def text(self, message: Message) -> str:
        """The words of ``message``; raises :class:`KeyError` for an unknown key."""
        text = self._texts[message.key]
        values = {name: self._value(value) for name, value in message.params.items()}
        return _COUNTED.vformat(text, (), values) if "|" in text else text.format_map(values)

    def say(self, key: str, /, **params: object) -> str:
        """The words for ``key``."""
        return self.text(Message(key, **params))

    def _value(self, value: object) -> object:
        if isinstance(value, Message):
            return self.text(value)
        if isinstance(value, Named):
            return value.named(self.language)
        return decimal_text(value) if isinstance(value, Decimal) else value


@functools.cache
def catalogue(language: str) -> Catalogue:
    """The texts of ``language``, one of :data:`LANGUAGES`."""
    folder = resource("translations", language)
    texts: dict[str, str] = {}
    for file in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if file.name.endswith(".toml"):
            content = tomllib.loads(file.read_text(encoding="utf-8"))
            texts.update(_flat(file.name.removesuffix(".toml"), content))
    return Catalogue(language, texts)


def _flat(prefix: str, content: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    for name, value in content.items():
        key = f"{prefix}.{name}"
        if isinstance(value, dict):
            yield from _flat(key, value)
        else:
            yield key, str(value)
