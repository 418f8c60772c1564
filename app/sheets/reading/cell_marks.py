"""Owns what is noted of an xlsx sheet's cells besides their values.

Two ways of finding it feed the same notes: the quick scan of ordinary sheets and the patient one
of odd ones. Must not read XML.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Final

from app.kernel.errors import AppError
from app.sheets.grid import CellRange, ErrorValue
from app.sheets.reading import limits
from app.sheets.reading.drafts import RawValue
from app.sheets.reading.number_formats import NumberFormat

_DISPIMG: Final = re.compile(r"DISPIMG\s*\(\s*\"([^\"]+)\"", re.IGNORECASE)
_REFERENCE: Final = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})")
#: A number keeps this many digits in binary; what has more is taken from the file's own text.
_EXACT_DIGITS: Final = 15


@dataclass(frozen=True, slots=True)
class CellMark:
    """A cell as its XML has it; texts are unescaped."""

    row: int
    column: int
    kind: str  # the attribute t: "n", "s", "str", "e", "b", "d", "inlineStr"
    style: int
    value: str | None
    formula: str | None
    value_metadata: int  # the attribute vm, 0: none


@dataclass(slots=True)
class SheetMarks:
    """The notes of one sheet; rows and columns from 0."""

    formats: Sequence[NumberFormat]
    replaced: dict[int, list[tuple[int, RawValue]]] = field(default_factory=dict)
    currencies: dict[tuple[int, int], str] = field(default_factory=dict)
    formulas: dict[tuple[int, int], str] = field(default_factory=dict)
    wps_pictures: list[tuple[int, int, str]] = field(default_factory=list)
    rich_values: list[tuple[int, int, int]] = field(default_factory=list)
    merges: list[CellRange] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    row_heights_pt: dict[int, float] = field(default_factory=dict)
    #: First and last column and their width in characters.
    column_widths: list[tuple[int, int, float]] = field(default_factory=list)
    default_height_pt: float = 15.0
    default_width: float = 8.43
    last_row: int = -1
    last_column: int = -1
    #: Whether the rows are counted in their order, because the numbers they have are none.
    is_misnumbered: bool = False
    _shared: dict[str, str] = field(default_factory=dict)

    def note(self, cell: CellMark) -> None:
        """Notes what ``cell`` says that its value alone does not."""
        if cell.value_metadata:
            self.rich_values.append((cell.row, cell.column, cell.value_metadata))
        if cell.formula is not None or (cell.value or "").startswith("="):
            picture = _DISPIMG.search(cell.formula or cell.value or "")
            if picture is not None:
                self.wps_pictures.append((cell.row, cell.column, picture.group(1)))
                self._replace(cell, None)
                return
        if cell.kind == "e":
            self._replace(
                cell,
                None if cell.value_metadata else ErrorValue((cell.value or "").strip() or "#N/A"),
            )
        elif cell.value is None or (cell.value == "" and cell.kind != "str"):
            if cell.formula is not None:
                self.formulas[cell.row, cell.column] = "=" + cell.formula
        elif cell.kind == "n":
            self._note_number(cell, cell.value.strip())

    def told(self, row: int, column: int, value: RawValue, style: int) -> RawValue:
        """``value`` of a cell as its format shows it; a unit or a WPS picture is noted."""
        if isinstance(value, str):
            picture = _DISPIMG.search(value) if value.startswith("=") else None
            if picture is None:
                return value
            self.wps_pictures.append((row, column, picture.group(1)))
            return None
        format_ = self.formats[style] if style < len(self.formats) else None
        if format_ is None or not isinstance(value, float) or not format_.says_more:
            return value
        if format_.unit is not None:
            self.currencies[row, column] = format_.unit
        return format_.shown(Decimal(repr(value))) or value

    def note_row(self, row: int, attributes: Mapping[str, str]) -> None:
        """Notes height and hiding of a row."""
        if attributes.get("hidden") in {"1", "true"}:
            self.hidden_rows.add(row)
        height = _number(attributes.get("ht"))
        if height is not None:
            self.row_heights_pt[row] = height

    def note_columns(self, attributes: Mapping[str, str]) -> None:
        """Notes width and hiding of a run of columns."""
        first = int(attributes.get("min", "1")) - 1
        last = min(int(attributes.get("max", "1")) - 1, limits.COLUMNS - 1)
        if attributes.get("hidden") in {"1", "true"} and last - first < limits.COLUMNS // 2:
            self.hidden_columns.update(range(first, last + 1))
        width = _number(attributes.get("width"))
        if width is not None:
            self.column_widths.append((first, last, width))

    def note_defaults(self, attributes: Mapping[str, str]) -> None:
        """Notes the sheet's ordinary row height and column width."""
        self.default_height_pt = _number(attributes.get("defaultRowHeight")) or 15.0
        base = _number(attributes.get("baseColWidth")) or 8.0
        self.default_width = _number(attributes.get("defaultColWidth")) or base + 0.43

    def note_merge(self, reference: str) -> None:
        """Notes a merged range like ``A1:B3``."""
        area = area_of(reference)
        if area is not None:
            self.merges.append(area)

    def check_box(self, sheet_name: str) -> None:
        """Raises :class:`AppError` when the cells lie too far apart to be held as a table."""
        rows, columns = self.last_row + 1, self.last_column + 1
        if rows * columns > limits.BOX_CELLS:
            raise AppError(
                "sheets.cells_too_far_apart", sheet=sheet_name, rows=rows, columns=columns
            )

    def shared_formula(self, number: str, text: str) -> str:
        """The text of the shared formula ``number``: its first cell has it, the others only name it."""
        return self._shared.setdefault(number, text) if text else self._shared.get(number, "")

    def _note_number(self, cell: CellMark, digits: str) -> None:
        format_ = self.formats[cell.style] if cell.style < len(self.formats) else None
        if len(digits) > _EXACT_DIGITS:
            exact = _whole(digits)
            if exact is not None:
                self._replace(cell, exact)
        if format_ is None or not format_.says_more:
            return
        if format_.unit is not None:
            self.currencies[cell.row, cell.column] = format_.unit
        else:
            number = _decimal(digits)
            shown = None if number is None else format_.shown(number)
            if shown is not None:
                self._replace(cell, shown)

    def _replace(self, cell: CellMark, value: RawValue) -> None:
        self.replaced.setdefault(cell.row, []).append((cell.column, value))


