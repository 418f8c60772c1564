"""Owns comparing suppliers' offers like with like, and working out whom to give which line.

Every price is told in one currency at a stated rate, for one quantity, at one delivery term through
the rules of costing, net of refundable tax. What cannot be told so is marked and left out of the
ranking, never guessed. Must not read the book or know rates of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from app.inquiries.offered_tiers import OfferedTier, in_asked_unit, offered_price, tier_for
from app.kernel.decimals import CALCULATION
from app.kernel.errors import AppError
from app.kernel.messages import Message
from app.kernel.ports import place_named
from app.kernel.quantities import units_in
from app.quotations.between import unknown_between
from app.quotations.compared_places import compared_places, is_loaded_at_place, other_place
from app.quotations.cost_sheet import NO_PROFIT, CostSheet, FactoryPrice
from app.quotations.incoterms import INCOTERMS, PlaceKind
from app.quotations.packing import CartonPacking, packed, together
from app.quotations.revision_costing import CostingTerms, Load, Loaded, line_sheet
from app.quotations.revisions import LineTerms
from app.sourcing.alike import Alike, like_for_like

_ZERO = Decimal(0)
_NO_FIGURES = CostingTerms(rebate=_ZERO)
_WEIGHTS = {"price": 6, "lead_time": 2, "moq": 1, "validity": 1}


@dataclass(frozen=True, slots=True)
class AskedLine:
    """A line of the inquiry; ``quantity`` in ``unit`` is what the prices are compared at.

    ``rebate`` is the refund rate of its goods where their HS code has one; ``packing`` that of the
    product it is linked to.
    """

    line_id: int
    wording: str
    quantity: Decimal | None
    unit: str | None
    rebate: Decimal | None = None
    packing: CartonPacking | None = None


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
    packing: CartonPacking | None = None
    #: The numbers of the quotations that have a line at this offer's cost.
    quoted_in: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """What the offers are brought to: a currency, a delivery term, and the figures of a costing.

    Of ``costing`` the rates, VAT, rebate, charges, freight and premium count; profit and
    commission are not the supplier's and don't. ``place`` is where freight leads and ``loading``
    the port it leaves from, each empty where nobody said.
    """

    currency: str = "CNY"
    incoterm: str = "FOB"
    loading: str = ""
    place: str = ""
    costing: CostingTerms = _NO_FIGURES


@dataclass(frozen=True, slots=True)
class Cell:
    """One offer in the comparison: ``price`` as offered, ``alike`` like for like, both a unit.

    ``alike`` is None where it cannot be told; ``notes`` say why, and what else to know. ``refund``
    and ``way`` are in it: the tax that comes back, and what lies between the terms. One that
    ``is_replaced`` by a newer offer of its supplier is shown because it was chosen.
    """

    offered: OfferedLine
    price: Decimal | None
    alike: Decimal | None
    refund: Decimal
    way: Decimal
    total: Decimal | None
    is_expired: bool
    is_replaced: bool
    score: Decimal
    notes: tuple[Message, ...]

    @property
    def holds(self) -> bool:
        """Whether the supplier stands by it today."""
        return not self.is_expired and not self.is_replaced


@dataclass(frozen=True, slots=True)
class LineComparison:
    """Offers for one line, the best like for like first: each supplier's latest, and those chosen.

    ``chosen`` are the offer lines chosen for it, each for a quantity or, None, for all of it.
    """

    line: AskedLine
    cells: tuple[Cell, ...]
    missing: tuple[str, ...]
    chosen: Mapping[int, Decimal | None]

    @property
    def cheapest(self) -> Cell | None:
        """The lowest price like for like among offers that hold."""
        return min(self._holding(), key=lambda cell: cell.alike or _ZERO, default=None)

    @property
    def fastest(self) -> Cell | None:
        """The shortest lead time among offers that hold."""
        timed = [
            cell for cell in self.cells if cell.holds and cell.offered.lead_time_days is not None
        ]
        return min(timed, key=lambda cell: cell.offered.lead_time_days or 0, default=None)

    @property
    def best(self) -> Cell | None:
        """The best by weights of price, lead time, MOQ and validity among offers that hold."""
        return max(self._holding(), key=lambda cell: cell.score, default=None)

    def _holding(self) -> list[Cell]:
        return [cell for cell in self.cells if cell.alike is not None and cell.holds]


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
    ``award_total`` is that of the chosen offers, None while nothing is chosen, or one of them can't
    be compared or is for no known quantity.
    """

    basis: Basis
    lines: tuple[LineComparison, ...]
    suppliers: tuple[SupplierTotal, ...]
    mixed_total: Decimal | None
    award_total: Decimal | None

    def choices(self, by: str) -> dict[int, int]:
        """Line → the offer line to choose ``by`` "cheapest", "fastest" or "best"; lines without one are left out."""
        found = {line.line.line_id: getattr(line, by) for line in self.lines}
        return {id_: cell.offered.offer_line_id for id_, cell in found.items() if cell is not None}


