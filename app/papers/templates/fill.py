"""Owns writing a paper into the user's own template.

Must not change what holds no placeholder. The results of the template's own formulas are taken
out, and the workbook says that it is to be calculated when it is opened.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from xml.etree.ElementTree import SubElement

from app.kernel.errors import AppError
from app.kernel.safe_write import write_whole
from app.papers.amounts import counts
from app.papers.content import LineKind, PaperLine, QuotationPaper
from app.papers.labels import Labels
from app.papers.sheet import WrittenPaper
from app.papers.templates.drawing_fill import move_drawing, put_pictures
from app.papers.templates.markup import SHEET
from app.papers.templates.package import Package
from app.papers.templates.placeholders import (
    GROUP,
    MarkedCell,
    cell_text,
    is_line_name,
    marked_cell,
    shared_texts,
)
from app.papers.templates.references import RowPlan, moved_formula
from app.papers.templates.row_plan import plan_rows
from app.papers.templates.sheet_fill import SheetFill
from app.papers.templates.styles import Styles
from app.papers.templates.values import Value, line_values, paper_values


def write_with_template(
    paper: QuotationPaper, path: Path, *, template: Path, language: str = "en"
) -> WrittenPaper:
    """Writes ``paper`` as ``path`` into the workbook ``template``, an .xlsx with placeholders.

    Raises :class:`AppError`: a template that can't be read, one without a line's placeholder, and
    a wrong placeholder, named by sheet and cell.
    """
    package = Package.read(template)
    filling = _Filling(package, paper, Labels(language))
    unreadable = filling.fill()
    if not filling.has_lines:
        raise AppError("papers.no_line_row", file=template.name)
    write_whole(path, package.write)
    pictures = filling.line_pictures
    return WrittenPaper(path, len(paper.lines), pictures - unreadable, unreadable)


class _Filling:
    """One paper on its way into one template."""

    def __init__(self, package: Package, paper: QuotationPaper, labels: Labels) -> None:
        self._package = package
        self._paper = paper
        self._labels = labels
        self._values = paper_values(paper, labels)
        self._shared = shared_texts(package)
        self._styles = Styles(package)
        self._numbers = _numbers(paper)
        self._line_values = cache(self._values_of_line)
        lines = enumerate(paper.lines)
        self._uncounted = frozenset([-1, *(index for index, line in lines if not counts(line))])
        self.has_lines = False
        self.line_pictures = 0

    def fill(self) -> int:
        """Fills every sheet; returns how many pictures could not be read."""
        known = {*self._values, *self._line_values(-1), GROUP}
        unreadable = 0
        for name, part in list(self._package.sheets()):
            marked = self._marked(name, part, known)
            if marked:
                unreadable += self._fill_sheet(name, part, marked)
        self._package.unrelate("xl/workbook.xml", "calcChain")
        self._calculate_on_load()
        return unreadable

    def _marked(self, name: str, part: str, known: set[str]) -> dict[str, MarkedCell]:
        found: dict[str, MarkedCell] = {}
        for cell in self._package.document(part).root.iter(f"{SHEET}c"):
            text = cell_text(cell, self._shared)
            if "{{" in text or "}}" in text:
                marked = marked_cell(cell, text, sheet=name, known=known)
                if marked:
                    found[cell.get("r", "")] = marked
        return found

    def _fill_sheet(self, name: str, part: str, marked: dict[str, MarkedCell]) -> int:
        root = self._package.document(part).root
        rows: dict[int, list[MarkedCell]] = {}
        plain: set[int] = set()
        last = 0
        for row in root.iter(f"{SHEET}row"):
            number = int(row.get("r", "0"))
            last = max(last, number)
            for cell in row:
                entry = marked.get(cell.get("r", ""))
                if entry:
                    rows.setdefault(number, []).append(entry)
                elif len(cell):
                    plain.add(number)
        plan = plan_rows(
            rows,
            last,
            plain_rows=plain,
            values=self._values,
            lines=self._paper.lines,
            sheet=name,
        )
        self.has_lines |= any(is_line_name(n) for entry in marked.values() for n in entry.names)
        filled = SheetFill(
            name, root, plan, marked, self._line_values, self._styles, self._uncounted
        )
        filled.fill()
        self._move_others(name, plan)
        move_drawing(self._package, part, plan)
        self.line_pictures += len(filled.pictures)
        return put_pictures(self._package, part, filled.pictures)

    def _values_of_line(self, index: int | None) -> Mapping[str, Value]:
        if index is None:
            return self._values
        line = self._paper.lines[index] if index >= 0 else PaperLine(kind=LineKind.HEADING)
        number = self._numbers[index] if index >= 0 else 0
        return {**self._values, **line_values(line, self._paper, self._labels, number=number)}

    def _move_others(self, name: str, plan: RowPlan) -> None:
        """Names of the workbook and formulas of other sheets follow the moved rows."""
        names = self._package.document("xl/workbook.xml").root.iter(f"{SHEET}definedName")
        for entry in names:
            entry.text = moved_formula(entry.text or "", plan, own=False, sheet=name)
        for other, part in self._package.sheets():
            data = self._package.parts[part]
            if other == name or b"!" not in data or b"<f" not in data:
                continue
            for formula in self._package.document(part).root.iter(f"{SHEET}f"):
                if formula.text:
                    formula.text = moved_formula(formula.text, plan, own=False, sheet=name)

    def _calculate_on_load(self) -> None:
        root = self._package.document("xl/workbook.xml").root
        settings = root.find(f"{SHEET}calcPr")
        if settings is None:
            settings = SubElement(root, f"{SHEET}calcPr")
            follows = [
                f"{SHEET}{name}" for name in ("definedNames", "externalReferences", "sheets")
            ]
            places = [index for index, child in enumerate(root) if child.tag in follows]
            root.remove(settings)
            root.insert(max(places) + 1, settings)
        settings.set("fullCalcOnLoad", "1")


def _numbers(paper: QuotationPaper) -> list[int]:
    """The running number of each line; headings and options have none of their own."""
    numbers: list[int] = []
    for line in paper.lines:
        numbers.append((numbers[-1] if numbers else 0) + counts(line))
    return numbers
