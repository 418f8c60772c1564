"""Owns the table of goods: which columns a paper has, and what stands in them.

A column is there only when a line has something for it; their order is that of the export
quotation sheets of the trade. Must not know cells or pages.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from app.kernel.decimals import decimal_text
from app.papers.amounts import (
    amount_of,
    break_points,
    cartons_of,
    line_volume,
    tiers_of,
    volume_per_carton,
)
from app.papers.content import Bilingual, CartonPacking, LineKind, PaperLine, QuotationPaper
from app.papers.labels import Labels


class ColumnKind(StrEnum):
    """What a column holds."""

    LINE_NUMBER = "line_number"
    PHOTO = "photo"
    ITEM_NUMBER = "item_number"
    NAME = "name"
    DESCRIPTION = "description"
    MINIMUM_ORDER = "minimum_order"
    QUANTITY = "quantity"
    UNIT = "unit"
    PRICE = "price"
    AMOUNT = "amount"
    PACKING = "packing"
    PIECES_PER_CARTON = "pieces_per_carton"
    CARTON_SIZE = "carton_size"
    CARTONS = "cartons"
    VOLUME_PER_CARTON = "volume_per_carton"
    LINE_VOLUME = "line_volume"
    NET_WEIGHT = "net_weight"
    GROSS_WEIGHT = "gross_weight"
    #: Both weights in one cell, where a page has no room for two columns.
    WEIGHTS = "weights"
    CONTAINER_QUANTITIES = "container_quantities"
    LEAD_TIME = "lead_time"
    HS_CODE = "hs_code"
    REMARKS = "remarks"


@dataclass(frozen=True, slots=True)
class Room:
    """How wide a column may be, in pixels, and whether it takes what is left of the page."""

    least_px: int
    most_px: int
    stretch: int = 0


_TEXT = {
    ColumnKind.ITEM_NUMBER: Room(58, 104),
    ColumnKind.NAME: Room(96, 160, 2),
    ColumnKind.DESCRIPTION: Room(132, 220, 4),
    ColumnKind.MINIMUM_ORDER: Room(46, 84),
    ColumnKind.UNIT: Room(36, 60),
    ColumnKind.PACKING: Room(92, 130, 1),
    ColumnKind.CARTON_SIZE: Room(60, 100),
    ColumnKind.WEIGHTS: Room(50, 78),
    ColumnKind.CONTAINER_QUANTITIES: Room(58, 70),
    ColumnKind.LEAD_TIME: Room(56, 100),
    ColumnKind.HS_CODE: Room(60, 92),
    ColumnKind.REMARKS: Room(72, 170, 2),
}
_NUMBER = Room(40, 96)

#: Columns whose text stands at the left; all other texts are centred, numbers are at the right.
LEFT_ALIGNED = frozenset(
    [ColumnKind.NAME, ColumnKind.DESCRIPTION, ColumnKind.PACKING, ColumnKind.REMARKS]
)

#: Columns that hold numbers, and those of them with a sum below.
SUMMED = frozenset([ColumnKind.AMOUNT, ColumnKind.CARTONS, ColumnKind.LINE_VOLUME])
NUMBERS = SUMMED | {
    ColumnKind.QUANTITY,
    ColumnKind.PRICE,
    ColumnKind.PIECES_PER_CARTON,
    ColumnKind.VOLUME_PER_CARTON,
    ColumnKind.NET_WEIGHT,
    ColumnKind.GROSS_WEIGHT,
}

_HEADINGS = {
    ColumnKind.LINE_NUMBER: "papers.column.line_number",
    ColumnKind.PHOTO: "papers.column.photo",
    ColumnKind.ITEM_NUMBER: "papers.column.item_number",
    ColumnKind.NAME: "papers.column.name",
    ColumnKind.DESCRIPTION: "papers.column.description",
    ColumnKind.MINIMUM_ORDER: "papers.column.minimum_order",
    ColumnKind.QUANTITY: "papers.column.quantity",
    ColumnKind.UNIT: "papers.column.unit",
    ColumnKind.PRICE: "papers.column.price",
    ColumnKind.AMOUNT: "papers.column.amount",
    ColumnKind.PACKING: "papers.column.packing",
    ColumnKind.PIECES_PER_CARTON: "papers.column.pieces_per_carton",
    ColumnKind.CARTON_SIZE: "papers.column.carton_size",
    ColumnKind.CARTONS: "papers.column.cartons",
    ColumnKind.VOLUME_PER_CARTON: "papers.column.volume_per_carton",
    ColumnKind.LINE_VOLUME: "papers.column.line_volume",
    ColumnKind.NET_WEIGHT: "papers.column.net_weight",
    ColumnKind.GROSS_WEIGHT: "papers.column.gross_weight",
    ColumnKind.WEIGHTS: "papers.column.weights",
    ColumnKind.CONTAINER_QUANTITIES: "papers.column.container_quantities",
    ColumnKind.LEAD_TIME: "papers.column.lead_time",
    ColumnKind.HS_CODE: "papers.column.hs_code",
    ColumnKind.REMARKS: "papers.column.remarks",
}


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the table; ``tier_minimum`` where it holds the price from that quantity on."""

    kind: ColumnKind
    heading: str
    room: Room = _NUMBER
    tier_minimum: Decimal | None = None


