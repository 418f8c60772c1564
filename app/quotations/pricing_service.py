"""Owns how the lines of a draft are costed and priced anew, every figure used kept with the line.

Must not open a write scope and must not touch a revision that was sent.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import partial

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.kernel.decimals import CALCULATION
from app.kernel.errors import AppError
from app.quotations.charges import ChargeLine
from app.quotations.cost_parts_service import parts_of, settle_cost, shared_price, terms_asked
from app.quotations.cost_sheet import CostSheet, FactoryPrice
from app.quotations.costing import term_price
from app.quotations.costs_views import price_breaks, product_cost
from app.quotations.freezing import from_json, to_json
from app.quotations.freight_table import Route, chosen_freight
from app.quotations.incoterms import INCOTERMS, CostLine
from app.quotations.rates_views import exchange_rate, freight_rows, rebate_rates, vat_rate
from app.quotations.revision_costing import (
    CostingTerms,
    Load,
    is_goods,
    line_sheet,
    rebate_for,
)
from app.quotations.revisions import LineTerms
from app.quotations.terms_views import line_terms, lines_of
from app.quotations.tiers import PriceTier, PriceTiers
from database.records import (
    QuotationLineRecord,
    QuotationTierRecord,
    RevisionRecord,
)

_PRICE_PLACES = 6
#: Terms whose named place is the port of destination.
_NAMES_THE_PORT = frozenset({"CFR", "CIF"})


def usual_costing(session: Session, *, currency: str, on: date) -> CostingTerms:
    """The figures a new quotation starts from: the book's rates of the day, the usual profit."""
    costing = CostingTerms(vat=vat_rate(session, on=on) or CostingTerms().vat)
    return with_rates(session, costing, currencies=(currency,), on=on)


def with_rates(
    session: Session, costing: CostingTerms, *, currencies: Collection[str], on: date
) -> CostingTerms:
    """``costing`` with the book's rate of each currency that it has none for."""
    for currency in currencies:
        if currency == costing.home_currency or costing.rate(currency) is not None:
            continue
        rate = exchange_rate(session, currency, on=on)
        costing = costing.with_rate(rate) if rate is not None else costing
    return costing


def costing_of(revision: RevisionRecord) -> CostingTerms:
    """The figures a revision is worked out with."""
    return from_json(CostingTerms, revision.costing) if revision.costing else CostingTerms()


def keep_costing(session: Session, revision: RevisionRecord, costing: CostingTerms) -> None:
    """Stores ``costing`` with the revision, completed by rates for the currencies it needs."""
    lines = lines_of(session, revision.id)
    currencies = {line.cost_currency for line in lines if line.cost_currency}
    for parts in parts_of(session, [line.id for line in lines]).values():
        currencies |= {part.currency for part in parts}
    complete = with_rates(
        session, costing, currencies={revision.currency, *currencies}, on=revision.issued_on
    )
    revision.costing = to_json(complete)
    rate = complete.rate(revision.currency)
    home = revision.currency == complete.home_currency
    revision.fx_rate = Decimal(1) if home else rate.home_per_unit if rate else None
    revision.fx_on = revision.issued_on if rate else None


def cost_anew(
    session: Session,
    revision: RevisionRecord,
    *,
    reprice: Collection[int] | None = (),
    follow_freight: bool = False,
) -> None:
    """Works out the cost sheet of each line; lines of the ids in ``reprice`` get a new price.

    ``None`` prices every line that has a cost, and so does, with ``follow_freight``, another
    freight than before.
    """
    session.flush()
    pricing = _Pricing(session, revision, lines_of(session, revision.id))
    if pricing.take_freight() and follow_freight:
        reprice = None
    pricing.work_out(reprice)


def cost_some(
    session: Session,
    revision: RevisionRecord,
    records: Sequence[QuotationLineRecord],
    *,
    reprice: Collection[int] = (),
) -> None:
    """The same for a few lines only, where no figure is shared out among all lines.

    See :func:`shares_the_load`.
    """
    session.flush()
    _Pricing(session, revision, records).work_out(reprice)


def shares_the_load(revision: RevisionRecord) -> bool:
    """Whether a line's price depends on the other lines: a charge or freight for the whole load."""
    term = INCOTERMS.get(revision.incoterm or "EXW")
    if term is not None and term.payer(CostLine.MAIN_CARRIAGE).is_seller:
        return True
    costing = costing_of(revision)
    return bool(costing.freight) or any(charge.is_shared for charge in costing.charges)


