"""Owns what a covering letter says of a quotation: number, total, term, payment, validity.

Must not write, and must not know letters.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.quotations.terms_views import revision_of, terms_of
from app.quotations.totals import totals
from database.book import Book
from database.records import QuotationRecord


class Covers:
    """The newest quotation of an inquiry, in the fields of a letter."""

    def __init__(self, book: Book) -> None:
        self._book = book

    def fields(self, inquiry_id: int) -> Mapping[str, object]:
        """``quotation``, ``total``, ``term``, ``payment``, ``lead_time``, ``valid_until``.

        Dates stay dates; a field is left out where the quotation is silent, all where there is none.
        """
        with self._book.read() as session:
            quotation = session.scalars(
                select(QuotationRecord)
                .where(QuotationRecord.inquiry_id == inquiry_id)
                .order_by(QuotationRecord.id.desc())
                .limit(1)
            ).first()
            return _fields(session, quotation) if quotation is not None else {}


def _fields(session: Session, quotation: QuotationRecord) -> Mapping[str, object]:
    record = revision_of(session, quotation)
    terms = terms_of(session, record)
    total = totals(terms).total
    label = f"{quotation.number} R{record.revision}" if record.revision > 1 else quotation.number
    found = {
        "quotation": label,
        "total": f"{record.currency} {total:,.2f}" if total > Decimal(0) else None,
        "term": " ".join(part for part in (record.incoterm, record.place) if part),
        "payment": record.payment_terms,
        "lead_time": record.lead_time,
        "valid_until": record.valid_until,
    }
    return {name: value for name, value in found.items() if value}
