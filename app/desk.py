"""Owns the composition: an open book with everything that can be done to it.

``ui`` holds one desk and talks to its services only. Must not do any of the work itself.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path

import platformdirs

from app.directory.lists import BUYERS, CONTACTS, PRODUCTS, SUPPLIERS
from app.directory.part_lists import PICTURES, PRICES
from app.directory.service import Directory
from app.directory.views import DirectoryViews
from app.forms import Values
from app.history.service import History
from app.inquiries.lists import INQUIRIES
from app.inquiries.matching_service import Matching
from app.inquiries.offers_service import Offers
from app.inquiries.part_lists import LINES, OFFERS
from app.inquiries.requests_service import Requests
from app.inquiries.service import Inquiries
from app.inquiries.sourcing_views import SourcingViews
from app.inquiries.views import InquiryViews
from app.kernel.clock import Clock, SystemClock
from app.kernel.progress import UNWATCHED, Progress
from app.lists.reading import Lists
from app.negotiation.lists import MESSAGES, THREADS
from app.negotiation.service import Negotiation
from app.negotiation.views import NegotiationViews
from app.papers.explanation_service import Explanations
from app.papers.quotation_service import QuotationPapers
from app.quotations.lists import QUOTATIONS
from app.quotations.payment_notation import standard_payment_text
from app.quotations.rates_service import Rates
from app.quotations.service import Quotations
from app.quotations.views import QuotationViews
from app.quotations.what_if_service import WhatIfs
from app.sample.service import Sample
from app.search.background import Indexer
from app.search.engine import SearchEngine
from app.search.known_fields import KnownFields
from app.search.source import BookSource
from app.sheets.lists import IMPORTS
from app.sheets.service import Sheets
from app.sourcing.request_sheets_service import RequestSheets
from app.today.views import TodayViews
from app.upkeep.service import Upkeep
from database.book import open_book
from database.changes import ChangeSet
from database.opening import DATABASE_FILE

LISTINGS = (
    SUPPLIERS,
    BUYERS,
    CONTACTS,
    PRODUCTS,
    PRICES,
    PICTURES,
    INQUIRIES,
    LINES,
    OFFERS,
    THREADS,
    MESSAGES,
    QUOTATIONS,
    IMPORTS,
)


def default_book() -> Path:
    """The book used where none is named: in the user's data folder."""
    return Path(platformdirs.user_data_dir("Entrepot", appauthor=False)) / "book"


def has_book(folder: Path) -> bool:
    """Whether there is a book, or what should be one, in ``folder``."""
    return (folder / DATABASE_FILE).exists()


class Desk:
    """An open book and its services, one attribute a slice."""

    def __init__(
        self,
        folder: Path,
        *,
        create: bool = False,
        clock: Clock | None = None,
        cache: Path | None = None,
        data: Path | None = None,
    ) -> None:
        """Opens the book in ``folder``; raises ``BookError`` for what the user can act on.

        ``cache`` is where what can be made anew lies (the search index), by default in the user's
        cache folder and never in the book; automatic backups lie in ``data``, the user's data folder.
        """
        self.clock: Clock = clock or SystemClock()
        self._book = open_book(folder, create=create, now=self.clock.now)
        self.directory = Directory(self._book, self.clock)
        self.directory_views = DirectoryViews(self._book)
        self.inquiries = Inquiries(self._book, self.clock)
        self.inquiry_views = InquiryViews(self._book)
        self.requests = Requests(self._book, self.clock)
        self.offers = Offers(self._book, self.clock)
        self.sourcing_views = SourcingViews(self._book, self.clock)
        self.negotiation = Negotiation(self._book, self.clock)
        self.negotiation_views = NegotiationViews(
            self._book, self.clock, payment_text=standard_payment_text
        )
        self.quotation_views = QuotationViews(self._book, self.clock)
        self.rates = Rates(self._book, self.clock)
        self.what_if = WhatIfs(self._book, self.clock)
        self.papers = QuotationPapers(self._book)
        self.explanations = Explanations(self.quotation_views)
        self.history = History(self._book)
        self._sample = Sample(self._book, self.clock)
        source = BookSource(self._book)
        self.search = SearchEngine(
            (cache or default_cache()) / "search" / self._book.id, source, source.glossary
        )
        self.indexer = Indexer(self.search)
        self.matching = Matching(
            self._book, self.clock, search=self.search, glossary=source.glossary
        )
        self.request_sheets = RequestSheets(
            self._book,
            self.clock,
            views=self.sourcing_views,
            offers=self.offers,
            glossary=source.glossary,
        )
        self.quotations = Quotations(
            self._book, self.clock, products_for=self.matching.products_for
        )
        self.lists = Lists(self._book, LISTINGS, clock=self.clock, find=self.search.ids_with)
        self.upkeep = Upkeep(
            self._book, self.clock, self.search, data=data or default_book().parent
        )
        self.today = TodayViews(self._book, self.clock, self.negotiation_views)
        self.sheets = Sheets(self._book, self.clock, self.lists)
        self.search.know_fields(
            KnownFields(self.lists.fields(), self.lists.key_of, self.lists.records_where)
        )
        self._book.subscribe(lambda changes: _keep_searchable(changes, source, self.indexer))

    @property
    def folder(self) -> Path:
        """Where the book lies."""
        return self._book.folder

    @property
    def is_read_only(self) -> bool:
        """Whether nothing can be changed, because the folder can't be written."""
        return self._book.read_only

    def edit(
        self, kind: str, ids: Sequence[int], values: Values, *, initiator: object = None
    ) -> None:
        """Sets fields of listed records, whatever slice they belong to."""
        own = {"inquiry": self.inquiries.edit, "thread": self.negotiation.edit}
        edit = own.get(kind) or partial(self.directory.edit, kind)
        edit(ids, values, initiator=initiator)

    def home_of(self, kind: str, record_id: int) -> tuple[str, int]:
        """The record on whose page another one is shown: a person's company, a message's thread."""
        if kind == "contact":
            company = self.directory_views.contact(record_id).company_id
            return ("supplier", company) if company is not None else (kind, record_id)
        if kind == "message":
            thread = self.negotiation_views.thread_of(record_id)
            return ("thread", thread) if thread is not None else (kind, record_id)
        return kind, record_id

    def load_sample(
        self, progress: Progress = UNWATCHED, *, initiator: object = None
    ) -> Mapping[str, int]:
        """Fills an empty book with the sample data; how many records of each kind it got."""
        return self._sample.load(progress, initiator=initiator)

    def picture_path(self, sha256: str) -> Path:
        """The file of a picture or attachment by its content's hash."""
        return self._book.files.path(sha256)

    def subscribe(self, listener: Callable[[ChangeSet], None]) -> None:
        """Calls ``listener`` after each commit, in the thread that committed."""
        self._book.subscribe(listener)

    def close(self) -> None:
        """Finishes background work and closes the book."""
        self.indexer.stop()
        self._book.close()


def default_cache() -> Path:
    """The folder for what can be made anew, the user's own."""
    return Path(platformdirs.user_cache_dir("Entrepot", appauthor=False))


def _keep_searchable(changes: ChangeSet, source: BookSource, indexer: Indexer) -> None:
    if changes.touches("glossary"):
        source.forget_glossary()
    indexer.changed()
