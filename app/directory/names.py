"""Owns folded company names: what is left of a name when legal form, place and spelling are taken off.

宁波浩宇进出口有限公司 and 浩宇進出口(宁波)有限公司 are one name; so are "Haoyu Imp. & Exp. Co., Ltd." and
"HAO YU IMPORT EXPORT CO LTD". Must not decide that two companies are the same; ``duplicates`` does.
"""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from rapidfuzz import fuzz

from app.directory.company_words import Place, chinese_places, company_words, latin_places
from app.kernel.text import fold, has_han

_BRACKETS = re.compile(r"[(\[【〔{]([^)\]】〕}]*)[)\]】〕}]")
_INITIAL_DOT = re.compile(r"(?<=\b\w)\.(?=\w\b)")
_IMPORT_EXPORT = re.compile(r"\bi(?:mp(?:ort)?\.?\s*(?:/|and|\+)\s*exp(?:ort)?|\s*/\s*e)\b")
_NOT_A_WORD = re.compile(r"[\W_]+")
_ADMINISTRATIVE = re.compile(r"(?:壮族|回族|维吾尔)?自治区|特别行政区|[省市县区镇]")
_COUNTRIES = frozenset(
    [
        "china",
        "prc",
        "cn",
        "chn",
        "hk",
        "usa",
        "us",
        "uk",
        "germany",
        "india",
        "vietnam",
        "korea",
        "japan",
        "singapore",
        "europe",
        "asia",
    ]
)
_COUNTRIES_CHINESE = ("中国", "中華", "香港")
_LEADING_FORMS = frozenset(("pt", "ооо", "зао", "оао", "ао", "ип", "the", "ooo", "cv"))
_LINKS = frozenset(("and", "of", "the", "y", "e", "und", "et", "de"))
_READINGS_TRIED = 8
#: Names that are remembered: those of a large import are asked for again when it is written.
_MOST_REMEMBERED = 262_144


class FoldedName(NamedTuple):
    """A company's name taken apart.

    ``key`` compares: equal keys are the same name. ``proper`` is the key without what the company
    does, ``business`` what it does in English words, ``place`` where its name says it is.
    """

    key: str
    proper: str
    business: frozenset[str]
    place: Place | None
    is_chinese: bool


def name_key(text: str) -> str:
    """The folded key of a company's name: no legal form, leading place, spaces or punctuation."""
    return folded_name(text).key


_remembered: dict[str, FoldedName] = {}


def folded_name(text: str) -> FoldedName:
    """The name in ``text``, Chinese or Latin, taken apart."""
    found = _remembered.get(text)
    if found is None:
        found = _chinese(text) if has_han(text) else _latin(text)
        remember_names({text: found})
    return found


def is_remembered(text: str) -> bool:
    """Whether :func:`folded_name` needs no work for ``text``."""
    return text in _remembered


def remember_names(folded: Mapping[str, FoldedName]) -> None:
    """Takes in names that were taken apart elsewhere, as :func:`folded_name` does it."""
    if len(_remembered) + len(folded) > _MOST_REMEMBERED:
        _remembered.clear()
    _remembered.update(folded)


def name_similarity(first: FoldedName, second: FoldedName) -> float:
    """How alike two names are, 0 to 1: 1 for the same key, least when the proper names differ.

    Chinese against Latin names are compared by their pinyin. Names that state two different places
    are at most half alike: 宁波浩宇 is not 深圳浩宇.
    """
    if not first.key or not second.key:
        return 0.0
    if first.is_chinese != second.is_chinese:
        chinese, latin = (first, second) if first.is_chinese else (second, first)
        alike = _pinyin_similarity(chinese, latin)
    elif first.key == second.key:
        alike = 1.0
    else:
        alike = _weighed(_ratio(first.proper, second.proper), first, second)
    return alike * 0.5 if _places_disagree(first.place, second.place) else alike


def sounds(name: FoldedName) -> Iterator[str]:
    """How the proper part of a name may be spoken, for looking up candidates in the other script.

    Character by character: cheaper than :func:`name_similarity`, which knows words as well.
    """
    if not name.is_chinese:
        yield name.proper
        return
    for parts in itertools.islice(
        itertools.product(*map(_readings_of, name.proper)), _READINGS_TRIED
    ):
        yield "".join(parts).replace("v", "u")


