"""Owns the rows of exported companies and people: one row a person, so that all of them are kept.

Reads in sets. Must not know headings or files.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest

from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute, Session

from app.lists.existing import by_id
from app.sheets.cells.contacts import phone_of
from app.sheets.entries import labelled
from app.sheets.export.columns import CUSTOM_PREFIX, ExportRow
from app.sheets.export.pictures_views import pictures_by
from database.filestore import FileStore
from database.records import (
    AddressRecord,
    AliasRecord,
    BoothRecord,
    CertificateRecord,
    CompanyRecord,
    ContactPointRecord,
    ContactRecord,
    NoteRecord,
    PictureRecord,
    TagLinkRecord,
    TagRecord,
)

IDS_A_QUERY = 500
#: Column of the company → field of the sheet.
_COMPANY_FIELDS = {
    "short_name": "company_short",
    "country": "country",
    "province": "province",
    "city": "city",
    "website": "web",
    "business_type": "business_type",
    "uscc": "uscc",
    "markets": "export_markets",
    "established_year": "established",
    "employees": "employees",
    "factory_area": "factory_area_m2",
    "registered_capital": "registered_capital",
    "payment_terms": "payment",
    "currency": "currency",
    "grade": "grade",
    "source": "source",
    "first_contact_on": "first_contact_on",
    "next_action": "next_action",
    "next_action_on": "next_action_on",
    "tax_number": "tax_number",
    "main_products": "main_products",
}
_FIELD_OF_POINT = {"other": "im"}
#: Where the points of the company itself stand beside those of a person.
_OF_THE_COMPANY = {"phone": "company_phone", "fax": "company_fax"}


@dataclass(slots=True)
class _Parts:
    """What hangs on one company."""

    people: list[ContactRecord] = field(default_factory=list)
    points: list[ContactPointRecord] = field(default_factory=list)
    addresses: list[AddressRecord] = field(default_factory=list)
    booths: list[BoothRecord] = field(default_factory=list)
    certificates: list[CertificateRecord] = field(default_factory=list)
    aliases: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    notes_of_people: Mapping[int, tuple[str, ...]] = field(default_factory=dict)


def company_rows(
    session: Session, files: FileStore, ids: Sequence[int], told: Callable[[int], None]
) -> Iterator[ExportRow]:
    """The rows of these companies in order; ``told`` hears how many are done."""
    for part in parts_of(ids):
        companies = by_id(session, CompanyRecord, part)
        hanging = _hanging(session, part)
        pictures = pictures_by(session, files, PictureRecord.company_id, part)
        for id_ in part:
            if id_ in companies:
                rows = _rows(companies[id_], hanging[id_])
                yield {**next(rows), "picture": pictures.get(id_)}
                yield from rows
        session.expunge_all()
        told(len(part))


def contact_rows(
    session: Session, ids: Sequence[int], told: Callable[[int], None]
) -> Iterator[ExportRow]:
    """The rows of these people in order, each with the company's name."""
    for part in parts_of(ids):
        people = by_id(session, ContactRecord, part)
        owners = {person.company_id for person in people.values()}
        companies = by_id(session, CompanyRecord, owners)
        points: dict[int | None, list[ContactPointRecord]] = defaultdict(list)
        shared: dict[int | None, list[ContactPointRecord]] = defaultdict(list)
        record = ContactPointRecord
        is_shared = record.contact_id.is_(None) & record.kind.in_(_OF_THE_COMPANY)
        query = select(record).where(
            record.contact_id.in_(part) | (record.company_id.in_(owners) & is_shared)
        )
        for point in session.scalars(query.order_by(record.is_primary.desc(), record.id)):
            if point.contact_id is None:
                shared[point.company_id].append(point)
            else:
                points[point.contact_id].append(point)
        notes = notes_by(session, NoteRecord.contact_id, part)
        for id_ in part:
            if id_ in people:
                person = people[id_]
                company = companies.get(person.company_id or 0)
                named = names_of(company) if company is not None else {}
                if company is not None:
                    named |= {"company_no": company.id, "country": company.country}
                yield {
                    **named,
                    **_person(person, points[id_], company),
                    **_beside_people(shared[person.company_id], company),
                    "contact_notes": notes.get(id_),
                }
        session.expunge_all()
        told(len(part))


