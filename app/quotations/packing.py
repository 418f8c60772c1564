"""Owns packing: cartons, volume, weights, and how much of it a container takes.

Arithmetic is by volume and weight, as freight is booked; it does not arrange cartons in space.
Must not know prices.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal, localcontext

from app.kernel.decimals import CALCULATION


@dataclass(frozen=True, slots=True, kw_only=True)
class CartonPacking:
    """How an item is packed for export: pieces a carton, outer size and weights of one carton.

    ``stated_cbm`` is a carton's volume where only that is known; a full size counts before it.
    """

    pcs_per_carton: Decimal
    length_cm: Decimal | None = None
    width_cm: Decimal | None = None
    height_cm: Decimal | None = None
    stated_cbm: Decimal | None = None
    net_weight_kg: Decimal | None = None
    gross_weight_kg: Decimal | None = None

    def __post_init__(self) -> None:
        if self.pcs_per_carton <= 0:
            raise ValueError("a carton holds more than nothing")

    @property
    def cbm(self) -> Decimal | None:
        """Volume of one carton in m³: length × width × height in cm, over a million."""
        if self.length_cm is None or self.width_cm is None or self.height_cm is None:
            return self.stated_cbm
        with localcontext(CALCULATION):
            return self.length_cm * self.width_cm * self.height_cm / 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class PackedGoods:
    """A quantity in its cartons; volume and weights are ``None`` where the packing has none."""

    cartons: int
    cbm: Decimal | None
    net_weight_kg: Decimal | None
    gross_weight_kg: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Container:
    """What one container takes in practice; both limits are the user's to change."""

    code: str
    usable_cbm: Decimal
    payload_kg: Decimal


#: Usable volume and payload (not the nominal 33.2, 67.7 and 76.3 m³), as forwarders plan with.
CONTAINERS = (
    Container(code="20GP", usable_cbm=Decimal(28), payload_kg=Decimal(17500)),
    Container(code="40GP", usable_cbm=Decimal(58), payload_kg=Decimal(23000)),
    Container(code="40HQ", usable_cbm=Decimal(68), payload_kg=Decimal(26000)),
)
#: Below this volume goods usually go as part of a shared container (LCL).
LCL_LIMIT_CBM = Decimal(15)


def cartons_for(quantity: Decimal, pcs_per_carton: Decimal) -> int:
    """Cartons that hold ``quantity`` pieces; the last one may be part full."""
    with localcontext(CALCULATION):
        return int((quantity / pcs_per_carton).to_integral_value(ROUND_CEILING))


def packed(quantity: Decimal, packing: CartonPacking) -> PackedGoods:
    """Cartons, volume and weights of ``quantity`` pieces.

    The net weight counts the pieces themselves; volume and gross weight count whole cartons, as
    the carrier measures them.
    """
    cartons = cartons_for(quantity, packing.pcs_per_carton)
    with localcontext(CALCULATION):
        net = packing.net_weight_kg
        return PackedGoods(
            cartons=cartons,
            cbm=_times(packing.cbm, cartons),
            net_weight_kg=None if net is None else net * quantity / packing.pcs_per_carton,
            gross_weight_kg=_times(packing.gross_weight_kg, cartons),
        )


def together(parts: Iterable[PackedGoods]) -> PackedGoods:
    """A mixed load: the sum of its parts; unknown where one part is unknown."""
    goods = list(parts)
    with localcontext(CALCULATION):
        return PackedGoods(
            cartons=sum(part.cartons for part in goods),
            cbm=_sum([part.cbm for part in goods]),
            net_weight_kg=_sum([part.net_weight_kg for part in goods]),
            gross_weight_kg=_sum([part.gross_weight_kg for part in goods]),
        )


def part_of(goods: PackedGoods, share: Decimal) -> PackedGoods:
    """``share`` of packed goods by volume and weight, in as many cartons as that begins."""
    with localcontext(CALCULATION):
        return PackedGoods(
            cartons=int((goods.cartons * share).to_integral_value(ROUND_CEILING)),
            cbm=_times(goods.cbm, share),
            net_weight_kg=_times(goods.net_weight_kg, share),
            gross_weight_kg=_times(goods.gross_weight_kg, share),
        )


def cartons_in(container: Container, packing: CartonPacking) -> int | None:
    """Whole cartons one container takes, by the tighter of volume and weight.

    ``None`` when the packing has neither size nor weight.
    """
    limits = [
        _whole(container.usable_cbm, packing.cbm),
        _whole(container.payload_kg, packing.gross_weight_kg),
    ]
    known = [limit for limit in limits if limit is not None]
    return min(known) if known else None


def quantity_in(container: Container, packing: CartonPacking) -> Decimal | None:
    """Pieces that fill one container (the "Qty 20'/40'/40HQ" columns of a quotation)."""
    cartons = cartons_in(container, packing)
    with localcontext(CALCULATION):
        return None if cartons is None else cartons * packing.pcs_per_carton


def fill_share(container: Container, goods: PackedGoods) -> Decimal | None:
    """How full ``goods`` make the container: 1 is full, by the tighter of volume and weight."""
    with localcontext(CALCULATION):
        shares = []
        if goods.cbm is not None:
            shares.append(goods.cbm / container.usable_cbm)
        if goods.gross_weight_kg is not None:
            shares.append(goods.gross_weight_kg / container.payload_kg)
        return max(shares) if shares else None


@dataclass(frozen=True, slots=True)
class LoadPlan:
    """Containers for a load, and what is left over for LCL (both may be empty)."""

    containers: tuple[tuple[str, int], ...]
    lcl_cbm: Decimal


def plan_load(goods: PackedGoods, containers: Sequence[Container] = CONTAINERS) -> LoadPlan | None:
    """How a load would usually go: full largest containers, then the smallest that takes the rest.

    A rest (or a whole load) up to :data:`LCL_LIMIT_CBM` and a ton a cubic metre goes LCL. ``None``
    when the volume is unknown.
    """
    if goods.cbm is None:
        return None
    by_size = sorted(containers, key=lambda each: each.usable_cbm)
    largest = by_size[-1]
    fill = fill_share(largest, goods) or Decimal(0)
    full = int(fill.to_integral_value(ROUND_FLOOR))
    with localcontext(CALCULATION):
        left = 1 - full / fill if fill else Decimal(0)
        rest_cbm, rest_kg = goods.cbm * left, (goods.gross_weight_kg or Decimal(0)) * left
    if rest_cbm <= LCL_LIMIT_CBM and rest_kg <= LCL_LIMIT_CBM * 1000:
        return LoadPlan(_counted([largest] * full), rest_cbm)
    last = next(c for c in by_size if c.usable_cbm >= rest_cbm and c.payload_kg >= rest_kg)
    return LoadPlan(_counted([*[largest] * full, last]), Decimal(0))


def _counted(containers: Iterable[Container]) -> tuple[tuple[str, int], ...]:
    return tuple(Counter(each.code for each in containers).items())


def _times(each: Decimal | None, count: Decimal | int) -> Decimal | None:
    return None if each is None else each * count


def _sum(parts: Iterable[Decimal | None]) -> Decimal | None:
    total = Decimal(0)
    for part in parts:
        if part is None:
            return None
        total += part
    return total


def _whole(room: Decimal, each: Decimal | None) -> int | None:
    """How many of ``each`` go into ``room``."""
    with localcontext(CALCULATION):
        return int((room / each).to_integral_value(ROUND_FLOOR)) if each else None