def unescaped(text: str) -> str:
    """XML text with its entities replaced."""
    return html.unescape(text) if "&" in text else text


def column_number(letters: str) -> int:
    """``A`` → 0, ``XFD`` → 16383."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def cell_of(reference: str) -> tuple[int, int] | None:
    """``B3`` → (2, 1); ``None`` for what is no reference."""
    match = _REFERENCE.fullmatch(reference.strip().upper())
    if match is None:
        return None
    return int(match.group(2)) - 1, column_number(match.group(1))


def area_of(reference: str) -> CellRange | None:
    """``A1:B3`` as a range of cells, in order whichever corner comes first."""
    corners = [cell_of(part) for part in reference.split(":")[:2]]
    found = [corner for corner in corners if corner is not None]
    if len(found) != len(corners):
        return None
    rows, columns = [row for row, _ in found], [column for _, column in found]
    return CellRange(min(rows), min(columns), max(rows), max(columns))


def _number(text: str | None) -> float | None:
    try:
        number = float(text) if text is not None else None
    except ValueError:
        return None
    return number if number is not None and 0 <= number < 1e6 else None


def _decimal(digits: str) -> Decimal | None:
    try:
        number = Decimal(digits)
    except InvalidOperation:
        return None
    return number if number.is_finite() and abs(number.adjusted()) < 400 else None


def _whole(digits: str) -> Decimal | None:
    """A whole number of more digits than a float keeps; ``None`` for any other text."""
    return Decimal(digits) if digits.removeprefix("-").isdecimal() and len(digits) < 400 else None
