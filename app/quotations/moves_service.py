"""Owns what happens to the records when a revision is sent, closed, withdrawn or followed by another.

Must not open a write scope; the service does.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.directory.lists import name_of_company
from app.inquiries.service import inquiry_facts
from app.inquiries.stages import Stage, may_move, unmet_needs
from app.kernel.errors import AppError
from app.quotations.drafting_service import copy_of, copy_of_tier
from app.quotations.forms import RATE_FORMS
from app.quotations.header_service import following_number
from app.quotations.pricing_service import tier_rows
from app.quotations.revisions import State, check_move
from app.quotations.terms_views import lines_of
from database.records import (
    AddressRecord,
    CompanyRecord,
    ContactRecord,
    InquiryRecord,
    QuotationRecord,
    RevisionRecord,
    SellerProfileRecord,
)

_NOT_COPIED = frozenset(
    {
        "id",
        "uid",
        "quotation_id",
        "revision",
        "state",
        "state_before",
        "issued_on",
        "valid_until",
        "sent_at",
        "closed_at",
        "seller",
    }
)
#: States that a newer sent revision puts an end to.
_ANSWERABLE = (State.SENT, State.EXPIRED, State.DECLINED, State.ACCEPTED)


def follow(
    session: Session, quotation: QuotationRecord, revision: RevisionRecord, *, today: date
) -> RevisionRecord:
    """The next draft under the same number: the same content, dated today, valid for as many days."""
    draft = copy_of_revision(revision, today=today)
    draft.quotation_id = quotation.id
    draft.revision = following_number(session, quotation)
    session.add(draft)
    session.flush()
    copy_lines(session, revision, draft)
    point_to(session, quotation)
    return draft


def copy_of_revision(revision: RevisionRecord, *, today: date) -> RevisionRecord:
    """A draft with the head of ``revision``, dated today and valid for as many days."""
    columns = RevisionRecord.__table__.columns.keys()
    draft = RevisionRecord(
        **{key: getattr(revision, key) for key in columns if key not in _NOT_COPIED}
    )
    draft.issued_on = today
    if revision.valid_until is not None:
        draft.valid_until = today + max(revision.valid_until - revision.issued_on, timedelta(0))
    return draft


def copy_lines(session: Session, source: RevisionRecord, target: RevisionRecord) -> None:
    """Gives ``target`` the lines of ``source`` with their tiers and costs."""
    lines = lines_of(session, source.id)
    tiers = tier_rows(session, lines)
    copies = [copy_of(line) for line in lines]
    for copy in copies:
        copy.revision_id = target.id
    session.add_all(copies)
    session.flush()
    session.add_all(
        copy_of_tier(tier, copy.id)
        for line, copy in zip(lines, copies, strict=True)
        for tier in tiers.get(line.id, ())
    )


def send(
    session: Session, quotation: QuotationRecord, revision: RevisionRecord, *, at: datetime
) -> None:
    """Freezes the revision as sent; the one before it is superseded, the inquiry counts as answered."""
    check_move(State(revision.state), State.SENT)
    lines = lines_of(session, revision.id)
    if not lines:
        raise AppError("quotations.nothing_to_send", number=quotation.number)
    freeze_parties(session, quotation, revision)
    for other in _others(session, revision):
        if State(other.state) in _ANSWERABLE:
            other.state_before = other.state
            other.state = State.SUPERSEDED.value
    revision.state, revision.sent_at = State.SENT.value, at
    point_to(session, quotation)
    _tell_inquiry(session, quotation, Stage.QUOTED, at=at)


def freeze_parties(session: Session, quotation: QuotationRecord, revision: RevisionRecord) -> None:
    """Writes down the buyer and the seller as they stand today, so that the paper stays what it was."""
    if revision.buyer_name is None and quotation.buyer_id is not None:
        revision.buyer_name = session.scalar(
            select(name_of_company()).where(CompanyRecord.id == quotation.buyer_id)
        )
    if revision.buyer_address is None and quotation.buyer_id is not None:
        revision.buyer_address = buyer_address(session, quotation.buyer_id)
    if revision.contact_name is None and quotation.contact_id is not None:
        contact = session.get(ContactRecord, quotation.contact_id)
        revision.contact_name = contact.name if contact else None
    revision.seller = seller_values(session, quotation.profile_id)


def buyer_address(session: Session, buyer_id: int) -> str | None:
    """The first address of a buyer in one text."""
    address = session.scalars(
        select(AddressRecord).where(AddressRecord.company_id == buyer_id).order_by(AddressRecord.id)
    ).first()
    if address is None:
        return None
    town = " ".join(filter(None, (address.postal_code, address.city)))
    return "\n".join(filter(None, (address.lines, town, address.province, address.country)))


def seller_values(session: Session, profile_id: int | None) -> dict[str, object]:
    """A seller profile as it is frozen; empty without one."""
    profile = session.get(SellerProfileRecord, profile_id) if profile_id is not None else None
    if profile is None:
        return {}
    form = RATE_FORMS["seller_profile"]
    keys = (*(field.key for field in form.fields), *form.owners)
    return {key: getattr(profile, key) for key in keys}


def close(
    session: Session,
    quotation: QuotationRecord,
    revision: RevisionRecord,
    *,
    state: State,
    at: datetime,
) -> None:
    """Moves a sent revision to accepted, declined or expired."""
    check_move(State(revision.state), state)
    revision.state, revision.closed_at = state.value, at
    point_to(session, quotation)
    if state is State.ACCEPTED:
        _tell_inquiry(session, quotation, Stage.WON, at=at)


def withdraw(
    session: Session, quotation: QuotationRecord, revision: RevisionRecord, *, at: datetime
) -> None:
    """Takes a revision back; the one that it superseded holds again."""
    was = State(revision.state)
    check_move(was, State.WITHDRAWN)
    revision.state, revision.closed_at = State.WITHDRAWN.value, at
    if was is State.SENT:
        before = [other for other in _others(session, revision) if other.state_before]
        if before:
            last = max(before, key=lambda other: other.revision)
            last.state, last.state_before = last.state_before or State.SENT.value, None
    point_to(session, quotation)


def point_to(session: Session, quotation: QuotationRecord) -> None:
    """Lets the quotation show the newest revision that was not withdrawn."""
    session.flush()
    revisions = session.scalars(
        select(RevisionRecord).where(RevisionRecord.quotation_id == quotation.id)
    ).all()
    counting = [each for each in revisions if each.state != State.WITHDRAWN]
    newest = max(counting or revisions, key=lambda each: each.revision)
    quotation.revision, quotation.state = newest.revision, newest.state


def _others(session: Session, revision: RevisionRecord) -> list[RevisionRecord]:
    return list(
        session.scalars(
            select(RevisionRecord).where(
                RevisionRecord.quotation_id == revision.quotation_id,
                RevisionRecord.id != revision.id,
            )
        )
    )


def _tell_inquiry(
    session: Session, quotation: QuotationRecord, stage: Stage, *, at: datetime
) -> None:
    """Notes the answer and moves the inquiry on, where its stages allow the move."""
    session.flush()
    inquiry = (
        session.get(InquiryRecord, quotation.inquiry_id)
        if quotation.inquiry_id is not None
        else None
    )
    if inquiry is None:
        return
    if inquiry.first_answered_at is None:
        inquiry.first_answered_at = at
    facts = inquiry_facts(session, inquiry)
    later = Stage(inquiry.stage) in (Stage.NEGOTIATING, Stage.WON) and stage is Stage.QUOTED
    if not later and may_move(Stage(inquiry.stage), stage) and not unmet_needs(stage, facts):
        inquiry.stage = stage.value
