"""Owns comparing suppliers' offers like with like, and working out whom to give which line.

Every price is told in one currency, for one quantity, at one delivery term, net of refundable tax.
What cannot be told so is marked and left out of the ranking, never guessed. Must not read the book
or know rates of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from app.kernel.decimals import CALCULATION
from app.kernel.messages import Message
from app.kernel.quantities import units

_ZERO = Decimal(0)
_WEIGHTS = {"price": 6, "lead_time": 2, "moq": 1, "validity": 1}


@dataclass(frozen=True, slots=True)
class AskedLine:
    """A line of the inquiry; ``quantity`` in ``unit`` is what the prices are compared at."""

    line_id: int
    wording: str
    quantity: Decimal | None
    unit: str | None


@dataclass(frozen=True, slots=True)
class OfferedTier:
    """``amount`` a unit from ``min_quantity`` on."""

    min_quantity: Decimal | None
    amount: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferedLine:
    """What one supplier offered for one line on one day; ``vat_rate`` such as 0.13."""

    offer_id: int
    offer_line_id: int
    line_id: int
    supplier_id: int
    supplier: str
    offered_on: date
    valid_until: date | None
    currency: str
    incoterm: str | None
    place: str | None
    includes_vat: bool | None
    vat_rate: Decimal | None
    unit: str | None
    moq: Decimal | None
    lead_time_days: int | None
    tiers: tuple[OfferedTier, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """What the offers are brought to.

    ``rates`` are CNY for one unit of each currency. ``rebate_rate`` is what is refunded of a price
    that includes VAT (domain rule: price / (1 + VAT) × rebate); ``vat_rate`` is assumed where an
    offer includes VAT and names no rate. ``charges`` bring a delivery term to ``incoterm``: CNY a
    unit to add, a term missing there cannot be compared.
    """

    currency: str = "CNY"
    incoterm: str = "FOB"
    rates: Mapping[str, Decimal] = field(default_factory=dict)
    vat_rate: Decimal = Decimal("0.13")
    rebate_rate: Decimal = _ZERO
    charges: Mapping[str, Decimal] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Cell:
    """One offer in the comparison: ``price`` as offered, ``alike`` like for like, both a unit.

    ``alike`` is None where it cannot be told; ``notes`` say why, and what else to know.
    """

    offered: OfferedLine
    price: Decimal | None
    alike: Decimal | None
    total: Decimal | None
    is_expired: bool
    score: Decimal
    notes: tuple[Message, ...]


@dataclass(frozen=True, slots=True)
class LineComparison:
    """All offers for one line, the best like for like first; each supplier's latest only."""

    line: AskedLine
    cells: tuple[Cell, ...]
    missing: tuple[str, ...]

    @property
    def cheapest(self) -> Cell | None:
        """The lowest price like for like among offers that hold."""
        return min(self._holding(), key=lambda cell: cell.alike or _ZERO, default=None)

    @property
    def fastest(self) -> Cell | None:
        """The shortest lead time among offers that hold."""
        timed = [cell for cell in self.cells if not cell.is_expired and cell.offered.lead_time_days]
        return min(timed, key=lambda cell: cell.offered.lead_time_days or 0, default=None)

    @property
    def best(self) -> Cell | None:
        """The best by weights of price, lead time, MOQ and validity among offers that hold."""
        return max(self._holding(), key=lambda cell: cell.score, default=None)

    def _holding(self) -> list[Cell]:
        return [cell for cell in self.cells if cell.alike is not None and not cell.is_expired]


@dataclass(frozen=True, slots=True)
class SupplierTotal:
    """What all lines cost at one supplier; ``is_whole`` when it offers every line."""

    supplier_id: int
    supplier: str
    total: Decimal
    is_whole: bool


@dataclass(frozen=True, slots=True)
class Comparison:
    """Offers side by side, per line and for the whole, in the basis' currency.

    ``mixed_total`` takes the cheapest of each line; None while a line has no comparable offer.
    ``award_total`` is that of the chosen offers, None while nothing is chosen.
    """

    basis: Basis
    lines: tuple[LineComparison, ...]
    suppliers: tuple[SupplierTotal, ...]
    mixed_total: Decimal | None
    award_total: Decimal | None


