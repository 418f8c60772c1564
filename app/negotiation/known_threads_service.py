"""Owns finding the stored thread of each message while a file is taken in.

Reads once what the rule of :mod:`app.negotiation.joining` needs, and keeps up with what the import
adds. Must not write.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from app.kernel.text import fold
from app.negotiation.joining import KnownThread, everyone, thread_for
from app.negotiation.people import people_of
from app.negotiation.reading.message import MessageKind, ReadMessage
from app.negotiation.sides import key_of
from app.negotiation.subjects import folded_subject
from database.records import MessageRecord


@dataclass(slots=True)
class _Thread:
    """What is known of one thread; grows while messages are added."""

    kinds: set[str] = field(default_factory=set)
    mail_ids: set[str] = field(default_factory=set)
    people: set[str] = field(default_factory=set)
    subjects: set[str] = field(default_factory=set)
    last_at: datetime | None = None


class KnownThreads:
    """The threads of the book as the joining rule sees them."""

    def __init__(self, session: Session) -> None:
        self._threads: dict[int, _Thread] = {}
        self._by_key: dict[str, int] = {}
        self._by_mail: dict[str, int] = {}
        self._by_subject: dict[str, list[int]] = {}
        record = MessageRecord
        messages = select(
            record.thread_id,
            record.content_key,
            record.source,
            record.mail_id,
            record.in_reply_to,
            record.reply_chain,
            record.sender,
            record.recipients,
            record.subject,
            record.sent_at,
        ).order_by(record.id)
        for row in session.execute(messages):
            self._load(row)

    def holding(self, message: ReadMessage) -> int | None:
        """The thread that has this very message already."""
        return self._by_key.get(message.content_key)

    def thread_of(self, message: ReadMessage, *, own: frozenset[str]) -> int | None:
        """The thread ``message`` belongs to, or None when it opens a new one."""
        candidates = sorted(self._candidates(message), reverse=True)
        return thread_for(message, [self._known(id_) for id_ in candidates], own=own)

    def add(self, thread_id: int, message: ReadMessage) -> None:
        """Notes that ``message`` is now in the thread."""
        self._note(
            thread_id,
            key=message.content_key,
            kind=message.kind.value,
            mails=(message.mail_id, message.in_reply_to, *message.references),
            people=everyone(message),
            subject=folded_subject(message.subject),
            sent_at=message.sent_at,
        )

    def _candidates(self, message: ReadMessage) -> set[int]:
        if message.kind is not MessageKind.MAIL:
            return {
                id_ for id_, known in self._threads.items() if message.kind.value in known.kinds
            }
        mentioned = (message.mail_id, message.in_reply_to, *message.references)
        found = {self._by_mail[mail] for mail in mentioned if mail in self._by_mail}
        return found | set(self._by_subject.get(folded_subject(message.subject), ()))

    def _known(self, thread_id: int) -> KnownThread:
        known = self._threads[thread_id]
        return KnownThread(
            thread_id=thread_id,
            kinds=frozenset(known.kinds),
            mail_ids=frozenset(known.mail_ids),
            content_keys=frozenset(),
            people=frozenset(known.people),
            subjects=frozenset(known.subjects),
            last_at=known.last_at,
        )

    def _load(self, row: Row[*tuple[Any, ...]]) -> None:
        people = (*people_of(row.sender), *people_of(row.recipients))
        self._note(
            row.thread_id,
            key=row.content_key,
            kind=(row.source or "").partition(" ")[0],
            mails=(row.mail_id, row.in_reply_to, *(row.reply_chain or "").split()),
            people={key_of(person) for person in people} - {""},
            subject=folded_subject(row.subject or ""),
            sent_at=row.sent_at,
        )

    def _note(
        self,
        thread_id: int,
        *,
        key: str,
        kind: str,
        mails: Iterable[str | None],
        people: Iterable[str],
        subject: str,
        sent_at: datetime | None,
    ) -> None:
        known = self._threads.setdefault(thread_id, _Thread())
        self._by_key.setdefault(key, thread_id)
        known.kinds.add(kind)
        known.people.update(people)
        for mail in filter(None, mails):
            known.mail_ids.add(mail)
            self._by_mail.setdefault(mail, thread_id)
        if subject and subject not in known.subjects:
            known.subjects.add(subject)
            self._by_subject.setdefault(fold(subject), []).append(thread_id)
        if sent_at and (known.last_at is None or sent_at > known.last_at):
            known.last_at = sent_at
