"""Owns the quick scan of an xlsx sheet: a few searches over its bytes instead of parsing each cell.

Excel, WPS, openpyxl and most others write cells as ``<c r="A1"``; a sheet written otherwise goes
to the patient scan. Must not decide what a cell means.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from app.kernel.errors import AppError
from app.sheets.reading import limits
from app.sheets.reading.cell_marks import CellMark, SheetMarks, column_number, unescaped
from app.sheets.reading.number_formats import NumberFormat

# A tag ends before the next begins, also in the patterns: each search stays short in XML made of
# beginnings alone.

#: Bytes that may pass without the end of a row.
_ROW_BYTES: Final = 64_000_000
#: The letters of a cell's column; nothing of a cell that is not written the common way.
_COLUMN: Final = re.compile(rb'<c(?: r="([A-Z]{1,3})(?=[1-9])|[ >])')
_FILLED_COLUMN: Final = re.compile(rb'<c r="([A-Z]{1,3})\d+"[^<>]*[^<>/]>')
_ROW: Final = re.compile(rb"<row\b([^<>]*)>")
_ROW_NUMBER: Final = re.compile(rb' r="([1-9]\d{0,9})"')
_ATTRIBUTE: Final = re.compile(rb'([\w:]+)="([^"]*)"')
_CELL: Final = re.compile(rb"<c\b([^<>]*?)(/?)>")
_FORMULA: Final = re.compile(rb"<f\b([^<>]*?)(?:/>|>([^<]*)</f>)")
_VALUE: Final = re.compile(rb"<v(?:\s[^<>/]*)?(?:/>|>([^<]*)</v>)")
_LONG_NUMBER: Final = re.compile(rb"<v>\s*-?\d{16}")
_UNSTORED: Final = re.compile(rb"(?:</f>|<f\b[^<>]*/>)\s*(?:</c>|<v\s*/>|<v></v>)")
_SHARED_FORMULA: Final = re.compile(rb'<f\b[^<>]*\bt="shared"[^<>]*>[^<]')
#: A style that does not directly follow the cell's reference.
_OTHER_ORDER: Final = re.compile(rb'" [a-z]{1,2}="[^"]*" s="')
_MERGE: Final = re.compile(rb'<mergeCell [^<>]*?ref="([^"]{2,40})"')
ERROR_WORD: Final = b' t="e"'
RICH_VALUE_WORD: Final = b' vm="'
WPS_PICTURE_WORD: Final = b"DISPIMG("
#: What makes a cell worth a look, besides its style.
WORDS: Final = (ERROR_WORD, RICH_VALUE_WORD, WPS_PICTURE_WORD)
_MANY_COLUMNS: Final = 200


class NotPlain(Exception):
    """The sheet is not written the common way; the patient scan must read it."""


def scan(blocks: Iterable[bytes], marks: SheetMarks, *, words: Sequence[bytes] = WORDS) -> None:
    """Notes in ``marks`` what the sheet's XML says; raises :class:`NotPlain` early for odd sheets.

    ``words`` tell cells worth a look; each costs a pass over the sheet.
    """
    styles = _Styles(marks.formats)
    filled = 0
    head = True
    for portion in _whole_rows(blocks):
        columns = _columns(portion)
        if head:
            _note_head(portion, marks)
            head = b"<sheetData" not in portion
        rows = _ROW.findall(portion)
        _note_rows(rows, marks)
        _note_box(portion, columns, rows, marks)
        styles.note_units(portion, marks)
        for start in sorted(styles.starts(portion) | _starts(portion, words)):
            _note_cell(portion, start, marks)
        for match in _MERGE.finditer(portion, portion.rfind(b"</row>") + 1):
            marks.note_merge(match.group(1).decode("ascii", "replace"))
        filled += len(columns)
        if filled > limits.FILLED_CELLS:
            filled -= len(columns) - portion.count(b"</c>")
            if filled > limits.FILLED_CELLS:
                raise AppError("sheets.too_many_cells", most=limits.FILLED_CELLS)


def _whole_rows(blocks: Iterable[bytes]) -> Iterator[bytes]:
    """The XML in portions that end between rows."""
    rest = b""
    for block in blocks:
        rest += block
        cut = rest.rfind(b"<row")
        if cut > 0:
            yield rest[:cut]
            rest = rest[cut:]
        elif len(rest) > _ROW_BYTES:
            raise AppError("sheets.bomb")
    yield rest


def _columns(portion: bytes) -> list[bytes]:
    """The letters of each cell's column; raises :class:`NotPlain` when a cell is written otherwise."""
    columns: list[bytes] = _COLUMN.findall(portion)
    if b"" in columns or b"<![CDATA[" in portion:
        raise NotPlain
    return columns


