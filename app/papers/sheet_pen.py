"""Owns putting styled texts, numbers and pictures into the cells of a sheet being written.

Must not know what a quotation is. A text is always written as a text: one that begins like a
formula is quoted, none becomes a link.
"""

from __future__ import annotations

import io
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from app.kernel.text import clean, has_han
from app.papers.look import CHINESE_FONT, INK, LATIN_FONT
from app.papers.measure import PX_PER_PT, height_pt, wrapped_lines
from app.papers.pictures import PaperPicture

_FORMULA_STARTS = ("=", "+", "-", "@", "\t")
_MOST_CHARACTERS = 32_767
_MOST_ROW_PT = 409.0
#: The parts of a cell over several rows; low ones, so that pages are filled.
_PART_PT = 100.0
_PADDING_PX = 9


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """How a cell looks. ``left`` to ``bottom`` are border colours, empty for none."""

    size_pt: float = 9
    bold: bool = False
    italic: bool = False
    colour: str = INK
    fill: str = ""
    align: str = "left"
    valign: str = "vcenter"
    number_format: str = ""
    top: str = ""
    bottom: str = ""
    line: int = 1
    indent: int = 0
    quoted: bool = False
    font: str = LATIN_FONT


class StyleBook:
    """The formats of one workbook, each made once."""

    def __init__(self, book: Workbook, language: str) -> None:
        self._book = book
        self._font = LATIN_FONT if language == "en" else CHINESE_FONT
        self._formats: dict[Style, Format] = {}

    def wide(self, text: str) -> bool:
        """Whether ``text`` is set in the Chinese font."""
        return self._font == CHINESE_FONT or has_han(text)

    def format(self, style: Style, text: str = "") -> Format:
        """The workbook's format for ``style`` around ``text``."""
        style = replace(
            style,
            quoted=text.startswith(_FORMULA_STARTS),
            font=CHINESE_FONT if text and self.wide(text) else LATIN_FONT,
        )
        if style not in self._formats:
            self._formats[style] = self._book.add_format(_properties(style))
        return self._formats[style]


def _properties(style: Style) -> dict[str, object]:
    properties: dict[str, object] = {
        "font_name": style.font,
        "font_size": style.size_pt,
        "font_color": style.colour,
        "align": style.align,
        "valign": style.valign,
        "text_wrap": not style.number_format,
        "bold": style.bold,
        "italic": style.italic,
        "indent": style.indent,
        "quote_prefix": style.quoted,
    }
    if style.number_format:
        properties["num_format"] = style.number_format
    if style.fill:
        properties |= {"bg_color": style.fill, "pattern": 1}
    for side in ("top", "bottom"):
        colour = getattr(style, side)
        if colour:
            properties |= {side: style.line, f"{side}_color": colour}
    return properties


#: A text with the cells it stands in and its look.
Placed = tuple[tuple[int, int], str, Style]


@dataclass(frozen=True, slots=True)
class _Picture:
    picture: PaperPicture
    row: int
    first: int
    last: int
    centred: bool
    description: str


