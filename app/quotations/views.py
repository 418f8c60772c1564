"""Owns what is asked about a quotation: itself, why a price is what it is, what changed, what expires.

Must not write and must not hand out mapped records.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.kernel.clock import Clock
from app.kernel.errors import AppError
from app.quotations.comparison import ComparedField, compared
from app.quotations.cost_sheet import CostSheet
from app.quotations.costing import Costing, TermPrice, costed, term_price
from app.quotations.detail_views import QuotationDetail, detail_of
from app.quotations.internal_views import (
    PastPrice,
    last_offers,
    last_prices,
)
from app.quotations.pricing_service import frozen_sheet
from app.quotations.revisions import (
    Difference,
    RevisionTerms,
    State,
    differences,
)
from app.quotations.target_views import PriceTarget, price_target
from app.quotations.terms_views import quotation_named, revision_of, terms_of
from database.book import Book
from database.records import (
    QuotationLineRecord,
    QuotationRecord,
    RevisionRecord,
)


@dataclass(frozen=True, slots=True)
class PriceExplained:
    """How a line's price came about: its steps, and every other price the same figures allow."""

    price: TermPrice
    costing: Costing


@dataclass(frozen=True, slots=True)
class Expiry:
    """A sent quotation whose validity ends: ``days_left`` is below zero once it is over."""

    id: int
    number: str
    buyer: str | None
    valid_until: date
    days_left: int


class QuotationViews:
    """Reads for the pages of quotations."""

    def __init__(self, book: Book, clock: Clock) -> None:
        self._book = book
        self._clock = clock

    def quotation(self, name: int | str, revision: int | None = None) -> QuotationDetail:
        """The quotation with this id or number; raises ``AppError`` where there is none.

        Without ``revision``, the newest that was not withdrawn.
        """
        return self.opened(name, revision)[0]

    def opened(
        self, name: int | str, revision: int | None = None
    ) -> tuple[QuotationDetail, RevisionTerms]:
        """The quotation as :meth:`quotation` gives it, and what it says as :meth:`terms` does."""
        with self._book.read() as session:
            quotation = quotation_named(session, name)
            shown = revision_of(session, quotation, revision)
            terms = terms_of(session, shown)
            return detail_of(session, shown, terms, today=self._clock.today()), terms

    def terms(self, name: int | str, revision: int | None = None) -> RevisionTerms:
        """What a revision says, as the rules know it."""
        with self._book.read() as session:
            quotation = quotation_named(session, name)
            return terms_of(session, revision_of(session, quotation, revision))

    def differences(self, name: int | str, before: int, after: int) -> tuple[Difference, ...]:
        """Field by field what changed between two revisions of a quotation."""
        return differences(self.terms(name, before), self.terms(name, after))

    def comparison(
        self, name: int | str, before: int, after: int, *, language: str
    ) -> tuple[ComparedField, ...]:
        """The same with the names of the fields and both values as text."""
        old, new = self.terms(name, before), self.terms(name, after)
        return compared(differences(old, new), old, new, language=language)

    def explained(self, name: int | str, line_id: int) -> PriceExplained | None:
        """Why a line has its price, step by step; ``None`` for one without a cost.

        Raises ``AppError`` naming the figure that the price lacks.
        """
        with self._book.read() as session:
            found = _costed_line(session, quotation_named(session, name), line_id)
            if found is None:
                return None
            _line, sheet, term = found
            return PriceExplained(term_price(sheet, term), costed(sheet))

    def target(self, name: int | str, line_id: int, price: Decimal) -> PriceTarget:
        """The factory price or the margin that would meet ``price`` in a line.

        Raises ``AppError`` naming the figure that the price lacks.
        """
        with self._book.read() as session:
            found = _costed_line(session, quotation_named(session, name), line_id)
            if found is None:
                raise AppError("quotations.lacks_cost")
            line, sheet, term = found
            discount = line.discount_percent or Decimal(0)
            return price_target(sheet, term=term, price=price, discount_percent=discount)

    def last_price(self, buyer_id: int, product_id: int) -> PastPrice | None:
        """The price last sent to this buyer for this product."""
        with self._book.read() as session:
            return last_prices(session, buyer_id, {product_id}).get(product_id)

    def last_offers(self, product_id: int, *, limit: int = 5) -> tuple[PastPrice, ...]:
        """What suppliers last offered this product for, newest first."""
        with self._book.read() as session:
            return last_offers(session, product_id, limit=limit)

    def expiring(self, *, within_days: int = 7) -> tuple[Expiry, ...]:
        """Sent quotations whose last day is over or comes within so many days, the first to end first."""
        today = self._clock.today()
        query = (
            select(QuotationRecord, RevisionRecord.buyer_name, RevisionRecord.valid_until)
            .join(RevisionRecord, RevisionRecord.quotation_id == QuotationRecord.id)
            .where(RevisionRecord.state == State.SENT.value)
            .where(RevisionRecord.valid_until.is_not(None))
            .order_by(RevisionRecord.valid_until, QuotationRecord.id)
        )
        with self._book.read() as session:
            rows = [
                Expiry(row.id, row.number, buyer, until, (until - today).days)
                for row, buyer, until in session.execute(query)
                if until is not None
            ]
        return tuple(row for row in rows if row.days_left <= within_days)


def _costed_line(
    session: Session, quotation: QuotationRecord, line_id: int
) -> tuple[QuotationLineRecord, CostSheet, str] | None:
    """A line of the quotation with its frozen figures and its term; ``None`` without a cost."""
    line = session.get(QuotationLineRecord, line_id)
    sheet = frozen_sheet(line) if line is not None else None
    if line is None or sheet is None:
        return None
    revision = session.get_one(RevisionRecord, line.revision_id)
    if revision.quotation_id != quotation.id:
        return None
    return line, sheet, revision.incoterm or "EXW"
