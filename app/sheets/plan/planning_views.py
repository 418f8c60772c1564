"""Owns the making of a plan: every record of the sheets taken to what will happen to it.

Reads the book in sets. Must not write.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Set
from datetime import date
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.directory.duplicates import Reason
from app.directory.duplicates_views import sound_keys
from app.directory.names import name_key
from app.inquiries.channels_service import names_now
from app.kernel.messages import Message
from app.kernel.progress import Progress
from app.sheets.cells.reading import Problem
from app.sheets.plan.asked import asked_by, asks_as_a_whole
from app.sheets.plan.companies import (
    NO_NAMES,
    Companies,
    Placed,
    book_candidates,
    draft_keys,
    sounds_in,
)
from app.sheets.plan.drafts import InquiryDraft, RowDraft
from app.sheets.plan.gains import take_company_gains, take_product_gains
from app.sheets.plan.goods import is_same_article, merge_products
from app.sheets.plan.inquired import add_to_inquiry
from app.sheets.plan.keys_views import company_keys
from app.sheets.plan.known_views import (
    KnownProduct,
    known_addresses,
    known_companies,
    known_inquiries,
    known_paths,
    known_products,
    known_traits,
    not_duplicates,
    numbered_keys,
    own_product_keys,
)
from app.sheets.plan.moved_people_views import MovedPeople
from app.sheets.plan.names_aside import names_aside
from app.sheets.plan.offers_views import SheetOffers
from app.sheets.plan.outcome import (
    NO_DECISIONS,
    Choice,
    Decision,
    Decisions,
    Match,
    OnDuplicate,
    Outcome,
    Plan,
    PlannedCompany,
    PlannedInquiry,
    PlannedProduct,
    PlannedRow,
    RowPlace,
)
from app.sheets.plan.row_drafts import row_draft, say_numbers_here, title_of
from app.sheets.records import Record
from app.sheets.understanding import UnderstoodSheet
from database.records import BookRecord

_TELL_EVERY = 500
_LONGEST_TITLE = 60
_NAMES_OF_COMPANIES = frozenset([("company",), ("company_en",), ("buyer",)])
AnyRow = TypeVar("AnyRow")
ReadRow = tuple[UnderstoodSheet, Record, RowDraft, Decision | None]
Row = tuple[UnderstoodSheet, Record, RowDraft, Placed | None]


class Planner:
    """Makes the plan of one import."""

    def __init__(
        self,
        session: Session,
        *,
        today: date,
        on_duplicate: OnDuplicate,
        progress: Progress,
        decisions: Decisions = NO_DECISIONS,
    ) -> None:
        self._session = session
        self._book_id = session.scalars(select(BookRecord.uid)).one()
        self._today = today
        self._on_duplicate = on_duplicate
        self._decisions = decisions
        self._progress = progress
        self._plan = Plan()
        self._products: dict[tuple[int, str], PlannedProduct] = {}
        self._inquiries: dict[tuple[int, str | int], PlannedInquiry] = {}
        self._inquiry_of: dict[int, PlannedInquiry] = {}
        self._moved = MovedPeople()
        self._first_rows: dict[int, int] = {}
        self._planned_by_draft: dict[int, PlannedProduct] = {}
        self._new_categories: frozenset[tuple[str, ...]] = frozenset()

    def plan(self, sheets: Sequence[UnderstoodSheet]) -> Plan:
        """What importing ``sheets`` will do."""
        with names_aside(_company_names(sheets)) as wait:
            read = [row for sheet in sheets for row in self._read_rows(sheet)]
            wait(lambda: self._progress.at(Message("sheets.comparing")))
        self._offers = SheetOffers(self._session, (row[:3] for row in read))
        askers = self._offers.askers()
        companies = self._know_companies([*(row[2] for row in read), *askers.values()])
        rows = [self._place(row, companies) for row in _used_up(read)]
        self._offers.asked_by(
            {
                id_: companies.place(
                    asker.company, keys=asker.keys, candidates=asker.candidates, decision=None
                ).company
                for id_, asker in askers.items()
                if asker.company is not None
            }
        )
        self._moved.look_up(self._session, companies)
        self._plan.companies = companies.planned
        self._take_gains()
        self._take_categories(rows)
        self._planned_by_draft = {id(p.draft): p for p in self._plan.products}
        self._new_categories = frozenset(self._plan.categories)
        self._plan.rows = [self._outcome(row) for row in _used_up(rows)]
        return self._plan

    # -- placing ----------------------------------------------------------------------------

    def _read_rows(self, sheet: UnderstoodSheet) -> Iterator[ReadRow]:
        total = sheet.row_count
        for done, record in enumerate(sheet.records()):
            if done % _TELL_EVERY == 0:
                self._progress.at(Message("sheets.reading_rows"), done, total)
            decision = self._decision(sheet, record) if self._decisions else None
            stays_out = record.has_errors or (decision and decision.choice is Choice.SKIP)
            draft = RowDraft() if stays_out else row_draft(sheet, record)
            say_numbers_here(draft, self._book_id)
            yield sheet, record, draft, decision

    def _decision(self, sheet: UnderstoodSheet, record: Record) -> Decision | None:
        return self._decisions.get(RowPlace(sheet.sheet, record.number, record.column))

    def _know_companies(self, drafts: Sequence[RowDraft]) -> Companies:
        """What the book knows of the companies of the sheets, read in sets."""
        self._progress.at(Message("sheets.comparing"))
        keys = {f"name:{name}" for name in NO_NAMES}
        for draft in drafts:
            if draft.company is not None:
                draft.keys = draft_keys(draft.company)
                keys.update(draft.keys)
        book_keys = company_keys(self._session, keys)
        for draft in drafts:
            draft.candidates = book_candidates(book_keys, draft.keys)
        self._listen(drafts, book_keys)
        found = {company for draft in drafts for company in draft.candidates}
        apart = not_duplicates(self._session)
        told_apart = found.intersection(company for pair in apart for company in pair)
        return Companies(
            book_keys,
            known_traits(self._session, found),
            not_duplicates=apart,
            addresses=known_addresses(self._session, told_apart),
            creates_always=self._on_duplicate is OnDuplicate.CREATE,
        )

    def _listen(self, drafts: Sequence[RowDraft], book_keys: dict[str, list[int]]) -> None:
        """Gives rows that share nothing with the book the keys of names that sound like theirs."""
        lonely = [draft for draft in drafts if draft.keys and not draft.candidates]
        for is_chinese in (True, False):
            held = sound_keys(self._session, is_chinese=not is_chinese) if lonely else {}
            for draft in lonely if held else ():
                if draft.company is not None:
                    spoken = sounds_in(draft.company, is_chinese=is_chinese)
                    known = [key for key in spoken if key in held]
                    book_keys.update((key, held[key]) for key in known)
                    draft.keys += tuple(known)
                    draft.candidates = draft.candidates or book_candidates(book_keys, known)

    def _place(self, row: ReadRow, companies: Companies) -> Row:
        sheet, record, draft, decision = row
        placed = None
        if draft.company is not None:
            is_of_company = decision is not None and not decision.product_id
            placed = companies.place(
                draft.company,
                keys=draft.keys,
                candidates=draft.candidates,
                decision=decision if is_of_company else None,
            )
            self._moved.note(id(record), placed.company, draft.company, candidates=draft.candidates)
            draft.keys = draft.candidates = ()
            if placed.is_first:
                self._first_rows[id(placed.company)] = record.number
        choice = decision.choice if decision is not None and decision.product_id else None
        self._place_goods((sheet, record), draft, placed.company if placed else None, choice)
        return sheet, record, draft, placed

    def _place_goods(
        self,
        row: tuple[UnderstoodSheet, Record],
        draft: RowDraft,
        company: PlannedCompany | None,
        choice: Choice | None,
    ) -> None:
        offer = draft.offer if company is not None else None
        if offer is not None and company is not None and self._offers.is_of_book(offer, company):
            draft.product = None
        product = None
        if draft.product is not None:
            product = self._place_product(PlannedProduct(draft.product, company, choice=choice))
        if offer is not None and company is not None:
            self._offers.take(row, offer, company, product)
        if draft.inquiry is not None:
            self._place_inquiry(row[0], draft.inquiry, company)

    def _place_inquiry(
        self, sheet: UnderstoodSheet, draft: InquiryDraft, buyer: PlannedCompany | None
    ) -> None:
        """A row that is of the same inquiry as one above adds its lines to it."""
        is_whole = asks_as_a_whole(sheet)
        place = (id(buyer), id(sheet) if is_whole else draft.number)
        same = self._inquiries.get(place) if place[1] else None
        if same is not None:
            add_to_inquiry(same.draft, draft)
            self._inquiry_of[id(draft)] = same
            return
        whole = draft
        if is_whole:
            whole = asked_by(sheet, draft.lines)
            whole.pictures = draft.pictures
        planned = PlannedInquiry(whole, buyer)
        self._plan.inquiries.append(planned)
        self._inquiries[place] = self._inquiry_of[id(draft)] = planned

    def _place_product(self, product: PlannedProduct) -> PlannedProduct:
        """An article that stands in several rows is one, with all its prices and pictures.

        Rows that are alike but for the price are several articles, told apart by their count.
        """
        owner = id(product.company)
        own = tuple(own_product_keys(product.draft.number, product.draft.values))
        own = own if product.draft.number else ()
        for named in numbered_keys(product.draft.values):
            keys = (*own, *named)
            found = (self._products.get((owner, key)) for key in keys)
            known = next((one for one in found if one is not None), None)
            if known is None:
                product.keys = keys
                self._plan.products.append(product)
                self._products.update(((owner, key), product) for key in keys)
                return product
            if is_same_article(known.draft, product.draft):
                merge_products(known.draft, product.draft)
                return known
        raise AssertionError("there is always another number")

    # -- what the book gains ----------------------------------------------------------------

    def _take_gains(self) -> None:
        self._progress.at(Message("sheets.comparing"))
        overwrites = self._on_duplicate is OnDuplicate.OVERWRITE
        skips = self._on_duplicate is OnDuplicate.SKIP
        overwritten = {Choice.OVERWRITE} | ({None} if overwrites else set())
        ids = [c.existing for c in self._plan.companies if c.existing is not None]
        known = known_companies(self._session, ids)
        for company in self._plan.companies:
            take_company_gains(
                company,
                known.get(company.existing or 0),
                overwrites=company.choice in overwritten,
            )
            company.is_skipped = skips and company.existing is not None and company.choice is None
        self._take_product_gains(overwritten, skips=skips)
        self._mark_known_inquiries(ids)
        self._plan.inquiries += self._offers.settle()
        self._plan.offers = self._offers.planned

    def _take_product_gains(self, overwritten: Set[Choice | None], *, skips: bool) -> None:
        wanted = [
            product
            for product in self._plan.products
            if product.choice is not None or self._on_duplicate is not OnDuplicate.CREATE
        ]
        owners = {product.company.existing if product.company else None for product in wanted}
        known = known_products(self._session, owners) if wanted else {}
        for product in wanted:
            if product.company is not None and product.company.existing is None:
                continue
            owner = product.company.existing if product.company else None
            places = ((owner, key) for key in product.keys)
            found = next((known[place] for place in places if place in known), None)
            if found is not None:
                product.match = _match_of(product, found)
            take_product_gains(
                product,
                found if product.choice is not Choice.CREATE else None,
                today=self._today,
                overwrites=product.choice in overwritten,
            )
            product.is_skipped = skips and found is not None and product.choice is None

    def _mark_known_inquiries(self, buyers: Sequence[int]) -> None:
        if not self._plan.inquiries:
            return
        known = known_inquiries(self._session, buyers)
        now = names_now(self._session)
        for inquiry in self._plan.inquiries:
            called = inquiry.draft.values.get("channel")
            # A sheet from before a channel was renamed does not bring its former name back.
            inquiry.draft.values["channel"] = now.get(str(called), called)
            buyer = inquiry.buyer.existing if inquiry.buyer else None
            fields = ("wording", "quantity", "quantity_text", "target_price")
            channel = inquiry.draft.values.get("channel")
            inquiry.is_known = all(
                (buyer, channel, *(line.get(field) for field in fields)) in known
                for line in inquiry.draft.lines
            )

    def _take_categories(self, rows: Sequence[Row]) -> None:
        paths = dict.fromkeys(row[2].category for row in rows if row[2].category)
        known = known_paths(self._session) if paths else set()
        self._plan.categories = [
            path for path in paths if tuple(name_key(n) or n for n in path) not in known
        ]

    # -- outcomes ---------------------------------------------------------------------------

    def _outcome(self, row: Row) -> PlannedRow:
        sheet, record, draft, placed = row
        company, is_first = (placed.company, placed.is_first) if placed else (None, False)
        title, outcome = title_of(draft) or " › ".join(draft.category), Outcome.REJECT
        if not record.has_errors:
            outcome = self._happens(draft, company, is_first=is_first)
        title = title or " ".join(str(value) for value in record.raw if value)[:_LONGEST_TITLE]
        match = placed.match if placed is not None else None
        product = self._planned_by_draft.get(id(draft.product))
        if match is None and product is not None:
            match = product.match
        problems = record.problems
        if placed is not None and placed.doubt is not None:
            there, here = placed.doubt
            first = self._first_rows[id(placed.company)]
            doubt = Message("mapping.same_name_elsewhere", row=first, there=there, here=here)
            problems = (*problems, Problem("warning", doubt, "company"))
        problems = (*problems, *self._moved.problems(id(record)))
        if draft.offer is not None and company is not None:
            problems = (*problems, *filter(None, self._offers.outcome_of(draft.offer)[1:]))
        return PlannedRow(sheet.sheet, record, title, outcome, problems, match)

    def _happens(
        self, draft: RowDraft, company: PlannedCompany | None, *, is_first: bool
    ) -> Outcome:
        if draft.inquiry is not None:
            known = self._inquiry_of[id(draft.inquiry)].is_known
            return Outcome.UNCHANGED if known else Outcome.CREATE
        if draft.offer is not None and company is not None:
            is_known, _ = self._offers.outcome_of(draft.offer)
            if not is_known or draft.product is None:
                return Outcome.UNCHANGED if is_known else Outcome.CREATE
        if draft.product is not None:
            return self._product_outcome(draft)
        if draft.category:
            is_new = draft.category in self._new_categories
            return Outcome.CREATE if is_new else Outcome.UNCHANGED
        if company is None:
            return Outcome.SKIP
        if not is_first:
            return Outcome.MERGE
        if company.is_skipped:
            return Outcome.SKIP
        if company.existing is None:
            return Outcome.CREATE
        return Outcome.UPDATE if company.gains else Outcome.UNCHANGED

    def _product_outcome(self, draft: RowDraft) -> Outcome:
        product = self._planned_by_draft.get(id(draft.product))
        if product is None:
            return Outcome.MERGE
        if product.is_skipped:
            return Outcome.SKIP
        if product.existing is None:
            return Outcome.CREATE
        return Outcome.UPDATE if product.gains else Outcome.UNCHANGED


def _match_of(product: PlannedProduct, known: KnownProduct) -> Match:
    """That a product of the sheet is one of the book: a supplier's own number or names say so."""
    by_number = bool(product.draft.values.get("item_number"))
    why = Message("sheets.same_item_number" if by_number else "sheets.same_product_name")
    is_taken = product.choice is not Choice.CREATE
    reasons = (Reason(why, 1.0),)
    return Match(known.id, product.draft.title, 1.0, reasons, is_taken, is_product=True)


def _used_up(rows: list[AnyRow]) -> Iterator[AnyRow]:
    """The rows in their order, each let go: letting go of all at once would stop every thread."""
    rows.reverse()
    while rows:
        yield rows.pop()


def _company_names(sheets: Iterable[UnderstoodSheet]) -> Iterator[str]:
    """The names of companies as they stand in the cells of ``sheets``."""
    for sheet in sheets:
        for column in sheet.columns:
            if column.fields in _NAMES_OF_COMPANIES:
                cells = (row[column.index] for row in sheet.region.rows)
                yield from (cell for cell in cells if isinstance(cell, str))