def take_freight(session: Session, revision: RevisionRecord, load: Load) -> bool:
    """Takes the freight from the book's table where the term asks for it and none was typed.

    Returns whether it is another than before.
    """
    before = costing_of(revision)
    costing = before
    if before.freight_is_from_table:
        costing = replace(before, freight=(), planned_containers=(), freight_is_from_table=False)
    typed = any(charge.line is ChargeLine.MAIN_CARRIAGE for charge in costing.charges)
    term = INCOTERMS.get(revision.incoterm or "EXW")
    borne = term is not None and term.payer(CostLine.MAIN_CARRIAGE).is_seller
    if borne and not typed and not costing.freight and load.quantity:
        costing = with_table_freight(session, revision, costing, load)
    if costing == before:
        return False
    revision.costing = to_json(costing)
    return True


def with_table_freight(
    session: Session, revision: RevisionRecord, costing: CostingTerms, load: Load
) -> CostingTerms:
    """``costing`` with the table's freight for the revision's route and load, where it has one."""
    rows = freight_rows(session)
    known = with_rates(
        session, costing, currencies={row.currency for row in rows}, on=revision.issued_on
    )
    place = revision.place or ""
    ports = (place, revision.port_of_destination or "")
    sea = revision.incoterm in _NAMES_THE_PORT
    chosen = chosen_freight(
        rows,
        Route(
            revision.port_of_loading or "",
            next(filter(None, ports if sea else reversed(ports)), ""),
            revision.issued_on,
            revision.shipment or "",
        ),
        quantity=load.quantity,
        goods=load.goods,
        containers=costing.containers,
        home_value=partial(_in_home, known),
    )
    if chosen is None:
        return costing
    return replace(
        with_rates(session, costing, currencies={chosen.rate.currency}, on=revision.issued_on),
        freight=(chosen.rate,),
        planned_containers=() if costing.containers else chosen.containers,
        freight_is_from_table=True,
    )


def _in_home(costing: CostingTerms, amount: Decimal, currency: str) -> Decimal | None:
    if currency == costing.home_currency:
        return amount
    rate = costing.rate(currency)
    return None if rate is None else CALCULATION.multiply(amount, rate.home_per_unit)


class _Pricing:
    """Some lines of one draft with the figures common to all, read once.

    Where several chosen offers share a line, they make its cost.
    """

    def __init__(
        self, session: Session, revision: RevisionRecord, records: Sequence[QuotationLineRecord]
    ) -> None:
        self._session = session
        self._revision = revision
        self._term = revision.incoterm or "EXW"
        self._costing = costing_of(revision)
        self._rebates = rebate_rates(session, on=revision.issued_on)
        self._records = records
        self._parts = parts_of(session, [record.id for record in records])
        for record in records:
            parts = self._parts.get(record.id, ())
            if len(parts) > 1:
                settle_cost(record, parts, self._costing)
        self._lines = line_terms(session, records)
        asked = {
            record.line_uid: terms_asked(record, self._parts.get(record.id, ()))
            for record in records
        }
        self._load = Load.of(self._lines, asked)

    def take_freight(self) -> bool:
        """Takes the table's freight for the goods that bear any; whether it is another than before."""
        bearing = self._load.bearing(ChargeLine.MAIN_CARRIAGE, self._term)
        taken = take_freight(self._session, self._revision, bearing)
        self._costing = costing_of(self._revision)
        return taken

    def work_out(self, reprice: Collection[int] | None) -> None:
        """Keeps the cost sheet of each line; lines of the ids in ``reprice`` get a new price."""
        for record, line in zip(self._records, self._lines, strict=True):
            sheet = self.sheet(record, line)
            stored = to_json(sheet) if sheet else None
            if stored != record.cost_sheet:
                record.cost_sheet = stored
            tiers = line.tiers
            if sheet and (reprice is None or record.id in reprice):
                tiers = self.price(record, line, sheet)
            _settle(record, tiers)

    def sheet(self, record: QuotationLineRecord, line: LineTerms) -> CostSheet | None:
        """What the price of the line is worked out from; ``None`` where nothing is known."""
        if record.cost is None or record.cost_currency is None or not is_goods(line):
            return None
        rebate = rebate_for(line.hs_code, self._rebates)
        factory = FactoryPrice(
            amount=record.cost,
            currency=record.cost_currency,
            with_invoice=bool(record.cost_has_invoice),
            vat=self._costing.vat,
            rebate=self._costing.rebate if rebate is None else rebate[1],
            source=record.cost_source or "",
            rebate_source="" if rebate is None else f"HS {rebate[0]}",
            asked_under=record.cost_incoterm or "",
        )
        parts = self._parts.get(record.id, ())
        if len(parts) > 1:
            factory = shared_price(factory, parts, self._costing)
        return line_sheet(
            line,
            factory,
            costing=self._costing,
            load=self._load,
            term=self._term,
            currency=self._revision.currency,
            margin_floor=self._revision.margin_floor,
        )

    def price(
        self, record: QuotationLineRecord, line: LineTerms, sheet: CostSheet
    ) -> PriceTiers | None:
        """Prices the line, each tier at its own quantity; the tiers that now hold.

        A price that lacks a figure stays as it is; the view names what is missing.
        """
        term = self._term
        try:
            if line.tiers is None:
                record.price = _shown(sheet, term)
                return None
            tiers = PriceTiers(
                tuple(
                    replace(tier, price=_shown(self._tier_sheet(record, line, tier), term))
                    for tier in line.tiers
                )
            )
        except AppError:
            return line.tiers
        keep_tiers(self._session, record, tiers)
        return tiers

    def _tier_sheet(
        self, record: QuotationLineRecord, line: LineTerms, tier: PriceTier
    ) -> CostSheet:
        """The sheet at the tier's quantity, with the product's own price for it where it has one."""
        at_quantity = replace(line, quantity=tier.from_quantity or line.quantity)
        sheet = self.sheet(record, at_quantity)
        if sheet is None:
            raise ValueError("a line that is priced has a cost")
        if record.product_id is None or record.id in self._parts:
            return sheet
        cost = product_cost(
            self._session, record.product_id, tier.from_quantity, on=self._revision.issued_on
        )
        if cost is None or cost.currency != record.cost_currency:
            return sheet
        factory = replace(
            sheet.factory_price,
            amount=cost.amount,
            source=cost.source,
            asked_under=cost.incoterm or "",
        )
        return replace(sheet, factory_price=factory)