def notes_by(
    session: Session, owner: InstrumentedAttribute[int | None], ids: Sequence[int]
) -> dict[int, tuple[str, ...]]:
    """The notes on the records with these ``ids``, the oldest first."""
    found: dict[int, tuple[str, ...]] = defaultdict(tuple)
    query = select(owner, NoteRecord.text).where(owner.in_(ids)).order_by(NoteRecord.id)
    for id_, text in session.execute(query):
        found[id_ or 0] += (text,)
    return found


def names_of(company: CompanyRecord) -> ExportRow:
    """The names by which the company of a row is found again."""
    if company.name_zh:
        return {"company": company.name_zh, "company_en": company.name_en}
    return {"company": company.name_en or company.short_name}


def parts_of(ids: Sequence[int]) -> Iterator[list[int]]:
    """``ids`` in parts that fit one statement."""
    for start in range(0, len(ids), IDS_A_QUERY):
        yield list(ids[start : start + IDS_A_QUERY])


def customs(custom: Mapping[str, object]) -> ExportRow:
    """Custom fields, by the prefix and their name."""
    return {
        f"{CUSTOM_PREFIX}{key}": str(value)
        for key, value in custom.items()
        if key.strip() and value not in (None, "")
    }


def _hanging(session: Session, ids: Sequence[int]) -> dict[int, _Parts]:
    found: dict[int, _Parts] = defaultdict(_Parts)
    for person in session.scalars(
        select(ContactRecord)
        .where(ContactRecord.company_id.in_(ids))
        .order_by(ContactRecord.is_primary.desc(), ContactRecord.id)
    ):
        found[person.company_id or 0].people.append(person)
    people = [person.id for parts in found.values() for person in parts.people]
    notes_of_people = notes_by(session, NoteRecord.contact_id, people)
    for parts in found.values():
        parts.notes_of_people = notes_of_people
    for point in session.scalars(
        select(ContactPointRecord)
        .where(ContactPointRecord.company_id.in_(ids))
        .order_by(ContactPointRecord.is_primary.desc(), ContactPointRecord.id)
    ):
        found[point.company_id or 0].points.append(point)
    for address in session.scalars(
        select(AddressRecord).where(AddressRecord.company_id.in_(ids)).order_by(AddressRecord.id)
    ):
        found[address.company_id].addresses.append(address)
    for booth in session.scalars(
        select(BoothRecord).where(BoothRecord.company_id.in_(ids)).order_by(BoothRecord.id)
    ):
        found[booth.company_id].booths.append(booth)
    _take_words(session, ids, found)
    return found


def _take_words(session: Session, ids: Sequence[int], found: dict[int, _Parts]) -> None:
    certificates = (
        select(CertificateRecord)
        .where(CertificateRecord.company_id.in_(ids), CertificateRecord.product_id.is_(None))
        .order_by(CertificateRecord.id)
    )
    for paper in session.scalars(certificates):
        found[paper.company_id].certificates.append(paper)
    aliases = (
        select(AliasRecord.company_id, AliasRecord.name)
        .where(AliasRecord.company_id.in_(ids))
        .order_by(AliasRecord.id)
    )
    for company, name in session.execute(aliases):
        found[company].aliases.append(name)
    notes = (
        select(NoteRecord.company_id, NoteRecord.text)
        .where(NoteRecord.company_id.in_(ids))
        .order_by(NoteRecord.id)
    )
    for owner, text in session.execute(notes):
        found[owner or 0].notes.append(text)
    tags = (
        select(TagLinkRecord.company_id, TagRecord.name)
        .join(TagRecord, TagLinkRecord.tag_id == TagRecord.id)
        .where(TagLinkRecord.company_id.in_(ids))
        .order_by(TagLinkRecord.id)
    )
    for owner, name in session.execute(tags):
        found[owner or 0].tags.append(name)


def _rows(company: CompanyRecord, parts: _Parts) -> Iterator[ExportRow]:
    same = {
        **names_of(company),
        "company_no": company.id,
        "uscc": company.uscc,
        "country": company.country,
    }
    first = {key: getattr(company, column) for column, key in _COMPANY_FIELDS.items()}
    first |= {
        "tags": tuple(parts.tags),
        "aliases": tuple(parts.aliases),
        "roles": _roles(company),
        **customs(company.custom or {}),
    }
    strands: tuple[list[ExportRow], ...] = (
        list(_people(company, parts)),
        list(_booths(parts.booths)),
        [_address(address) for address in parts.addresses],
        list(certificate_rows(parts.certificates)),
        [{"remark": note} for note in parts.notes],
    )
    nothing: ExportRow = {}
    rows: list[tuple[ExportRow, ...]] = list(zip_longest(*strands, fillvalue=nothing)) or [()]
    for number, row in enumerate(rows):
        joined_row: ExportRow = {**(first if number == 0 else {}), **same}
        for strand in row:
            joined_row |= {key: value for key, value in strand.items() if value not in (None, "")}
        yield joined_row


