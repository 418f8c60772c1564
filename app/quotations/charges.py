"""Owns charges between factory and buyer: on what they are counted, and what one unit bears of them.

Must not know profit or prices; ``costing`` adds the charges up.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext
from enum import StrEnum

from app.kernel.decimals import CALCULATION, decimal_text, round_to_step
from app.kernel.errors import AppError
from app.kernel.messages import Message
from app.quotations.incoterms import INCOTERMS, CostLine
from app.quotations.packing import PackedGoods


class Basis(StrEnum):
    """What a charge's amount is counted on."""

    PER_UNIT = "per_unit"
    FIXED = "fixed"  # once for the shipment
    PER_CBM = "per_cbm"
    PER_TON = "per_ton"
    PER_CONTAINER = "per_container"


class ChargeLine(StrEnum):
    """Where on the way a charge arises; decides which terms put it on the seller."""

    EXPORT_PACKING = "export_packing"
    DOMESTIC = "domestic"  # carriage, clearance and terminal in one sum, not split
    CARRIAGE_TO_PORT = "carriage_to_port"
    EXPORT_CLEARANCE = "export_clearance"
    ORIGIN_THC = "origin_thc"
    ON_BOARD = "on_board"
    MAIN_CARRIAGE = "main_carriage"
    DESTINATION_CARRIAGE = "destination_carriage"
    UNLOADING = "unloading"
    IMPORT_CLEARANCE = "import_clearance"
    BANK = "bank"
    OTHER = "other"  # samples, inspection, overheads: borne under every term


_LINE_NAMES = {
    ChargeLine.EXPORT_PACKING: Message("quotations.step_export_packing"),
    ChargeLine.DOMESTIC: Message("quotations.step_domestic"),
    ChargeLine.CARRIAGE_TO_PORT: Message("quotations.step_carriage_to_port"),
    ChargeLine.EXPORT_CLEARANCE: Message("quotations.step_export_clearance"),
    ChargeLine.ORIGIN_THC: Message("quotations.step_origin_thc"),
    ChargeLine.ON_BOARD: Message("quotations.step_on_board"),
    ChargeLine.MAIN_CARRIAGE: Message("quotations.step_freight"),
    ChargeLine.DESTINATION_CARRIAGE: Message("quotations.step_destination_carriage"),
    ChargeLine.UNLOADING: Message("quotations.step_unloading"),
    ChargeLine.IMPORT_CLEARANCE: Message("quotations.step_import_clearance"),
    ChargeLine.BANK: Message("quotations.step_bank"),
    ChargeLine.OTHER: Message("quotations.step_other"),
}
_EVERY_TERM = (ChargeLine.EXPORT_PACKING, ChargeLine.BANK, ChargeLine.OTHER)
_DELIVERED = ("DAP", "DPU", "DDP", "DAT", "DDU", "DEQ", "DES", "DAF")


@dataclass(frozen=True, slots=True, kw_only=True)
class Charge:
    """A charge: ``amount`` in ``currency`` on ``basis``.

    ``container`` narrows a charge per container to one kind (``40HQ``). ``source`` says where the
    figure is from ("forwarder, 2026-03-01").
    """

    amount: Decimal
    currency: str
    name: str = ""
    basis: Basis = Basis.PER_UNIT
    line: ChargeLine = ChargeLine.DOMESTIC
    container: str = ""
    source: str = ""

    @property
    def label(self) -> Message:
        """What the charge is called: the user's name for it, else that of its line."""
        if self.name:
            return Message("quotations.step_charge", charge=self.name)
        return line_name(self.line)

    @property
    def is_shared(self) -> bool:
        """Whether it is for the whole load and shared out among its lines."""
        return self.basis in (Basis.FIXED, Basis.PER_CONTAINER)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shipment:
    """What is shipped together: the quantity the charges are spread over, and its size."""

    quantity: Decimal
    cbm: Decimal | None = None
    gross_weight_kg: Decimal | None = None
    containers: tuple[tuple[str, int], ...] = ()

    def __post_init__(self) -> None:
        if self.quantity <= 0:
            raise ValueError("a shipment holds more than nothing")

    @classmethod
    def of(
        cls, quantity: Decimal, goods: PackedGoods, containers: Sequence[tuple[str, int]] = ()
    ) -> Shipment:
        """The shipment of ``quantity`` units packed as ``goods``."""
        return cls(
            quantity=quantity,
            cbm=goods.cbm,
            gross_weight_kg=goods.gross_weight_kg,
            containers=tuple(containers),
        )


