"""Owns what a mail or chat file holds for a new inquiry: what the buyer wrote, when, and the files.

Must not recognise anything in the text; the rules of ``app.inquiries`` do.
"""

from __future__ import annotations

import codecs
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from app.files.service import NewFile
from app.kernel.errors import AppError
from app.kernel.progress import UNWATCHED, Progress
from app.negotiation.reading.decoding import decode
from app.negotiation.reading.door import read_message_file
from app.negotiation.reading.message import MessageKind, ReadMessage
from app.negotiation.sides import KnownPeople, key_of, own_keys, with_the_owner

#: As ``app.inquiries.fields`` names the ways inquiries come.
_CHANNELS = {
    MessageKind.MAIL: "Email",
    MessageKind.WHATSAPP: "WhatsApp",
    MessageKind.WECHAT: "WeChat",
}
#: Text of two or four bytes a letter holds zeros, as other text does not.
_WIDE_TEXT = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_BE)
_PLATFORMS = {
    "alibaba.com": "Alibaba.com",
    "made-in-china.com": "Made-in-China",
    "globalsources.com": "Global Sources",
}


@dataclass(frozen=True, slots=True)
class InquiryFile:
    """What the buyer's messages say, below who wrote and about what, and what they brought along.

    ``received_at`` is when the first of them was sent, ``answered_at`` when we first wrote after it,
    ``channel`` the way it came.
    """

    text: str
    files: tuple[NewFile, ...] = ()
    received_at: datetime | None = None
    answered_at: datetime | None = None
    channel: str | None = None

    def values(self) -> dict[str, object]:
        """The fields of an inquiry that tell how and when it came and was answered, as far as is known."""
        known = {
            "channel": self.channel,
            "received_at": self.received_at,
            "first_answered_at": self.answered_at,
        }
        return {key: value for key, value in known.items() if value}

    def as_called(self, now_called: Callable[[str], str]) -> InquiryFile:
        """The same with its channel by the name the user gave it."""
        return replace(self, channel=now_called(self.channel)) if self.channel else self

    def written_on(self, today: date) -> date:
        """The day from which days in the text count; ``today`` where the file tells none."""
        return self.received_at.astimezone().date() if self.received_at else today

    def is_told_by(self, text: str) -> bool:
        """Whether ``text`` is still what the file says, mended or shortened, and not another text."""
        said, told = (
            {line.strip() for line in each.splitlines()} - {""} for each in (self.text, text)
        )
        return said == told or 2 * len(said & told) > min(len(said), len(told))


@dataclass(frozen=True, slots=True)
class InquirySource:
    """What a file named ``name`` holds, before anybody said whom the book knows in it.

    ``text`` is that of a file that holds no ``messages``.
    """

    name: str
    messages: tuple[ReadMessage, ...] = ()
    text: str = ""

    def told(self, known: KnownPeople | None = None) -> InquiryFile:
        """The words of the one who asks, and what came with them."""
        if not self.messages:
            return InquiryFile(self.text)
        theirs, ours = _sides(self.messages, known or KnownPeople(), self.name)
        first = theirs[0]
        head = [f"Subject: {first.subject}"] if first.subject else []
        # Where nothing tells who of several asks, the one who wrote first may as well be us.
        if ours or len({key_of(message.sender) for message in theirs}) == 1:
            head.append(f"From: {first.sender}")
        files = tuple(
            NewFile(one.name, one.content, one.media_type)
            for message in theirs
            for one in message.attachments
            if one.content is not None
        )
        received_at = min((each.sent_at for each in theirs if each.sent_at), default=None)
        answers = (each.sent_at for each in ours if each.sent_at)
        return InquiryFile(
            "\n".join([*head, "", *(message.text for message in theirs)]),
            files,
            received_at,
            min((at for at in answers if received_at and at >= received_at), default=None),
            _channel(first),
        )


def read_inquiry_file(path: Path, *, progress: Progress = UNWATCHED) -> InquirySource:
    """The mails or the chat at ``path``; of another text file its plain text.

    Raises as :func:`read_message_file` does.
    """
    try:
        return InquirySource(path.stem, tuple(read_message_file(path, progress=progress).messages))
    except AppError as error:
        if error.message.key != "negotiation.not_a_message_file" or path.suffix.lower() != ".txt":
            raise
        content = path.read_bytes()
        if b"\0" in content and not content.startswith(_WIDE_TEXT):
            raise
        return InquirySource(path.stem, text=decode(content))


def _channel(message: ReadMessage) -> str:
    """A platform by the address that forwards its inquiries, else the kind of message."""
    host = message.sender.address.rpartition("@")[2]
    platforms = (channel for end, channel in _PLATFORMS.items() if f".{host}".endswith(f".{end}"))
    return next(platforms, _CHANNELS[message.kind])


def _sides(
    messages: Sequence[ReadMessage], known: KnownPeople, file: str
) -> tuple[Sequence[ReadMessage], Sequence[ReadMessage]]:
    """The messages of the one who asks, and ours; all are theirs where nothing tells."""
    known = with_the_owner(messages, known, file=file)
    own = own_keys(messages, known, file=file, are_we_asked=True)
    theirs = [message for message in messages if key_of(message.sender) not in own]
    if not theirs:
        return messages, ()
    return theirs, [message for message in messages if key_of(message.sender) in own]
