"""Owns the making of a plan: every record of the sheets taken to what will happen to it.

Reads the book in sets. Must not write.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from datetime import date
from typing import TypeVar

from sqlalchemy.orm import Session

from app.directory.duplicates import Reason
from app.directory.duplicates_views import sound_keys
from app.directory.names import name_key
from app.kernel.messages import Message
from app.kernel.progress import Progress
from app.sheets.cells.reading import Problem
from app.sheets.plan.companies import (
    NO_NAMES,
    Companies,
    Placed,
    book_candidates,
    draft_keys,
    sounds_in,
)
from app.sheets.plan.drafts import CompanyDraft, RowDraft
from app.sheets.plan.gains import take_company_gains, take_product_gains
from app.sheets.plan.goods import (
    category_of,
    inquiry_of,
    is_same_article,
    keep_papers,
    merge_products,
    offer_line_of,
    product_of,
)
from app.sheets.plan.keys_views import company_keys
from app.sheets.plan.known_views import (
    KnownProduct,
    kept_offers,
    known_companies,
    known_inquiries,
    known_offers,
    known_paths,
    known_products,
    known_traits,
    not_duplicates,
    numbered_keys,
    own_product_keys,
)
from app.sheets.plan.moved_people_views import MovedPeople
from app.sheets.plan.names_aside import names_aside
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
    PlannedOffer,
    PlannedProduct,
    PlannedRow,
    RowPlace,
)
from app.sheets.plan.parties import company_of, tell_of_person
from app.sheets.records import Record
from app.sheets.targets import KINDS
from app.sheets.understanding import UnderstoodSheet

_TELL_EVERY = 500
_LONGEST_TITLE = 60
_ROLE_OF_KIND = {
    "suppliers": "supplier",
    "contacts": "supplier",
    "buyers": "buyer",
    "products": "supplier",
    "offers": "supplier",
    "inquiries": "buyer",
}

#: What a row of inquiries says of the inquiry, not of the buyer.
_OF_THE_INQUIRY = frozenset(
    [
        "destination",
        "incoterm",
        "price",
        "moq",
        "lead_time",
        "origin",
        "brand",
        "description",
        "status",
        "serial",
        "next_action",
        "remark",
        "source",
        "payment",
        "certificates",
        "currency",
    ]
)

_NAMES_OF_COMPANIES = frozenset([("company",), ("company_en",), ("buyer",)])
_OF_A_BUYER = KINDS["buyers"].fields | {"buyer", "company_no", "people"}
_OF_A_COMPANY = KINDS["suppliers"].fields | {"people"}
_SUPPLIER_FIELDS = (
    "company", "company_no", "company_code", "contact", "people", "phone", "mobile", "email", "fax", "wechat", "web",
    "address",
)  # fmt: skip

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
        self._today = today
        self._on_duplicate = on_duplicate
        self._decisions = decisions
        self._progress = progress
        self._plan = Plan()
        self._products: dict[tuple[int, str], PlannedProduct] = {}
        self._inquiries: dict[tuple[int, str], PlannedInquiry] = {}
        self._offers: dict[tuple[int, str], PlannedOffer] = {}
        self._moved = MovedPeople()
        self._kept_offers: Set[tuple[str, int]] = frozenset()
        self._first_rows: dict[int, int] = {}
        self._known_inquiries: dict[int, bool] = {}
        self._planned_by_draft: dict[int, PlannedProduct] = {}
        self._new_categories: frozenset[tuple[str, ...]] = frozenset()

    def plan(self, sheets: Sequence[UnderstoodSheet]) -> Plan:
        """What importing ``sheets`` will do."""
        with names_aside(_company_names(sheets)) as wait:
            read = [row for sheet in sheets for row in self._read_rows(sheet)]
            wait(lambda: self._progress.at(Message("sheets.comparing")))
        companies = self._know_companies(read)
        self._kept_offers = kept_offers(
            self._session, {row[2].offer.number for row in read if row[2].offer is not None}
        )
        rows = [self._place(row, companies) for row in _used_up(read)]
        self._moved.look_up(self._session, companies)
        self._plan.companies = companies.planned
        self._take_gains()
        self._take_categories(rows)
        self._known_inquiries = {id(i.draft): i.is_known for i in self._plan.inquiries}
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
            yield sheet, record, draft, decision

    def _decision(self, sheet: UnderstoodSheet, record: Record) -> Decision | None:
        return self._decisions.get(RowPlace(sheet.sheet, record.number, record.column))

    def _know_companies(self, rows: Sequence[ReadRow]) -> Companies:
        """What the book knows of the companies of the sheets, read in sets."""
        self._progress.at(Message("sheets.comparing"))
        keys = {f"name:{name}" for name in NO_NAMES}
        for _sheet, _record, draft, _decision in rows:
            if draft.company is not None:
                draft.keys = draft_keys(draft.company)
                keys.update(draft.keys)
        book_keys = company_keys(self._session, keys)
        for _sheet, _record, draft, _decision in rows:
            draft.candidates = book_candidates(book_keys, draft.keys)
        self._listen(rows, book_keys)
        found = {company for row in rows for company in row[2].candidates}
        return Companies(
            book_keys,
            known_traits(self._session, found),
            not_duplicates=not_duplicates(self._session),
            creates_always=self._on_duplicate is OnDuplicate.CREATE,
        )

    def _listen(self, rows: Sequence[ReadRow], book_keys: dict[str, list[int]]) -> None:
        """Gives rows that share nothing with the book the keys of names that sound like theirs."""
        lonely = [row[2] for row in rows if row[2].keys and not row[2].candidates]
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
        self._place_goods(draft, placed.company if placed else None, choice)
        return sheet, record, draft, placed

    def _place_goods(
        self, draft: RowDraft, company: PlannedCompany | None, choice: Choice | None
    ) -> None:
        if draft.offer is not None and company is not None:
            offered = (draft.offer.number, company.existing or 0)
            draft.product = None if offered in self._kept_offers else draft.product
        if draft.product is not None:
            product = self._place_product(PlannedProduct(draft.product, company, choice=choice))
            if draft.offer is not None and company is not None:
                place = (id(company), draft.offer.number)
                self._offers.setdefault(place, PlannedOffer(company)).take(draft.offer, product)
        if draft.inquiry is not None:
            inquiry = draft.inquiry
            same = self._inquiries.get((id(company), inquiry.number)) if inquiry.number else None
            if same is not None:
                same.draft.lines += inquiry.lines
                return
            planned = PlannedInquiry(inquiry, company)
            self._plan.inquiries.append(planned)
            if inquiry.number:
                self._inquiries[id(company), inquiry.number] = planned

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
        self._take_offers()

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
        for inquiry in self._plan.inquiries:
            buyer = inquiry.buyer.existing if inquiry.buyer else None
            fields = ("wording", "quantity", "quantity_text", "target_price")
            channel = inquiry.draft.values.get("channel")
            inquiry.is_known = all(
                (buyer, channel, *(line.get(field) for field in fields)) in known
                for line in inquiry.draft.lines
            )

    def _take_offers(self) -> None:
        self._plan.offers = list(self._offers.values())
        suppliers = [o.company.existing for o in self._plan.offers if o.company.existing]
        known = known_offers(self._session, suppliers)
        for offer in self._plan.offers:
            terms = frozenset(line.terms for line, _product in offer.lines)
            offer.is_known = terms in known.get(offer.company.existing or 0, ())

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
        title, outcome = _title(draft) or " › ".join(draft.category), Outcome.REJECT
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
        return PlannedRow(sheet.sheet, record, title, outcome, problems, match)

    def _happens(
        self, draft: RowDraft, company: PlannedCompany | None, *, is_first: bool
    ) -> Outcome:
        if draft.inquiry is not None:
            known = self._known_inquiries.get(id(draft.inquiry), False)
            return Outcome.UNCHANGED if known else Outcome.CREATE
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


def row_draft(sheet: UnderstoodSheet, record: Record) -> RowDraft:
    """What one record of a sheet of this kind holds."""
    kind = sheet.kind or "suppliers"
    if kind == "categories":
        return RowDraft(category=category_of(record))
    role = _ROLE_OF_KIND.get(kind, "supplier")
    if kind in {"products", "offers"}:
        company = _supplier_of(sheet, record, role)
        product = product_of(record, hints=sheet.hints, facts=sheet.facts)
        if product is not None and company is None:
            keep_papers(product)
        if kind == "offers" and product is not None:
            return RowDraft(company, product, offer=offer_line_of(record, product))
        return RowDraft(company, product)
    if kind == "inquiries":
        own = {k: v for k, v in record.values.items() if k in _OF_A_BUYER - _OF_THE_INQUIRY}
        buyer = company_of(own, role=role, name_field="buyer")
        return RowDraft(buyer, inquiry=inquiry_of(record))
    company = company_of(record.values, role=role) or _person_alone(record, role)
    if company is not None:
        company.custom |= dict(record.custom)
        company.pictures = list(record.pictures)
        company.is_role_said = kind != "contacts"
        if kind == "contacts" and company.people:
            tell_of_person(company)
    return RowDraft(company)


def _supplier_of(sheet: UnderstoodSheet, record: Record, role: str) -> CompanyDraft | None:
    """The supplier of a price list: named in the row, or by the letterhead."""
    if record.values.get("company"):
        own = (key for key in _SUPPLIER_FIELDS if record.values.get(key))
        return company_of({key: record.values[key] for key in own}, role=role)
    facts: Mapping[str, object] = sheet.facts
    return company_of({k: v for k, v in facts.items() if k in _OF_A_COMPANY}, role=role)


def _person_alone(record: Record, role: str) -> CompanyDraft | None:
    """A person of whom no company is told: of the one with their mail's domain, else under their own name."""
    named = {**record.values, "company": record.values.get("contact") or record.values.get("email")}
    if isinstance(named["company"], tuple):
        named["company"] = named["company"][0]
    company = company_of(named, role=role) if named["company"] else None
    if company is not None:
        company.is_person = True
    return company


def _title(draft: RowDraft) -> str:
    if draft.product is not None:
        return draft.product.title
    if draft.company is None and draft.inquiry is not None:
        return str(draft.inquiry.values["subject"])
    return draft.company.title if draft.company is not None else ""
