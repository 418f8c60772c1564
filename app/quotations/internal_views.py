"""Owns what lines of a quotation cost and leave, and what was asked and paid before.

Must not write, and nothing of it may reach a paper: ``app.papers`` never sees these rows.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.directory.lists import name_of_company
from app.kernel.errors import AppError
from app.kernel.messages import Message
from app.kernel.ports import place_named
from app.quotations.compared_places import (
    NOWHERE,
    compared_places,
    is_loaded_at_place,
    other_place,
)
from app.quotations.cost_parts_service import lacking_rate, parts_of, shares_of
from app.quotations.cost_sheet import CostSheet
from app.quotations.costing import cost_in_home, term_price
from app.quotations.costs_views import chosen_costs
from app.quotations.incoterms import PlaceKind
from app.quotations.pricing_service import costing_of, frozen_sheet
from app.quotations.revision_costing import CostingTerms, is_goods
from app.quotations.revisions import LineTerms, RevisionTerms, State
from app.quotations.targets import floor_warning, profit_at
from app.quotations.term_notes import term_notes
from app.quotations.totals import unit_price
from database.records import (
    CompanyRecord,
    CostPartRecord,
    InquiryLineRecord,
    OfferLineRecord,
    OfferRecord,
    OfferTierRecord,
    ProductRecord,
    QuotationLineRecord,
    QuotationRecord,
    RevisionRecord,
)

_QUOTED = (State.SENT, State.ACCEPTED, State.DECLINED, State.EXPIRED, State.SUPERSEDED)


@dataclass(frozen=True, slots=True)
class PastPrice:
    """A price once quoted to a buyer, or offered to us by ``company``."""

    on: date
    price: Decimal
    currency: str
    company: str
    number: str = ""
    quantity: Decimal | None = None
    term: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CostPart:
    """A chosen offer that a line's cost is from; ``share`` of the quantity is bought there (0.6).

    ``inquiry_id`` is that of the comparison it was chosen in. The ids are ``None`` where the offer
    was deleted since.
    """

    supplier_id: int | None
    supplier: str
    offer_id: int | None
    offer_line_id: int | None
    inquiry_id: int | None
    quantity: Decimal | None
    share: Decimal
    amount: Decimal
    currency: str
    has_invoice: bool | None
    incoterm: str | None
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class InternalLine:
    """What a line costs and leaves; ``supplier`` names those of its ``parts``, else the product's.

    ``unit_cost`` is the cost of one unit up to the port in the home currency. Margins are on the
    price that stands, before freight, insurance and commission. ``lacks`` names what keeps the
    price from being worked out, ``notes`` say what of the way is in the supplier's price,
    and where that leads elsewhere. It ``may_take_chosen`` where offers are chosen for it, and it
    has no cost.
    """

    supplier_id: int | None
    supplier: str
    parts: tuple[CostPart, ...]
    cost: Decimal | None
    cost_currency: str | None
    cost_has_invoice: bool | None
    cost_incoterm: str | None
    cost_source: str
    target_price: Decimal | None
    target_currency: str | None
    unit_cost: Decimal | None
    margin_on_price: Decimal | None
    markup_on_cost: Decimal | None
    floor_warning: Message | None
    lacks: Message | None
    may_take_chosen: bool
    notes: tuple[Message, ...]
    last_price: PastPrice | None

    @property
    def terms_asked(self) -> frozenset[str]:
        """The delivery terms that its cost is asked under, as far as they are said."""
        terms = {self.cost_incoterm, *(part.incoterm for part in self.parts)}
        return frozenset(filter(None, terms))


def internal_lines(
    session: Session,
    quotation: QuotationRecord,
    revision: RevisionRecord,
    *,
    records: Sequence[QuotationLineRecord],
    terms: RevisionTerms,
) -> Mapping[int, InternalLine]:
    """The internal figures of each line by its id, in the lines' order."""
    products = {line.product_id for line in records if line.product_id is not None}
    suppliers = _suppliers(session, products)
    found = parts_of(session, [line.id for line in records])
    parts = _parts(session, found)
    costing = costing_of(revision)
    asked = _targets(session, {line.inquiry_line_id for line in records if line.inquiry_line_id})
    past = (
        last_prices(session, quotation.buyer_id, products, before=quotation.id)
        if quotation.buyer_id
        else {}
    )
    goes = compared_places(
        NOWHERE,
        [
            (revision.incoterm, revision.place),
            ("FOB", revision.port_of_loading),
            ("CIF", revision.port_of_destination),
        ],
    )
    return {
        record.id: _internal_line(
            record,
            line,
            term=revision.incoterm or "EXW",
            supplier=suppliers.get(record.product_id or 0, (None, "")),
            parts=parts.get(record.id, ()),
            target=asked.get(record.inquiry_line_id or 0, (None, None)),
            lacking=_lacking(session, record, found.get(record.id, ()), costing),
            elsewhere=_elsewhere(record, found.get(record.id, ()), goes),
            last=past.get(record.product_id or 0),
        )
        for record, line in zip(records, terms.lines, strict=True)
    }


