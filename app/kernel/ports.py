"""Owns the ports, airports and rail hubs of the trade, by their UN/LOCODE and their names in two
languages.

The table is data (``resources/reference/ports.txt``); a place it does not know stays as typed.
Must not know routes or rates.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass

from app.kernel.text import fold, has_han
from resources import resource

#: What stands around the name itself: the country behind it, "port", 港.
_BEHIND = re.compile(r"[,，/(（]")
_AROUND = re.compile(
    r"^(?:port of|中国)\s*|(?:\s+(?:sea\s*)?port|\s+airport|港口?|口岸|机场)$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Port:
    """A place goods are loaded at or shipped to; ``code`` is its UN/LOCODE, country first."""

    code: str
    english: str
    chinese: str
    names: tuple[str, ...] = ()

    def named(self, language: str) -> str:
        """Its name in ``language`` (``en`` or ``zh_CN``)."""
        return self.chinese if language == "zh_CN" else self.english


@functools.cache
def ports() -> Mapping[str, Port]:
    """All known ports by their code."""
    lines = resource("reference", "ports.txt").read_text(encoding="utf-8").splitlines()
    found = (line.split(";") for line in lines if line and not line.startswith("#"))
    return {
        code: Port(code, english, chinese, tuple(filter(None, others.split("|"))))
        for code, english, chinese, others in found
    }


@functools.cache
def _codes_by_name() -> Mapping[str, str]:
    codes: dict[str, str] = {}
    for port in ports().values():
        for name in (port.code, port.english, port.chinese, *port.names):
            codes.setdefault(fold(name), port.code)
    return codes


@functools.lru_cache(maxsize=2_000)
def port_named(text: str) -> Port | None:
    """The port ``text`` names: ``CNNGB``, ``Ningbo, China``, ``宁波港``; ``None`` for another place."""
    codes = _codes_by_name()
    whole = fold(text)
    first = _BEHIND.split(whole, maxsplit=1)[0].strip()
    spellings = (whole, first, _AROUND.sub("", first).strip())
    code = next((codes[spelling] for spelling in spellings if spelling in codes), None)
    return ports()[code] if code else None


def is_same_place(one: str, other: str) -> bool:
    """Whether two names are one place, in whatever language and with or without the country."""
    first, second = port_named(one), port_named(other)
    if first and second:
        return first is second
    return _plain(one) == _plain(other)


def _plain(text: str) -> str:
    return _BEHIND.split(fold(text), maxsplit=1)[0].strip()


def place_text(text: str, language: str) -> str:
    """``text`` for a reader of ``language``: a port written in the other language, or as a code,
    by its name; anything else as typed.
    """
    port = port_named(text)
    is_readable = has_han(text) == (language == "zh_CN")
    if port is None or (is_readable and fold(text) != fold(port.code)):
        return text
    return port.named(language)