#: Line → the offer lines chosen for it, each for a quantity or, None, for all of it.
Awards = Mapping[int, Mapping[int, Decimal | None]]


@dataclass(frozen=True, slots=True)
class _World:
    """What every offer of one comparison is told against."""

    basis: Basis
    load: Load
    today: date
    awards: Awards
    places: Mapping[PlaceKind, str]


def compare(
    asked: Sequence[AskedLine],
    offers: Iterable[OfferedLine],
    *,
    basis: Basis,
    today: date,
    asked_suppliers: Mapping[int, str] | None = None,
    awards: Awards | None = None,
) -> Comparison:
    """The comparison of ``offers`` for the ``asked`` lines.

    ``asked_suppliers`` (id → name) were asked and are marked where they are silent.
    """
    offers, given = tuple(offers), dict[int, list[OfferedLine]]()
    for offer in offers:
        given.setdefault(offer.line_id, []).append(offer)
    places = compared_places(
        (basis.incoterm, basis.place),
        [(offer.incoterm, offer.place) for offer in offers],
        loading=basis.loading,
    )
    world = _World(basis, _load(asked), today, awards or {}, places)
    lines = tuple(
        _line(line, given.get(line.line_id, []), world, asked=asked_suppliers or {})
        for line in asked
    )
    cheapest = [line.cheapest for line in lines]
    totals = [cell.total for cell in cheapest if cell is not None and cell.total is not None]
    return Comparison(
        basis=basis,
        lines=lines,
        suppliers=_suppliers(lines),
        mixed_total=sum(totals, _ZERO) if lines and len(totals) == len(lines) else None,
        award_total=_award_total(lines, world),
    )


def _latest(offers: Sequence[OfferedLine]) -> list[OfferedLine]:
    """Of the ``offers`` for one line those of each supplier's latest, alternatives in it too."""
    newest: dict[int, tuple[date, int]] = {}
    for offer in offers:
        made = (offer.offered_on, offer.offer_id)
        newest[offer.supplier_id] = max(made, newest.get(offer.supplier_id, made))
    return [one for one in offers if (one.offered_on, one.offer_id) == newest[one.supplier_id]]


def _load(asked: Sequence[AskedLine]) -> Load:
    """All lines shipped together: charges on the whole load are shared out among them."""
    counted = [line for line in asked if line.quantity]
    goods = [
        packed(line.quantity, line.packing) for line in counted if line.packing and line.quantity
    ]
    quantity = sum((line.quantity or _ZERO for line in counted), _ZERO)
    return Load(quantity, together(goods) if goods and len(goods) == len(counted) else None)


def _line(
    line: AskedLine, offers: Sequence[OfferedLine], world: _World, *, asked: Mapping[int, str]
) -> LineComparison:
    latest, chosen = _latest(offers), world.awards.get(line.line_id, {})
    told = [_told(line, offer, world) for offer in latest]
    told += [
        _replaced(_told(line, offer, world))
        for offer in offers
        if offer.offer_line_id in chosen and offer not in latest
    ]
    cells = [_scored(cell, told) for cell in told]
    cells.sort(
        key=lambda c: (not c.holds, c.alike is None, c.alike or _ZERO, c.offered.supplier_id)
    )
    answered = {offer.supplier_id for offer in offers}
    missing = tuple(name for supplier_id, name in asked.items() if supplier_id not in answered)
    return LineComparison(line, tuple(cells), missing, chosen)


def _replaced(cell: Cell) -> Cell:
    """An offer that was chosen before its supplier made a newer one."""
    notes = (*cell.notes, Message("comparison.replaced"))
    return replace(cell, is_replaced=True, notes=notes)


