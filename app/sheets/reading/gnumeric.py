"""Owns reading the workbooks of Gnumeric: XML, usually packed with gzip.

Its formulas stand in the file without their results, and its pictures as pixels of a form of its
own: they are counted and stay out. Must not follow links.
"""

from __future__ import annotations

import gzip
import zlib
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from decimal import Decimal
from math import isfinite
from pathlib import Path
from typing import Final
from xml.parsers import expat

from app.kernel.errors import AppError
from app.sheets.grid import CellRange, ErrorValue
from app.sheets.reading import limits
from app.sheets.reading.cell_marks import area_of
from app.sheets.reading.drafts import Notice, RawValue, SheetDraft, WorkbookDraft
from app.sheets.reading.number_formats import number_format
from app.sheets.reading.package import refuse_declaration
from app.sheets.reading.serial_dates import as_formatted
from app.sheets.reading.signature import GNUMERIC_MARK, GZIP_MAGIC

_BLOCK_BYTES: Final = 1_000_000
_HEAD_BYTES: Final = 4_096
_CHECKSUM_BYTES: Final = 8
#: The attribute ``ValueType`` of a cell.
_BOOLEAN, _NUMBERS, _ERROR = "20", {"30", "40"}, "50"
_TEXTS: Final = frozenset({"Name", "DateConvention", "Merge", "Cell"})


def is_packed_gnumeric(head: bytes) -> bool:
    """Whether the gzip that begins with ``head`` holds a workbook of Gnumeric.

    The checksum at the end of a short one is left out: a wrong one is damage, and no other format.
    """
    unpacking = zlib.decompressobj(wbits=31)
    try:
        return GNUMERIC_MARK in unpacking.decompress(head[:-_CHECKSUM_BYTES], _HEAD_BYTES)
    except zlib.error:
        return False


def read_gnumeric(path: Path) -> WorkbookDraft:
    """The workbook at ``path``, packed or not; raises :class:`AppError`."""
    draft = WorkbookDraft("gnumeric", ())
    draft.sheets = _sheets(path, draft.warnings)
    return draft


