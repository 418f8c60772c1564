"""Owns what an import has to know of the book: what the companies, products and papers in it hold.

Reads in sets. Must not decide what is the same, and must not write.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import false, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from app.directory.duplicates import CompanyTraits, company_traits
from app.directory.forms import FORMS
from app.directory.keys import PHONES
from app.directory.names import name_key
from app.sheets.cells.reading import tidy
from app.sheets.plan.keys_views import own_keys
from database.listed import among
from database.records import (
    AddressRecord,
    AliasRecord,
    BoothRecord,
    CategoryRecord,
    CertificateRecord,
    CompanyRecord,
    ContactPointRecord,
    ContactRecord,
    FileRecord,
    InquiryLineRecord,
    InquiryRecord,
    NotDuplicateRecord,
    NoteRecord,
    PictureRecord,
    PriceRecord,
    ProductRecord,
    TagLinkRecord,
    TagRecord,
)

_Owner = InstrumentedAttribute[int] | InstrumentedAttribute[int | None]
ROLE_COLUMNS = ("is_supplier", "is_buyer", "is_agent", "is_forwarder")
COMPANY_COLUMNS = (*(f.key for f in FORMS["supplier"].fields), *ROLE_COLUMNS, "custom")
PRODUCT_COLUMNS = (*(f.key for f in FORMS["product"].fields), "category_id", "custom")


@dataclass(slots=True)
class KnownCompany:
    """What a company of the book holds, in the form it is compared in."""

    values: dict[str, object]
    people: dict[str, int] = field(default_factory=dict)
    points: set[tuple[int | None, str, str]] = field(default_factory=set)
    addresses: set[str] = field(default_factory=set)
    #: Fair, edition and booth; the edition also empty, for sheets that don't tell it.
    booths: set[tuple[str, str, str]] = field(default_factory=set)
    #: Name and number, the number empty where there is none.
    certificates: set[tuple[str, str]] = field(default_factory=set)
    aliases: set[str] = field(default_factory=set)
    tags: set[str] = field(default_factory=set)
    notes: set[str] = field(default_factory=set)
    #: The person's id and the text.
    notes_of_people: set[tuple[int, str]] = field(default_factory=set)
    pictures: set[str] = field(default_factory=set)


@dataclass(slots=True)
class KnownProduct:
    """What a product of the book holds; ``prices`` are the terms of its prices by their day."""

    id: int
    values: dict[str, object]
    prices: dict[date, set[tuple[object, ...]]] = field(default_factory=dict)
    pictures: set[str] = field(default_factory=set)
    certificates: set[tuple[str, str]] = field(default_factory=set)
    tags: set[str] = field(default_factory=set)
    notes: set[str] = field(default_factory=set)


def known_traits(session: Session, ids: Iterable[int]) -> dict[int, tuple[str, CompanyTraits]]:
    """What the companies with these ids are called and compared by."""
    rows: dict[int, tuple[str | None, ...]] = {}
    mails: dict[int, list[str]] = defaultdict(list)
    phones: dict[int, list[str]] = defaultdict(list)
    columns = (
        CompanyRecord.name_zh,
        CompanyRecord.name_en,
        CompanyRecord.uscc,
        CompanyRecord.website,
        CompanyRecord.country,
        CompanyRecord.city,
    )
    wanted = list(ids)
    for company, *values in _rows(session, CompanyRecord.id, wanted, *columns):
        rows[company] = tuple(values)
    points = (ContactPointRecord.kind, ContactPointRecord.normal)
    for company, kind, normal in _rows(session, ContactPointRecord.company_id, wanted, *points):
        kept = mails if kind == "email" else phones if kind in PHONES else None
        if normal and kept is not None:
            kept[company].append(normal)
    return {
        company: (
            zh or en or "",
            company_traits(
                names=[name for name in (zh, en) if name],
                uscc=uscc or "",
                websites=[website or ""],
                mails=mails[company],
                phones=phones[company],
                country=country or "",
                city=city or "",
            ),
        )
        for company, (zh, en, uscc, website, country, city) in rows.items()
    }


def not_duplicates(session: Session) -> set[tuple[int, int]]:
    """Pairs of companies that the person said are not the same."""
    pairs = select(NotDuplicateRecord.company_id, NotDuplicateRecord.other_id)
    return {(first, second) for first, second in session.execute(pairs)}


def known_addresses(session: Session, ids: Iterable[int]) -> dict[int, list[str]]:
    """Where the companies with these ids are."""
    found: dict[int, list[str]] = defaultdict(list)
    rows = _rows(session, AddressRecord.company_id, list(ids), AddressRecord.lines)
    for company, lines in rows:
        found[company].append(lines)
    return found


def known_companies(session: Session, ids: Sequence[int]) -> dict[int, KnownCompany]:
    """The companies with these ids and what hangs on them."""
    columns = [getattr(CompanyRecord, key) for key in COMPANY_COLUMNS]
    found = {
        company: KnownCompany(dict(zip(COMPANY_COLUMNS, values, strict=True)))
        for company, *values in _rows(session, CompanyRecord.id, ids, *columns)
    }
    _load_parts(session, ids, found)
    return found


def _load_parts(session: Session, ids: Sequence[int], found: dict[int, KnownCompany]) -> None:
    for company, person, name in _rows(
        session, ContactRecord.company_id, ids, ContactRecord.id, ContactRecord.name
    ):
        found[company].people.setdefault(person_key(name), person)
        found[company].people.update((key, person) for key in own_keys(person, [name]))
    points = _rows(
        session,
        ContactPointRecord.company_id,
        ids,
        ContactPointRecord.contact_id,
        ContactPointRecord.kind,
        ContactPointRecord.value,
        ContactPointRecord.normal,
    )
    for company, person, kind, value, normal in points:
        found[company].points |= {(person, kind, normal or value), (person, kind, value)}
    for company, lines in _rows(session, AddressRecord.company_id, ids, AddressRecord.lines):
        found[company].addresses.add(lines)
    columns = (BoothRecord.fair, BoothRecord.edition, BoothRecord.booth)
    for company, fair, edition, booth in _rows(session, BoothRecord.company_id, ids, *columns):
        found[company].booths |= {(fair or "", edition or "", booth), (fair or "", "", booth)}
    for company, name, number in _rows(
        session, CertificateRecord.company_id, ids, CertificateRecord.name, CertificateRecord.number
    ):
        found[company].certificates.add((name, number or ""))
    for company, name in _rows(session, AliasRecord.company_id, ids, AliasRecord.name):
        found[company].aliases.add(name)
    for company, text in _rows(session, NoteRecord.company_id, ids, NoteRecord.text):
        found[company].notes.add(text)
    notes = (
        select(ContactRecord.company_id, ContactRecord.id, NoteRecord.text)
        .join(NoteRecord, NoteRecord.contact_id == ContactRecord.id)
        .where(ContactRecord.company_id.in_(among(ids)))
    )
    for owner, person, text in session.execute(notes):
        found[owner or 0].notes_of_people.add((person, text))
    for company, tag in _tags(session, TagLinkRecord.company_id, ids):
        found[company].tags.add(tag)
    for company, sha256 in _picture_hashes(session, PictureRecord.company_id, ids):
        found[company].pictures.add(sha256)


def _rows(
    session: Session,
    owner: _Owner,
    ids: Sequence[int],
    *columns: InstrumentedAttribute[Any],
) -> Iterable[Any]:
    """The columns of what hangs on the records with these ``ids``, behind the id of each.

    Read on the connection: the session's own rows cost several times as much.
    """
    query = select(owner, *columns).where(owner.in_(among(ids)))
    return session.connection().execute(query)


def _tags(session: Session, owner: _Owner, ids: Sequence[int]) -> Iterable[Any]:
    query = select(owner, TagRecord.name).join(TagRecord, TagLinkRecord.tag_id == TagRecord.id)
    return session.execute(query.where(owner.in_(among(ids))))


def _picture_hashes(session: Session, owner: _Owner, ids: Sequence[int]) -> Iterable[Any]:
    query = select(owner, FileRecord.sha256).join(
        FileRecord, PictureRecord.file_id == FileRecord.id
    )
    return session.execute(query.where(owner.in_(among(ids))))


def known_products(
    session: Session, suppliers: Iterable[int | None]
) -> dict[tuple[int | None, str], KnownProduct]:
    """The products of these suppliers (``None``: of nobody), by supplier and each of their keys."""
    found: dict[tuple[int | None, str], KnownProduct] = {}
    by_id: dict[int, KnownProduct] = {}
    columns = [getattr(ProductRecord, key) for key in PRODUCT_COLUMNS]
    wanted = set(suppliers)
    owner = ProductRecord.supplier_id
    of_nobody = owner.is_(None) if None in wanted else false()
    is_wanted = owner.in_(among(wanted - {None})) | of_nobody
    for row in session.execute(select(ProductRecord.id, owner, *columns).where(is_wanted)):
        product = KnownProduct(row[0], dict(zip(PRODUCT_COLUMNS, row[2:], strict=True)))
        by_id[product.id] = product
        for keys in numbered_keys(product.values):
            if not any((row[1], key) in found for key in keys):
                found.update(((row[1], key), product) for key in keys)
                break
            if product.values.get("item_number"):
                break
        for key in own_product_keys(product.id, product.values):
            found[row[1], key] = product
    _load_prices(session, by_id)
    _load_papers(session, by_id)
    return found


def person_key(name: str) -> str:
    """What a person is found by among the people of a company."""
    return name_key(name) or tidy(name)


def own_product_keys(number: object, values: dict[str, object]) -> Iterator[str]:
    """The keys of a product that a list of ours was written from."""
    for key in product_keys(values):
        yield f"no:{number}:{key}"


def _load_papers(session: Session, by_id: dict[int, KnownProduct]) -> None:
    """The certificates, tags and notes of the products."""
    paper, ids = CertificateRecord, list(by_id)
    for product, name, number in _rows(session, paper.product_id, ids, paper.name, paper.number):
        by_id[product].certificates |= {(name, number or ""), (name, "")}
    for product, tag in _tags(session, TagLinkRecord.product_id, ids):
        by_id[product].tags.add(tag)
    for product, text in _rows(session, NoteRecord.product_id, ids, NoteRecord.text):
        by_id[product].notes.add(text)


def product_keys(values: dict[str, object]) -> Iterator[str]:
    """The keys under which a supplier's product is found: its item number, else its names."""
    number = str(values.get("item_number") or "").strip()
    if number:
        yield f"item:{number.casefold()}"
        return
    for key in ("name_zh", "name_en"):
        if name := values.get(key):
            details = (
                values.get(detail) for detail in ("size", "model", "colour", "material", "brand")
            )
            yield f"name:{str(name).casefold()}|{'|'.join(str(d or '') for d in details)}"


