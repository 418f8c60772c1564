"""Owns how papers look: colours, fonts, sizes, and the three built-in templates.

Must not draw; the sheet and the PDF both follow it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from app.papers.columns import ColumnKind
from app.papers.pictures import Box

ACCENT = "#1F5C7A"
TINT = "#E8F0F4"
INK = "#1E2529"
MUTED = "#66747C"
HAIRLINE = "#C5D0D6"

#: Shipped with Windows and with Office on the Mac.
CHINESE_FONT = "Microsoft YaHei"
LATIN_FONT = "Arial"


class PaperSize(StrEnum):
    """The sheet of paper it is printed on."""

    A4 = "A4"
    LETTER = "Letter"


@dataclass(frozen=True, slots=True)
class PageRoom:
    """What is left of a page between its margins, in pixels at 96 to the inch."""

    portrait_px: int
    landscape_px: int
    portrait_height_px: int
    landscape_height_px: int


PAGE_ROOM = {
    PaperSize.A4: PageRoom(718, 1046, 1004, 676),
    PaperSize.LETTER: PageRoom(740, 980, 938, 698),
}
#: A table has rather a column less than smaller letters on the page.
LEAST_PRINT_PT = 6.6
#: The margin left and right, in inches; above and below it is half as wide again.
MARGIN_INCHES = 0.4


@dataclass(frozen=True, slots=True)
class Look:
    """A built-in template: picture size, text sizes in points, columns it leaves out."""

    name: str
    photo: Box
    body_pt: float
    leave_out: frozenset[ColumnKind] = frozenset()
    cards: bool = False


CLASSIC = Look("classic", Box(92, 92), 9)
COMPACT = Look(
    "compact",
    Box(44, 44),
    8,
    frozenset(
        [
            ColumnKind.CARTON_SIZE,
            ColumnKind.VOLUME_PER_CARTON,
            ColumnKind.NET_WEIGHT,
            ColumnKind.GROSS_WEIGHT,
            ColumnKind.WEIGHTS,
            ColumnKind.CONTAINER_QUANTITIES,
            ColumnKind.CARTONS,
            ColumnKind.LINE_VOLUME,
            ColumnKind.PACKING,
        ]
    ),
)
CATALOGUE = Look("catalogue", Box(208, 190), 9, cards=True)

#: The built-in templates by the name a user chooses them with.
LOOKS = {look.name: look for look in (CLASSIC, COMPACT, CATALOGUE)}
LOGO_BOX = Box(190, 62)
SIGNATURE_BOX = Box(170, 70)