#: What a cell holds: a text, an exact number, or nothing.
CellValue = str | Decimal | None


def table_columns(
    paper: QuotationPaper,
    labels: Labels,
    *,
    photo_px: int,
    leave_out: frozenset[ColumnKind],
    tiers_apart: bool = True,
) -> tuple[Column, ...]:
    """The columns of ``paper`` that have content, from left to right.

    Prices by quantity have a column each with ``tiers_apart``, else they stand in one.
    """
    goods = [line for line in paper.lines if line.kind is not LineKind.HEADING]
    breaks = break_points(goods) if tiers_apart else ()
    columns: list[Column] = []
    for kind in ColumnKind:
        if kind in leave_out:
            continue
        if kind is ColumnKind.PRICE:
            columns += _price_columns(paper, labels, breaks)
        elif kind is ColumnKind.LINE_NUMBER or _has_content(kind, goods, paper, labels.language):
            room = _room(kind, photo_px)
            columns.append(Column(kind, labels.say(_HEADINGS[kind], "\n"), room))
    return tuple(columns)


def _room(kind: ColumnKind, photo_px: int) -> Room:
    if kind is ColumnKind.PHOTO:
        return Room(photo_px + 8, photo_px + 8)
    return Room(42, 44) if kind is ColumnKind.LINE_NUMBER else _TEXT.get(kind, _NUMBER)


def _has_content(
    kind: ColumnKind, goods: Iterable[PaperLine], paper: QuotationPaper, language: str
) -> bool:
    if kind is ColumnKind.PHOTO:
        return any(line.picture for line in goods)
    return any(cell_value(kind, line, paper, language) is not None for line in goods)


def _price_columns(
    paper: QuotationPaper, labels: Labels, breaks: tuple[Decimal, ...]
) -> list[Column]:
    goods = [line for line in paper.lines if line.kind is not LineKind.HEADING]
    if not any(tiers_of(line) for line in goods):
        return []
    term = " ".join(filter(None, (paper.trade_term, paper.trade_place)))
    words = [labels.say(_HEADINGS[ColumnKind.PRICE], "\n"), f"{term} {paper.currency}".strip()]
    if not breaks:
        wide = any(len(line.tiers) > 1 for line in goods)
        room = Room(96, 130) if wide else Room(66, 104)
        return [Column(ColumnKind.PRICE, "\n".join(words), room)]
    units = {
        labels.text(line.unit, "/").split("/")[0] for line in goods if line.tiers and line.unit
    }
    unit = f" {units.pop()}" if len(units) == 1 else ""
    return [
        Column(
            ColumnKind.PRICE,
            "\n".join([f"{paper.currency} {term}".strip(), f"≥ {decimal_text(minimum)}{unit}"]),
            Room(62, 96),
            minimum,
        )
        for minimum in breaks
    ]


