"""Owns how values stand in a cell of a list that this program writes, and how they are read back.

What is written is read back letter by letter, whatever it holds. Must not know fields.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable

#: What a spreadsheet program takes for the beginning of a formula.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
#: One of several values in a cell: up to a semicolon without a backslash before it.
_ENTRY = re.compile(r"((?:[^\\;]|\\.)+)(?:; ?|\Z)", re.DOTALL)
_BRACKET = re.compile(r"[\\\[]")
_LABELLED = re.compile(r"((?:[^\\\[]|\\.)*) \[((?:[^\\\[]|\\.)*)\]", re.DOTALL)
_ESCAPED = re.compile(r"\\([\\;\[])")
#: Apostrophes before a formula's beginning: one of them is ours.
_GUARDED = re.compile(r"'+[=+\-@\t\r]")
_PICTURE = re.compile(r"entrepot ([0-9a-f]{64})")


def joined(entries: Iterable[str]) -> str:
    """Several values as one cell: ``a; b``."""
    return "; ".join(
        entry.replace("\\", "\\\\").replace(";", "\\;") for entry in entries if entry.strip()
    )


def parted(text: str) -> tuple[str, ...]:
    """The values that :func:`joined` put in one cell."""
    return tuple(_ESCAPED.sub(r"\1", match[1]) for match in _ENTRY.finditer(text))


def labelled(value: str, label: str | None) -> str:
    """A value with what it is called: ``sales@haida.cn [orders]``."""
    if not label and "[" not in value:
        return value
    return "{} [{}]".format(*(_BRACKET.sub(r"\\\g<0>", text) for text in (value, label or "")))


def unlabelled(entry: str) -> tuple[str, str]:
    """The value and the label that :func:`labelled` put together."""
    match = _LABELLED.fullmatch(entry)
    if match is None:
        return entry, ""
    value, label = (_ESCAPED.sub(r"\1", text) for text in match.groups())
    return value, label


def guarded(text: str) -> str:
    """A text beside which a guarded formula is told apart: one more apostrophe where it has some."""
    return f"'{text}" if _GUARDED.match(text) else text


def unguarded(text: str) -> str:
    """The text that was guarded against being taken for a formula."""
    return text[1:] if _GUARDED.match(text) else text


def picture_name(content: bytes) -> str:
    """The description a picture is written with, by which it is known again."""
    return f"entrepot {hashlib.sha256(content).hexdigest()}"


def picture_named(description: str) -> str:
    """The SHA-256 in such a description; empty for any other."""
    match = _PICTURE.fullmatch(description)
    return match[1] if match is not None else ""
