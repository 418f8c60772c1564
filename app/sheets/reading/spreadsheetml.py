"""Owns reading SpreadsheetML 2003, Excel's first XML format, which many back ends still write.

Must not follow links or run scripts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from html.entities import name2codepoint
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from app.kernel.errors import AppError
from app.sheets.grid import CellRange, ErrorValue
from app.sheets.reading import limits
from app.sheets.reading.drafts import RawValue, SheetDraft, WorkbookDraft
from app.sheets.reading.encodings import decode
from app.sheets.reading.number_formats import ORDINARY, NumberFormat, number_format
from app.sheets.reading.package import attribute, descendants, local, without_control_signs

#: The entities that XML itself has none of.
_ENTITY = re.compile(rb"&(?!(?:amp|lt|gt|quot|apos);)([A-Za-z][A-Za-z0-9]{1,30});")
_DECLARED = re.compile(rb"<\?xml\b[^<>]*?\bencoding\s*=\s*[\"']([\w.:-]{1,40})[\"'][^<>]*>")
_READ_BY_PARSERS = frozenset({"utf-8", "utf8", "utf-16", "us-ascii", "iso-8859-1"})
#: Names that stand for number formats.
_NAMED = {"Percent": "0.00%", "Euro Currency": "[$€]0.00", "Currency": ""}


def read_spreadsheetml(data: bytes) -> WorkbookDraft:
    """The workbook written in ``data``; raises :class:`AppError`."""
    if len(data) > limits.SMALL_PART_BYTES:
        raise AppError("sheets.too_many_cells", most=limits.FILLED_CELLS)
    try:
        root: Element = _parsed(_in_utf8(data.lstrip()))
    except DefusedXmlException as error:
        raise AppError("sheets.bomb") from error
    except (ParseError, ValueError, LookupError) as error:
        raise AppError("sheets.damaged") from error
    formats: dict[str | None, NumberFormat] = {}
    for style in descendants(root, "Style"):
        for found in descendants(style, "NumberFormat"):
            code = attribute(found, "Format") or ""
            formats[attribute(style, "ID")] = number_format(_NAMED.get(code, code))
    return WorkbookDraft("spreadsheetml", _sheets(root, formats))


def _in_utf8(data: bytes) -> bytes:
    """``data`` out of the encoding it declares, where that is one of the national ones XML parsers lack."""
    declaration = _DECLARED.match(data)
    if declaration is None or declaration[1].decode().lower() in _READ_BY_PARSERS:
        return data
    return decode(data[declaration.end() :], declaration[1].decode()).text.encode()


def _parsed(data: bytes) -> Element:
    """``data`` as XML; what writers of web pages put into it is taken as it was meant."""
    try:
        root: Element = fromstring(data, forbid_dtd=True)
    except ParseError:
        mended = _ENTITY.sub(_as_number, without_control_signs(data))
        root = fromstring(mended, forbid_dtd=True)
    return root


def _as_number(entity: re.Match[bytes]) -> bytes:
    """An entity of HTML by its number; one that nobody knows becomes text."""
    code = name2codepoint.get(entity[1].decode())
    return b"&#%d;" % code if code else b"&amp;" + entity[0][1:]


def _sheets(root: Element, formats: dict[str | None, NumberFormat]) -> Iterator[SheetDraft]:
    for worksheet in root:
        if local(worksheet) != "Worksheet":
            continue
        visible = next((e.text for e in descendants(worksheet, "Visible")), None)
        sheet = _Worksheet(formats)
        for table in worksheet:
            if local(table) == "Table":
                sheet.take(table)
        yield sheet.draft(attribute(worksheet, "Name") or "", is_hidden=visible is not None)


class _Worksheet:
    """One worksheet on its way to a sheet."""

    def __init__(self, formats: dict[str | None, NumberFormat]) -> None:
        self._formats = formats
        self._rows: list[list[RawValue]] = []
        self._merges: list[CellRange] = []
        self._currencies: dict[tuple[int, int], str] = {}
        self._formulas: dict[tuple[int, int], str] = {}
        self._hidden_rows: set[int] = set()
        self._hidden_columns: set[int] = set()
        self._cells = 0

    def take(self, table: Element) -> None:
        """Adds the rows of ``table``."""
        column = row = 0
        for child in table:
            if local(child) == "Column":
                column = _index(child, column)
                end = column + _whole(child, "Span", limits.COLUMNS) + 1
                if attribute(child, "Hidden") == "1":
                    self._hidden_columns.update(range(column, min(end, limits.COLUMNS)))
                column = end
            elif local(child) == "Row":
                row = _index(child, row)
                end = row + _whole(child, "Span", limits.ROWS) + 1
                if attribute(child, "Hidden") == "1":
                    self._hidden_rows.update(range(row, min(end, row + 10_000)))
                self._take_row(child, row)
                row = end

    def draft(self, name: str, *, is_hidden: bool) -> SheetDraft:
        """The worksheet's sheet."""
        return SheetDraft(
            name,
            self._rows,
            is_hidden=is_hidden,
            merges=tuple(self._merges),
            currencies=self._currencies,
            hidden_rows=frozenset(self._hidden_rows),
            hidden_columns=frozenset(self._hidden_columns),
            formulas=self._formulas,
        )

    def _take_row(self, element: Element, row: int) -> None:
        values: list[RawValue] = []
        column = 0
        for cell in element:
            if local(cell) != "Cell":
                continue
            column = _index(cell, column)
            across = _whole(cell, "MergeAcross", limits.COLUMNS)
            down = _whole(cell, "MergeDown", limits.ROWS)
            if across or down:
                self._merges.append(CellRange(row, column, row + down, column + across))
            value = self._value(cell, row, column)
            if value is not None and value != "":
                values += [None] * (column - len(values)) + [value]
            column += across + 1
        if values:
            self._put(values, row)

    def _put(self, values: list[RawValue], row: int) -> None:
        self._cells += len(values) + row - len(self._rows)
        if self._cells > limits.FILLED_CELLS:
            raise AppError("sheets.too_many_cells", most=limits.FILLED_CELLS)
        self._rows += [[] for _ in range(row - len(self._rows))]
        self._rows.append(values)

    def _value(self, cell: Element, row: int, column: int) -> RawValue:
        data = next((child for child in cell if local(child) == "Data"), None)
        formula = attribute(cell, "Formula")
        if data is None:
            if formula is not None:
                self._formulas[row, column] = formula
            return None
        text = "".join(data.itertext())
        format_ = self._formats.get(attribute(cell, "StyleID"), ORDINARY)
        value = _typed(attribute(data, "Type"), text)
        if isinstance(value, Decimal):
            if format_.unit is not None:
                self._currencies[row, column] = format_.unit
            return format_.shown(value) or value
        return value