def _internal_line(
    record: QuotationLineRecord,
    line: LineTerms,
    *,
    term: str,
    supplier: tuple[int | None, str],
    parts: tuple[CostPart, ...],
    target: tuple[Decimal | None, str | None],
    lacking: _Lacking,
    elsewhere: tuple[Message, ...],
    last: PastPrice | None,
) -> InternalLine:
    sheet = frozen_sheet(record)
    price = unit_price(line)
    figures = _figures(sheet, line, price, term=term, lacking=lacking.why)
    return InternalLine(
        supplier_id=parts[0].supplier_id if parts else supplier[0],
        supplier=" + ".join(dict.fromkeys(part.supplier for part in parts)) or supplier[1],
        parts=parts,
        cost=record.cost,
        cost_currency=record.cost_currency,
        cost_has_invoice=record.cost_has_invoice,
        cost_incoterm=record.cost_incoterm,
        cost_source=record.cost_source or "",
        target_price=target[0],
        target_currency=target[1],
        unit_cost=figures.unit_cost,
        margin_on_price=figures.margin,
        markup_on_cost=figures.markup,
        floor_warning=figures.warning,
        lacks=figures.lacks,
        may_take_chosen=lacking.has_chosen,
        notes=(*(term_notes(sheet, term) if sheet else ()), *elsewhere),
        last_price=last,
    )


def _lacking(
    session: Session,
    record: QuotationLineRecord,
    parts: Sequence[CostPartRecord],
    costing: CostingTerms,
) -> _Lacking:
    """What a line without a cost lacks: a rate, the unit of a chosen offer, or any cost at all."""
    if record.cost is not None and record.cost_currency is not None:
        return _Lacking()
    lacks = lacking_rate(parts, costing) if len(parts) > 1 else None
    asked = record.inquiry_line_id
    if lacks is not None or asked is None:
        return _Lacking(lacks or Message("quotations.lacks_cost"))
    chosen = chosen_costs(session, session.get_one(InquiryLineRecord, asked))
    return _Lacking(chosen.lacks or Message("quotations.lacks_cost"), bool(chosen.costs))


def _elsewhere(
    record: QuotationLineRecord,
    parts: Sequence[CostPartRecord],
    goes: Mapping[PlaceKind, str],
) -> tuple[Message, ...]:
    """Where suppliers' prices are loaded, or lead, elsewhere than the quotation is or does."""
    asked = {(part.incoterm, part.place) for part in parts} or {
        (record.cost_incoterm, record.cost_place)
    }
    return tuple(
        Message(
            "quotations.loads_elsewhere"
            if is_loaded_at_place(term)
            else "quotations.leads_elsewhere",
            term=place_named(place or "", term=term or ""),
            place=place_named(quoted),
        )
        for term, place in sorted(asked, key=str)
        if (quoted := other_place((term, place), goes))
    )


@dataclass(frozen=True, slots=True)
class _Lacking:
    """Why a line has no cost, None where it has one, and whether offers are chosen for it."""

    why: Message | None = None
    has_chosen: bool = False


@dataclass(frozen=True, slots=True)
class _Figures:
    unit_cost: Decimal | None = None
    margin: Decimal | None = None
    markup: Decimal | None = None
    warning: Message | None = None
    lacks: Message | None = None


def _figures(
    sheet: CostSheet | None,
    line: LineTerms,
    price: Decimal | None,
    *,
    term: str,
    lacking: Message | None,
) -> _Figures:
    """The figures of a line; ``lacking`` is said where there is nothing to work them out from."""
    if not is_goods(line):
        return _Figures()
    if sheet is None:
        return _Figures(lacks=lacking)
    try:
        cost = cost_in_home(sheet, term)
        if price is None or cost < 0:
            # Raises what the price lacks, where it is more than that nobody worked it out.
            term_price(sheet, term)
            return _Figures(cost, lacks=Message("quotations.lacks_price"))
        net = price * (100 - line.discount_percent) / 100
        profit = profit_at(sheet, term=term, price=net)
        return _Figures(
            cost,
            profit.margin_on_price,
            profit.markup_on_cost,
            floor_warning(sheet, term=term, price=net),
        )
    except AppError as lack:
        return _Figures(lacks=lack.message)


