"""Owns how records of the book become search documents: set-based queries, many records at a time.

Must not decide which records are read; every reader takes ids and answers for those that exist.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from app.search.documents import SearchDocument
from database.records import (
    STATE_TODAY,
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
    MessageRecord,
    NoteRecord,
    OfferRecord,
    ProductRecord,
    QuotationLineRecord,
    QuotationRecord,
    RequestRecord,
    RevisionRecord,
    TagLinkRecord,
    TagRecord,
    ThreadRecord,
)

Ids = Sequence[int]
Reader = Callable[[Session, Ids], Iterator[SearchDocument]]
Column = InstrumentedAttribute[Any]
_PHONES = frozenset({"phone", "mobile", "fax", "whatsapp"})

COMPANY_NAME = func.coalesce(CompanyRecord.name_zh, CompanyRecord.name_en, CompanyRecord.short_name)


_COMPANY = CompanyRecord
_IN_NO_LIST = and_(_COMPANY.is_supplier.is_(False), _COMPANY.is_buyer.is_(False))
COMPANY_SCOPES: Mapping[str, ColumnElement[bool]] = {
    "supplier": _COMPANY.is_supplier.is_(True),
    "buyer": _COMPANY.is_buyer.is_(True),
    "agent": and_(_IN_NO_LIST, _COMPANY.is_agent.is_(True)),
    "forwarder": and_(_IN_NO_LIST, _COMPANY.is_agent.is_(False), _COMPANY.is_forwarder.is_(True)),
}
"""Which companies are of which kind; those that are both supplier and buyer are of both."""
WITHOUT_MESSAGES = ~exists().where(MessageRecord.thread_id == ThreadRecord.id)
"""Deals that nothing was said in yet; any other is found by its messages."""


def _present(*values: str | None) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for value in values if value))


def _texts(**values: str | None) -> dict[str, str]:
    return {name: value for name, value in values.items() if value}


def _custom(values: Mapping[str, Any] | None) -> str:
    return " ".join(str(value) for value in (values or {}).values() if value)


def _lists(session: Session, key: Column, ids: Ids, *columns: Column) -> dict[int, list[Any]]:
    """Rows of a child table by their parent; a single column comes bare."""
    found: dict[int, list[Any]] = defaultdict(list)
    query = select(key, *columns).where(key.in_(ids))
    for parent, *values in session.execute(query):
        found[parent].append(values[0] if len(values) == 1 else values)
    return found


def _joined(session: Session, key: Column, ids: Ids, column: Column) -> dict[int, str]:
    found = _lists(session, key, ids, column)
    return {parent: "\n".join(filter(None, texts)) for parent, texts in found.items()}


def _tags(session: Session, key: Column, ids: Ids) -> dict[int, tuple[str, ...]]:
    query = (
        select(key, TagRecord.name)
        .join(TagRecord, TagRecord.id == TagLinkRecord.tag_id)
        .where(key.in_(ids))
        .order_by(TagRecord.name)
    )
    found: dict[int, list[str]] = defaultdict(list)
    for parent, name in session.execute(query):
        found[parent].append(name)
    return {parent: tuple(names) for parent, names in found.items()}


def _points(session: Session, key: Column, ids: Ids) -> dict[int, list[Any]]:
    point = ContactPointRecord
    return _lists(session, key, ids, point.kind, point.value, point.normal)


def _mails(points: Iterable[Any]) -> tuple[str, ...]:
    return _present(*(value for kind, value, _ in points if kind == "email"))


def _phones(points: Iterable[Any]) -> tuple[str, ...]:
    """Each as typed and, where that lacks the country, with it."""
    typed = [(value, normal) for kind, value, normal in points if kind in _PHONES]
    return _present(
        *(value for value, _ in typed),
        *(normal for value, normal in typed if not value.startswith("+")),
    )


def _other_points(points: Iterable[Any]) -> str:
    return " ".join(value for kind, value, _ in points if kind != "email" and kind not in _PHONES)


def _supplier_goods(session: Session, ids: Ids) -> dict[int, list[Any]]:
    return _lists(
        session, ProductRecord.supplier_id, ids, ProductRecord.name_zh, ProductRecord.name_en
    )


def _companies(session: Session, ids: Ids, kind: str) -> Iterator[SearchDocument]:
    scope = COMPANY_SCOPES[kind]
    partner = OfferRecord.company_id if kind == "supplier" else QuotationRecord.buyer_id
    rows = session.scalars(select(CompanyRecord).where(CompanyRecord.id.in_(ids), scope)).all()
    partners = set(session.scalars(select(partner).where(partner.in_(ids)).distinct()))
    aliases = _lists(session, AliasRecord.company_id, ids, AliasRecord.name)
    people = _lists(
        session, ContactRecord.company_id, ids, ContactRecord.name, ContactRecord.name_en
    )
    points = _points(session, ContactPointRecord.company_id, ids)
    addresses = _joined(session, AddressRecord.company_id, ids, AddressRecord.lines)
    booths = _lists(session, BoothRecord.company_id, ids, BoothRecord.booth)
    papers = _lists(session, CertificateRecord.company_id, ids, CertificateRecord.name)
    notes = _joined(session, NoteRecord.company_id, ids, NoteRecord.text)
    files = _joined(session, AttachmentRecord.company_id, ids, AttachmentRecord.name)
    tags = _tags(session, TagLinkRecord.company_id, ids)
    goods = _supplier_goods(session, ids) if kind == "supplier" else {}
    for row in rows:
        of_it = points.get(row.id, ())
        names = (row.name_zh, row.name_en, row.short_name, *aliases.get(row.id, ()))
        made = (name for pair in goods.get(row.id, ()) for name in pair)
        yield SearchDocument(
            kind=kind,
            id=row.id,
            titles=_present(*names) or (str(row.id),),
            subtitle=row.city or row.province or "",
            codes=_present(row.uscc, row.tax_number, *booths.get(row.id, ())),
            mails=_mails(of_it),
            phones=_phones(of_it),
            goods=_present(row.main_products, *made),
            texts=_texts(
                contacts=" ".join(name for pair in people.get(row.id, ()) for name in pair if name),
                addresses=addresses.get(row.id),
                city=row.city,
                province=row.province,
                website=row.website,
                im=_other_points(of_it),
                certificates=" ".join(_present(*papers.get(row.id, ()))),
                business_type=row.business_type,
                markets=row.markets,
                payment_terms=row.payment_terms,
                next_action=row.next_action,
                notes=notes.get(row.id),
                files=files.get(row.id),
                custom=_custom(row.custom),
            ),
            facets={
                "country": _present(row.country),
                "certificate": tuple(dict.fromkeys(_present(*papers.get(row.id, ())))),
                "source": _present(row.source),
                "tag": tags.get(row.id, ()),
            },
            is_partner=row.id in partners,
        )


def suppliers(session: Session, ids: Ids) -> Iterator[SearchDocument]:
    """Suppliers with their people's names, their goods and every way to reach them."""
    return _companies(session, ids, "supplier")


