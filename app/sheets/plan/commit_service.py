"""Owns the writing of a plan: set by set, inside the one operation of the import.

Must not match or decide; the plan says what happens.
"""

from __future__ import annotations

import mimetypes
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime

from sqlalchemy import select

from app.directory.duplicates import website_host
from app.directory.names import name_key
from app.files.service import keep_file
from app.kernel.file_names import clean_name
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
from database.bulk import IncomingRows
from database.counters import next_number
from database.records import (
    AddressRecord,
    AliasRecord,
    AttachmentRecord,
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
    TagLinkRecord,
    TagRecord,
)

#: So often the progress is told, and heard that the import was cancelled.
_TELL_EVERY = 200
_LINE_COLUMNS = (
    "wording", "specification", "quantity", "unit", "quantity_text", "target_price", "currency",
    "incoterm", "place", "required_by_on",
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
        self._now = now
        self._today = today
        self._source = source
        self._progress = progress
        self._rows = IncomingRows(scope)
        self._tags = _Tags(self._rows)
        self._categories = _Categories(self._rows)

    def write(self, plan: Plan) -> None:
        """Writes all of ``plan``."""
        companies = [c for c in plan.companies if not c.is_skipped]
        products = [p for p in plan.products if not p.is_skipped]
        total = len(companies) + len(products) + 1
        with self._rows:
            for done, company in enumerate(companies):
                self._tell(done, total)
                self._write_company(company)
            for done, product in enumerate(products, len(companies)):
                self._tell(done, total)
                self._write_product(product)
            self._write_inquiries([i for i in plan.inquiries if not i.is_known])
            self._write_offers([o for o in plan.offers if not o.is_known])
            for path in plan.categories:
                self._categories.id_of(path)
        self._tell(total, total)

    def _tell(self, done: int, total: int) -> None:
        if done % _TELL_EVERY == 0 or done == total:
            self._progress.at(Message("sheets.writing"), done, total)

    # -- companies --------------------------------------------------------------------------

    def _write_company(self, company: PlannedCompany) -> None:
        if company.existing is None:
            company.id = self._rows.add(CompanyRecord, self._new_company(company))
        else:
            company.id = company.existing
            self._update_company(company)
        others = [other.id or other.existing for other in company.parted_from]
        if company.choice is Choice.APART and company.match:
            others.append(company.match.record_id)
        for other in others:
            self._rows.add(NotDuplicateRecord, {"company_id": other, "other_id": company.id})
        for person in company.people:
            person_id = self._rows.add(ContactRecord, self._new_person(company, person))
            self._add_parts_of_person(company.id, person_id, person)
        for person_id, person in company.known_people.items():
            self._add_parts_of_person(company.id, person_id, person)
        self._add_parts(company)

    def _new_company(self, company: PlannedCompany) -> Values:
        draft = company.draft
        values: Values = dict(draft.values)
        roles = {draft.role, *draft.roles}
        values.update(
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
        self._rows.change(CompanyRecord, company.id, values)

    def _new_person(self, company: PlannedCompany, person: PersonDraft) -> Values:
        return {
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
            self._rows.add(NoteRecord, {**owner, "text": note, "written_at": self._now})

    def _add_points(self, company_id: int, contact_id: int | None, points: Sequence[Point]) -> None:
        for point in points:
            self._rows.add(
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

    def _add_parts(self, company: PlannedCompany) -> None:
        draft = company.draft
        owner: Values = {"company_id": company.id}
        self._add_points(company.id, None, draft.points)
        for address in draft.addresses:
            self._rows.add(AddressRecord, {**owner, **address})
        for booth in draft.booths:
            self._rows.add(BoothRecord, {**owner, **booth})
        for paper in draft.certificates:
            self._rows.add(CertificateRecord, {**owner, **asdict(paper)})
        for name in draft.aliases:
            key = name_key(name) or None
            self._rows.add(AliasRecord, {**owner, "name": name, "name_key": key})
        self._add_notes(owner, draft.notes)
        for tag in draft.tags:
            self._rows.add(TagLinkRecord, {**owner, "tag_id": self._tags.id_of(tag)})
        self._add_pictures({**owner, "product_id": None}, draft.pictures)

    # -- products ---------------------------------------------------------------------------

    def _write_product(self, product: PlannedProduct) -> None:
        if product.existing is None:
            product.id = self._rows.add(ProductRecord, self._new_product(product))
        else:
            product.id = product.existing
            if product.updates:
                self._rows.change(ProductRecord, product.id, product.updates)
        self._add_prices(product.id, product.draft)
        self._add_papers(product)
        self._add_pictures({"product_id": product.id, "company_id": None}, product.draft.pictures)

    def _add_papers(self, product: PlannedProduct) -> None:
        company = product.company.id if product.company else None
        for paper in product.draft.certificates:
            owners: Values = {"company_id": company, "product_id": product.id}
            self._rows.add(CertificateRecord, {**owners, **asdict(paper)})
        for tag in product.draft.tags:
            owners = {"company_id": None, "product_id": product.id}
            self._rows.add(TagLinkRecord, {**owners, "tag_id": self._tags.id_of(tag)})
        self._add_notes({"product_id": product.id}, product.draft.notes)

    def _new_product(self, product: PlannedProduct) -> Values:
        values: Values = dict(product.draft.values)
        names = values.get("name_zh") or values.get("name_en") or ""
        values.update(
            supplier_id=product.company.id if product.company else None,
            category_id=self._categories.id_of(product.draft.category),
            name_key=name_key(str(names)) or None,
            custom=_plain_custom(product.draft.custom),
            created_at=self._now,
        )
        return values

    def _add_prices(self, product_id: int, draft: ProductDraft) -> None:
        for price in draft.prices:
            self._rows.add(
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
                self._rows.session, self._book, picture.data, media_type=picture.media_type
            )
            self._rows.add(PictureRecord, {**owner, "file_id": file_id, "position": position})

    # -- offers -----------------------------------------------------------------------------

    def _write_offers(self, offers: Sequence[PlannedOffer]) -> None:
        for offer in offers:
            offer_id = self._rows.add(OfferRecord, self._new_offer(offer))
            asked = offer.inquiry.line_ids if offer.inquiry else {}
            for position, line in enumerate(offer.lines, 1):
                product = line.product
                line_id = self._rows.add(
                    OfferLineRecord,
                    {
                        "offer_id": offer_id,
                        "position": position,
                        "inquiry_line_id": asked.get(line.asked, line.inquiry_line_id),
                        "product_id": (product.id or product.existing)
                        if product
                        else line.product_id,
                        "wording": line.draft.wording,
                        **line.draft.values,
                    },
                )
                for price in line.draft.prices:
                    tier: Values = {"min_quantity": price.min_quantity, "amount": price.amount}
                    self._rows.add(OfferTierRecord, {"offer_line_id": line_id, **tier})

    def _new_offer(self, offer: PlannedOffer) -> Values:
        terms: Values = asdict(offer.terms) if offer.terms else {"currency": "CNY"}
        return {
            "company_id": offer.company.id or offer.company.existing,
            "inquiry_id": offer.inquiry.id if offer.inquiry else offer.inquiry_id,
            "offered_on": offer.offered_on or self._today,
            **terms,
            "payment_terms": offer.payment or None,
            "source": self._source,
            "created_at": self._now,
        }

    # -- inquiries --------------------------------------------------------------------------

    def _write_inquiries(self, inquiries: Sequence[PlannedInquiry]) -> None:
        for inquiry in inquiries:
            inquiry.id = self._rows.add(InquiryRecord, self._new_inquiry(inquiry))
            ids = []
            for position, line in enumerate(inquiry.draft.lines, 1):
                owner = {"inquiry_id": inquiry.id, "position": position}
                values = {key: line.get(key) for key in _LINE_COLUMNS}
                ids.append(self._rows.add(InquiryLineRecord, {**owner, **values}))
            inquiry.line_ids.update(zip(inquiry.keys, ids, strict=False))
            self._hang_pictures(inquiry)

    def _hang_pictures(self, inquiry: PlannedInquiry) -> None:
        """What a buyer shows hangs on the inquiry, as what they send with a mail does."""
        for number, picture in enumerate(inquiry.draft.pictures, 1):
            ending = mimetypes.guess_extension(picture.media_type) or ""
            file_id = keep_file(
                self._rows.session, self._book, picture.data, media_type=picture.media_type
            )
            name = clean_name(f"{inquiry.draft.values['subject']} {number}{ending}")
            hung = {"file_id": file_id, "inquiry_id": inquiry.id, "name": name}
            self._rows.add(AttachmentRecord, {**hung, "added_at": self._now})

    def _new_inquiry(self, inquiry: PlannedInquiry) -> Values:
        values = dict(inquiry.draft.values)
        received_on = values.pop("received_on", None)
        received = self._now
        if isinstance(received_on, date):
            received = datetime(
                received_on.year, received_on.month, received_on.day, 12, tzinfo=self._now.tzinfo
            )
        return {
            "number": next_number(self._rows.session, letter="I", year=self._today.year),
            "buyer_id": inquiry.buyer.id if inquiry.buyer else None,
            **values,
            "original_text": "\n".join(inquiry.draft.notes) or None,
            "stage": "new",
            "received_at": received,
            "created_at": self._now,
        }


class _Tags:
    """The tags of the book by name, made where missing."""

    def __init__(self, rows: IncomingRows) -> None:
        self._rows = rows
        self._ids = {tag.name: tag.id for tag in rows.session.scalars(select(TagRecord))}

    def id_of(self, name: str) -> int:
        if name not in self._ids:
            self._ids[name] = self._rows.add(TagRecord, {"name": name})
        return self._ids[name]


class _Categories:
    """The categories of the book by their path, made where missing."""

    def __init__(self, rows: IncomingRows) -> None:
        self._rows = rows
        self._ids: dict[tuple[int | None, str], int] | None = None

    def id_of(self, path: Sequence[str]) -> int | None:
        if self._ids is None:
            self._ids = known_categories(self._rows.session)
        parent: int | None = None
        for name in path:
            key = (parent, name_key(name) or name)
            if key not in self._ids:
                own = "name_en" if name.isascii() else "name_zh"
                values: Values = {"parent_id": parent, "name_key": key[1], own: name}
                self._ids[key] = self._rows.add(CategoryRecord, values)
            parent = self._ids[key]
        return parent


def _company_keys(values: Values) -> Values:
    website = str(values.get("website") or "")
    return {
        "name_key": name_key(str(values.get("name_zh") or "")) or None,
        "name_en_key": name_key(str(values.get("name_en") or "")) or None,
        "website_host": (website_host(website) or None) if website else None,
    }


def _plain_custom(custom: Values) -> dict[str, str]:
    return {key: str(value) for key, value in custom.items()}
