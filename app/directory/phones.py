"""Owns phone numbers: as typed and, where they are certain, in E.164.

Never numbers: ``4.41E+11`` is a broken phone. Must not split cells that hold several numbers.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumber, PhoneNumberFormat, PhoneNumberType

from app.kernel.messages import Message

_SCIENTIFIC = re.compile(r"\d(?:[.,]\d+)?E\+?\d+", re.IGNORECASE)
_DIGITS = re.compile(r"\D")
_CHINESE_MOBILE = re.compile(r"861[3-9]\d{9}")
#: What the numbering plan gives to mobiles without doubt: most phones of these sheets, read at once.
_PLAIN_CHINESE_MOBILE = re.compile(r"1(?:[38]\d|5[0-35-9]|9[0-35-9])[0-9]{8}", re.ASCII)
#: Words for an extension that numbering plans don't know: 转12, 分机 12, ``ramal 12``.
_EXTENSION = re.compile(
    r"\s*[-,(]?\s*(?:转|分机号?|内線|内线|내선|ramal|anexo|poste|interno|int\.?|wew\.?|máy lẻ|dahili|durchwahl|dw|внутр\.?|вн\.?|内)\s*[:.]?\s*(\d{1,6})\s*\)?$",
    re.IGNORECASE,
)
#: ``0571-88888888-801``: how China writes an extension most.
_HYPHENED = re.compile(r"^((?:\+?86[- ]?)?\(?0\d{2,3}\)?[- ]?[2-8]\d{6,7})-(\d{1,5})$")
#: A shorter number without a plus is a local one, not one of abroad: 435-7383 is not Austria's +43.
_LEAST_DIGITS_ABROAD = 10
#: How the USA and Canada write a number without their country code; in China no area code of
#: three digits lacks its zero in brackets or before a dash, but for free calls: ``400-820-8820``.
_AMERICAN = re.compile(
    r"(?P<bracket>\()?[2-9]\d{2}(?(bracket)\)\s?|[-. ])[2-9]\d{2}[-. ]\d{4}(?!\d)"
)


class PhoneKind(StrEnum):
    """What a number reaches."""

    MOBILE = "mobile"
    FIXED = "fixed"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Phone:
    """A phone as it was typed; ``e164`` is empty where the number is not certain."""

    typed: str
    e164: str = ""
    kind: PhoneKind = PhoneKind.OTHER
    region: str = ""
    extension: str = ""
    problem: Message | None = None


def parse_phone(typed: str, country: str = "CN") -> Phone:
    """The phone in ``typed``; without a country code it is one of ``country`` (ISO 3166, two letters).

    A number without a plus that is valid only with one (``8613800000000``) is read that way.
    """
    text = _EXTENSION.sub(r" ext. \1", unicodedata.normalize("NFKC", typed).strip())
    text = _HYPHENED.sub(r"\1 ext. \2", text)
    if country == "CN" and _PLAIN_CHINESE_MOBILE.fullmatch(text):
        return Phone(typed, "+86" + text, PhoneKind.MOBILE, "CN")
    if is_broken_phone(text):
        return Phone(typed, problem=Message("directory.phone_is_broken", phone=typed))
    number = _number(text, country or None)
    if number is None:
        return Phone(typed, problem=Message("directory.phone_not_valid", phone=typed))
    return Phone(
        typed=typed,
        e164=phonenumbers.format_number(number, PhoneNumberFormat.E164),
        kind=_kind(number),
        region=phonenumbers.region_code_for_number(number) or "",
        extension=number.extension or "",
    )


def is_broken_phone(text: str) -> bool:
    """Whether a spreadsheet turned this phone into a rounded number (``1.38E+10``)."""
    return _SCIENTIFIC.fullmatch(text.strip()) is not None


def _number(text: str, region: str | None) -> PhoneNumber | None:
    attempts = [(text, region)]
    digits = _DIGITS.sub("", text)
    if _CHINESE_MOBILE.fullmatch(digits):
        attempts.insert(0, ("+" + digits, None))
    elif _AMERICAN.match(text):
        is_first = region == "CN" and not text.startswith(("400", "800"))
        attempts.insert(0 if is_first else 1, (text, "US"))
    elif not text.startswith("+") and len(digits) >= _LEAST_DIGITS_ABROAD:
        attempts.append(("+" + digits.removeprefix("00"), None))
    for attempt, where in attempts:
        number = _parsed(attempt, where)
        if number is not None and phonenumbers.is_valid_number(number):
            return number
    return None


def _parsed(text: str, region: str | None) -> PhoneNumber | None:
    try:
        return phonenumbers.parse(text, region)
    except NumberParseException:
        return None


def _kind(number: PhoneNumber) -> PhoneKind:
    kind = phonenumbers.number_type(number)
    if kind in (PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE):
        return PhoneKind.MOBILE
    return PhoneKind.FIXED if kind == PhoneNumberType.FIXED_LINE else PhoneKind.OTHER