def buyers(session: Session, ids: Ids) -> Iterator[SearchDocument]:
    """Buyers, likewise."""
    return _companies(session, ids, "buyer")


def agents(session: Session, ids: Ids) -> Iterator[SearchDocument]:
    """Buying agents and inspectors that neither sell nor buy."""
    return _companies(session, ids, "agent")


def forwarders(session: Session, ids: Ids) -> Iterator[SearchDocument]:
    """Those who carry the goods."""
    return _companies(session, ids, "forwarder")


def contacts(session: Session, ids: Ids) -> Iterator[SearchDocument]:
    """People with their company."""
    query = (
        select(ContactRecord, COMPANY_NAME, CompanyRecord.country)
        .outerjoin(CompanyRecord, CompanyRecord.id == ContactRecord.company_id)
        .where(ContactRecord.id.in_(ids))
    )
    points = _points(session, ContactPointRecord.contact_id, ids)
    notes = _joined(session, NoteRecord.contact_id, ids, NoteRecord.text)
    for row, company, country in session.execute(query):
        of_it = points.get(row.id, ())
        yield SearchDocument(
            kind="contact",
            id=row.id,
            titles=_present(row.name, row.name_en) or (str(row.id),),
            subtitle=" · ".join(_present(company, row.job_title)),
            mails=_mails(of_it),
            phones=_phones(of_it),
            texts=_texts(
                company=company,
                job_title=row.job_title,
                department=row.department,
                im=_other_points(of_it),
                notes=notes.get(row.id),
                custom=_custom(row.custom),
            ),
            facets={"country": _present(country)},
        )