def compare(
    asked: Sequence[AskedLine],
    offers: Iterable[OfferedLine],
    *,
    basis: Basis,
    today: date,
    asked_suppliers: Mapping[int, str] | None = None,
    awards: Mapping[int, int] | None = None,
) -> Comparison:
    """The comparison of ``offers`` for the ``asked`` lines.

    ``asked_suppliers`` (id → name) were asked and are marked where they are silent; ``awards`` say
    which offer line was chosen for a line.
    """
    latest = _latest(offers)
    lines = tuple(
        _line(line, latest.get(line.line_id, []), basis, today=today, asked=asked_suppliers or {})
        for line in asked
    )
    cheapest = [line.cheapest for line in lines]
    totals = [cell.total for cell in cheapest if cell is not None and cell.total is not None]
    return Comparison(
        basis=basis,
        lines=lines,
        suppliers=_suppliers(lines),
        mixed_total=sum(totals, _ZERO) if lines and len(totals) == len(lines) else None,
        award_total=_award_total(lines, awards or {}),
    )


def _latest(offers: Iterable[OfferedLine]) -> dict[int, list[OfferedLine]]:
    """Line → each supplier's latest offer for it."""
    newest: dict[tuple[int, int], OfferedLine] = {}
    for offer in offers:
        key = (offer.line_id, offer.supplier_id)
        known = newest.get(key)
        if known is None or (offer.offered_on, offer.offer_id) > (known.offered_on, known.offer_id):
            newest[key] = offer
    found: dict[int, list[OfferedLine]] = {}
    for (line_id, _), offer in newest.items():
        found.setdefault(line_id, []).append(offer)
    return found


def _line(
    line: AskedLine,
    offers: Sequence[OfferedLine],
    basis: Basis,
    *,
    today: date,
    asked: Mapping[int, str],
) -> LineComparison:
    told = [_told(line, offer, basis, today) for offer in offers]
    cells = [_scored(cell, told) for cell in told]
    cells.sort(
        key=lambda c: (c.is_expired, c.alike is None, c.alike or _ZERO, c.offered.supplier_id)
    )
    answered = {offer.supplier_id for offer in offers}
    missing = tuple(name for supplier_id, name in asked.items() if supplier_id not in answered)
    return LineComparison(line, tuple(cells), missing)


def _told(line: AskedLine, offer: OfferedLine, basis: Basis, today: date) -> Cell:
    notes: list[Message] = []
    factor = _factor(line.unit, offer.unit)
    quantity = line.quantity if line.quantity is None or factor is None else line.quantity * factor
    tier = _tier(offer.tiers, quantity)
    alike = _alike(tier, offer, basis, notes) if tier is not None else None
    if factor is None:
        notes.append(
            Message("comparison.unit_differs", unit=offer.unit or "", asked=line.unit or "")
        )
        alike = None
    elif alike is not None:
        alike = CALCULATION.multiply(alike, factor)
    if quantity is not None and offer.moq is not None and offer.moq > quantity:
        notes.append(Message("comparison.below_moq", moq=offer.moq))
    is_expired = offer.valid_until is not None and offer.valid_until < today
    if is_expired:
        notes.append(Message("comparison.expired", on=offer.valid_until))
    total = alike * line.quantity if alike is not None and line.quantity is not None else None
    price = tier.amount if tier else None
    return Cell(offer, price, alike, total, is_expired, _ZERO, tuple(notes))


def _factor(asked: str | None, offered: str | None) -> Decimal | None:
    """How many offered units one asked unit is; 1 where either is not said."""
    if asked is None or offered is None or asked == offered:
        return Decimal(1)
    if asked not in units() or offered not in units():
        return None
    first, second = units()[asked], units()[offered]
    if first.dimension != second.dimension or not first.factor or not second.factor:
        return None
    return CALCULATION.divide(first.factor, second.factor)


