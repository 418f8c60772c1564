"""Owns telling which kind of message file lies before us, and reading it whole.

The content decides, the name only helps. Must not be called on a foreign file in the program's own
process; it belongs into the confined one.
"""

from __future__ import annotations

from datetime import tzinfo
from pathlib import Path
from typing import BinaryIO

from app.kernel.errors import AppError
from app.negotiation.reading import limits, mbox, wechat, whatsapp
from app.negotiation.reading.chat import ChatLine, chat_messages
from app.negotiation.reading.chat_zip import ZIP_MARK, ChatZip
from app.negotiation.reading.decoding import decode_uncleaned
from app.negotiation.reading.mail import read_mail
from app.negotiation.reading.message import MessageKind, ReadFile, ReadMessage
from app.negotiation.reading.outlook import read_outlook

_OLE_MARK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MBOX_MARK = b"From "
_HEADER_NAMES = (
    *(b"from:", b"to:", b"subject:", b"date:", b"received:", b"message-id:", b"return-path:"),
    *(b"mime-version:", b"delivered-to:", b"x-", b"dkim-", b"content-", b"reply-to:", b"sender:"),
)


def read_file(path: Path, *, zone: tzinfo | None) -> ReadFile:
    """All messages of the file at ``path``, as they stand in it.

    ``zone`` is where the phone of a chat export stood, None for where this computer stands. Raises ``AppError`` for a file that is
    empty, too large, damaged or no message file.
    """
    file, size = path.name, path.stat().st_size
    if size == 0:
        raise AppError("negotiation.file_empty", file=file)
    if size > limits.MAX_FILE_BYTES:
        megabytes = limits.MAX_FILE_BYTES >> 20
        raise AppError("negotiation.file_too_large", file=file, megabytes=megabytes)
    with path.open("rb") as stream:
        start = stream.read(4096)
        stream.seek(0)
        if start.startswith(_OLE_MARK):
            return ReadFile([read_outlook(stream.read(), file=file)])
        if start.startswith(ZIP_MARK):
            return _read_zip(stream, file=file, zone=zone)
        if start.startswith(_MBOX_MARK):
            return _read_mailbox(stream, file=file)
        if _looks_like_mail(start) or path.suffix.lower() == ".eml":
            return ReadFile([read_mail(stream.read(), file=file)])
        content = stream.read(limits.MAX_CHAT_BYTES + 1)
    return ReadFile(_read_chat(content, file=file, zone=zone))


def _read_zip(stream: BinaryIO, *, file: str, zone: tzinfo | None) -> ReadFile:
    """A chat as the phone packs it: the text, and the files it names."""
    chat = ChatZip(stream, file=file)
    messages = _read_chat(chat.text(), file=file, zone=zone)
    return ReadFile([chat.with_media(message) for message in messages])


def _read_mailbox(stream: BinaryIO, *, file: str) -> ReadFile:
    """All mails that can be read; raises the trouble of the last one where none can."""
    messages: list[ReadMessage] = []
    troubles: list[AppError] = []
    for mail in mbox.split(stream, file=file):
        try:
            messages.append(read_mail(mail, file=file))
        except AppError as trouble:
            troubles.append(trouble)
    if troubles and not messages:
        raise troubles[-1]
    return ReadFile(messages, len(troubles))


def _looks_like_mail(start: bytes) -> bool:
    lines = start.removeprefix(b"\xef\xbb\xbf").lstrip().split(b"\n", 12)[:12]
    headers = sum(line.lower().startswith(_HEADER_NAMES) for line in lines)
    first = lines[0].lower() if lines else b""
    return headers >= 2 and (first.startswith(_HEADER_NAMES) or headers >= 4)


def _read_chat(content: bytes, *, file: str, zone: tzinfo | None) -> list[ReadMessage]:
    if len(content) > limits.MAX_CHAT_BYTES:
        megabytes = limits.MAX_CHAT_BYTES >> 20
        raise AppError("negotiation.file_too_large", file=file, megabytes=megabytes)
    return read_chat_text(decode_uncleaned(content), file=file, zone=zone)


def read_chat_text(text: str, *, file: str, zone: tzinfo | None) -> list[ReadMessage]:
    """The messages of chat text, exported or copied; raises ``AppError`` when it holds none."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    kind, lines = _chat_lines(text)
    if not lines:
        raise AppError("negotiation.not_a_message_file", file=file)
    if len(lines) > limits.MAX_CHAT_MESSAGES:
        limit = limits.MAX_CHAT_MESSAGES
        raise AppError("negotiation.too_many_messages", file=file, limit=limit)
    return chat_messages(lines, kind=kind, zone=zone)


def _chat_lines(text: str) -> tuple[MessageKind, list[ChatLine]]:
    exported = sum(whatsapp.stamped(line) for line in text.split("\n"))
    if exported and exported >= wechat.starts(text):
        lines = whatsapp.chat_lines(text)
        if lines:
            return MessageKind.WHATSAPP, lines
    return MessageKind.WECHAT, wechat.chat_lines(text)
