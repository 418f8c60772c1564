"""Owns countries in cells: names in many languages and codes, as ISO 3166 codes of two letters.

Must not guess a country from anything but its name.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping

from babel import Locale

from app.kernel.text import fold
from app.sheets.cells.reading import folded

_LOCALES = (
    "en",
    "zh_Hans",
    "zh_Hant",
    "de",
    "es",
    "ru",
    "ko",
    "ja",
    "fr",
    "it",
    "pt",
    "tr",
    "pl",
    "nl",
)
_ALSO = {
    "US": "usa|u s|u s a|united states of america|america|美国|美利坚合众国|сша|estados unidos|eeuu",
    "GB": "uk|u k|great britain|england|scotland|wales|northern ireland|britain|英国|大不列颠|britain uk",
    "AE": "uae|u a e|emirates|dubai|阿联酋|迪拜|оаэ",
    "CN": "prc|p r c|p r china|pr china|mainland china|china mainland|peoples republic of china|"
    "people s republic of china|the people s republic of china|中国大陆|中国内地|大陆|中华人民共和国|国内|кнр",
    "HK": "hong kong|hongkong|h k|香港|中国香港|hong kong china|china hong kong",
    "MO": "macau|macao|澳门|中国澳门",
    "TW": "taiwan|taiwan china|taiwan roc|chinese taipei|taiwan region|台湾|中国台湾|台湾地区|"
    "taiwan province of china",
    "KR": "korea|south korea|republic of korea|korea south|korea republic of|korea rep|s korea|韩国|大韩民国|"
    "корея|한국",
    "KP": "north korea|dprk|朝鲜",
    "RU": "russia|russian federation|俄罗斯联邦|россия|рф",
    "VN": "vietnam|viet nam|越南",
    "CZ": "czech republic|czechia|czech|捷克共和国",
    "CI": "ivory coast|cote d ivoire|科特迪瓦|象牙海岸",
    "TR": "turkey|turkiye|土耳其",
    "NL": "holland|netherlands|the netherlands|荷兰",
    "MK": "macedonia|north macedonia|fyrom",
    "CD": "dr congo|democratic republic of the congo|congo democratic republic|zaire",
    "CG": "congo|republic of the congo|congo brazzaville",
    "IR": "iran|iran islamic republic of|islamic republic of iran",
    "SY": "syria|syrian arab republic",
    "LA": "laos|lao|lao pdr",
    "MM": "burma|myanmar",
    "BO": "bolivia plurinational state of",
    "VE": "venezuela bolivarian republic of",
    "TZ": "tanzania united republic of",
    "MD": "moldova republic of|republic of moldova",
    "BN": "brunei darussalam",
    "CV": "cape verde|cabo verde",
    "SZ": "swaziland|eswatini",
    "PS": "palestine|palestinian territory",
    "SA": "saudi|ksa|kingdom of saudi arabia|沙特",
    "SK": "slovak republic",
    "BA": "bosnia|bosnia herzegovina|bosnia and herzegovina",
    "VA": "vatican|holy see",
    "ZA": "rsa|republic of south africa",
    "IE": "republic of ireland|eire",
    "DO": "dominican rep",
    "TT": "trinidad|trinidad and tobago",
}
_NOT_COUNTRIES = frozenset(["EU", "EZ", "UN", "ZZ", "XA", "XB", "QO"])
#: Two names of one country: ``China/中国``, 阿联酋 UAE.
_BETWEEN_NAMES = re.compile(
    r"[(（/,，;|]|\s-\s|(?<=[\u3400-\u9fff])\s*(?=[A-Za-z])|(?<=[A-Za-z.])\s*(?=[\u3400-\u9fff])"
)
_WORDS = re.compile(r"[^\w&]+")


@functools.cache
def _codes() -> Mapping[str, str]:
    codes: dict[str, str] = {}
    for locale in _LOCALES:
        for code, name in Locale.parse(locale).territories.items():
            if len(code) == 2 and code.isalpha() and code not in _NOT_COUNTRIES:
                codes.setdefault(_key(name), code)
    for code in set(codes.values()):
        codes.setdefault(code.lower(), code)
    for code, aliases in _ALSO.items():
        codes.update(dict.fromkeys(map(_key, aliases.split("|")), code))
    return codes


def _key(text: str) -> str:
    return _WORDS.sub(" ", fold(text).replace("'", " ")).strip()


@functools.lru_cache(maxsize=5_000)
def country_of(text: str) -> str | None:
    """The ISO 3166 code of the country ``text`` names in any of the known languages, or ``None``."""
    said = folded(text)
    codes = _codes()
    if found := codes.get(_key(said)):
        return found
    for part in _BETWEEN_NAMES.split(said):
        part = part.strip(" )）")
        if part and (found := codes.get(_key(part))):
            return found
    return None