def sound_of_key(key: str) -> str:
    """The proper part of a Latin name's folded key: without the words at its end for what it does."""
    return _business_tail().sub("", key) or key


@functools.cache
def _business_tail() -> re.Pattern[str]:
    words = sorted(company_words().business_latin, key=len, reverse=True)
    return re.compile(f"(?<=...)(?:{'|'.join(map(re.escape, words))})+$")


def _weighed(proper: float, first: FoldedName, second: FoldedName) -> float:
    """The likeness of the proper names, less where the businesses differ."""
    if proper < 0.75:
        return proper * 0.5
    if not first.business and not second.business:
        return proper
    shared = len(first.business & second.business)
    union = len(first.business | second.business)
    return proper * (0.7 + 0.3 * shared / union)


def _ratio(first: str, second: str) -> float:
    return float(fuzz.ratio(first, second)) / 100


def _pinyin_similarity(chinese: FoldedName, latin: FoldedName) -> float:
    best = max((_ratio(reading, latin.proper) for reading in _readings(chinese.proper)), default=0)
    return _weighed(best, chinese, latin) if best >= 0.75 else best * 0.5


@functools.lru_cache(maxsize=65536)
def _readings(proper: str) -> tuple[str, ...]:
    """The pinyin of ``proper`` without spaces; several where a character has several readings."""
    if not proper:
        return ()
    from pypinyin import Style, pinyin  # a quarter of a second, which most starts never need

    options = [_readings_of(character) for character in proper]
    usual = "".join(option[0] for option in options)
    if any(len(option) > 1 for option in options):
        usual = "".join(part[0] for part in pinyin(proper, style=Style.NORMAL, v_to_u=False))
    combined = ("".join(parts) for parts in itertools.product(*options))
    readings = [usual, *itertools.islice(combined, _READINGS_TRIED)]
    spelled = (form for reading in readings for form in (reading, reading.replace("v", "u")))
    return tuple(dict.fromkeys(spelled))


@functools.lru_cache(maxsize=16_384)
def _readings_of(character: str) -> tuple[str, ...]:
    """The readings of one character, the usual one first."""
    from pypinyin import Style, pinyin

    return tuple(pinyin(character, style=Style.NORMAL, heteronym=True)[0])


def _places_disagree(first: Place | None, second: Place | None) -> bool:
    """Whether both names state a place and neither lies in the other."""
    if first is None or second is None or first.chinese == second.chinese:
        return False
    province_named = {first.chinese, second.chinese} & {first.province, second.province}
    return not (first.province == second.province and province_named)


def _chinese(text: str) -> FoldedName:
    folded = fold(text)
    places: list[Place] = []
    core = _BRACKETS.sub(lambda found: _from_brackets(found.group(1), places), folded)
    core = _NOT_A_WORD.sub("", core)
    core = _without_branch(_without_legal_form(core))
    core, (proper, business), leading = _without_leading_places(core)
    proper = proper or core
    stated = [*leading, *places]
    return FoldedName(core, proper, business, stated[-1] if stated else None, is_chinese=True)


def _from_brackets(inside: str, places: list[Place]) -> str:
    """What stays of bracketed words; a place is noted and dropped, as a country is."""
    word = _NOT_A_WORD.sub("", inside)
    place = chinese_places().get(word) or chinese_places().get(word[:-1])
    if place is not None:
        places.append(place)
        return ""
    dropped = word in _COUNTRIES_CHINESE or word in company_words().legal_chinese
    return "" if dropped or word in _COUNTRIES else word


def _without_legal_form(core: str) -> str:
    forms = company_words().legal_chinese
    for size in company_words().legal_chinese_sizes:
        if core[-size:] in forms and len(core) > size + 1:
            return core[:-size]
    return core


def _without_branch(core: str) -> str:
    """``浩宇有限公司宁波`` (a branch's name without its ending) becomes ``浩宇``."""
    head, form, tail = core.partition("有限公司")
    return _without_legal_form(head + form) if form and head and len(tail) <= 4 else core


