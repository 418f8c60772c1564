"""Owns splitting a mailbox file (mbox) into its mails.

Must not interpret a mail; :mod:`mail` does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO

from app.kernel.errors import AppError
from app.negotiation.reading import limits

_START = re.compile(rb"From \S.*\b\d{2}:\d{2}\b.*\d{4}")
_ESCAPED = re.compile(rb"^>(>*From )")


def split(stream: BinaryIO, *, file: str) -> Iterator[bytes]:
    """The mails of an mbox ``stream``, each as its own bytes, ``>From `` lines restored.

    A mail starts at a ``From `` line with a time that stands at the start or after a blank line.
    Raises ``AppError`` when a mail or their number is too large.
    """
    lines: list[bytes] = []
    size = count = 0
    after_blank, started = True, False
    while line := stream.readline(limits.MAX_HEADER_BYTES * 4):
        if after_blank and _START.match(line):
            if started:
                yield b"".join(lines)
                count += 1
            if count >= limits.MAX_MAILS:
                raise AppError("negotiation.too_many_messages", file=file, limit=limits.MAX_MAILS)
            lines, size, started = [], 0, True
        elif started:
            lines.append(_ESCAPED.sub(rb"\1", line))
            size += len(line)
            if size > limits.MAX_MAIL_BYTES:
                megabytes = limits.MAX_MAIL_BYTES >> 20
                raise AppError("negotiation.mail_too_large", file=file, megabytes=megabytes)
        after_blank = not line.strip()
    if started:
        yield b"".join(lines)
