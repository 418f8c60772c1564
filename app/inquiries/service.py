"""Owns what a user can do with inquiries: take one, change it, move it through its stages.

Must not match suppliers or read for the screen.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import delete, or_, select
from sqlalchemy.orm import Session

from app.directory.duplicates import website_host
from app.directory.names import name_key
from app.files.service import NewFile, hang
from app.forms import Values
from app.inquiries.askers_service import completed, person_asking
from app.inquiries.duplicates_views import said_apart
from app.inquiries.forms import INQUIRY_FORM, LINE_FORM
from app.inquiries.merging_service import AS_PROPOSED, Merging, merge_inquiries
from app.inquiries.signatures import NOBODY, Asker
from app.inquiries.stages import InquiryFacts, Stage, check_move
from app.kernel.clock import Clock
from app.kernel.errors import AppError
from app.kernel.text import has_han
from app.lists.existing import existing, require
from database.book import Book, WriteScope
from database.counters import next_number
from database.records import (
    CompanyRecord,
    InquiryLineRecord,
    InquiryRecord,
    NotSameInquiryRecord,
    ProductRecord,
    QuotationRecord,
    RequestLineRecord,
    RevisionRecord,
    TagLinkRecord,
    TagRecord,
)

_BETWEEN_TAGS = re.compile(r"[,，;；、\n]")


@dataclass(frozen=True, slots=True)
class InquiryDraft:
    """A new inquiry as it is typed or read from a text or sheet.

    ``buyer`` is a name; a buyer of that name is found or made. ``asker`` is the person of it who
    asks, found or made, too. ``values`` and each line are given by field key, see
    ``app.inquiries.fields``. ``files`` are those that came with it.
    """

    buyer: str | None = None
    buyer_id: int | None = None
    asker: Asker = NOBODY
    values: Values = field(default_factory=dict)
    lines: Sequence[Values] = ()
    files: Sequence[NewFile] = ()


class Inquiries:
    """Inquiries, as far as they are written."""

    def __init__(self, book: Book, clock: Clock) -> None:
        self._book = book
        self._clock = clock

    def add(self, draft: InquiryDraft, *, initiator: object = None) -> int:
        """Records an inquiry with its lines and returns its id; an unknown buyer is added."""
        values = INQUIRY_FORM.checked(draft.values)
        lines = [LINE_FORM.checked(line) for line in draft.lines]
        with self._book.write(
            "inquiries.add", initiator=initiator, name=draft.buyer or values.get("subject") or ""
        ) as scope:
            inquiry = InquiryRecord(**values)
            self._complete(scope, inquiry, draft)
            scope.add(inquiry)
            scope.flush()
            _add_lines(scope, inquiry.id, lines)
            owner, now = {"inquiry_id": inquiry.id}, self._clock.now()
            for file in draft.files:
                hang(scope, self._book, file, owner=owner, at=now)
            return inquiry.id

    def edit(self, ids: Sequence[int], values: Values, *, initiator: object = None) -> None:
        """Sets fields of inquiries as one operation; a stage is moved with :meth:`move`."""
        checked = INQUIRY_FORM.checked(values)
        if "stage" in checked:
            raise AppError("inquiries.move_instead")
        with self._book.write("inquiries.edit", initiator=initiator, count=len(ids)) as scope:
            for inquiry_id in ids:
                inquiry = existing(scope, InquiryRecord, "inquiry", inquiry_id)
                for key, value in checked.items():
                    setattr(inquiry, key, value)

    def set_lines(
        self, inquiry_id: int, lines: Sequence[Values], *, initiator: object = None
    ) -> None:
        """Makes ``lines`` the lines of the inquiry: one with an ``id`` is kept and changed."""
        with self._changing(inquiry_id, "inquiries.edit_lines", initiator) as (scope, inquiry):
            kept = {int(str(line["id"])) for line in lines if line.get("id")}
            scope.execute(
                delete(InquiryLineRecord).where(
                    InquiryLineRecord.inquiry_id == inquiry.id, InquiryLineRecord.id.not_in(kept)
                )
            )
            for position, line in enumerate(lines, 1):
                self._set_line(scope, inquiry.id, position, line)

    def link_line(self, line_id: int, product_id: int | None, *, initiator: object = None) -> None:
        """Says which product of the book a line asks for; None takes that back.

        Requests that hold the line have it from then on, so that their sheets show its picture.
        Raises ``AppError`` where the line or the product is gone.
        """
        with self._book.read() as session:
            line = existing(session, InquiryLineRecord, "line", line_id)
            product = (
                existing(session, ProductRecord, "product", product_id)
                if product_id is not None
                else None
            )
            names = (product.item_number, product.name_zh or product.name_en) if product else ()
            wording, name = line.wording, " ".join(filter(None, names))
        key = "inquiries.link_line" if product is not None else "inquiries.unlink_line"
        with self._book.write(key, initiator=initiator, line=wording, product=name) as scope:
            scope.get_one(InquiryLineRecord, line_id).product_id = product_id
            requested = select(RequestLineRecord).where(
                RequestLineRecord.inquiry_line_id == line_id
            )
            for each in scope.scalars(requested):
                each.product_id = product_id

    def move(
        self,
        inquiry_id: int,
        stage: Stage,
        *,
        reason: str = "",
        initiator: object = None,
    ) -> None:
        """Moves the inquiry to ``stage``; raises ``AppError`` naming what the stage still needs."""
        with self._changing(inquiry_id, "inquiries.move", initiator, stage=stage.value) as (
            scope,
            inquiry,
        ):
            facts = inquiry_facts(scope, inquiry, reason=reason)
            check_move(Stage(inquiry.stage), stage, facts)
            inquiry.stage = stage.value
            inquiry.lost_reason = reason or None if stage is Stage.LOST else inquiry.lost_reason

    def answered(
        self, inquiry_id: int, at: datetime | None = None, *, initiator: object = None
    ) -> None:
        """Notes when the buyer was first answered; a later answer changes nothing."""
        with self._changing(inquiry_id, "inquiries.answered", initiator) as (_scope, inquiry):
            if inquiry.first_answered_at is None:
                inquiry.first_answered_at = at or self._clock.now()

    def set_tags(self, inquiry_id: int, typed: str, *, initiator: object = None) -> None:
        """Makes the words ``typed``, with commas between them, the tags of the inquiry."""
        wanted = {word.strip() for word in _BETWEEN_TAGS.split(typed)} - {""}
        with self._changing(inquiry_id, "inquiries.set_tags", initiator) as (scope, inquiry):
            known = select(TagRecord).where(TagRecord.name.in_(wanted))
            tags = {tag.name: tag for tag in scope.scalars(known)}
            tags |= {name: TagRecord(name=name) for name in sorted(wanted - tags.keys())}
            scope.add_all(tags.values())
            scope.flush()
            hung = TagLinkRecord.inquiry_id == inquiry.id
            kept = {tag.id for tag in tags.values()}
            scope.execute(delete(TagLinkRecord).where(hung, TagLinkRecord.tag_id.not_in(kept)))
            there = set(scope.scalars(select(TagLinkRecord.tag_id).where(hung)))
            scope.add_all(
                TagLinkRecord(tag_id=each, inquiry_id=inquiry.id) for each in sorted(kept - there)
            )

    def merge(
        self,
        keep_id: int,
        other_id: int,
        merging: Merging = AS_PROPOSED,
        *,
        initiator: object = None,
    ) -> None:
        """Makes one inquiry of two, as one operation: all that hangs on the other moves."""
        if keep_id == other_id:
            raise AppError("inquiries.merged_with_itself")
        with self._book.read() as session:
            number = existing(session, InquiryRecord, "inquiry", other_id).number
        with self._changing(keep_id, "inquiries.merge", initiator, other=number) as (scope, keep):
            merge_inquiries(scope, keep, scope.get_one(InquiryRecord, other_id), merging)

    def not_same(self, first_id: int, second_id: int, *, initiator: object = None) -> None:
        """Remembers that two inquiries that look like one are two: they are suggested no more."""
        if first_id == second_id:
            raise AppError("inquiries.merged_with_itself")
        with self._book.read() as session:
            other = existing(session, InquiryRecord, "inquiry", second_id).number
        with self._changing(first_id, "inquiries.not_same", initiator, other=other) as (scope, _):
            if second_id not in said_apart(scope, first_id):
                scope.add(NotSameInquiryRecord(inquiry_id=first_id, other_id=second_id))

    def delete(self, ids: Sequence[int], *, initiator: object = None) -> None:
        """Deletes inquiries with their lines, requests and offers."""
        with self._book.write("inquiries.delete", initiator=initiator, count=len(ids)) as scope:
            require(scope, InquiryRecord, "inquiry", ids)
            scope.execute(delete(InquiryRecord).where(InquiryRecord.id.in_(list(ids))))

    @contextmanager
    def _changing(
        self, inquiry_id: int, name: str, initiator: object, **params: object
    ) -> Iterator[tuple[WriteScope, InquiryRecord]]:
        with self._book.read() as session:
            number = existing(session, InquiryRecord, "inquiry", inquiry_id).number
        with self._book.write(name, initiator=initiator, number=number, **params) as scope:
            yield scope, scope.get_one(InquiryRecord, inquiry_id)

    def _set_line(self, scope: WriteScope, inquiry_id: int, position: int, line: Values) -> None:
        values = LINE_FORM.checked({key: value for key, value in line.items() if key != "id"})
        if not line.get("id"):
            _add_lines(scope, inquiry_id, [values], first=position)
            return
        record = scope.get_one(InquiryLineRecord, int(str(line["id"])))
        record.position = position
        for key, value in values.items():
            setattr(record, key, value)

    def _complete(self, scope: WriteScope, inquiry: InquiryRecord, draft: InquiryDraft) -> None:
        now = self._clock.now()
        inquiry.number = next_number(scope, letter="I", year=self._clock.today().year)
        inquiry.created_at = now
        inquiry.stage = Stage.NEW.value
        inquiry.received_at = inquiry.received_at or now
        asker = completed(draft.asker)
        if draft.buyer_id is not None:
            inquiry.buyer_id = draft.buyer_id
        elif draft.buyer:
            inquiry.buyer_id = buyer_named(scope, draft.buyer, now=now, asker=asker)
        if inquiry.buyer_id is not None:
            person = person_asking(scope, inquiry.buyer_id, asker, now=now)
            inquiry.contact_id = person or inquiry.contact_id


def _add_lines(
    scope: WriteScope, inquiry_id: int, lines: Sequence[Values], *, first: int = 1
) -> None:
    for position, line in enumerate(lines, first):
        if not line.get("wording"):
            raise AppError("inquiries.line_without_product", line=position)
        scope.add(InquiryLineRecord(inquiry_id=inquiry_id, position=position, **line))


def buyer_named(scope: Session, name: str, *, now: datetime, asker: Asker | None = None) -> int:
    """The id of the buyer of this name, compared folded; a new one where there is none.

    A new one is in the country and has the website that ``asker`` tells.
    """
    key = name_key(name)
    found = scope.scalars(
        select(CompanyRecord)
        .where(or_(CompanyRecord.name_key == key, CompanyRecord.name_en_key == key))
        .order_by(CompanyRecord.is_buyer.desc(), CompanyRecord.id)
    ).first()
    if found is not None and key:
        found.is_buyer = True
        return found.id
    made = CompanyRecord(is_buyer=True, created_at=now)
    if asker is not None:
        made.country, made.website = asker.country, asker.website
        made.website_host = website_host(asker.website or "") or None
    if has_han(name):
        made.name_zh, made.name_key = name, key or None
    else:
        made.name_en, made.name_en_key = name, key or None
    scope.add(made)
    scope.flush()
    return made.id


def inquiry_facts(session: Session, inquiry: InquiryRecord, *, reason: str = "") -> InquiryFacts:
    """What the stages ask about an inquiry."""
    quantities = session.scalars(
        select(
            InquiryLineRecord.quantity.is_not(None) | InquiryLineRecord.quantity_text.is_not(None)
        ).where(InquiryLineRecord.inquiry_id == inquiry.id)
    ).all()
    states = session.scalars(
        select(RevisionRecord.state)
        .join(QuotationRecord, RevisionRecord.quotation_id == QuotationRecord.id)
        .where(QuotationRecord.inquiry_id == inquiry.id)
    ).all()
    return InquiryFacts(
        has_buyer=inquiry.buyer_id is not None,
        lines=len(quantities),
        lines_with_quantity=sum(map(bool, quantities)),
        sent_quotations=sum(state not in {"draft", "withdrawn"} for state in states),
        accepted_quotations=states.count("accepted"),
        reason=reason or inquiry.lost_reason or "",
    )
