"""Owns the letters of a PDF: the shipped font with Latin, Greek, Cyrillic and Chinese, and wrapping.

Must not read fonts of the computer: the same paper gives the same PDF everywhere.
"""

from __future__ import annotations

import functools
import re
from importlib.resources import as_file

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from app.kernel.text import clean
from resources import resource

REGULAR = "EntrepotSansSC-Regular"
BOLD = "EntrepotSansSC-Bold"
#: Pieces a line may be broken between: each Chinese character, words, spaces.
_PIECES = re.compile(r"[\u2e80-\uffef]|[^\s\u2e80-\uffef]+|\s+")
#: Marks that may not begin a line.
_CLOSING = frozenset("，。、；：？！）》」』】〕％…·”’,.;:?!)]}%")


@functools.cache
def ready_fonts() -> None:
    """Makes the shipped fonts known to the PDF library, once a process."""
    for name in (REGULAR, BOLD):
        with as_file(resource("fonts", f"{name}.ttf")) as file:
            pdfmetrics.registerFont(TTFont(name, str(file)))


@functools.cache
def _glyphs(font: str) -> frozenset[int]:
    return frozenset(pdfmetrics.getFont(font).face.charToGlyph)


def font_for(text: str, *, bold: bool) -> str:
    """The font that has every letter of ``text``; the bold one lacks the rarest characters."""
    ready_fonts()
    if bold and all(ord(character) in _glyphs(BOLD) for character in text if character > " "):
        return BOLD
    return REGULAR


def printable(text: str) -> str:
    """``text`` without control characters and tabs, fit to be drawn."""
    return clean(text).replace("\t", "  ")


def wrapped(text: str, width: float, *, size: float, bold: bool = False) -> list[str]:
    """The lines of ``text`` in a box ``width`` points wide."""
    text = printable(text)
    font = font_for(text, bold=bold)
    lines: list[str] = []
    for paragraph in text.split("\n"):
        lines += _wrapped_line(paragraph, width, (font, size))
    return lines


def _wrapped_line(text: str, width: float, type_: tuple[str, float]) -> list[str]:
    font, size = type_
    if pdfmetrics.stringWidth(text, font, size) <= width:
        return [text]
    lines: list[str] = []
    line, used = "", 0.0
    for piece in _pieces(text, width, type_):
        wide = pdfmetrics.stringWidth(piece, font, size)
        if used + wide > width and line.strip() and piece not in _CLOSING:
            lines.append(line.rstrip())
            line, used = "", 0.0
            if piece.isspace():
                continue
        line += piece
        used += wide
    return [*lines, line.rstrip()]


def _pieces(text: str, width: float, type_: tuple[str, float]) -> list[str]:
    """The pieces of ``text``; a word too long for any line comes letter by letter."""
    pieces: list[str] = []
    for piece in _PIECES.findall(text):
        if len(piece) > 1 and pdfmetrics.stringWidth(piece, *type_) > width:
            pieces += piece
        else:
            pieces.append(piece)
    return pieces
