"""Owns what all chat exports have in common: lines with a stamp, a sender and a text become messages.

Must not know the layout of any one program.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo

from app.kernel.text import clean, fold
from app.negotiation.reading.chat_dates import ChatStamp, date_order, in_utc, naive
from app.negotiation.reading.limits import MAX_TEXT_CHARACTERS
from app.negotiation.reading.message import (
    Attachment,
    MessageKind,
    Person,
    ReadMessage,
    chat_key,
)


@dataclass(frozen=True, slots=True)
class ChatLine:
    """One message of a chat as written; ``media`` names a file that was left out of the export."""

    stamp: ChatStamp
    sender: str
    text: str
    media: str = ""


def chat_messages(
    lines: Sequence[ChatLine], *, kind: MessageKind, zone: tzinfo | None
) -> list[ReadMessage]:
    """The messages of one chat, stamped in ``zone``; everyone else in the chat is a recipient.

    Lines whose date does not exist are dropped; equal lines of one minute are told apart by their
    count.
    """
    order = date_order([line.stamp for line in lines])
    members = tuple(dict.fromkeys(_name(line.sender) for line in lines))
    repeats: Counter[tuple[str, datetime, str]] = Counter()
    messages: list[ReadMessage] = []
    for line in lines:
        moment = naive(line.stamp, order)
        if moment is None:
            continue
        sent_at, sender, text = in_utc(moment, zone), _name(line.sender), _text(line.text)
        words = text or line.media
        same = (fold(sender), sent_at.replace(second=0), fold(words))
        messages.append(
            ReadMessage(
                kind=kind,
                sent_at=sent_at.astimezone(UTC),
                sender=Person(sender),
                recipients=tuple(Person(name) for name in members if name != sender),
                subject="",
                text=text,
                html="",
                mail_id="",
                in_reply_to="",
                references=(),
                attachments=_left_out(line.media),
                content_key=chat_key(
                    sender=sender, sent_at=sent_at, text=words, repeat=repeats[same]
                ),
            )
        )
        repeats[same] += 1
    return messages


def _left_out(media: str) -> tuple[Attachment, ...]:
    return (Attachment(media, "application/octet-stream", None),) if media else ()


def _name(sender: str) -> str:
    return " ".join(clean(sender).split())[:200]


def _text(text: str) -> str:
    return clean(text).strip()[:MAX_TEXT_CHARACTERS]
