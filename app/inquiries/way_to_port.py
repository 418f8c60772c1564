"""Owns how far a Chinese town is from the port its goods are loaded in.

As the crow flies between rounded places: good for telling near from far. Must not know suppliers.
"""

from __future__ import annotations

import functools
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass

from app.kernel.messages import Named
from app.kernel.ports import Port
from app.kernel.text import fold, has_han
from resources import resource

_EARTH_RADIUS_KM = 6371
_LATIN_NAME = re.compile(r"[a-z][a-z' ]*[a-z]")
_TOWN_ENDINGS = re.compile(r"[市省县区]$")


@dataclass(frozen=True, slots=True)
class Town:
    """A town by its two names; degrees north and east."""

    name_zh: str
    name_en: str
    latitude: float
    longitude: float
    is_port: bool

    @property
    def name(self) -> Named:
        """Its name in each language."""
        return Named(self.name_en, self.name_zh)


@dataclass(frozen=True, slots=True)
class Way:
    """How far a supplier is from the port: ``km`` from ``town`` to ``port``."""

    town: Town
    port: Town
    km: int


@functools.cache
def way_to_port(city: str, province: str, port: Port | None) -> Way | None:
    """From the town, else the province, to ``port``, else the nearest one; None where unknown.

    A port outside China is not where goods are loaded: the nearest one counts then, too.
    """
    town = _town_in(city) or _town_in(province)
    if town is None:
        return None
    asked = _towns().get(port.chinese) if port else None
    ports = [asked] if asked else [one for one in _towns().values() if one.is_port]
    nearest = min(ports, key=functools.partial(_km, town))
    return Way(town, nearest, round(_km(town, nearest)))


def _town_in(place: str) -> Town | None:
    folded = fold(place).strip()
    if has_han(folded):
        name = _TOWN_ENDINGS.sub("", folded.split(" ")[0])
        return _towns().get(name)
    names = (name.removesuffix(" port").strip() for name in _LATIN_NAME.findall(folded))
    return next((_towns()[name] for name in names if name in _towns()), None)


@functools.cache
def _towns() -> Mapping[str, Town]:
    towns: dict[str, Town] = {}
    lines = resource("reference", "chinese_towns.csv").read_text(encoding="utf-8").splitlines()
    for line in lines:
        if line and not line.startswith("#"):
            zh, en, latitude, longitude, kind = line.split(",")
            town = Town(zh, en, float(latitude), float(longitude), kind == "port")
            towns.setdefault(fold(zh), town)
            towns.setdefault(fold(en), town)
    return towns


def _km(one: Town, other: Town) -> float:
    """The great circle between two towns."""
    north, south = math.radians(one.latitude), math.radians(other.latitude)
    turn = math.radians(one.longitude - other.longitude)
    cosine = math.sin(north) * math.sin(south) + math.cos(north) * math.cos(south) * math.cos(turn)
    return _EARTH_RADIUS_KM * math.acos(min(1.0, cosine))
