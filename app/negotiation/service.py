"""Owns what a user can do with conversations: begin them, write in them, order them.

Must not read for the screen, and sends nothing: the program works without a network.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import delete, update
from uuid6 import uuid7

from app.forms import Values
from app.kernel.clock import Clock
from app.kernel.errors import AppError
from app.kernel.text import clean
from app.lists.existing import existing, require
from app.negotiation.forms import THREAD_FORM
from app.negotiation.import_service import note_first_answer
from app.negotiation.merging_service import merge_threads
from database.book import Book, WriteScope
from database.records import (
    CompanyRecord,
    InquiryRecord,
    MessageRecord,
    RoundRecord,
    ThreadRecord,
)

KINDS = ("mail", "chat", "call", "meeting", "note")
DIRECTIONS = ("in", "out", "internal")


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageDraft:
    """A message written down by hand: ``kind`` of :data:`KINDS`, ``direction`` of :data:`DIRECTIONS`."""

    kind: str
    direction: str
    text: str
    sent_at: datetime | None = None
    subject: str = ""
    contact_id: int | None = None


class Negotiation:
    """Threads and messages, as far as they are written."""

    def __init__(self, book: Book, clock: Clock) -> None:
        self._book = book
        self._clock = clock

    def start_thread(
        self,
        subject: str,
        *,
        company_id: int | None = None,
        inquiry_id: int | None = None,
        initiator: object = None,
    ) -> int:
        """Opens an empty thread, with a company or about an inquiry, and returns its id."""
        about = clean(subject).strip()
        with self._book.write(
            "negotiation.start_thread", initiator=initiator, subject=about
        ) as scope:
            inquiry = scope.get(InquiryRecord, inquiry_id) if inquiry_id is not None else None
            thread = ThreadRecord(
                subject=about,
                company_id=company_id or (inquiry.buyer_id if inquiry else None),
                inquiry_id=inquiry_id,
                created_at=self._clock.now(),
            )
            scope.add(thread)
            scope.flush()
            return thread.id

    def add_message(self, thread_id: int, draft: MessageDraft, *, initiator: object = None) -> int:
        """Writes down a call, a meeting, a note or any message by hand, and returns its id."""
        if draft.kind not in KINDS or draft.direction not in DIRECTIONS:
            raise ValueError(f"{draft.kind} {draft.direction} is no message")
        text = clean(draft.text).strip()
        if not text:
            raise AppError("negotiation.nothing_written")
        with self._changing(thread_id, "negotiation.add_message", initiator) as (scope, thread):
            record = MessageRecord(
                thread_id=thread_id,
                contact_id=draft.contact_id,
                kind=draft.kind,
                direction=draft.direction,
                sent_at=draft.sent_at or self._clock.now(),
                subject=clean(draft.subject).strip() or None,
                text=text,
                content_key=f"hand {uuid7().hex}",
                source="hand",
            )
            scope.add(record)
            scope.flush()
            if thread.inquiry_id is not None:
                note_first_answer(scope, scope.get_one(InquiryRecord, thread.inquiry_id), thread_id)
            return record.id

    def move_messages(
        self, message_ids: Sequence[int], thread_id: int, *, initiator: object = None
    ) -> None:
        """Moves messages with their rounds into another thread."""
        with self._changing(
            thread_id, "negotiation.move_messages", initiator, count=len(message_ids)
        ) as (scope, _thread):
            _move(scope, message_ids, thread_id)

    def split(
        self, message_ids: Sequence[int], *, subject: str = "", initiator: object = None
    ) -> int:
        """Splits messages off into a thread of their own, with the same company and inquiry."""
        with self._book.write(
            "negotiation.split", initiator=initiator, count=len(message_ids)
        ) as scope:
            require(scope, MessageRecord, "message", message_ids)
            first = scope.get_one(MessageRecord, message_ids[0])
            old = scope.get_one(ThreadRecord, first.thread_id)
            about = clean(subject).strip() or first.subject or old.subject or ""
            thread = ThreadRecord(
                subject=about,
                company_id=old.company_id,
                inquiry_id=old.inquiry_id,
                created_at=self._clock.now(),
            )
            scope.add(thread)
            scope.flush()
            _move(scope, message_ids, thread.id)
            return thread.id

    def merge(self, thread_id: int, other_ids: Sequence[int], *, initiator: object = None) -> None:
        """Makes one thread of several: ``thread_id`` stays and takes all that the others hold."""
        with self._changing(
            thread_id, "negotiation.merge", initiator, count=len(other_ids) + 1
        ) as (scope, keep):
            others = [
                existing(scope, ThreadRecord, "thread", id_)
                for id_ in other_ids
                if id_ != thread_id
            ]
            if not others:
                raise AppError("negotiation.merged_with_itself")
            merge_threads(scope, keep, others)

    def edit(self, ids: Sequence[int], values: Values, *, initiator: object = None) -> None:
        """Sets fields of threads as one operation: subject, next step and its day."""
        checked = THREAD_FORM.checked(values)
        with self._book.write("negotiation.edit", initiator=initiator, count=len(ids)) as scope:
            for thread_id in ids:
                thread = existing(scope, ThreadRecord, "thread", thread_id)
                for key, value in checked.items():
                    setattr(thread, key, value)

    def delete(self, ids: Sequence[int], *, initiator: object = None) -> None:
        """Deletes threads with their messages and rounds."""
        with self._book.write("negotiation.delete", initiator=initiator, count=len(ids)) as scope:
            require(scope, ThreadRecord, "thread", ids)
            scope.execute(delete(ThreadRecord).where(ThreadRecord.id.in_(list(ids))))

    def attach(self, thread_id: int, *, inquiry_id: int | None, initiator: object = None) -> None:
        """Hangs the thread on an inquiry, or on none."""
        with self._changing(thread_id, "negotiation.attach", initiator) as (scope, thread):
            if inquiry_id is None:
                thread.inquiry_id = None
            else:
                inquiry = existing(scope, InquiryRecord, "inquiry", inquiry_id)
                thread.inquiry_id = inquiry_id
                thread.company_id = thread.company_id or inquiry.buyer_id
                note_first_answer(scope, inquiry, thread_id)

    def assign(self, thread_id: int, company_id: int | None, *, initiator: object = None) -> None:
        """Says with which company the thread is; its inquiry stays."""
        with self._changing(thread_id, "negotiation.assign", initiator) as (scope, thread):
            if company_id is not None:
                existing(scope, CompanyRecord, "company", company_id)
            thread.company_id = company_id

    def set_next_step(
        self, thread_id: int, step: str, due_on: date | None, *, initiator: object = None
    ) -> None:
        """Notes what is to be done next in the thread and until when; empty takes it away."""
        with self._changing(thread_id, "negotiation.next_step", initiator) as (_scope, thread):
            thread.next_step = clean(step).strip() or None
            thread.next_step_on = due_on

    @contextmanager
    def _changing(
        self, thread_id: int, name: str, initiator: object, **params: object
    ) -> Iterator[tuple[WriteScope, ThreadRecord]]:
        with self._book.read() as session:
            subject = existing(session, ThreadRecord, "thread", thread_id).subject or ""
        with self._book.write(name, initiator=initiator, subject=subject, **params) as scope:
            yield scope, scope.get_one(ThreadRecord, thread_id)


def _move(scope: WriteScope, message_ids: Sequence[int], thread_id: int) -> None:
    ids = list(message_ids)
    moved = update(MessageRecord).where(MessageRecord.id.in_(ids))
    scope.execute(moved.values(thread_id=thread_id))
    rounds = update(RoundRecord).where(RoundRecord.message_id.in_(ids))
    scope.execute(rounds.values(thread_id=thread_id))
