"""Owns the making of a plan: every record of the sheets taken to what will happen to it.

Reads the book in sets. Must not write.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.directory.duplicates import CompanyTraits, company_traits
from app.kernel.messages import Message
from app.kernel.progress import Progress
from app.sheets.plan.companies import Companies
from app.sheets.plan.drafts import CompanyDraft, RowDraft
from app.sheets.plan.gains import take_company_gains, take_product_gains
from app.sheets.plan.goods import inquiry_of, product_of
from app.sheets.plan.known_views import (
    company_keys,
    known_companies,
    known_inquiries,
    known_products,
    product_keys,
)
from app.sheets.plan.outcome import (
    OnDuplicate,
    Outcome,
    Plan,
    PlannedCompany,
    PlannedInquiry,
    PlannedProduct,
    PlannedRow,
)
from app.sheets.plan.parties import company_of
from app.sheets.records import Record
from app.sheets.understanding import UnderstoodSheet
from database.records import CompanyRecord, ContactPointRecord

_TELL_EVERY = 500
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

Row = tuple[UnderstoodSheet, Record, RowDraft, PlannedCompany | None, bool]


class Planner:
    """Makes the plan of one import."""

    def __init__(
        self, session: Session, *, today: date, on_duplicate: OnDuplicate, progress: Progress
    ) -> None:
        self._session = session
        self._today = today
        self._on_duplicate = on_duplicate
        self._progress = progress
        self._plan = Plan()
        self._companies = Companies(
            company_keys(session),
            self._traits,
            creates_always=on_duplicate is OnDuplicate.CREATE,
        )
        self._products: dict[tuple[int, str], PlannedProduct] = {}
        self._inquiries: dict[tuple[int, str], PlannedInquiry] = {}

    def plan(self, sheets: Sequence[UnderstoodSheet]) -> Plan:
        """What importing ``sheets`` will do."""
        rows = [row for sheet in sheets for row in self._place_rows(sheet)]
        self._plan.companies = self._companies.planned
        self._take_gains()
        self._plan.rows = [self._outcome(row) for row in rows]
        return self._plan

    # -- placing ----------------------------------------------------------------------------

    def _place_rows(self, sheet: UnderstoodSheet) -> Iterator[Row]:
        total = sheet.row_count
        for done, record in enumerate(sheet.records()):
            if done % _TELL_EVERY == 0:
                self._progress.at(Message("sheets.reading_rows"), done, total)
            if record.has_errors:
                yield sheet, record, RowDraft(), None, False
                continue
            draft = row_draft(sheet, record)
            company, is_first = None, False
            if draft.company is not None:
                company, is_first = self._companies.place(draft.company)
            self._place_goods(draft, company)
            yield sheet, record, draft, company, is_first

    def _place_goods(self, draft: RowDraft, company: PlannedCompany | None) -> None:
        if draft.product is not None:
            self._place_product(PlannedProduct(draft.product, company))
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

    def _place_product(self, product: PlannedProduct) -> None:
        """An article that stands in several rows is one, with all its prices and pictures."""
        keys = [(id(product.company), key) for key in product_keys(product.draft.values)]
        for key in keys:
            if (known := self._products.get(key)) is not None:
                known.draft.prices += product.draft.prices
                known.draft.pictures += product.draft.pictures
                for field, value in product.draft.values.items():
                    known.draft.values.setdefault(field, value)
                return
        self._plan.products.append(product)
        for key in keys:
            self._products[key] = product

    # -- what the book gains ----------------------------------------------------------------

    def _take_gains(self) -> None:
        self._progress.at(Message("sheets.comparing"))
        overwrites = self._on_duplicate is OnDuplicate.OVERWRITE
        skips = self._on_duplicate is OnDuplicate.SKIP
        ids = [c.existing for c in self._plan.companies if c.existing is not None]
        known = known_companies(self._session, ids)
        for company in self._plan.companies:
            take_company_gains(company, known.get(company.existing or 0), overwrites=overwrites)
            company.is_skipped = skips and company.existing is not None
        self._take_product_gains(overwrites=overwrites, skips=skips)
        self._mark_known_inquiries(ids)

    def _take_product_gains(self, *, overwrites: bool, skips: bool) -> None:
        owners = {p.company.existing if p.company else None for p in self._plan.products}
        if self._on_duplicate is OnDuplicate.CREATE or not self._plan.products:
            return
        known = known_products(self._session, owners)
        for product in self._plan.products:
            if product.company is not None and product.company.existing is None:
                continue
            owner = product.company.existing if product.company else None
            keys = product_keys(product.draft.values)
            found = next((known[owner, key] for key in keys if (owner, key) in known), None)
            take_product_gains(product, found, today=self._today, overwrites=overwrites)
            product.is_skipped = skips and found is not None

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

    # -- outcomes ---------------------------------------------------------------------------

    def _outcome(self, row: Row) -> PlannedRow:
        sheet, record, draft, company, is_first = row
        title, outcome = _title(draft), Outcome.REJECT
        if not record.has_errors:
            outcome = self._happens(draft, company, is_first=is_first)
        match = company.match if company is not None and is_first else None
        return PlannedRow(sheet.sheet, record, title, outcome, record.problems, match)

    def _happens(
        self, draft: RowDraft, company: PlannedCompany | None, *, is_first: bool
    ) -> Outcome:
        if draft.inquiry is not None:
            known = next((i for i in self._plan.inquiries if i.draft is draft.inquiry), None)
            return Outcome.UNCHANGED if known is not None and known.is_known else Outcome.CREATE
        if draft.product is not None:
            return self._product_outcome(draft, company)
        if company is None:
            return Outcome.SKIP
        if not is_first:
            return Outcome.MERGE
        if company.is_skipped:
            return Outcome.SKIP
        if company.existing is None:
            return Outcome.CREATE
        return Outcome.UPDATE if company.gains else Outcome.UNCHANGED

    def _product_outcome(self, draft: RowDraft, company: PlannedCompany | None) -> Outcome:
        keys = product_keys(draft.product.values) if draft.product else ()
        found = (self._products.get((id(company), key)) for key in keys)
        product = next((p for p in found if p is not None), None)
        if product is None or product.draft is not draft.product:
            return Outcome.MERGE
        if product.is_skipped:
            return Outcome.SKIP
        if product.existing is None:
            return Outcome.CREATE
        return Outcome.UPDATE if product.gains else Outcome.UNCHANGED

    def _traits(self, company_id: int) -> tuple[str, CompanyTraits]:
        row = self._session.execute(
            select(
                CompanyRecord.name_zh,
                CompanyRecord.name_en,
                CompanyRecord.uscc,
                CompanyRecord.website,
                CompanyRecord.country,
            ).where(CompanyRecord.id == company_id)
        ).one()
        points = self._session.execute(
            select(ContactPointRecord.kind, ContactPointRecord.normal).where(
                ContactPointRecord.company_id == company_id
            )
        ).all()
        traits = company_traits(
            names=[name for name in row[:2] if name],
            uscc=row[2] or "",
            websites=[row[3] or ""],
            mails=[normal or "" for kind, normal in points if kind == "email"],
            phones=[normal or "" for kind, normal in points if kind in {"phone", "mobile"}],
            country=row[4] or "",
        )
        return row[0] or row[1] or "", traits


def row_draft(sheet: UnderstoodSheet, record: Record) -> RowDraft:
    """What one record of a sheet of this kind holds."""
    kind = sheet.kind or "suppliers"
    role = _ROLE_OF_KIND.get(kind, "supplier")
    if kind in {"products", "offers"}:
        company = _supplier_of(sheet, record, role)
        return RowDraft(company, product_of(record, hints=sheet.hints, facts=sheet.facts))
    if kind == "inquiries":
        own = {key: v for key, v in record.values.items() if key not in _OF_THE_INQUIRY}
        buyer = company_of(own, role=role, name_field="buyer")
        return RowDraft(buyer, inquiry=inquiry_of(record))
    company = company_of(record.values, role=role)
    if company is not None:
        company.custom |= dict(record.custom)
        company.pictures = list(record.pictures)
        company.is_role_said = kind != "contacts"
        return RowDraft(company)
    return RowDraft(_person_alone(record, role))


def _supplier_of(sheet: UnderstoodSheet, record: Record, role: str) -> CompanyDraft | None:
    """The supplier of a price list: named in the row, or by the letterhead."""
    own = {key: record.values[key] for key in ("company", "company_code") if record.values.get(key)}
    if own.get("company"):
        return company_of(own, role=role)
    facts: Mapping[str, object] = sheet.facts
    return company_of(facts, role=role)


def _person_alone(record: Record, role: str) -> CompanyDraft | None:
    """A person without a company is kept under their own name, so that nothing is lost."""
    named = {**record.values, "company": record.values.get("contact") or record.values.get("email")}
    if isinstance(named["company"], tuple):
        named["company"] = named["company"][0]
    return company_of(named, role=role) if named["company"] else None


def _title(draft: RowDraft) -> str:
    if draft.product is not None:
        return draft.product.title
    return draft.company.title if draft.company is not None else ""
