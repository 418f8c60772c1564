"""Owns where floating pictures lie: the cell under a picture's centre, from heights and widths.

Anchors are those of ECMA-376 part 1, 20.5 (SpreadsheetML drawing). Must not decide which record a
picture belongs to.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Final
from xml.etree.ElementTree import Element

from app.sheets.reading.cell_marks import SheetMarks
from app.sheets.reading.drafts import PictureDraft
from app.sheets.reading.edges import Edges
from app.sheets.reading.package import Package, PartDamaged, attribute, descendants, local

_EMU_PER_POINT: Final = 12_700
_EMU_PER_PIXEL: Final = 9_525
#: Pixels of a digit in the ordinary font (Calibri 11).
_DIGIT_PIXELS: Final = 7
#: Farther than the last cell of any sheet.
_FARTHEST_EMU: Final = 10**13
_ANCHORS: Final = ("twoCellAnchor", "oneCellAnchor", "absoluteAnchor")


@dataclass(frozen=True, slots=True)
class _Frame:
    """A rectangle on the sheet, in EMU."""

    top: int
    left: int
    bottom: int
    right: int

    def part(self, child: Element | None, group: Element | None) -> _Frame:
        """Where a group's ``child`` lies in this frame of the group; both given by their xfrm."""
        if child is None or group is None:
            return self
        start_x, start_y = _pair(group, "chOff", "x", "y")
        across, down = _pair(group, "chExt", "cx", "cy")
        x, y = _pair(child, "off", "x", "y")
        width, height = _pair(child, "ext", "cx", "cy")
        if not across or not down:
            return self
        wide, high = self.right - self.left, self.bottom - self.top
        top = self.top + (y - start_y) * high // down
        left = self.left + (x - start_x) * wide // across
        return _Frame(top, left, top + height * high // down, left + width * wide // across)


def floating_pictures(package: Package, part: str, marks: SheetMarks) -> Iterator[PictureDraft]:
    """The pictures of the drawing ``part``, each at the cell of its centre.

    Raises :class:`PartDamaged` where there is no drawing any more.
    """
    relations = package.relations(part)
    grid = _Grid(marks)
    root = package.xml(part)
    if root is None:
        raise PartDamaged
    for anchor in root:
        frame = grid.frame(anchor) if local(anchor) in _ANCHORS else None
        for blip, where in _blips(anchor, frame) if frame is not None else ():
            if number := attribute(blip, "embed"):
                target = relations.get(number, ("", f"{part}#{number}"))[1]
                load = partial(package.read, target)
                said = _described(anchor)
                yield PictureDraft(*grid.centre(where), "floating", target.lower(), load, said)


def _described(anchor: Element) -> str:
    """The text that stands for the drawing where it can't be seen."""
    properties = next(descendants(anchor, "cNvPr"), None)
    return (properties.get("descr") or "") if properties is not None else ""


def _blips(anchor: Element, frame: _Frame) -> Iterator[tuple[Element, _Frame]]:
    """Pictures below ``anchor`` with their frames; groups are opened, alternatives taken once."""
    waiting = [(child, frame) for child in reversed(anchor)]
    while waiting:
        element, where = waiting.pop()
        if local(element) == "grpSp":
            group = _xfrm(element)
            waiting += [(child, where.part(_xfrm(child), group)) for child in reversed(element)]
        elif local(element) == "AlternateContent":
            chosen = [
                child for child in element if next(descendants(child, "blip"), None) is not None
            ]
            waiting += [(child, where) for child in reversed(chosen[0])] if chosen else []
        else:
            yield from ((blip, where) for blip in descendants(element, "blip"))


def _xfrm(shape: Element) -> Element | None:
    """The shape's own place, which stands in its properties."""
    for properties in shape:
        if local(properties) in {"spPr", "grpSpPr"}:
            return next((child for child in properties if local(child) == "xfrm"), None)
    return None


def _pair(xfrm: Element, name: str, first: str, second: str) -> tuple[int, int]:
    found = next((child for child in xfrm if local(child) == name), None)
    return (0, 0) if found is None else (_whole(found.get(first)), _whole(found.get(second)))


class _Grid:
    """Edges of rows and columns in EMU; what is hidden has no height."""

    def __init__(self, marks: SheetMarks) -> None:
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
        self._rows = Edges(heights, round(marks.default_height_pt * _EMU_PER_POINT))
        self._columns = Edges(widths, _width_emu(marks.default_width))

    def centre(self, frame: _Frame) -> tuple[int, int]:
        """Row and column under the middle of ``frame``."""
        return (
            self._rows.middle(frame.top, frame.bottom),
            self._columns.middle(frame.left, frame.right),
        )

    def frame(self, anchor: Element) -> _Frame | None:
        """Where ``anchor`` holds its drawing; ``None`` when it does not say."""
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
        return _Frame(top, left, bottom, right)

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
    return max(min(number, _FARTHEST_EMU), -_FARTHEST_EMU)
