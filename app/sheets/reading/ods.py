"""Owns reading ods (OpenDocument 1.2, part 1, chapter 9): values, merges, currencies and pictures.

Must not run scripts or follow links.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from functools import partial
from typing import Final
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from app.kernel.errors import AppError
from app.kernel.messages import Message
from app.sheets.grid import CellRange, ErrorValue
from app.sheets.reading import limits
from app.sheets.reading.drafts import PictureDraft, RawValue, SheetDraft, WorkbookDraft
from app.sheets.reading.package import (
    Package,
    attribute,
    descendants,
    local,
    refuse_declaration,
)

_DURATION: Final = re.compile(r"PT(\d+)H(\d+)M(\d+)(?:[.,]\d+)?S")
_CALC_TYPE: Final = (
    "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}value-type"
)
_CELLS: Final = ("table-cell", "covered-table-cell")
_ROWS_AND_COLUMNS: Final = frozenset({"table-row", "table-column"})
#: What may stand between a table and its rows and columns.
_GROUPS: Final = frozenset(
    f"table-{name}"
    for name in (
        *("row-group", "header-rows", "rows"),
        *("column-group", "header-columns", "columns"),
    )
)
_MADE_OF: Final = _ROWS_AND_COLUMNS | _GROUPS | {"spreadsheet", "table", "style"}
#: A number beyond these digits is none that a cell can hold.
_MOST_DIGITS: Final = 307
_PIECE_BYTES: Final = 1_000_000
_SPREADSHEET: Final = "opendocument.spreadsheet"
#: Where pictures of the file itself lie; others are those of charts, or lie elsewhere.
_PICTURES: Final = "Pictures/"
_FLAT_PICTURE: Final = re.compile(rb"<(?:[\w-]+:)?image(?=[\s>])[^<>]*>\s*<(?:[\w-]+:)?binary-data")


def read_ods(package: Package) -> WorkbookDraft:
    """The workbook in ``package``; raises :class:`AppError`."""
    manifest = package.read("meta-inf/manifest.xml") if "meta-inf/manifest.xml" in package else b""
    if b"encryption-data" in manifest:
        raise AppError("sheets.protected")
    if "mimetype" in package and _SPREADSHEET not in package.read("mimetype").decode("latin-1"):
        raise AppError("sheets.not_a_spreadsheet", kind=Message("sheets.kinds.other_office"))
    draft = WorkbookDraft("ods", _sheets(package.blocks("content.xml"), package))
    if any(name.startswith("basic/") and name.endswith(".xml") for name in package.names()):
        draft.warnings.append(("sheets.macros_ignored", {}))
    return draft


def read_flat_ods(data: bytes) -> WorkbookDraft:
    """The workbook in one XML file (.fods); raises :class:`AppError`. Its pictures stay out."""
    pieces = (data[at : at + _PIECE_BYTES] for at in range(0, len(data), _PIECE_BYTES))
    draft = WorkbookDraft("ods", _sheets(pieces, None))
    if count := len(_FLAT_PICTURE.findall(data)):
        draft.warnings.append(("sheets.pictures_not_taken", {"count": count}))
    return draft


def _sheets(blocks: Iterator[bytes], package: Package | None) -> Iterator[SheetDraft]:
    """The tables, each when it ends; rows are dropped when they are read, so that no tree grows."""
    above: list[Element] = []
    hidden: set[str | None] = set()
    table: _Table | None = None
    table_depth = 0
    for event, element in _events(blocks):
        name = _local(str(element.tag))
        if event == "start":
            if name == "table" and above and local(above[-1]) == "spreadsheet":
                table, table_depth = _Table(element, package), len(above)
            above.append(element)
            continue
        above.pop()
        if name == "style" and _hides(element):
            hidden.add(attribute(element, "name"))
        elif table is None:
            continue
        elif len(above) == table_depth:
            yield table.draft(is_hidden=attribute(element, "style-name") in hidden)
            table = None
            del above[-1][:]
        elif name in _ROWS_AND_COLUMNS and all(
            local(group) in _GROUPS for group in above[table_depth + 1 :]
        ):
            table.take(element)
            del above[-1][:]


def _hides(style: Element) -> bool:
    return any(
        attribute(properties, "display") == "false"
        for properties in descendants(style, "table-properties")
    )


def _events(blocks: Iterator[bytes]) -> Iterator[tuple[str, Element]]:
    """Beginnings and ends of what a table is made of, down to its rows, which are whole at their end."""
    builder = TreeBuilder()
    found: list[tuple[str, Element]] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        element = builder.start(name, attributes)
        if _local(name) in _MADE_OF:
            found.append(("start", element))

    def end(name: str) -> None:
        element = builder.end(name)
        if _local(name) in _MADE_OF:
            found.append(("end", element))

    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = builder.data
    parser.StartDoctypeDeclHandler = refuse_declaration
    try:
        for block in blocks:
            parser.Parse(block, False)
            yield from found
            found.clear()
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise AppError("sheets.damaged") from error
    yield from found


class _Table:
    """One table on its way to a sheet."""

    def __init__(self, table: Element, package: Package | None) -> None:
        self._name = attribute(table, "name") or ""
        self._package = package
        self._rows: list[list[RawValue]] = []
        self._merges: list[CellRange] = []
        self._pictures: list[PictureDraft] = []
        self._currencies: dict[tuple[int, int], str] = {}
        self._formulas: dict[tuple[int, int], str] = {}
        self._hidden_rows: set[int] = set()
        self._hidden_columns: set[int] = set()
        #: Columns told of so far, and cells with a value.
        self._columns = 0
        self._cells = 0
        #: The row and column being read, counting the repeated ones before.
        self._row = 0
        self._column = 0

    def take(self, element: Element) -> None:
        """Adds a row or a column."""
        if local(element) == "table-row":
            self._take_row(element)
        else:
            self._take_column(element)

    def draft(self, *, is_hidden: bool) -> SheetDraft:
        """The table's sheet."""
        return SheetDraft(
            self._name,
            self._rows,
            is_hidden=is_hidden,
            merges=tuple(self._merges),
            pictures=self._pictures,
            currencies=self._currencies,
            hidden_rows=frozenset(self._hidden_rows),
            hidden_columns=frozenset(self._hidden_columns),
            formulas=self._formulas,
        )

    def _take_column(self, column: Element) -> None:
        count = _count(column, "number-columns-repeated")
        first = self._columns
        self._columns += count
        if attribute(column, "visibility") in {"collapse", "filter"} and count < 1_000:
            self._hidden_columns.update(range(first, first + count))

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
            if _local(str(cell.tag)) not in _CELLS:
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
        told = {_local(name): text for name, text in cell.items()}
        self._note_span(cell, told)
        self._note_pictures(cell)
        kind = told.get("value-type")
        if cell.get(_CALC_TYPE) == "error":
            return ErrorValue(_text(cell) or "#N/A")
        if kind is None:
            formula = told.get("formula")
            if formula is not None:
                self._formulas[self._row, self._column] = formula.partition(":")[2] or formula
        elif kind == "currency" and told.get("currency", "").isalpha():
            self._currencies[self._row, self._column] = told["currency"]
        elif kind == "percentage":
            self._currencies[self._row, self._column] = "%"
        return _typed(cell, kind, told)

    def _note_span(self, cell: Element, told: dict[str, str]) -> None:
        rows = _counted(told.get("number-rows-spanned"))
        columns = _counted(told.get("number-columns-spanned"))
        if (rows > 1 or columns > 1) and local(cell) == "table-cell":
            row, column = self._row, self._column
            self._merges.append(CellRange(row, column, row + rows - 1, column + columns - 1))

    def _note_pictures(self, cell: Element) -> None:
        if self._package is None or (len(cell) == 1 and not len(cell[0])):
            return
        for image in descendants(cell, "image"):
            part = (attribute(image, "href") or "").removeprefix("./")
            if part in self._package or part.startswith(_PICTURES):
                load = partial(self._package.read, part)
                self._pictures.append(
                    PictureDraft(self._row, self._column, "floating", part.lower(), load)
                )


def _count(element: Element, name: str) -> int:
    return _counted(attribute(element, name))


def _counted(text: str | None) -> int:
    return max(int(text), 1) if text and text.isdecimal() and len(text) < 9 else 1


@functools.lru_cache(maxsize=1024)
def _local(name: str) -> str:
    """A name without its namespace."""
    return name.rpartition("}")[2]


def _typed(cell: Element, kind: str | None, told: dict[str, str]) -> RawValue:
    match kind:
        case "float" | "currency" | "percentage":
            return _number(told.get("value", ""))
        case "date":
            return _moment(told.get("date-value", ""))
        case "time":
            return _time(told.get("time-value", ""))
        case "boolean":
            return told.get("boolean-value") == "true"
    return told.get("string-value") or _text(cell)


def _number(text: str) -> RawValue:
    try:
        number = Decimal(text)
    except InvalidOperation:
        return text
    if not number.is_finite() or abs(number.adjusted()) > _MOST_DIGITS:
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
    paragraphs = [child for child in cell if _local(str(child.tag)) == "p"]
    if len(paragraphs) == 1 and not len(paragraphs[0]):
        return paragraphs[0].text or ""
    return "\n".join(map(_inner, paragraphs))


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
