"""Owns putting the messages of a file into their threads, inside one write scope.

Must not read the file; it comes read. Must not decide where a message belongs; the rule of joining
does.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select

from app.files.service import NewFile, hang
from app.kernel.text import fold, has_han
from app.lists.existing import existing
from app.negotiation.known_threads_service import KnownThreads
from app.negotiation.people import people_of, people_text
from app.negotiation.reading.message import MessageKind, Person, ReadMessage
from app.negotiation.sides import KnownPeople, everyone, key_of, own_keys, with_the_owner
from app.negotiation.subjects import bare_subject
from database.book import Book, WriteScope
from database.listed import among
from database.records import (
    CompanyRecord,
    ContactPointRecord,
    ContactRecord,
    InquiryRecord,
    MessageRecord,
    ThreadRecord,
)


@dataclass(slots=True)
class Taken:
    """What an import did: the threads its messages are in, how many are new, how many were there.

    ``skipped`` counts the mails of a mailbox that could not be read. Of the threads in
    ``undecided`` nothing tells which of their people are us: all that is in them is theirs until
    somebody says so.
    """

    threads: list[int] = field(default_factory=list)
    added: int = 0
    already_there: int = 0
    skipped: int = 0
    undecided: dict[int, list[str]] = field(default_factory=dict)

    @property
    def who(self) -> list[str]:
        """Those of whom one may be us, who is in most undecided threads first."""
        people = Counter(person for each in self.undecided.values() for person in each)
        return [person for person, _count in people.most_common()]

    def note(self, thread_id: int) -> None:
        """Counts a message's thread once."""
        if thread_id not in self.threads:
            self.threads.append(thread_id)


class Said:
    """A stored message as the rule of sides sees it."""

    def __init__(self, record: MessageRecord) -> None:
        self.text = record.text
        self.sender = next(iter(people_of(record.sender)), Person(""))
        self.recipients = people_of(record.recipients)


@dataclass(frozen=True, slots=True)
class Origin:
    """Where messages come from: the file's name, whom the book knows, the inquiry they are about."""

    file: str
    known: KnownPeople
    inquiry_id: int | None = None


