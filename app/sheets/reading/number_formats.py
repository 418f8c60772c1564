"""Owns what a number format says beyond the number: currency, unit, per cent, leading zeros.

Number formats are those of ECMA-376 part 1, 18.8.31. Must not know where a cell or style is stored.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

#: Words and signs → ISO 4217, longest first where one holds another.
_SIGNS: Final = (
    ("US$", "USD"), ("HK$", "HKD"), ("NT$", "TWD"), ("A$", "AUD"), ("AU$", "AUD"), ("C$", "CAD"),
    ("CA$", "CAD"), ("S$", "SGD"), ("R$", "BRL"), ("MX$", "MXN"), ("NZ$", "NZD"), ("RMB", "CNY"),
    ("人民币", "CNY"), ("美元", "USD"), ("欧元", "EUR"), ("港币", "HKD"), ("日元", "JPY"),
    ("CN¥", "CNY"), ("JP¥", "JPY"), ("元", "CNY"), ("円", "JPY"), ("원", "KRW"),
    ("€", "EUR"), ("£", "GBP"), ("₽", "RUB"), ("руб", "RUB"), ("р.", "RUB"), ("₩", "KRW"),
    ("₹", "INR"), ("Rs", "INR"), ("฿", "THB"), ("₫", "VND"), ("₱", "PHP"), ("₺", "TRY"),
    ("₴", "UAH"), ("₪", "ILS"), ("₦", "NGN"), ("₸", "KZT"), ("zł", "PLN"), ("Kč", "CZK"),
    ("Ft", "HUF"), ("лв", "BGN"), ("RM", "MYR"), ("Rp", "IDR"), ("SFr.", "CHF"), ("Fr.", "CHF"),
)  # fmt: skip
#: Signs of several countries → Windows language id of ``[$¥-804]`` → ISO 4217; ``None``: without one.
_BY_LANGUAGE: Final[dict[str, dict[int | None, str]]] = {
    "¥": {None: "CNY", 0x804: "CNY", 0x411: "JPY", 0x1004: "SGD"},
    "$": {
        None: "USD", 0x409: "USD", 0xC04: "HKD", 0x404: "TWD", 0x1004: "SGD", 0x1009: "CAD",
        0xC0C: "CAD", 0xC09: "AUD", 0x1409: "NZD", 0x80A: "MXN", 0x340A: "CLP", 0x240A: "COP",
        0x2C0A: "ARS",
    },
    "kr": {0x41D: "SEK", 0x414: "NOK", 0x406: "DKK", 0x40F: "ISK"},
    "kr.": {0x406: "DKK", 0x41D: "SEK", 0x414: "NOK"},
}  # fmt: skip
_ISO: Final = frozenset(
    [
        "USD",
        "EUR",
        "CNY",
        "GBP",
        "JPY",
        "HKD",
        "TWD",
        "KRW",
        "CHF",
        "AUD",
        "CAD",
        "NZD",
        "SGD",
        "MYR",
        "THB",
        "VND",
        "IDR",
        "PHP",
        "INR",
        "RUB",
        "TRY",
        "BRL",
        "MXN",
        "ZAR",
        "AED",
        "SAR",
        "PLN",
        "CZK",
        "HUF",
        "SEK",
        "NOK",
        "DKK",
        "ILS",
        "EGP",
        "KZT",
        "UAH",
        "CLP",
        "COP",
        "PEN",
        "ARS",
        "NGN",
        "PKR",
        "BDT",
        "LKR",
        "MOP",
        "CNH",
    ]
)
_QUOTED: Final = re.compile(r'"([^"]*)"|\\(.)|\[\$([^\]]*)\]|\[[^\]]*\]|_.|\*.')
_ZEROS: Final = re.compile(r"0[0\- /.]*0")
_DATE: Final = re.compile(r"[ymdhs]|e(?![+-])|上午", re.IGNORECASE)
#: Number formats by number that every workbook knows without writing them down.
_BUILT_IN: Final = {
    9: "0%", 10: "0.00%", 14: "m/d/yy", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: "m/d/yy h:mm", 45: "mm:ss", 46: "[h]:mm:ss",
    47: "mmss.0", 49: "@",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class NumberFormat:
    """What one format says: ``unit`` is an ISO 4217 code, ``%`` or the text beside the number."""

    unit: str | None = None
    #: ``000-0000``: the digits are filled up to it; ``None`` for ordinary numbers.
    zeros: str | None = None

    @property
    def says_more(self) -> bool:
        """Whether cells of this format mean more than their number."""
        return self.unit is not None or self.zeros is not None

    def shown(self, number: Decimal) -> str | None:
        """A whole number as the padded format shows it: 186 as ``0186``; ``None`` when it is not padded."""
        if self.zeros is None or number != number.to_integral_value() or number < 0:
            return None
        digits = f"{int(number):0{self.zeros.count('0')}d}"
        shown: list[str] = []
        left = len(digits)
        for place in reversed(self.zeros):
            if place == "0":
                left -= 1
                shown.append(digits[left])
            else:
                shown.append(place)
        return digits[:left] + "".join(reversed(shown))


ORDINARY: Final = NumberFormat()


@functools.lru_cache(maxsize=4096)
def number_format(code: str | None, number: int = 0) -> NumberFormat:
    """What the format ``code`` says, or the built-in one of that ``number`` when there is no code."""
    code = code if code is not None else _BUILT_IN.get(number, "")
    section = _first_section(code[:1000])
    literals, letters = _parts(section)
    bare = "".join(letters)
    if _is_date(bare):
        return ORDINARY
    zeros = _zeros(section)
    if zeros is not None:
        return NumberFormat(zeros=zeros)
    if "%" in bare:
        return NumberFormat(unit="%")
    if not re.search(r"[0#?]|General", bare):
        return ORDINARY
    return NumberFormat(unit=_unit(literals))


@functools.lru_cache(maxsize=4096)
def shows_a_date(code: str) -> bool:
    """Whether the format ``code`` shows a date or a time."""
    return _is_date("".join(_parts(_first_section(code[:1000]))[1]))


def _is_date(bare: str) -> bool:
    return _DATE.search(bare) is not None and "General" not in bare


def _first_section(code: str) -> str:
    """The part before the first ``;`` that is no text."""
    quoted = False
    for index, character in enumerate(code):
        if character == '"':
            quoted = not quoted
        elif character == ";" and not quoted and code[index - 1 : index] != "\\":
            return code[:index]
    return code


def _parts(section: str) -> tuple[list[tuple[str, int | None]], list[str]]:
    """Literal texts with the language id they came with, and what is left without them."""
    literals: list[tuple[str, int | None]] = []
    escaped = ""
    bare: list[str] = []
    position = 0
    for match in _QUOTED.finditer(section):
        between = section[position : match.start()]
        bare.append(between)
        quoted, single, money = match.groups()
        if single is None or between:
            literals += [(escaped, None)] if escaped.strip() else []
            escaped = ""
        if single is not None:
            escaped += single
        elif quoted is not None:
            literals.append((quoted, None))
        elif money is not None:
            sign, _, language = money.rpartition("-") if "-" in money else (money, "", "")
            literals.append((sign, _language_id(language)))
        position = match.end()
    bare.append(section[position:])
    literals += [(escaped, None)] if escaped.strip() else []
    literals += [(sign, None) for sign in re.findall(r"[$€£¥￥₽₩₹฿₫₱]", "".join(bare))]
    return literals, bare


def _language_id(text: str) -> int | None:
    try:
        return int(text, 16) & 0xFFFF
    except ValueError:
        return None


def _zeros(section: str) -> str | None:
    plain = re.sub(r'"([-/. ]?)"|\\([-/. ])|\[[^\]]*\]|_.|\*.', r"\1\2", section)
    if _ZEROS.fullmatch(plain) and "." not in plain and plain.count("0") >= 2:
        return plain
    return None


def _unit(literals: list[tuple[str, int | None]]) -> str | None:
    texts = [(text.strip(), language) for text, language in literals if text.strip(" -+()/:,.")]
    for text, language in texts:
        currency = _currency(text, language)
        if currency is not None:
            return currency
    words = [text for text, _ in texts if any(map(str.isalpha, text))]
    return words[-1] if words else None


def _currency(text: str, language: int | None) -> str | None:
    text = text.replace("￥", "¥")
    codes = [word for word in re.findall(r"[A-Z]{3}", text) if word in _ISO]
    if codes:
        return "CNY" if codes[0] == "CNH" else codes[0]
    for sign, currency in _SIGNS:
        if text.startswith(sign) or text.endswith(sign):
            return currency
    for sign, by_language in _BY_LANGUAGE.items():
        if sign == text or (len(sign) == 1 and sign in text):
            return by_language.get(language, by_language.get(None))
    return None
