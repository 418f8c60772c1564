"""Owns reading ods (OpenDocument 1.2, part 1, chapter 9): values, merges, currencies and pictures.

Must not run scripts or follow links.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from functools import partial
from typing import Final
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from app.kernel.errors import AppError
from app.kernel.messages import Message
from app.sheets.grid import CellRange, ErrorValue
from app.sheets.reading import limits
from app.sheets.reading.drafts import PictureDraft, RawValue, SheetDraft, WorkbookDraft
from app.sheets.reading.package import Package, attribute, descendants, local

_DURATION: Final = re.compile(r"PT(\d+)H(\d+)M(\d+)(?:[.,]\d+)?S")
_CALC_TYPE: Final = (
    "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}value-type"
)
_CELLS: Final = ("table-cell", "covered-table-cell")
_SPREADSHEET: Final = "opendocument.spreadsheet"


def read_ods(package: Package) -> WorkbookDraft:
    """The workbook in ``package``; raises :class:`AppError`."""
    manifest = package.read("meta-inf/manifest.xml") if "meta-inf/manifest.xml" in package else b""
    if b"encryption-data" in manifest:
        raise AppError("sheets.protected")
    if "mimetype" in package and _SPREADSHEET not in package.read("mimetype").decode("latin-1"):
        raise AppError("sheets.not_a_spreadsheet", kind=Message("sheets.kinds.other_office"))
    draft = _draft(_content(package), package)
    if any(name.startswith("basic/") and name.endswith(".xml") for name in package.names()):
        draft.warnings.append(("sheets.macros_ignored", {}))
    return draft


def read_flat_ods(data: bytes) -> WorkbookDraft:
    """The workbook in one XML file (.fods); raises :class:`AppError`. Its pictures stay out."""
    if len(data) > limits.ODS_CONTENT_BYTES:
        raise AppError("sheets.too_many_cells", most=limits.FILLED_CELLS)
    return _draft(_parsed(data), None)


def _draft(root: Element, package: Package | None) -> WorkbookDraft:
    hidden = {
        attribute(style, "name")
        for style in descendants(root, "style")
        for properties in descendants(style, "table-properties")
        if attribute(properties, "display") == "false"
    }
    return WorkbookDraft("ods", _sheets(root, hidden, package))


def _content(package: Package) -> Element:
    if package.size_bytes("content.xml") > limits.ODS_CONTENT_BYTES:
        raise AppError("sheets.too_many_cells", most=limits.FILLED_CELLS)
    return _parsed(b"".join(package.blocks("content.xml")))


def _parsed(content: bytes) -> Element:
    try:
        root: Element = fromstring(content, forbid_dtd=True)
    except DefusedXmlException as error:
        raise AppError("sheets.bomb") from error
    except ParseError as error:
        raise AppError("sheets.damaged") from error
    return root


def _sheets(
    root: Element, hidden: set[str | None], package: Package | None
) -> Iterator[SheetDraft]:
    for spreadsheet in descendants(root, "spreadsheet"):
        for table in spreadsheet:
            if local(table) == "table":
                is_hidden = attribute(table, "style-name") in hidden
                yield _Table(table, package).draft(is_hidden=is_hidden)


class _Table:
    """One table on its way to a sheet."""

    def __init__(self, table: Element, package: Package | None) -> None:
        self._table = table
        self._package = package
        self._rows: list[list[RawValue]] = []
        self._merges: list[CellRange] = []
        self._pictures: list[PictureDraft] = []
        self._currencies: dict[tuple[int, int], str] = {}
        self._formulas: dict[tuple[int, int], str] = {}
        self._hidden_rows: set[int] = set()
        self._cells = 0
        #: The row and column being read, counting the repeated ones before.
        self._row = 0
        self._column = 0

    def draft(self, *, is_hidden: bool) -> SheetDraft:
        """The table's sheet."""
        for row in _rows(self._table):
            self._take_row(row)
        return SheetDraft(
            attribute(self._table, "name") or "",
            self._rows,
            is_hidden=is_hidden,
            merges=tuple(self._merges),
            pictures=self._pictures,
            currencies=self._currencies,
            hidden_rows=frozenset(self._hidden_rows),
            hidden_columns=self._hidden_columns(),
            formulas=self._formulas,
        )

    def _hidden_columns(self) -> frozenset[int]:
        found: set[int] = set()
        position = 0
        for column in descendants(self._table, "table-column"):
            count = _count(column, "number-columns-repeated")
            if attribute(column, "visibility") in {"collapse", "filter"} and count < 1_000:
                found.update(range(position, position + count))
            position += count
        return frozenset(found)

    def _take_row(self, row: Element) -> None:
        """Adds ``row`` as often as it is repeated; empty rows wait until something follows them."""
        count = _count(row, "number-rows-repeated")
        values = self._values(row)
        if attribute(row, "visibility") in {"collapse", "filter"} and count < 100_000:
            self._hidden_rows.update(range(self._row, self._row + count))
        if values:
            missing = self._row - len(self._rows)
            self._cells += len(values) * count + missing
            if self._cells > limits.FILLED_CELLS or self._row + count > limits.ROWS:
                raise AppError("sheets.too_many_cells", most=limits.FILLED_CELLS)
            self._rows += [[] for _ in range(missing)]
            self._rows += [values] * count
        self._row += count

    def _values(self, row: Element) -> list[RawValue]:
        values: list[RawValue] = []
        self._column = 0
        for cell in row:
            if local(cell) not in _CELLS:
                continue
            count = _count(cell, "number-columns-repeated")
            value = self._value(cell)
            if value is not None and value != "":
                if self._column + count > limits.COLUMNS:
                    raise AppError("sheets.too_many_cells", most=limits.FILLED_CELLS)
                values += [None] * (self._column - len(values))
                values += [value] * count
            self._column += count
        return values

    def _value(self, cell: Element) -> RawValue:
        place = self._row, self._column
        self._note_span(cell)
        self._note_pictures(cell)
        kind = attribute(cell, "value-type")
        if cell.get(_CALC_TYPE) == "error":
            return ErrorValue(_text(cell) or "#N/A")
        formula = attribute(cell, "formula")
        if kind is None and formula is not None:
            self._formulas[place] = formula.partition(":")[2] or formula
        if kind == "currency" and (attribute(cell, "currency") or "").isalpha():
            self._currencies[place] = str(attribute(cell, "currency"))
        elif kind == "percentage":
            self._currencies[place] = "%"
        return _typed(cell, kind)

    def _note_span(self, cell: Element) -> None:
        rows, columns = _count(cell, "number-rows-spanned"), _count(cell, "number-columns-spanned")
        if (rows > 1 or columns > 1) and local(cell) == "table-cell":
            row, column = self._row, self._column
            self._merges.append(CellRange(row, column, row + rows - 1, column + columns - 1))

    def _note_pictures(self, cell: Element) -> None:
        if self._package is None:
            return
        for image in descendants(cell, "image"):
            part = (attribute(image, "href") or "").removeprefix("./")
            if part in self._package:
                load = partial(self._package.read, part)
                self._pictures.append(
                    PictureDraft(self._row, self._column, "floating", part.lower(), load)
                )