class Intake:
    """Takes messages in, one after the other, oldest first."""

    def __init__(
        self,
        scope: WriteScope,
        book: Book,
        *,
        threads: KnownThreads,
        origin: Origin,
        now: datetime,
    ) -> None:
        self._scope = scope
        self._book = book
        self._threads = threads
        self._origin = origin
        self._now = now
        self._known = origin.known
        self._contacts: dict[str, tuple[int | None, int | None]] = {}

    def take(self, messages: Sequence[ReadMessage]) -> Taken:
        """Puts ``messages`` into their threads; one that is there already is only counted."""
        file = self._origin.file
        self._known = with_the_owner(messages, self._origin.known, file=file)
        own = own_keys(messages, self._known, file=file)
        self._contacts = self._contacts_of(messages)
        taken = Taken()
        grown: dict[int, list[MessageRecord]] = {}
        chat_thread: int | None = None
        for message in sorted(messages, key=lambda m: m.sent_at or self._now):
            thread_id = self._threads.holding(message)
            if thread_id is not None:
                taken.already_there += 1
            else:
                thread_id = chat_thread or self._threads.thread_of(message, own=own)
                record = self._add(message, thread_id, own=own)
                thread_id = record.thread_id
                grown.setdefault(thread_id, []).append(record)
                taken.added += 1
            taken.note(thread_id)
            # A chat file is one conversation: what its first message found holds for all.
            chat_thread = None if message.kind is MessageKind.MAIL else thread_id
        for thread_id, added in grown.items():
            if people := self._tell_sides(thread_id, added, of_file=own):
                taken.undecided[thread_id] = people
        for thread_id in taken.threads:
            self._attach(thread_id)
        return taken

    def _tell_sides(
        self, thread_id: int, added: list[MessageRecord], *, of_file: frozenset[str]
    ) -> list[str]:
        """Says whose the new messages are, from the whole thread; its people where nothing tells.

        Where the thread alone tells nothing, who is us in the whole file does.
        Earlier ones are corrected only while the thread had none of ours: they came in before
        anything told whose they were.
        """
        record = MessageRecord
        whole = self._scope.scalars(
            select(record).where(record.thread_id == thread_id, record.source != "hand")
        ).all()
        new = {message.id for message in added}
        settled = any(m.direction == "out" and m.id not in new for m in whole)
        said = [Said(m) for m in whole]
        own = own_keys(said, self._known, file=self._origin.file) or of_file & everyone(said)
        tell_sides(added if settled else whole, own)
        people = {key_of(p): str(p) for m in said for p in (m.sender, *m.recipients) if key_of(p)}
        return list(people.values()) if not own and len(people) > 1 else []

    def _add(
        self, message: ReadMessage, thread_id: int | None, *, own: frozenset[str]
    ) -> MessageRecord:
        if thread_id is None:
            thread_id = self._open(message, own=own)
        contact_id, company_id = self._contacts.get(key_of(message.sender), (None, None))
        record = MessageRecord(
            thread_id=thread_id,
            contact_id=contact_id,
            kind="mail" if message.kind is MessageKind.MAIL else "chat",
            direction="in",
            sent_at=message.sent_at or self._now,
            sender=str(message.sender) or None,
            recipients=people_text(message.recipients) or None,
            subject=message.subject or None,
            text=message.text,
            html=message.html or None,
            mail_id=message.mail_id or None,
            in_reply_to=message.in_reply_to or None,
            reply_chain=" ".join(message.references) or None,
            content_key=message.content_key,
            source=f"{message.kind.value} {self._origin.file}",
        )
        self._scope.add(record)
        self._scope.flush()
        self._keep_attachments(record.id, message)
        self._threads.add(thread_id, message)
        if company_id is not None:
            self._name_company(thread_id, company_id)
        return record

    def _open(self, message: ReadMessage, *, own: frozenset[str]) -> int:
        others = [p for p in (message.sender, *message.recipients) if key_of(p) not in own]
        about = bare_subject(message.subject) or next((p.name for p in others if p.name), "")
        thread = ThreadRecord(
            subject=about or self._origin.file,
            created_at=self._now,
        )
        self._scope.add(thread)
        self._scope.flush()
        return thread.id

    def _keep_attachments(self, message_id: int, message: ReadMessage) -> None:
        for attachment in message.attachments:
            if attachment.content is None:
                continue
            hang(
                self._scope,
                self._book,
                NewFile(attachment.name, attachment.content, attachment.media_type),
                owner={"message_id": message_id},
                at=self._now,
                content_id=attachment.content_id or None,
            )

    def _name_company(self, thread_id: int, company_id: int) -> None:
        thread = self._scope.get_one(ThreadRecord, thread_id)
        if thread.company_id is None:
            thread.company_id = company_id

    def _attach(self, thread_id: int) -> None:
        """Hangs the thread on the inquiry it was imported for, and dates its first answer."""
        thread = self._scope.get_one(ThreadRecord, thread_id)
        if self._origin.inquiry_id is not None:
            thread.inquiry_id = self._origin.inquiry_id
        if thread.inquiry_id is None:
            return
        inquiry = existing(self._scope, InquiryRecord, "inquiry", thread.inquiry_id)
        if thread.company_id is None and not self._is_with_a_supplier(thread_id, inquiry):
            thread.company_id = inquiry.buyer_id
        if thread.company_id == inquiry.buyer_id:
            note_first_answer(self._scope, inquiry, thread_id)

    def _is_with_a_supplier(self, thread_id: int, inquiry: InquiryRecord) -> bool:
        """Whether the others write Chinese names and the buyer does not: factories, not the buyer."""
        senders = self._scope.scalars(
            select(MessageRecord.sender)
            .where(MessageRecord.thread_id == thread_id, MessageRecord.direction == "in")
            .distinct()
        ).all()
        buyer = self._scope.get(CompanyRecord, inquiry.buyer_id) if inquiry.buyer_id else None
        is_chinese = buyer is not None and bool(buyer.name_zh or buyer.country == "CN")
        return not is_chinese and bool(senders) and all(has_han(name or "") for name in senders)

    def _contacts_of(
        self, messages: Sequence[ReadMessage]
    ) -> dict[str, tuple[int | None, int | None]]:
        """Sender's key → the contact and company the book knows by that address or name."""
        keys = {key_of(message.sender) for message in messages} - {""}
        names = {m.sender.name for m in messages if m.sender.name and not m.sender.address}
        found: dict[str, tuple[int | None, int | None]] = {}
        point, contact = ContactPointRecord, ContactRecord
        reached = select(point.normal, point.contact_id, point.company_id)
        for normal, person, company in self._scope.execute(
            reached.where(point.normal.in_(among(keys)))
        ):
            found[normal or ""] = (person, company)
        named = select(contact.name, contact.id, contact.company_id)
        for name, person, company in self._scope.execute(
            named.where(contact.name.in_(among(names)))
        ):
            found.setdefault(fold(name or ""), (person, company))
        return found


def tell_sides(messages: Iterable[MessageRecord], own: Set[str]) -> None:
    """Makes what those with a key among ``own`` wrote ours, and the rest theirs."""
    for message in messages:
        is_ours = any(key_of(person) in own for person in people_of(message.sender))
        message.direction = "out" if is_ours else "in"


def note_first_answer(scope: WriteScope, inquiry: InquiryRecord, thread_id: int) -> None:
    """Dates the inquiry's first answer by our earliest message in the thread, once."""
    if inquiry.first_answered_at is not None:
        return
    message = MessageRecord
    inquiry.first_answered_at = scope.scalar(
        select(message.sent_at)
        .where(message.thread_id == thread_id, message.direction == "out")
        .where(message.kind.in_(("mail", "chat", "call", "meeting")))
        .order_by(message.sent_at)
        .limit(1)
    )
