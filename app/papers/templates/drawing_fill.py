"""Owns pictures over the cells of a filled template, and moving those that were there.

Must not change a drawing but its rows: shapes, logos and charts stay as they are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import count
from xml.etree.ElementTree import Element, SubElement

from defusedxml.ElementTree import fromstring

from app.papers.measure import PX_PER_PT
from app.papers.pictures import Box, PaperPicture, paper_picture
from app.papers.templates.markup import RELATION, SHEET
from app.papers.templates.package import Package
from app.papers.templates.references import RowPlan, area_box
from app.papers.templates.sheet_fill import PlacedPicture

XDR = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"
DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_EMU_PER_PX = 9525
_MARGIN_PX = 4
_DIGIT_PX = 7
_AFTER_DRAWING = frozenset(
    f"{SHEET}{name}"
    for name in (
        "legacyDrawing", "legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls",
        "webPublishItems", "tableParts", "extLst",
    )
)  # fmt: skip
_TYPE = "application/vnd.openxmlformats-officedocument.drawing+xml"


@dataclass(frozen=True, slots=True)
class CellBox:
    """Room for a picture: where it begins and its size in pixels."""

    row: int
    column: int
    width_px: int
    height_px: int


class SheetMeasures:
    """Column widths and row heights of a sheet, merged cells taken together."""

    def __init__(self, root: Element) -> None:
        form = root.find(f"{SHEET}sheetFormatPr")
        default = form.get("defaultColWidth") if form is not None else None
        self._column_px = _column_px(float(default)) if default else 64
        height = form.get("defaultRowHeight") if form is not None else None
        self._row_pt = float(height or 15)
        self._columns: list[tuple[int, int, int]] = [
            (int(c.get("min", "1")), int(c.get("max", "1")), _column_px(float(c.get("width", "9"))))
            for c in root.iter(f"{SHEET}col")
        ]
        self._rows = {
            int(row.get("r", "0")): float(row.get("ht", "0"))
            for row in root.iter(f"{SHEET}row")
            if row.get("ht")
        }
        boxes = (area_box(merge.get("ref", "")) for merge in root.iter(f"{SHEET}mergeCell"))
        self._merged = {(box[0], box[1]): box for box in boxes if box}

    def box(self, row: int, column: int) -> CellBox:
        """The room of the cell, or of the merged cell it begins."""
        top, left, bottom, right = self._merged.get((row, column), (row, column, row, column))
        width = sum(self._width(index) for index in range(left, right + 1))
        height = sum(self._rows.get(index, self._row_pt) for index in range(top, bottom + 1))
        return CellBox(row, column, width, round(height * PX_PER_PT))

    def _width(self, column: int) -> int:
        for first, last, width in self._columns:
            if first <= column <= last:
                return width
        return self._column_px


def _column_px(characters: float) -> int:
    return int((256 * characters + int(128 / _DIGIT_PX)) / 256 * _DIGIT_PX)


def move_drawing(package: Package, sheet: str, plan: RowPlan) -> None:
    """Moves what stood over the template's rows to where those rows are now."""
    part = package.related(sheet, "drawing")
    if part is None:
        return
    for anchor in package.document(part).root:
        rows = [
            corner.find(f"{XDR}row")
            for corner in (anchor.find(f"{XDR}from"), anchor.find(f"{XDR}to"))
            if corner is not None
        ]
        if not rows or rows[0] is None:
            continue
        top = int(rows[0].text or "0")
        place = plan.first(top + 1)
        moved = (place - 1 if place else top) - top
        for row in rows:
            if row is not None:
                row.text = str(int(row.text or "0") + moved)


def put_pictures(package: Package, sheet: str, pictures: Sequence[PlacedPicture]) -> int:
    """Puts ``pictures`` over their cells; returns how many could not be read."""
    if not pictures:
        return 0
    measures = SheetMeasures(package.document(sheet).root)
    drawing = _drawing_part(package, sheet)
    root = package.document(drawing).root
    unreadable = 0
    for placed in pictures:
        room = measures.box(placed.row, placed.column)
        width = max(room.width_px - 2 * _MARGIN_PX, 8)
        picture = paper_picture(placed.source, Box(width, max(room.height_px - 2 * _MARGIN_PX, 8)))
        if picture is None:
            unreadable += 1
            continue
        relation = package.relate(drawing, "image", _media_part(package, picture))
        root.append(_anchor(picture, room, relation, number=len(root) + 1))
    return unreadable


def _drawing_part(package: Package, sheet: str) -> str:
    part = package.related(sheet, "drawing")
    if part is not None:
        return part
    part = next(
        name for n in count(1) if (name := f"xl/drawings/drawing{n}.xml") not in package.parts
    )
    package.parts[part] = (
        f'<xdr:wsDr xmlns:xdr="{XDR[1:-1]}" xmlns:a="{DRAWING[1:-1]}" xmlns:r="{RELATION[1:-1]}"/>'
    ).encode()
    package.declare(part=part, content_type=_TYPE)
    root = package.document(sheet).root
    element = Element(f"{SHEET}drawing", {f"{RELATION}id": package.relate(sheet, "drawing", part)})
    places = [index for index, child in enumerate(root) if child.tag in _AFTER_DRAWING]
    root.insert(places[0] if places else len(root), element)
    return part


def _media_part(package: Package, picture: PaperPicture) -> str:
    """Where the picture's bytes are kept, once for all that are the same."""
    part = f"xl/media/paper-{sha256(picture.data).hexdigest()[:16]}.{picture.format}"
    package.parts.setdefault(part, picture.data)
    package.declare(extension=picture.format, content_type=f"image/{picture.format}")
    return part


def _anchor(picture: PaperPicture, room: CellBox, relation: str, *, number: int) -> Element:
    left = round((room.width_px - picture.width_px) / 2 * _EMU_PER_PX)
    top = round((room.height_px - picture.height_px) / 2 * _EMU_PER_PX)
    anchor = Element(f"{XDR}oneCellAnchor")
    corner = SubElement(anchor, f"{XDR}from")
    for name, value in (
        ("col", room.column - 1),
        ("colOff", left),
        ("row", room.row - 1),
        ("rowOff", top),
    ):
        SubElement(corner, f"{XDR}{name}").text = str(value)
    size = {
        "cx": str(round(picture.width_px * _EMU_PER_PX)),
        "cy": str(round(picture.height_px * _EMU_PER_PX)),
    }
    SubElement(anchor, f"{XDR}ext", size)
    anchor.append(_shape(relation, number, size))
    SubElement(anchor, f"{XDR}clientData")
    return anchor


def _shape(relation: str, number: int, size: dict[str, str]) -> Element:
    """The picture itself: not turned, not cut, its proportions locked."""
    names = f'xmlns:xdr="{XDR[1:-1]}" xmlns:a="{DRAWING[1:-1]}" xmlns:r="{RELATION[1:-1]}"'
    shape: Element = fromstring(
        f'<xdr:pic {names}><xdr:nvPicPr><xdr:cNvPr id="{1000 + number}" name="Picture {number}"/>'
        '<xdr:cNvPicPr><a:picLocks noChangeAspect="1"/></xdr:cNvPicPr></xdr:nvPicPr>'
        f'<xdr:blipFill><a:blip r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch>'
        '</xdr:blipFill><xdr:spPr><a:xfrm><a:off x="0" y="0"/>'
        f'<a:ext cx="{size["cx"]}" cy="{size["cy"]}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></xdr:spPr></xdr:pic>'
    )
    return shape