def _sheets(path: Path, warnings: list[Notice]) -> Iterator[SheetDraft]:
    handler = _Handler()
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = handler.start
    parser.EndElementHandler = handler.end
    parser.CharacterDataHandler = handler.text
    parser.StartDoctypeDeclHandler = refuse_declaration
    try:
        for block in _blocks(path):
            parser.Parse(block, False)
            yield from handler.taken()
        parser.Parse(b"", True)
    except (expat.ExpatError, EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise AppError("sheets.damaged_elsewhere") from error
    yield from handler.taken()
    if handler.pictures:
        warnings.append(("sheets.pictures_not_taken", {"count": handler.pictures}))


def _blocks(path: Path) -> Iterator[bytes]:
    """The XML piece by piece; raises :class:`AppError` when it is far bigger than its file."""
    with path.open("rb") as plain:
        is_packed = plain.read(2) == GZIP_MAGIC
    unpacked = 0
    most = max(limits.ZIP_RATIO_FROM_BYTES, limits.ZIP_RATIO * path.stat().st_size)
    with gzip.open(path) if is_packed else path.open("rb") as stream:
        while block := stream.read(_BLOCK_BYTES):
            unpacked += len(block)
            if unpacked > min(most, limits.ZIP_PART_BYTES):
                raise AppError("sheets.bomb")
            yield block


class _Handler:
    """Where the parser is, and the sheets it has passed."""

    def __init__(self) -> None:
        self.pictures = 0
        self._done: list[SheetDraft] = []
        self._datemode = 0
        self._cells = 0
        self._path: list[str] = []
        self._text: list[str] | None = None
        self._cell: dict[str, str] = {}
        self._shared: dict[str, str] = {}
        self._sheet = _Sheet()

    def taken(self) -> list[SheetDraft]:
        """The sheets that ended since this was last asked."""
        done, self._done = self._done, []
        return done

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        name = name.rpartition(":")[2]
        self._path.append(name)
        self._text = [] if name in _TEXTS else None
        match name:
            case "Sheet":
                self._sheet, self._shared = _Sheet(), {}
                self._sheet.is_hidden = attributes.get("Visibility", "").endswith("HIDDEN")
            case "StyleRegion":
                corners = ("startRow", "startCol", "endRow", "endCol")
                self._sheet.area = CellRange(*(_whole(attributes.get(key)) for key in corners))
            case "Style":
                self._sheet.note_format(attributes.get("Format", "General"))
            case "RowInfo" | "ColInfo" if attributes.get("Hidden") == "1":
                self._sheet.hide(name, _whole(attributes.get("No")), attributes.get("Count"))
            case "Cell":
                self._cell = attributes
            case "SheetObjectImage":
                self.pictures += 1

    def text(self, content: str) -> None:
        """Text inside the element."""
        if self._text is not None:
            self._text.append(content)

    def end(self, name: str) -> None:
        """An element ends."""
        name = name.rpartition(":")[2]
        self._path.pop()
        text = "".join(self._text) if self._text is not None else ""
        self._text = None
        match name:
            case "DateConvention":
                self._datemode = int("1904" in text)
            case "Name" if self._path[-1:] == ["Sheet"]:
                self._sheet.name = text
            case "Merge":
                self._sheet.merge(text)
            case "Cell":
                self._end_cell(text)
            case "Sheet":
                self._done.append(self._sheet.draft())

    def _end_cell(self, text: str) -> None:
        row, column = _whole(self._cell.get("Row")), _whole(self._cell.get("Col"))
        self._cells += 1
        if self._cells > limits.FILLED_CELLS or row >= limits.ROWS or column >= limits.COLUMNS:
            raise AppError("sheets.too_many_cells", most=limits.FILLED_CELLS)
        kind, shared = self._cell.get("ValueType"), self._cell.get("ExprID")
        if kind is None and shared is not None:
            text = self._shared.setdefault(shared, text) if text else self._shared.get(shared, "")
        if kind is None and (text.startswith("=") or shared is not None):
            self._sheet.formulas[row, column] = text
        elif text:
            format_ = self._sheet.format_of(row, column)
            if format_ == "General":
                format_ = self._cell.get("ValueFormat", format_)
            self._sheet.put(row, column, _typed(kind, text, format_, self._datemode), format_)


class _Sheet:
    """One sheet on its way; a format holds for areas that do not overlap."""

    def __init__(self) -> None:
        self.name = ""
        self.is_hidden = False
        self.area: CellRange | None = None
        self.formulas: dict[tuple[int, int], str] = {}
        self._rows: dict[int, dict[int, RawValue]] = {}
        self._currencies: dict[tuple[int, int], str] = {}
        self._merges: list[CellRange] = []
        self._hidden: Mapping[str, set[int]] = {"RowInfo": set(), "ColInfo": set()}
        self._formats: list[tuple[CellRange, str]] = []
        self._by_column: dict[int, tuple[list[int], list[tuple[int, str]]]] = {}

    def note_format(self, code: str) -> None:
        """The format of the area that was begun."""
        if code != "General" and self.area is not None:
            self._formats.append((self.area, code))

    def hide(self, what: str, first: int, count: str | None) -> None:
        """A run of rows or columns is hidden."""
        most = limits.ROWS if what == "RowInfo" else limits.COLUMNS // 2
        self._hidden[what].update(range(first, min(first + _whole(count or "1"), most)))

    def merge(self, reference: str) -> None:
        """A range of cells is merged."""
        area = area_of(reference)
        self._merges += [area] if area is not None else []

    def format_of(self, row: int, column: int) -> str:
        """The format of a cell."""
        if column not in self._by_column:
            areas = [
                (a, code) for a, code in self._formats if a.first_column <= column <= a.last_column
            ]
            areas.sort(key=lambda found: found[0].first_row)
            self._by_column[column] = (
                [area.first_row for area, _ in areas],
                [(area.last_row, code) for area, code in areas],
            )
        tops, ends = self._by_column[column]
        at = bisect_right(tops, row) - 1
        return ends[at][1] if at >= 0 and row <= ends[at][0] else "General"

    def put(self, row: int, column: int, value: RawValue, code: str) -> None:
        """A cell, and what its format says of a number."""
        if isinstance(value, float) and code != "General":
            format_ = number_format(code)
            if format_.unit is not None:
                self._currencies[row, column] = format_.unit
            value = format_.shown(Decimal(repr(value))) or value
        self._rows.setdefault(row, {})[column] = value

    def draft(self) -> SheetDraft:
        """The finished sheet."""
        return SheetDraft(
            self.name,
            self._values(),
            is_hidden=self.is_hidden,
            merges=tuple(self._merges),
            currencies=self._currencies,
            hidden_rows=frozenset(self._hidden["RowInfo"]),
            hidden_columns=frozenset(self._hidden["ColInfo"]),
            formulas=self.formulas,
        )

    def _values(self) -> Iterator[list[RawValue]]:
        for row in range(max(self._rows, default=-1) + 1):
            cells = self._rows.pop(row, {})
            yield [cells.get(column) for column in range(max(cells, default=-1) + 1)]


def _typed(kind: str | None, text: str, code: str, datemode: int) -> RawValue:
    if kind == _BOOLEAN:
        return text == "TRUE"
    if kind == _ERROR:
        return ErrorValue(text)
    if kind in _NUMBERS:
        try:
            number = float(text)
        except ValueError:
            return text
        return as_formatted(number, code, datemode) if isfinite(number) else text
    return text


def _whole(text: str | None) -> int:
    return int(text) if text is not None and text.isdecimal() and len(text) < 9 else 0
