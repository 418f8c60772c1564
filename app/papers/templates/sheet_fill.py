"""Owns filling one sheet of a template: its rows, cells, merges and whatever else names a row.

Must not touch the look: a cell keeps its style. A text from the paper is always written as text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from decimal import Decimal
from xml.etree.ElementTree import Element, SubElement

from openpyxl.formula.translate import Translator
from openpyxl.utils import column_index_from_string

from app.kernel.decimals import decimal_text
from app.kernel.errors import AppError
from app.kernel.text import clean
from app.papers.content import PictureSource
from app.papers.templates.markup import SHEET
from app.papers.templates.placeholders import GROUP, PLACEHOLDER, MarkedCell, is_control
from app.papers.templates.references import RowPlan, area_box, moved_area, moved_formula
from app.papers.templates.styles import Styles
from app.papers.templates.values import PICTURES, Value

_CELL = re.compile(r"^([A-Z]+)(\d+)$")
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_MOST_CHARACTERS = 32_767
_TIER_NAME = re.compile(r"^(?:line\.tier(\d)|tier(\d)\.minimum)$")
#: Elements of a sheet that name areas, with the attribute that does.
_AREAS = (
    ("conditionalFormatting", "sqref"),
    ("dataValidation", "sqref"),
    ("hyperlink", "ref"),
    ("autoFilter", "ref"),
    ("ignoredError", "sqref"),
    ("protectedRange", "sqref"),
)


@dataclass(frozen=True, slots=True)
class PlacedPicture:
    """A picture to be put over the cell at ``row`` and ``column``, counted from 1."""

    source: PictureSource
    row: int
    column: int


@dataclass(slots=True)
class SheetFill:
    """Fills one sheet after ``plan``; ``values_of`` gives what a line's rows say.

    The rows of the ``uncounted`` lines, options and headings, lose their formulas: a sum of the
    template's over all lines must not take them in.
    """

    name: str
    root: Element
    plan: RowPlan
    marked: Mapping[str, MarkedCell]
    values_of: Callable[[int | None], Mapping[str, Value]]
    styles: Styles
    uncounted: frozenset[int]
    pictures: list[PlacedPicture] = field(default_factory=list)

    def fill(self) -> None:
        """Rewrites the sheet's rows and moves everything that names one."""
        self._check_merges()
        data = self.root.find(f"{SHEET}sheetData")
        if data is None:
            return
        sources = {int(row.get("r", "0")): row for row in data}
        self._spell_out_shared_formulas(data)
        data[:] = list(self._rows(sources))
        self._move_merges()
        self._move_areas()
        self._hide_unused_tiers()
        dimension = self.root.find(f"{SHEET}dimension")
        if dimension is not None:
            self.root.remove(dimension)

    def _rows(self, sources: Mapping[int, Element]) -> Iterator[Element]:
        for place, row in enumerate(self.plan.rows, start=1):
            source = sources.get(row.source)
            if source is None:
                continue
            copy = deepcopy(source)
            copy.set("r", str(place))
            wraps = False
            for cell in copy:
                original = cell.get("r", "")
                found = _CELL.match(original)
                if found:
                    cell.set("r", f"{found[1]}{place}")
                wraps |= self._fill_cell(cell, original, row.line)
            if wraps and copy.get("customHeight") not in ("1", "true"):
                copy.attrib.pop("ht", None)
            yield copy

    def _fill_cell(self, cell: Element, original: str, line: int | None) -> bool:
        """Fills one cell; says whether a text was put in."""
        formula = cell.find(f"{SHEET}f")
        if formula is not None and line in self.uncounted:
            _clear(cell)
            return False
        if formula is not None:
            moved = moved_formula(
                formula.text or "", self.plan, own=True, sheet=self.name, line=line
            )
            _clear(cell, keep_formula=True)
            formula.text = moved
            if formula.get("t") == "array":
                formula.set("ref", cell.get("r", ""))
            return False
        marked = self.marked.get(original)
        if marked is None:
            return False
        return self._put(cell, marked, self.values_of(line))

    def _put(self, cell: Element, marked: MarkedCell, values: Mapping[str, Value]) -> bool:
        names = [name for name in marked.names if not is_control(name)]
        whole = len(names) == 1 and not PLACEHOLDER.sub("", marked.text).strip()
        value = values.get(names[0]) if whole else None
        _clear(cell)
        if whole and names[0] in PICTURES:
            if isinstance(value, str | Decimal) or value is None:
                return False
            found = _CELL.match(cell.get("r", ""))
            if found:
                column = column_index_from_string(found[1])
                self.pictures.append(PlacedPicture(value, int(found[2]), column))
            return False
        if isinstance(value, Decimal):
            cell.attrib.pop("t", None)
            SubElement(cell, f"{SHEET}v").text = decimal_text(value)
            return False
        text = PLACEHOLDER.sub(lambda match: _said(match[1], values), marked.text)
        return self._put_text(cell, clean(text).strip()[:_MOST_CHARACTERS])

    def _put_text(self, cell: Element, text: str) -> bool:
        if not text:
            return False
        cell.set("t", "inlineStr")
        entry = SubElement(SubElement(cell, f"{SHEET}is"), f"{SHEET}t", {_SPACE: "preserve"})
        entry.text = text
        if text.startswith(("=", "+", "-", "@", "\t")):
            cell.set("s", str(self.styles.quoted(int(cell.get("s", "0")))))
        return True

    def _spell_out_shared_formulas(self, data: Element) -> None:
        """Gives each cell of a shared formula its own text: its rows may go different ways."""
        masters: dict[str, tuple[str, str]] = {}
        for cell in data.iter(f"{SHEET}c"):
            formula = cell.find(f"{SHEET}f")
            if formula is None or formula.get("t") != "shared":
                continue
            place, shared = cell.get("r", ""), formula.get("si", "")
            if formula.text:
                masters[shared] = (f"={formula.text}", place)
            elif shared in masters:
                text, origin = masters[shared]
                formula.text = str(Translator(text, origin).translate_formula(place))[1:]
            for name in ("t", "si", "ref"):
                formula.attrib.pop(name, None)

    def _check_merges(self) -> None:
        repeated = {row.source for row in self.plan.rows if row.line is not None}
        for merge in self.root.iter(f"{SHEET}mergeCell"):
            box = area_box(merge.get("ref", ""))
            if box is None:
                continue
            inside = [row in repeated for row in range(box[0], box[2] + 1)]
            if any(inside) and not all(inside):
                cell = merge.get("ref", "").partition(":")[0]
                raise AppError("papers.merged_line_rows", sheet=self.name, cell=cell)

    def _move_merges(self) -> None:
        merges = self.root.find(f"{SHEET}mergeCells")
        if merges is None:
            return
        moved: list[str] = []
        for merge in merges:
            ref = merge.get("ref", "")
            box = area_box(ref)
            lines = [line for _, line in self.plan.copies(box[0])] if box else []
            areas = [moved_area(ref, self.plan, line) for line in dict.fromkeys(lines)]
            moved += [area for area in areas if area]
        merges[:] = [Element(f"{SHEET}mergeCell", {"ref": ref}) for ref in dict.fromkeys(moved)]
        merges.set("count", str(len(merges)))
        if not moved:
            self.root.remove(merges)

    def _move_areas(self) -> None:
        for name, attribute in _AREAS:
            for element in self.root.iter(f"{SHEET}{name}"):
                areas = (
                    moved_area(area if ":" in area else f"{area}:{area}", self.plan)
                    for area in element.get(attribute, "").split()
                )
                element.set(attribute, " ".join(filter(None, areas)) or "A1")
        for element in self.root.iter():
            if element.tag in (f"{SHEET}formula", f"{SHEET}formula1", f"{SHEET}formula2"):
                element.text = moved_formula(
                    element.text or "", self.plan, own=True, sheet=self.name
                )
        for breaks in self.root.iter(f"{SHEET}rowBreaks"):
            for entry in breaks:
                place = self.plan.last(int(entry.get("id", "0")))
                entry.set("id", str(place or len(self.plan.rows)))

    def _hide_unused_tiers(self) -> None:
        """Hides the columns of tiers the paper does not have."""
        for place, marked in self.marked.items():
            found = _CELL.match(place)
            tier = _TIER_NAME.match(marked.names[0]) if len(marked.names) == 1 else None
            if (
                found
                and tier
                and self.values_of(None).get(f"tier{tier[1] or tier[2]}.minimum") is None
            ):
                if tier[1] == "1":
                    continue
                hide_column(self.root, column_index_from_string(found[1]))


