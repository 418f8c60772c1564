"""Owns reading one mail (RFC 5322 with MIME) into a :class:`ReadMessage`.

The parser runs with the plain ``compat32`` policy, after the limits were checked: the modern
policies of the standard library parse headers greedily and can take gigabytes for one subject.
Must not trust a header: everything is decoded, cleaned and bounded here.
"""

from __future__ import annotations

import mimetypes
import re
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import Message as Mail
from email.utils import getaddresses, parsedate_to_datetime
from typing import cast

from app.kernel.errors import AppError
from app.kernel.file_names import clean_name
from app.negotiation.reading import limits
from app.negotiation.reading.decoding import decode, decode_words
from app.negotiation.reading.html import bare_words, sanitised, text_of
from app.negotiation.reading.message import (
    Attachment,
    MessageKind,
    Person,
    ReadMessage,
    mail_key,
)

_MAIL_ID = re.compile(r"<([^<>\s]{1,500})>")
_ADDRESS = re.compile(r"[^\s<>,;:\"()]{1,64}@[^\s<>,;:\"()]{1,255}")
_MEDIA_TYPE = re.compile(r"^[a-z0-9!#$&^_.+-]{1,60}/[a-z0-9!#$&^_.+-]{1,80}$")
_MAX_PEOPLE = 500
_MAX_REFERENCES = 400


def read_mail(content: bytes, *, file: str) -> ReadMessage:
    """The mail in ``content``; raises ``AppError`` for one that is too large or not a mail."""
    limits.check_mail(content, file=file)
    try:
        mail = message_from_bytes(content)
        parts = _Parts(mail)
    except RecursionError as error:
        raise AppError("negotiation.mail_too_nested", file=file) from error
    headers = _headers(mail)
    if not ({"from", "date", "subject", "message-id", "to"} & headers.keys()):
        raise AppError("negotiation.not_a_message_file", file=file)
    return mail_message(
        headers, text=parts.text(), markup=parts.markup(), attachments=tuple(parts.attachments)
    )


def mail_message(
    headers: dict[str, str], *, text: str, markup: str, attachments: tuple[Attachment, ...]
) -> ReadMessage:
    """The message that decoded ``headers`` (lower-case names) and bodies make.

    A mail without a text part gets the words of its HTML.
    """
    safe = sanitised(markup)
    text = (text.strip() or text_of(safe) or bare_words(markup))[: limits.MAX_TEXT_CHARACTERS]
    sender = next(iter(people(headers.get("from", "") or headers.get("sender", ""))), Person(""))
    mail_id = _first_id(headers.get("message-id", ""))
    subject = headers.get("subject", "")[:1000]
    sent_at = instant(headers.get("date", ""))
    return ReadMessage(
        kind=MessageKind.MAIL,
        sent_at=sent_at,
        sender=sender,
        recipients=people(headers.get("to", ""), headers.get("cc", "")),
        subject=subject,
        text=text,
        html=safe,
        mail_id=mail_id,
        in_reply_to=_first_id(headers.get("in-reply-to", "")),
        references=tuple(_MAIL_ID.findall(headers.get("references", "")))[-_MAX_REFERENCES:],
        attachments=attachments,
        content_key=mail_key(mail_id, sender=sender, sent_at=sent_at, subject=subject, text=text),
    )


def people(*fields: str) -> tuple[Person, ...]:
    """The people in decoded address headers, in order, each once."""
    found: dict[Person, None] = {}
    for name, address in getaddresses([field for field in fields if field])[:_MAX_PEOPLE]:
        mail = _ADDRESS.search(address)
        person = Person(
            " ".join(name.strip(" '\"").split())[:200], mail.group().lower() if mail else ""
        )
        if person.name or person.address:
            found[person] = None
    return tuple(found)


def instant(date_header: str) -> datetime | None:
    """The instant a Date header names, in UTC; None when it cannot be read."""
    try:
        moment = parsedate_to_datetime(date_header)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    try:
        return moment.astimezone(UTC)
    except (OverflowError, ValueError):
        return None


def _first_id(header: str) -> str:
    found = _MAIL_ID.search(header)
    return found.group(1) if found else ""


