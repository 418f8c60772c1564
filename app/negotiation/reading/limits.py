"""Owns how large a mail or chat file and its parts may be before it is refused unread.

The figures are generous for honest files and small enough that reading stays under seconds and
a few hundred megabytes. Must not read anything of the meaning of a message.
"""

from __future__ import annotations

import re

from app.kernel.errors import AppError

MAX_FILE_BYTES = 256 * 1024 * 1024
MAX_MAIL_BYTES = 64 * 1024 * 1024
MAX_MAILS = 20_000
MAX_CHAT_BYTES = 64 * 1024 * 1024
MAX_CHAT_MESSAGES = 200_000
MAX_HEADER_LINES = 2_000
MAX_HEADER_BYTES = 64 * 1024
MAX_TYPE_HEADER_BYTES = 4 * 1024
MAX_PARTS = 1_000
MAX_MULTIPARTS = 60
MAX_TEXT_CHARACTERS = 2_000_000
MAX_ATTACHMENT_BYTES = 64 * 1024 * 1024

_HEADER = re.compile(rb"([!-9;-~]{1,100}):")
_TYPED = (b"content-type", b"content-disposition", b"content-transfer-encoding")
_MULTIPART = re.compile(rb"multipart/|message/rfc822", re.IGNORECASE)


def check_mail(content: bytes, *, file: str) -> None:
    """Refuse a mail whose headers, parts or nesting would make the parser run wild.

    Looks at raw lines only, in one pass. Raises ``AppError`` naming ``file``.
    """
    if len(content) > MAX_MAIL_BYTES:
        raise AppError("negotiation.mail_too_large", file=file, megabytes=MAX_MAIL_BYTES >> 20)
    head_ended, header_lines, name, length, boundaries = False, 0, b"", 0, 0
    for line in content.splitlines(keepends=True):
        if not line.strip():
            head_ended = True
            name = b""
            continue
        folded = line[:1] in (b" ", b"\t")
        if not folded:
            found = _HEADER.match(line)
            name = found.group(1).lower() if found else b""
            length = 0
        length += len(line)
        if not head_ended:
            header_lines += 1
            limit = MAX_TYPE_HEADER_BYTES if name in _TYPED else MAX_HEADER_BYTES
            if length > limit or header_lines > MAX_HEADER_LINES:
                raise AppError("negotiation.mail_headers_too_large", file=file)
        elif name in _TYPED and length > MAX_TYPE_HEADER_BYTES:
            raise AppError("negotiation.mail_headers_too_large", file=file)
        boundaries += line.startswith(b"--") and len(line) < 80
    if boundaries > MAX_PARTS * 3 or len(_MULTIPART.findall(content)) > MAX_MULTIPARTS:
        raise AppError("negotiation.mail_too_nested", file=file)