def _parts(
    session: Session, found: Mapping[int, Sequence[CostPartRecord]]
) -> Mapping[int, tuple[CostPart, ...]]:
    """The parts of each line's cost by the line's id, with the offers they are from."""
    offered = {part.offer_line_id for parts in found.values() for part in parts}
    query = (
        select(OfferLineRecord.id, OfferRecord, name_of_company())
        .join(OfferRecord, OfferLineRecord.offer_id == OfferRecord.id)
        .join(CompanyRecord, OfferRecord.company_id == CompanyRecord.id)
        .where(OfferLineRecord.id.in_(offered))
    )
    offers = {id_: (offer, name or "") for id_, offer, name in session.execute(query)}
    return {
        line_id: tuple(
            _part(part, share, *offers.get(part.offer_line_id or 0, (None, part.source)))
            for part, share in zip(parts, shares_of(parts), strict=True)
        )
        for line_id, parts in found.items()
    }


def _part(
    part: CostPartRecord, share: Decimal, offer: OfferRecord | None, supplier: str
) -> CostPart:
    return CostPart(
        supplier_id=offer.company_id if offer else None,
        supplier=supplier,
        offer_id=offer.id if offer else None,
        offer_line_id=part.offer_line_id,
        inquiry_id=offer.inquiry_id if offer else None,
        quantity=part.quantity,
        share=share,
        amount=part.amount,
        currency=part.currency,
        has_invoice=part.has_invoice,
        incoterm=part.incoterm,
        source=part.source,
    )


def _suppliers(session: Session, products: set[int]) -> Mapping[int, tuple[int | None, str]]:
    query = (
        select(ProductRecord.id, CompanyRecord.id, name_of_company())
        .join(CompanyRecord, ProductRecord.supplier_id == CompanyRecord.id)
        .where(ProductRecord.id.in_(products))
    )
    return {product: (company, name or "") for product, company, name in session.execute(query)}


def _targets(
    session: Session, line_ids: set[int]
) -> Mapping[int, tuple[Decimal | None, str | None]]:
    query = select(
        InquiryLineRecord.id, InquiryLineRecord.target_price, InquiryLineRecord.currency
    ).where(InquiryLineRecord.id.in_(line_ids))
    return {line: (price, currency) for line, price, currency in session.execute(query)}


def last_prices(
    session: Session, buyer_id: int, products: set[int], *, before: int | None = None
) -> Mapping[int, PastPrice]:
    """The last price sent to a buyer for each product, quotation ``before`` left out."""
    query = (
        select(
            QuotationLineRecord,
            RevisionRecord,
            QuotationRecord.number,
        )
        .join(RevisionRecord, QuotationLineRecord.revision_id == RevisionRecord.id)
        .join(QuotationRecord, RevisionRecord.quotation_id == QuotationRecord.id)
        .where(QuotationRecord.buyer_id == buyer_id)
        .where(QuotationLineRecord.product_id.in_(products))
        .where(RevisionRecord.state.in_([state.value for state in _QUOTED]))
        .where(QuotationLineRecord.price.is_not(None))
        .order_by(RevisionRecord.issued_on, RevisionRecord.id)
    )
    if before is not None:
        query = query.where(QuotationRecord.id != before)
    found: dict[int, PastPrice] = {}
    for line, revision, number in session.execute(query):
        if line.product_id is None or line.price is None:
            continue
        found[line.product_id] = PastPrice(
            revision.issued_on,
            line.price,
            revision.currency,
            revision.buyer_name or "",
            number,
            line.quantity,
            f"{revision.incoterm or ''} {revision.place or ''}".strip(),
        )
    return found


def last_offers(session: Session, product_id: int, *, limit: int) -> tuple[PastPrice, ...]:
    """What suppliers offered a product for, newest first."""
    query = (
        select(OfferRecord, OfferTierRecord, name_of_company())
        .join(OfferLineRecord, OfferLineRecord.offer_id == OfferRecord.id)
        .join(OfferTierRecord, OfferTierRecord.offer_line_id == OfferLineRecord.id)
        .join(CompanyRecord, OfferRecord.company_id == CompanyRecord.id)
        .where(OfferLineRecord.product_id == product_id)
        .order_by(OfferRecord.offered_on.desc(), OfferTierRecord.min_quantity)
        .limit(limit)
    )
    return tuple(
        PastPrice(
            offer.offered_on,
            tier.amount,
            offer.currency,
            company or "",
            offer.source or "",
            tier.min_quantity,
            f"{offer.incoterm or ''} {offer.place or ''}".strip(),
        )
        for offer, tier, company in session.execute(query)
    )