def _shown(sheet: CostSheet, term: str) -> Decimal:
    return round(term_price(sheet, term).shown.amount, _PRICE_PLACES)


def settle_price(session: Session, record: QuotationLineRecord) -> None:
    """Lets the tiers of a line, where it has any, go before a single price typed into it."""
    (line,) = line_terms(session, [record])
    _settle(record, line.tiers)


def _settle(record: QuotationLineRecord, tiers: PriceTiers | None) -> None:
    """The price of a line with tiers is the tier's that its quantity reaches, else the first's."""
    if tiers is None:
        return
    quantity = record.quantity or Decimal(0)
    reached = [tier for tier in tiers if tier.from_quantity <= quantity]
    price = (reached[-1] if reached else tiers.tiers[0]).price
    if price != record.price:
        record.price = price


def keep_tiers(session: Session, record: QuotationLineRecord, tiers: PriceTiers | None) -> None:
    """Makes ``tiers`` the prices of the line; ``None`` leaves it with its single price."""
    session.execute(delete(QuotationTierRecord).where(QuotationTierRecord.line_id == record.id))
    session.add_all(
        QuotationTierRecord(
            line_id=record.id,
            min_quantity=tier.from_quantity,
            max_quantity=tier.to_quantity,
            price=tier.price,
        )
        for tier in tiers or ()
    )
    if tiers is not None:
        _settle(record, tiers)


def tiers_to_price(session: Session, record: QuotationLineRecord, *, on: date) -> PriceTiers | None:
    """Tiers, still without prices, where the product's own price changes; ``None`` for one price."""
    if record.product_id is None:
        return None
    minima = price_breaks(session, record.product_id, on=on)
    if len(minima) < 2:
        return None
    return PriceTiers(tuple(PriceTier(minimum, Decimal(0)) for minimum in minima))


def frozen_sheet(record: QuotationLineRecord) -> CostSheet | None:
    """The figures the line's price was worked out from."""
    return from_json(CostSheet, record.cost_sheet) if record.cost_sheet else None


def tier_rows(
    session: Session, lines: Sequence[QuotationLineRecord]
) -> Mapping[int, list[QuotationTierRecord]]:
    """The tiers of ``lines`` by the line's id."""
    found: dict[int, list[QuotationTierRecord]] = {}
    query = select(QuotationTierRecord).where(
        QuotationTierRecord.line_id.in_([line.id for line in lines])
    )
    for tier in session.scalars(query):
        found.setdefault(tier.line_id, []).append(tier)
    return found