def products(session: Session, ids: Ids) -> Iterator[SearchDocument]:
    """Goods with their supplier's name."""
    category = func.coalesce(CategoryRecord.name_zh, CategoryRecord.name_en)
    query = (
        select(ProductRecord, COMPANY_NAME, category)
        .outerjoin(CompanyRecord, CompanyRecord.id == ProductRecord.supplier_id)
        .outerjoin(CategoryRecord, CategoryRecord.id == ProductRecord.category_id)
        .where(ProductRecord.id.in_(ids))
    )
    tags = _tags(session, TagLinkRecord.product_id, ids)
    notes = _joined(session, NoteRecord.product_id, ids, NoteRecord.text)
    files = _joined(session, AttachmentRecord.product_id, ids, AttachmentRecord.name)
    for row, supplier, group in session.execute(query):
        names = _present(row.name_zh, row.name_en)
        yield SearchDocument(
            kind="product",
            id=row.id,
            titles=names or _present(row.item_number, row.model) or (str(row.id),),
            subtitle=" · ".join(_present(row.item_number, supplier)),
            codes=_present(row.item_number, row.model, row.hs_code, row.barcode),
            texts=_texts(
                supplier=supplier,
                description=row.description,
                material=row.material,
                size=row.size,
                colour=row.colour,
                brand=row.brand,
                packing=row.packing,
                remarks=row.remarks,
                notes=notes.get(row.id),
                files=files.get(row.id),
                custom=_custom(row.custom),
            ),
            facets={
                "country": _present(row.origin),
                "category": _present(group),
                "tag": tags.get(row.id, ()),
            },
        )


def inquiries(session: Session, ids: Ids) -> Iterator[SearchDocument]:
    """Inquiries with the buyer's name and words, the requests, offers and deals about them."""
    query = (
        select(InquiryRecord, COMPANY_NAME, CompanyRecord.country)
        .outerjoin(CompanyRecord, CompanyRecord.id == InquiryRecord.buyer_id)
        .where(InquiryRecord.id.in_(ids))
    )
    wordings = _lists(session, InquiryLineRecord.inquiry_id, ids, InquiryLineRecord.wording)
    details = _joined(session, InquiryLineRecord.inquiry_id, ids, InquiryLineRecord.specification)
    request, offers = RequestRecord, _offers_about(session, ids)
    numbers = _lists(session, request.inquiry_id, ids, request.number)
    asked = _joined(session, request.inquiry_id, ids, request.text)
    deals = _joined(session, ThreadRecord.inquiry_id, ids, ThreadRecord.subject)
    tags = _tags(session, TagLinkRecord.inquiry_id, ids)
    notes = _joined(session, NoteRecord.inquiry_id, ids, NoteRecord.text)
    files = _joined(session, AttachmentRecord.inquiry_id, ids, AttachmentRecord.name)
    for row, buyer, country in session.execute(query):
        yield SearchDocument(
            kind="inquiry",
            id=row.id,
            titles=_present(row.subject) or (row.number,),
            subtitle=" · ".join(_present(row.number, buyer)),
            codes=(row.number, *numbers.get(row.id, ())),
            goods=_present(*wordings.get(row.id, ())),
            texts=_texts(
                buyer=buyer,
                original_text=row.original_text,
                specification=details.get(row.id),
                channel=row.channel_detail,
                destination=row.destination,
                terms=" ".join(_present(row.incoterm, row.place)),
                next_action=row.next_action,
                request=asked.get(row.id),
                offers=offers.get(row.id),
                deals=deals.get(row.id),
                notes=notes.get(row.id),
                files=files.get(row.id),
            ),
            facets={
                "country": _present(country),
                "stage": (row.stage,),
                "source": _present(row.channel),
                "tag": tags.get(row.id, ()),
            },
        )


def _offers_about(session: Session, ids: Ids) -> dict[int, str]:
    """Who offered what, in the words it came in, by inquiry."""
    offer = OfferRecord
    query = (
        select(offer.inquiry_id, COMPANY_NAME, offer.source, offer.remarks, offer.payment_terms)
        .join(CompanyRecord, CompanyRecord.id == offer.company_id)
        .where(offer.inquiry_id.in_(ids))
    )
    found: dict[int, str] = {}
    for inquiry_id, *told in session.execute(query):
        about = int(inquiry_id or 0)
        found[about] = "\n".join(filter(None, (found.get(about), *told)))
    return found


