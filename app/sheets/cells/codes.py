"""Owns codes in cells that must stay text: HS codes, barcodes, item numbers, tax codes, booths.

Must not accept a code that a spreadsheet has rounded as if it were whole.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from app.directory.booths import parse_booth
from app.directory.hs_codes import parse_hs_code, with_lost_zero
from app.directory.uscc import looks_like_uscc, normalised_uscc, uscc_warning
from app.sheets.cells.reading import Problem, folded, text_of, tidy, unscientific, warning
from app.sheets.grid import Value

_CALLED_HS = re.compile(
    r"^\s*(?:hs|hts|hsn)(?:\s?code)?\s*[.:：]?\s*(?=\d)|^海关编码\s*[:：]?\s*", re.IGNORECASE
)
_BETWEEN_BARCODES = re.compile(r"[,;/|、，；\n]")
_OF_BOOKS = ("978", "979")
_BARCODE_LENGTHS = (8, 12, 13, 14)
#: ``C001 Hongda Co., Ltd``, ``SUP-0012: Jinlong``, 1002 宁波宏达: a code, and the name behind it.
_CODED_NAME = re.compile(
    r"(?P<code>[A-Z]{1,5}[-_/]?\d{2,8}|\d{3,8})(?:\s*[-–—_:：.、]\s*|\s+)(?P<name>[^\W\d].{2,})",
    re.IGNORECASE,
)
#: ``4.2 / B07``: a hall, and the booth in it.
_HALL_AND_BOOTH = 2
_HALL = re.compile(r"(?:hall|halle|h|pavilion|馆)?\.?\s*\d{1,2}(?:\.\d)?", re.IGNORECASE)
_BOOTHS = re.compile(r"\s*[;；,，、|\n]\s*|\s+(?:and|&|和)\s+|\s+/\s+")

#: ``HF-01``, ``K2108B``: what an article is called by, unlike ``500ml`` and ``12V``.
_ARTICLE = re.compile(r"(?=.*\d)(?=.*[A-Z-])[A-Z0-9][A-Z0-9./_-]{2,23}", re.IGNORECASE)
_AMOUNT = re.compile(r"[\d.,/-]+\s?[A-Za-z]{0,4}")
_NUMBER_IN_FRONT = re.compile(r"\[(?P<number>[^\W_][\w./ -]{0,22})\]\s*(?P<name>\S.*)", re.DOTALL)
_NAME_THEN_NUMBER = re.compile(
    r"(?P<name>.*[^\W\d_].*?)(?:\s*[(（\[/／|]\s*|\s+)(?P<number>[A-Za-z0-9._-]+)\s*[)）\]]?"
)


def code_and_name(text: str) -> tuple[str, str] | None:
    """The code and the name of a cell that begins with a code; ``None`` for one that does not."""
    found = _CODED_NAME.fullmatch(text)
    return (found["code"], found["name"]) if found is not None else None


def name_and_number(text: str) -> tuple[str, str] | None:
    """The name and the number of an article that share a cell; ``None`` where not both stand there.

    ``手持风扇`` above ``HF-01``, ``Desk fan (DF-02)``, ``台扇/DF-03``, ``[DF-02] Desk fan``.
    """
    if (coded := _NUMBER_IN_FRONT.fullmatch(text)) is not None:
        return coded["name"], coded["number"]
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    numbers = [line for line in lines if _is_article(line)]
    if len(numbers) == 1 and len(lines) > 1:
        return "\n".join(line for line in lines if line != numbers[0]), numbers[0]
    parted = _NAME_THEN_NUMBER.fullmatch(text) if len(lines) == 1 else None
    if parted is None or not _is_article(parted["number"]):
        return None
    return parted["name"].strip(), parted["number"]


def _is_article(text: str) -> bool:
    return _ARTICLE.fullmatch(text) is not None and _AMOUNT.fullmatch(text) is None


def _unquoted(text: str) -> str:
    """``'0052022`` without the mark that keeps a program from taking it for a number."""
    return text[1:] if text[:1] == "'" and text[1:2].isdigit() and text.count("'") == 1 else text


