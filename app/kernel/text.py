"""Owns text folding: the form in which names and words are compared.

``fold`` makes full-width half-width, case and accents disappear, and traditional characters
simplified, so that 304不鏽鋼 and ３０４不锈钢 are the same text. Must not know about search or
duplicates; both build on it.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from importlib.resources import files

_CONTROL = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]"
)
_MAY_HAVE_ACCENTS = re.compile("[\u00c0-\u1fff\u212b]")
#: Small letters that no accent can be taken from.
_PLAIN_LETTERS = str.maketrans(
    {"ı": "i", "ł": "l", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "æ": "ae", "œ": "oe", "þ": "th"}
)
_LONE_SURROGATE = re.compile(r"[\ud800-\udfff]")


@functools.cache
def _simplified() -> dict[int, str]:
    """Traditional character → simplified, from OpenCC's table."""
    lines = files("opencc").joinpath("dictionary", "TSCharacters.txt").read_text(encoding="utf-8")
    pairs = (line.split("\t") for line in lines.splitlines() if "\t" in line)
    return {
        ord(traditional): forms.split()[0] for traditional, forms in pairs if len(traditional) == 1
    }


def simplify(text: str) -> str:
    """``text`` with traditional Chinese characters replaced by simplified ones, one for one."""
    return text.translate(_simplified())


def strip_accents(text: str) -> str:
    """``text`` without marks on small Latin letters: ``müller`` → ``muller``, ``łódź`` → ``lodz``."""
    if not _MAY_HAVE_ACCENTS.search(text):
        return text
    decomposed = unicodedata.normalize("NFKD", text).translate(_PLAIN_LETTERS)
    return unicodedata.normalize(
        "NFC", "".join(c for c in decomposed if not "\u0300" <= c <= "\u036f")
    )


def fold(text: str) -> str:
    """The form in which two texts are compared: width, case, accents, script and spaces folded."""
    if text.isascii():
        return " ".join(text.lower().split())
    wide = unicodedata.normalize("NFKC", text).casefold()
    return " ".join(simplify(strip_accents(wide)).split())


def clean(text: str) -> str:
    """``text`` as it may enter the book: no control characters, direction overrides or lone surrogates.

    Line breaks and tabs stay; both line ends become ``\\n``.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _LONE_SURROGATE.sub("\ufffd", _CONTROL.sub("", text))


def is_han(character: str) -> bool:
    """Whether ``character`` is a Chinese character (CJK unified ideographs and extensions)."""
    point = ord(character)
    return (
        0x4E00 <= point <= 0x9FFF
        or 0x3400 <= point <= 0x4DBF
        or 0x20000 <= point <= 0x323AF
        or 0xF900 <= point <= 0xFAFF
        or point == 0x3007
    )


def has_han(text: str) -> bool:
    """Whether ``text`` holds at least one Chinese character."""
    return not text.isascii() and any(map(is_han, text))