def numbered_keys(values: dict[str, object]) -> Iterator[tuple[str, ...]]:
    """The keys of the first article of this name, of the second, and so on without end.

    Only names are counted: an item number is one article.
    """
    keys = tuple(product_keys(values))
    yield keys
    for number in itertools.count(2):
        yield tuple(f"{key}#{number}" for key in keys)


def _load_prices(session: Session, by_id: dict[int, KnownProduct]) -> None:
    price, ids = PriceRecord, list(by_id)
    terms = (price.min_quantity, price.amount, price.currency, price.incoterm, price.includes_vat)
    for product, day, *held in _rows(session, price.product_id, ids, price.quoted_on, *terms):
        by_id[product].prices.setdefault(day, set()).add(tuple(held))
    for product, sha256 in _picture_hashes(session, PictureRecord.product_id, ids):
        by_id[product].pictures.add(sha256)


def known_categories(session: Session) -> dict[tuple[int | None, str], int]:
    """Parent and folded name → category."""
    query = select(CategoryRecord.parent_id, CategoryRecord.name_key, CategoryRecord.id)
    return {(row[0], row[1]): row[2] for row in session.execute(query)}


def known_paths(session: Session) -> set[tuple[str, ...]]:
    """Every category of the book as the folded names from the top to it."""
    query = select(CategoryRecord.id, CategoryRecord.parent_id, CategoryRecord.name_key)
    rows = {row[0]: (row[1], row[2]) for row in session.execute(query)}

    def path(category: int | None) -> tuple[str, ...]:
        if category is None:
            return ()
        parent, name = rows[category]
        return (*path(parent), name)

    return {path(category) for category in rows}


def known_inquiries(session: Session, buyers: Sequence[int]) -> set[tuple[object, ...]]:
    """What the inquiries of these buyers, and of nobody, asked for, line by line: tells the same row again."""
    found: set[tuple[object, ...]] = set()
    buyer_id = InquiryRecord.buyer_id
    query = (
        select(
            buyer_id,
            InquiryRecord.channel,
            InquiryLineRecord.wording,
            InquiryLineRecord.quantity,
            InquiryLineRecord.quantity_text,
            InquiryLineRecord.target_price,
        )
        .join(InquiryLineRecord, InquiryLineRecord.inquiry_id == InquiryRecord.id)
        .where(buyer_id.in_(among(buyers)) | buyer_id.is_(None))
    )
    for buyer, channel, wording, *amounts in session.execute(query):
        found |= {(buyer, channel, text, *amounts) for text in (wording, tidy(wording))}
    return found
