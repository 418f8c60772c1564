"""Owns loading the sample book: an invented desk in an empty book, as one operation.

Must not touch a book that already holds records.
"""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import func, select

from app.kernel.clock import Clock
from app.kernel.errors import AppError
from app.kernel.messages import Message
from app.kernel.progress import UNWATCHED, Progress
from app.quotations.rates_service import Rates
from app.sample.deals_service import Deals
from app.sample.directory_service import DirectoryRows
from app.sample.figures_service import write_figures
from app.sample.one_operation import OpenBook
from app.sample.reading import Days, document
from database.book import Book
from database.records import CompanyRecord, InquiryRecord, ProductRecord, QuotationRecord

_MAIN = (CompanyRecord, ProductRecord, InquiryRecord, QuotationRecord)


class Sample:
    """The sample book."""

    def __init__(self, book: Book, clock: Clock) -> None:
        self._book = book
        self._clock = clock

    def is_loadable(self) -> bool:
        """Whether the book is still without companies, goods, inquiries and quotations."""
        with self._book.read() as session:
            return not any(
                session.scalar(select(func.count()).select_from(record)) for record in _MAIN
            )

    def load(
        self, progress: Progress = UNWATCHED, *, initiator: object = None
    ) -> Mapping[str, int]:
        """Fills the book and returns how many records of each kind it got.

        Dates are counted from today. Raises ``AppError`` where the book is not empty.
        """
        if not self.is_loadable():
            raise AppError("sample.book_not_empty")
        days = Days(self._clock.today(), self._clock.now())
        deals = document("inquiries")["inquiry"]
        with self._book.write("sample.load", initiator=initiator) as scope:
            progress.at(Message("sample.loading"), 0, len(deals))
            book = OpenBook(self._book, scope)
            directory = DirectoryRows(book, scope, days)
            directory.write()
            told = document("seller")
            write_figures(Rates(book, self._clock), scope, told=told, days=days)
            replayed = Deals(book, scope, directory=directory, days=days)
            for done, deal in enumerate(deals, 1):
                replayed.replay(deal)
                progress.at(Message("sample.loading"), done, len(deals))
            for each in told["follow_up"]:
                replayed.follow_up(each)
        return dict(directory.made + replayed.made)
