"""Owns reading requests whole, who was asked, and which offers were chosen.

Must not write, and must not compare offers.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session, selectinload

from app.directory.lists import name_of_company
from app.inquiries.offered_tiers import OfferedTier
from app.kernel.decimals import decimal_text
from app.kernel.language import catalogue
from app.lists.existing import existing
from database.book import Book
from database.records import (
    AwardRecord,
    CompanyRecord,
    InquiryLineRecord,
    InquiryRecord,
    OfferLineRecord,
    RequestLineRecord,
    RequestRecord,
    RequestSupplierRecord,
)


@dataclass(frozen=True, slots=True)
class AskedSupplier:
    """A supplier on a request: when it was asked, answered, is to be reminded."""

    id: int
    supplier_id: int
    supplier: str
    asked_at: datetime | None
    answered_at: datetime | None
    remind_on: date | None


@dataclass(frozen=True, slots=True)
class RequestLine:
    """One article of a request; ``target`` only where the request shows it."""

    id: int
    inquiry_line_id: int | None
    product_id: int | None
    position: int
    wording: str
    specification: str
    quantity: Decimal | None
    unit: str
    target: str


@dataclass(frozen=True, slots=True)
class RequestDetail:
    """A request whole."""

    id: int
    number: str
    inquiry_id: int | None
    subject: str
    text: str
    respond_by_on: date | None
    buyer: str
    shows_buyer: bool
    shows_target: bool
    lines: tuple[RequestLine, ...]
    suppliers: tuple[AskedSupplier, ...]


@dataclass(frozen=True, slots=True)
class OfferLineView:
    """One article of an offer; ``tiers`` are prices from a quantity on, in the offer's currency."""

    id: int
    line_id: int | None
    product_id: int | None
    wording: str
    unit: str
    moq: Decimal | None
    lead_time_days: int | None
    packing: str
    remarks: str
    tiers: tuple[OfferedTier, ...]


class SourcingViews:
    """Reads for asking suppliers and comparing what they offer."""

    def __init__(self, book: Book) -> None:
        self._book = book

    def request(self, request_id: int) -> RequestDetail:
        """The request; the buyer and targets are empty unless it shows them."""
        with self._book.read() as session:
            record = existing(session, RequestRecord, "request", request_id)
            return RequestDetail(
                id=record.id,
                number=record.number,
                inquiry_id=record.inquiry_id,
                subject=record.subject or "",
                text=record.text or "",
                respond_by_on=record.respond_by_on,
                buyer=_buyer(session, record) if record.shows_buyer else "",
                shows_buyer=record.shows_buyer,
                shows_target=record.shows_target,
                lines=_request_lines(session, record),
                suppliers=_asked(session, RequestSupplierRecord.request_id == request_id),
            )

    def requests(self, inquiry_id: int) -> tuple[RequestDetail, ...]:
        """All requests for an inquiry, the newest first."""
        with self._book.read() as session:
            query = (
                select(RequestRecord.id)
                .where(RequestRecord.inquiry_id == inquiry_id)
                .order_by(RequestRecord.id.desc())
            )
            ids = session.scalars(query).all()
        return tuple(self.request(id_) for id_ in ids)

    def request_text(self, request_id: int, *, language: str) -> str:
        """The request as a text to paste into a chat or a mail, in ``language``."""
        detail = self.request(request_id)
        say = catalogue(language).say
        parts = [detail.text or say("requests.greeting")]
        if detail.buyer:
            parts.append(say("requests.for_buyer", buyer=detail.buyer))
        for line in detail.lines:
            amount = decimal_text(line.quantity) if line.quantity is not None else ""
            told = filter(None, (line.wording, line.specification, f"{amount} {line.unit}".strip()))
            parts.append(f"{line.position}. " + " / ".join(told))
            if line.target:
                parts.append("   " + say("requests.target", price=line.target))
        parts.append(say("requests.please_tell"))
        if detail.respond_by_on is not None:
            parts.append(say("requests.respond_by", on=detail.respond_by_on))
        parts.append(say("requests.reference", number=detail.number))
        return "\n".join(parts)

    def offer_lines(self, offer_id: int) -> tuple[OfferLineView, ...]:
        """The articles of one offer with all their prices."""
        query = (
            select(OfferLineRecord, InquiryLineRecord.wording)
            .outerjoin(InquiryLineRecord, OfferLineRecord.inquiry_line_id == InquiryLineRecord.id)
            .where(OfferLineRecord.offer_id == offer_id)
            .order_by(OfferLineRecord.position, OfferLineRecord.id)
            .options(selectinload(OfferLineRecord.tiers))
        )
        with self._book.read() as session:
            return tuple(_offer_line(line, asked) for line, asked in session.execute(query))

    def suppliers(self, inquiry_id: int) -> tuple[tuple[int, str], ...]:
        """All suppliers as (id, name), those asked about the inquiry first."""
        with self._book.read() as session:
            asked = {one.supplier_id for one in _asked(session, _requests_of(inquiry_id))}
            query = select(CompanyRecord.id, name_of_company()).where(CompanyRecord.is_supplier)
            found = [(row[0], row[1] or "") for row in session.execute(query)]
        return tuple(sorted(found, key=lambda one: (one[0] not in asked, one[1])))

    def asked_suppliers(self, inquiry_id: int) -> Mapping[int, str]:
        """Those who were asked about the inquiry, id → name."""
        with self._book.read() as session:
            asked = _asked(session, _requests_of(inquiry_id))
        return {one.supplier_id: one.supplier for one in asked if one.asked_at}

    def awards(self, inquiry_id: int) -> Mapping[int, Mapping[int, Decimal | None]]:
        """Line of the inquiry → the offer lines chosen for it, each with its part of the quantity.

        None is the whole quantity; lines without a choice are left out.
        """
        with self._book.read() as session:
            return _awards(session, inquiry_id)