def _tier(tiers: Sequence[OfferedTier], quantity: Decimal | None) -> OfferedTier | None:
    """The tier that holds for ``quantity``; below all of them the lowest, as its price is due."""
    ordered = sorted(tiers, key=lambda tier: tier.min_quantity or _ZERO)
    reached = [t for t in ordered if quantity is None or (t.min_quantity or _ZERO) <= quantity]
    if not ordered:
        return None
    return reached[-1] if reached and quantity is not None else ordered[0]


def _alike(
    tier: OfferedTier, offer: OfferedLine, basis: Basis, notes: list[Message]
) -> Decimal | None:
    """The price of ``tier`` in the basis' currency and term, net of refundable tax."""
    own, target = _rate(offer.currency, basis), _rate(basis.currency, basis)
    if own is None or target is None:
        notes.append(Message("comparison.no_rate", currency=offer.currency))
        return None
    amount = CALCULATION.multiply(tier.amount, own)
    if offer.includes_vat:
        vat = offer.vat_rate if offer.vat_rate is not None else basis.vat_rate
        refund = CALCULATION.divide(amount, 1 + vat) * basis.rebate_rate
        amount = CALCULATION.subtract(amount, refund)
    elif offer.includes_vat is None and basis.rebate_rate:
        notes.append(Message("comparison.tax_unknown"))
    elif basis.rebate_rate:
        notes.append(Message("comparison.no_refund"))
    term = offer.incoterm or basis.incoterm
    if offer.incoterm is None:
        notes.append(Message("comparison.term_unknown", term=basis.incoterm))
    if term != basis.incoterm:
        if term not in basis.charges:
            notes.append(Message("comparison.term_differs", term=term, basis=basis.incoterm))
            return None
        amount = CALCULATION.add(amount, basis.charges[term])
    return CALCULATION.divide(amount, target)


def _rate(currency: str, basis: Basis) -> Decimal | None:
    return Decimal(1) if currency == "CNY" else basis.rates.get(currency)


def _scored(cell: Cell, all_cells: Sequence[Cell]) -> Cell:
    """``cell`` with its score from 0 to 100 among ``all_cells``."""
    if cell.alike is None:
        return cell
    offer = cell.offered
    prices = [c.alike for c in all_cells if c.alike is not None]
    times = [c.offered.lead_time_days for c in all_cells if c.offered.lead_time_days]
    shares = {
        "price": CALCULATION.divide(min(prices), cell.alike) if cell.alike else Decimal(1),
        "lead_time": Decimal(min(times)) / offer.lead_time_days
        if offer.lead_time_days and times
        else _ZERO,
        "moq": _ZERO
        if any(note.key == "comparison.below_moq" for note in cell.notes)
        else Decimal(1),
        "validity": Decimal(offer.valid_until is not None and not cell.is_expired),
    }
    whole = sum(_WEIGHTS.values())
    score = sum((share * _WEIGHTS[name] for name, share in shares.items()), _ZERO) / whole * 100
    rounded = score.quantize(Decimal("0.1"))
    return Cell(offer, cell.price, cell.alike, cell.total, cell.is_expired, rounded, cell.notes)


def _suppliers(lines: Sequence[LineComparison]) -> tuple[SupplierTotal, ...]:
    names: dict[int, str] = {}
    totals: dict[int, list[Decimal]] = {}
    for line in lines:
        for cell in line.cells:
            names[cell.offered.supplier_id] = cell.offered.supplier
            if cell.total is not None and not cell.is_expired:
                totals.setdefault(cell.offered.supplier_id, []).append(cell.total)
    found = [
        SupplierTotal(id_, names[id_], sum(amounts, _ZERO), len(amounts) == len(lines))
        for id_, amounts in totals.items()
    ]
    return tuple(sorted(found, key=lambda one: (not one.is_whole, one.total, one.supplier_id)))


def _award_total(lines: Sequence[LineComparison], awards: Mapping[int, int]) -> Decimal | None:
    chosen = [
        cell.total
        for line in lines
        for cell in line.cells
        if awards.get(line.line.line_id) == cell.offered.offer_line_id and cell.total is not None
    ]
    return sum(chosen, _ZERO) if chosen else None