def quotations(session: Session, ids: Ids) -> Iterator[SearchDocument]:
    """Quotations with the lines of the revision that counts."""
    current = (RevisionRecord.quotation_id == QuotationRecord.id) & (
        RevisionRecord.revision == QuotationRecord.revision
    )
    query = (
        select(
            QuotationRecord, STATE_TODAY, COMPANY_NAME, CompanyRecord.country,
            RevisionRecord.title, RevisionRecord.remarks, RevisionRecord.internal_note,
            RevisionRecord.incoterm, RevisionRecord.place, RevisionRecord.payment_terms,
        )
        .outerjoin(CompanyRecord, CompanyRecord.id == QuotationRecord.buyer_id)
        .outerjoin(RevisionRecord, current)
        .where(QuotationRecord.id.in_(ids))
    )  # fmt: skip
    line = QuotationLineRecord
    lines_query = (
        select(QuotationRecord.id, line.name_zh, line.name_en, line.item_number, line.description)
        .join(RevisionRecord, current)
        .join(line, line.revision_id == RevisionRecord.id)
        .where(QuotationRecord.id.in_(ids))
    )
    lines: dict[int, list[tuple[str | None, ...]]] = defaultdict(list)
    for quotation, *values in session.execute(lines_query):
        lines[quotation].append(tuple(values))
    tags = _tags(session, TagLinkRecord.quotation_id, ids)
    notes = _joined(session, NoteRecord.quotation_id, ids, NoteRecord.text)
    files = _joined(session, AttachmentRecord.quotation_id, ids, AttachmentRecord.name)
    for row, state, buyer, country, title, remarks, internal, *terms in session.execute(query):
        incoterm, place, payment = terms
        of_it = lines.get(row.id, ())
        yield SearchDocument(
            kind="quotation",
            id=row.id,
            titles=_present(row.number, title),
            subtitle=buyer or "",
            codes=(row.number,),
            goods=_present(*(name for values in of_it for name in values[:2])),
            texts=_texts(
                buyer=buyer,
                lines=" ".join(filter(None, (part for values in of_it for part in values[2:]))),
                terms=" ".join(_present(incoterm, place)),
                payment_terms=payment,
                remarks=remarks,
                internal_note=internal,
                notes=notes.get(row.id),
                files=files.get(row.id),
            ),
            facets={
                "country": _present(country),
                "stage": (state,),
                "tag": tags.get(row.id, ()),
            },
        )


def messages(session: Session, ids: Ids) -> Iterator[SearchDocument]:
    """Mails, chats, calls and notes of a deal."""
    query = (
        select(MessageRecord, ThreadRecord.subject, COMPANY_NAME)
        .join(ThreadRecord, ThreadRecord.id == MessageRecord.thread_id)
        .outerjoin(CompanyRecord, CompanyRecord.id == ThreadRecord.company_id)
        .where(MessageRecord.id.in_(ids))
    )
    files = _joined(session, AttachmentRecord.message_id, ids, AttachmentRecord.name)
    for row, subject, company in session.execute(query):
        yield SearchDocument(
            kind="message",
            id=row.id,
            titles=_present(row.subject or subject) or (row.text.strip()[:60] or str(row.id),),
            subtitle=" · ".join(_present(company or row.sender, f"{row.sent_at:%Y-%m-%d}")),
            texts=_texts(
                sender=row.sender,
                recipients=row.recipients,
                company=company,
                text=row.text,
                files=files.get(row.id),
            ),
            facets={"source": _present(row.kind)},
        )


def threads(session: Session, ids: Ids) -> Iterator[SearchDocument]:
    """Deals without a message, by their subject."""
    query = (
        select(ThreadRecord, COMPANY_NAME)
        .outerjoin(CompanyRecord, CompanyRecord.id == ThreadRecord.company_id)
        .where(ThreadRecord.id.in_(ids), WITHOUT_MESSAGES)
    )
    for row, company in session.execute(query):
        yield SearchDocument(
            kind="thread",
            id=row.id,
            titles=_present(row.subject) or (str(row.id),),
            subtitle=company or "",
            texts=_texts(company=company, next_action=row.next_step),
        )


READERS: Mapping[str, Reader] = {
    "supplier": suppliers,
    "buyer": buyers,
    "contact": contacts,
    "product": products,
    "inquiry": inquiries,
    "quotation": quotations,
    "message": messages,
    "agent": agents,
    "forwarder": forwarders,
    "thread": threads,
}