def _said(name: str, values: Mapping[str, Value]) -> str:
    """A value inside a text; pictures and control words say nothing."""
    if name == GROUP:
        name = "line.name"
    value = values.get(name)
    if isinstance(value, Decimal):
        return f"{value:,f}"
    return value if isinstance(value, str) and not is_control(name) else ""


def _clear(cell: Element, *, keep_formula: bool = False) -> None:
    """Takes the old value out of ``cell``; a result of a formula would be a stale one."""
    for child in list(cell):
        if not (keep_formula and child.tag == f"{SHEET}f"):
            cell.remove(child)
    cell.attrib.pop("t", None)


def hide_column(root: Element, column: int) -> None:
    """Hides ``column`` (from 1), parting the range of columns it is described in."""
    columns = root.find(f"{SHEET}cols")
    if columns is None:
        columns = Element(f"{SHEET}cols")
        data = next(i for i, child in enumerate(root) if child.tag == f"{SHEET}sheetData")
        root.insert(data, columns)
    entries: list[Element] = []
    hidden: Element | None = None
    for entry in columns:
        for part in _parted(entry, column):
            entries.append(part)
            if part.get("min") == part.get("max") == str(column):
                hidden = part
    if hidden is None:
        hidden = Element(f"{SHEET}col", {"min": str(column), "max": str(column), "width": "9"})
        entries.append(hidden)
    hidden.set("hidden", "1")
    columns[:] = sorted(entries, key=lambda entry: int(entry.get("min", "0")))


def _parted(entry: Element, column: int) -> Sequence[Element]:
    first, last = int(entry.get("min", "1")), int(entry.get("max", "1"))
    if not first <= column <= last:
        return (entry,)
    parts = []
    for begin, end in ((first, column - 1), (column, column), (column + 1, last)):
        if begin <= end:
            part = deepcopy(entry)
            part.set("min", str(begin))
            part.set("max", str(end))
            parts.append(part)
    return parts
