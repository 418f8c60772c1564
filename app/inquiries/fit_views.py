"""Owns gathering what the fit of an inquiry is judged by.

Must not write or judge; the rule of :mod:`app.inquiries.fit` does.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from app.inquiries.fit import FitFacts, LineFacts
from app.inquiries.matching import Candidate, Match, Wanted, price_at
from app.inquiries.stages import Stage
from database.records import ContactPointRecord, InquiryLineRecord, InquiryRecord


def line_facts(
    line: InquiryLineRecord,
    wanted: Wanted,
    known: Sequence[Candidate],
    matches: Sequence[Match],
) -> LineFacts:
    """What is known of a line and of the products that ``matches`` rank for it."""
    products = {match.product_id for match in matches} - {None}
    fitting = [candidate for candidate in known if candidate.product_id in products]
    quantity = wanted.quantity
    moqs = [
        candidate.moq.in_unit(quantity.unit).amount
        for candidate in fitting
        if quantity and candidate.moq and candidate.moq.converts_to(quantity.unit)
    ]
    amount = quantity.amount if quantity else None
    prices = [price_at(candidate.prices, amount) for candidate in fitting]
    return LineFacts(
        position=line.position,
        has_quantity=line.quantity is not None or line.quantity_text is not None,
        has_specification=bool(line.specification or wanted.specifications),
        quantity=amount,
        target_price=wanted.target_price,
        least_moq=min(moqs, default=None),
        best_price=min((p.cost for p in prices if p and p.cost), default=None),
        suppliers=len(matches),
    )


def fit_facts(session: Session, inquiry: InquiryRecord, lines: tuple[LineFacts, ...]) -> FitFacts:
    """What is known of an inquiry and its buyer."""
    record = InquiryRecord
    stages = session.scalars(
        select(record.stage).where(record.buyer_id == inquiry.buyer_id, record.id != inquiry.id)
    ).all()
    point = ContactPointRecord
    reachable = or_(point.company_id == inquiry.buyer_id, point.contact_id == inquiry.contact_id)
    has_buyer = inquiry.buyer_id is not None
    return FitFacts(
        lines=lines,
        has_buyer=has_buyer,
        has_way_to_answer=bool(session.scalar(select(func.count(point.id)).where(reachable))),
        has_destination_or_term=bool(inquiry.destination or inquiry.incoterm),
        has_date=inquiry.required_by_on is not None,
        inquiries_before=len(stages) if has_buyer else 0,
        won_before=stages.count(Stage.WON.value) if has_buyer else 0,
    )
