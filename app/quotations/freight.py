"""Owns the freight of a shipment by mode: LCL by weight or measure, FCL by container, air by weight.

Volume weights: air 6,000 cm³ a kilogram, express 5,000. Must not know where a tariff is from; the
tariffs are the user's dated data.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal, localcontext
from enum import StrEnum

from app.kernel.decimals import CALCULATION, round_to_step
from app.kernel.errors import AppError
from app.kernel.language import catalogue
from app.quotations.charges import Shipment, UnitCharge, short


class FreightMode(StrEnum):
    """How goods travel the main leg."""

    SEA_LCL = "sea_lcl"
    SEA_FCL = "sea_fcl"
    AIR = "air"
    EXPRESS = "express"
    RAIL_LCL = "rail_lcl"
    RAIL_FCL = "rail_fcl"

    @property
    def is_by_sea(self) -> bool:
        """Whether the sea terms (FAS, FOB, CFR, CIF) fit."""
        return self in (FreightMode.SEA_LCL, FreightMode.SEA_FCL)


#: cm³ that count as one kilogram; the carrier's own figure may differ and can be set on the rate.
VOLUME_DIVISORS = {FreightMode.AIR: Decimal(6000), FreightMode.EXPRESS: Decimal(5000)}
#: Carriers round the chargeable weight up to half kilograms.
WEIGHT_STEP_KG = Decimal("0.5")
_BY_MEASURE = (FreightMode.SEA_LCL, FreightMode.RAIL_LCL)
_BY_CONTAINER = (FreightMode.SEA_FCL, FreightMode.RAIL_FCL)


@dataclass(frozen=True, slots=True)
class WeightBreak:
    """The rate per kilogram from ``from_kg`` on."""

    from_kg: Decimal
    per_kg: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class FreightRate:
    """A forwarder's rate for one mode; only the fields of that mode are used.

    ``per_wm`` is for one revenue ton (1 m³ or ``kg_per_cbm``), ``per_cbm`` and ``per_ton`` count
    volume or weight alone, ``per_container`` is for each kind, ``breaks`` for air and express. ``minimum`` is the least that is charged for a shipment.
    """

    mode: FreightMode
    currency: str
    per_wm: Decimal | None = None
    per_cbm: Decimal | None = None
    per_ton: Decimal | None = None
    per_container: tuple[tuple[str, Decimal], ...] = ()
    breaks: tuple[WeightBreak, ...] = ()
    minimum: Decimal = Decimal(0)
    kg_per_cbm: Decimal = Decimal(1000)
    volume_divisor: Decimal | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class FreightTotal:
    """The freight of a whole shipment, and how it was worked out."""

    amount: Decimal
    currency: str
    formula: str


def volume_weight_kg(cbm: Decimal, divisor: Decimal) -> Decimal:
    """Kilograms a volume counts as: cm³ over ``divisor``."""
    with localcontext(CALCULATION):
        return cbm * 1_000_000 / divisor


def chargeable_weight_kg(*, cbm: Decimal, gross_weight_kg: Decimal, divisor: Decimal) -> Decimal:
    """The larger of gross and volume weight, rounded up to half kilograms."""
    heavier = max(gross_weight_kg, volume_weight_kg(cbm, divisor))
    return round_to_step(heavier, WEIGHT_STEP_KG, ROUND_CEILING)


def revenue_tons(
    *, cbm: Decimal, gross_weight_kg: Decimal, kg_per_cbm: Decimal = Decimal(1000)
) -> Decimal:
    """W/M: the larger of cubic metres and tons, at least one."""
    with localcontext(CALCULATION):
        return max(cbm, gross_weight_kg / kg_per_cbm, Decimal(1))


def freight_total(rate: FreightRate, shipment: Shipment) -> FreightTotal:
    """The freight of ``shipment`` at ``rate``; :class:`AppError` where a figure it needs is missing."""
    if rate.mode in _BY_CONTAINER:
        amount, formula = _by_container(rate, shipment)
    elif rate.mode in _BY_MEASURE:
        amount, formula = _by_measure(rate, shipment)
    else:
        amount, formula = _by_weight(rate, shipment)
    if amount < rate.minimum:
        return FreightTotal(rate.minimum, rate.currency, f"min {short(rate.minimum)}")
    return FreightTotal(amount, rate.currency, formula)


def unit_freight(rate: FreightRate, shipment: Shipment | None) -> UnitCharge:
    """What one unit bears of the freight."""
    if shipment is None:
        raise AppError("quotations.freight_needs_quantity")
    total = freight_total(rate, shipment)
    amount = CALCULATION.divide(total.amount, shipment.quantity)
    formula = f"({total.formula}) / {short(shipment.quantity)}"
    return UnitCharge(amount, total.currency, formula)


def _by_container(rate: FreightRate, shipment: Shipment) -> tuple[Decimal, str]:
    if not shipment.containers:
        raise AppError("quotations.freight_needs_containers")
    rates = dict(rate.per_container)
    total = Decimal(0)
    for code, _ in shipment.containers:
        if code not in rates:
            raise AppError("quotations.freight_without_container", container=code)
    with localcontext(CALCULATION):
        for code, count in shipment.containers:
            total += rates[code] * count
    formula = " + ".join(f"{n} × {code} {short(rates[code])}" for code, n in shipment.containers)
    return total, formula


def _by_measure(rate: FreightRate, shipment: Shipment) -> tuple[Decimal, str]:
    if rate.per_wm is None and (rate.per_cbm is not None or rate.per_ton is not None):
        return _by_volume_or_weight(rate, shipment)
    if shipment.cbm is None or rate.per_wm is None:
        raise AppError("quotations.freight_needs_volume")
    tons = revenue_tons(
        cbm=shipment.cbm,
        gross_weight_kg=shipment.gross_weight_kg or Decimal(0),
        kg_per_cbm=rate.kg_per_cbm,
    )
    return CALCULATION.multiply(tons, rate.per_wm), f"{short(tons)} W/M × {short(rate.per_wm)}"


def _by_volume_or_weight(rate: FreightRate, shipment: Shipment) -> tuple[Decimal, str]:
    """By volume alone, by weight alone, or the dearer of both where the rate has both."""
    options: list[tuple[Decimal, str]] = []
    if rate.per_cbm is not None:
        if shipment.cbm is None:
            raise AppError("quotations.freight_needs_volume")
        amount = CALCULATION.multiply(shipment.cbm, rate.per_cbm)
        options.append((amount, f"{short(shipment.cbm)} m³ × {short(rate.per_cbm)}"))
    if rate.per_ton is not None:
        if shipment.gross_weight_kg is None:
            raise AppError("quotations.freight_needs_weight")
        tons = CALCULATION.divide(shipment.gross_weight_kg, Decimal(1000))
        amount = CALCULATION.multiply(tons, rate.per_ton)
        options.append((amount, f"{short(tons)} t × {short(rate.per_ton)}"))
    return max(options)


def _by_weight(rate: FreightRate, shipment: Shipment) -> tuple[Decimal, str]:
    """The cheapest of the weight breaks, one of which may be reached by paying for more weight."""
    if shipment.gross_weight_kg is None or not rate.breaks:
        raise AppError("quotations.freight_needs_weight")
    weight = chargeable_weight_kg(
        cbm=shipment.cbm or Decimal(0),
        gross_weight_kg=shipment.gross_weight_kg,
        divisor=rate.volume_divisor or VOLUME_DIVISORS[rate.mode],
    )
    options = [(max(weight, each.from_kg), each.per_kg) for each in rate.breaks]
    paid, per_kg = min(options, key=lambda option: option[0] * option[1])
    return CALCULATION.multiply(paid, per_kg), f"{short(paid)} kg × {short(per_kg)}"


def mode_named(code: str) -> FreightMode | None:
    """The mode with this code, or ``None`` for a wording."""
    return next((mode for mode in FreightMode if mode.value == code), None)


def shipment_text(shipment: str, language: str) -> str:
    """How a quotation says that goods travel: a chosen mode by its name, another wording as typed."""
    mode = mode_named(shipment)
    return catalogue(language).say(f"quotations.freight_mode.{mode}") if mode else shipment
