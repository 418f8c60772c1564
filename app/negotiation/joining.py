"""Owns the rule which thread a message belongs to.

A mail belongs where one of its references is; failing that, where the same people write about the
same folded subject. A chat belongs to the chat with the same person. A subject alone never joins:
"Inquiry" comes from everyone. Must not read or store anything.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.kernel.text import fold
from app.negotiation.reading.message import MessageKind, ReadMessage
from app.negotiation.subjects import folded_subject

SUBJECT_SILENCE = timedelta(days=365)
"""After so long without a message a subject starts a new thread, unless references join it."""


@dataclass(frozen=True, slots=True)
class KnownThread:
    """What the rule looks at of a stored thread.

    ``people`` are the folded mail addresses (mails) or names (chats) of everyone in it;
    ``mail_ids`` the ids of its mails and of those they refer to.
    """

    thread_id: int
    kinds: frozenset[str]
    mail_ids: frozenset[str]
    content_keys: frozenset[str]
    people: frozenset[str]
    subjects: frozenset[str]
    last_at: datetime | None


def everyone(message: ReadMessage) -> frozenset[str]:
    """The folded people of ``message``: mail addresses, or names where there is no address."""
    people = (message.sender, *message.recipients)
    return frozenset(fold(person.address or person.name) for person in people) - {""}


def counterparts(message: ReadMessage, *, own: frozenset[str]) -> frozenset[str]:
    """The folded people of ``message`` who are not ours."""
    return everyone(message) - own


def thread_for(
    message: ReadMessage, threads: Sequence[KnownThread], *, own: frozenset[str]
) -> int | None:
    """The id of the thread ``message`` belongs to, or None when it opens a new one.

    ``threads`` come newest first; ``own`` are folded addresses and names of our side.
    """
    for thread in threads:
        if message.content_key in thread.content_keys:
            return thread.thread_id
    if message.kind is not MessageKind.MAIL:
        return _same_chat(message, threads, own=own)
    mentioned = {*message.references, message.in_reply_to, message.mail_id} - {""}
    for thread in threads:
        if mentioned & thread.mail_ids:
            return thread.thread_id
    return _same_people_and_subject(message, threads, own=own)


def _same_chat(
    message: ReadMessage, threads: Sequence[KnownThread], *, own: frozenset[str]
) -> int | None:
    others = counterparts(message, own=own)
    for thread in threads:
        if message.kind.value in thread.kinds and others and others <= thread.people:
            return thread.thread_id
    return None


def _same_people_and_subject(
    message: ReadMessage, threads: Sequence[KnownThread], *, own: frozenset[str]
) -> int | None:
    # Where none of the people is known to be us, two must be the same: one of them may be us,
    # and then the subject alone would join the mails of two buyers.
    subject = folded_subject(message.subject)
    others = counterparts(message, own=own)
    if not subject or not others:
        return None
    needed = 1 if everyone(message) & own else 2
    for thread in threads:
        shared = len(others & thread.people)
        if shared >= needed and subject in thread.subjects and _in_time(message, thread):
            return thread.thread_id
    return None


def _in_time(message: ReadMessage, thread: KnownThread) -> bool:
    if message.sent_at is None or thread.last_at is None:
        return True
    return abs(message.sent_at - thread.last_at) <= SUBJECT_SILENCE
