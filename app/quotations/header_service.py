"""Owns the head of a revision: where its fields come from, and how typed ones are taken.

Must not open a write scope; the service does.
"""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.forms import Values
from app.kernel.errors import AppError
from app.kernel.messages import Message
from app.quotations.forms import HEADER_FORM
from app.quotations.freezing import to_json
from app.quotations.incoterms import CURRENT_EDITION, EDITIONS
from app.quotations.payment import PRESETS
from app.quotations.payment_notation import parse_payment_terms
from app.quotations.revisions import next_revision_number
from database.records import (
    CompanyRecord,
    InquiryLineRecord,
    InquiryRecord,
    QuotationRecord,
    RevisionRecord,
    SellerProfileRecord,
)

#: How long a quotation holds unless its writer says otherwise.
VALID_DAYS = 30
USUAL_PAYMENT = PRESETS["tt_30_70_before_shipment"]
USUAL_CURRENCY = "USD"
USUAL_TERM = "FOB"

_OF_THE_QUOTATION = ("buyer_id", "contact_id", "profile_id")
_ALWAYS = ("issued_on", "currency")


def new_revision(
    session: Session, quotation: QuotationRecord, values: Values, *, today: date
) -> RevisionRecord:
    """The first revision of a quotation: ``values``, and what is usual for what they leave open."""
    revision = RevisionRecord(
        quotation_id=quotation.id,
        revision=1,
        issued_on=today,
        valid_until=today + timedelta(days=VALID_DAYS),
        currency=USUAL_CURRENCY,
        incoterm=USUAL_TERM,
        edition=CURRENT_EDITION,
        payment_terms=USUAL_PAYMENT.text("en"),
        payment=to_json(USUAL_PAYMENT),
        shows_bank=False,
    )
    buyer = (
        session.get(CompanyRecord, quotation.buyer_id) if quotation.buyer_id is not None else None
    )
    if buyer is not None:
        revision.currency = buyer.currency or revision.currency
        _take_payment(revision, buyer.payment_terms or revision.payment_terms)
    set_header(quotation, revision, values)
    session.add(revision)
    session.flush()
    return revision


def set_header(quotation: QuotationRecord, revision: RevisionRecord, values: Values) -> None:
    """Takes header fields; payment is understood where it can be, the rest is kept as typed."""
    for key, value in HEADER_FORM.checked(values).items():
        if key in _OF_THE_QUOTATION:
            setattr(quotation, key, value)
        elif key == "payment_terms":
            _take_payment(revision, str(value) if value else None)
        elif value is None and key in _ALWAYS:
            raise AppError("quotations.must_be_filled", field=Message(f"quotations.field.{key}"))
        else:
            setattr(revision, key, value if key != "shows_bank" else bool(value))
    if revision.edition is not None and revision.edition not in EDITIONS:
        raise AppError(
            "lists.bad_value", field=Message("quotations.field.edition"), value=revision.edition
        )
    if revision.valid_until is not None and revision.valid_until < revision.issued_on:
        raise AppError("quotations.valid_before_issued", day=revision.valid_until)


def _take_payment(revision: RevisionRecord, text: str | None) -> None:
    terms = parse_payment_terms(text) if text else None
    revision.payment_terms = text
    revision.payment = to_json(terms) if terms else None


def header_for_inquiry(session: Session, inquiry: InquiryRecord) -> dict[str, object]:
    """What an inquiry says of the head of its quotation; its lines where it is silent itself."""
    lines = session.scalars(
        select(InquiryLineRecord)
        .where(InquiryLineRecord.inquiry_id == inquiry.id)
        .order_by(InquiryLineRecord.position)
    ).all()
    header: dict[str, object] = {
        "title": inquiry.subject,
        "port_of_destination": inquiry.destination,
        "currency": inquiry.currency or next((x.currency for x in lines if x.currency), None),
        "incoterm": inquiry.incoterm or next((x.incoterm for x in lines if x.incoterm), None),
        "place": inquiry.place or next((x.place for x in lines if x.place), None),
    }
    return {key: value for key, value in header.items() if value}


def default_profile(session: Session) -> int | None:
    """The seller profile new quotations are written under."""
    return session.scalar(
        select(SellerProfileRecord.id)
        .order_by(SellerProfileRecord.is_default.desc(), SellerProfileRecord.id)
        .limit(1)
    )


def following_number(session: Session, quotation: QuotationRecord) -> int:
    """The number of the next revision; a withdrawn one's never returns."""
    numbers = session.scalars(
        select(RevisionRecord.revision).where(RevisionRecord.quotation_id == quotation.id)
    )
    return next_revision_number(numbers)