def _typed(kind: str | None, text: str) -> RawValue:
    match kind:
        case "Number":
            return _number(text.strip())
        case "DateTime":
            return _moment(text.strip())
        case "Boolean":
            return text.strip() in {"1", "true"}
        case "Error":
            return ErrorValue(text.strip() or "#N/A")
    return text


def _number(text: str) -> Decimal | str:
    try:
        number = Decimal(text)
    except InvalidOperation:
        return text
    if not number.is_finite() or abs(number.adjusted()) > 400:
        return text
    if number == number.to_integral_value() and number.adjusted() < 21:
        return Decimal(int(number))
    return Decimal(f"{float(number):.15g}")


def _moment(text: str) -> date | datetime | str:
    try:
        found = datetime.fromisoformat(text).replace(tzinfo=None)
    except ValueError:
        return text
    return found.date() if found.time() == datetime.min.time() else found


def _whole(element: Element, name: str, most: int) -> int:
    text = attribute(element, name) or "0"
    return min(int(text), most) if text.isdecimal() and len(text) < 9 else 0


def _index(element: Element, next_index: int) -> int:
    """Where the row or cell lies: its own 1-based index, which may only go forward, or the next place."""
    stated = _whole(element, "Index", limits.ROWS)
    return max(stated - 1, next_index)