def _told(line: AskedLine, offer: OfferedLine, world: _World) -> Cell:
    notes: list[Message] = []
    factor = units_in(line.unit, offer.unit, pieces_per_carton=_pieces_per_carton(line, offer))
    tier = tier_for(offer.tiers, line.quantity, factor=factor)
    found: Alike | None = None
    if factor is None:
        unit, asked = offer.unit or "", line.unit or ""
        notes.append(Message("comparison.unit_differs", unit=unit, asked=asked))
    elif tier is not None:
        found = _alike(in_asked_unit(tier, factor).amount, line, offer, world=world, notes=notes)
    if _is_below_moq(line.quantity, factor, offer.moq):
        notes.append(Message("comparison.below_moq", moq=offer.moq))
    if tier is not None and (note := _price_of_part(line, offer, world)) is not None:
        notes.append(note)
    is_expired = offer.valid_until is not None and offer.valid_until < world.today
    if is_expired:
        notes.append(Message("comparison.expired", on=offer.valid_until))
    rate = _rate(world.basis)
    alike = CALCULATION.divide(found.amount, rate) if found else None
    return Cell(
        offered=offer,
        price=tier.amount if tier else None,
        alike=alike,
        refund=CALCULATION.divide(found.refund, rate) if found else _ZERO,
        way=CALCULATION.divide(found.way, rate) if found else _ZERO,
        total=alike * line.quantity if alike is not None and line.quantity is not None else None,
        is_expired=is_expired,
        is_replaced=False,
        score=_ZERO,
        notes=tuple(notes),
    )


def _is_below_moq(quantity: Decimal | None, factor: Decimal | None, moq: Decimal | None) -> bool:
    """Whether less is asked than the MOQ, as far as their units can be told in each other."""
    if quantity is None or factor is None or moq is None:
        return False
    return CALCULATION.multiply(quantity, factor) < moq


def _price_of_part(line: AskedLine, offer: OfferedLine, world: _World) -> Message | None:
    """What to know of an offer chosen for a part of the line whose quantity has a price of its own."""
    part = world.awards.get(line.line_id, {}).get(offer.offer_line_id)
    whole = _price_for(line.quantity, line, offer)
    priced = _price_for(part, line, offer)
    if part is None or priced is None or whole is None or priced.amount == whole.amount:
        return None
    price, currency = priced.amount, offer.currency
    return Message("comparison.price_of_part", quantity=part, price=price, currency=currency)


def _price_for(quantity: Decimal | None, line: AskedLine, offer: OfferedLine) -> OfferedTier | None:
    """What ``quantity`` of the line is offered at, by the asked unit."""
    return offered_price(
        offer.tiers,
        quantity,
        asked_unit=line.unit,
        offered_unit=offer.unit,
        pieces_per_carton=_pieces_per_carton(line, offer),
    )


def _pieces_per_carton(line: AskedLine, offer: OfferedLine) -> Decimal | None:
    packing = offer.packing or line.packing
    return packing.pcs_per_carton if packing else None


def _alike(
    amount: Decimal,
    line: AskedLine,
    offer: OfferedLine,
    *,
    world: _World,
    notes: list[Message],
) -> Alike | None:
    """``amount`` in the home currency at the basis' term, net of refundable tax."""
    wanted = world.basis.incoterm
    sheet = _sheet(amount, line, offer, world)
    if sheet.factory_price.rebate and offer.includes_vat is None:
        notes.append(Message("comparison.tax_unknown"))
    elif sheet.factory_price.rebate and not offer.includes_vat:
        notes.append(Message("comparison.no_refund"))
    if offer.incoterm is None:
        has_charges = not unknown_between(sheet, wanted)
        key = "comparison.term_unknown" if has_charges else "comparison.term_assumed"
        notes.append(Message(key, term=wanted))
    elif offer.incoterm not in INCOTERMS:
        notes.append(Message("comparison.term_differs", term=offer.incoterm, basis=wanted))
        return None
    elif place := other_place((offer.incoterm, offer.place), world.places):
        is_loading = is_loaded_at_place(offer.incoterm)
        key = "comparison.port_differs" if is_loading else "comparison.place_differs"
        term = place_named(offer.place or "", term=offer.incoterm)
        notes.append(Message(key, term=term, place=place_named(place)))
        return None
    try:
        return like_for_like(sheet, wanted=wanted)
    except AppError as lack:
        notes.append(lack.message)
        return None


def _sheet(amount: Decimal, line: AskedLine, offer: OfferedLine, world: _World) -> CostSheet:
    """What the offer is costed by: its price and packing, and the figures of the basis."""
    costing = world.basis.costing
    factory = FactoryPrice(
        amount=amount,
        currency=offer.currency,
        with_invoice=bool(offer.includes_vat),
        vat=costing.vat if offer.vat_rate is None else offer.vat_rate,
        rebate=costing.rebate if line.rebate is None else line.rebate,
        asked_under=offer.incoterm or "",
    )
    goods = LineTerms(
        line_uid=str(line.line_id),
        position=0,
        quantity=line.quantity,
        packing=offer.packing or line.packing,
    )
    ours, home = cost_only(costing), costing.home_currency
    wanted = world.basis.incoterm
    return line_sheet(goods, factory, costing=ours, load=world.load, term=wanted, currency=home)


