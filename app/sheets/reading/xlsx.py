"""Owns reading xlsx and xlsm: values through calamine, everything else from the file's own XML.

Must not run macros, follow links or believe the sheet's stated dimension.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from app.kernel.errors import AppError
from app.sheets.reading.cell_marks import SheetMarks
from app.sheets.reading.cell_pictures import CellPictures
from app.sheets.reading.cell_scan import (
    ERROR_WORD,
    RICH_VALUE_WORD,
    WPS_PICTURE_WORD,
    NotPlain,
    scan,
)
from app.sheets.reading.cell_scan_patient import Misnumbered, scan_patiently
from app.sheets.reading.comment_pictures import comment_pictures
from app.sheets.reading.drafts import Notice, PictureDraft, RawValue, SheetDraft, WorkbookDraft
from app.sheets.reading.floating_pictures import floating_pictures
from app.sheets.reading.number_formats import ORDINARY, NumberFormat, number_format
from app.sheets.reading.package import Package, PartDamaged, attribute, descendants, local
from app.sheets.reading.xlsx_mending import renumbered
from app.sheets.reading.xlsx_values import XlsxValues

_DIALOGS_AND_CHARTS: Final = ("chartsheet", "dialogsheet", "xlMacrosheet", "xlIntlMacrosheet")


@dataclass(frozen=True, slots=True)
class _Listed:
    """A sheet as the workbook lists it."""

    name: str
    is_hidden: bool
    part: str


def read_xlsx(path: Path, package: Package) -> WorkbookDraft:
    """The workbook in ``package``, which lies at ``path``; raises :class:`AppError`."""
    values = XlsxValues(path, package)
    book = _Book(package)
    return WorkbookDraft("xlsx", book.sheets(values), warnings=book.warnings)


class _Book:
    """What the parts around the sheets say."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._part = self._workbook_part()
        self._relations = package.relations(self._part)
        self._root = package.xml(self._part)
        self._formats = _formats(package, self._related("styles", "xl/styles.xml"))
        self._check(self._related("sharedStrings", "xl/sharedStrings.xml"))
        #: What the person should know; it grows while the sheets are taken.
        self.warnings = self._left_alone()

    def _left_alone(self) -> list[Notice]:
        """What was not run and not followed."""
        names = self._package.names()
        found: list[Notice] = []
        if any(name.endswith("vbaproject.bin") or "/macrosheets/" in name for name in names):
            found.append(("sheets.macros_ignored", {}))
        links = sum("/externallinks/externallink" in name for name in names)
        if links or "xl/connections.xml" in self._package:
            found.append(("sheets.links_ignored", {"count": max(links, 1)}))
        return found

    def sheets(self, values: XlsxValues) -> Iterator[SheetDraft]:
        """The sheets with tables, one after the other; raises :class:`AppError` where one is lost."""
        if self._root is None:
            raise AppError("sheets.damaged")
        cell_pictures = CellPictures(self._package, self._part)
        for listed in self._listed():
            yield self._sheet(listed, values, cell_pictures)

    def _sheet(
        self, listed: _Listed, values: XlsxValues, cell_pictures: CellPictures
    ) -> SheetDraft:
        marks = self._marks(listed)
        marks.check_box(listed.name)
        return SheetDraft(
            listed.name,
            _rows(values.rows(listed.name, marks), marks),
            is_hidden=listed.is_hidden,
            merges=tuple(marks.merges),
            pictures=self._pictures(listed, marks, cell_pictures),
            currencies=marks.currencies,
            hidden_rows=frozenset(marks.hidden_rows),
            hidden_columns=frozenset(marks.hidden_columns),
            formulas=marks.formulas,
        )

    def _marks(self, listed: _Listed) -> SheetMarks:
        marks = SheetMarks(self._formats)
        try:
            scan(self._package.blocks(listed.part), marks, words=self._words())
        except NotPlain:
            marks = self._patient_marks(listed)
        return marks

    def _patient_marks(self, listed: _Listed) -> SheetMarks:
        marks = SheetMarks(self._formats)
        try:
            scan_patiently(self._package.blocks(listed.part), marks)
        except Misnumbered:
            marks = SheetMarks(self._formats, is_misnumbered=True)
            sheet = b"".join(self._package.blocks(listed.part))
            scan_patiently([renumbered(sheet)], marks)
        return marks

    def _words(self) -> list[bytes]:
        """What to look for in cells; rich values only where the workbook has an index of them."""
        index = posixpath.join(posixpath.dirname(self._part), "metadata.xml")
        words = [ERROR_WORD, WPS_PICTURE_WORD]
        return [*words, RICH_VALUE_WORD] if index in self._package else words

    def _pictures(
        self, listed: _Listed, marks: SheetMarks, cell_pictures: CellPictures
    ) -> Iterator[PictureDraft]:
        """The pictures of a sheet; its rows are read without those of a damaged part."""
        is_whole = True
        for pictures in (cell_pictures.of(marks), self._drawn(listed, marks)):
            try:
                yield from pictures
            except PartDamaged:
                is_whole = False
        if not is_whole:
            self.warnings.append(("sheets.drawing_damaged", {"sheet": listed.name}))

    def _drawn(self, listed: _Listed, marks: SheetMarks) -> Iterator[PictureDraft]:
        for kind, target in self._package.relations(listed.part).values():
            if kind == "drawing":
                yield from floating_pictures(self._package, target, marks)
            elif kind == "vmlDrawing":
                yield from comment_pictures(self._package, target)

    def _workbook_part(self) -> str:
        for kind, target in self._package.relations("").values():
            if kind == "officeDocument" and target in self._package:
                return target
        return "xl/workbook.xml"

    def _check(self, part: str) -> None:
        """Reads ``part`` to its end, which the parsers stop short of: a damaged one is told by it."""
        if part in self._package:
            for _block in self._package.blocks(part):
                pass

    def _related(self, kind: str, otherwise: str) -> str:
        return next((part for of, part in self._relations.values() if of == kind), otherwise)

    def _listed(self) -> Iterator[_Listed]:
        for element in descendants(self._root, "sheet"):
            kind, part = self._relations.get(attribute(element, "id") or "", ("", ""))
            if kind in _DIALOGS_AND_CHARTS:
                continue
            if part not in self._package:
                raise AppError("sheets.damaged")
            is_hidden = element.get("state", "").lower() in {"hidden", "veryhidden"}
            yield _Listed(element.get("name", ""), is_hidden, part)


def _formats(package: Package, part: str) -> Sequence[NumberFormat]:
    """What each cell style's number format says."""
    root = package.xml(part)
    codes = {
        element.get("numFmtId"): element.get("formatCode")
        for element in descendants(root, "numFmt")
    }
    styles = next((element for element in descendants(root, "cellXfs")), None)
    found: list[NumberFormat] = []
    for style in styles if styles is not None else ():
        number = style.get("numFmtId", "0")
        if local(style) == "xf":
            is_number = number.isdecimal()
            code = codes.get(number)
            found.append(number_format(code, int(number)) if is_number else ORDINARY)
    return found


def _rows(rows: Iterable[list[RawValue]], marks: SheetMarks) -> Iterator[list[RawValue]]:
    """The reader's rows with the cells put right that it can't know."""
    replaced = marks.replaced
    for index, row in enumerate(rows):
        for column, value in replaced.get(index, ()):
            if column < len(row):
                row[column] = value
        yield row
