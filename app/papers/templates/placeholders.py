"""Owns finding placeholders in the cells of a template, and what is wrong with them, by cell.

Must not fill them.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from app.kernel.errors import AppError
from app.papers.templates.markup import SHEET
from app.papers.templates.package import Package
from app.papers.templates.values import PICTURES

PLACEHOLDER = re.compile(r"\{\{\s*([^{}]*?)\s*\}\}")
CONDITION = "if "
END = "end"
#: Stands in a row that is written for the heading of a group, and for nothing else.
GROUP = "group.name"


@dataclass(frozen=True, slots=True)
class MarkedCell:
    """A cell with placeholders: its element, its whole text, and the names in it."""

    cell: Element
    text: str
    names: tuple[str, ...]

    @property
    def only_control(self) -> bool:
        """Whether nothing stands in the cell but conditions and their ends."""
        return not PLACEHOLDER.sub("", self.text).strip() and all(map(is_control, self.names))


def is_control(name: str) -> bool:
    """Whether ``name`` begins or ends a conditional block."""
    return name == END or name.startswith(CONDITION)


def is_line_name(name: str) -> bool:
    """Whether ``name`` belongs to a line of goods."""
    return name.startswith("line.") or name == GROUP


def shared_texts(package: Package) -> list[str]:
    """The workbook's shared texts, formatting runs joined."""
    part = package.related("xl/workbook.xml", "sharedStrings")
    if part is None:
        return []
    return [_joined(entry) for entry in package.document(part).root.iter(f"{SHEET}si")]


def _joined(entry: Element) -> str:
    runs = (entry, *entry.findall(f"{SHEET}r"))
    return "".join(run.findtext(f"{SHEET}t") or "" for run in runs)


def cell_text(cell: Element, shared: list[str]) -> str:
    """The text in ``cell``, empty for numbers and formulas."""
    kind = cell.get("t")
    if kind == "s":
        value = cell.findtext(f"{SHEET}v") or ""
        return shared[int(value)] if value.isdigit() and int(value) < len(shared) else ""
    if kind == "inlineStr":
        inside = cell.find(f"{SHEET}is")
        return "" if inside is None else _joined(inside)
    return ""


def marked_cell(
    cell: Element, text: str, *, sheet: str, known: Collection[str]
) -> MarkedCell | None:
    """``cell`` with its placeholders, ``None`` without any; raises :class:`AppError` for a bad one."""
    place = cell.get("r", "?")
    names = tuple(match[1] for match in PLACEHOLDER.finditer(text))
    rest = PLACEHOLDER.sub("", text)
    if "{{" in rest or "}}" in rest:
        raise AppError("papers.broken_placeholder", sheet=sheet, cell=place, text=text[:80])
    for name in names:
        plain = name.removeprefix(CONDITION).strip() if name.startswith(CONDITION) else name
        if plain not in known and name != END:
            raise AppError("papers.unknown_placeholder", sheet=sheet, cell=place, name=plain)
        if name in PICTURES and (len(names) > 1 or rest.strip()):
            raise AppError("papers.mixed_picture", sheet=sheet, cell=place)
    return MarkedCell(cell, text, names) if names else None