def price_in(column: Column, line: PaperLine, breaks: tuple[Decimal, ...]) -> Decimal | None:
    """The price ``line`` has in a tier column; a single price stands in the first one."""
    if not line.tiers:
        return line.unit_price if column.tier_minimum == breaks[0] else None
    return next(
        (tier.unit_price for tier in line.tiers if tier.minimum == column.tier_minimum), None
    )


def cell_value(
    kind: ColumnKind, line: PaperLine, paper: QuotationPaper, language: str
) -> CellValue:
    """What ``line`` has for a column that is neither its number, its photo nor a tier."""
    if kind is ColumnKind.AMOUNT:
        return amount_of(line, paper.currency)
    if kind is ColumnKind.PRICE:
        return _price_text(line, paper)
    if kind is ColumnKind.MINIMUM_ORDER:
        return minimum_order(line, language) or None
    if kind not in _VALUES:
        return None
    value = _VALUES[kind](line)
    if isinstance(value, Bilingual):
        value = value.said(language, "/" if kind is ColumnKind.UNIT else "\n")
    return value if isinstance(value, Decimal) else (value or None)


def _price_text(line: PaperLine, paper: QuotationPaper) -> CellValue:
    """The single price, or all tiers as text: ``500+: 1.95``."""
    tiers = tiers_of(line)
    if len(tiers) < 2:
        return tiers[0].unit_price if tiers else None
    places = paper.price_decimals
    return "\n".join(f"{decimal_text(t.minimum)}+: {t.unit_price:.{places}f}" for t in tiers)


def minimum_order(line: PaperLine, language: str) -> str:
    """``1,000 pcs``, ``1,000 个``: the least quantity in the line's unit; empty where none is said."""
    if line.minimum_order is None:
        return ""
    return f"{line.minimum_order.normalize():,f} {line.unit.said(language, '/')}".strip()


def weights(packing: CartonPacking) -> str:
    """One carton's net and gross weight in kg: ``9.6 / 10.8``."""
    return _side_by_side(packing.net_weight_kg, packing.gross_weight_kg)


def container_quantities(packing: CartonPacking) -> str:
    """How many fill a 20', a 40' and a 40HQ: ``4,666 / 9,666 / 11,333``."""
    return _side_by_side(packing.quantity_20gp, packing.quantity_40gp, packing.quantity_40hq)


def _side_by_side(*figures: Decimal | None) -> str:
    """A dash where one is missing, empty where all are."""
    if not any(figures):
        return ""
    return " / ".join("–" if figure is None else f"{figure.normalize():,f}" for figure in figures)


def carton_size(packing: CartonPacking) -> str:
    """``50×40×30``, in cm."""
    sides = (packing.length_cm, packing.width_cm, packing.height_cm)
    return "×".join(decimal_text(side) for side in sides if side is not None)


_VALUES: dict[ColumnKind, Callable[[PaperLine], CellValue | Bilingual]] = {
    ColumnKind.ITEM_NUMBER: lambda line: line.item_number,
    ColumnKind.NAME: lambda line: line.name,
    ColumnKind.DESCRIPTION: lambda line: line.description,
    ColumnKind.QUANTITY: lambda line: line.quantity,
    ColumnKind.UNIT: lambda line: line.unit,
    ColumnKind.PACKING: lambda line: line.packing.text,
    ColumnKind.PIECES_PER_CARTON: lambda line: line.packing.pieces_per_carton,
    ColumnKind.CARTON_SIZE: lambda line: carton_size(line.packing),
    ColumnKind.CARTONS: cartons_of,
    ColumnKind.VOLUME_PER_CARTON: lambda line: volume_per_carton(line.packing),
    ColumnKind.LINE_VOLUME: line_volume,
    ColumnKind.NET_WEIGHT: lambda line: line.packing.net_weight_kg,
    ColumnKind.GROSS_WEIGHT: lambda line: line.packing.gross_weight_kg,
    ColumnKind.WEIGHTS: lambda line: weights(line.packing),
    ColumnKind.CONTAINER_QUANTITIES: lambda line: container_quantities(line.packing),
    ColumnKind.LEAD_TIME: lambda line: line.lead_time,
    ColumnKind.HS_CODE: lambda line: line.hs_code,
    ColumnKind.REMARKS: lambda line: line.remarks,
}