def _buyer(session: Session, record: RequestRecord) -> str:
    query = (
        select(name_of_company())
        .join(InquiryRecord, InquiryRecord.buyer_id == CompanyRecord.id)
        .where(InquiryRecord.id == record.inquiry_id)
    )
    return session.scalar(query) or ""


def _request_lines(session: Session, record: RequestRecord) -> tuple[RequestLine, ...]:
    query = (
        select(RequestLineRecord, InquiryLineRecord)
        .outerjoin(InquiryLineRecord, RequestLineRecord.inquiry_line_id == InquiryLineRecord.id)
        .where(RequestLineRecord.request_id == record.id)
        .order_by(RequestLineRecord.position)
    )
    return tuple(
        RequestLine(
            id=line.id,
            inquiry_line_id=line.inquiry_line_id,
            product_id=line.product_id,
            position=line.position,
            wording=line.wording,
            specification=line.specification or "",
            quantity=line.quantity,
            unit=line.unit or "",
            target=_target(asked) if record.shows_target else "",
        )
        for line, asked in session.execute(query)
    )


def _offer_line(line: OfferLineRecord, asked: str | None) -> OfferLineView:
    return OfferLineView(
        id=line.id,
        line_id=line.inquiry_line_id,
        product_id=line.product_id,
        wording=asked or line.wording or "",
        unit=line.unit or "",
        moq=line.moq,
        lead_time_days=line.lead_time_days,
        packing=line.packing or "",
        remarks=line.remarks or "",
        tiers=tuple(OfferedTier(tier.min_quantity, tier.amount) for tier in line.tiers),
    )


def _target(asked: InquiryLineRecord | None) -> str:
    if asked is None or asked.target_price is None:
        return ""
    return f"{decimal_text(asked.target_price)} {asked.currency or ''}".strip()


def _requests_of(inquiry_id: int) -> ColumnElement[bool]:
    requests = select(RequestRecord.id).where(RequestRecord.inquiry_id == inquiry_id)
    return RequestSupplierRecord.request_id.in_(requests)


def _asked(session: Session, where: ColumnElement[bool]) -> tuple[AskedSupplier, ...]:
    record = RequestSupplierRecord
    query = (
        select(record, name_of_company())
        .join(CompanyRecord, record.company_id == CompanyRecord.id)
        .where(where)
        .order_by(record.id)
    )
    return tuple(
        AskedSupplier(
            row.id, row.company_id, name or "", row.asked_at, row.answered_at, row.remind_on
        )
        for row, name in session.execute(query)
    )


def _awards(session: Session, inquiry_id: int) -> Mapping[int, Mapping[int, Decimal | None]]:
    record = AwardRecord
    query = (
        select(record.inquiry_line_id, record.offer_line_id, record.quantity)
        .join(InquiryLineRecord, record.inquiry_line_id == InquiryLineRecord.id)
        .where(InquiryLineRecord.inquiry_id == inquiry_id)
    )
    chosen: dict[int, dict[int, Decimal | None]] = {}
    for line_id, offer_line_id, quantity in session.execute(query):
        chosen.setdefault(line_id, {})[offer_line_id] = quantity
    return chosen