class _Styles:
    """Searches for cells whose number format says more than the number."""

    def __init__(self, formats: Sequence[NumberFormat]) -> None:
        units = {b"%d" % style: form.unit for style, form in enumerate(formats) if form.unit}
        more = [b"%d" % style for style, form in enumerate(formats) if form.says_more]
        padded = [style for style in more if style not in units]
        self._units = {style: unit for style, unit in units.items() if unit is not None}
        self._with_unit = _pattern(
            rb'<c r="([A-Z]{1,3})(\d{1,7})" s="(%s)"(?: t="n")?>\s*'
            rb"(?:<f\b[^<>]*?(?:/>|>[^<]*</f>)\s*)?<v>[^<]",
            list(units),
        )
        self._padded = _pattern(rb'<c r="[A-Z]{1,3}\d+" s="(?:%s)"', padded)
        self._anywhere = _pattern(rb'<c r="[A-Z]{1,3}\d+" (?!s=)[^<>]*?\bs="(?:%s)"', more)

    def note_units(self, portion: bytes, marks: SheetMarks) -> None:
        """Notes the units of all numbers written the common way, at little cost for each."""
        if self._with_unit is not None:
            units, found = self._units, marks.currencies
            for letters, row, style in self._with_unit.findall(portion):
                found[int(row) - 1, _column(letters)] = units[style]

    def starts(self, portion: bytes) -> set[int]:
        """Where the other cells of telling formats begin."""
        patterns = [self._padded]
        if self._anywhere is not None and _OTHER_ORDER.search(portion) is not None:
            patterns.append(self._anywhere)
        return {
            match.start()
            for pattern in patterns
            if pattern is not None
            for match in pattern.finditer(portion)
        }


def _pattern(template: bytes, styles: list[bytes]) -> re.Pattern[bytes] | None:
    return re.compile(template % b"|".join(styles)) if styles else None


@functools.lru_cache(maxsize=1024)
def _column(letters: bytes) -> int:
    return column_number(letters.decode())


def _note_head(portion: bytes, marks: SheetMarks) -> None:
    if b"<worksheet" not in portion:
        raise NotPlain
    for columns in re.findall(rb"<col ([^<>]*)>", portion):
        marks.note_columns(_attributes(columns))
    for defaults in re.findall(rb"<sheetFormatPr([^<>]*)>", portion):
        marks.note_defaults(_attributes(defaults))


def _note_box(portion: bytes, columns: list[bytes], rows: list[bytes], marks: SheetMarks) -> None:
    """Widens the box by the cells with values; cells that are only coloured don't count."""
    last_value = portion.rfind(b"</c>")
    if last_value < 0:
        return
    if portion.find(b"<row", last_value) >= 0:
        rows = _ROW.findall(portion, 0, last_value)
    numbers = [int(number[1]) for row in rows if (number := _ROW_NUMBER.match(row))]
    if len(numbers) != len(rows) or not rows:
        raise NotPlain
    marks.last_row = max(marks.last_row, max(numbers) - 1)
    last = _last_column(columns)
    if last > _MANY_COLUMNS:
        last = _last_column(_FILLED_COLUMN.findall(portion))
    marks.last_column = max(marks.last_column, last)


def _last_column(columns: list[bytes]) -> int:
    return max(map(_column, set(columns)), default=-1)


def _note_rows(rows: list[bytes], marks: SheetMarks) -> None:
    for row in rows:
        if b"hidden=" in row or b"ht=" in row:
            attributes = _attributes(row)
            if attributes.get("r", "").isdecimal():
                marks.note_row(int(attributes["r"]) - 1, attributes)


def _starts(portion: bytes, words: Sequence[bytes]) -> set[int]:
    """Where the cells begin that say more than their value, whatever their format."""
    starts: set[int] = set()
    for word in words:
        position = portion.find(word)
        while position >= 0:
            starts.add(portion.rfind(b"<c ", 0, position))
            position = portion.find(word, position + 1)
    patterns = [_LONG_NUMBER]
    if b"</f>" in portion:
        patterns += [_UNSTORED, _SHARED_FORMULA]
    for pattern in patterns:
        for match in pattern.finditer(portion):
            starts.add(portion.rfind(b"<c ", 0, match.start()))
    starts.discard(-1)
    return starts


def _note_cell(portion: bytes, start: int, marks: SheetMarks) -> None:
    opening = _CELL.match(portion, start)
    if opening is None:
        return
    attributes = _attributes(opening.group(1))
    end = opening.end() if opening.group(2) else portion.find(b"</c>", opening.end())
    inside = portion[opening.end() : end] if end > 0 else b""
    reference = re.fullmatch(r"([A-Z]{1,3})(\d{1,7})", attributes.get("r", ""))
    if reference is None:
        return
    value = _VALUE.search(inside)
    marks.note(
        CellMark(
            row=int(reference.group(2)) - 1,
            column=column_number(reference.group(1)),
            kind=attributes.get("t", "n"),
            style=_index(attributes.get("s")),
            value=None if value is None else _text(value.group(1) or b""),
            formula=_formula(inside, marks),
            value_metadata=_index(attributes.get("vm")),
        )
    )


def _formula(inside: bytes, marks: SheetMarks) -> str | None:
    """The formula's text; of one that is shared, the text of the first cell that has it."""
    found = _FORMULA.search(inside)
    if found is None:
        return None
    text = _text(found.group(2) or b"")
    shared = _attributes(found.group(1)).get("si")
    return marks.shared_formula(shared, text) if shared is not None else text


def _attributes(inside: bytes) -> dict[str, str]:
    return {_text(name): _text(value) for name, value in _ATTRIBUTE.findall(inside)}


def _text(content: bytes) -> str:
    return unescaped(content.decode("utf-8", "replace"))


def _index(text: str | None) -> int:
    return int(text) if text is not None and text.isdecimal() and len(text) < 8 else 0
