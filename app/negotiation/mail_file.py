"""Owns writing a message as a mail file that a mail program opens as a draft.

Must not send anything, and must not know the book.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

from app.kernel.safe_write import write_whole
from app.kernel.text import clean


@dataclass(frozen=True, slots=True, kw_only=True)
class MailDraft:
    """What the mail says; addresses are plain ones. Message-IDs have no brackets."""

    subject: str
    text: str
    sender: str = ""
    sender_name: str = ""
    to: str = ""
    to_name: str = ""
    written_at: datetime
    in_reply_to: str = ""
    references: Sequence[str] = ()


def write_mail(draft: MailDraft, path: Path) -> None:
    """Writes ``draft`` as ``path``, an .eml marked as unsent; the file is whole or untouched."""
    mail = EmailMessage(policy=SMTP)
    mail["Subject"] = _one_line(draft.subject)
    for header, name, address in (
        ("From", draft.sender_name, draft.sender),
        ("To", draft.to_name, draft.to),
    ):
        if address and (parsed := _address(name, address)) is not None:
            mail[header] = parsed
    mail["Date"] = draft.written_at
    mail["X-Unsent"] = "1"
    if draft.in_reply_to:
        chain = (*draft.references, draft.in_reply_to)
        mail["In-Reply-To"] = _message_id(draft.in_reply_to)
        mail["References"] = " ".join(_message_id(one) for one in dict.fromkeys(chain))
    mail.set_content(clean(draft.text))

    def write(file: Path) -> None:
        file.write_bytes(mail.as_bytes())

    write_whole(path, write)


def _address(name: str, address: str) -> Address | None:
    try:
        return Address(_one_line(name), addr_spec=_one_line(address))
    except (ValueError, IndexError):
        return None


def _message_id(text: str) -> str:
    return f"<{_one_line(text).strip('<>')}>"


def _one_line(text: str) -> str:
    return " ".join(clean(text).split())
