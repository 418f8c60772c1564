"""Owns how Chinese characters are spoken: their readings, and whether a text holds what pinyin says.

Must not know about search; the index of names by sound builds on it.
"""

from __future__ import annotations

import importlib.util
import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from itertools import islice
from pathlib import Path

_READINGS_A_CHARACTER = 3
_FIRST, _PAST_LAST = 0x4E00, 0x9FA6
_MOST_CUTS = 16
_LONGEST_SYLLABLE = 6
_USUAL = (
    "宁ning 波bo 不bu 大da 温wen 达da 器qi 机ji 保bao 杯bei 电dian 化hua 金jin 石shi 食shi 服fu 车che "
    "和he 合he 丝si 红hong 宏hong 明ming 万wan 南nan 北bei 家jia 工gong 具ju 光guang 中zhong 业ye "
    "汤tang 台tai 景jing 奇qi 射she 玻bo 璃li 手shou 口kou 士shi 子zi 水shui 风feng 叶ye 新xin"
)

#: Vowels without their tone marks; ü is typed v.
_TONELESS = str.maketrans(
    "āáǎàēéěèếềōóǒòīíǐìūúǔùǖǘǚǜüńňǹḿ",
    "aaaaeeeeeeooooiiiiuuuuvvvvvnnnm",
    "\u0304\u0301\u030c\u0300\u0302",
)


@cache
def _usual() -> dict[str, str]:
    """Characters of everyday names whose other readings are only found in dictionaries."""
    return {entry[0]: entry[1:] for entry in _USUAL.split()}


@cache
def _dictionary() -> Mapping[str, str]:
    """A character's number → its readings with tone marks: the table that pypinyin brings along.

    Read without importing pypinyin, which loads forty thousand phrases first; that takes a second.
    """
    package = importlib.util.find_spec("pypinyin")
    if package is None or package.origin is None:
        raise ModuleNotFoundError("pypinyin")
    table = Path(package.origin).with_name("pinyin_dict.json")
    readings_of: Mapping[str, str] = json.loads(table.read_text("utf-8"))
    return readings_of


@lru_cache(maxsize=30_000)
def readings(character: str) -> tuple[str, ...]:
    """The toneless readings of a Chinese character, the usual one first; none for others."""
    usual = _usual().get(character)
    if usual is not None:
        return (usual,)
    marked = _dictionary().get(str(ord(character)), "")
    plain = marked.translate(_TONELESS).split(",") if marked else ()
    return tuple(dict.fromkeys(plain))[:_READINGS_A_CHARACTER]


@cache
def syllables() -> frozenset[str]:
    """Every syllable of standard Chinese, as written without tones."""
    common = (
        reading for point in range(_FIRST, _PAST_LAST) for reading in readings(chr(point))[:1]
    )
    return frozenset(common)


@cache
def _characters() -> Mapping[str, str]:
    """The characters that may be read as a syllable."""
    found: dict[str, str] = defaultdict(str)
    for character in map(chr, range(_FIRST, _PAST_LAST)):
        for reading in readings(character):
            found[reading] += character
    return found


def is_spoken_in(typed: str, text: str) -> bool:
    """Whether ``text`` holds characters spoken as ``typed``: two whole syllables or more, folded.

    ``ningbo`` in 宁波市, ``xian`` in 西安; a single syllable says too little.
    """
    pattern = _pattern(typed)
    return pattern is not None and not text.isascii() and pattern.search(text) is not None


def may_be_spoken(typed: str) -> bool:
    """Whether the folded ``typed`` is pinyin of at least two characters."""
    return _pattern(typed) is not None


@lru_cache(maxsize=64)
def _pattern(typed: str) -> re.Pattern[str] | None:
    if not (typed.isascii() and typed.isalpha()):
        return None
    ways = [cut for cut in islice(_cuts(typed), _MOST_CUTS) if len(cut) > 1]
    spoken = ("".join(f"[{_characters()[syllable]}]" for syllable in cut) for cut in ways)
    return re.compile("|".join(spoken)) if ways else None


def _cuts(typed: str) -> Iterator[tuple[str, ...]]:
    """The ways to cut ``typed`` into whole syllables; none that ends in the middle is begun."""
    lengths = range(1, _LONGEST_SYLLABLE + 1)
    ends = {len(typed)}
    for at in reversed(range(len(typed))):
        if any(at + n in ends and typed[at : at + n] in syllables() for n in lengths):
            ends.add(at)

    def parted(at: int) -> Iterator[tuple[str, ...]]:
        if at == len(typed):
            yield ()
        for n in lengths:
            if at + n in ends and typed[at : at + n] in syllables():
                for tail in parted(at + n):
                    yield (typed[at : at + n], *tail)

    return parted(0) if 0 in ends else iter(())
