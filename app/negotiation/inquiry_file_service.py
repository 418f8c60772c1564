"""Owns what a mail or chat file holds for a new inquiry: its text, and the files that came with it.

Must not recognise anything in the text; the rules of ``app.inquiries`` do.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from app.files.service import NewFile
from app.kernel.errors import AppError
from app.kernel.progress import UNWATCHED, Progress
from app.negotiation.reading.decoding import decode
from app.negotiation.reading.door import read_message_file


@dataclass(frozen=True, slots=True)
class InquiryFile:
    """What the messages say, below who wrote and about what, and what they brought along."""

    text: str
    files: tuple[NewFile, ...] = ()


def read_inquiry_file(path: Path, *, progress: Progress = UNWATCHED) -> InquiryFile:
    """What the mails or the chat at ``path`` hold; of another text file its plain text.

    Raises as :func:`read_message_file` does.
    """
    try:
        messages = read_message_file(path, progress=progress).messages
    except AppError as error:
        if error.message.key != "negotiation.not_a_message_file" or path.suffix.lower() != ".txt":
            raise
        return InquiryFile(decode(path.read_bytes()))
    first = messages[0]
    head = [f"Subject: {first.subject}"] if first.subject else []
    head.append(f"From: {first.sender}")
    files = tuple(
        NewFile(one.name, one.content, one.media_type)
        for message in messages
        for one in message.attachments
        if one.content is not None
    )
    return InquiryFile("\n".join([*head, "", *(message.text for message in messages)]), files)
