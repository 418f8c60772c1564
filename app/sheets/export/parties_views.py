"""Owns the rows of exported companies and people: one row a person, so that all of them are kept.

Reads in sets. Must not know headings or files.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.sheets.cells.contacts import phone_of
from app.sheets.export.columns import CUSTOM_PREFIX, ExportRow
from app.sheets.export.pictures_views import pictures_by
from app.sheets.targets import TARGETS
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
#: Points that the importer gives to the person of the row; the others are the company's.
_PERSONAL = frozenset(["email", "mobile", "wechat", "whatsapp", "qq", "skype", "linkedin"])
_MANY = frozenset(["email", "mobile", "phone", "fax"])
_PHONES = frozenset(["mobile", "phone", "fax"])


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


def company_rows(
    session: Session, files: FileStore, ids: Sequence[int], told: Callable[[int], None]
) -> Iterator[ExportRow]:
    """The rows of these companies in order; ``told`` hears how many are done."""
    for part in parts_of(ids):
        companies = {
            company.id: company
            for company in session.scalars(select(CompanyRecord).where(CompanyRecord.id.in_(part)))
        }
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
        people = {
            person.id: person
            for person in session.scalars(select(ContactRecord).where(ContactRecord.id.in_(part)))
        }
        owners = {person.company_id for person in people.values()}
        companies = {
            company.id: company
            for company in session.scalars(
                select(CompanyRecord).where(CompanyRecord.id.in_(owners))
            )
        }
        points: dict[int | None, list[ContactPointRecord]] = defaultdict(list)
        query = select(ContactPointRecord).where(ContactPointRecord.contact_id.in_(part))
        for point in session.scalars(query.order_by(ContactPointRecord.id)):
            points[point.contact_id].append(point)
        for id_ in part:
            if id_ in people:
                company = companies.get(people[id_].company_id or 0)
                named = names_of(company) if company is not None else {}
                for slot in _slots(people[id_], points[id_]):
                    yield {**named, **slot}
        session.expunge_all()
        told(len(part))


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
    """Custom fields: those the importer knows by a field of its own under it, others by their heading."""
    return {
        key if key in TARGETS else f"{CUSTOM_PREFIX}{key}": str(value)
        for key, value in custom.items()
        if value not in (None, "")
    }


def listed(entries: Sequence[str]) -> str:
    """Entries of one cell; a lone one with a comma is closed, so that it is not parted there."""
    if len(entries) == 1 and any(mark in entries[0] for mark in ",，/"):
        return f"{entries[0]}、"
    return "、".join(entries)


def _hanging(session: Session, ids: Sequence[int]) -> dict[int, _Parts]:
    found: dict[int, _Parts] = defaultdict(_Parts)
    for person in session.scalars(
        select(ContactRecord).where(ContactRecord.company_id.in_(ids)).order_by(ContactRecord.id)
    ):
        found[person.company_id or 0].people.append(person)
    for point in session.scalars(
        select(ContactPointRecord)
        .where(ContactPointRecord.company_id.in_(ids))
        .order_by(ContactPointRecord.id)
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
    names = names_of(company)
    first = {key: getattr(company, column) for column, key in _COMPANY_FIELDS.items()}
    first |= {
        "tags": listed(parts.tags),
        "aliases": "; ".join(parts.aliases),
        "roles": _roles(company),
        **customs(company.custom or {}),
    }
    same = {"uscc": company.uscc, "country": company.country}
    strands: tuple[list[ExportRow], ...] = (
        list(_people(parts)),
        list(_booths(parts.booths)),
        list(_addresses(parts.addresses)),
        list(_certificates(parts.certificates)),
        [{"remark": note} for note in parts.notes],
    )
    nothing: ExportRow = {}
    rows: list[tuple[ExportRow, ...]] = list(zip_longest(*strands, fillvalue=nothing)) or [()]
    for number, row in enumerate(rows):
        joined: ExportRow = {**(first if number == 0 else same), **names}
        for strand in row:
            joined |= {key: value for key, value in strand.items() if value not in (None, "")}
        yield joined


def _roles(company: CompanyRecord) -> tuple[str, ...]:
    """What a company is to us, where the kind of the list does not say all of it."""
    roles = ("supplier", "buyer", "agent", "forwarder")
    own = tuple(role for role in roles if getattr(company, f"is_{role}"))
    return () if own in {("supplier",), ("buyer",)} else own


def _certificates(papers: Sequence[CertificateRecord]) -> Iterator[ExportRow]:
    """Those of which only the name is known in one cell, the others in a row each."""
    plain = [paper.name for paper in papers if not _details(paper)]
    if plain:
        yield {"certificates": listed(plain)}
    for paper in papers:
        if details := _details(paper):
            yield {"certificates": listed([paper.name]), **details}


def _details(paper: CertificateRecord) -> ExportRow:
    found: ExportRow = {
        "certificate_no": paper.number,
        "certificate_issuer": paper.issuer,
        "certificate_issued_on": paper.issued_on,
        "certificate_expires_on": paper.expires_on,
    }
    return {key: value for key, value in found.items() if value not in (None, "")}


def _people(parts: _Parts) -> Iterator[ExportRow]:
    own = [point for point in parts.points if point.contact_id is None]
    shared = [point for point in own if point.kind not in _PERSONAL]
    private = [point for point in own if point.kind in _PERSONAL]
    if private or (shared and not parts.people):
        yield from _slots(None, [*private, *shared])
        shared = []
    for person in parts.people:
        points = [point for point in parts.points if point.contact_id == person.id]
        yield from _slots(person, [*points, *shared])
        shared = []


def _slots(
    person: ContactRecord | None, points: Sequence[ContactPointRecord]
) -> Iterator[ExportRow]:
    """The rows of one person: more than one where a field of a single value has several."""
    values: dict[str, list[str]] = defaultdict(list)
    for point in points:
        values[point.kind].append(_value(point))
    more = max((len(own) for kind, own in values.items() if kind not in _MANY), default=1)
    for number in range(more):
        slot: ExportRow = {"contact": person.name} if person is not None else {}
        if number == 0:
            if person is not None:
                slot |= {"job_title": person.job_title, "department": person.department}
            slot |= {kind: "; ".join(own) for kind, own in values.items() if kind in _MANY}
        for kind, own in values.items():
            if kind not in _MANY and number < len(own):
                slot[_FIELD_OF_POINT.get(kind, kind)] = own[number]
        yield slot


def _value(point: ContactPointRecord) -> str:
    """A phone as typed where the importer reads the same number from it, else internationally."""
    if point.kind in _PHONES and point.normal and phone_of(point.value, "CN").e164 != point.normal:
        return point.normal
    return point.value


def _booths(booths: Sequence[BoothRecord]) -> Iterator[ExportRow]:
    grouped: dict[tuple[str | None, ...], list[str]] = defaultdict(list)
    for booth in booths:
        grouped[booth.fair, booth.phase, booth.hall].append(booth.booth)
    for (fair, phase, hall), own in grouped.items():
        yield {"fair": fair, "phase": phase, "hall": hall, "booth": "; ".join(own)}


def _addresses(addresses: Sequence[AddressRecord]) -> Iterator[ExportRow]:
    for number, address in enumerate(addresses):
        if address.kind == "factory" and number:
            yield {"address_2": address.lines}
        else:
            place = {"city": address.city, "province": address.province}
            yield {"address": address.lines, "postal_code": address.postal_code, **place}
