"""Owns the Unified Social Credit Code of Chinese companies (GB 32100-2015): its form and check digit.

Must not refuse a code: a wrong check digit warns about the typing, a right one proves nothing about
the company.
"""

from __future__ import annotations

import re
import unicodedata

from stdnum.cn import uscc as standard

from app.kernel.messages import Message

#: The 31 characters a code is written in; the letters I, O, S, V and Z are left out.
ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
LENGTH = 18
_SEPARATORS = re.compile(r"[\s\-_.:：]+")


def normalised_uscc(text: str) -> str:
    """``text`` half-width, in capitals, without spaces and separators."""
    return _SEPARATORS.sub("", unicodedata.normalize("NFKC", text)).upper()


def check_character(first_17: str) -> str:
    """The 18th character that belongs to the first seventeen."""
    return str(standard.calc_check_digit(first_17))


def looks_like_uscc(text: str) -> bool:
    """Whether ``text`` has the length and characters of a code, whatever its check digit."""
    code = normalised_uscc(text)
    return (
        "_" not in text  # the parts of another number: ``C1_395000000A_000001``
        and len(code) == LENGTH
        and code[2:8].isdigit()
        and all(character in ALPHABET for character in code)
    )


def uscc_warning(text: str) -> Message | None:
    """What is doubtful about a code, or ``None``: its length, its characters, its check digit."""
    code = normalised_uscc(text)
    if len(code) != LENGTH:
        return Message("directory.uscc_length", code=code, length=len(code))
    strange = "".join(dict.fromkeys(c for c in code if c not in ALPHABET))
    if strange:
        return Message("directory.uscc_characters", code=code, characters=strange)
    expected = check_character(code[:-1])
    if code[-1] != expected:
        return Message("directory.uscc_check", code=code, expected=expected)
    return None
