"""Owns the ports, airports and rail hubs of the trade, by their UN/LOCODE and their names in two
languages.

The tables are data (``resources/reference/ports.txt`` and ``regions.txt``); a place it does not know
stays as typed. Must not know routes or rates.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.kernel.messages import Named
from app.kernel.text import fold, has_han
from resources import resource

#: What stands around the name itself: the country behind it, "port", 港.
_BEHIND = re.compile(r"[,，/()（）]")
_AROUND = re.compile(
    r"^(?:port of|中国)\s*|(?:\s+(?:sea\s*)?port|\s+airport|港口?|口岸|机场)$", re.IGNORECASE
)
#: Written with China behind them, though they have a code of their own.
_CHINESE_REGIONS = frozenset(["HK", "MO", "TW"])


@dataclass(frozen=True, slots=True)
class Port:
    """A place goods are loaded at or shipped to; ``code`` is its UN/LOCODE, country first."""

    code: str
    english: str
    chinese: str
    names: tuple[str, ...] = ()
    #: The code of the city whose harbour it is, empty where that is its own name.
    city: str = ""

    def named(self, language: str) -> str:
        """Its name in ``language`` (``en`` or ``zh_CN``)."""
        return self.chinese if language == "zh_CN" else self.english


@functools.cache
def ports() -> Mapping[str, Port]:
    """All known ports by their code."""
    lines = resource("reference", "ports.txt").read_text(encoding="utf-8").splitlines()
    found = (line.split(";") for line in lines if line and not line.startswith("#"))
    return {
        code: Port(code, english, chinese, tuple(filter(None, others.split("|"))), *city)
        for code, english, chinese, others, *city in found
    }


@functools.cache
def _codes_by_name() -> Mapping[str, str]:
    codes: dict[str, str] = {}
    for port in ports().values():
        for name in (port.code, port.english, port.chinese, *port.names):
            codes.setdefault(fold(name), port.code)
    return codes


@functools.cache
def _countries_of_states() -> Mapping[str, Sequence[str]]:
    """The countries that have a state of this folded name, or with these letters."""
    lines = resource("reference", "regions.txt").read_text(encoding="utf-8").splitlines()
    found: dict[str, list[str]] = {}
    for country, *both in (line.split(";") for line in lines if not line.startswith("#")):
        for said in both:
            found.setdefault(fold(said), []).append(country)
    return found


@functools.lru_cache(maxsize=2_000)
def port_named(text: str) -> Port | None:
    """The port ``text`` names: ``CNNGB``, ``Ningbo, China``, ``宁波港``; ``None`` for another place.

    A namesake in another country, ``Valencia, Venezuela`` or ``Naples, FL``, and a choice of ports
    are another place.
    """
    codes = _codes_by_name()
    whole = fold(text)
    if whole in codes:
        return ports()[codes[whole]]
    first, *behind = (part.strip() for part in _BEHIND.split(whole))
    spellings = (first, _AROUND.sub("", first).strip())
    code = next((codes[spelling] for spelling in spellings if spelling in codes), None)
    if code is None or len(_choices(text)) > 1:
        return None
    return ports()[code] if _may_be_in(code[:2], behind) else None


def _may_be_in(country: str, behind: Sequence[str]) -> bool:
    """Whether what stands behind a port's name leaves it in ``country``.

    The last part that is known decides; Georgia is a country and a state.
    """
    for part in filter(None, reversed(behind)):
        # Babel is slow to import, and most places are written without their country.
        from app.kernel.territories import territory_code

        said = {territory_code(part), *_countries_of_states().get(part, ())}
        if said & {country} or part == country.casefold():
            return True
        if any(said):
            return "CN" in said and country in _CHINESE_REGIONS
    return True


def _choices(text: str) -> tuple[Port, ...]:
    """The ports among which ``Ningbo/Shanghai`` leaves the choice; none for a single place."""
    if "/" not in text and "／" not in text:
        return ()
    codes = _codes_by_name()
    named = [codes.get(_AROUND.sub("", part.strip())) for part in fold(text).split("/")]
    return tuple(ports()[code] for code in dict.fromkeys(filter(None, named)))


def is_same_place(one: str, other: str) -> bool:
    """Whether two names are one place, in whatever language and with or without the country."""
    return _place(one) == _place(other)


def may_be_one_harbour(one: str, other: str) -> bool:
    """Whether goods brought to one port may be at the other: ``Shenzhen`` and ``Yantian``.

    So they may where one of the two is no port that is known (``any Chinese port``).
    """
    first, second = port_named(one), port_named(other)
    if first is None or second is None:
        return True
    return (first.city or first.code) == (second.city or second.code)


def _place(text: str) -> object:
    """What two names of one place have in common."""
    port, choices = port_named(text), frozenset(_choices(text))
    if port or len(choices) > 1:
        return port or choices
    first, *behind = (part.strip() for part in _BEHIND.split(fold(text)))
    # A namesake of a port lies in the country behind it; of any other place the name is enough.
    return (first, *behind) if port_named(first) else first


def place_text(text: str, language: str) -> str:
    """``text`` for a reader of ``language``: a port written in the other language, or as a code,
    by its name, and so each of several; anything else as typed.
    """
    port, choices = port_named(text), _choices(text)
    is_readable = has_han(text) == (language == "zh_CN")
    if port is None and len(choices) > 1 and len(choices) == fold(text).count("/") + 1:
        return text if is_readable else "/".join(each.named(language) for each in choices)
    if port is None or (is_readable and fold(text) != fold(port.code)):
        return text
    return port.named(language)


def place_named(text: str, *, term: str = "") -> Named:
    """``text`` as :func:`place_text` writes it for readers of each language, behind a delivery ``term``."""
    english, chinese = (
        f"{term} {place_text(text, language)}".strip() for language in ("en", "zh_CN")
    )
    return Named(english, chinese)
