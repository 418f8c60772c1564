"""Owns countries in cells: names in many languages and codes, as ISO 3166 codes of two letters.

Must not guess a country from anything but its name.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping, Sequence

from babel import Locale
from babel.core import get_global

from app.kernel.ports import port_named
from app.kernel.text import fold, has_han
from app.sheets.cells.reading import folded
from resources import resource

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
    "US": "usa|u s|u s a|united states of america|america|美国|美利坚合众国|сша|estados unidos|eeuu|the united states|united states america|usa united states|ee uu|amerika|etats unis|états unis d amérique|vereinigte staaten von amerika|estados unidos de america|соединенные штаты америки",
    "GB": "uk|u k|great britain|england|scotland|wales|northern ireland|britain|英国|大不列颠|britain uk|großbritannien|angleterre|inglaterra|grande bretagne|gran bretaña|англия|соединенное королевство|英格兰|联合王国|united kingdom of great britain and northern ireland|schottland",
    "AE": "uae|u a e|emirates|dubai|阿联酋|迪拜|оаэ|vae|الإمارات|الامارات|u a emirates|阿拉伯联合酋长国|эмираты",
    "CN": "prc|p r c|p r china|pr china|mainland china|china mainland|peoples republic of china|"
    "people s republic of china|the people s republic of china|中国大陆|中国内地|大陆|中华人民共和国|国内|кнр|pr of china|china pr|vr china|volksrepublik china|republica popular china|republica popular de china|rp china|republique populaire de chine|chine populaire|китайская народная республика",
    "HK": "hong kong|hongkong|h k|香港|中国香港|hong kong china|china hong kong|hong kong sar|hong kong s a r|香港特别行政区|中国香港特别行政区|гонконг",
    "MO": "macau|macao|澳门|中国澳门|macao sar|macau sar|澳门特别行政区|макао",
    "TW": "taiwan|taiwan china|taiwan roc|chinese taipei|taiwan region|台湾|中国台湾|台湾地区|"
    "taiwan province of china|r o c|roc|台湾省|republic of china|republic of china taiwan|тайвань",
    "KR": "korea|south korea|republic of korea|korea south|korea republic of|korea rep|s korea|韩国|大韩民国|"
    "корея|한국|republica de corea|republik korea|corea|corée|corea del sur|южная корея|республика корея|南韩|south korea republic of korea|korea s",
    "KP": "north korea|dprk|朝鲜|korea north|democratic people s republic of korea|democratic peoples republic of korea|korea dem people s rep|n korea|d p r korea|кндр|северная корея|北韩",
    "RU": "russia|russian federation|俄罗斯联邦|россия|рф|russian fed|俄国|russische föderation|российская федерация|fédération de russie|federacion rusa",
    "VN": "vietnam|viet nam|越南|socialist republic of vietnam|s r vietnam",
    "CZ": "czech republic|czechia|czech|捷克共和国|czech rep|tschechische republik|république tchèque|republica checa|чешская республика",
    "CI": "ivory coast|cote d ivoire|科特迪瓦|象牙海岸|elfenbeinküste|costa de marfil|côte d ivoire republic",
    "TR": "turkey|turkiye|土耳其|turkei|türkiye cumhuriyeti",
    "NL": "holland|netherlands|the netherlands|荷兰|голландия|hollande|holanda|the netherland",
    "MK": "macedonia|north macedonia|fyrom|mazedonien|македония|北马其顿共和国|macedonia fyrom|macédoine|macedonia del norte",
    "CD": "dr congo|democratic republic of the congo|congo democratic republic|zaire|drc|d r c|d r congo|congo drc|congo kinshasa|rd congo|rdc|r d congo|congo dem rep|congo dem rep of|dem rep congo|dem rep of congo|dem rep of the congo|democratic republic of congo|congo democratic republic of the|congo democratic republic|république démocratique du congo|republique democratique congo|demokratische republik kongo|dr kongo|republica democratica del congo|刚果金|民主刚果|刚果民主共和国|刚果 民主共和国|демократическая республика конго|др конго|congo the democratic republic of the",
    "CG": "congo|republic of the congo|congo brazzaville|congo rep|congo republic of|congo republic of the|刚果布|刚果共和国|刚果 布|republik kongo|république du congo|kongo|конго",
    "IR": "iran|ايران|iran islamic republic of|islamic republic of iran",
    "SY": "syria|syrian arab republic|syrian arab rep",
    "LA": "laos|lao|lao pdr",
    "MM": "burma|myanmar|myanmar burma",
    "BO": "bolivia plurinational state of",
    "VE": "venezuela bolivarian republic of",
    "TZ": "tanzania united republic of",
    "MD": "moldova republic of|republic of moldova|moldawien|молдавия|moldau",
    "BN": "brunei darussalam",
    "CV": "cape verde|cabo verde|kap verde",
    "SZ": "swaziland|eswatini",
    "PS": "palestine|فلسطين|palestinian territory|state of palestine|west bank and gaza|palestinian territories|巴勒斯坦|palästina|палестина",
    "SA": "saudi|ksa|kingdom of saudi arabia|沙特|k s a|саудовская аравия|السعودية",
    "SK": "slovak republic|slovak rep|slowakische republik",
    "BA": "bosnia|bosnia herzegovina|bosnia and herzegovina|bosnia herz|bosnia & herz|bosnia and herz|bosnien|bosnie|波黑|波斯尼亚|bosnia i hercegovina",
    "VA": "vatican|holy see|vatikan",
    "ZA": "rsa|republic of south africa|s africa|юар|r s a|republik südafrika",
    "IE": "republic of ireland|eire",
    "DO": "dominican rep|rep dominicana|dominicana|多米尼加|多明尼加|dominicaine",
    "BY": "weißrussland|белоруссия|biélorussie|bielorrusia",
    "TL": "east timor|东帝汶|osttimor",
    "VC": "saint vincent and the grenadines|st vincent|saint vincent",
    "AG": "antigua",
    "LY": "libyan arab jamahiriya",
    "DE": "brd|бундесрепублика германия",
    "AT": "oesterreich",
    "SE": "sverige",
    "NO": "norge",
    "DK": "danmark",
    "FI": "suomi",
    "GR": "hellas",
    "HR": "hrvatska",
    "BF": "burkina",
    "CF": "central african rep|中非",
    "MN": "蒙古国",
    "PG": "巴新|papua neuguinea|p n g",
    "CO": "columbia",
    "VG": "virgin islands british|bvi|b v i",
    "VI": "us virgin islands|usvi|u s virgin islands|virgin islands us|virgin islands u s",
    "ST": "sao tome|sao tome and principe|são tomé and príncipe",
    "GN": "rep of guinea|几内亚共和国|guinea conakry",
    "FR": "french republic",
    "MX": "united mexican states|méjico",
    "KG": "киргизия|吉尔吉斯",
    "IT": "italia",
    "JO": "hashemite kingdom of jordan|الاردن",
    "OM": "عمان|سلطنة عمان",
    "MY": "大马",
    "ID": "印尼",
    "KZ": "哈萨克",
    "UZ": "乌兹别克",
    "SG": "星加坡",
    "AU": "澳洲|commonwealth of australia",
    "NZ": "纽西兰",
    "SI": "slowenien",
    "EG": "arab republic of egypt",
    "TT": "trinidad|trinidad and tobago",
}
_NOT_COUNTRIES = frozenset(["EU", "EZ", "UN", "ZZ", "XA", "XB", "QO"])
#: Two names of one country: ``China/中国``, 阿联酋 UAE.
_BETWEEN_NAMES = re.compile(
    r"[(（/,，;|]|\s-\s|(?<=[\u3400-\u9fff])\s*(?=[A-Za-z])|(?<=[A-Za-z.])\s*(?=[\u3400-\u9fff])"
)
_WORDS = re.compile(r"[^\w&]+")
#: Languages whose names are looked through only for letters that those above hardly have.
_FURTHER_LOCALES = (
    "sv",
    "da",
    "fi",
    "hu",
    "cs",
    "ro",
    "bg",
    "el",
    "uk",
    "he",
    "ar",
    "th",
    "hi",
    "vi",
)
#: What states call themselves in front of the name: ``Kingdom of``, ``Islamic Republic of the``.
_FORMAL = re.compile(
    r"(?:the )?(?:(?:\w+ )?(?:republic|rep|kingdom|state|sultanate|principality|federation|commonwealth|emirate) of )?(?:the )?"
)
#: ``Georgia, USA``, ``Ontario (Canada)``: a place and its country; ``Korea (North)``, ``Bahamas, The``: a name turned round.
_PLACED = re.compile(r"(.+?)\s*[(（,，]\s*([^(（,，)）]+?)\s*[)）]?")
#: Lands with a code of their own that stand before the country they belong to.
_LANDS = frozenset(
    [
        "PR",
        "GU",
        "VI",
        "AS",
        "MP",
        "GP",
        "MQ",
        "RE",
        "GF",
        "YT",
        "NC",
        "PF",
        "HK",
        "MO",
        "TW",
        "AW",
        "CW",
        "SX",
        "GI",
        "JE",
        "GG",
        "IM",
        "KY",
        "BM",
        "VG",
        "FK",
        "GL",
        "FO",
    ]
)
#: Two letters behind a place are as well a state of the USA's; these are none.
_SURE_CODES = frozenset(["us", "uk"])
#: States of the USA and provinces of Canada as they stand behind a place: ``Atlanta, GA``, ``Vancouver, BC``. Of
#: Delaware and Indiana there is hardly a place in these sheets, of Germany and India there are many.
_STATE = re.compile(
    r"(?P<place>[^,(（，]+)\s*[,(（，]\s*(?:(?P<us>a[klrz]|c[aot]|dc|fl|ga|hi|i[adl]|k[sy]|la|m[adeinost]|n[cdehjmvy]|o[hkr]"
    r"|pa|ri|s[cd]|t[nx]|ut|v[at]|w[aivy])|(?P<ca>ab|bc|mb|n[bstu]|on|qc|sk|yt))\s*[)）]?",
    re.IGNORECASE,
)
#: A place and two letters behind it.
_BEHIND = re.compile(r"[^,(（，]+\s*[,(（，]\s*(?P<code>[a-z]{2})\s*[)）]?", re.IGNORECASE)
_CODE_LENGTH = 2
_SEVERAL = 2
_SOME = 0.2


@functools.cache
def country_codes() -> Mapping[str, str]:
    """Name of a country, folded, in the usual languages → its ISO 3166 code."""
    codes = dict(_official_codes())
    for code in set(codes.values()):
        codes.setdefault(code.lower(), code)
    for code, aliases in _ALSO.items():
        codes.update(dict.fromkeys(map(_key, aliases.split("|")), code))
    return codes


@functools.cache
def _official_codes() -> Mapping[str, str]:
    return _named_in(_LOCALES)


@functools.cache
def _further_codes() -> Mapping[str, str]:
    return _named_in(_FURTHER_LOCALES)


def _named_in(locales: Sequence[str]) -> dict[str, str]:
    codes: dict[str, str] = {}
    for locale in locales:
        for code, name in Locale.parse(locale).territories.items():
            if len(code) == 2 and code.isalpha() and code not in _NOT_COUNTRIES:
                codes.setdefault(_key(name), code)
    return codes


def _key(text: str) -> str:
    return _WORDS.sub(" ", fold(text).replace("'", " ")).strip()


def _code_of(name: str) -> str | None:
    """The code of one name, written as usual or as the state calls itself."""
    codes, key = country_codes(), _key(name)
    if found := codes.get(key) or codes.get(_FORMAL.sub("", key, count=1)):
        return found
    return None if name.isascii() or has_han(name) else _further_codes().get(key)


#: The signs on cars where they are not the letters of ISO 3166 (UNECE, distinguishing signs of vehicles).
_ON_CARS = {
    "A": "AT", "B": "BE", "D": "DE", "E": "ES", "F": "FR", "H": "HU", "I": "IT", "J": "JP", "L": "LU", "M": "MT",
    "N": "NO", "P": "PT", "S": "SE", "SLO": "SI", "CDN": "CA",
}  # fmt: skip


def country_under_its_heading(text: str, *, by_code: bool = False) -> str | None:
    """As :func:`country_of`, where a heading says that it is a country; then ``D`` is Germany."""
    return country_of(text, by_code=by_code) or _ON_CARS.get(text.strip().upper())


@functools.lru_cache(maxsize=5_000)
def country_of(text: str, *, by_code: bool = False) -> str | None:
    """The ISO 3166 code of the country ``text`` names in any of the known languages, or ``None``.

    ``by_code`` says that two letters behind a place are a country's: ``Haifa, IL``.
    """
    said = folded(text)
    if found := _code_of(said):
        return found
    if by_code and (behind := _BEHIND.fullmatch(said)) and (found := _code_of(behind["code"])):
        return found
    if (state := _STATE.fullmatch(said)) and (found := _of_state(state)):
        return found
    placed = _PLACED.fullmatch(said)
    if placed is not None and (found := _placed(placed[1], placed[2])):
        return found
    parts = [name for part in _BETWEEN_NAMES.split(said) if (name := part.strip(" )）"))]
    known = [_code_of(part) for part in parts]
    if "/" in said and not all(known) and any(len(part) == _CODE_LENGTH for part in parts):
        return None  # ``IT/Communication`` is a line of business.
    return next(filter(None, known), None)


def stand_codes_behind(texts: Iterable[str]) -> bool:
    """Whether two letters behind the places of a column are countries: with ``Paris, FR`` among them
    ``Haifa, IL`` is no town in Illinois.
    """
    said = [found for text in texts if (found := _BEHIND.fullmatch(folded(text)))]
    foreign = {
        found["code"].lower()
        for found in said
        if not _STATE.fullmatch(found[0]) and _code_of(found["code"]) not in (None, "US", "CA")
    }
    count = sum(found["code"].lower() in foreign for found in said)
    return len(foreign) >= _SEVERAL and count >= _SOME * len(said)


def _of_state(found: re.Match[str]) -> str | None:
    """The country of a place and its state; ``Casablanca, MA`` and ``Ottawa, CA`` are where those cities are."""
    if _official_codes().get(_key(found["place"]), "NF") != "NF":  # Norfolk is Virginia's harbour.
        return None
    letters, place = (found["us"] or found["ca"]).upper(), _key(found["place"])
    homes = (_cities().get(place), _of_port(found["place"]))
    if letters in homes or place in _cities_behind().get(letters, ()):
        return letters
    return "US" if found["us"] else "CA"


@functools.cache
def _cities_behind() -> Mapping[str, frozenset[str]]:
    """The larger cities of countries that share their two letters with a state."""
    lines = resource("reference", "cities.txt").read_text(encoding="utf-8").splitlines()
    listed = (line.split(";") for line in lines if not line.startswith("#"))
    return {country: frozenset(map(_key, cities.split("|"))) for country, cities in listed}


@functools.cache
def _cities() -> Mapping[str, str]:
    """The cities that time zones are called after, and their countries."""
    zones: Mapping[str, str] = get_global("zone_territories")
    return {_key(zone.rpartition("/")[2].replace("_", " ")): code for zone, code in zones.items()}


def _of_port(place: str) -> str | None:
    """The country of the harbour of that name."""
    port = port_named(place)
    return port.code[:2] if port is not None else None


def _placed(first: str, last: str) -> str | None:
    """The country of ``first, last``: the one turned round, else the later, unless the first is a land."""
    if found := _code_of(f"{last} {first}"):
        return found
    land = _code_of(first)
    if land in _LANDS:
        return land
    is_sure = len(last) > 2 or not last.isascii() or last.lower() in _SURE_CODES
    return _code_of(last) if is_sure else None
