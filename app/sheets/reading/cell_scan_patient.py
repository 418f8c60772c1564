"""Owns the patient scan of an xlsx sheet: an XML parser looks at each cell, however it is written.

Must not decide what a cell means.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final
from xml.parsers import expat

from app.kernel.errors import AppError
from app.sheets.reading import limits
from app.sheets.reading.cell_marks import CellMark, SheetMarks, cell_of
from app.sheets.reading.package import parse, refuse_declaration


class Misnumbered(Exception):
    """A row's number is none; the rows count in their order."""


def scan_patiently(blocks: Iterable[bytes], marks: SheetMarks) -> None:
    """As the quick scan; raises :class:`AppError` for XML that is broken or holds a document type.

    Raises :class:`Misnumbered` where rows do not count from one.
    """
    handler = _Handler(marks)
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = handler.start
    parser.EndElementHandler = handler.end
    parser.CharacterDataHandler = handler.text
    parser.StartDoctypeDeclHandler = refuse_declaration
    parser.EntityDeclHandler = refuse_declaration
    parse(parser, blocks)


_KEPT: Final = frozenset({"v", "f"})


class _Handler:
    """Where the parser is, and the cell it is in."""

    def __init__(self, marks: SheetMarks) -> None:
        self._marks = marks
        self._row = -1
        self._column = -1
        self._cell: dict[str, str] = {}
        self._texts: dict[str, list[str]] = {}
        self._shared: str | None = None
        self._open: str | None = None
        self._filled = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        match name.rpartition(":")[2]:
            case "html":  # what a broken download left in the place of the sheet
                raise AppError("sheets.damaged")
            case "row":
                self._row = _row_of(attributes["r"]) if "r" in attributes else self._row + 1
                self._column = -1
                self._marks.note_row(self._row, attributes)
            case "c":
                self._begin_cell(attributes)
            case "v" | "f" | "t" as kept:
                self._open = kept
                self._texts.setdefault(kept, [])
                self._shared = attributes.get("si") if kept == "f" else self._shared
            case "col":
                self._marks.note_columns(attributes)
            case "sheetFormatPr":
                self._marks.note_defaults(attributes)
            case "mergeCell":
                self._marks.note_merge(attributes.get("ref", ""))

    def text(self, content: str) -> None:
        """Text inside the element."""
        if self._open in _KEPT:
            self._texts[self._open].append(content)

    def end(self, name: str) -> None:
        """An element ends."""
        self._open = None
        if name.rpartition(":")[2] == "c":
            self._end_cell()

    def _begin_cell(self, attributes: dict[str, str]) -> None:
        place = cell_of(attributes["r"]) if "r" in attributes else None
        self._row, self._column = place or (self._row, self._column + 1)
        if self._row < 0:
            raise Misnumbered
        self._cell, self._texts, self._shared = attributes, {}, None

    def _end_cell(self) -> None:
        if not self._texts:
            return
        self._filled += 1
        if self._filled > limits.FILLED_CELLS:
            raise AppError("sheets.too_many_cells", most=limits.FILLED_CELLS)
        marks = self._marks
        marks.last_row = max(marks.last_row, self._row)
        marks.last_column = max(marks.last_column, self._column)
        formula = "".join(self._texts["f"]) if "f" in self._texts else None
        if formula is not None and self._shared is not None:
            formula = marks.shared_formula(self._shared, formula)
        marks.note(
            CellMark(
                row=self._row,
                column=self._column,
                kind=self._cell.get("t", "n"),
                style=_index(self._cell.get("s")),
                value="".join(self._texts["v"]) if "v" in self._texts else None,
                formula=formula,
                value_metadata=_index(self._cell.get("vm")),
            )
        )


def _row_of(number: str) -> int:
    row = int(number) - 1 if number.isdecimal() else -1
    if row < 0:
        raise Misnumbered
    return row


def _index(text: str | None) -> int:
    return int(text) if text is not None and text.isdecimal() and len(text) < 8 else 0
