"""Owns single inquiries read whole.

Must not write and must not hand out mapped records.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.directory.lists import name_of_company
from app.directory.views import Mention, tags_of
from app.files.views import AttachmentView, attachments
from app.inquiries.askers_service import KnownAsker, known_asker, with_houses
from app.inquiries.duplicates_views import SameInquiry, duplicates
from app.inquiries.fields import INQUIRY_FIELDS, LINE_FIELDS
from app.inquiries.pasted import PastedInquiry, recognise
from app.inquiries.service import inquiry_facts
from app.inquiries.stages import InquiryFacts
from app.lists.existing import existing
from database.book import Book
from database.records import (
    STATE_TODAY,
    AttachmentRecord,
    CompanyRecord,
    FileRecord,
    InquiryLineRecord,
    InquiryRecord,
    PictureRecord,
    ProductRecord,
    QuotationRecord,
    TagLinkRecord,
    ThreadRecord,
)


@dataclass(frozen=True, slots=True)
class LinkedProduct:
    """The product a line was linked to; ``picture`` is the SHA-256 of its first picture."""

    id: int
    name: str
    supplier: str | None
    picture: str | None


@dataclass(frozen=True, slots=True)
class InquiryLineView:
    """One line: its fields, and the product it was linked to."""

    id: int
    position: int
    product_id: int | None
    values: Mapping[str, object]
    product: LinkedProduct | None = None

    @property
    def wording(self) -> str:
        """The buyer's words."""
        return str(self.values["wording"])


@dataclass(frozen=True, slots=True)
class InquiryDetail:
    """An inquiry whole."""

    id: int
    buyer_id: int | None
    buyer: str | None
    contact_id: int | None
    contact: str | None
    values: Mapping[str, object]
    lines: tuple[InquiryLineView, ...]
    facts: InquiryFacts
    attachments: tuple[AttachmentView, ...]
    tags: tuple[str, ...]
    mentions: tuple[Mention, ...]
    #: Other inquiries that are likely this one, come another way.
    same: tuple[SameInquiry, ...]
    created_at: datetime


class InquiryViews:
    """Reads for the pages of inquiries."""

    def __init__(self, book: Book) -> None:
        self._book = book

    def read_pasted(
        self, text: str, *, written_on: date, ours: Iterable[str] = ()
    ) -> tuple[PastedInquiry, KnownAsker | None]:
        """The inquiry in ``text``, and the buyer of the book who asks; ``ours`` are addresses of our side."""
        found = recognise(text, written_on=written_on, ours=with_houses(ours))
        with self._book.read() as session:
            return found, known_asker(session, found.asker)

    def inquiry(self, inquiry_id: int) -> InquiryDetail:
        """The inquiry; raises ``AppError`` where there is none."""
        with self._book.read() as session:
            record = existing(session, InquiryRecord, "inquiry", inquiry_id)
            return InquiryDetail(
                id=record.id,
                buyer_id=record.buyer_id,
                buyer=session.scalar(
                    select(name_of_company()).where(CompanyRecord.id == record.buyer_id)
                ),
                contact_id=record.contact_id,
                contact=record.contact.name if record.contact else None,
                values={field.key: getattr(record, field.key) for field in INQUIRY_FIELDS},
                lines=_lines(session, inquiry_id),
                facts=inquiry_facts(session, record),
                attachments=attachments(session, AttachmentRecord.inquiry_id, inquiry_id),
                tags=tags_of(session, TagLinkRecord.inquiry_id, inquiry_id),
                mentions=_mentions(session, inquiry_id),
                same=duplicates(session, record),
                created_at=record.created_at,
            )


def _lines(session: Session, inquiry_id: int) -> tuple[InquiryLineView, ...]:
    query = (
        select(InquiryLineRecord)
        .where(InquiryLineRecord.inquiry_id == inquiry_id)
        .order_by(InquiryLineRecord.position)
    )
    lines = session.scalars(query).all()
    products = _linked(session, [line.product_id for line in lines if line.product_id])
    return tuple(
        InquiryLineView(
            id=line.id,
            position=line.position,
            product_id=line.product_id,
            values={field.key: getattr(line, field.key) for field in LINE_FIELDS},
            product=products.get(line.product_id or 0),
        )
        for line in lines
    )


def _linked(session: Session, product_ids: Sequence[int]) -> Mapping[int, LinkedProduct]:
    product = ProductRecord
    rows = session.execute(
        select(product.id, product.item_number, product.name_zh, product.name_en, name_of_company())
        .outerjoin(CompanyRecord, product.supplier_id == CompanyRecord.id)
        .where(product.id.in_(product_ids))
    )
    pictures: dict[int, str] = {}
    for id_, sha256 in session.execute(
        select(PictureRecord.product_id, FileRecord.sha256)
        .join(FileRecord, PictureRecord.file_id == FileRecord.id)
        .where(PictureRecord.product_id.in_(product_ids))
        .order_by(PictureRecord.position, PictureRecord.id)
    ):
        pictures.setdefault(id_ or 0, sha256)
    return {
        id_: LinkedProduct(
            id_,
            " ".join(filter(None, (item_number, name_zh or name_en))),
            supplier,
            pictures.get(id_),
        )
        for id_, item_number, name_zh, name_en, supplier in rows
    }


def _mentions(session: Session, inquiry_id: int) -> tuple[Mention, ...]:
    quotations = select(QuotationRecord, STATE_TODAY).where(
        QuotationRecord.inquiry_id == inquiry_id
    )
    threads = select(ThreadRecord).where(ThreadRecord.inquiry_id == inquiry_id)
    return (
        *(
            Mention("quotation", row.id, row.number, state, row.created_at)
            for row, state in session.execute(quotations.order_by(QuotationRecord.id))
        ),
        *(
            Mention("thread", row.id, row.subject or "", None, row.created_at)
            for row in session.scalars(threads.order_by(ThreadRecord.id))
        ),
    )
