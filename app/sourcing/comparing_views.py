"""Owns reading the offers for an inquiry and the figures they are compared with.

Must not compare by itself; the rule of comparison does. Must not write.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import partial
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session, selectinload

from app.directory.lists import name_of_company
from app.inquiries.offered_tiers import OfferedTier
from app.inquiries.sourcing_views import SourcingViews
from app.kernel.clock import Clock
from app.kernel.errors import AppError
from app.kernel.ports import port_named
from app.lists.existing import existing
from app.papers.comparison_sheet import write_comparison
from app.quotations.compared_places import is_loaded_at_place, kind_of_destination
from app.quotations.incoterms import OFFERED, PlaceKind
from app.quotations.packing import CartonPacking
from app.quotations.pricing_service import costing_of, usual_costing, with_rates
from app.quotations.rates_views import rebate_rates
from app.quotations.revision_costing import CostingTerms, rebate_for
from app.quotations.terms_views import packing_of
from app.sheets.export.columns import export_table
from app.sheets.export.files import add_list
from app.sheets.export.offers_views import offer_rows
from app.sourcing.basis_service import kept_basis
from app.sourcing.comparison import (
    AskedLine,
    Basis,
    Comparison,
    OfferedLine,
    compare,
)
from app.sourcing.comparison_paper_views import comparison_paper
from database.book import Book
from database.records import (
    CompanyRecord,
    CostPartRecord,
    InquiryLineRecord,
    InquiryRecord,
    OfferLineRecord,
    OfferRecord,
    ProductRecord,
    QuotationLineRecord,
    QuotationRecord,
    RevisionRecord,
)


class Comparisons:
    """Offers side by side."""

    def __init__(self, book: Book, clock: Clock, views: SourcingViews) -> None:
        self._book = book
        self._clock = clock
        self._views = views

    def usual_basis(self, inquiry_id: int) -> Basis:
        """What the inquiry's offers are compared at: as set, else as in its newest quotation, if any."""
        with self._book.read() as session:
            return basis_of(session, inquiry_id, on=self._clock.today())

    def compare(self, inquiry_id: int, *, basis: Basis | None = None) -> Comparison:
        """All offers for the inquiry side by side; rates not in ``basis`` are the book's of today."""
        today = self._clock.today()
        asked_suppliers = self._views.asked_suppliers(inquiry_id)
        awards = self._views.awards(inquiry_id)
        chosen = basis or self.usual_basis(inquiry_id)
        with self._book.read() as session:
            existing(session, InquiryRecord, "inquiry", inquiry_id)
            offers = _offered_lines(session, inquiry_id)
            currencies = {chosen.currency, *(offer.currency for offer in offers)}
            costing = with_rates(session, chosen.costing, currencies=currencies, on=today)
            return compare(
                _asked_lines(session, inquiry_id, rebate_rates(session, on=today)),
                offers,
                basis=replace(chosen, costing=costing),
                today=today,
                asked_suppliers=asked_suppliers,
                awards=awards,
            )

    def export(
        self, inquiry_id: int, path: Path, *, basis: Basis | None = None, language: str = "en"
    ) -> int:
        """Writes the comparison as an .xlsx and returns how many offers stand in it.

        Raises ``AppError`` for a name that says another format.
        """
        if path.suffix.lower() != ".xlsx":
            raise AppError("comparison.sheet_is_xlsx", name=path.name)
        found = self.compare(inquiry_id, basis=basis)
        with self._book.read() as session:
            inquiry = session.get_one(InquiryRecord, inquiry_id)
            title = " · ".join(part for part in (inquiry.number, inquiry.subject) if part)
            ids = session.scalars(
                select(OfferRecord.id)
                .where(OfferRecord.inquiry_id == inquiry_id)
                .order_by(OfferRecord.id)
            ).all()
            rows = list(offer_rows(session, ids, lambda _: None))
        paper = comparison_paper(
            found,
            title=title,
            language=language,
            on=self._clock.today(),
        )
        offers = export_table("offer", rows, language=language, book_id=self._book.id)
        write_comparison(paper, path, add_offers=partial(add_list, table=offers))
        return sum(len(line.cells) for line in found.lines)


def basis_of(session: Session, inquiry_id: int, *, on: date) -> Basis:
    """The figures kept with the inquiry, else those of its newest quotation, else the book's.

    Without charges only offers at one term can be compared: then it is the term most of the
    inquiry's offers are at.
    """
    kept = kept_basis(session, inquiry_id)
    if kept is not None:
        return kept
    revision = session.scalars(
        select(RevisionRecord)
        .join(QuotationRecord, RevisionRecord.quotation_id == QuotationRecord.id)
        .where(QuotationRecord.inquiry_id == inquiry_id, RevisionRecord.costing.is_not(None))
        .order_by(RevisionRecord.id.desc())
        .limit(1)
    ).first()
    costing = costing_of(revision) if revision else usual_costing(session, currency="USD", on=on)
    basis = Basis(costing=costing)
    if not costing.charges:
        basis = _at_their_term(session, inquiry_id, costing)
    inquiry = session.get(InquiryRecord, inquiry_id)
    return replace(
        basis,
        place=_leads_to(basis.incoterm, revision, inquiry),
        loading=_loaded_at(revision, inquiry),
    )


