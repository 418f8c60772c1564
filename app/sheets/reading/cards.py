"""Owns what a card of an address book says: its properties become cells under known headings.

Phones, Outlook and WeChat write the same things under names of their own. Must not parse lines;
``vcards`` does.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from app.sheets.entries import labelled

#: Heading → field. What has no field is kept as a note on the person.
FIELDS: Final[Mapping[str, str]] = {
    "contact name": "contact",
    "organization": "company",
    "department": "department",
    "job title": "job_title",
    "phone": "phone",
    "mobile": "mobile",
    "fax": "fax",
    "mail": "email",
    "wechat": "wechat",
    "whatsapp": "whatsapp",
    "qq": "qq",
    "skype": "skype",
    "linkedin": "linkedin",
    "messenger": "social",
    "social media": "social",
    "website": "web",
    "address": "address",
    "city": "city",
    "province": "province",
    "postal code": "postal_code",
    "country": "country",
    "tags": "tags",
    "note": "remark",
    "nickname": "",
    "birthday": "",
    "other address": "",
}
#: Headings of which each value has a column of its own: ``note``, ``note 2`` …
_APART: Final = frozenset(["note", "messenger"])
_MOST_APART: Final = 20
#: Headings whose column holds one value; others go to the messenger's, with their name.
_NAMES: Final = {
    "wechat": "WeChat", "whatsapp": "WhatsApp", "qq": "QQ", "skype": "Skype", "linkedin": "LinkedIn",
}  # fmt: skip
_SERVICES: Final = (
    ("wechat", re.compile(r"wechat|weixin|微信", re.IGNORECASE)),
    ("whatsapp", re.compile(r"whats ?app", re.IGNORECASE)),
    ("qq", re.compile(r"(?<![a-z])qq(?![a-z])", re.IGNORECASE)),
    ("skype", re.compile(r"skype", re.IGNORECASE)),
    ("linkedin", re.compile(r"linkedin|领英", re.IGNORECASE)),
)
_SIMPLE: Final = {
    "FN": "contact name", "TITLE": "job title", "EMAIL": "mail", "URL": "website", "NOTE": "note",
    "NICKNAME": "nickname", "BDAY": "birthday",
}  # fmt: skip
_ADDRESS: Final = ("city", "province", "postal code", "country")
#: What address books put every card into.
_NO_TAGS: Final = frozenset(["mycontacts", "* mycontacts", "starred", "* starred", "contacts"])
_SEPARATOR: Final = re.compile(r"(?<!\\);")
_COMMA: Final = re.compile(r"(?<!\\),")
_ESCAPED: Final = re.compile(r"\\([\\,;:nN])")
_TELEPHONE: Final = re.compile(r"tel:([^;]*)(?:;ext=(\w+))?.*", re.IGNORECASE | re.DOTALL)
_SCHEME: Final = re.compile(r"([A-Za-z][A-Za-z-]*):(?!//)(?://)?(.+)", re.DOTALL)
Cells = dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class Line:
    """One property of a card; lines of one ``group`` belong together (a phone and its label)."""

    group: str
    name: str
    parameters: dict[str, str]
    kinds: frozenset[str]
    value: str


def is_group(card: Sequence[Line]) -> bool:
    """Whether the card only names other cards."""
    return _kind_of(card) == "GROUP"


def cells_of(card: Sequence[Line]) -> Cells:
    """The values of a card by heading; empty where it says nothing."""
    found: Cells = {heading: [] for heading in FIELDS}
    labels = {line.group: _text(line.value) for line in card if line.name == "X-ABLABEL"}
    for line in card:
        _take(found, line, labels.get(line.group, "") if line.group else "")
    _take_names(found, card)
    _take_addresses(found, [line for line in card if line.name == "ADR"])
    if not found["job title"]:
        found["job title"] = [_text(line.value) for line in card if line.name == "ROLE"]
    for chat in _NAMES:
        found["messenger"] += [labelled(more, _NAMES[chat]) for more in found[chat][1:]]
        del found[chat][1:]
    unique = {heading: list(dict.fromkeys(filter(None, cell))) for heading, cell in found.items()}
    return {heading: values for heading, values in unique.items() if values}


def rows_of(people: Sequence[Cells]) -> tuple[tuple[str | None, ...], ...]:
    """The headings that any card fills, and a row a card; several values are lines of one cell."""
    places = [(heading, part) for heading in FIELDS for part in range(_columns(people, heading))]
    headings = tuple(f"{heading} {part + 1}" if part else heading for heading, part in places)
    rows = (
        tuple(_cell(person.get(heading, ()), part, heading) for heading, part in places)
        for person in people
    )
    return (headings, *rows)


def field_of(heading: str) -> str:
    """The field of a heading that :func:`rows_of` wrote; empty where it is kept as a note."""
    return FIELDS.get(heading) or FIELDS[heading.rstrip("0123456789 ")]


def _columns(people: Sequence[Cells], heading: str) -> int:
    most = max(len(person.get(heading, ())) for person in people)
    return min(most, _MOST_APART if heading in _APART else 1)


def _cell(values: Sequence[str], part: int, heading: str) -> str | None:
    if heading not in _APART:
        return "\n".join(values) or None
    last = part == _MOST_APART - 1
    return "\n".join(values[part:] if last else values[part : part + 1]) or None


def _take(found: Cells, line: Line, label: str) -> None:
    match line.name:
        case "ORG":
            parts = _components(line.value)
            found["organization"] += [part.strip('"') for part in parts[:1]]
            found["department"] += [" / ".join(filter(None, parts[1:]))]
        case "TEL":
            _take_phone(found, line, label)
        case "CATEGORIES":
            tags = (_text(tag) for tag in _COMMA.split(line.value))
            found["tags"] += [tag for tag in tags if tag.casefold() not in _NO_TAGS]
        case "X-SOCIALPROFILE":
            service = _service(" ".join((*line.kinds, line.value)))
            found[service or "social media"].append(_text(line.value))
        case name if name in _SIMPLE:
            found[_SIMPLE[name]].append(_text(line.value))
        case name if name == "IMPP" or (name.startswith("X-") and name != "X-ABLABEL"):
            _take_chat(found, line, label)


def _take_phone(found: Cells, line: Line, label: str) -> None:
    number = _TELEPHONE.sub(
        lambda m: f"{m[1]} ext. {m[2]}" if m[2] else m[1], _text(line.value), count=1
    )
    service = _service(" ".join((*line.kinds, label)))
    kinds = line.kinds | {label.strip("_$!<>").upper()}
    if service:
        found[service].append(number)
    elif any("FAX" in kind for kind in kinds):
        found["fax"].append(number)
    else:
        is_mobile = kinds & {"CELL", "MOBILE", "IPHONE", "手机"}
        found["mobile" if is_mobile else "phone"].append(number)


def _take_chat(found: Cells, line: Line, label: str) -> None:
    """A name in a messenger, under the service that the property, its parameters or scheme say."""
    scheme = _SCHEME.fullmatch(_text(line.value))
    name = scheme[2].removesuffix("?chat") if scheme else _text(line.value)
    said = line.parameters.get("X-SERVICE-TYPE", "")
    service = _service(" ".join((line.name, said, *line.kinds, label, scheme[1] if scheme else "")))
    if service:
        found[service].append(name)
    elif line.name == "IMPP":
        said = said or (scheme[1] if scheme and not scheme[1].lower().startswith("x-") else "")
        found["messenger"].append(labelled(name, said))


def _service(text: str) -> str | None:
    return next((name for name, pattern in _SERVICES if pattern.search(text)), None)


def _kind_of(card: Sequence[Line]) -> str:
    """What the card stands for, as it says itself: ``ORG``, ``GROUP`` or a person."""
    for line in card:
        if line.name in {"KIND", "X-ADDRESSBOOKSERVER-KIND"}:
            return line.value.strip().upper()
        if line.name == "X-ABSHOWAS" and line.value.strip().upper() == "COMPANY":
            return "ORG"
    return ""


def _take_names(found: Cells, card: Sequence[Line]) -> None:
    """The person's name; a card under a company's name has none."""
    names = found["contact name"]
    if not any(names):
        names += [name for line in card if line.name == "N" and (name := _name(line.value))][:1]
    company = found["organization"][:1]
    if _kind_of(card) in {"ORG", "ORGANIZATION"} or (names and names[:1] == company):
        found["organization"] = company if any(company) else names[:1]
        names.clear()


def _take_addresses(found: Cells, lines: Sequence[Line]) -> None:
    """The company's address by its parts; others, and where a person lives, as one text."""
    at_work = [line for line in lines if "HOME" not in line.kinds]
    own = next((line for line in at_work if "WORK" in line.kinds), None)
    own = own or next(iter(at_work), None)
    if own is None and not any(found["organization"]):
        own = next(iter(lines), None)
    for line in lines:
        parts = [*_components(line.value), *[""] * 7][:7]
        whole = ", ".join(" ".join(part.split()) for part in parts if part)
        if line is not own:
            home = "home: " if "HOME" in line.kinds else ""
            found["other address"] += [home + whole] if whole else []
            continue
        street = ", ".join(" ".join(part.split()) for part in parts[:3] if part)
        found["address"].append(street or whole)
        for heading, part in zip(_ADDRESS, parts[3:], strict=True):
            found[heading].append(part)


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
