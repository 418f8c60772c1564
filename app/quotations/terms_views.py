"""Owns how a stored revision is read as the terms that the rules know.

Must not write, and must not read a cost: terms are what the buyer may see, and the rate.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.directory.lists import name_of_company
from app.kernel.errors import AppError, no_such_record
from app.quotations.freezing import from_json
from app.quotations.incoterms import CURRENT_EDITION, EDITIONS, INCOTERMS, TradeTerm
from app.quotations.packing import CartonPacking
from app.quotations.payment import PaymentTerms
from app.quotations.revisions import LineKind, LineTerms, RevisionTerms
from app.quotations.tiers import PriceTier, price_tiers
from database.records import (
    CompanyRecord,
    ContactRecord,
    FileRecord,
    ProductRecord,
    QuotationLineRecord,
    QuotationRecord,
    QuotationTierRecord,
    RevisionRecord,
    SellerProfileRecord,
)


def quotation_named(session: Session, name: int | str) -> QuotationRecord:
    """The quotation with this id or number; raises ``AppError`` where there is none.

    A number may carry its revision (``Q-2026-0031-R2``), which is passed over.
    """
    text = str(name).strip()
    if isinstance(name, int) or text.isdecimal():
        found = session.get(QuotationRecord, int(text))
    else:
        number = text.upper().rpartition("-R")[0] or text.upper()
        found = session.scalar(select(QuotationRecord).where(QuotationRecord.number == number))
    if found is None:
        raise no_such_record("quotation", text)
    return found


def revision_of(
    session: Session, quotation: QuotationRecord, revision: int | None = None
) -> RevisionRecord:
    """One revision, by default the newest that counts; raises ``AppError`` where there is none."""
    number = quotation.revision if revision is None else revision
    found = session.scalar(
        select(RevisionRecord).where(
            RevisionRecord.quotation_id == quotation.id, RevisionRecord.revision == number
        )
    )
    if found is None:
        raise AppError(
            "quotations.no_such_revision", number=quotation.number, revision=f"R{number}"
        )
    return found


def lines_of(session: Session, revision_id: int) -> Sequence[QuotationLineRecord]:
    """The lines of a revision in order."""
    return session.scalars(
        select(QuotationLineRecord)
        .where(QuotationLineRecord.revision_id == revision_id)
        .order_by(QuotationLineRecord.position, QuotationLineRecord.id)
    ).all()


def terms_of(session: Session, revision: RevisionRecord) -> RevisionTerms:
    """All that ``revision`` says; the buyer by the frozen name, while a draft by the live one."""
    quotation = session.get_one(QuotationRecord, revision.quotation_id)
    buyer, contact = revision.buyer_name, revision.contact_name
    if buyer is None and quotation.buyer_id is not None:
        buyer = session.scalar(
            select(name_of_company()).where(CompanyRecord.id == quotation.buyer_id)
        )
    if contact is None and quotation.contact_id is not None:
        contact = session.get_one(ContactRecord, quotation.contact_id).name
    records = lines_of(session, revision.id)
    return RevisionTerms(
        number=quotation.number,
        revision=revision.revision,
        document=revision.document,
        quoted_on=revision.issued_on,
        valid_through=revision.valid_until,
        subject=revision.title or "",
        buyer=buyer or "",
        buyer_address=revision.buyer_address or "",
        contact=contact or "",
        seller_profile=_profile_name(session, quotation.profile_id),
        currency=revision.currency,
        rate=revision.fx_rate,
        rate_on=revision.fx_on,
        trade_term=_trade_term(revision),
        payment=from_json(PaymentTerms, revision.payment) if revision.payment else None,
        payment_text="" if revision.payment else revision.payment_terms or "",
        lead_time=revision.lead_time or "",
        shipment_mode=revision.shipment or "",
        port_of_loading=revision.port_of_loading or "",
        port_of_destination=revision.port_of_destination or "",
        partial_shipment=revision.allows_partial_shipment,
        transhipment=revision.allows_transhipment,
        shipping_marks=revision.marks or "",
        remarks=revision.remarks or "",
        shows_bank=revision.shows_bank,
        margin_floor=revision.margin_floor,
        lines=line_terms(session, records),
    )


def _profile_name(session: Session, profile_id: int | None) -> str:
    profile = session.get(SellerProfileRecord, profile_id) if profile_id is not None else None
    return (profile.name_en or profile.name_zh or "") if profile else ""


def _trade_term(revision: RevisionRecord) -> TradeTerm | None:
    code, edition = revision.incoterm, revision.edition or CURRENT_EDITION
    if code not in INCOTERMS or edition not in EDITIONS:
        return None
    return TradeTerm(code, revision.place or "", edition)


def line_terms(session: Session, lines: Sequence[QuotationLineRecord]) -> tuple[LineTerms, ...]:
    """The terms of ``lines``, with their pictures and tiers read at once."""
    ids = [line.id for line in lines]
    tiers: dict[int, list[PriceTier]] = {}
    query = (
        select(QuotationTierRecord)
        .join(QuotationLineRecord, QuotationTierRecord.line_id == QuotationLineRecord.id)
        .where(QuotationLineRecord.revision_id.in_({line.revision_id for line in lines}))
        .order_by(QuotationTierRecord.min_quantity)
    )
    for tier in session.scalars(query) if ids else ():
        tiers.setdefault(tier.line_id, []).append(
            PriceTier(tier.min_quantity, tier.price, tier.max_quantity)
        )
    files = {line.picture_file_id for line in lines if line.picture_file_id is not None}
    pictures = {
        file.id: file.sha256
        for file in session.scalars(select(FileRecord).where(FileRecord.id.in_(files)))
    }
    return tuple(
        _line(line, tiers.get(line.id, ()), pictures.get(line.picture_file_id or 0, ""))
        for line in lines
    )


def _line(line: QuotationLineRecord, tiers: Sequence[PriceTier], picture: str) -> LineTerms:
    return LineTerms(
        line_uid=line.line_uid,
        position=line.position,
        kind=LineKind(line.kind),
        item_no=line.item_number or "",
        buyer_item_no=line.buyer_item_number or "",
        name_en=line.name_en or "",
        name_zh=line.name_zh or "",
        description=line.description or "",
        picture=picture,
        quantity=line.quantity,
        unit=line.unit or "",
        unit_price=line.price,
        tiers=price_tiers(tiers) if tiers else None,
        discount_percent=line.discount_percent or Decimal(0),
        moq=line.moq,
        packing=packing_of(line),
        packing_text=line.packing or "",
        hs_code=line.hs_code or "",
        origin=line.origin or "",
        lead_time=line.lead_time or "",
        remarks=line.remarks or "",
        is_optional=line.is_optional,
        alternative_to=line.alternative_to or "",
        product_id=line.product_id,
        inquiry_line_id=line.inquiry_line_id,
    )


def packing_of(packed: QuotationLineRecord | ProductRecord) -> CartonPacking | None:
    """How a line or a product is packed; ``None`` where it is not known how many go in a carton."""
    if not packed.pieces_per_carton:
        return None
    return CartonPacking(
        pcs_per_carton=Decimal(packed.pieces_per_carton),
        length_cm=packed.carton_length_cm,
        width_cm=packed.carton_width_cm,
        height_cm=packed.carton_height_cm,
        stated_cbm=packed.carton_cbm,
        net_weight_kg=packed.net_weight_kg,
        gross_weight_kg=packed.gross_weight_kg,
    )
