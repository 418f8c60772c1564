"""Owns what a user can do with conversations: take them in, write in them, order them, confirm rounds.

Must not read for the screen, and sends nothing: the program works without a network.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from pathlib import Path

from sqlalchemy import delete, select, update
from uuid6 import uuid7

from app.forms import Values
from app.kernel.clock import Clock
from app.kernel.errors import AppError
from app.kernel.progress import UNWATCHED, Progress
from app.kernel.text import clean, fold
from app.lists.existing import existing, require
from app.negotiation.forms import THREAD_FORM
from app.negotiation.import_service import (
    Intake,
    Origin,
    Said,
    Taken,
    note_first_answer,
    tell_sides,
)
from app.negotiation.known_threads_service import KnownThreads
from app.negotiation.merging_service import merge_threads
from app.negotiation.offered import Offered
from app.negotiation.people import people_of
from app.negotiation.reading.door import read_message_file
from app.negotiation.reading.message import ReadMessage
from app.negotiation.sides import KnownPeople, everyone, key_of, with_colleagues
from app.negotiation.silence_views import SILENT_DAYS
from database.book import Book, WriteScope
from database.records import (
    CompanyRecord,
    ContactPointRecord,
    ContactRecord,
    FollowUpRecord,
    InquiryRecord,
    MessageRecord,
    RoundRecord,
    RoundTierRecord,
    SellerProfileRecord,
    SettingRecord,
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


_MOST_SILENT_DAYS = 365


class Negotiation:
    """Threads, messages and rounds, as far as they are written."""

    def __init__(self, book: Book, clock: Clock) -> None:
        self._book = book
        self._clock = clock

    def import_file(
        self,
        path: Path,
        *,
        inquiry_id: int | None = None,
        zone: tzinfo | None = None,
        progress: Progress = UNWATCHED,
        initiator: object = None,
    ) -> Taken:
        """Puts the messages of a mail, mailbox or chat file into their threads, as one operation.

        New threads hang on ``inquiry_id`` if one is given. ``zone`` is where the phone of a chat
        export stood. Importing again adds nothing.
        """
        read = read_message_file(path, zone=zone, progress=progress)
        taken = self.take_messages(
            read.messages, file=path.name, inquiry_id=inquiry_id, initiator=initiator
        )
        taken.skipped = read.skipped
        return taken

    def take_messages(
        self,
        messages: Sequence[ReadMessage],
        *,
        file: str,
        inquiry_id: int | None = None,
        initiator: object = None,
    ) -> Taken:
        """Puts messages that were read (from a file or pasted text) into their threads."""
        if inquiry_id is not None:
            with self._book.read() as session:
                existing(session, InquiryRecord, "inquiry", inquiry_id)
        origin = Origin(file, self.known_people(messages), inquiry_id)
        with self._book.write("negotiation.import", initiator=initiator, file=file) as scope:
            intake = Intake(
                scope,
                self._book,
                threads=KnownThreads(scope),
                origin=origin,
                now=self._clock.now(),
            )
            return intake.take(messages)

    def known_people(self, messages: Sequence[ReadMessage]) -> KnownPeople:
        """Whom the book knows: our profiles, the senders of what we sent before, and all contacts.

        Of people without an address, in chats, those whose name is that of a contact or a company.
        """
        with self._book.read() as session:
            profile, point, message = SellerProfileRecord, ContactPointRecord, MessageRecord
            ours = {
                fold(value)
                for row in session.execute(select(profile.email, profile.contact_name))
                for value in row
                if value
            }
            sent = select(message.sender).where(message.direction == "out").distinct()
            ours |= {
                key_of(person) for sender in session.scalars(sent) for person in people_of(sender)
            }
            theirs = set(session.scalars(select(point.normal).where(point.kind == "email")))
            named = {each.sender.name for each in messages if not each.sender.address}
            for column in (ContactRecord.name, CompanyRecord.name_en, CompanyRecord.name_zh):
                found = session.scalars(select(column).where(column.in_(named)))
                theirs |= {fold(name) for name in found if name}
            return KnownPeople(frozenset(ours), frozenset(filter(None, theirs)))

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

    def say_who_we_are(
        self, thread_ids: Sequence[int], name: str, *, initiator: object = None
    ) -> tuple[int, ...]:
        """Makes what ``name`` (a name, an address or both) and colleagues wrote ours, all else theirs.

        Threads that none of them is in stay as they are; returns the others. Later files tell the
        sides by it. Raises ``AppError`` where nobody there is called so.
        """
        wanted = {key_of(person) for person in people_of(name)} | {fold(name)}
        record, threads = MessageRecord, dict[int, list[MessageRecord]]()
        with self._book.write(
            "negotiation.say_who_we_are", initiator=initiator, name=name
        ) as scope:
            written = select(record).where(
                record.thread_id.in_(thread_ids), record.source != "hand"
            )
            for message in scope.scalars(written):
                threads.setdefault(message.thread_id, []).append(message)
            people = {
                key_of(one): one
                for messages in threads.values()
                for m in messages
                for one in (*people_of(m.sender), *people_of(m.recipients))
            }
            named = {key for key, one in people.items() if wanted & {key, fold(one.name)}}
            if not named:
                known = ", ".join(sorted(map(str, people.values())))
                raise AppError("negotiation.nobody_called", name=name, people=known)
            ours = with_colleagues(people, named)
            told = {id_: m for id_, m in threads.items() if ours & everyone(map(Said, m))}
            for messages in told.values():
                tell_sides(messages, ours)
            _note_first_answers(scope, told)
            return tuple(told)

    def set_direction(
        self, message_ids: Sequence[int], direction: str, *, initiator: object = None
    ) -> None:
        """Corrects whose messages these are: ``in``, ``out`` or ``internal``."""
        if direction not in DIRECTIONS:
            raise ValueError(f"{direction} is no direction")
        with self._book.write(
            "negotiation.set_direction", initiator=initiator, count=len(message_ids)
        ) as scope:
            scope.execute(
                update(MessageRecord)
                .where(MessageRecord.id.in_(list(message_ids)))
                .values(direction=direction)
            )
            ids = MessageRecord.id.in_(list(message_ids))
            _note_first_answers(scope, scope.scalars(select(MessageRecord.thread_id).where(ids)))

    def confirm_round(
        self,
        thread_id: int,
        offered: Offered,
        *,
        message_id: int | None = None,
        inquiry_line_id: int | None = None,
        replaces: int | None = None,
        initiator: object = None,
    ) -> int:
        """Keeps a round as the person confirmed it and returns its id.

        A round confirmed before from the same message and line is replaced, and so is the round
        ``replaces``.
        """
        with self._changing(thread_id, "negotiation.confirm_round", initiator) as (scope, _thread):
            if replaces is not None:
                scope.execute(delete(RoundRecord).where(RoundRecord.id == replaces))
            if message_id is not None:
                self._drop_round(scope, message_id, inquiry_line_id)
            record = RoundRecord(
                thread_id=thread_id,
                message_id=message_id,
                inquiry_line_id=inquiry_line_id,
                side=offered.side.value,
                made_at=offered.made_at or self._clock.now(),
                currency=offered.currency,
                unit=offered.unit,
                moq=offered.moq,
                incoterm=offered.incoterm,
                place=offered.place,
                payment_terms=offered.payment_terms,
                lead_time_days=offered.lead_time_days,
                valid_until=offered.valid_until,
                extras="\n".join(offered.extras) or None,
            )
            scope.add(record)
            scope.flush()
            scope.add_all(
                RoundTierRecord(
                    round_id=record.id, min_quantity=price.min_quantity, amount=price.amount
                )
                for price in offered.prices
            )
            return record.id

    def delete_round(self, round_id: int, *, initiator: object = None) -> None:
        """Takes a confirmed round off the ladder."""
        with self._book.write("negotiation.delete_round", initiator=initiator) as scope:
            scope.delete(existing(scope, RoundRecord, "round", round_id))

    def set_next_step(
        self, thread_id: int, step: str, due_on: date | None, *, initiator: object = None
    ) -> None:
        """Notes what is to be done next in the thread and until when; empty takes it away."""
        with self._changing(thread_id, "negotiation.next_step", initiator) as (_scope, thread):
            thread.next_step = clean(step).strip() or None
            thread.next_step_on = due_on

    def follow_up(
        self,
        text: str,
        due_on: date,
        *,
        thread_id: int | None = None,
        inquiry_id: int | None = None,
        company_id: int | None = None,
        initiator: object = None,
    ) -> int:
        """Adds something to do on a day and returns its id."""
        words = clean(text).strip()
        if not words:
            raise AppError("negotiation.nothing_written")
        with self._book.write("negotiation.follow_up", initiator=initiator, text=words) as scope:
            if thread_id is not None:
                existing(scope, ThreadRecord, "thread", thread_id)
            if inquiry_id is not None:
                existing(scope, InquiryRecord, "inquiry", inquiry_id)
            record = FollowUpRecord(
                thread_id=thread_id,
                inquiry_id=inquiry_id,
                company_id=company_id,
                text=words,
                due_on=due_on,
            )
            scope.add(record)
            scope.flush()
            return record.id

    def snooze(self, follow_up_id: int, due_on: date, *, initiator: object = None) -> None:
        """Puts a follow-up off to another day."""
        with self._follow_up(follow_up_id, "negotiation.snooze", initiator) as record:
            record.due_on = due_on

    def set_silent_days(self, days: int, *, initiator: object = None) -> None:
        """Reminds of threads after ``days`` without an answer; raises ``AppError`` outside 1 to 365."""
        if not 1 <= days <= _MOST_SILENT_DAYS:
            raise AppError("negotiation.bad_silent_days", most=_MOST_SILENT_DAYS)
        with self._book.write(
            "negotiation.set_silent_days", initiator=initiator, days=days
        ) as scope:
            record = scope.scalar(select(SettingRecord).where(SettingRecord.name == SILENT_DAYS))
            if record is None:
                scope.add(SettingRecord(name=SILENT_DAYS, value=days))
            else:
                record.value = days

    def done(self, follow_up_id: int, *, initiator: object = None) -> None:
        """Ticks a follow-up off."""
        with self._follow_up(follow_up_id, "negotiation.done", initiator) as record:
            record.done_at = self._clock.now()

    @contextmanager
    def _follow_up(
        self, follow_up_id: int, name: str, initiator: object
    ) -> Iterator[FollowUpRecord]:
        with self._book.write(name, initiator=initiator) as scope:
            yield existing(scope, FollowUpRecord, "follow_up", follow_up_id)

    @contextmanager
    def _changing(
        self, thread_id: int, name: str, initiator: object, **params: object
    ) -> Iterator[tuple[WriteScope, ThreadRecord]]:
        with self._book.read() as session:
            subject = existing(session, ThreadRecord, "thread", thread_id).subject or ""
        with self._book.write(name, initiator=initiator, subject=subject, **params) as scope:
            yield scope, scope.get_one(ThreadRecord, thread_id)

    def _drop_round(self, scope: WriteScope, message_id: int, line_id: int | None) -> None:
        kept = scope.scalars(
            select(RoundRecord).where(
                RoundRecord.message_id == message_id,
                RoundRecord.inquiry_line_id.is_(line_id)
                if line_id is None
                else RoundRecord.inquiry_line_id == line_id,
            )
        )
        for record in kept:
            scope.delete(record)


def _move(scope: WriteScope, message_ids: Sequence[int], thread_id: int) -> None:
    ids = list(message_ids)
    moved = update(MessageRecord).where(MessageRecord.id.in_(ids))
    scope.execute(moved.values(thread_id=thread_id))
    rounds = update(RoundRecord).where(RoundRecord.message_id.in_(ids))
    scope.execute(rounds.values(thread_id=thread_id))


def _note_first_answers(scope: WriteScope, thread_ids: Iterable[int]) -> None:
    """Dates the first answers of the inquiries whose buyers these threads are with."""
    asked = (
        select(ThreadRecord.id, InquiryRecord)
        .join(InquiryRecord, InquiryRecord.id == ThreadRecord.inquiry_id)
        .where(ThreadRecord.id.in_(set(thread_ids)))
        .where(ThreadRecord.company_id.is_not_distinct_from(InquiryRecord.buyer_id))
    )
    for thread_id, inquiry in scope.execute(asked).all():
        note_first_answer(scope, inquiry, thread_id)
