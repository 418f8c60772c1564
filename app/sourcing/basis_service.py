"""Owns the figures an inquiry's offers are compared at, where a person set them.

Must not compare, and must not know the usual figures.
"""

from __future__ import annotations

from sqlalchemy.orm import Session

from app.lists.existing import existing
from app.quotations.freezing import from_json, to_json
from app.sourcing.comparison import Basis
from database.book import Book
from database.records import InquiryRecord


class Bases:
    """Figures of comparisons, as far as they are written."""

    def __init__(self, book: Book) -> None:
        self._book = book

    def keep(self, inquiry_id: int, basis: Basis, *, initiator: object = None) -> None:
        """Compares the inquiry's offers at ``basis`` from now on; raises ``AppError`` where it is gone."""
        with self._book.read() as session:
            number = existing(session, InquiryRecord, "inquiry", inquiry_id).number
        with self._book.write("comparison.keep", initiator=initiator, number=number) as scope:
            scope.get_one(InquiryRecord, inquiry_id).comparison_basis = to_json(basis)


def kept_basis(session: Session, inquiry_id: int) -> Basis | None:
    """The figures kept with the inquiry, None where nobody set any."""
    inquiry = session.get(InquiryRecord, inquiry_id)
    if inquiry is None or inquiry.comparison_basis is None:
        return None
    return from_json(Basis, inquiry.comparison_basis)
