"""Owns reading one Outlook message (.msg, MS-OXMSG in an OLE file) into a :class:`ReadMessage`.

Property numbers are those of MS-OXPROPS. Must not follow an embedded message or link; only values
and file attachments are taken.
"""

from __future__ import annotations

import io
import struct
from datetime import UTC, datetime, timedelta
from email.parser import HeaderParser

import olefile

from app.kernel.errors import AppError
from app.kernel.file_names import clean_name
from app.kernel.text import clean
from app.negotiation.reading import limits
from app.negotiation.reading.decoding import decode, decode_words
from app.negotiation.reading.mail import mail_message
from app.negotiation.reading.message import Attachment, ReadMessage

_SUBJECT, _BODY, _HTML = 0x0037, 0x1000, 0x1013
_SENDER_NAME, _SENDER_MAIL, _SENDER_SMTP = 0x0C1A, 0x0C1F, 0x5D01
_SENT_FOR_NAME, _SENT_FOR_MAIL = 0x0042, 0x0065
_MAIL_ID, _REFERENCES, _IN_REPLY_TO, _TRANSPORT = 0x1035, 0x1039, 0x1042, 0x007D
_PERSON_NAME, _PERSON_MAIL, _PERSON_SMTP = 0x3001, 0x3003, 0x39FE
_FILE_LONG, _FILE_SHORT, _FILE_TYPE, _FILE_DATA, _FILE_ID = 0x3707, 0x3704, 0x370E, 0x3701, 0x3712
_SUBMITTED, _DELIVERED = 0x0039, 0x0E06
_CODE_PAGES = (0x3FFD, 0x3FDE)
_TEXT, _OLD_TEXT, _BINARY, _LONG, _TIME = 0x001F, 0x001E, 0x0102, 0x0003, 0x0040
_EPOCH = datetime(1601, 1, 1, tzinfo=UTC)
_TOP_HEADER_BYTES = 32


def read_outlook(content: bytes, *, file: str) -> ReadMessage:
    """The message in ``content``; raises ``AppError`` when it is damaged, too large or no message."""
    if len(content) > limits.MAX_MAIL_BYTES:
        megabytes = limits.MAX_MAIL_BYTES >> 20
        raise AppError("negotiation.mail_too_large", file=file, megabytes=megabytes)
    try:
        with olefile.OleFileIO(io.BytesIO(content)) as ole:
            return _Storage(ole, file).message()
    except (OSError, ValueError, IndexError, struct.error, RecursionError) as error:
        raise AppError("negotiation.message_damaged", file=file) from error


