"""Owns tables in pasted text: a row of headings, and the articles below it.

Knows columns parted by tabs, bars, commas or semicolons, tables of which each cell stands on a
line of its own, and counts behind goods. Must not read amounts or make lines of an inquiry; it
tells what stands under which heading.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

_PARTED = re.compile(r"\t|\s*\|\s*|\s*[,;，；]\s+|\s*[;；]\s*")
_RULE = re.compile(r"[\s|:+\-=]*")
_GOODS_AND_COUNT = re.compile(
    r"\s*(?P<product>[^\W\d][^:=\n]{1,80}?)\s*[-–:=]\s*(?P<quantity>\d[\d.,]*\s?[^\W\d]{0,10})\s*"
)
_SUM = re.compile(
    r"(?:grand |sub)?total.{0,12}|合计|总计|小计|共计|summe|gesamt|итого", re.IGNORECASE
)
_MOST_COLUMNS = 12


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands under a heading, and where in the text."""

    value: str
    start: int

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.start + len(self.value)


def table_rows(
    text: str, heading: Callable[[str], str | None]
) -> Iterator[tuple[Mapping[str, Cell], int]]:
    """The cells of each article by the field of its column, and where the article ends.

    ``heading`` tells the field a cell is the heading of. A table has a heading of the product and
    one of the quantity; rows with another number of cells end it.
    """
    lines = [line for line in _lines(text) if line.value.strip()]
    place = 0
    while place < len(lines):
        fields = [heading(cell.value) for cell in _cells(lines[place])]
        if "product" not in fields and len(fields) > 2:
            fields = ["product" if field == "specification" else field for field in fields]
        if _is_head(fields):
            taken = list(_rows(lines[place + 1 :], fields))
            yield from taken
            place += len(taken)
        elif fields == ["quantity"] and (rows := list(_counted(lines[place + 1 :]))):
            yield from rows
            place += len(rows)
        elif len(fields) == 1 and fields[0] and (rows := list(_stacked(lines[place:], heading))):
            yield from rows
            return
        place += 1


def _is_head(fields: Sequence[str | None]) -> bool:
    return "product" in fields and "quantity" in fields and len(fields) <= _MOST_COLUMNS


def _counted(lines: Sequence[Cell]) -> Iterator[tuple[Mapping[str, Cell], int]]:
    """The articles of a list under the word quantities: Hammer - 500."""
    for line in lines:
        match = _GOODS_AND_COUNT.fullmatch(line.value)
        if match is None:
            return
        cells = {
            field: Cell(match[field], line.start + match.start(field))
            for field in ("product", "quantity")
        }
        yield cells, line.end


def _rows(
    lines: Sequence[Cell], fields: Sequence[str | None]
) -> Iterator[tuple[Mapping[str, Cell], int]]:
    for line in lines:
        if _RULE.fullmatch(line.value):
            continue
        cells = _cells(line)
        if len(cells) != len(fields):
            return
        named = _by_field(fields, cells)
        if not named["product"].value or _SUM.fullmatch(named["product"].value):
            return
        if not any(map(str.isdigit, named["quantity"].value)):
            return
        yield named, line.end


def _stacked(
    lines: Sequence[Cell], heading: Callable[[str], str | None]
) -> Iterator[tuple[Mapping[str, Cell], int]]:
    """The articles of a table whose headings and cells each have a line of their own."""
    fields: list[str | None] = []
    for line in lines[:_MOST_COLUMNS]:
        field = heading(line.value)
        if field is None:
            break
        fields.append(field)
    if not _is_head(fields):
        return
    width = len(fields)
    for start in range(width, len(lines) - width + 1, width):
        cells = [_stripped(line) for line in lines[start : start + width]]
        named = _by_field(fields, cells)
        if not named["quantity"].value[:1].isdigit() or named["product"].value[:1].isdigit():
            return
        yield named, cells[-1].end


def _by_field(fields: Sequence[str | None], cells: Sequence[Cell]) -> Mapping[str, Cell]:
    named: dict[str, Cell] = {}
    for field, cell in zip(fields, cells, strict=True):
        if field is not None:
            named.setdefault(field, cell)
    is_number = not any(map(str.isalpha, named["product"].value))
    if is_number and "specification" in named:
        named["product"] = named.pop("specification")
    return named


def _lines(text: str) -> Iterator[Cell]:
    for match in re.finditer(r"[^\n]+", text):
        yield Cell(match[0], match.start())


def _cells(line: Cell) -> list[Cell]:
    """The cells of a line; a bar at its beginning and end parts nothing."""
    body = re.sub(r"^\s*\||\|\s*$", " ", line.value)
    cells: list[Cell] = []
    start = 0
    for mark in [*_PARTED.finditer(body), None]:
        end = mark.start() if mark else len(body)
        cells.append(_stripped(Cell(body[start:end], line.start + start)))
        start = mark.end() if mark else end
    return cells


def _stripped(cell: Cell) -> Cell:
    left = len(cell.value) - len(cell.value.lstrip())
    return Cell(cell.value.strip(), cell.start + left)
