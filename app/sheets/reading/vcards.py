"""Owns reading vCards (2.1, 3.0 and 4.0; RFC 6350, RFC 2426): many cards become rows of one sheet.

Own unfolding with limits, since a hostile line makes libraries for it run for hours. Must not
load anything a card refers to.
"""

from __future__ import annotations

import quopri
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from app.kernel.errors import AppError
from app.sheets.grid import Sheet, Workbook
from app.sheets.reading import limits

HEADINGS: Final = (
    "contact name", "organization", "department", "job title", "phone", "mobile", "fax", "mail", "address",
    "website", "wechat", "note",
)  # fmt: skip
_LINE_CHARACTERS: Final = 200_000
_PARAMETERS: Final = 30
_CARDS: Final = 100_000
_SIMPLE: Final = {
    "FN": "contact name", "TITLE": "job title", "EMAIL": "mail", "URL": "website", "NOTE": "note",
}  # fmt: skip
_SEPARATOR: Final = re.compile(r"(?<!\\);")
_ESCAPED: Final = re.compile(r"\\([\\,;:nN])")
_CHAT: Final = re.compile(r"wechat|weixin|微信", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Line:
    """One property of a card."""

    name: str
    parameters: dict[str, str]
    kinds: frozenset[str]
    value: str


def read_vcards(data: bytes, *, file_name: str, encoding: str | None) -> Workbook:
    """All cards of ``data`` as one sheet with a row of headings; raises :class:`AppError`."""
    text, encoding = _decoded(data, encoding)
    rows: list[tuple[str | None, ...]] = []
    broken = 0
    for card in _cards(text):
        row = _row(card)
        if any(row):
            rows.append(row)
        else:
            broken += 1
        if len(rows) > _CARDS:
            raise AppError("sheets.too_many_cells", most=_CARDS * len(HEADINGS))
    if not rows:
        raise AppError("sheets.damaged")
    sheet = Sheet("vCard", (HEADINGS, *rows))
    warnings: tuple[tuple[str, dict[str, object]], ...] = ()
    if broken:
        warnings = (("sheets.cards_unreadable", {"count": broken}),)
    return Workbook(file_name, "vcard", (sheet,), encoding=encoding, warnings=warnings)


def _decoded(data: bytes, encoding: str | None) -> tuple[str, str]:
    marked = "utf-16" if data[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8-sig"
    for name in (encoding, marked, "gb18030"):
        if name is not None:
            try:
                return data.decode(name), name
            except (UnicodeDecodeError, LookupError):
                continue
    return data.decode("cp1252", "replace"), "cp1252"


def _cards(text: str) -> Iterator[list[_Line]]:
    card: list[_Line] | None = None
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


def _line(content: str) -> _Line | None:
    """The line's parts; ``None`` for an empty, broken or oversized one (a photo)."""
    if len(content) > _LINE_CHARACTERS:
        return None
    head, colon, value = _split_head(content)
    if not colon:
        return None
    words = head.split(";", _PARAMETERS + 1)
    if len(words) > _PARAMETERS:
        return None
    parameters: dict[str, str] = {}
    kinds: set[str] = set()
    for word in words[1:]:
        name, equals, stated = word.partition("=")
        if equals and name.upper() != "TYPE":
            parameters[name.upper()] = stated.strip('"')
        else:
            kinds.update((stated if equals else name).strip('"').upper().split(","))
    name = words[0].rpartition(".")[2].strip().upper()
    return _Line(name, parameters, frozenset(kinds), _plain(value, parameters, kinds))


def _split_head(content: str) -> tuple[str, str, str]:
    """Name and parameters, colon, value; a colon between quotation marks belongs to a parameter."""
    quoted = False
    for index, character in enumerate(content):
        if character == '"':
            quoted = not quoted
        elif character == ":" and not quoted:
            return content[:index], ":", content[index + 1 :]
    return content.partition(":")


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


def _row(card: list[_Line]) -> tuple[str | None, ...]:
    """The card's cells under :data:`HEADINGS`; several values of one kind are lines of one cell."""
    found: dict[str, list[str]] = {heading: [] for heading in HEADINGS}
    structured = ""
    for line in card:
        match line.name:
            case "N":
                structured = structured or _name(line.value)
            case "ORG":
                parts = _components(line.value)
                found["organization"] += parts[:1]
                found["department"] += [" / ".join(filter(None, parts[1:]))]
            case "ADR":
                found["address"].append(", ".join(filter(None, _components(line.value))))
            case "TEL":
                found[_phone_heading(line.kinds)].append(_text(line.value.removeprefix("tel:")))
            case "IMPP" | "X-WECHAT" | "X-QQ":
                if line.name == "X-WECHAT" or _CHAT.search(line.value + str(line.parameters)):
                    found["wechat"].append(_text(line.value.rpartition(":")[2]))
            case name if name in _SIMPLE:
                found[_SIMPLE[name]].append(_text(line.value))
    if not any(found["contact name"]) and structured:
        found["contact name"].append(structured)
    return tuple(_joined(found[heading]) for heading in HEADINGS)


def _phone_heading(kinds: frozenset[str]) -> str:
    if "FAX" in kinds:
        return "fax"
    return "mobile" if kinds & {"CELL", "MOBILE", "IPHONE"} else "phone"


def _name(value: str) -> str:
    """A name from its components: family name first where it is Chinese, last otherwise."""
    family, given, middle, prefix, suffix = (*_components(value), "", "", "", "", "")[:5]
    if any(character > "\u2e80" for character in family + given):
        return family + middle + given
    return " ".join(filter(None, (prefix, given, middle, family, suffix)))


def _components(value: str) -> list[str]:
    return [_text(part) for part in _SEPARATOR.split(value)]


def _text(value: str) -> str:
    return _ESCAPED.sub(lambda m: "\n" if m[1] in "nN" else m[1], value).strip()


def _joined(values: Iterable[str]) -> str | None:
    return "\n".join(dict.fromkeys(filter(None, values))) or None
