"""Owns the figures of a paper: amounts, totals, cartons, volumes and weights, exact.

Must not know cells or pages. The unit price is taken as shown and the amount is unit × quantity,
so that a paper adds up when the buyer checks it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal

from app.kernel.decimals import CALCULATION, round_to_step
from app.kernel.money import minor_unit
from app.papers.content import (
    Adjustment,
    CartonPacking,
    LineKind,
    PaperLine,
    PriceTier,
    QuotationPaper,
)

#: More break points than this and the tiers are written as text in one cell.
MOST_TIER_COLUMNS = 5
#: The step totals of volume are rounded to, in m³.
VOLUME_STEP_CBM = Decimal("0.001")
_CM3_PER_CBM = 1_000_000


def counts(line: PaperLine) -> bool:
    """Whether the line's amount and cartons are part of the totals."""
    return line.kind in (LineKind.ITEM, LineKind.FREE)


def tiers_of(line: PaperLine) -> tuple[PriceTier, ...]:
    """The line's tiers from the smallest quantity on; a single price is a tier from zero."""
    if line.tiers:
        return tuple(sorted(line.tiers, key=lambda tier: tier.minimum))
    return () if line.unit_price is None else (PriceTier(Decimal(0), line.unit_price),)


def break_points(lines: Iterable[PaperLine]) -> tuple[Decimal, ...]:
    """The quantities at which prices change, as price columns.

    Empty when no line has tiers, and when there are too many different ones for columns.
    """
    minima = sorted({tier.minimum for line in lines for tier in line.tiers})
    return tuple(minima) if len(minima) <= MOST_TIER_COLUMNS else ()


def price_for(line: PaperLine) -> Decimal | None:
    """The unit price at the line's quantity; the first tier's below the first minimum."""
    tiers = tiers_of(line)
    if not tiers:
        return None
    quantity = line.quantity or Decimal(0)
    reached = [tier for tier in tiers if tier.minimum <= quantity]
    return (reached[-1] if reached else tiers[0]).unit_price


def amount_of(line: PaperLine, currency: str) -> Decimal | None:
    """Unit price × quantity in the currency's smallest unit; ``None`` where either is missing."""
    price = price_for(line)
    if price is None or line.quantity is None or line.kind is LineKind.HEADING:
        return None
    return round_to_step(CALCULATION.multiply(price, line.quantity), minor_unit(currency))


def volume_per_carton(packing: CartonPacking) -> Decimal | None:
    """One carton's volume in m³: as given, or from its size (L × W × H in cm / 1,000,000)."""
    if packing.volume_cbm is not None:
        return packing.volume_cbm
    size = (packing.length_cm, packing.width_cm, packing.height_cm)
    if None in size:
        return None
    volume = Decimal(1)
    for side in size:
        volume = CALCULATION.multiply(volume, side or Decimal(0))
    return CALCULATION.divide(volume, Decimal(_CM3_PER_CBM)).normalize()


def cartons_of(line: PaperLine) -> Decimal | None:
    """Whole cartons the quantity needs: ceil(quantity / pieces per carton)."""
    pieces = line.packing.pieces_per_carton
    if line.quantity is None or not pieces:
        return None
    return CALCULATION.divide(line.quantity, pieces).to_integral_value(ROUND_CEILING)


def line_volume(line: PaperLine) -> Decimal | None:
    """The volume of all cartons of the line, in m³."""
    each, cartons = volume_per_carton(line.packing), cartons_of(line)
    if each is None or cartons is None:
        return None
    return round_to_step(CALCULATION.multiply(each, cartons), VOLUME_STEP_CBM)


@dataclass(frozen=True, slots=True)
class PaperTotals:
    """The sums of a paper: money in its currency, volume in m³, weights in kg.

    ``None`` where no counted line has the figure.
    """

    goods: Decimal | None
    adjustments: tuple[Decimal, ...]
    total: Decimal | None
    cartons: Decimal | None
    volume_cbm: Decimal | None
    net_weight_kg: Decimal | None
    gross_weight_kg: Decimal | None


def totals_of(paper: QuotationPaper) -> PaperTotals:
    """The sums over the counted lines of ``paper``, with its discounts and charges."""
    lines = [line for line in paper.lines if counts(line)]
    goods = _sum(amount_of(line, paper.currency) for line in lines)
    adjustments = tuple(
        adjustment_amount(adjustment, goods or Decimal(0), paper.currency)
        for adjustment in paper.adjustments
    )
    return PaperTotals(
        goods=goods,
        adjustments=adjustments,
        total=None if goods is None else goods + sum(adjustments, Decimal(0)),
        cartons=_sum(map(cartons_of, lines)),
        volume_cbm=_sum(map(line_volume, lines)),
        net_weight_kg=_sum(_all_cartons(line, line.packing.net_weight_kg) for line in lines),
        gross_weight_kg=_sum(_all_cartons(line, line.packing.gross_weight_kg) for line in lines),
    )


def adjustment_amount(adjustment: Adjustment, goods: Decimal, currency: str) -> Decimal:
    """What a discount or charge comes to on ``goods``, in the currency's smallest unit."""
    if adjustment.percent is not None:
        share = CALCULATION.multiply(goods, adjustment.percent) / 100
        return round_to_step(share, minor_unit(currency))
    return adjustment.amount or Decimal(0)


def instalment_amounts(paper: QuotationPaper, total: Decimal) -> tuple[Decimal, ...]:
    """What each instalment comes to, in the currency's smallest unit; the last one is the rest."""
    shares = (CALCULATION.multiply(total, part.percent) / 100 for part in paper.instalments[:-1])
    before = [round_to_step(share, minor_unit(paper.currency)) for share in shares]
    return (*before, total - sum(before, Decimal(0)))


def _all_cartons(line: PaperLine, each: Decimal | None) -> Decimal | None:
    cartons = cartons_of(line)
    return None if each is None or cartons is None else CALCULATION.multiply(each, cartons)


def _sum(values: Iterable[Decimal | None]) -> Decimal | None:
    present = [value for value in values if value is not None]
    return sum(present, Decimal(0)) if present else None
