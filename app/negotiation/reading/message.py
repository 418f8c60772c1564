"""Owns what a message read from a file is: people, time, text, attachments and its content key.

Must not know where a message came from beyond its kind, nor anything about stored records.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from app.kernel.text import fold


class MessageKind(StrEnum):
    """The way a message travelled."""

    MAIL = "mail"
    WHATSAPP = "whatsapp"
    WECHAT = "wechat"


@dataclass(frozen=True, slots=True)
class Person:
    """A sender or recipient as the message names them; ``address`` is a lower-case mail address."""

    name: str
    address: str = ""

    def __str__(self) -> str:
        if self.name and self.address:
            return f"{self.name} <{self.address}>"
        return self.name or self.address


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that came with a message; ``name`` is cleaned, ``content`` is None when left out."""

    name: str
    media_type: str
    content: bytes | None
    content_id: str = ""


@dataclass(frozen=True, slots=True)
class ReadMessage:
    """One message of a mail or chat file, cleaned and with its time in UTC.

    ``html`` is already sanitised. ``mail_id``, ``in_reply_to`` and ``references`` are message ids
    without angle brackets, empty for chats. ``content_key`` is the same for the same message read
    again, from this or another export.
    """

    kind: MessageKind
    sent_at: datetime | None
    sender: Person
    recipients: tuple[Person, ...]
    subject: str
    text: str
    html: str
    mail_id: str
    in_reply_to: str
    references: tuple[str, ...]
    attachments: tuple[Attachment, ...]
    content_key: str

    @property
    def is_reply(self) -> bool:
        """Whether it names a mail that it answers."""
        return bool(self.in_reply_to or self.references)


@dataclass(frozen=True, slots=True)
class ReadFile:
    """The messages of a file, and how many mails of a mailbox could not be read."""

    messages: list[ReadMessage]
    skipped: int = 0


def mail_key(
    mail_id: str, *, sender: Person, sent_at: datetime | None, subject: str, text: str
) -> str:
    """The content key of a mail: its Message-ID, or what it says when it has none."""
    if mail_id:
        return _digest("mail", mail_id)
    instant = sent_at.astimezone(UTC).isoformat() if sent_at else ""
    return _digest("mail", sender.address or sender.name, instant, fold(subject), fold(text))


def chat_key(*, sender: str, sent_at: datetime, text: str, repeat: int) -> str:
    """The content key of a chat line: sender, minute and text.

    Exports differ in whether they show seconds, so only the minute counts; ``repeat`` numbers
    equal lines of one minute from 0.
    """
    minute = sent_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M")
    return _digest("chat", fold(sender), minute, fold(text), str(repeat))


def _digest(*parts: str) -> str:
    joined = "\x1f".join(parts)
    return hashlib.sha256(joined.encode("utf-8", "surrogatepass")).hexdigest()
