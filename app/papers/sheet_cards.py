"""Owns the catalogue in a sheet: products as cards, three beside each other, with big pictures.

Must not calculate; a catalogue has no formulas.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from app.papers.cards import CARDS_A_ROW, Card, card_rows, texts_side_by_side
from app.papers.columns import Column, ColumnKind
from app.papers.content import PictureSource, QuotationPaper
from app.papers.geometry import TableGeometry
from app.papers.labels import Labels
from app.papers.look import ACCENT, HAIRLINE, MUTED, PAGE_ROOM, TINT, Look, PaperSize
from app.papers.pictures import PaperPicture
from app.papers.sheet_pen import SheetPen, Style

_GAP_PX = 14
_MOST_CHARACTERS, _FEWEST_CHARACTERS = 320, 60
_HEADING = Style(size_pt=12, bold=True, colour=ACCENT, bottom=HAIRLINE)
_PICTURE = Style(top=HAIRLINE)
_NUMBER = Style(size_pt=8, colour=MUTED, valign="top")
_NAME = Style(size_pt=10, bold=True, valign="top")
_TEXT = Style(size_pt=8, valign="top")
_PRICE = Style(size_pt=10, bold=True, colour=ACCENT, fill=TINT, indent=1)
_FACTS = Style(size_pt=8, colour=MUTED, valign="top")
#: Of the texts of a card, from top to bottom.
_STYLES = (_NUMBER, _NAME, _TEXT, _PRICE, _FACTS)


def cards_geometry(paper_size: PaperSize) -> TableGeometry:
    """The columns of the cards and the gaps between them, over the width of an upright page."""
    room = PAGE_ROOM[paper_size].portrait_px - _GAP_PX * (CARDS_A_ROW - 1)
    widths: list[int] = []
    for index in range(CARDS_A_ROW):
        widths += [_GAP_PX] if index else []
        widths.append(room // CARDS_A_ROW)
    blank = Column(ColumnKind.PHOTO, "")
    return TableGeometry((blank,) * len(widths), tuple(widths), landscape=False)


def page_breaks(pen: SheetPen, blocks: Sequence[int], end: int, *, page_px: float) -> list[int]:
    """The rows before which a page ends, so that no card is cut."""
    breaks: list[int] = []
    top = 0
    for block, following in pairwise([*blocks, end]):
        if block > top and pen.height_px(top, following - 1) > page_px:
            breaks.append(block)
            top = block
    return breaks


def _shortened(text: str) -> str:
    """A description that a card has room for; a longer part ends with dots, as on any catalogue."""
    parts = text.split("\n")
    most = max(_MOST_CHARACTERS // len(parts), _FEWEST_CHARACTERS)
    return "\n".join(
        part if len(part) <= most else part[:most].rsplit(" ", 1)[0].rstrip(" ,.;，。；") + " …"
        for part in parts
    )


@dataclass(frozen=True, slots=True)
class CardWriter:
    """Writes the cards of one paper."""

    pen: SheetPen
    paper: QuotationPaper
    labels: Labels
    look: Look
    pictures: Mapping[PictureSource, PaperPicture]

    def write(self, row: int) -> tuple[int, list[int]]:
        """Writes the cards from ``row`` on; returns the row after the last and each block's first."""
        blocks: list[int] = []
        for heading, cards in card_rows(self.paper, self.labels):
            blocks.append(row)
            if heading:
                self.pen.text(row, (0, self.pen.columns - 1), heading, _HEADING)
                self.pen.at_least(row, 22)
                self.pen.at_least(row + 1, 6)
                row += 2
            if cards:
                row = self._cards(row, cards)
                self.pen.at_least(row, 12)
                row += 1
        return row, blocks

    def _cards(self, row: int, cards: Sequence[Card]) -> int:
        """Writes cards beside each other; what none of them says takes no room."""
        self.pen.at_least(row, 12)
        for place, card in enumerate(cards):
            span = (place * 2,) * 2
            self.pen.blank(row, span, _PICTURE)
            picture = self.pictures.get(card.line.picture) if card.line.picture else None
            if picture is not None:
                self.pen.picture(row, span, picture, description=card.item_number or card.name)
        for style, texts in zip(_STYLES, texts_side_by_side(cards), strict=True):
            if not any(texts):
                continue
            row += 1
            for place, text in enumerate(texts):
                shown = style if text or style is not _PRICE else _TEXT
                said = _shortened(text) if style is _TEXT else text
                self.pen.text(row, (place * 2,) * 2, said, shown)
        return row + 1