class SheetPen:
    """Writes into one sheet; row heights grow with what is put into them."""

    def __init__(self, sheet: Worksheet, styles: StyleBook, *, widths_px: Sequence[int]) -> None:
        self.sheet = sheet
        self._styles = styles
        self._widths = tuple(widths_px)
        self._heights: dict[int, float] = {}
        self._depths: dict[int, int] = {}
        self._pictures: list[_Picture] = []
        for column, width in enumerate(self._widths):
            sheet.set_column_pixels(column, column, width)

    @property
    def columns(self) -> int:
        """How many columns the sheet has."""
        return len(self._widths)

    def deepen(self, row: int, texts: Iterable[Placed]) -> int:
        """Lets the cells of ``row`` reach over as many rows as its longest text needs, since one
        row can only be so high; returns the row after them. To be asked before they are written.
        """
        needed = max((self._needed_pt(*placed) for placed in texts), default=0.0)
        depth = math.ceil(needed / _PART_PT) if needed > _MOST_ROW_PT else 1
        if depth > 1:
            self._depths[row] = depth
        return row + depth

    def _needed_pt(self, span: tuple[int, int], text: str, style: Style) -> float:
        room = sum(self._widths[span[0] : span[1] + 1]) - _PADDING_PX - style.indent * 9
        lines = wrapped_lines(text, max(room, 8), size_pt=style.size_pt, bold=style.bold)
        return height_pt(lines, style.size_pt, wide=self._styles.wide(text)) + 4

    def text(self, row: int, span: tuple[int, int], text: str, style: Style) -> None:
        """Puts ``text`` into the cells ``span`` (first and last column) of ``row``, as a text."""
        text = clean(text)[:_MOST_CHARACTERS]
        cell_format = self._span(row, span, text, style)
        if text:
            self.sheet.write_string(row, span[0], text, cell_format)
            self.at_least(row, self._needed_pt(span, text, style))

    def number(self, row: int, span: tuple[int, int], value: Decimal, style: Style) -> None:
        """Puts a number into ``span`` of ``row``."""
        cell_format = self._span(row, span, "", style)
        self.sheet.write_number(row, span[0], float(value), cell_format)
        self.at_least(row, height_pt(1, style.size_pt) + 4)

    def formula(
        self, row: int, span: tuple[int, int], formula: str, *, value: Decimal, style: Style
    ) -> None:
        """Puts a formula of ours with its ``value``, for viewers that don't calculate."""
        cell_format = self._span(row, span, "", style)
        shown = int(value) if value == value.to_integral_value() else float(value)
        self.sheet.write_formula(row, span[0], formula, cell_format, shown)
        self.at_least(row, height_pt(1, style.size_pt) + 4)

    def blank(self, row: int, span: tuple[int, int], style: Style) -> None:
        """Gives the empty cells ``span`` of ``row`` a look, each by itself."""
        for column in range(span[0], span[1] + 1):
            self._span(row, (column, column), "", style)

    def _span(self, row: int, span: tuple[int, int], text: str, style: Style) -> Format:
        if row in self._depths:
            style = replace(style, valign="top")
        cell_format = self._styles.format(style, text)
        first, last = span
        bottom = row + self._depths.get(row, 1) - 1
        if last > first or bottom > row:
            self.sheet.merge_range(row, first, bottom, last, "", cell_format)
        else:
            self.sheet.write_blank(row, first, None, cell_format)
        return cell_format

    def at_least(self, row: int, points: float) -> None:
        """Makes ``row`` at least ``points`` high, with the rows its cells reach over."""
        depth = self._depths.get(row, 1)
        for each in range(row, row + depth):
            share = max(self._heights.get(each, 0.0), points / depth)
            self._heights[each] = min(share, _MOST_ROW_PT)

    def height_px(self, first: int, last: int) -> float:
        """The height of the rows ``first`` to ``last`` in pixels, as far as they are written."""
        return sum(self._heights.get(row, 15.0) for row in range(first, last + 1)) * PX_PER_PT

    def picture(
        self,
        row: int,
        span: tuple[int, int],
        picture: PaperPicture,
        *,
        centred: bool = True,
        grow: bool = True,
        description: str = "",
    ) -> None:
        """Puts ``picture`` into ``span`` of ``row``, centred in it; the row grows to hold it."""
        if grow:
            self.at_least(row, (picture.height_px + 8) / PX_PER_PT)
        self._pictures.append(_Picture(picture, row, *span, centred, clean(description)[:250]))

    def finish(self) -> None:
        """Sets the row heights, then the pictures, whose place depends on them."""
        for row, points in self._heights.items():
            self.sheet.set_row(row, points)
        for placed in self._pictures:
            self._place(placed)

    def _place(self, placed: _Picture) -> None:
        picture = placed.picture
        width = sum(self._widths[placed.first : placed.last + 1])
        last = placed.row + self._depths.get(placed.row, 1) - 1
        height = round(self.height_px(placed.row, last))
        left = (width - picture.width_px) / 2 if placed.centred else 4
        is_deep = placed.row in self._depths
        top = (height - picture.height_px) / 2 if placed.centred and not is_deep else 2
        self.sheet.insert_image(
            placed.row,
            placed.first,
            "picture." + picture.format,
            {
                "image_data": io.BytesIO(picture.data),
                "x_offset": max(left, 1),
                "y_offset": max(top, 1),
                "x_scale": picture.width_px / picture.pixel_width,
                "y_scale": picture.height_px / picture.pixel_height,
                "object_position": 1,
                "description": placed.description,
                "decorative": not placed.description,
            },
        )