class _Storage:
    """The properties of one opened .msg file."""

    def __init__(self, ole: olefile.OleFileIO, file: str) -> None:
        self._ole = ole
        self._streams = {"/".join(path).lower(): path for path in ole.listdir(streams=True)}
        if "__properties_version1.0" not in self._streams:
            raise AppError("negotiation.not_a_message_file", file=file)
        if len(self._streams) > limits.MAX_PARTS * 20:
            raise AppError("negotiation.mail_too_nested", file=file)
        self._fixed = self._fixed_properties()
        self._charset = self._code_page()

    def message(self) -> ReadMessage:
        """The message these properties make; transport headers fill what Outlook did not store."""
        headers = self._transport_headers()
        headers |= {
            name: value
            for name, value in (
                ("subject", self._text(_SUBJECT)),
                ("from", self._sender()),
                ("to", self._recipients()),
                ("message-id", self._text(_MAIL_ID)),
                ("in-reply-to", self._text(_IN_REPLY_TO)),
                ("references", self._text(_REFERENCES)),
                ("date", self._sent()),
            )
            if value
        }
        return mail_message(
            headers,
            text=self._text(_BODY),
            markup=self._html(),
            attachments=tuple(self._attachments()),
        )

    def _transport_headers(self) -> dict[str, str]:
        raw = self._text(_TRANSPORT)[: limits.MAX_HEADER_BYTES * 4]
        if not raw:
            return {}
        kept = ("from", "to", "cc", "date", "message-id", "in-reply-to", "references", "subject")
        parsed = HeaderParser().parsestr(raw.lstrip("\n"))
        return {name: decode_words(str(parsed[name])) for name in kept if parsed[name]}

    def _sender(self) -> str:
        name = self._text(_SENT_FOR_NAME) or self._text(_SENDER_NAME)
        mails = (self._text(part) for part in (_SENDER_SMTP, _SENT_FOR_MAIL, _SENDER_MAIL))
        return _mailbox(name, next((mail for mail in mails if "@" in mail), ""))

    def _recipients(self) -> str:
        found = []
        for folder in self._folders("__recip_version1.0_"):
            mails = (self._text(part, folder) for part in (_PERSON_SMTP, _PERSON_MAIL))
            mail = next((mail for mail in mails if "@" in mail), "")
            found.append(_mailbox(self._text(_PERSON_NAME, folder), mail))
        return ", ".join(person for person in found if person)

    def _html(self) -> str:
        return decode(self._bytes(_HTML, _BINARY), self._charset) or self._text(_HTML)

    def _sent(self) -> str:
        for number in (_SUBMITTED, _DELIVERED):
            ticks = int.from_bytes(self._fixed.get((number, _TIME), b""), "little")
            if 0 < ticks < 1 << 62:
                try:
                    moment = _EPOCH + timedelta(microseconds=ticks // 10)
                except OverflowError:
                    continue
                return moment.strftime("%a, %d %b %Y %H:%M:%S +0000")
        return ""

    def _attachments(self) -> list[Attachment]:
        found = []
        for folder in self._folders("__attach_version1.0_"):
            name = self._text(_FILE_LONG, folder) or self._text(_FILE_SHORT, folder)
            content = self._bytes(_FILE_DATA, _BINARY, folder)
            if name or content:
                media_type = self._text(_FILE_TYPE, folder).lower() or "application/octet-stream"
                whole = 0 < len(content) <= limits.MAX_ATTACHMENT_BYTES
                identity = self._text(_FILE_ID, folder).strip("<>")
                found.append(
                    Attachment(
                        clean_name(name), media_type[:80], content if whole else None, identity
                    )
                )
        return found

    def _folders(self, prefix: str) -> list[str]:
        names = {key.split("/")[0] for key in self._streams if key.startswith(prefix)}
        return [f"{name}/" for name in sorted(names)]

    def _text(self, number: int, folder: str = "") -> str:
        wide = self._bytes(number, _TEXT, folder)
        if wide:
            return clean(wide.decode("utf-16-le", "replace")).rstrip("\0")
        return decode(self._bytes(number, _OLD_TEXT, folder), self._charset).rstrip("\0")

    def _bytes(self, number: int, kind: int, folder: str = "") -> bytes:
        path = self._streams.get(f"{folder}__substg1.0_{number:04x}{kind:04x}")
        if path is None or self._ole.get_size(path) > limits.MAX_ATTACHMENT_BYTES:
            return b""
        with self._ole.openstream(path) as stream:
            return bytes(stream.read())

    def _fixed_properties(self) -> dict[tuple[int, int], bytes]:
        """The short properties: (number, type) → eight bytes."""
        with self._ole.openstream(self._streams["__properties_version1.0"]) as stream:
            table = bytes(stream.read(limits.MAX_HEADER_BYTES * 4))
        entries = (
            table[start : start + 16] for start in range(_TOP_HEADER_BYTES, len(table) - 15, 16)
        )
        return {
            (int.from_bytes(entry[2:4], "little"), int.from_bytes(entry[:2], "little")): entry[8:]
            for entry in entries
        }

    def _code_page(self) -> str:
        for number in _CODE_PAGES:
            page = int.from_bytes(self._fixed.get((number, _LONG), b"")[:4], "little")
            if page:
                return {65001: "utf-8", 20127: "ascii", 28591: "latin-1"}.get(page, f"cp{page}")
        return ""


def _mailbox(name: str, mail: str) -> str:
    plain = name.replace('"', "").replace("\\", "").strip("' ")
    if not mail:
        return f'"{plain}" <>' if plain else ""
    return f'"{plain}" <{mail}>' if plain else mail