def _rows(table: Element) -> Iterator[Element]:
    """The table's rows, also those inside groups and heading rows, not those of nested tables."""
    for child in table:
        name = local(child)
        if name == "table-row":
            yield child
        elif name in {"table-row-group", "table-header-rows", "table-rows"}:
            yield from _rows(child)


def _count(element: Element, name: str) -> int:
    text = attribute(element, name) or "1"
    return max(int(text), 1) if text.isdecimal() and len(text) < 9 else 1


def _typed(cell: Element, kind: str | None) -> RawValue:
    match kind:
        case "float" | "currency" | "percentage":
            return _number(attribute(cell, "value") or "")
        case "date":
            return _moment(attribute(cell, "date-value") or "")
        case "time":
            return _time(attribute(cell, "time-value") or "")
        case "boolean":
            return attribute(cell, "boolean-value") == "true"
    return attribute(cell, "string-value") or _text(cell)


def _number(text: str) -> RawValue:
    try:
        number = Decimal(text)
    except InvalidOperation:
        return text
    is_whole = number == number.to_integral_value() and abs(number.adjusted()) < 21
    return number.quantize(Decimal(1)) if is_whole and len(text) > 15 else float(number)


def _moment(text: str) -> date | datetime | str:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return text
    # What the cell shows is the time where it was written; a sheet has no other zones.
    return found.replace(tzinfo=None) if "T" in text else found.date()


def _time(text: str) -> time | str:
    match = _DURATION.fullmatch(text)
    if match is None:
        return text
    hours, minutes, seconds = map(int, match.groups())
    if hours < 24 and minutes < 60 and seconds < 60:
        return time(hours, minutes, seconds)
    return f"{hours}:{minutes:02}:{seconds:02}"


def _text(cell: Element) -> str:
    """The paragraphs of a cell, without its notes and drawings."""
    return "\n".join(_inner(child) for child in cell if local(child) == "p")


def _inner(element: Element) -> str:
    parts = [element.text or ""]
    for child in element:
        name = local(child)
        if name == "s":
            parts.append(" " * min(_count(child, "c"), 1_000))
        elif name in {"tab", "line-break"}:
            parts.append("\t" if name == "tab" else "\n")
        elif name not in {"annotation", "frame"}:
            parts.append(_inner(child))
        parts.append(child.tail or "")
    return "".join(parts)
