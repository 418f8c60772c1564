"""Owns turning the bytes of mails and chats into text, whatever the sender's program claimed.

Must not raise on any bytes: a character that cannot be read becomes the replacement character.
"""

from __future__ import annotations

import codecs
import re
from email.header import decode_header

from app.kernel.text import clean

_WIDER = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "cp936": "gb18030",
    "big5": "big5hkscs",
    "iso8859-1": "cp1252",
    "ascii": "utf-8",
    "euc_kr": "cp949",
    "shift_jis": "cp932",
    "utf-7": "ascii",
}
_TEXT_CODECS = re.compile(
    r"^(?:utf|gb|big5|cp|iso8859|koi8|euc|shift|iso2022|ascii|mac|hz|tis|ptcp|kz|johab)"
)
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def known_charset(name: str) -> str | None:
    """The codec to read ``name`` with, or None; sub- and mislabelled charsets become the wider one."""
    try:
        codec = codecs.lookup(name.strip(" '\"").replace("unicode-1-1-", "") or "?").name
    except (LookupError, ValueError):
        return None
    if not _TEXT_CODECS.match(codec):
        return None
    return _WIDER.get(codec, codec)


def decode(content: bytes, charset: str = "") -> str:
    """``content`` as clean text: by its mark, the claimed charset if it fits, or by guess."""
    return clean(decode_uncleaned(content, charset))


def decode_uncleaned(content: bytes, charset: str = "") -> str:
    """``content`` as text with its invisible marks still in it, which chat exports use as signs."""
    for mark, codec in _MARKS:
        if content.startswith(mark):
            return content.decode(codec, "replace")
    claimed = known_charset(charset) if charset else None
    if claimed is not None:
        try:
            return content.decode(claimed)
        except (UnicodeError, ValueError):
            pass
    return _guess(content, claimed)


def _guess(content: bytes, claimed: str | None) -> str:
    for codec in ("utf-8", *_chinese_first(content)):
        try:
            return content.decode(codec)
        except UnicodeError:
            continue
    return content.decode(claimed or "cp1252", "replace")


def _chinese_first(content: bytes) -> tuple[str, ...]:
    """The Chinese encodings, likelier first; none where the bytes look like a Western text.

    In GB text the commonest characters lie in rows B0–D7 with both bytes high; Western text has
    single high bytes between plain letters.
    """
    high = sum(byte >= 0x80 for byte in content)
    pairs = re.findall(rb"[\x81-\xfe][\x40-\xfe]", content)
    if not pairs or (high < len(pairs) * 1.5 and not _mostly_han(pairs)):
        return ()
    gb = sum(b"\xb0" <= pair[:1] <= b"\xd7" and pair[1:] >= b"\xa1" for pair in pairs)
    return ("gb18030", "big5hkscs") if gb * 10 >= len(pairs) * 6 else ("big5hkscs", "gb18030")


def _mostly_han(pairs: list[bytes]) -> bool:
    return sum(b"\xa4" <= pair[:1] <= b"\xc6" for pair in pairs) * 10 >= len(pairs) * 8


def decode_words(raw: str) -> str:
    """A header as text: RFC 2047 words, raw 8-bit bytes, or plain.

    Neighbouring words of one charset are joined before they are read: Chinese mailers split
    characters between them. ``raw`` may hold surrogate escapes for 8-bit bytes.
    """
    unfolded = re.sub(r"\r?\n[ \t]*", " ", raw)
    if not unfolded.isascii():
        return decode(unfolded.encode("utf-8", "surrogateescape")).strip()
    if "=?" not in unfolded:
        return clean(unfolded).strip()
    try:
        words = decode_header(unfolded)
    except ValueError:
        return clean(unfolded).strip()
    parts = (
        decode(word, charset or "") if isinstance(word, bytes) else clean(word)
        for word, charset in words
    )
    return re.sub(r"\s*\n\s*", " ", "".join(parts)).strip()