def _without_leading_places(core: str) -> tuple[str, tuple[str, frozenset[str]], list[Place]]:
    """``core`` without province, city and county in front, while a name stays; and its business.

    The place stays where it is the name: 宁波进出口, 长乐机械.
    """
    places: list[Place] = []
    business: tuple[str, frozenset[str]] | None = None
    named = chinese_places()
    while len(places) < 3:
        place = named.get(core[:5]) or named.get(core[:4]) or named.get(core[:3])
        place = place or named.get(core[:2])
        if place is None or (places and place.province != places[0].province):
            break
        rest = core[len(place.chinese) :]
        kind = _ADMINISTRATIVE.match(rest)
        rest = rest[kind.end() :] if kind and len(rest) - kind.end() >= 2 else rest
        left = _business_of(rest)
        if len(left[0]) < 2:
            break
        places.append(place)
        core, business = rest, left
    return core, business or _business_of(core), places


def _business_of(core: str) -> tuple[str, frozenset[str]]:
    """The proper name and the English words of what the company does."""
    known = company_words()
    by_first = known.business_by_first
    possible = {pair for first in core if first in by_first for pair in by_first[first]}
    words: list[str] = []
    for _place, chinese in sorted(pair for pair in possible if pair[1] in core):
        if chinese in core:
            core = core.replace(chinese, "", 1)
            words += known.business[chinese].split()
    return core, frozenset(words)


def _latin(text: str) -> FoldedName:
    folded = fold(text).replace("&", " and ")
    places: list[Place] = []
    folded = _BRACKETS.sub(lambda found: " " + _from_latin_brackets(found.group(1), places), folded)
    tokens = _tokens(folded)
    while len(tokens) > 1 and tokens[0] in _LEADING_FORMS:
        del tokens[0]
    tokens = _without_latin_form(tokens)
    tokens, leading = _without_latin_places(tokens)
    spelled = " ".join([_spelled(token) for token in tokens])
    words = [word for word in spelled.split() if word not in _LINKS]
    business = company_words().business_latin
    proper = "".join([word for word in words if word not in business]) or "".join(words)
    stated = [*leading, *places]
    return FoldedName(
        key="".join(words),
        proper=proper,
        business=business.intersection(words),
        place=stated[-1] if stated else None,
        is_chinese=False,
    )


def _tokens(folded: str) -> list[str]:
    """Words without dots and apostrophes: ``s.a.`` is ``sa``, ``co.,ltd.`` is ``co ltd``."""
    joined = _INITIAL_DOT.sub("", folded) if "." in folded else folded
    joined = _IMPORT_EXPORT.sub("import export", joined)
    return _NOT_A_WORD.sub(" ", joined.replace("'", "").replace("’", "")).split()


def _from_latin_brackets(inside: str, places: list[Place]) -> str:
    word = _NOT_A_WORD.sub("", inside)
    place = latin_places().get(word)
    if place is not None:
        places.append(place)
        return ""
    return "" if word in _COUNTRIES else inside + " "


def _without_latin_form(tokens: list[str]) -> list[str]:
    """``tokens`` without the legal forms at the end, while a word stays."""
    forms = company_words().legal_latin
    longest = company_words().longest_legal_latin
    while True:
        for cut in range(min(longest, len(tokens) - 1), 0, -1):
            if tuple(tokens[-cut:]) in forms or (cut == 1 and tokens[-1] in _COUNTRIES):
                break
        else:
            return tokens
        tokens = tokens[:-cut]
        while len(tokens) > 1 and tokens[-1] in _LINKS:
            tokens = tokens[:-1]


def _without_latin_places(tokens: list[str]) -> tuple[list[str], list[Place]]:
    """``tokens`` without places in front, while a word that is no business stays."""
    places: list[Place] = []
    business, named = company_words().business_latin, latin_places()
    while len(places) < 3:
        name = next((name for n in (1, 2) if (name := "".join(tokens[:n])) in named), None)
        if name is None:
            break
        rest = tokens[1 if tokens[0] == name else 2 :]
        if rest and rest[0] in ("city", "province"):
            rest = rest[1:]
        if all(_spelled(token) in business or token in _LINKS for token in rest):
            break
        places.append(named[name])
        tokens = rest
    return tokens, places


def _spelled(token: str) -> str:
    return company_words().spellings.get(token, token)