@dataclass(frozen=True, slots=True)
class UnitCharge:
    """What one unit bears of a charge, and how that was worked out."""

    amount: Decimal
    currency: str
    formula: str

    def times(self, share: Decimal) -> UnitCharge:
        """The same for ``share`` of the quantity."""
        if share == 1:
            return self
        amount, formula = (
            CALCULATION.multiply(self.amount, share),
            f"{self.formula} × {short(share)}",
        )
        return UnitCharge(amount, self.currency, formula)


def line_name(line: ChargeLine) -> Message:
    """What charges of ``line`` are called."""
    return _LINE_NAMES[line]


def is_ours_always(line: ChargeLine | CostLine) -> bool:
    """Whether charges of ``line`` are ours under every term: no supplier's price holds them."""
    return line in _EVERY_TERM


def seller_bears(line: ChargeLine | CostLine, term: str) -> bool:
    """Whether the term (``FOB``) puts charges of ``line`` on the seller.

    An unsplit domestic sum is borne under every term but EXW. Carriage beyond the port of
    destination belongs to the D terms; what a C term's freight includes is in the freight.
    """
    if is_ours_always(line):
        return True
    if line is ChargeLine.DOMESTIC:
        return term != "EXW"
    if line is ChargeLine.DESTINATION_CARRIAGE:
        return term in _DELIVERED
    if line is ChargeLine.IMPORT_CLEARANCE:
        return INCOTERMS[term].payer(CostLine.IMPORT_DUTY).is_seller
    return INCOTERMS[term].payer(CostLine(line.value)).is_seller


def unit_charge(
    charge: Charge, shipment: Shipment | None, share: Decimal = Decimal(1)
) -> UnitCharge:
    """What one unit bears of ``charge`` where it is counted for ``share`` of the quantity.

    Of a charge on the load the part was taken when it was shared out. Raises :class:`AppError`
    naming what is missing when the shipment is not known well enough.
    """
    counted = Decimal(1) if charge.is_shared else share
    if charge.basis is Basis.PER_UNIT:
        return UnitCharge(charge.amount, charge.currency, short(charge.amount)).times(counted)
    if shipment is None:
        raise AppError("quotations.charge_needs_quantity", charge=charge.label)
    count = _count(charge, shipment)
    with localcontext(CALCULATION):
        amount = charge.amount * count / shipment.quantity
    times = "" if charge.basis is Basis.FIXED else f" × {short(count)}"
    formula = f"{short(charge.amount)}{times} / {short(shipment.quantity)}"
    return UnitCharge(amount, charge.currency, formula).times(counted)


def _count(charge: Charge, shipment: Shipment) -> Decimal:
    if charge.basis is Basis.FIXED:
        return Decimal(1)
    if charge.basis is Basis.PER_CBM:
        if shipment.cbm is None:
            raise AppError("quotations.charge_needs_volume", charge=charge.label)
        return shipment.cbm
    if charge.basis is Basis.PER_TON:
        if shipment.gross_weight_kg is None:
            raise AppError("quotations.charge_needs_weight", charge=charge.label)
        return CALCULATION.divide(shipment.gross_weight_kg, Decimal(1000))
    if not shipment.containers:
        raise AppError("quotations.charge_needs_containers", charge=charge.label)
    wanted = charge.container
    return Decimal(sum(n for code, n in shipment.containers if wanted in ("", code)))


def short(amount: Decimal) -> str:
    """``amount`` for a formula: exact up to six decimals, rounded beyond."""
    return decimal_text(round_to_step(amount, Decimal("0.000001")))