def _loaded_at(revision: RevisionRecord | None, inquiry: InquiryRecord | None) -> str:
    """The port of loading as the quotation says, else the inquiry; empty where neither does."""
    named = [
        said.place for said in (revision, inquiry) if said and is_loaded_at_place(said.incoterm)
    ]
    ports = [revision.port_of_loading, *named] if revision else named
    return next(filter(None, ports), "")


def _leads_to(wanted: str, revision: RevisionRecord | None, inquiry: InquiryRecord | None) -> str:
    """Where freight leads, as the quotation says, else the inquiry; empty where neither does.

    Up to the port of loading it leads to a port; so it does under the terms that name one.
    """
    kind = kind_of_destination(wanted) or PlaceKind.PORT_OF_DESTINATION
    for said in (revision, inquiry):
        if said is not None and said.place and kind_of_destination(said.incoterm) is kind:
            return said.place
    ports = (
        revision.port_of_destination if revision else None,
        inquiry.destination if inquiry else None,
    )
    is_port = kind is PlaceKind.PORT_OF_DESTINATION
    return next((port for port in ports if is_port and port and port_named(port)), "")


def _at_their_term(session: Session, inquiry_id: int, costing: CostingTerms) -> Basis:
    """``costing`` at the term of most suppliers' offers for the inquiry, where any says one."""
    counted = func.count(OfferRecord.company_id.distinct())
    term = session.scalar(
        select(OfferRecord.incoterm)
        .where(OfferRecord.inquiry_id == inquiry_id, OfferRecord.incoterm.in_(OFFERED))
        .group_by(OfferRecord.incoterm)
        .order_by(counted.desc(), OfferRecord.incoterm.desc())
        .limit(1)
    )
    return Basis(costing=costing, incoterm=term) if term else Basis(costing=costing)


def _asked_lines(
    session: Session, inquiry_id: int, rebates: Mapping[str, Decimal]
) -> list[AskedLine]:
    record = InquiryLineRecord
    query = (
        select(record, ProductRecord)
        .outerjoin(ProductRecord, record.product_id == ProductRecord.id)
        .where(record.inquiry_id == inquiry_id)
        .order_by(record.position)
    )
    return [
        AskedLine(
            line.id,
            line.wording,
            line.quantity,
            line.unit,
            rebate=_rebate(product, rebates),
            packing=packing_of(product) if product is not None else None,
        )
        for line, product in session.execute(query)
    ]


def _rebate(product: ProductRecord | None, rebates: Mapping[str, Decimal]) -> Decimal | None:
    if product is None or not product.hs_code:
        return None
    found = rebate_for(product.hs_code, rebates)
    return found[1] if found else None


def _offered_lines(session: Session, inquiry_id: int) -> list[OfferedLine]:
    query = (
        select(OfferLineRecord, OfferRecord, name_of_company())
        .join(OfferRecord, OfferLineRecord.offer_id == OfferRecord.id)
        .join(CompanyRecord, OfferRecord.company_id == CompanyRecord.id)
        .where(OfferRecord.inquiry_id == inquiry_id)
        .where(OfferLineRecord.inquiry_line_id.is_not(None))
        .options(selectinload(OfferLineRecord.tiers))
    )
    rows = session.execute(query).all()
    quoted = _quoted_in(session, [line.id for line, _, _ in rows])
    return [
        OfferedLine(
            offer_id=offer.id,
            offer_line_id=line.id,
            line_id=line.inquiry_line_id or 0,
            supplier_id=offer.company_id,
            supplier=name or "",
            offered_on=offer.offered_on,
            valid_until=offer.valid_until,
            currency=offer.currency,
            incoterm=offer.incoterm,
            place=offer.place,
            includes_vat=offer.includes_vat,
            vat_rate=offer.vat_rate,
            unit=line.unit,
            moq=line.moq,
            lead_time_days=line.lead_time_days,
            tiers=tuple(OfferedTier(tier.min_quantity, tier.amount) for tier in line.tiers),
            packing=_packing(line),
            quoted_in=quoted.get(line.id, ()),
        )
        for line, offer, name in rows
    ]


def _packing(line: OfferLineRecord) -> CartonPacking | None:
    if not line.pieces_per_carton:
        return None
    return CartonPacking(
        pcs_per_carton=Decimal(line.pieces_per_carton),
        stated_cbm=line.carton_cbm,
        gross_weight_kg=line.gross_weight_kg,
    )


def _quoted_in(session: Session, offer_line_ids: Iterable[int]) -> Mapping[int, tuple[str, ...]]:
    """Offer line → the numbers of the quotations that took its cost."""
    part, line = CostPartRecord, QuotationLineRecord
    query = (
        select(part.offer_line_id, QuotationRecord.number)
        .join(line, part.line_id == line.id)
        .join(RevisionRecord, line.revision_id == RevisionRecord.id)
        .join(QuotationRecord, RevisionRecord.quotation_id == QuotationRecord.id)
        .where(part.offer_line_id.in_(list(offer_line_ids)))
        .distinct()
        .order_by(QuotationRecord.number)
    )
    found: dict[int, tuple[str, ...]] = {}
    for offer_line_id, number in session.execute(query):
        if offer_line_id is not None:
            found[offer_line_id] = (*found.get(offer_line_id, ()), number)
    return found
