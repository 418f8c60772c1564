"""Owns how wide a text is and how many lines it takes, for column widths and row heights.

Must not draw. Widths are those of Arial (Helvetica's metrics) with a little room for wider fonts;
a Chinese character is as wide as its size.
"""

from __future__ import annotations

import functools
import re

from reportlab.pdfbase.pdfmetrics import stringWidth

PX_PER_PT = 96 / 72
#: Microsoft YaHei and the like are wider and taller than Arial.
_ROOM = 1.07
_FIRST_WIDE = 0x2E80
_PIECES = re.compile(r"[\u2e80-\uffef]|[^\s\u2e80-\uffef]+|\s+")


@functools.lru_cache(maxsize=4096)
def _em_width(character: str, bold: bool) -> float:
    if ord(character) >= _FIRST_WIDE:
        return 1.0
    return float(stringWidth(character, "Helvetica-Bold" if bold else "Helvetica", 1.0)) * _ROOM


def text_width_px(text: str, *, size_pt: float, bold: bool = False) -> float:
    """The width of one line of ``text`` in pixels at 96 to the inch."""
    return sum(_em_width(character, bold) for character in text) * size_pt * PX_PER_PT


def widest_px(text: str, *, size_pt: float, bold: bool = False) -> float:
    """The width of the longest line of ``text``, in pixels."""
    lines = text.split("\n")
    return max(text_width_px(line, size_pt=size_pt, bold=bold) for line in lines)


def wrapped_lines(text: str, width_px: float, *, size_pt: float, bold: bool = False) -> int:
    """How many lines ``text`` takes when wrapped to ``width_px``."""
    room = width_px / (size_pt * PX_PER_PT)
    return sum(_lines_of(line, room, bold) for line in text.split("\n"))


def _lines_of(line: str, room: float, bold: bool) -> int:
    lines, used = 1, 0.0
    for piece in _PIECES.findall(line):
        width = sum(_em_width(character, bold) for character in piece)
        if used + width <= room:
            used += width
        elif piece.isspace():
            used = room
        else:
            overflow = int(width // room) if width > room else 0
            lines += overflow + (1 if used else 0)
            used = width - overflow * room
    return lines


def height_pt(lines: int, size_pt: float, *, wide: bool = False) -> float:
    """The height of ``lines`` lines in points; ``wide`` for a Chinese font, whose lines are taller."""
    return lines * size_pt * (1.45 if wide else 1.22)
