"""Owns where floating pictures lie: the cell under a picture's centre, from heights and widths.

Anchors are those of ECMA-376 part 1, 20.5 (SpreadsheetML drawing). Must not decide which record a
picture belongs to.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Final
from xml.etree.ElementTree import Element

from app.sheets.reading.cell_marks import SheetMarks
from app.sheets.reading.drafts import PictureDraft
from app.sheets.reading.edges import Edges
from app.sheets.reading.package import Package, attribute, descendants, local

_EMU_PER_POINT: Final = 12_700
_EMU_PER_PIXEL: Final = 9_525
#: Pixels of a digit in the ordinary font (Calibri 11).
_DIGIT_PIXELS: Final = 7
_ANCHORS: Final = ("twoCellAnchor", "oneCellAnchor", "absoluteAnchor")


def floating_pictures(package: Package, part: str, marks: SheetMarks) -> Iterator[PictureDraft]:
    """The pictures of the drawing ``part``, each at the cell of its centre."""
    relations = package.relations(part)
    grid = _Grid(marks)
    root = package.xml(part)
    for anchor in root if root is not None else ():
        if local(anchor) not in _ANCHORS:
            continue
        place = grid.centre(anchor)
        for blip in descendants(anchor, "blip"):
            relation = relations.get(attribute(blip, "embed") or "")
            if relation is not None and relation[1] in package and place is not None:
                target = relation[1]
                yield PictureDraft(
                    *place, "floating", target.lower(), partial(package.read, target)
                )


class _Grid:
    """Edges of rows and columns in EMU; what is hidden has no height."""

    def __init__(self, marks: SheetMarks) -> None:
        self._marks = marks
        self._default_height = round(marks.default_height_pt * _EMU_PER_POINT)
        self._default_width = _width_emu(marks.default_width)
        heights = {
            row: round(height * _EMU_PER_POINT) for row, height in marks.row_heights_pt.items()
        }
        heights.update(dict.fromkeys(marks.hidden_rows, 0))
        widths = {
            column: _width_emu(width)
            for first, last, width in marks.column_widths
            for column in range(first, min(last, 1_000) + 1)
        }
        widths.update(dict.fromkeys(marks.hidden_columns, 0))
        self._rows = Edges(heights, self._default_height)
        self._columns = Edges(widths, self._default_width)

    def centre(self, anchor: Element) -> tuple[int, int] | None:
        """Row and column under the centre of what is anchored; ``None`` without a place."""
        parts = {local(child): child for child in anchor}
        if "from" in parts:
            top, left = self._corner(parts["from"])
        elif "pos" in parts:
            top, left = _whole(parts["pos"].get("y")), _whole(parts["pos"].get("x"))
        else:
            return None
        if "to" in parts:
            bottom, right = self._corner(parts["to"])
        elif "ext" in parts:
            bottom = top + _whole(parts["ext"].get("cy"))
            right = left + _whole(parts["ext"].get("cx"))
        else:
            bottom, right = top, left
        return self._rows.middle(top, bottom), self._columns.middle(left, right)

    def _corner(self, marker: Element) -> tuple[int, int]:
        values = {local(child): _whole(child.text) for child in marker}
        row, column = values.get("row", 0), values.get("col", 0)
        return (
            self._rows.position(row, values.get("rowOff", 0)),
            self._columns.position(column, values.get("colOff", 0)),
        )


def _width_emu(characters: float) -> int:
    pixels = int((256 * characters + 128 // _DIGIT_PIXELS) / 256 * _DIGIT_PIXELS)
    return max(pixels, 0) * _EMU_PER_PIXEL


def _whole(text: str | None) -> int:
    try:
        number = int(float(text)) if text else 0
    except (ValueError, OverflowError):
        return 0
    return max(min(number, 10**13), 0)