def _headers(mail: Mail) -> dict[str, str]:
    """The decoded headers of ``mail`` by lower-case name, the first of each.

    Address headers are taken apart before their names are decoded, because an encoded name may
    hold a comma.
    """
    headers: dict[str, str] = {}
    for name, raw in mail.raw_items():
        lower = name.lower()
        if lower not in headers:
            headers[lower] = _address_header(str(raw)) if lower in _PEOPLE else decode_words(raw)
    return headers


_PEOPLE = {"from", "sender", "to", "cc"}


def _address_header(raw: str) -> str:
    unfolded = re.sub(r"\r?\n[ \t]*", " ", raw)
    if "=?" not in unfolded:
        return decode_words(unfolded)
    named = (
        (decode_words(name), address)
        for name, address in getaddresses([unfolded])[:_MAX_PEOPLE]
        if address or name
    )
    return ", ".join(
        '"{}" <{}>'.format(name.replace("\\", "").replace('"', ""), address) if name else address
        for name, address in named
    )


class _Parts:
    """The bodies and attachments of one mail."""

    def __init__(self, mail: Mail) -> None:
        self._plain: list[str] = []
        self._markup: list[str] = []
        self.attachments: list[Attachment] = []
        self._sort(mail, inside_alternative=False)

    def text(self) -> str:
        """The plain text bodies, one after the other."""
        return "\n\n".join(text.strip() for text in self._plain if text.strip())

    def markup(self) -> str:
        """The first HTML body, raw."""
        return self._markup[0] if self._markup else ""

    def _sort(self, part: Mail, *, inside_alternative: bool) -> None:
        if part.get_content_type() == "message/rfc822":
            self._attach_mail(part)
        elif part.is_multipart():
            alternative = part.get_content_subtype() == "alternative"
            for inner in cast(list[Mail], part.get_payload()):
                self._sort(inner, inside_alternative=inside_alternative or alternative)
        else:
            self._leaf(part)

    def _leaf(self, part: Mail) -> None:
        media_type = part.get_content_type()
        name = _file_name(part)
        attached = part.get_content_disposition() == "attachment" or bool(name)
        if not attached and media_type in ("text/plain", "text/html"):
            text = decode(_content(part), _charset(part))
            (self._plain if media_type == "text/plain" else self._markup).append(text)
            return
        content = _content(part)
        if content or name:
            self.attachments.append(
                Attachment(
                    clean_name(name, fallback=_fallback_name(media_type)),
                    media_type if _MEDIA_TYPE.match(media_type) else "application/octet-stream",
                    content if len(content) <= limits.MAX_ATTACHMENT_BYTES else None,
                    _first_id(str(part.get("Content-ID", ""))),
                )
            )

    def _attach_mail(self, part: Mail) -> None:
        inner = part.get_payload()
        if not isinstance(inner, list) or not inner:
            return
        mail = cast(Mail, inner[0])
        name = _file_name(part) or decode_words(str(mail.get("Subject", ""))) + ".eml"
        self.attachments.append(
            Attachment(clean_name(name, fallback="mail.eml"), "message/rfc822", mail.as_bytes())
        )


def _content(part: Mail) -> bytes:
    try:
        payload = part.get_payload(decode=True)
    except (ValueError, LookupError):
        payload = None
    return payload if isinstance(payload, bytes) else b""


def _charset(part: Mail) -> str:
    charset = part.get_param("charset", "")
    return str(charset[2] if isinstance(charset, tuple) else charset)


def _file_name(part: Mail) -> str:
    """The name of an attached file as sent: RFC 2231, RFC 2047 or raw bytes; empty for none."""
    for parameter, header in (("filename", "content-disposition"), ("name", "content-type")):
        value = part.get_param(parameter, None, header)
        if isinstance(value, tuple):
            charset, _, escaped = value
            return decode(escaped.encode("latin-1", "replace"), charset or "")
        if value:
            return decode_words(str(value))
    return ""


def _fallback_name(media_type: str) -> str:
    return f"attachment{mimetypes.guess_extension(media_type) or ''}"