def _roles(company: CompanyRecord) -> tuple[str, ...]:
    """What a company is to us, where the kind of the list does not say all of it."""
    roles = ("supplier", "buyer", "agent", "forwarder")
    own = tuple(role for role in roles if getattr(company, f"is_{role}"))
    return () if own in {("supplier",), ("buyer",)} else own


def certificate_rows(papers: Sequence[CertificateRecord]) -> Iterator[ExportRow]:
    """Those of which only the name is known in one cell, the others in a row each."""
    plain = tuple(paper.name for paper in papers if not _details(paper))
    if plain:
        yield {"certificates": plain}
    for paper in papers:
        if details := _details(paper):
            yield {"certificates": (paper.name,), **details}


def _details(paper: CertificateRecord) -> ExportRow:
    found: ExportRow = {
        "certificate_no": paper.number,
        "certificate_issuer": paper.issuer,
        "certificate_issued_on": paper.issued_on,
        "certificate_expires_on": paper.expires_on,
    }
    return {key: value for key, value in found.items() if value not in (None, "")}


def _people(company: CompanyRecord, parts: _Parts) -> Iterator[ExportRow]:
    """A row a person; the company's own points beside the first where they have columns there."""
    own = [point for point in parts.points if point.contact_id is None]
    shared = [point for point in own if point.kind in _OF_THE_COMPANY]
    if not parts.people or len(shared) < len(own):
        if own:
            yield _points(own, company)
        shared = []
    beside = _beside_people(shared, company)
    for person in parts.people:
        points = [point for point in parts.points if point.contact_id == person.id]
        notes = parts.notes_of_people.get(person.id)
        yield {**_person(person, points, company), "contact_notes": notes, **beside}
        beside = {}


def _beside_people(
    shared: Sequence[ContactPointRecord], company: CompanyRecord | None
) -> ExportRow:
    """The company's own phones as they stand beside a person."""
    return {_OF_THE_COMPANY[kind]: value for kind, value in _points(shared, company).items()}


def _person(
    person: ContactRecord, points: Sequence[ContactPointRecord], company: CompanyRecord | None
) -> ExportRow:
    return {
        "contact_no": person.id,
        "contact": person.name,
        "contact_en": person.name_en,
        "job_title": person.job_title,
        "department": person.department,
        "contact_language": person.language,
        "contact_primary": person.is_primary or None,
        **_points(points, company),
    }


def _points(points: Sequence[ContactPointRecord], company: CompanyRecord | None) -> ExportRow:
    found: dict[str, tuple[str, ...]] = defaultdict(tuple)
    country = (company.country if company is not None else None) or "CN"
    for point in points:
        field = _FIELD_OF_POINT.get(point.kind, point.kind)
        found[field] += (labelled(_value(point, country), point.label),)
    return dict(found)


def _value(point: ContactPointRecord, country: str) -> str:
    """A phone as typed where the importer reads the same number from it, else internationally."""
    is_phone = point.kind in ("mobile", "phone", "fax")
    if is_phone and point.normal and phone_of(point.value, country).e164 != point.normal:
        return point.normal
    return point.value


def _booths(booths: Sequence[BoothRecord]) -> Iterator[ExportRow]:
    grouped: dict[tuple[str | None, ...], tuple[str, ...]] = defaultdict(tuple)
    for booth in booths:
        grouped[booth.fair, booth.edition, booth.phase, booth.hall] += (booth.booth,)
    for (fair, edition, phase, hall), own in grouped.items():
        yield {"fair": fair, "edition": edition, "phase": phase, "hall": hall, "booth": own}


def _address(address: AddressRecord) -> ExportRow:
    return {
        "address": address.lines,
        "address_kind": address.kind,
        "address_city": address.city,
        "address_province": address.province,
        "postal_code": address.postal_code,
        "address_country": address.country,
    }
