"""Owns a grid of styled texts and pictures in a PDF, and how it becomes one table of the page.

Must not know what a quotation is.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from reportlab.lib.colors import HexColor
from reportlab.platypus import Image, Table, TableStyle

from app.papers.look import INK
from app.papers.pdf_text import font_for, wrapped
from app.papers.pictures import PaperPicture

PT_PER_PX = 0.75
_LEADING = 1.3
_SIDE_PT = 3.0
_NO_LIMIT_PT = 10_000.0
#: A quarter of an A4 page that lies; what is taller comes in parts, so that a page may end in it.
_TALLEST_ROW_PT = 140.0
#: As high as a picture.
_PART_PT = 84.0

#: A command of the PDF library's table style.
Command = tuple[object, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ink:
    """How a text looks in a PDF."""

    size: float = 8.5
    bold: bool = False
    colour: str = INK
    fill: str = ""
    align: str = "LEFT"
    valign: str = "MIDDLE"
    above: str = ""
    below: str = ""
    pad: float = 3.0
    wrap: bool = True
    most_lines: int | None = None


def pdf_picture(picture: PaperPicture, scale: float = 1.0) -> Image:
    """A picture at its shown size times ``scale``."""
    width = picture.width_px * PT_PER_PX * scale
    height = picture.height_px * PT_PER_PX * scale
    return Image(io.BytesIO(picture.data), width=width, height=height)


@dataclass(slots=True)
class CellGrid:
    """Rows of cells under construction; ``widths`` in points."""

    widths: Sequence[float]
    rows: list[list[object]] = field(default_factory=list)
    commands: list[Command] = field(default_factory=list)

    def add_row(self) -> int:
        """Adds an empty row; returns its index."""
        self.rows.append([""] * len(self.widths))
        return len(self.rows) - 1

    def put(self, row: int, span: tuple[int, int], content: str | Image, ink: Ink) -> None:
        """Puts a text, wrapped to the cells ``span``, or a picture into ``row``."""
        first = span[0]
        if isinstance(content, str):
            self.rows[row][first] = "\n".join(self._lines(span, content, ink)[: ink.most_lines])
        else:
            self.rows[row][first] = content
        self._look(row, span, ink, content if isinstance(content, str) else "")

    def put_all(self, cells: Sequence[tuple[tuple[int, int], str | Image, Ink]]) -> None:
        """Adds a row of cells; a long text goes on in the rows below, as if they were one."""
        texts = [
            self._lines(span, content, ink) if isinstance(content, str) else []
            for span, content, ink in cells
        ]
        longest = max(map(len, texts)) or 1
        line_pt = min(ink.size for _, _, ink in cells) * _LEADING
        is_tall = longest * line_pt > _TALLEST_ROW_PT
        most = int(_PART_PT / line_pt) if is_tall else longest
        first = len(self.rows)
        for start in range(0, longest, most):
            row, is_last = self.add_row(), start + most >= longest
            for (span, content, ink), lines in zip(cells, texts, strict=True):
                part = "\n".join(lines[start : start + most])
                picture = "" if start or isinstance(content, str) else content
                ink = replace(ink, below=ink.below if is_last else "")
                self.put(row, span, picture or part, replace(ink, valign="TOP") if is_tall else ink)
        if first < len(self.rows) - 1:
            self.commands.append(("BOTTOMPADDING", (0, first), (-1, len(self.rows) - 2), 0))
            self.commands.append(("TOPPADDING", (0, first + 1), (-1, len(self.rows) - 1), 0))

    def _lines(self, span: tuple[int, int], text: str, ink: Ink) -> list[str]:
        room = sum(self.widths[span[0] : span[1] + 1]) - 2 * _SIDE_PT if ink.wrap else _NO_LIMIT_PT
        return wrapped(text, room, size=ink.size, bold=ink.bold)

    def _look(self, row: int, span: tuple[int, int], ink: Ink, text: str) -> None:
        begin, end = (span[0], row), (span[1], row)
        add = self.commands.append
        if span[1] > span[0]:
            add(("SPAN", begin, end))
        add(("FONT", begin, end, font_for(text, bold=ink.bold), ink.size, ink.size * _LEADING))
        add(("TEXTCOLOR", begin, end, HexColor(ink.colour)))
        add(("ALIGN", begin, end, ink.align))
        add(("VALIGN", begin, end, ink.valign))
        add(("TOPPADDING", begin, end, ink.pad))
        add(("BOTTOMPADDING", begin, end, ink.pad))
        self.paint(row, span, ink)

    def paint(self, row: int, span: tuple[int, int], ink: Ink) -> None:
        """Gives ``span`` of ``row`` the fill and the lines of ``ink``."""
        begin, end = (span[0], row), (span[1], row)
        if ink.fill:
            self.commands.append(("BACKGROUND", begin, end, HexColor(ink.fill)))
        if ink.above:
            self.commands.append(("LINEABOVE", begin, end, 0.5, HexColor(ink.above)))
        if ink.below:
            self.commands.append(("LINEBELOW", begin, end, 0.5, HexColor(ink.below)))

    def keep_together(self, first: int, last: int) -> None:
        """Lets no page end between the rows ``first`` and ``last``."""
        self.commands.append(("NOSPLIT", (0, first), (-1, last)))

    def table(self, *, heading_rows: int = 0, height_pt: float | None = None) -> Table:
        """The finished table; its first ``heading_rows`` rows come again on each page."""
        sides = [
            ("LEFTPADDING", (0, 0), (-1, -1), _SIDE_PT),
            ("RIGHTPADDING", (0, 0), (-1, -1), _SIDE_PT),
        ]
        return Table(
            self.rows,
            colWidths=list(self.widths),
            rowHeights=height_pt,
            repeatRows=heading_rows,
            style=TableStyle([*sides, *self.commands]),
            hAlign="LEFT",
        )
