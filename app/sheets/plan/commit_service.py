"""Owns the writing of a plan: set by set, inside the one operation of the import.

Must not match or decide; the plan says what happens.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.directory.duplicates import website_host
from app.directory.names import name_key
from app.files.service import keep_file
from app.kernel.messages import Message
from app.kernel.progress import Progress
from app.sheets.grid import Picture
from app.sheets.plan.drafts import PersonDraft, Point, ProductDraft, Values
from app.sheets.plan.known_views import known_categories
from app.sheets.plan.outcome import (
    Choice,
    Plan,
    PlannedCompany,
    PlannedInquiry,
    PlannedOffer,
    PlannedProduct,
)
from database.book import Book, WriteScope
from database.bulk import first_free_id, insert_rows, parents_first, update_rows
from database.counters import next_number
from database.records import (
    AddressRecord,
    AliasRecord,
    BoothRecord,
    CategoryRecord,
    CertificateRecord,
    CompanyRecord,
    ContactPointRecord,
    ContactRecord,
    InquiryLineRecord,
    InquiryRecord,
    NotDuplicateRecord,
    NoteRecord,
    OfferLineRecord,
    OfferRecord,
    OfferTierRecord,
    PictureRecord,
    PriceRecord,
    ProductRecord,
    Record,
    TagLinkRecord,
    TagRecord,
)

#: New companies whose rows, and those of all that hangs on them, are held before they are written.
_COMPANIES_AT_ONCE = 2_000
_LINE_COLUMNS = (
    "wording", "specification", "quantity", "unit", "quantity_text", "target_price", "currency",
    "incoterm", "place",
)  # fmt: skip


class PlanWriter:
    """Writes one plan; counts what it created and updated by kind."""

    def __init__(
        self,
        book: Book,
        scope: WriteScope,
        *,
        now: datetime,
        today: date,
        source: str,
        progress: Progress,
    ) -> None:
        self._book = book
        self._scope = scope
        self._now = now
        self._today = today
        self._source = source
        self._progress = progress
        self._rows: dict[type[Record], list[Values]] = {}
        self._changes: dict[type[Record], dict[int, Values]] = {}

    def write(self, plan: Plan) -> None:
        """Writes all of ``plan``."""
        companies = [c for c in plan.companies if not c.is_skipped]
        self._progress.at(Message("sheets.writing"), 0, 4)
        self._write_companies(companies)
        self._progress.at(Message("sheets.writing"), 1, 4)
        self._write_products([p for p in plan.products if not p.is_skipped])
        self._progress.at(Message("sheets.writing"), 2, 4)
        self._write_inquiries([i for i in plan.inquiries if not i.is_known])
        self._write_offers([o for o in plan.offers if not o.is_known])
        self._write_categories(plan.categories)
        self._flush()
        self._progress.at(Message("sheets.writing"), 4, 4)

    def _add(self, record: type[Record], values: Values) -> None:
        self._rows.setdefault(record, []).append(values)

    def _flush(self) -> None:
        for record in parents_first(self._rows):
            insert_rows(self._scope, record, self._rows.pop(record))
        for record, changes in self._changes.items():
            update_rows(self._scope, record, changes)
        self._changes.clear()

    # -- companies --------------------------------------------------------------------------

    def _write_companies(self, companies: Sequence[PlannedCompany]) -> None:
        company_id = first_free_id(self._scope, CompanyRecord)
        contact_id = first_free_id(self._scope, ContactRecord)
        tags = _Tags(self._scope)
        for company in companies:
            if company.existing is None:
                company.id, company_id = company_id, company_id + 1
                self._add(CompanyRecord, self._new_company(company))
            else:
                company.id = company.existing
                self._update_company(company)
            if company.choice is Choice.APART and company.match:
                pair = (company.match.record_id, company.id)
                self._add(
                    NotDuplicateRecord, dict(zip(("company_id", "other_id"), pair, strict=True))
                )
            for person in company.people:
                self._add(ContactRecord, self._new_person(company, contact_id, person))
                self._add_parts_of_person(company.id, contact_id, person)
                contact_id += 1
            for person_id, person in company.known_people.items():
                self._add_parts_of_person(company.id, person_id, person)
            self._add_parts(company, tags)
            if len(self._rows.get(CompanyRecord, ())) >= _COMPANIES_AT_ONCE:
                self._flush()
        self._flush()

    def _new_company(self, company: PlannedCompany) -> Values:
        draft = company.draft
        values: Values = dict(draft.values)
        roles = {draft.role, *draft.roles}
        values.update(
            id=company.id,
            custom=_plain_custom(draft.custom),
            created_at=self._now,
            is_agent="agent" in roles,
            is_forwarder="forwarder" in roles,
            is_supplier="supplier" in roles,
            is_buyer="buyer" in roles,
            source=values.get("source") or self._source,
        )
        values.update(_company_keys(values))
        return values

    def _update_company(self, company: PlannedCompany) -> None:
        if not company.updates:
            return
        values = dict(company.updates)
        named = {"name_zh": "name_key", "name_en": "name_en_key"}
        for name, key in named.items():
            if name in values:
                values[key] = name_key(str(values[name])) or None
        if "website" in values:
            values["website_host"] = website_host(str(values["website"])) or None
        self._changes.setdefault(CompanyRecord, {})[company.id] = values

    def _new_person(self, company: PlannedCompany, contact_id: int, person: PersonDraft) -> Values:
        return {
            "id": contact_id,
            "company_id": company.id,
            "name": person.name,
            "name_en": person.values.get("name_en"),
            "language": person.values.get("language"),
            "job_title": person.values.get("job_title"),
            "department": person.values.get("department"),
            # A company of the book has its main contact, or the person wants none.
            "is_primary": person.is_primary and company.existing is None,
            "custom": person.custom,
            "created_at": self._now,
        }

    def _add_parts_of_person(self, company_id: int, contact_id: int, person: PersonDraft) -> None:
        self._add_points(company_id, contact_id, person.points)
        self._add_notes({"contact_id": contact_id}, person.notes)

    def _add_notes(self, owner: Values, notes: Sequence[str]) -> None:
        for note in notes:
            self._add(NoteRecord, {**owner, "text": note, "written_at": self._now})

    def _add_points(self, company_id: int, contact_id: int | None, points: Sequence[Point]) -> None:
        for point in points:
            self._add(
                ContactPointRecord,
                {
                    "company_id": company_id,
                    "contact_id": contact_id,
                    "kind": point.kind,
                    "value": point.value,
                    "normal": point.normal or None,
                    "label": point.label or None,
                    "is_primary": False,
                },
            )

    def _add_parts(self, company: PlannedCompany, tags: _Tags) -> None:
        draft = company.draft
        owner: Values = {"company_id": company.id}
        self._add_points(company.id, None, draft.points)
        for address in draft.addresses:
            self._add(AddressRecord, {**owner, **address})
        for booth in draft.booths:
            self._add(BoothRecord, {**owner, **booth})
        for paper in draft.certificates:
            self._add(CertificateRecord, {**owner, **asdict(paper)})
        for name in draft.aliases:
            key = name_key(name) or None
            self._add(AliasRecord, {**owner, "name": name, "name_key": key})
        self._add_notes(owner, draft.notes)
        for tag in draft.tags:
            self._add(TagLinkRecord, {**owner, "tag_id": tags.id_of(tag)})
        self._add_pictures({**owner, "product_id": None}, draft.pictures)

    # -- products ---------------------------------------------------------------------------

    def _write_products(self, products: Sequence[PlannedProduct]) -> None:
        product_id = first_free_id(self._scope, ProductRecord)
        categories, tags = _Categories(self._scope), _Tags(self._scope)
        for product in products:
            if product.existing is None:
                product.id, product_id = product_id, product_id + 1
                category = categories.id_of(product.draft.category)
                self._add(ProductRecord, self._new_product(product, category))
            else:
                product.id = product.existing
                self._update_product(product)
            self._add_prices(product.id, product.draft)
            self._add_papers(product, tags)
            self._add_pictures(
                {"product_id": product.id, "company_id": None}, product.draft.pictures
            )
        self._flush()

    def _add_papers(self, product: PlannedProduct, tags: _Tags) -> None:
        company = product.company.id if product.company else None
        for paper in product.draft.certificates:
            owners: Values = {"company_id": company, "product_id": product.id}
            self._add(CertificateRecord, {**owners, **asdict(paper)})
        for tag in product.draft.tags:
            owners = {"company_id": None, "product_id": product.id}
            self._add(TagLinkRecord, {**owners, "tag_id": tags.id_of(tag)})
        self._add_notes({"product_id": product.id}, product.draft.notes)

    def _new_product(self, product: PlannedProduct, category_id: int | None) -> Values:
        values: Values = dict(product.draft.values)
        names = values.get("name_zh") or values.get("name_en") or ""
        values.update(
            id=product.id,
            supplier_id=product.company.id if product.company else None,
            category_id=category_id,
            name_key=name_key(str(names)) or None,
            custom=_plain_custom(product.draft.custom),
            created_at=self._now,
        )
        return values

    def _update_product(self, product: PlannedProduct) -> None:
        if product.updates:
            self._changes.setdefault(ProductRecord, {})[product.id] = product.updates

    def _add_prices(self, product_id: int, draft: ProductDraft) -> None:
        for price in draft.prices:
            self._add(
                PriceRecord,
                {
                    "product_id": product_id,
                    "min_quantity": price.min_quantity,
                    "max_quantity": price.max_quantity,
                    "amount": price.amount,
                    "currency": price.currency,
                    "unit": price.unit,
                    "incoterm": price.incoterm,
                    "place": price.place,
                    "includes_vat": price.includes_vat,
                    "vat_rate": price.vat_rate,
                    "quoted_on": price.quoted_on or self._today,
                    "valid_until": price.valid_until,
                    "source": self._source,
                },
            )

    def _add_pictures(self, owner: Mapping[str, object], pictures: Sequence[Picture]) -> None:
        for position, picture in enumerate(pictures):
            file_id = keep_file(
                self._scope, self._book, picture.data, media_type=picture.media_type
            )
            self._add(PictureRecord, {**owner, "file_id": file_id, "position": position})

    def _write_categories(self, paths: Sequence[tuple[str, ...]]) -> None:
        categories = _Categories(self._scope)
        for path in paths:
            categories.id_of(path)

    # -- offers -----------------------------------------------------------------------------

    def _write_offers(self, offers: Sequence[PlannedOffer]) -> None:
        line_id = first_free_id(self._scope, OfferLineRecord)
        for offer_id, offer in enumerate(offers, first_free_id(self._scope, OfferRecord)):
            self._add(OfferRecord, self._new_offer(offer_id, offer))
            for position, (line, product) in enumerate(offer.lines, 1):
                self._add(
                    OfferLineRecord,
                    {
                        "id": line_id,
                        "offer_id": offer_id,
                        "position": position,
                        "product_id": product.id or product.existing,
                        "wording": line.wording,
                        "specification": line.specification or None,
                        "unit": line.unit,
                        "moq": line.moq,
                        "remarks": line.remarks or None,
                    },
                )
                for price in line.prices:
                    self._add(
                        OfferTierRecord,
                        {
                            "offer_line_id": line_id,
                            "min_quantity": price.min_quantity,
                            "amount": price.amount,
                        },
                    )
                line_id += 1

    def _new_offer(self, offer_id: int, offer: PlannedOffer) -> Values:
        priced = [price for line, _product in offer.lines for price in line.prices]
        first = priced[0] if priced else None
        return {
            "id": offer_id,
            "company_id": offer.company.id or offer.company.existing,
            "offered_on": (first.quoted_on if first else None) or self._today,
            "valid_until": first.valid_until if first else None,
            "currency": first.currency if first else "CNY",
            "incoterm": first.incoterm if first else None,
            "place": first.place if first else None,
            "includes_vat": first.includes_vat if first else None,
            "vat_rate": first.vat_rate if first else None,
            "source": self._source,
            "created_at": self._now,
        }

    # -- inquiries --------------------------------------------------------------------------

    def _write_inquiries(self, inquiries: Sequence[PlannedInquiry]) -> None:
        inquiry_id = first_free_id(self._scope, InquiryRecord)
        for number, inquiry in enumerate(inquiries, inquiry_id):
            self._add(InquiryRecord, self._new_inquiry(number, inquiry))
            for position, line in enumerate(inquiry.draft.lines, 1):
                values = {key: line.get(key) for key in _LINE_COLUMNS}
                self._add(InquiryLineRecord, {"inquiry_id": number, "position": position, **values})

    def _new_inquiry(self, inquiry_id: int, inquiry: PlannedInquiry) -> Values:
        values = dict(inquiry.draft.values)
        received_on = values.pop("received_on", None)
        received = self._now
        if isinstance(received_on, date):
            received = datetime(
                received_on.year, received_on.month, received_on.day, 12, tzinfo=self._now.tzinfo
            )
        return {
            "id": inquiry_id,
            "number": next_number(self._scope, letter="I", year=self._today.year),
            "buyer_id": inquiry.buyer.id if inquiry.buyer else None,
            **values,
            "original_text": "\n".join(inquiry.draft.notes) or None,
            "stage": "new",
            "received_at": received,
            "created_at": self._now,
        }


class _Tags:
    """The tags of the book by name, made where missing."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._ids = {tag.name: tag.id for tag in session.scalars(select(TagRecord))}

    def id_of(self, name: str) -> int:
        if name not in self._ids:
            tag = TagRecord(name=name)
            self._session.add(tag)
            self._session.flush()
            self._ids[name] = tag.id
        return self._ids[name]


class _Categories:
    """The categories of the book by their path, made where missing."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._ids: dict[tuple[int | None, str], int] | None = None

    def id_of(self, path: Sequence[str]) -> int | None:
        if self._ids is None:
            self._ids = known_categories(self._session)
        parent: int | None = None
        for name in path:
            key = (parent, name_key(name) or name)
            if key not in self._ids:
                self._ids[key] = self._make(parent, name, key[1])
            parent = self._ids[key]
        return parent

    def _make(self, parent: int | None, name: str, key: str) -> int:
        category = CategoryRecord(parent_id=parent, name_key=key)
        if name.isascii():
            category.name_en = name
        else:
            category.name_zh = name
        self._session.add(category)
        self._session.flush()
        return category.id


def _company_keys(values: Values) -> Values:
    website = str(values.get("website") or "")
    return {
        "name_key": name_key(str(values.get("name_zh") or "")) or None,
        "name_en_key": name_key(str(values.get("name_en") or "")) or None,
        "website_host": (website_host(website) or None) if website else None,
    }


def _plain_custom(custom: Values) -> dict[str, str]:
    return {key: str(value) for key, value in custom.items()}