def read_code(value: Value, *, field: str) -> tuple[str | None, tuple[Problem, ...]]:
    """An item number or another code as text; ``1.38E+10`` is repaired where its digits are whole."""
    text = _unquoted(tidy(text_of(value)))
    repaired = unscientific(text) if "E" in text.upper() else None
    if repaired is not None:
        digits, is_certain = repaired
        if is_certain:
            return digits, ()
        return text, (warning("cells.code_may_be_rounded", field, text=text),)
    if isinstance(value, date):
        return text, (warning("cells.code_is_a_date", field, text=text),)
    return text or None, ()


def read_hs_code(value: Value, *, field: str) -> tuple[str | None, tuple[Problem, ...]]:
    """The digits of an HS code; a number that lost its leading zero gets it back, with a warning."""
    text = _CALLED_HS.sub("", folded(text_of(value)))
    digits = parse_hs_code(text)
    if digits is not None:
        return digits, ()
    if (isinstance(value, Decimal) or text.isdigit()) and (restored := with_lost_zero(text)):
        return restored, (warning("cells.hs_code_lost_zero", field, text=text, code=restored),)
    return None, (warning("cells.hs_code_not_understood", field, text=text),)


def read_barcode(value: Value, *, field: str) -> tuple[str | None, tuple[Problem, ...]]:
    """A barcode as text, flagged where a check digit does not fit or digits are lost."""
    text = _unquoted(tidy(text_of(value)))
    if len(several := barcodes_in(text)) > 1:
        return several[0], (warning("cells.barcodes_beside", field, text=", ".join(several[1:])),)
    repaired = unscientific(text)
    if repaired is not None:
        digits, is_certain = repaired
        if not is_certain:
            return None, (warning("cells.barcode_is_rounded", field, text=text),)
        text = digits
    digits = re.sub(r"[\s-]", "", text)
    if digits.isdecimal() and len(digits) in _BARCODE_LENGTHS and not is_barcode(digits):
        return text, (warning("cells.barcode_check_digit", field, text=text),)
    return text or None, ()


def barcodes_in(text: str) -> tuple[str, ...]:
    """The barcodes in a cell that holds nothing else; empty where it holds another thing, too."""
    # The number of a book is written in groups: 978-5-88070-263-3; others are not, but days are.
    written = (part.strip() for part in _BETWEEN_BARCODES.split(text) if part.strip())
    parts = tuple(
        re.sub(r"[\s-]" if part.startswith(_OF_BOOKS) else " ", "", part) for part in written
    )
    return parts if all(map(is_barcode, parts)) else ()


def is_barcode(digits: str) -> bool:
    """Whether ``digits`` is a GTIN (EAN, UPC) with the right check digit."""
    if len(digits) not in _BARCODE_LENGTHS or not digits.isdecimal():
        return False
    weighted = sum(int(d) * (3 if place % 2 == 0 else 1) for place, d in enumerate(digits[-2::-1]))
    return (10 - weighted % 10) % 10 == int(digits[-1])


def read_uscc(text: str, *, field: str) -> tuple[str | None, tuple[Problem, ...]]:
    """A company's registration code; a wrong check character only warns."""
    if not looks_like_uscc(text):
        return tidy(text) or None, ()
    found = uscc_warning(text)
    return normalised_uscc(text), (Problem("warning", found, field),) if found else ()


def read_booths(text: str) -> tuple[str, ...]:
    """The booths in a cell, each as fairs write it (``9.2B29``)."""
    found = []
    parts = _BOOTHS.split(tidy(text))
    if len(parts) == _HALL_AND_BOOTH and _HALL.fullmatch(parts[0]) and parts[1][:1].isalpha():
        parts = [" ".join(parts)]
    for part in parts:
        booth = parse_booth(part) if part else None
        found.append(booth.text if booth else part)
    return tuple(part for part in found if part)
