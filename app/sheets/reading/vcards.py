"""Owns reading vCards (2.1, 3.0 and 4.0; RFC 6350, RFC 2426): the properties of each card, in order.

Own unfolding with limits, since a hostile line makes libraries for it run for hours. Must not
load anything a card refers to, nor know what a property means to us; ``cards`` does.
"""

from __future__ import annotations

import quopri
import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

from app.kernel.errors import AppError
from app.sheets.grid import Sheet, Workbook
from app.sheets.reading import limits
from app.sheets.reading.cards import Line, cells_of, is_group, rows_of
from app.sheets.reading.encodings import decode

_LINE_CHARACTERS: Final = 200_000
_PARAMETERS: Final = 30
_CARDS: Final = 100_000
_TOLD: Final = {
    "unreadable": "sheets.cards_unreadable",
    "groups": "sheets.cards_of_groups",
    "photos": "sheets.cards_with_photos",
}


def read_vcards(data: bytes, *, file_name: str, encoding: str | None) -> Workbook:
    """All cards of ``data`` as one sheet with a row of headings; raises :class:`AppError`."""
    decoded = decode(data, encoding)
    people: list[dict[str, list[str]]] = []
    counts: Counter[str] = Counter()
    for card in _cards(decoded.text):
        found = cells_of(card)
        left_out = "groups" if is_group(card) else "" if found else "unreadable"
        counts[left_out] += 1
        counts["photos"] += any(line.name == "PHOTO" for line in card) and not left_out
        if not left_out:
            people.append(found)
        if len(people) > _CARDS:
            raise AppError("sheets.too_many_cards", most=_CARDS)
    if not people:
        raise AppError("sheets.no_card")
    warnings: tuple[tuple[str, dict[str, object]], ...] = tuple(
        (message, {"count": counts[key]}) for key, message in _TOLD.items() if counts[key]
    )
    sheet = Sheet("vCard", rows_of(people))
    return Workbook(file_name, "vcard", (sheet,), encoding=decoded.encoding, warnings=warnings)


def _cards(text: str) -> Iterator[list[Line]]:
    card: list[Line] | None = None
    for content in _unfolded(text):
        line = _line(content)
        if line is None:
            continue
        if line.name == "BEGIN" and line.value.strip().upper() == "VCARD":
            if card is not None:
                yield card
            card = []
        elif line.name == "END" and card is not None:
            yield card
            card = None
        elif card is not None:
            card.append(line)
    if card is not None:
        yield card


def _unfolded(text: str) -> Iterator[str]:
    """Whole lines: joined when the next begins with a space, or this one ends as quoted-printable."""
    parts: list[str] = []
    size = 0
    is_quoted = False
    for line in re.split(r"\r\n|\n|\r", text):
        is_soft = is_quoted and bool(parts) and parts[-1].endswith("=")
        if parts and (is_soft or line[:1] in {" ", "\t"}):
            if is_soft:
                parts[-1] = parts[-1][:-1]
            parts.append(line if is_soft else line[1:])
            size += len(line)
            if size > limits.VCARD_BYTES:
                raise AppError("sheets.bomb")
            continue
        if parts:
            yield "".join(parts)
        parts, size = [line], len(line)
        is_quoted = "QUOTED-PRINTABLE" in line[:200].upper()
    if parts:
        yield "".join(parts)


def _line(content: str) -> Line | None:
    """The line's parts; ``None`` for an empty or broken one, and one too long for anything but a photo."""
    if len(content) > _LINE_CHARACTERS:
        is_photo = content[:5].upper() == "PHOTO"
        return Line("", "PHOTO", {}, frozenset(), "") if is_photo else None
    words, value = _parted(content)
    if not words or len(words) > _PARAMETERS:
        return None
    parameters: dict[str, str] = {}
    kinds: set[str] = set()
    for word in words[1:]:
        name, equals, stated = word.partition("=")
        if equals and name.upper() != "TYPE":
            parameters[name.upper()] = stated.strip('"')
        else:
            kinds.update((stated if equals else name).strip('"').upper().split(","))
    group, _, name = words[0].strip().upper().rpartition(".")
    return Line(group, name, parameters, frozenset(kinds), _plain(value, parameters, kinds))


def _parted(content: str) -> tuple[list[str], str]:
    """Name and parameters, and the value; marks between quotation marks belong to a parameter."""
    words: list[str] = []
    start, is_quoted = 0, False
    for index, character in enumerate(content):
        if character == '"':
            is_quoted = not is_quoted
        elif character in ":;" and not is_quoted:
            words.append(content[start:index])
            start = index + 1
            if character == ":":
                return words, content[start:]
    head, colon, value = content.partition(":")
    return (head.split(";") if colon else []), value


def _plain(value: str, parameters: dict[str, str], kinds: set[str]) -> str:
    """``value`` without transport encoding; binary is dropped."""
    encoding = parameters.get("ENCODING", "").upper()
    if encoding in {"B", "BASE64"} or "BASE64" in kinds:
        return ""
    if encoding == "QUOTED-PRINTABLE" or "QUOTED-PRINTABLE" in kinds:
        content = quopri.decodestring(value.encode("utf-8", "replace"))
        charset = parameters.get("CHARSET", "utf-8")
        charset = "gb18030" if charset.lower() in {"gb2312", "gbk"} else charset
        try:
            return content.decode(charset, "replace")
        except LookupError:
            return content.decode("utf-8", "replace")
    return value
