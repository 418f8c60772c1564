"""Owns how each service of an open book is made, and of what.

A service is imported and made when it is first asked for, so that a command or a window waits for
nothing it does not need. Must not do any of the work itself.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from app.kernel.clock import Clock
from app.kernel.once import Once

if TYPE_CHECKING:
    from decimal import Decimal

    from app.directory.pictures_service import Pictures
    from app.directory.service import Directory
    from app.directory.views import DirectoryViews
    from app.files.service import Files
    from app.history.record_views import RecordHistories
    from app.history.service import History
    from app.inquiries.channels_service import Channels
    from app.inquiries.matching_service import Matching
    from app.inquiries.offers_service import Offers
    from app.inquiries.requests_service import Requests
    from app.inquiries.service import Inquiries
    from app.inquiries.sourcing_views import SourcingViews
    from app.inquiries.views import InquiryViews
    from app.lists.reading import Lists
    from app.lists.saved_views_service import SavedViews
    from app.negotiation.correspondence_service import Correspondence
    from app.negotiation.due_views import DueViews
    from app.negotiation.follow_ups_service import FollowUps
    from app.negotiation.rounds_service import Rounds
    from app.negotiation.service import Negotiation
    from app.negotiation.templates_service import MessageTemplates
    from app.negotiation.views import NegotiationViews
    from app.papers.explanation_service import Explanations
    from app.papers.quotation_service import QuotationPapers
    from app.quotations.rates_service import Rates
    from app.quotations.service import Quotations
    from app.quotations.views import QuotationViews
    from app.quotations.what_if_service import WhatIfs
    from app.search.background import Indexer
    from app.search.engine import SearchEngine
    from app.search.glossary_service import GlossaryEditing
    from app.search.source import BookSource
    from app.sheets.service import Sheets
    from app.sourcing.basis_service import Bases
    from app.sourcing.comparing_views import Comparisons
    from app.sourcing.listed_prices_service import ListedPrices
    from app.sourcing.request_sheets_service import RequestSheets
    from app.today.views import TodayViews
    from app.upkeep.service import Upkeep
    from database.book import Book


class Services:
    """The services of a book, one attribute a slice."""

    def __init__(self, book: Book, *, clock: Clock, cache: Path, data: Path) -> None:
        self._book = book
        self.clock = clock
        self._cache = cache
        self._data = data

    @Once
    def directory(self) -> Directory:
        """What can be done with companies, people, products and prices."""
        from app.directory.service import Directory

        return Directory(self._book, self.clock)

    @Once
    def directory_views(self) -> DirectoryViews:
        """Companies, people and products read whole."""
        from app.directory.views import DirectoryViews

        return DirectoryViews(self._book)

    @Once
    def pictures(self) -> Pictures:
        """Pictures of products and companies."""
        from app.directory.pictures_service import Pictures
        from app.sheets.reading.lone_pictures import safe_pictures

        return Pictures(self._book, read=safe_pictures)

    @Once
    def files(self) -> Files:
        """Files that hang on records."""
        from app.files.service import Files

        return Files(self._book, self.clock)

    @Once
    def inquiries(self) -> Inquiries:
        """What can be done with inquiries."""
        from app.inquiries.service import Inquiries

        return Inquiries(self._book, self.clock)

    @Once
    def inquiry_views(self) -> InquiryViews:
        """Inquiries read whole."""
        from app.inquiries.views import InquiryViews

        return InquiryViews(self._book)

    @Once
    def channels(self) -> Channels:
        """The ways inquiries come."""
        from app.inquiries.channels_service import Channels

        return Channels(self._book)

    @Once
    def requests(self) -> Requests:
        """Requests to suppliers."""
        from app.inquiries.requests_service import Requests

        return Requests(self._book, self.clock)

    @Once
    def offers(self) -> Offers:
        """Offers of suppliers, and the choice among them."""
        from app.inquiries.offers_service import Offers

        return Offers(self._book, self.clock)

    @Once
    def sourcing_views(self) -> SourcingViews:
        """Requests read whole, and what was chosen."""
        from app.inquiries.sourcing_views import SourcingViews

        return SourcingViews(self._book)

    @Once
    def listed_prices(self) -> ListedPrices:
        """Prices of suppliers' lists as offers."""
        from app.sourcing.listed_prices_service import ListedPrices

        return ListedPrices(self._book, self.offers)

    @Once
    def comparisons(self) -> Comparisons:
        """Offers side by side, like for like."""
        from app.sourcing.comparing_views import Comparisons

        return Comparisons(self._book, self.clock, self.sourcing_views)

    @Once
    def bases(self) -> Bases:
        """The figures offers are compared at, where a person set them."""
        from app.sourcing.basis_service import Bases

        return Bases(self._book)

    @Once
    def matching(self) -> Matching:
        """Suppliers for the lines of inquiries."""
        from app.inquiries.matching_service import Matching
        from app.sourcing.known_costs_views import KnownCosts

        return Matching(
            self._book,
            self.clock,
            search=self.search,
            glossary=self._source.glossary,
            costs=KnownCosts,
        )

    @Once
    def request_sheets(self) -> RequestSheets:
        """Requests as sheets, out to suppliers and back."""
        from app.sourcing.request_sheets_service import RequestSheets

        return RequestSheets(
            self._book,
            self.clock,
            views=self.sourcing_views,
            offers=self.offers,
            glossary=self._source.glossary,
        )

    @Once
    def negotiation(self) -> Negotiation:
        """What can be done with threads and their messages."""
        from app.negotiation.service import Negotiation

        return Negotiation(self._book, self.clock)

    @Once
    def correspondence(self) -> Correspondence:
        """Messages from files, and whose they are."""
        from app.negotiation.correspondence_service import Correspondence

        return Correspondence(self._book, self.clock)

    @Once
    def rounds(self) -> Rounds:
        """The rounds of a negotiation, as they were confirmed."""
        from app.negotiation.rounds_service import Rounds

        return Rounds(self._book, self.clock)

    @Once
    def follow_ups(self) -> FollowUps:
        """What is to be done on a day."""
        from app.negotiation.follow_ups_service import FollowUps

        return FollowUps(self._book, self.clock)

    @Once
    def negotiation_views(self) -> NegotiationViews:
        """Threads read whole."""
        from app.negotiation.views import NegotiationViews
        from app.quotations.payment_notation import standard_payment_text

        return NegotiationViews(self._book, self.clock, payment_text=standard_payment_text)

    @Once
    def due_views(self) -> DueViews:
        """What is due in negotiations."""
        from app.negotiation.due_views import DueViews

        return DueViews(self._book, self.clock)

    @Once
    def templates(self) -> MessageTemplates:
        """Standard messages, filled in."""
        from app.negotiation.templates_service import MessageTemplates
        from app.quotations.cover_views import Covers

        return MessageTemplates(self._book, self.clock, quoted=Covers(self._book).fields)

    @Once
    def quotations(self) -> Quotations:
        """What can be done with quotations."""
        from app.quotations.service import Quotations

        return Quotations(
            self._book,
            self.clock,
            products_for=self._products_for,
        )

    @Once
    def quotation_views(self) -> QuotationViews:
        """Quotations read whole, and their revisions side by side."""
        from app.quotations.views import QuotationViews

        return QuotationViews(self._book, self.clock)

    @Once
    def rates(self) -> Rates:
        """Exchange rates, refund rates and our own particulars."""
        from app.quotations.rates_service import Rates

        return Rates(self._book, self.clock)

    @Once
    def what_if(self) -> WhatIfs:
        """Prices as they would be."""
        from app.quotations.what_if_service import WhatIfs

        return WhatIfs(self._book, self.clock)

    @Once
    def papers(self) -> QuotationPapers:
        """Sheets and PDFs for customers."""
        from app.papers.quotation_service import QuotationPapers

        return QuotationPapers(self._book)

    @Once
    def explanations(self) -> Explanations:
        """Why a price is what it is, on paper."""
        from app.papers.explanation_service import Explanations

        return Explanations(self.quotation_views)

    @Once
    def history(self) -> History:
        """Undo, redo and what was done."""
        from app.history.service import History

        return History(self._book)

    @Once
    def record_histories(self) -> RecordHistories:
        """What happened to one record."""
        from app.history.record_views import RecordHistories
        from app.listings import TOLD_FIELDS

        return RecordHistories(self._book, fields=TOLD_FIELDS)

    @Once
    def lists(self) -> Lists:
        """The big lists."""
        from app.listings import LISTINGS
        from app.lists.reading import Lists

        return Lists(
            self._book,
            LISTINGS,
            clock=self.clock,
            find=self._ids_with,
            rates=self._exchange_rates,
        )

    @Once
    def saved_views(self) -> SavedViews:
        """The views of lists under their names."""
        from app.lists.saved_views_service import SavedViews

        return SavedViews(self._book)

    @Once
    def sheets(self) -> Sheets:
        """Sheets in and out."""
        from app.sheets.service import Sheets

        return Sheets(self._book, self.clock, self.lists)

    @Once
    def upkeep(self) -> Upkeep:
        """Check, backup and restore."""
        from app.upkeep.service import Upkeep

        return Upkeep(self._book, self.clock, self.search, data=self._data)

    @Once
    def today(self) -> TodayViews:
        """What the page of the day shows."""
        from app.today.views import TodayViews

        return TodayViews(self._book, self.clock, self.due_views)

    @Once
    def _source(self) -> BookSource:
        """What the index is fed with."""
        from app.search.source import BookSource

        return BookSource(self._book)

    @Once
    def search(self) -> SearchEngine:
        """The search over everything."""
        from app.search.engine import SearchEngine
        from app.search.known_fields import KnownFields
        from app.search.standing import index_folder

        folder = index_folder(self._cache / "search", self._book.id, self._book.folder)
        engine = SearchEngine(folder, self._source, self._source.glossary)
        lists = self.lists
        engine.know_fields(
            KnownFields(
                lists.offered(), lists.key_of, lists.records_where, rates=self._exchange_rates
            )
        )
        return engine

    @Once
    def glossary(self) -> GlossaryEditing:
        """The names of goods that stand for each other in a search."""
        from app.search.glossary_service import GlossaryEditing

        return GlossaryEditing(self._book)

    @Once
    def indexer(self) -> Indexer:
        """The thread that keeps the index in line with the book."""
        from app.search.background import Indexer

        return Indexer(self.search)

    def _ids_with(self, kind: str, text: str) -> Collection[int] | None:
        return self.search.ids_with(kind, text)

    def _exchange_rates(self) -> Mapping[str, Decimal]:
        return self.rates.exchange_rates(self.clock.today())

    def _products_for(self, inquiry_id: int) -> Mapping[int, int]:
        return self.matching.products_for(inquiry_id)
