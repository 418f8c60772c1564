"""Owns making a template from the sheet a user quotes with today.

Must not lose the sheet's look: rows of goods but the first go, values become placeholders, the
rest stays. The result is a suggestion; the user looks at it before using it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from xml.etree.ElementTree import Element, SubElement

from openpyxl.utils import column_index_from_string, get_column_letter

from app.kernel.errors import AppError
from app.kernel.safe_write import write_whole
from app.papers.templates.drawing_fill import XDR, move_drawing
from app.papers.templates.markup import SHEET
from app.papers.templates.package import Package
from app.papers.templates.placeholders import cell_text, shared_texts
from app.papers.templates.recognition import (
    FieldsOf,
    GoodsTable,
    goods_table,
    is_of_one_row,
    label_cells,
)
from app.papers.templates.references import PlacedRow, RowPlan, area_box
from app.papers.templates.sheet_fill import SheetFill
from app.papers.templates.styles import Styles
from app.papers.templates.values import Value

_CELL = re.compile(r"^([A-Z]+)(\d+)$")
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


@dataclass(frozen=True, slots=True)
class SuggestedTemplate:
    """The template made: where it is, the sheet recognised, and each cell's new placeholder text."""

    path: Path
    sheet: str
    placeholders: tuple[tuple[str, str], ...]


def suggest_template(sheet_in_use: Path, path: Path, *, fields_of: FieldsOf) -> SuggestedTemplate:
    """Makes the template ``path`` from the first sheet of ``sheet_in_use`` with a table of goods.

    ``fields_of`` says what a heading means. Raises :class:`AppError` when the file can't be read or written, or no table is recognised.
    """
    package = Package.read(sheet_in_use)
    shared = shared_texts(package)
    for name, part in package.sheets():
        cells = _Cells(package.document(part).root, shared)
        table = goods_table(cells.texts, fields_of)
        if table:
            found = _suggest(package, name, part, cells=cells, table=table)
            package.unrelate("xl/workbook.xml", "calcChain")
            write_whole(path, package.write)
            return SuggestedTemplate(path, name, found)
    raise AppError("papers.nothing_recognised", file=sheet_in_use.name)


class _Cells:
    """The cells of a sheet by row and column, with their texts."""

    def __init__(self, root: Element, shared: list[str]) -> None:
        self.root = root
        self.texts: dict[int, dict[int, str]] = {}
        self._elements: dict[tuple[int, int], Element] = {}
        for cell in root.iter(f"{SHEET}c"):
            found = _CELL.match(cell.get("r", ""))
            if not found:
                continue
            place = (int(found[2]), column_index_from_string(found[1]))
            self._elements[place] = cell
            text = self._text(cell, shared)
            if text.strip():
                self.texts.setdefault(place[0], {})[place[1]] = text
        boxes = (area_box(merge.get("ref", "")) for merge in root.iter(f"{SHEET}mergeCell"))
        self._merged = {(box[0], box[1]): box[3] for box in boxes if box}

    def _text(self, cell: Element, shared: list[str]) -> str:
        formula = cell.find(f"{SHEET}f")
        if formula is not None:
            return f"={formula.text or ''}"
        text = cell_text(cell, shared)
        return text or (cell.findtext(f"{SHEET}v") or "" if cell.get("t") != "s" else "")

    def beside(self, row: int, column: int) -> int:
        """The column right of a cell, or of the merged cell it begins."""
        return self._merged.get((row, column), column) + 1

    def put(self, row: int, column: int, text: str, *, is_over_formula: bool = False) -> str | None:
        """Writes ``text``; returns the cell's name, ``None`` where the cell keeps a formula."""
        cell = self._elements.get((row, column)) or self._new(row, column)
        if cell.find(f"{SHEET}f") is not None and not is_over_formula:
            return None
        for child in list(cell):
            cell.remove(child)
        cell.set("t", "inlineStr")
        entry = SubElement(SubElement(cell, f"{SHEET}is"), f"{SHEET}t", {_SPACE: "preserve"})
        entry.text = text
        return cell.get("r")

    def _new(self, row: int, column: int) -> Element:
        """An empty cell where the sheet had none, in its place among the others of the row."""
        element = next(e for e in self.root.iter(f"{SHEET}row") if e.get("r") == str(row))
        cell = Element(f"{SHEET}c", {"r": f"{get_column_letter(column)}{row}"})
        before = [c for (r, col), c in self._elements.items() if r == row and col < column]
        element.insert(len(before), cell)
        self._elements[row, column] = cell
        return cell


def _suggest(
    package: Package, name: str, part: str, *, cells: _Cells, table: GoodsTable
) -> tuple[tuple[str, str], ...]:
    first, last = table.rows[0], table.rows[-1]
    written: list[tuple[str | None, str]] = []
    for column, placeholder in table.columns.items():
        text = f"{{{{ {placeholder} }}}}"
        is_own = is_of_one_row(cells.texts, table.rows, column)
        written.append((cells.put(first, column, text, is_over_formula=is_own), text))
    outside = [row for row in cells.texts if row < table.heading_row or row > last]
    gone = last - first
    for row, column, text in _label_texts(cells, outside):
        place = cells.put(row, column, text)
        moved = row - gone if row > last else row
        written.append((place and f"{get_column_letter(column)}{moved}", text))
    _forget_goods_pictures(package, part, first, last)
    _drop_rows(package, name, part, first=first, last=last)
    return tuple((place, text) for place, text in written if place)


def _label_texts(cells: _Cells, rows: list[int]) -> list[tuple[int, int, str]]:
    """Where placeholders go beside or inside the labels of ``rows``; each name once."""
    texts: list[tuple[int, int, str]] = []
    used: set[str] = set()
    for row, column, name, rest in label_cells(cells.texts, sorted(rows)):
        placeholder = f"{{{{ {name} }}}}"
        beside = cells.beside(row, column)
        taken = {found[1] for found in label_cells(cells.texts, [row])}
        if name in used:
            continue
        if rest:
            label = cells.texts[row][column]
            begin = label[: len(label.rstrip()) - len(rest)]
            texts.append((row, column, f"{begin}{placeholder}"))
        elif beside in taken:
            texts.append((row, column, f"{cells.texts[row][column].rstrip()} {placeholder}"))
        else:
            texts.append((row, beside, placeholder))
        used.add(name)
    return texts


def _forget_goods_pictures(package: Package, part: str, first: int, last: int) -> None:
    """Takes the pictures of today's goods out; the logo above and stamps below stay."""
    drawing = package.related(part, "drawing")
    if drawing is None:
        return
    root = package.document(drawing).root
    for anchor in list(root):
        row = anchor.find(f"{XDR}from/{XDR}row")
        if row is not None and first <= int(row.text or "0") + 1 <= last:
            root.remove(anchor)


def _drop_rows(package: Package, name: str, part: str, *, first: int, last: int) -> None:
    """Leaves one row of goods; what stands below moves up."""
    root = package.document(part).root
    end = max((int(row.get("r", "0")) for row in root.iter(f"{SHEET}row")), default=0)
    kept = [PlacedRow(row) for row in range(1, end + 1) if not first < row <= last]
    plan = RowPlan(kept)
    nothing = defaultdict[int | None, dict[str, Value]](dict)
    filling = SheetFill(name, root, plan, {}, nothing.__getitem__, Styles(package), frozenset())
    filling.fill()
    move_drawing(package, part, plan)
