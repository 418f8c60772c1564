"""Owns taking in the messages of files and pasted text, and saying whose they are.

Must not read for the screen, and sends nothing: the program works without a network.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import tzinfo
from pathlib import Path

from sqlalchemy import select, update

from app.kernel.clock import Clock
from app.kernel.errors import AppError
from app.kernel.progress import UNWATCHED, Progress
from app.kernel.text import fold
from app.lists.existing import existing
from app.negotiation.import_service import (
    Intake,
    Origin,
    Said,
    Taken,
    note_first_answer,
    tell_sides,
)
from app.negotiation.known_threads_service import KnownThreads
from app.negotiation.people import people_of
from app.negotiation.reading.door import read_message_file
from app.negotiation.reading.message import ReadMessage
from app.negotiation.service import DIRECTIONS
from app.negotiation.sides import KnownPeople, everyone, key_of, with_colleagues
from database.book import Book, WriteScope
from database.records import (
    CompanyRecord,
    ContactPointRecord,
    ContactRecord,
    InquiryRecord,
    MessageRecord,
    SellerProfileRecord,
    ThreadRecord,
)


class Correspondence:
    """What others and we wrote elsewhere, brought into the book."""

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