def cost_only(costing: CostingTerms) -> CostingTerms:
    """``costing`` without what is not the supplier's: our profit, commission and the bank's share."""
    return replace(costing, profit=NO_PROFIT, commission=_ZERO, bank_share=_ZERO)


def _rate(basis: Basis) -> Decimal:
    """Home currency for one unit of the basis' currency."""
    if basis.currency == basis.costing.home_currency:
        return Decimal(1)
    rate = basis.costing.rate(basis.currency)
    if rate is None:
        raise AppError("comparison.no_rate", currency=basis.currency)
    return rate.home_per_unit


def _scored(cell: Cell, all_cells: Sequence[Cell]) -> Cell:
    """``cell`` with its score from 0 to 100 among those of ``all_cells`` that hold, 0 if it doesn't."""
    if cell.alike is None or not cell.holds:
        return cell
    offer, holding = cell.offered, [each for each in all_cells if each.holds]
    prices = [each.alike for each in holding if each.alike is not None]
    times = [days for each in holding if (days := each.offered.lead_time_days) is not None]
    shares = {
        "price": _share_of_least(min(prices), cell.alike),
        "lead_time": _ZERO
        if offer.lead_time_days is None
        else _share_of_least(Decimal(min(times)), Decimal(offer.lead_time_days)),
        "moq": _ZERO
        if any(note.key == "comparison.below_moq" for note in cell.notes)
        else Decimal(1),
        "validity": Decimal(offer.valid_until is not None),
    }
    whole = sum(_WEIGHTS.values())
    score = sum((share * _WEIGHTS[name] for name, share in shares.items()), _ZERO) / whole * 100
    rounded = score.quantize(Decimal("0.1"))
    return replace(cell, score=rounded)


def _share_of_least(least: Decimal, own: Decimal) -> Decimal:
    """1 for the least, less for what is more; what is 0 is the least."""
    return CALCULATION.divide(least, own) if own else Decimal(1)


def _suppliers(lines: Sequence[LineComparison]) -> tuple[SupplierTotal, ...]:
    """What each supplier asks for all lines, of its alternatives for one the cheapest."""
    names: dict[int, str] = {}
    totals: dict[int, list[Decimal]] = {}
    for line in lines:
        least: dict[int, Decimal] = {}
        for cell in line.cells:
            supplier = cell.offered.supplier_id
            names[supplier] = cell.offered.supplier
            if cell.total is not None and cell.holds:
                least[supplier] = min(cell.total, least.get(supplier, cell.total))
        for supplier, total in least.items():
            totals.setdefault(supplier, []).append(total)
    found = [
        SupplierTotal(id_, names[id_], sum(amounts, _ZERO), len(amounts) == len(lines))
        for id_, amounts in totals.items()
    ]
    return tuple(sorted(found, key=lambda one: (not one.is_whole, one.total, one.supplier_id)))


def _award_total(lines: Sequence[LineComparison], world: _World) -> Decimal | None:
    """What the chosen offers cost together, each for its part of the quantity at that part's price.

    They are what is shipped: charges on the load are shared by those of them that need them.
    """
    chosen = [
        (
            replace(line.line, quantity=line.chosen[offered.offer_line_id] or line.line.quantity),
            offered,
        )
        for line in lines
        for offered in (cell.offered for cell in line.cells)
        if offered.offer_line_id in line.chosen
    ]
    shipped = replace(world, load=Load.made_of(_loaded(line, offer) for line, offer in chosen))
    totals = [
        CALCULATION.multiply(alike, line.quantity)
        for line, offer in chosen
        if line.quantity and (alike := _alike_for(line, offer, shipped)) is not None
    ]
    return sum(totals, _ZERO) if totals and len(totals) == len(chosen) else None


def _loaded(line: AskedLine, offer: OfferedLine) -> Loaded:
    packing, quantity = offer.packing or line.packing, line.quantity or _ZERO
    goods = packed(quantity, packing) if packing and quantity else None
    return Loaded(quantity, goods, ((Decimal(1), offer.incoterm or ""),))


def _alike_for(line: AskedLine, offer: OfferedLine, world: _World) -> Decimal | None:
    """The price like for like when the line's quantity is bought from this supplier."""
    tier = _price_for(line.quantity, line, offer)
    found = tier and _alike(tier.amount, line, offer, world=world, notes=[])
    return CALCULATION.divide(found.amount, _rate(world.basis)) if found else None
